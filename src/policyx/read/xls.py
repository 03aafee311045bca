"""The bytes of an old Excel workbook (XLS, ET of WPS) go in, the texts that its visible sheets show go out."""

from __future__ import annotations

import os
from typing import Any

from policyx.errors import ReadError
from policyx.read.number_format import shown
from policyx.read.sheet import Sheet

_KIND = "an old Excel workbook (xls)"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def sheets(data: bytes, path: str, encoding: str | None) -> tuple[list[Sheet], None, list[str]]:
    """The visible sheets, and what was left out. `encoding` counts for files from before Excel 97, which do not tell
    theirs. Raises ReadError for a workbook that is damaged or locked."""
    if _ENCRYPTED in data:
        raise ReadError(path, "is an encrypted Office document; remove its password first")
    try:
        import xlrd
    except ImportError:
        raise ReadError(path, f"is {_KIND}, which needs a library more: pip install 'policyx[sheets]'") from None
    found: list[Sheet] = []
    hidden: list[str] = []
    try:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - it prints what it finds odd
            book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, logfile=nowhere, encoding_override=encoding, ragged_rows=True
            )
            for sheet in book.sheets():
                if sheet.visibility:
                    hidden.append(sheet.name)
                    continue
                rows = [
                    [_text(cell, book) for cell in sheet.row(number)]
                    for number in range(sheet.nrows)
                ]  # fmt: skip
                merges = [(top, left, end - 1, right - 1) for top, end, left, right in sheet.merged_cells]
                found.append(Sheet.of(sheet.name, rows, merges, path))
    except ReadError:
        raise
    except Exception as error:  # the library raises errors of many kinds for broken files
        if "encrypted" in str(error).lower():
            raise ReadError(path, f"is {_KIND}, but encrypted; remove its password first") from None
        raise ReadError(path, f"is {_KIND}, but damaged: {error or type(error).__name__}") from None
    notes = [f"hidden sheets are not read: {', '.join(hidden)}"] if hidden else []
    return found, None, notes


def _text(cell: Any, book: Any) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    code = book.format_map.get(style.format_key) if style is not None else None
    format = code.format_str if code is not None else ""
    if cell.ctype == xlrd.XL_CELL_DATE:
        return shown(xlrd.xldate_as_datetime(cell.value, book.datemode), format)
    return shown(float(cell.value), format)
