"""A document goes in, its rows for tables with types come out: for databases and Parquet, which know the same columns.

A number has two columns: the number, in the best type that the format has, and its digits as text, which are exact in
all of them (`value_exact`, …). A document is known by its path, and text that came without one by its content, so that
what is read again takes the place of what was there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from policyx._version import __version__
from policyx.errors import PolicyxError
from policyx.export.flat import COLUMNS, flat_dict
from policyx.export.jsontext import json_text
from policyx.export.numbers import number_text
from policyx.export.plain import repair_counts
from policyx.model import Document, Number, Record

DIGITS, PLACES = 38, 15  # of a decimal column: 23 digits before the point, 15 behind it


def require_columns(path: Path, table: str, found: Sequence[Sequence[Any]] | None) -> None:
    """Raises PolicyxError where the table of a database that is there has other columns than one of TABLES; `found` is
    what the database says of them, the name first."""
    if [column[0] for column in found or ()] != [column.name for column in TABLES[table]]:
        raise PolicyxError(f"{path}: its table {table} has other columns; write to a new file")


class Column(NamedTuple):
    """A column: its name and its kind, which is text, integer, number (exact), float, date (ISO) or list (of texts)."""

    name: str
    kind: str = "text"


NUMBERS = ("value", "value_max", "base_value", "base_value_max")
_KINDS = {
    **dict.fromkeys(NUMBERS, "number"),
    **dict.fromkeys(("start", "end", "year", "baseline_year", "sentence_start", "sentence_end", "page"), "integer"),
    **dict.fromkeys(("heading", "rules", "checks", "flags"), "list"),
    "confidence": "float",
    **dict.fromkeys(("period_start", "period_end"), "date"),
}
FLAT_COLUMNS: tuple[Column, ...] = tuple(Column(name, _KINDS.get(name, "text")) for name in COLUMNS)


def _with_exact(columns: tuple[Column, ...]) -> Iterator[Column]:
    for column in columns:
        yield column
        if column.kind == "number":
            yield Column(f"{column.name}_exact")


RECORD_COLUMNS: tuple[Column, ...] = (
    Column("document_id"), Column("position", "integer"), *_with_exact(FLAT_COLUMNS),
)  # fmt: skip
DOCUMENT_COLUMNS: tuple[Column, ...] = (
    Column("document_id"), Column("source"), Column("title"), Column("date"), Column("year", "integer"),
    Column("place"), Column("encoding"), Column("format"), Column("content_hash"), Column("characters", "integer"),
    Column("records", "integer"), Column("repairs"), Column("policyx"),
)  # fmt: skip
CHECK_COLUMNS: tuple[Column, ...] = (
    Column("document_id"), Column("position", "integer"), Column("number", "integer"), Column("kind"), Column("text"),
)  # fmt: skip
TABLES = {"documents": DOCUMENT_COLUMNS, "records": RECORD_COLUMNS, "checks": CHECK_COLUMNS}
KEYS = {
    "documents": ("document_id",),
    "records": ("document_id", "position"),
    "checks": ("document_id", "position", "number"),
}
INDEXES = {
    "records_by_indicator": ("records", ("indicator", "place", "year")),
    "records_by_source": ("records", ("source",)),
    "documents_by_content": ("documents", ("content_hash",)),
}
# `latest`: of each indicator and place what was told for the last year, apart by what kind of figure it is: a target
# for 2030 does not hide what was reached in 2024. All of them where texts tell several.
VIEWS = {
    "targets": "SELECT * FROM records WHERE status = 'target'",
    "actuals": "SELECT * FROM records WHERE status = 'actual'",
    "latest": "SELECT * FROM records AS r WHERE indicator IS NOT NULL AND year = (SELECT max(year) FROM records AS o "
    "WHERE o.indicator = r.indicator AND o.place IS NOT DISTINCT FROM r.place AND o.measure = r.measure "
    "AND o.status = r.status)",
}


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """A document as rows, each in the order of its table's columns. Numbers are Decimal or Fraction, dates ISO text.

    Rows that `continue` are those of a further part: its records come to those that are there, and its line takes the
    place of the document's."""

    document: tuple[Any, ...]
    records: tuple[tuple[Any, ...], ...]
    checks: tuple[tuple[Any, ...], ...]
    continues: bool = False

    @property
    def document_id(self) -> str:
        """What the document is known by."""
        return str(self.document[0])

    def tables(self) -> dict[str, tuple[tuple[Any, ...], ...]]:
        """The rows by table, those that others point to first."""
        return {"documents": (self.document,), "records": self.records, "checks": self.checks}


def document_rows(document: Document) -> DocumentRows:
    """The document's rows."""
    identity = document_id(document)
    return DocumentRows(
        (
            identity,
            storable(document.source),
            storable(document.title),
            document.date,
            document.year,
            storable(document.place),
            document.encoding,
            document.format,
            content_hash(document),
            len(document.original),
            len(document.records),
            json_text(repair_counts(document)),
            __version__,
        ),
        tuple((identity, position, *_record_row(record)) for position, record in enumerate(document.records, 1)),
        tuple(
            (identity, position, number, kind, storable(text))
            for position, record in enumerate(document.records, 1)
            for number, (kind, text) in enumerate(findings(record), 1)
        ),
    )


def document_id(document: Document) -> str:
    """16 hexadecimal digits that stand for the document's path, or for its text where it has none."""
    if document.source == "-":
        return content_hash(document)[:16]
    return path_id(document.source)


def path_id(path: str) -> str:
    """The id of a document that is known by its path."""
    return hashlib.sha256(f"path:{path}".encode("utf-8", "backslashreplace")).hexdigest()[:16]


def content_hash(document: Document) -> str:
    """The SHA-256 of the original text in UTF-8."""
    return hashlib.sha256(document.original.encode("utf-8", "backslashreplace")).hexdigest()


def findings(record: Record) -> list[tuple[str, str]]:
    """What is to be looked at: the results of checks, then the reasons for doubt, each with its kind."""
    return [*(("check", text) for text in record.checks), *(("flag", text) for text in record.flags)]


def decimal_or_none(value: Number) -> Decimal | None:
    """The number for a column of DIGITS and PLACES, or None where the column cannot hold it exactly. A fraction that no
    decimal holds is rounded to PLACES."""
    if isinstance(value, Decimal) and _exponent(value) >= -PLACES and value.adjusted() < DIGITS - PLACES:
        return value
    scaled = Fraction(value) * 10**PLACES
    if scaled.denominator != 1 and isinstance(value, Decimal):
        return None
    digits = str(abs(round(scaled)))
    if len(digits) > DIGITS:
        return None
    return Decimal((int(value < 0), tuple(map(int, digits)), -PLACES))


def _exponent(value: Decimal) -> int:
    return int(value.as_tuple().exponent)


def storable(text: str | None) -> str | None:
    """The text as UTF-8 can hold it: what is no character (bytes of a file name) is written with backslashes."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _record_row(record: Record) -> Iterator[Any]:
    flat = flat_dict(record)
    for name, kind in FLAT_COLUMNS:
        value = flat[name]
        if kind == "text":
            yield storable(value)
        elif kind == "list":
            yield [storable(item) for item in getattr(record, name)]
        else:
            yield value
            if kind == "number":
                yield None if value is None else number_text(value)
