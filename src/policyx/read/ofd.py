"""The bytes of an OFD document (GB/T 33190, the format of official documents) go in, its text goes out: paragraphs made
whole again from their lines, ruled tables as cells, page numbers and running heads left out.

Only the standard library is needed: the format is XML in a ZIP archive. Seals and pictures are not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from xml.etree.ElementTree import Element

from policyx.errors import ReadError
from policyx.read.limits import MOST_MEMBERS
from policyx.read.meta import institution, iso_date, plain, stated_title
from policyx.read.ofd_layout import TextLine, page_lines
from policyx.read.ofd_objects import Objects
from policyx.read.office_xml import Package, joined, local
from policyx.read.source import Content

_KIND = "an OFD document"
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?[0-9]{1,4}(?:\s*页)?(?:\s*[/,，]?\s*共?\s*[0-9]{1,4}\s*页?)?[-—–－·\s]*"
)
_MARGIN = 0.12  # of the page's height at its top and foot, where page numbers and running heads stand
_REPEATED = 3  # pages from which on a line in the margin counts as running
_FULL = 1.6  # characters that a full line may end before the margin
_NARROWEST = 15  # characters of a line from which on text is wrapped at the margin
_INDENT = 0.8  # characters from which on a line is set in
_STOP = re.compile(r"[。！？；：:]$")
_DATED_LINES = 15  # at either end of the text


class _Page(NamedTuple):
    lines: list[TextLine]
    height: float
    images: int


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of the document and what its properties state. Raises ReadError for one without text (a scan)."""
    package = Package(data, path, _KIND)
    entry = _entry(package)
    if entry is None:
        raise ReadError(path, "is a ZIP archive that should be an OFD document, but holds no OFD.xml")
    bodies = [body for body in package.tree(entry) if local(body.tag) == "DocBody"]
    pages: list[_Page] = []
    notes: list[str] = []
    for body in bodies:
        location = _text(body, "DocRoot")
        if location:
            pages += _pages(package, joined(entry.rpartition("/")[0], location), notes)
        notes += _signatures(package, body, entry)
    if not any(page.lines for page in pages):
        raise ReadError(path, _without_text(pages, notes))
    pictures = [str(number) for number, page in enumerate(pages, 1) if page.images and not page.lines]
    if pictures:
        notes.append(f"pages that are pictures without text are not read: {', '.join(pictures)}")
    text, starts = _joined_lines(_without_margins(pages))
    lines = text.splitlines()
    told = next((info for body in bodies for info in body if local(info.tag) == "DocInfo"), None)
    return Content(
        text,
        title=stated_title(plain(_text(told, "Title")), lines),
        date=_date(told, lines),
        issuer=institution(_text(told, "Author")),
        pages=starts,
        notes=tuple(notes),
    )


def _entry(package: Package) -> str | None:
    return next((name for name in package.names() if name.lower() == "ofd.xml"), None)


def _text(parent: Element | None, name: str) -> str:
    if parent is None:
        return ""
    return next(((child.text or "").strip() for child in parent if local(child.tag) == name), "")


def _pages(package: Package, name: str, notes: list[str]) -> list[_Page]:
    root = package.tree(name)
    folder = name.rpartition("/")[0]
    templates: dict[str, str] = {}
    places: list[str] = []
    height = 297.0
    for element in root.iter():
        kind = local(element.tag)
        if kind == "TemplatePage":
            templates[element.get("ID", "")] = joined(folder, element.get("BaseLoc", ""))
        elif kind == "Page":
            places.append(joined(folder, element.get("BaseLoc", "")))
        elif kind == "PhysicalBox":
            height = _height(element, height)
        elif kind == "Attachments" and (element.text or "").strip():
            notes += _attachments(package, joined(folder, (element.text or "").strip()))
    if len(places) > MOST_MEMBERS:
        raise ReadError(package.path, f"holds {len(places)} pages; no more than {MOST_MEMBERS} are read")
    trees: dict[str, Element] = {}
    for identity, place in templates.items():
        with suppress(ReadError):  # a form without its lines is better than none
            trees[identity] = package.tree(place)
    return list(_read_pages(package, places, trees, height, notes))


def _read_pages(
    package: Package, places: list[str], trees: dict[str, Element], height: float, notes: list[str]
) -> Iterator[_Page]:
    """The pages; one that is damaged is told and left empty. Raises ReadError where all are."""
    broken: list[str] = []
    for number, place in enumerate(places, 1):
        try:
            yield _page(package, place, trees, height)
        except ReadError:
            broken.append(str(number))
            if len(broken) == len(places):
                raise
            yield _Page([], height, 0)
    if broken:
        notes.append(f"pages that are damaged are not read: {', '.join(broken)}")


