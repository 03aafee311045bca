"""The bytes of a PowerPoint presentation (PPTX) go in, its text goes out slide by slide: the title as a heading, the
texts from the top down, tables as cells, then the notes; numbers of slides, feet and dates left out.

Only the standard library is needed: the format is XML in a ZIP archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from policyx.errors import ReadError
from policyx.read.cells import Cell, expanded, table_lines
from policyx.read.limits import MOST_MEMBERS
from policyx.read.meta import plain, stated_title
from policyx.read.office_xml import Package, local
from policyx.read.source import Content

_KIND = "a PowerPoint presentation (pptx)"
_PRESENTATION = "ppt/presentation.xml"
_FURNITURE = ("sldNum", "ftr", "dt", "hdr", "sldImg")
_NUMBER = re.compile(r"[-–—\s]*[0-9]{1,3}(?:\s*/\s*[0-9]{1,3})?[-–—\s]*")
_BLANKS = re.compile(r"[ \t\xa0\u3000]+")
_TOUCH = 40_000  # units of 1/360,000 cm that shapes one after the other may overlap
_MOST_SHAPES = 200  # of a slide whose columns are looked for
_DEEPEST = 30  # groups inside one another


class _Shape(NamedTuple):
    """What stands in one place of a slide: its place, its lines, and whether it is the title."""

    top: int
    left: int
    bottom: int
    right: int
    lines: list[str]
    title: bool = False


@dataclass(slots=True)
class _Told:
    """The numbers of the slides that are not read, by why."""

    hidden: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)

    def notes(self) -> tuple[str, ...]:
        kinds = (
            ("that are damaged", self.damaged),
            ("that are hidden", self.hidden),
            ("that are pictures without text", self.pictures),
        )
        return tuple(f"slides {why} are not read: {', '.join(map(str, n))}" for why, n in kinds if n)


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of the slides that are shown, and the title that the properties state. A slide that is damaged is told
    and the others read. Raises ReadError for a presentation without text."""
    package = Package(data, path, _KIND)
    slides = _slides(package)
    told = _Told()
    text: list[str] = []
    starts: list[int] = []
    at = 0
    for number, name in enumerate(slides, 1):
        starts.append(at)
        try:
            lines = _lines_of(package, name, number, told)
        except ReadError:
            told.damaged.append(number)
            if len(told.damaged) == len(slides):
                raise
            continue
        for line in lines + [""] * bool(lines):
            text.append(line)
            at += len(line) + 1
    if not text:
        raise ReadError(path, f"is {_KIND} without text{' (pictures only)' if told.pictures else ''}")
    return Content("\n".join(text), title=_title(package, text), pages=tuple(starts), notes=told.notes())


def _slides(package: Package) -> list[str]:
    """The parts of the slides in their order."""
    relations = package.relations(_PRESENTATION)
    slides = [
        relations[identity]
        for element in package.tree(_PRESENTATION).iter()
        if local(element.tag) == "sldId"
        for key, identity in element.attrib.items()
        if local(key) == "id" and identity in relations
    ]
    if len(slides) > MOST_MEMBERS:
        raise ReadError(package.path, f"holds {len(slides)} slides; no more than {MOST_MEMBERS} are read")
    return slides


def _lines_of(package: Package, name: str, number: int, told: _Told) -> list[str]:
    root = package.tree(name)
    if root.get("show") in ("0", "false"):
        told.hidden.append(number)
        return []
    lines = _slide_lines(root) + _notes(package, name)
    if not lines and any(local(element.tag) == "pic" for element in root.iter()):
        told.pictures.append(number)
    return lines


def _title(package: Package, lines: list[str]) -> str | None:
    try:
        core = package.found_tree("docProps/core.xml")
    except ReadError:
        return None
    title = next((e.text for e in core if local(e.tag) == "title"), None) if core is not None else None
    return stated_title(plain(title), lines)


def _slide_lines(root: Element) -> list[str]:
    tree = next((element for element in root.iter() if local(element.tag) == "spTree"), None)
    shapes = list(_shapes(tree, 0)) if tree is not None else []
    titles = [line for shape in shapes if shape.title for line in shape.lines]
    others = [shape for shape in shapes if not shape.title]
    return titles + [line for shape in _in_order(others) for line in shape.lines]


