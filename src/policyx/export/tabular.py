"""Any table of typed columns goes in, a file or text comes out: CSV, JSON, a table for a terminal, a workbook, Stata,
Parquet. Numbers stay exact wherever the format can hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from policyx.errors import PolicyxError
from policyx.export.csv import csv_text
from policyx.export.dataset import DIGITS, PLACES, Column, decimal_or_none
from policyx.export.files import draft
from policyx.export.jsontext import json_text
from policyx.export.labels import head_of, word_of
from policyx.export.numbers import number_text
from policyx.export.registry import require
from policyx.export.rows import amount_text, cell_text
from policyx.export.table import rows_table
from policyx.export.view import View

FILE_FORMATS = ("xlsx", "dta", "parquet")

_STATA_NAMES = {"end": "end_"}  # Stata keeps the word for itself
_STATA_TEXT = 2045  # characters that a plain text of Stata has; longer ones are long strings


@dataclass(frozen=True, slots=True)
class Tabular:
    """A table: `name` for sheets and labels, columns with their kinds (text, integer, number, real), rows of plain
    values. `shown` are the columns that a terminal has room for; `amount` is value, bound and unit in one. `spoken`
    says under which key the words of a column are listed, where that is not its name."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    shown: tuple[str, ...] = ()
    spoken: tuple[tuple[str, str], ...] = ()

    def key(self, column: str) -> str:
        """The key of a column's head and codes in the words of the output."""
        return dict(self.spoken).get(column, column)

    def dicts(self) -> Iterator[dict[str, Any]]:
        """Each row by the names of the columns."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)


def written_table(table: Tabular, format: str, view: View) -> Iterator[str]:
    """The table as csv, jsonl, json or a table for terminals (`table`), as pieces of text."""
    if format == "csv":
        yield csv_text([column.name for column in table.columns], table.rows)
    elif format == "jsonl":
        for row in table.dicts():
            yield json_text(_plain(row)) + "\n"
    elif format == "json":
        yield json_text([_plain(row) for row in table.dicts()], indent=2) + "\n"
    elif table.rows:
        columns = table.shown or tuple(column.name for column in table.columns)
        keys = tuple(map(table.key, columns))
        rows = []
        for row in map(_with_amount, table.dicts()):
            rows.append([cell_text(key, row[name], view.lang) for key, name in zip(keys, columns, strict=True)])
        yield rows_table(keys, rows, view)


def write_table(table: Tabular, format: str, path: Path, view: View) -> None:
    """The table as a file of one of FILE_FORMATS.

    Raises MissingExtraError, or PolicyxError where it cannot be written."""
    writer = _WRITERS[format]
    with draft(path) as place:
        writer(table, place, view)


def _with_amount(row: dict[str, Any]) -> dict[str, Any]:
    """The row with value, bound and unit in one cell more, if it has them."""
    if row.get("value") is None:
        return {**row, "amount": None}
    return {**row, "amount": amount_text(row.get("bound") or "eq", row["value"], row.get("value_max"), row.get("unit"))}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: Decimal(repr(value)) if isinstance(value, float) else value for name, value in row.items()}


def _workbook(table: Tabular, path: Path, view: View) -> None:
    require("xlsx", "xlsxwriter", "xlsx")
    from policyx.export.sheet import Book, Head

    book = Book(path)
    try:
        heads = [Head(head_of(table.key(column.name), view.lang), column.kind != "text") for column in table.columns]
        sheet = book.sheet(table.name, heads)
        for row in table.rows:
            sheet.write(
                [
                    _sheet_cell(table.key(column.name), column, value, view)
                    for column, value in zip(table.columns, row, strict=True)
                ]
            )
        book.close()
    except BaseException:
        book.discard()
        raise


def _sheet_cell(key: str, column: Column, value: Any, view: View) -> Any:
    if column.kind == "real" and value is not None:
        return Fraction(value).limit_denominator(1000)
    return word_of(key, value, view.lang) if isinstance(value, str) else value


def _stata(table: Tabular, path: Path, view: View) -> None:
    """Stata 118: Unicode, labels for variables in the reader's language, long texts as strL."""
    require("dta", "pandas", "pandas")
    import pandas

    columns: dict[str, Any] = {}
    long: list[str] = []
    for at, column in enumerate(table.columns):
        values = [row[at] for row in table.rows]
        if column.kind == "text":
            texts = ["" if value is None else str(value) for value in values]
            columns[column.name] = pandas.Series(texts, dtype="object")
            if max(map(len, texts), default=0) * 4 > _STATA_TEXT:
                long.append(column.name)
        elif column.kind == "integer" and None not in values:
            columns[column.name] = pandas.Series(values, dtype="int32")
        else:
            numbers = [float("nan") if value is None else float(value) for value in values]
            columns[column.name] = pandas.Series(numbers, dtype="float64")
    labels = {column.name: head_of(table.key(column.name), view.lang)[:80] for column in table.columns}
    frame = pandas.DataFrame(columns).rename(columns=_STATA_NAMES)
    labels = {_STATA_NAMES.get(name, name): label for name, label in labels.items()}
    try:
        frame.to_stata(
            str(path), write_index=False, version=118, variable_labels=labels, data_label=table.name[:80],
            convert_strl=long,
        )  # fmt: skip
    except (ValueError, NotImplementedError) as error:
        raise PolicyxError(f"{path}: cannot be written for Stata: {error}") from None


def _parquet(table: Tabular, path: Path, view: View) -> None:
    require("parquet", "duckdb", "parquet")
    import duckdb

    types = {"text": "VARCHAR", "integer": "BIGINT", "number": f"DECIMAL({DIGITS}, {PLACES})", "real": "DOUBLE"}
    structure = json_text([{column.name: types[column.kind] for column in table.columns}])
    numbers = {column.name for column in table.columns if column.kind == "number"}
    rows = [_typed(row, numbers) for row in table.dicts()]
    target = str(path).replace("'", "''")
    with TemporaryDirectory(prefix="policyx-") as folder, duckdb.connect(str(Path(folder) / "t.duckdb")) as connection:
        connection.execute(
            f"CREATE TABLE t AS SELECT r.* FROM (SELECT unnest(from_json_strict(?, '{structure}')) AS r)",
            [json_text(rows)],
        )
        try:
            connection.execute(f"COPY t TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        except duckdb.Error as error:
            raise PolicyxError(f"{path}: cannot be written: {str(error).splitlines()[0]}") from None


def _typed(row: dict[str, Any], numbers: set[str]) -> dict[str, Any]:
    """Numbers as text, which DuckDB reads as decimals without a float between."""
    plain = _plain(row)
    for name in numbers:
        decimal = None if plain[name] is None else decimal_or_none(plain[name])
        plain[name] = None if decimal is None else number_text(decimal)
    return plain


_WRITERS: dict[str, Callable[[Tabular, Path, View], None]] = {
    "xlsx": _workbook,
    "dta": _stata,
    "parquet": _parquet,
}