def _page(package: Package, place: str, templates: dict[str, Element], height: float) -> _Page:
    root = package.tree(place)
    objects = Objects()
    for element in root.iter():
        if local(element.tag) == "Template" and element.get("TemplateID", "") in templates:
            objects.add(templates[element.get("TemplateID", "")])
        elif local(element.tag) == "PhysicalBox":
            height = _height(element, height)
    objects.add(root)
    return _Page(page_lines(objects), height, objects.images)


def _height(box: Element, default: float) -> float:
    parts = (box.text or "").split()
    try:
        return float(parts[3]) or default
    except (IndexError, ValueError):
        return default


def _attachments(package: Package, name: str) -> list[str]:
    try:
        root = package.found_tree(name)
    except ReadError:
        root = None
    names = [] if root is None else [item.get("Name", "?") for item in root if local(item.tag) == "Attachment"]
    return [f"attachments are not read: {', '.join(names)}"] if names else []


def _signatures(package: Package, body: Element, entry: str) -> list[str]:
    location = _text(body, "Signatures")
    try:
        root = package.found_tree(joined(entry.rpartition("/")[0], location)) if location else None
    except ReadError:
        return ["carries electronic signatures that are damaged"]
    count = 0 if root is None else sum(local(item.tag) == "Signature" for item in root)
    if not count:
        return []
    return [f"carries {count} electronic signature{'s' if count > 1 else ''} or seal{'s' if count > 1 else ''}, "
            f"which {'are' if count > 1 else 'is'} not verified"]  # fmt: skip


def _without_text(pages: list[_Page], notes: list[str]) -> str:
    signed = f"; it {notes[-1]}" if notes and notes[-1].startswith("carries") else ""
    images = sum(page.images for page in pages)
    if images:
        return f"is a scanned OFD document: {len(pages)} pages, {images} pictures and no text{signed}"
    return f"is an OFD document without text{signed}"


def _without_margins(pages: list[_Page]) -> list[_Page]:
    """The pages without their numbers, and without what stands in the margin of page after page."""

    def key(line: TextLine) -> str:
        return re.sub("[0-9]+", "0", "".join(line.text.split()))

    def in_margin(line: TextLine, page: _Page) -> bool:
        return not line.table and not _MARGIN * page.height < line.y < (1 - _MARGIN) * page.height

    times = Counter(key(line) for page in pages for line in page.lines if in_margin(line, page))
    return [
        page._replace(
            lines=[
                line
                for line in page.lines
                if not in_margin(line, page)
                or not (_PAGE_NUMBER.fullmatch(line.text) or times[key(line)] >= max(_REPEATED, len(pages) / 2))
            ]
        )
        for page in pages
    ]


def _joined_lines(pages: list[_Page]) -> tuple[str, tuple[int, ...]]:
    """The text, a paragraph or a row of a table a line, and where in it each page begins."""
    prose = [line for page in pages for line in page.lines if not line.table]
    right = _margin([line.right for line in prose], most=True)
    left = _margin([line.left for line in prose], most=False)
    text: list[str] = []
    starts: list[int] = []
    length = 0
    before: TextLine | None = None
    for page in pages:
        begun = False
        for line in page.lines:
            if before is None:
                between = ""
            elif _goes_on(before, line, left, right):
                between = (
                    " " if before.text[-1].isascii() and before.text[-1].isalpha() and line.text[0].isalpha() else ""
                )
            else:
                between = "\n"
            if not begun:
                starts.append(length + len(between))
                begun = True
            text += [between, line.text]
            length += len(between) + len(line.text)
            before = line
        if not begun:
            starts.append(length)
    return "".join(text) + "\n", tuple(starts)


def _margin(ends: list[float], most: bool) -> float:
    """Where most lines begin or end: the outermost place that several share."""
    counts = Counter(round(end / 2) for end in ends)
    several = [place for place, count in counts.items() if count > max(1, len(ends) // 20)] or list(counts)
    return 2.0 * (max(several, default=0) if most else min(several, default=0))


def _goes_on(before: TextLine, line: TextLine, left: float, right: float) -> bool:
    """Whether a paragraph goes on from one line to the next: the first is full, the second begins at the margin and is
    set in the same size."""
    if right - left < _NARROWEST * line.size or before.table or line.table:
        return False
    if "\t" in before.text or abs(before.size - line.size) > 0.1 * line.size:
        return False
    if line.left - left > _INDENT * line.size or before.right < right - _FULL * before.size:
        return False
    return not (_STOP.search(before.text) and before.right < right - 0.5 * before.size)


def _date(told: Element | None, lines: list[str]) -> str | None:
    """The day on which the file was made, where the text itself has no date at its beginning or end."""
    if any(iso_date(line) for line in [*lines[:_DATED_LINES], *lines[-_DATED_LINES:]]):
        return None
    return iso_date(_text(told, "CreationDate"))
