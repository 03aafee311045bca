"""Small workbooks as bytes: rows of values in, an XLSX, XLS or ODS file out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Sequence[Any]]


def xlsx(
    sheets: Mapping[str, Rows],
    formats: Mapping[tuple[int, int], str] | None = None,
    merges: Sequence[tuple[int, int, int, int]] = (),
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook with these sheets; `formats` and `merges` (first row, first column, last row, last column) hold for
    each of them."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        codes = {code: book.add_format({"num_format": code}) for code in set((formats or {}).values())}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for i, row in enumerate(rows):
                for j, value in enumerate(row):
                    code = codes.get((formats or {}).get((i, j), ""))
                    if hasattr(value, "year"):
                        sheet.write_datetime(i, j, value, code)
                    elif value is not None:
                        sheet.write(i, j, value, code)
            for top, left, bottom, right in merges:
                sheet.merge_range(top, left, bottom, right, rows[top][left])
    return out.getvalue()


def xls(
    rows: Rows,
    formats: Mapping[tuple[int, int], str] | None = None,
    merges: Sequence[tuple[int, int, int, int]] = (),
    name: str = "Sheet1",
) -> bytes:
    """A workbook of Excel 97 with one sheet."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    within = {(i, j) for a, b, c, d in merges for i in range(a, c + 1) for j in range(b, d + 1)}
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None and (i, j) not in within:
                style = xlwt.easyxf(num_format_str=(formats or {}).get((i, j), "General"))
                sheet.write(i, j, value, style)
    for top, left, bottom, right in merges:
        sheet.write_merge(top, bottom, left, right, rows[top][left])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = (
    f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" '
    f'xmlns:text="{_OASIS}:text:1.0" xmlns:style="{_OASIS}:style:1.0"><office:automatic-styles>'
    '<style:style style:name="out" style:family="table"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
    "</office:document-content>"
)


def ods(tables: str) -> bytes:
    """A spreadsheet of OpenDocument with this XML for its tables."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS.format(tables))
    return out.getvalue()
