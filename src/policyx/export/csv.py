"""CSV that a spreadsheet opens rightly: byte order mark, line ends of RFC 4180, no cell that acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from policyx.export.flat import COLUMNS
from policyx.export.labels import head_of
from policyx.export.numbers import number_text
from policyx.export.rows import row_dict
from policyx.export.view import View
from policyx.model import Document

SEPARATOR = ""

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # at the head of a file it is the byte order mark, which Excel needs for UTF-8
# what makes a spreadsheet take a cell for a formula; East Asian editions read the full-width forms alike
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def head(view: View) -> str:
    """The byte order mark and the header row: the keys, whatever the locale, unless Chinese was asked for."""
    columns = _columns(view)
    return _MARK + _rows([[head_of(column, "zh") for column in columns] if view.chinese_keys else columns])


def part(document: Document, view: View) -> str:
    """A row per record."""
    columns = _columns(view)
    rows = (row_dict(record) for record in document.records)
    return _rows([_cell(row[column]) for column in columns] for row in rows)


def foot(view: View) -> str:
    """Nothing."""
    return ""


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A whole table under the heads `columns`."""
    return _MARK + _rows([columns, *([_cell(value) for value in row] for row in rows)])


def _columns(view: View) -> tuple[str, ...]:
    return view.columns or COLUMNS


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, Decimal, Fraction)):
        return number_text(value)
    if isinstance(value, float):
        return repr(value)
    text = str(value)
    harmless = text == "-" or _is_negative_number(text)  # a lone - is the source that is standard input
    return "'" + text if text.startswith(_FORMULA) and not harmless else text


def _is_negative_number(text: str) -> bool:
    digits = text[1:].replace(".", "", 1)
    return text.startswith("-") and digits.isascii() and digits.isdigit()


def _rows(rows: Iterable[Sequence[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return lines.getvalue()
