"""A dataset goes in, its documents come out one after the other, each with its records."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from policyx.dataset.restore import Row, document_of, flattened, record_of
from policyx.errors import PolicyxError, ReadError
from policyx.export.registry import require
from policyx.model import Document

_SQLITE = b"SQLite format 3\0"
_DUCKDB = b"DUCK"  # at offset 8
_AT_ONCE = 2000  # rows

Part = tuple[Row, Iterable[Row]]
Query = Callable[[str, list[str]], Iterator[dict[str, Any]]]


def is_dataset(path: str | Path) -> bool:
    """Whether `path` is something that policyx wrote: told by what is in it, not by its name."""
    place = Path(path)
    if place.is_dir():
        return any((place / "records").glob("part-*"))
    try:
        with place.open("rb") as stream:
            head = stream.read(4096)
    except OSError:
        return False
    return (
        head.startswith((_SQLITE, b"PAR1"))
        or head[8:12] == _DUCKDB
        or head.lstrip().startswith((b'{"source":', b'{\n  "policyx":'))
    )


def read_dataset(path: str | Path, indicators: Collection[str] = ()) -> Iterator[Document]:
    """The documents of a dataset, in the order of their sources; those without records too, where the dataset knows
    them. With `indicators` only records of these and of finer ones (`output.gdp` has `output.gdp.x`).

    Raises ReadError where it cannot be read."""
    place = Path(path)
    try:
        for row, records in _parts(place, tuple(indicators)):
            yield document_of(row, [record_of(record) for record in records])
    except ReadError:
        raise
    except PolicyxError as error:
        raise ReadError(str(path), str(error)) from None
    except (OSError, ValueError) as error:
        raise ReadError(str(path), f"cannot be read as a dataset: {error}") from None


def _parts(place: Path, indicators: tuple[str, ...]) -> Iterator[Part]:
    if place.is_dir():
        if any((place / "records").glob("part-*.jsonl")):
            yield from _json_folder(place, indicators)
        else:
            records, facts = (place / table / "part-*.parquet" for table in ("records", "documents"))
            yield from _parquet(records, facts, indicators)
        return
    with place.open("rb") as stream:
        head = stream.read(16)
    if head.startswith(_SQLITE):
        yield from _sqlite(place, indicators)
    elif head.startswith(b"PAR1"):
        yield from _parquet(place, None, indicators)
    elif head[8:12] == _DUCKDB:
        yield from _duckdb(place, indicators)
    else:
        yield from _json_file(place, indicators)


def _sqlite(place: Path, indicators: tuple[str, ...]) -> Iterator[Part]:
    import sqlite3

    try:
        with closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)) as connection:

            def query(text: str, parameters: list[str]) -> Iterator[dict[str, Any]]:
                cursor = connection.execute(text, parameters)
                names = [column[0] for column in cursor.description]
                return (dict(zip(names, row, strict=True)) for row in cursor)

            yield from _joined(query, "documents", "records", indicators)
    except sqlite3.Error as error:
        raise PolicyxError(f"cannot be read as a dataset: {error}") from None


def _duckdb(place: Path, indicators: tuple[str, ...]) -> Iterator[Part]:
    require("a DuckDB dataset", "duckdb", "duckdb")
    import duckdb

    try:
        with duckdb.connect(str(place), read_only=True) as connection:
            yield from _joined(_duckdb_query(connection), "documents", "records", indicators)
    except duckdb.Error as error:
        raise PolicyxError(f"cannot be read as a dataset: {str(error).splitlines()[0]}") from None


def _parquet(records: Path, documents: Path | None, indicators: tuple[str, ...]) -> Iterator[Part]:
    """The documents of shards, or of one file, which has no facts of its documents but their records."""
    require("a Parquet dataset", "duckdb", "parquet")
    import duckdb

    table = f"read_parquet('{_quoted(records)}')"
    facts = f"(SELECT DISTINCT document_id, source FROM {table})"
    if documents is not None:
        facts = f"read_parquet('{_quoted(documents)}')"
    try:
        with duckdb.connect() as connection:
            yield from _joined(_duckdb_query(connection), facts, table, indicators)
    except duckdb.Error as error:
        raise PolicyxError(f"cannot be read as a dataset: {str(error).splitlines()[0]}") from None


def _duckdb_query(connection: Any) -> Query:
    def query(text: str, parameters: list[str]) -> Iterator[dict[str, Any]]:
        cursor = connection.cursor().execute(text, parameters)  # of its own: two queries are read side by side
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    return query


def _joined(query: Query, documents: str, records: str, indicators: tuple[str, ...]) -> Iterator[Part]:
    """Each document with its records: two sorted queries, read side by side, so that neither is held in memory."""
    condition, parameters = _condition(indicators)
    found = query(f"SELECT * FROM {records} AS r {condition} ORDER BY source, document_id, position", parameters)
    groups = groupby(found, key=lambda row: (row["source"], row["document_id"]))
    waiting = next(groups, None)
    for row in query(f"SELECT * FROM {documents} AS d ORDER BY source, document_id", []):
        if waiting is not None and waiting[0] == (row["source"], row["document_id"]):
            yield row, list(waiting[1])
            waiting = next(groups, None)
        else:
            yield row, []


def _condition(indicators: tuple[str, ...]) -> tuple[str, list[str]]:
    if not indicators:
        return "", []
    tests = " OR ".join(["indicator = ? OR indicator LIKE ?"] * len(indicators))
    return f"WHERE {tests}", [text for name in indicators for text in (name, f"{name}.%")]


def _json_folder(place: Path, indicators: tuple[str, ...]) -> Iterator[Part]:
    """A shard of documents and the shard of records of the same name belong together."""
    for facts in sorted((place / "documents").glob("part-*.jsonl")):
        records = place / "records" / facts.name
        by_source: dict[str, list[Row]] = {}
        for row in _lines(records) if records.is_file() else ():
            if _wanted(row, indicators):
                by_source.setdefault(str(row["source"]), []).append(flattened(row))
        for row in _lines(facts):
            yield row, by_source.get(str(row["source"]), [])


def _json_file(place: Path, indicators: tuple[str, ...]) -> Iterator[Part]:
    """The JSON of `extract -f json`, or its JSON Lines, which have a record each."""
    with place.open(encoding="utf-8") as stream:
        whole = stream.readline().strip() == "{"
    if whole:
        data = _loaded(place.read_text("utf-8"))
        for facts in data.get("documents", []):
            yield facts, [flattened(row) for row in facts.get("indicators", []) if _wanted(row, indicators)]
        return
    for source, rows in groupby(_lines(place), key=lambda row: row.get("source")):
        yield {"source": source}, [flattened(row) for row in rows if _wanted(row, indicators)]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield _loaded(line)
                except ValueError as error:
                    raise PolicyxError(f"line {number} cannot be read: {error}") from None


def _loaded(text: str) -> dict[str, Any]:
    data = json.loads(text, parse_float=Decimal)
    if not isinstance(data, dict):
        raise ValueError("is no object")
    return data


def _wanted(row: Mapping[str, Any], indicators: tuple[str, ...]) -> bool:
    name = row.get("indicator") or ""
    return not indicators or any(name == wanted or name.startswith(f"{wanted}.") for wanted in indicators)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
