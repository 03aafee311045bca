"""The bytes of a workbook in the XML of Excel 2003 (what many systems export as .xls) go in, the texts of its sheets go
out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from policyx.errors import ReadError
from policyx.read.limits import LARGEST_SHEET
from policyx.read.number_format import shown
from policyx.read.office_xml import local
from policyx.read.sheet import Merge, Sheet

_KIND = "an Excel workbook in XML"
_NAMED = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "General": "", "Short Date": "yyyy-m-d"}
_FARTHEST = 1_048_576


def sheets(data: bytes, path: str, encoding: str | None) -> tuple[list[Sheet], None, list[str]]:
    """The visible sheets, and what was left out. Raises ReadError for XML that is damaged."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ReadError(path, f"is no proper {_KIND.partition(' ')[2]}: it declares a document type")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReadError(path, f"is {_KIND}, but damaged: {error}") from None
    formats = _formats(root)
    found: list[Sheet] = []
    hidden: list[str] = []
    for sheet in root:
        if local(sheet.tag) != "Worksheet":
            continue
        if any(local(element.tag) == "Visible" and "Hidden" in (element.text or "") for element in sheet.iter()):
            hidden.append(_get(sheet, "Name"))
            continue
        rows, merges = _rows(sheet, formats, path)
        found.append(Sheet.of(_get(sheet, "Name"), rows, merges, path))
    return found, None, [f"hidden sheets are not read: {', '.join(hidden)}"] if hidden else []


def _formats(root: Element) -> dict[str, str]:
    """The format codes of the styles by their ids."""
    return {
        _get(style, "ID"): _NAMED.get(code, code)
        for style in root.iter()
        if local(style.tag) == "Style"
        for part in style
        if local(part.tag) == "NumberFormat" and (code := _get(part, "Format"))
    }


def _rows(sheet: Element, formats: dict[str, str], path: str) -> tuple[list[list[str]], list[Merge]]:
    rows: list[list[str]] = []
    merges: list[Merge] = []
    total = 0
    for row in sheet.iter():
        if local(row.tag) != "Row":
            continue
        at = _index(row, len(rows))
        cells = list(_cells(row, formats))
        width = max((column + 1 for column, _, _, _ in cells), default=0)
        total += at - len(rows) + width
        if total > LARGEST_SHEET:
            raise ReadError(path, f"has a sheet of more than {LARGEST_SHEET} cells; no more are read")
        rows += [[] for _ in range(at - len(rows))]
        line = [""] * width
        for column, text, across, down in cells:
            line[column] = text
            if across or down:
                merges.append((at, column, at + down, column + across))
        rows.append(line)
    return rows, merges


def _cells(row: Element, formats: dict[str, str]) -> Iterator[tuple[int, str, int, int]]:
    """The cells of a row: column, text, and how many columns and rows more they cover."""
    column = 0
    for cell in row:
        if local(cell.tag) != "Cell":
            continue
        column = _index(cell, column)
        across, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
        data = next((part for part in cell if local(part.tag) == "Data"), None)
        if data is not None:
            yield column, _text(data, formats.get(_get(cell, "StyleID"), "")), across, down
        column += across + 1


def _text(data: Element, format: str) -> str:
    text = "".join(data.itertext())
    kind = _get(data, "Type")
    try:
        if kind == "Number":
            return shown(float(text), format)
        if kind == "DateTime":
            return shown(datetime.fromisoformat(text), format)
    except ValueError:
        return text
    return text


def _index(element: Element, following: int) -> int:
    """The place of a row or a cell, counted from 0: the one that follows, where it tells none further on."""
    text = _get(element, "Index")
    return (
        max(int(text) - 1, following)
        if text.isdecimal() and 0 < len(text) < 8 and int(text) <= _FARTHEST
        else following
    )


def _count(element: Element, name: str) -> int:
    text = _get(element, name)
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _get(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")
