"""DuckDB: tables documents, records and checks, views of the targets, the actual figures and the latest.

Numbers are DECIMAL(38, 15), or null where that cannot hold them exactly; `value_exact` beside it holds the digits of
all. Lists are lists, dates are dates. A document is written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from policyx.errors import PolicyxError
from policyx.export.dataset import (
    DIGITS,
    INDEXES,
    KEYS,
    PLACES,
    TABLES,
    VIEWS,
    Column,
    DocumentRows,
    decimal_or_none,
    document_rows,
    require_columns,
)
from policyx.export.jsontext import json_text
from policyx.export.numbers import number_text
from policyx.export.view import View
from policyx.model import Document

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

IN_PLACE = True

_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": f"DECIMAL({DIGITS}, {PLACES})",
    "float": "DOUBLE",
    "date": "DATE",
    "list": "VARCHAR[]",
}


def part(document: Document, view: View) -> DocumentRows:
    """The document's rows."""
    return document_rows(document)


def open_file(path: Path, view: View) -> DuckdbFile:
    """The database at `path`, made if there is none."""
    return DuckdbFile(path)


class DuckdbFile:
    """A database that documents are written to; several threads may do so."""

    def __init__(self, path: Path) -> None:
        import duckdb

        self._path = path
        self._lock = Lock()
        self._error = duckdb.Error
        with self._told():
            self._connection = duckdb.connect(str(path))
        try:
            with self._told():
                self._make_tables()
        except BaseException:
            self._connection.close()
            raise

    def add(self, part: DocumentRows) -> None:
        """Write a document in place of what was there of it, or a further part of one to the others: all of it, or none
        where that fails."""
        with self.transaction() as connection:
            for table in ("documents",) if part.continues else reversed(TABLES):
                connection.execute(f"DELETE FROM {table} WHERE document_id = ?", [part.document_id])
            for table, rows in part.tables().items():
                insert(connection, table, rows)

    @contextmanager
    def transaction(self) -> Iterator[DuckDBPyConnection]:
        """The connection; what is written within is written as a whole, or not at all."""
        with self._lock, self._told():
            self._connection.begin()
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What the database answers to a statement."""
        with self._lock, self._told():
            return list(self._connection.execute(statement, parameters).fetchall())

    def close(self) -> None:
        """Close the database."""
        with self._told():
            self._connection.close()

    def discard(self) -> None:
        """Close the database; what was added stays."""
        self._connection.close()

    def _make_tables(self) -> None:
        self._connection.begin()
        for table in TABLES:
            create(self._connection, table, keyed=True)
            require_columns(self._path, table, self._connection.execute(f"SELECT * FROM {table} LIMIT 0").description)
        for index, (table, names) in INDEXES.items():
            self._connection.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {table} ({', '.join(names)})")
        for view, query in VIEWS.items():
            self._connection.execute(f"CREATE VIEW IF NOT EXISTS {view} AS {query}")
        self._connection.commit()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """An error of DuckDB that arises within is told as one of the file."""
        try:
            yield
        except self._error as error:
            reason = str(error).splitlines()[0]
            raise PolicyxError(f"{self._path}: cannot be written: {reason}") from None


def create(connection: DuckDBPyConnection, table: str, keyed: bool) -> None:
    """Make one of TABLES if it is not there. No foreign keys: DuckDB does not let a row that they point to be replaced
    within one transaction."""
    lines = [f'"{column.name}" {_TYPES[column.kind]}' for column in TABLES[table]]
    if keyed:
        lines.append(f"PRIMARY KEY ({', '.join(KEYS[table])})")
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(lines)})")


def insert(connection: DuckDBPyConnection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add rows to one of TABLES."""
    insert_items(connection, table, [json_items(table, rows)])


def json_items(table: str, rows: Iterable[tuple[Any, ...]]) -> str:
    """The rows as items of a JSON array, without its brackets. Numbers are texts, which DuckDB reads as decimals
    without a float between."""
    columns = TABLES[table]
    return ", ".join([json_text(_object(columns, row)) for row in rows])


def insert_items(connection: DuckDBPyConnection, table: str, items: Iterable[str]) -> None:
    """Add what `json_items` made of rows to one of TABLES. All go over as one JSON text, which is a hundred times
    faster than row by row. Strict: what does not fit a column is an error and not null."""
    columns = TABLES[table]
    data = f"[{', '.join(item for item in items if item)}]"
    structure = json_text([{str(number): _read_as(column) for number, column in enumerate(columns)}])
    values = ", ".join(
        f'TRY_CAST(r."{number}" AS DATE)' if column.kind == "date" else f'r."{number}"'
        for number, column in enumerate(columns)
    )
    connection.execute(
        f"INSERT INTO {table} SELECT {values} FROM (SELECT unnest(from_json_strict(?, '{structure}')) AS r)", [data]
    )


def _object(columns: tuple[Column, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    return {
        str(number): _decimal_text(value) if column.kind == "number" and value is not None else value
        for number, (column, value) in enumerate(zip(columns, row, strict=True))
    }


def _decimal_text(value: Any) -> str | None:
    decimal = decimal_or_none(value)
    return None if decimal is None else number_text(decimal)


def _read_as(column: Column) -> Any:
    return ["VARCHAR"] if column.kind == "list" else "VARCHAR" if column.kind == "date" else _TYPES[column.kind]
