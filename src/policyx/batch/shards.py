"""Rows of many documents go in, the bytes of a shard come out: a Parquet file, or JSON Lines. No file is kept here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from policyx.batch.manifest import Failure, key_of
from policyx.export.jsontext import json_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST = 1_000_000  # characters of JSON at a time
_FAILURES = ("path", "reason", "failed_at", "input")


def shard(format: str, table: str, shaped: Iterable[str]) -> bytes:
    """The shard of a table, from what `shaped` made of its documents."""
    if format == "jsonl":
        return "".join(shaped).encode("utf-8", "backslashreplace")
    from policyx.export.duckdb import create, insert_items

    def fill(connection: DuckDBPyConnection) -> None:
        create(connection, table, keyed=False)
        for group in _groups(shaped):
            insert_items(connection, table, group)

    return _parquet(fill, f"SELECT * FROM {table}")


def without(format: str, data: bytes, sources: set[str]) -> bytes:
    """The shard without the rows of these documents."""
    if format == "jsonl":
        lines = data.decode("utf-8").splitlines(keepends=True)
        return "".join(line for line in lines if key_of(json.loads(line)["source"]) not in sources).encode()

    def fill(connection: DuckDBPyConnection) -> None:
        connection.execute("CREATE TABLE stale AS SELECT unnest(?::VARCHAR[]) AS source", [sorted(sources)])

    return _parquet(fill, "SELECT * FROM read_parquet('{before}') WHERE source NOT IN (FROM stale)", data)


def failures_file(format: str, failures: Iterable[tuple[str, Failure]]) -> bytes:
    """All failures as one file, each with the unit that it belongs to."""
    rows: list[dict[str, Any]] = [
        dict(zip(_FAILURES, (*failure, unit), strict=True)) for unit, failure in sorted(failures)
    ]
    if format == "jsonl":
        return "".join(json_text(row) + "\n" for row in rows).encode("utf-8", "backslashreplace")
    structure = json_text([dict.fromkeys(_FAILURES, "VARCHAR")])

    def fill(connection: DuckDBPyConnection) -> None:
        connection.execute(
            f"CREATE TABLE failures AS SELECT r.* FROM (SELECT unnest(from_json_strict(?, '{structure}')) AS r)",
            [json_text(rows)],
        )

    return _parquet(fill, "SELECT * FROM failures")


def _parquet(fill: Callable[[DuckDBPyConnection], None], query: str, before: bytes = b"") -> bytes:
    import duckdb

    with TemporaryDirectory(prefix="policyx-") as folder, duckdb.connect() as connection:
        source, target = Path(folder) / "before.parquet", Path(folder) / "shard.parquet"
        if before:
            source.write_bytes(before)
        connection.execute("SET threads = 1")  # of many, each would take memory of its own
        fill(connection)
        query = query.format(before=_quoted(source))
        connection.execute(f"COPY ({query}) TO '{_quoted(target)}' (FORMAT parquet, COMPRESSION zstd)")
        return target.read_bytes()


def _groups(shaped: Iterable[str]) -> Iterator[list[str]]:
    """A little at a time: DuckDB takes many times the size of a JSON text while it reads it."""
    group: list[str] = []
    size = 0
    for rows in shaped:
        group.append(rows)
        size += len(rows)
        if size > _MOST:
            yield group
            group, size = [], 0
    if group:
        yield group


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