def _in_order(shapes: list[_Shape]) -> list[_Shape]:
    """The shapes as one reads them: row by row, but columns of several shapes each (cards side by side) one after the
    other."""
    rows = list(_parted(sorted(shapes), across=False))
    if len(shapes) > _MOST_SHAPES:
        return [shape for row in rows for shape in sorted(row, key=lambda shape: shape.left)]
    ordered: list[_Shape] = []
    at = 0
    while at < len(rows):
        for end in range(len(rows), at, -1):
            part = [shape for row in rows[at:end] for shape in row]
            columns = list(_parted(sorted(part, key=lambda shape: shape.left), across=True))
            if len(columns) > 1 and (end == at + 1 or all(len(column) > 1 for column in columns)):
                for column in columns:
                    ordered += _in_order(column) if len(column) < len(part) else column
                break
        else:
            end = at + 1
            ordered += sorted(rows[at])
        at = end
    return ordered


def _parted(shapes: list[_Shape], across: bool) -> Iterator[list[_Shape]]:
    """Shapes, sorted from the top down or, with `across`, from left to right, where a gap lies between them."""
    part: list[_Shape] = []
    reach = 0
    for shape in shapes:
        begin, end = (shape.left, shape.right) if across else (shape.top, shape.bottom)
        if part and begin >= reach - _TOUCH:
            yield part
            part = []
        reach = max(reach, end) if part else end
        part.append(shape)
    if part:
        yield part


def _shapes(tree: Element, depth: int) -> Iterator[_Shape]:
    for element in tree:
        kind = local(element.tag)
        if kind == "grpSp" and depth < _DEEPEST:
            inner = _in_order(list(_shapes(element, depth + 1)))
            if inner:
                yield _Shape(*_place(element), [line for shape in inner for line in shape.lines])
        elif kind == "sp":
            holder = next((e for e in element.iter() if local(e.tag) == "ph"), None)
            role = "" if holder is None else holder.get("type", "body")
            lines = _paragraphs(element)
            if lines and role not in _FURNITURE and not (len(lines) == 1 and _NUMBER.fullmatch(lines[0])):
                yield _Shape(*_place(element), lines, title=role in ("title", "ctrTitle"))
        elif kind == "graphicFrame":
            for table in element.iter():
                if local(table.tag) == "tbl":
                    yield _Shape(*_place(element), table_lines(expanded(_table_rows(table))))
        elif kind == "AlternateContent" and len(element):
            yield from _shapes(element[0], depth + 1)


def _place(element: Element) -> tuple[int, int, int, int]:
    """Where a shape stands: top, left, bottom, right; zeros where the layout of the slide tells."""
    offset = next((e for e in element.iter() if local(e.tag) == "off"), None)
    extent = next((e for e in element.iter() if local(e.tag) == "ext" and "cx" in e.attrib), None)
    try:
        top, left = (int(offset.get(name, "0")) for name in ("y", "x")) if offset is not None else (0, 0)
        high, wide = (int(extent.get(name, "0")) for name in ("cy", "cx")) if extent is not None else (0, 0)
    except ValueError:
        return 0, 0, 0, 0
    return top, left, top + high, left + wide


def _paragraphs(element: Element) -> list[str]:
    lines: list[str] = []
    for body in element.iter():
        if local(body.tag) != "txBody":
            continue
        for paragraph in body:
            if local(paragraph.tag) == "p":
                text = "".join(_runs(paragraph))
                lines += [line for part in text.split("\n") if (line := _BLANKS.sub(" ", part).strip())]
    return lines


def _runs(paragraph: Element) -> Iterator[str]:
    for run in paragraph:
        kind = local(run.tag)
        if kind in ("r", "fld"):
            yield "".join(part.text or "" for part in run if local(part.tag) == "t")
        elif kind == "br":
            yield "\n"


def _table_rows(table: Element) -> Iterator[list[Cell]]:
    for row in table:
        if local(row.tag) != "tr":
            continue
        yield [
            Cell("\n".join(_paragraphs(cell)), _span(cell, "gridSpan"), _span(cell, "rowSpan"))
            for cell in row
            if local(cell.tag) == "tc"
            and cell.get("hMerge") not in ("1", "true")
            and cell.get("vMerge") not in ("1", "true")
        ]


def _span(cell: Element, name: str) -> int:
    text = cell.get(name, "1")
    return int(text) if text.isdecimal() and 0 < len(text) < 5 else 1


def _notes(package: Package, slide: str) -> list[str]:
    """What the speaker noted below a slide."""
    name = next((name for name in package.relations(slide).values() if "/notesSlides/" in name), None)
    try:
        root = package.found_tree(name) if name else None
    except ReadError:
        return []
    return _slide_lines(root) if root is not None else []
