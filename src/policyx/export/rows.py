"""Records go in, cells of text for people go out: the columns of the table and of Markdown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from policyx.export.flat import COLUMNS, flat_dict
from policyx.export.labels import SIGNS, word_of
from policyx.export.numbers import exact, number_text
from policyx.export.plain import Plain
from policyx.export.view import View
from policyx.model import Number, Record

LEAST_SURE = 0.6  # below this confidence a record is to be looked at twice
_DEFAULT = ("name", "amount", "year", "status", "measure", "label")
SHOWN_COLUMNS: tuple[str, ...] = (*COLUMNS, "amount", "base")
RIGHT_ALIGNED = frozenset({"amount", "base", "value", "value_max", "base_value", "base_value_max", "year",
                           "confidence", "start", "end", "sentence_start", "sentence_end", "page", "line"})  # fmt: skip

# control characters of the text would move the cursor or worse, direction marks would turn the line around;
# U+FFFD shows that something stood there
_CONTROL = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\N{REPLACEMENT CHARACTER}"
)
_CONTROL.update({ord(character): " " for character in "\t\n\r\v\f\x85\u2028\u2029"})


def shown_columns(view: View) -> tuple[str, ...]:
    """The columns that a view shows."""
    columns = view.columns or _DEFAULT
    return (*columns, "sentence") if view.evidence and "sentence" not in columns else columns


def shown_row(record: Record, columns: tuple[str, ...], lang: str) -> list[str]:
    """The record's cells: codes as words, value and unit in one, unknown as nothing; a question mark behind the value
    of a record that is not sure."""
    row = row_dict(record)
    if is_unsure(record):
        row["amount"] += " ?"
    return [cell_text(column, row[column], lang) for column in columns]


def is_unsure(record: Record) -> bool:
    """Whether a record is known to be right less often than `LEAST_SURE`."""
    return record.confidence is not None and record.confidence < LEAST_SURE


def row_dict(record: Record) -> Plain:
    """The record with the keys of SHOWN_COLUMNS: number and unit in one cell are `amount` and `base`."""
    return with_amounts(flat_dict(record))


def with_amounts(row: Plain) -> Plain:
    """The row with `amount` and `base` added."""
    return {
        **row,
        "amount": amount_text(row["bound"], row["value"], row["value_max"], row["unit"]),
        "base": amount_text(row["bound"], row["base_value"], row["base_value_max"], row["base_unit"]),
    }


def cell_text(column: str, value: Any, lang: str) -> str:
    """One value as text on one line, without control characters."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, str):
        return printable(word_of(column, value, lang))
    return number_text(value)


def amount_text(bound: str, low: Number, high: Number | None, unit: str | None) -> str:
    """Sign, number and unit: ≥2500家, 3–5%."""
    numbers = _readable(low) if high is None else f"{_readable(low)}–{_readable(high)}"
    return f"{SIGNS.get(bound, '')}{numbers}{unit or ''}"


def printable(text: str) -> str:
    """The text on one line and without control characters."""
    return text if text.isprintable() else text.translate(_CONTROL)


def _readable(value: Number) -> str:
    """The number as written; a fraction that no decimal can hold to two places, which is enough for the eye."""
    value = value if isinstance(value, Decimal) else exact(value)
    return number_text(value) if isinstance(value, Decimal) else f"{round(value * 100) / Decimal(100):.2f}"
