"""The bytes of an Excel workbook (XLSX, XLSM) go in, the texts that its visible sheets show go out.

python-calamine reads the values; it does not tell how a cell shows its number (12.5% is 0.125 in the file), so that the
formats are looked up beside it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from policyx.errors import ReadError
from policyx.read.limits import LARGEST_SHEET
from policyx.read.number_format import BUILTIN_FORMATS, shown
from policyx.read.office_xml import Package, local
from policyx.read.sheet import Place, Sheet

_KIND = "an Excel workbook (xlsx)"
_WORKBOOK = "xl/workbook.xml"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*[^<>/])>")
_NO_RESULT = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>)?\s*</(?:\w+:)?c>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(")
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')


def sheets(data: bytes, path: str, encoding: str | None) -> tuple[list[Sheet], None, list[str]]:
    """The visible sheets, and what was left out. Raises ReadError for a workbook that is damaged or locked."""
    try:
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
    except ImportError:
        raise ReadError(path, f"is {_KIND}, which needs a library more: pip install 'policyx[sheets]'") from None
    package = Package(data, path, _KIND)
    parts = _sheet_parts(package)
    styles = _styles(package)
    found: list[Sheet] = []
    hidden: list[str] = []
    broken: dict[str, ReadError] = {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown_sheets = [told for told in book.sheets_metadata if told.typ == SheetTypeEnum.WorkSheet]
    except Exception as error:  # the library raises errors of many kinds for broken files
        raise ReadError(path, f"is {_KIND}, but damaged: {error}") from None
    for told in shown_sheets:
        if told.visible != SheetVisibleEnum.Visible:
            hidden.append(told.name)
            continue
        try:
            formats = _cell_formats(package, parts.get(told.name), styles)
            found.append(_sheet(book.get_sheet_by_name(told.name), formats))
        except ReadError as error:
            broken[told.name] = error
        except Exception as error:
            broken[told.name] = ReadError(path, f"is {_KIND}, but damaged: {error}")
    if broken and not found:
        raise next(iter(broken.values()))
    empty = sum(_without_result(package, parts.get(sheet.name)) for sheet in found)
    notes = [f"formulas without a stored result are not read: {empty}"] if empty else []
    notes += [f"sheets that are damaged are not read: {', '.join(broken)}"] if broken else []
    notes += [f"hidden sheets are not read: {', '.join(hidden)}"] if hidden else []
    return found, None, notes


def _sheet(sheet: Any, formats: Mapping[Place, str]) -> Sheet:
    texts = (
        [_text(value, formats.get((i, j), "")) for j, value in enumerate(row)]
        for i, row in enumerate(sheet.to_python(skip_empty_area=False))
    )
    merges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Sheet.of(sheet.name, texts, merges)


def _text(value: object, format: str) -> str:
    """What a cell shows; nothing for one that WPS shows a picture in."""
    text = shown(value, format)
    return "" if _PICTURE.match(text) else text


def _sheet_parts(package: Package) -> dict[str, str]:
    """The parts of the sheets by the names of these."""
    relations = package.relations(_WORKBOOK)
    found: dict[str, str] = {}
    for element in package.tree(_WORKBOOK).iter():
        if local(element.tag) == "sheet":
            identity = next((value for key, value in element.attrib.items() if local(key) == "id"), "")
            if identity in relations:
                found[element.get("name", "")] = relations[identity]
    return found


def _styles(package: Package) -> list[str]:
    """The format code of each style of cells."""
    root = package.found_tree("xl/styles.xml")
    if root is None:
        return []
    codes: dict[int, str] = dict(BUILTIN_FORMATS)
    for element in root.iter():
        if local(element.tag) == "numFmt":
            codes[_number(element, "numFmtId")] = element.get("formatCode", "")
    cells = next((element for element in root if local(element.tag) == "cellXfs"), None)
    return [codes.get(_number(style, "numFmtId"), "") for style in cells] if cells is not None else []


def _number(element: Element, name: str) -> int:
    text = element.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _cell_formats(package: Package, part: str | None, styles: list[str]) -> Mapping[Place, str]:
    """The format codes of the cells that have one. Raises ReadError for a sheet whose cells lie so far apart that the
    rectangle around them would not fit into the memory."""
    formats: dict[Place, str] = {}
    bottom = right = 0
    for cell in _CELL.finditer(package.data(part) if part is not None and part in package else b""):
        place = _PLACE.search(cell[1])
        if place is None:
            continue
        row, column = int(place[2]), _column(place[1])
        bottom, right = max(bottom, row), max(right, column)
        style = _STYLE.search(cell[1])
        if style is not None and int(style[1]) < len(styles) and styles[int(style[1])]:
            formats[row - 1, column - 1] = styles[int(style[1])]
    if bottom * right > LARGEST_SHEET:
        raise ReadError(package.path, f"has a sheet of {bottom} rows and {right} columns, mostly empty; no more than "
                                      f"{LARGEST_SHEET} cells are read")  # fmt: skip
    return formats


def _without_result(package: Package, part: str | None) -> int:
    """How many cells hold a formula that no program has worked out yet: those are empty to us."""
    return len(_NO_RESULT.findall(package.data(part))) if part is not None and part in package else 0


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
