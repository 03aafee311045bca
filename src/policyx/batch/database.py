"""What came of units goes into a database, with their lines of the manifest: a group of units in one transaction, so
that a run that is killed leaves whole units and nothing else."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any, cast

from policyx.batch.manifest import Entry, Failure, Known
from policyx.batch.spool import spooled
from policyx.batch.work import Finished
from policyx.export.dataset import TABLES, path_id
from policyx.export.registry import file_writer
from policyx.export.view import View

_MOST_UNITS, _MOST_SIZE, _MOST_SECONDS = 200, 4_000_000, 2.0  # after which a group is written

_COLUMNS = {
    "manifest": ("path", "sha256", "size", "state", "recipe", "documents", "records", "sources", "notes", "done_at"),
    "failures": ("path", "reason", "failed_at", "input"),
}
_WHOLE_NUMBERS = ("size", "documents", "records")
# a list that is passed as one JSON text, as the rows of a query
_LISTED = {
    "sqlite": "(SELECT value FROM json_each(?))",
    "duckdb": "(SELECT unnest(from_json_strict(?, '[\"VARCHAR\"]')))",
}


class Database:
    """A SQLite or DuckDB database that units are written to."""

    def __init__(self, path: Path, format: str) -> None:
        self._format = format
        self._file = cast(Any, file_writer(format).open_file(path, View()))
        if format == "sqlite":
            # a group is a second's work: it can wait for the disk, and holds when the power fails
            self._file.execute("PRAGMA synchronous = FULL")
        for table, columns in _COLUMNS.items():
            typed = ", ".join(f"{name} {'BIGINT' if name in _WHOLE_NUMBERS else 'VARCHAR'}" for name in columns)
            self._file.execute(f"CREATE TABLE IF NOT EXISTS {table} ({typed})")
        if format == "sqlite":  # DuckDB scans a table as fast as it finds its way through an index
            self._file.execute("CREATE UNIQUE INDEX IF NOT EXISTS manifest_by_path ON manifest (path)")
            self._file.execute("CREATE INDEX IF NOT EXISTS failures_by_input ON failures (input)")
        self._waiting: list[Finished] = []
        self._size = 0
        self._since = 0.0

    def known(self) -> dict[str, Known]:
        """What the manifest says, by path."""
        rows = self._file.execute("SELECT path, sha256, recipe, state FROM manifest")
        return {path: Known(sha256, recipe, state) for path, sha256, recipe, state in rows}

    def prepare(self, again: Iterable[str]) -> None:
        """Nothing: a unit that is done again takes the place of itself when it is written."""

    def add(self, finished: Finished) -> None:
        """Take what came of a unit; it is written with those after it."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(finished)
        self._size += sum(part.size for part in finished.parts)
        late = time.monotonic() - self._since > _MOST_SECONDS
        if finished.spool or late or len(self._waiting) >= _MOST_UNITS or self._size > _MOST_SIZE:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            self._write([finished.entry.path for finished in self._waiting], self._waiting)
            self._waiting, self._size = [], 0

    def drop(self, paths: Iterable[str]) -> None:
        """Take units and all that came of them out."""
        self._write(list(paths), [])

    def failures(self) -> list[tuple[str, Failure]]:
        """What could not be read, each with the unit that it belongs to."""
        rows = self._file.execute("SELECT input, path, reason, failed_at FROM failures ORDER BY input, path")
        return [(unit, Failure(*failure)) for unit, *failure in rows]

    def totals(self) -> tuple[int, int]:
        """How many documents and records there are."""
        (counts,) = self._file.execute("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM records)")
        return int(counts[0]), int(counts[1])

    def close(self) -> None:
        """Close the database; what waits is written first."""
        self.flush()
        self._file.close()

    def discard(self) -> None:
        """Let go of the database as it is."""
        self._file.discard()

    def _write(self, paths: list[str], units: list[Finished]) -> None:
        """Put units in place of what there was of `paths`."""
        listed = _LISTED[self._format]
        parts = {path_id(part.source): part for finished in units for part in finished.parts}
        with self._file.transaction() as connection:
            query = f"SELECT sources FROM manifest WHERE path IN {listed}"
            before = connection.execute(query, [json.dumps(paths)]).fetchall()
            ids = {path_id(source) for (sources,) in before for source in json.loads(sources)}
            # documents that `extract -o` wrote here are in no manifest
            query = f"SELECT document_id FROM documents WHERE document_id IN {listed}"
            there = connection.execute(query, [json.dumps([*ids, *parts])]).fetchall()
            if there:
                stale = json.dumps([identity for (identity,) in there])
                for table in reversed(TABLES):
                    connection.execute(f"DELETE FROM {table} WHERE document_id IN {listed}", [stale])
            if before:
                connection.execute(f"DELETE FROM manifest WHERE path IN {listed}", [json.dumps(paths)])
                connection.execute(f"DELETE FROM failures WHERE input IN {listed}", [json.dumps(paths)])
            for table in TABLES:
                self._insert(connection, table, [part.tables[table] for part in parts.values()])
            for tables in chain.from_iterable(spooled(finished.spool) for finished in units if finished.spool):
                for table, rows in tables.items():
                    self._insert(connection, table, [rows])
            entries = [finished.entry for finished in units]
            _insert_plain(connection, "manifest", [_manifest_row(entry) for entry in entries])
            failures = [(*failure, entry.path) for entry in entries for failure in entry.failures]
            _insert_plain(connection, "failures", failures)

    def _insert(self, connection: Any, table: str, shaped: list[Any]) -> None:
        if self._format == "sqlite":
            from policyx.export.sqlite import insert

            insert(connection, table, (row for rows in shaped for row in rows))
        else:
            from policyx.export.duckdb import insert_items

            insert_items(connection, table, shaped)


def _manifest_row(entry: Entry) -> tuple[Any, ...]:
    sources, notes = json.dumps(entry.sources), json.dumps(entry.notes, ensure_ascii=False)
    told = (entry.path, entry.sha256, entry.size, entry.state, entry.recipe, entry.documents, entry.records)
    return (*told, sources, notes, entry.when)


def _insert_plain(connection: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Add rows of few columns; as many at once as both databases take in one statement."""
    width = len(_COLUMNS[table])
    for start in range(0, len(rows), 50):
        group = rows[start : start + 50]
        marks = ", ".join([f"({', '.join('?' * width)})"] * len(group))
        connection.execute(f"INSERT INTO {table} VALUES {marks}", [value for row in group for value in row])
