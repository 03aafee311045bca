"""SQLite: tables documents, records and checks, views of the targets, the actual figures and the latest.

SQLite has no decimals: `value` and the other numbers are REAL, to calculate with, and `value_exact` beside it holds the
digits. Lists are JSON arrays (`json_each`), dates ISO text. A document is written in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from policyx.errors import PolicyxError
from policyx.export.dataset import INDEXES, KEYS, TABLES, VIEWS, DocumentRows, document_rows, require_columns
from policyx.export.jsontext import json_text
from policyx.export.view import View
from policyx.model import Document

IN_PLACE = True

_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "float": "REAL", "date": "TEXT", "list": "TEXT"}
_BUSY = 30.0  # seconds to wait for another program that is writing


def part(document: Document, view: View) -> DocumentRows:
    """The document's rows."""
    return document_rows(document)


def open_file(path: Path, view: View) -> SqliteFile:
    """The database at `path`, made if there is none."""
    return SqliteFile(path)


class SqliteFile:
    """A database that documents are written to; several threads may do so."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        with self._told():
            self._connection = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        try:
            with self._told():
                self._connection.execute("PRAGMA foreign_keys = ON")
                # three times as fast; what it risks when the power fails can be read from the documents again
                self._connection.execute("PRAGMA synchronous = NORMAL")
                self._make_tables()
        except BaseException:
            self._connection.close()
            raise

    def add(self, part: DocumentRows) -> None:
        """Write a document in place of what was there of it, or a further part of one to the others: all of it, or none
        where that fails."""
        tables = part.tables()
        with self.transaction() as connection:
            if part.continues:
                (line,) = stored_rows("documents", tables.pop("documents"))
                names = ", ".join(f"{column.name} = ?" for column in TABLES["documents"])
                connection.execute(f"UPDATE documents SET {names} WHERE document_id = ?", (*line, part.document_id))
            else:  # its records and checks go with it
                connection.execute("DELETE FROM documents WHERE document_id = ?", (part.document_id,))
            for table, rows in tables.items():
                insert(connection, table, stored_rows(table, rows))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection; what is written within is written as a whole, or not at all."""
        with self._lock, self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite may have taken it back itself
                    self._connection.execute("ROLLBACK")
                raise

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What the database answers to a statement."""
        with self._lock, self._told():
            return list(self._connection.execute(statement, parameters).fetchall())

    def close(self) -> None:
        """Close the database."""
        with self._told():
            self._connection.execute("PRAGMA optimize")
            self._connection.close()

    def discard(self) -> None:
        """Close the database; what was added stays."""
        self._connection.close()

    def _make_tables(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for table, columns in TABLES.items():
            lines = [f'"{column.name}" {_TYPES[column.kind]}' for column in columns]
            lines.append(f"PRIMARY KEY ({', '.join(KEYS[table])})")
            if table != "documents":
                # whatever belongs to a document goes with it
                lines.append("FOREIGN KEY (document_id) REFERENCES documents ON DELETE CASCADE")
            self._connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(lines)})")
            found = self._connection.execute(f"SELECT * FROM {table} LIMIT 0").description
            require_columns(self._path, table, found)
        for index, (table, names) in INDEXES.items():
            self._connection.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {table} ({', '.join(names)})")
        for view, query in VIEWS.items():
            # older SQLite says IS for what the standard calls IS NOT DISTINCT FROM
            query = query.replace("IS NOT DISTINCT FROM", "IS")
            self._connection.execute(f"CREATE VIEW IF NOT EXISTS {view} AS {query}")
        self._connection.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """An error of SQLite that arises within is told as one of the file."""
        try:
            yield
        except sqlite3.Error as error:
            raise PolicyxError(f"{self._path}: cannot be written: {error}") from None


def stored_rows(table: str, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows of one of TABLES as SQLite takes them."""
    kinds = [column.kind for column in TABLES[table]]
    return [tuple(_stored(kind, value) for kind, value in zip(kinds, row, strict=True)) for row in rows]


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add rows that `stored_rows` made to one of TABLES."""
    marks = ", ".join("?" * len(TABLES[table]))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _stored(kind: str, value: Any) -> Any:
    if kind == "list":
        return json_text(value)
    return float(value) if kind in ("number", "float") and value is not None else value
