"""The bytes of an OpenDocument spreadsheet (ODS) go in, the texts that its visible sheets show go out: the file holds
them beside the values, so that only the standard library is needed."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from policyx.errors import ReadError
from policyx.read.limits import LARGEST_SHEET
from policyx.read.office_xml import Package, local
from policyx.read.sheet import Merge, Sheet

_KIND = "an OpenDocument spreadsheet (ods)"
_WIDEST = 16_384
_GROUPS = ("table-row-group", "table-rows", "table-header-rows", "table-header-columns")


def sheets(data: bytes, path: str, encoding: str | None) -> tuple[list[Sheet], None, list[str]]:
    """The visible sheets, and what was left out. Raises ReadError for a workbook that is damaged or locked."""
    package = Package(data, path, _KIND)
    manifest = package.found_tree("META-INF/manifest.xml")
    if manifest is not None and any(local(element.tag) == "encryption-data" for element in manifest.iter()):
        raise ReadError(path, f"is {_KIND}, but encrypted; remove its password first")
    root = package.tree("content.xml")
    unseen = _hidden_styles(root)
    found: list[Sheet] = []
    hidden: list[str] = []
    for table in root.iter():
        if local(table.tag) != "table":
            continue
        name = _get(table, "name")
        if _get(table, "style-name") in unseen:
            hidden.append(name)
            continue
        rows, merges = _rows(table, path)
        found.append(Sheet.of(name, rows, merges, path))
    return found, None, [f"hidden sheets are not read: {', '.join(hidden)}"] if hidden else []


def _hidden_styles(root: Element) -> set[str]:
    return {
        _get(style, "name")
        for style in root.iter()
        if local(style.tag) == "style"
        and any(local(inner.tag) == "table-properties" and _get(inner, "display") == "false" for inner in style)
    }


def _rows(table: Element, path: str) -> tuple[list[list[str]], list[Merge]]:
    """The texts of a table and its merged cells. What is repeated to the edge of the sheet and empty counts as nothing.

    Raises ReadError beyond the limits."""
    rows: list[list[str]] = []
    merges: list[Merge] = []
    waiting = total = 0  # empty rows that count only if something follows; cells so far
    for row in _row_elements(table):
        times = _count(row, "number-rows-repeated")
        cells, spans = _cells(row)
        if not any(cell.strip() for cell in cells):
            waiting += times
            continue
        total += (waiting + times * len(cells)) if waiting + times <= LARGEST_SHEET else LARGEST_SHEET + 1
        if total > LARGEST_SHEET:
            raise ReadError(path, f"has a sheet of more than {LARGEST_SHEET} cells; no more are read")
        rows += [[] for _ in range(waiting)]
        waiting = 0
        merges += [(len(rows), left, len(rows) + down - 1, left + wide - 1) for left, wide, down in spans]
        rows += [cells] * times
    return rows, merges


def _row_elements(table: Element) -> Iterator[Element]:
    for child in table:
        if local(child.tag) == "table-row":
            yield child
        elif local(child.tag) in _GROUPS:
            yield from _row_elements(child)


def _cells(row: Element) -> tuple[list[str], list[tuple[int, int, int]]]:
    """The texts of a row, and its merged cells: column, width, height."""
    cells: list[str] = []
    spans: list[tuple[int, int, int]] = []
    waiting = 0
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        times = min(_count(cell, "number-columns-repeated"), _WIDEST)
        lines = ["".join(_text(line)) for line in cell if local(line.tag) == "p"]
        text = "\n".join(lines)
        if not text.strip() or local(cell.tag) == "covered-table-cell":
            waiting += times
            continue
        cells += [""] * waiting
        waiting = 0
        wide, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if wide > 1 or down > 1:
            spans.append((len(cells), wide, down))
        cells += [text] * times
    if spans:  # a title merged over the whole width is the only text of its row
        cells += [""] * max(0, min(max(left + wide for left, wide, _ in spans), _WIDEST) - len(cells))
    return cells, spans


def _text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child.tag)
        if name == "s":
            yield " " * _count(child, "c")
        elif name in ("tab", "line-break"):
            yield " "
        elif name not in ("annotation", "ruby-text"):
            yield from _text(child)
        yield child.tail or ""


def _get(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _count(element: Element, name: str) -> int:
    text = _get(element, name)
    return int(text) if text.isdecimal() and 0 < len(text) < 9 and int(text) else 1
