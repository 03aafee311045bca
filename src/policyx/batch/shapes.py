"""A document goes in, its rows come out as plain values in the form that a dataset's format takes: done where the
document is read, so that the one process that writes has little left to do."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from policyx.export.dataset import DOCUMENT_COLUMNS, DocumentRows, document_rows, storable
from policyx.export.jsontext import json_text
from policyx.export.plain import record_dict
from policyx.model import Document

DATABASES = ("sqlite", "duckdb")
SHARDS = ("parquet", "jsonl")
SHARD_TABLES = ("documents", "records")


class Part(NamedTuple):
    """A document for a dataset: where it came from, how many records it has, its rows by table, and about how many
    characters they are."""

    source: str
    records: int
    tables: dict[str, Any]
    size: int


def shaped(document: Document, format: str, rows: DocumentRows | None = None) -> Part:
    """The document's part of a dataset: tuples for SQLite, JSON text for all others. `rows` are its rows, where they
    are not those of a document of its own but of a part of one."""
    rows = rows or document_rows(document)
    tables = _SHAPES[format](document, rows)
    size = len(document.original) if format == "sqlite" else sum(map(len, tables.values()))
    return Part(str(storable(document.source)), len(rows.records), tables, size)


def _for_sqlite(document: Document, rows: DocumentRows) -> dict[str, Any]:
    from policyx.export.sqlite import stored_rows

    return {table: stored_rows(table, lines) for table, lines in rows.tables().items()}


def _for_duckdb(document: Document, rows: DocumentRows) -> dict[str, Any]:
    from policyx.export.duckdb import json_items

    return {table: json_items(table, lines) for table, lines in rows.tables().items()}


def _for_parquet(document: Document, rows: DocumentRows) -> dict[str, Any]:
    from policyx.export.duckdb import json_items

    tables = rows.tables()
    return {table: json_items(table, tables[table]) for table in SHARD_TABLES}


def _for_jsonl(document: Document, rows: DocumentRows) -> dict[str, Any]:
    """The records as `extract -f jsonl` prints them; of the document the columns that databases know."""
    names = [column.name for column in DOCUMENT_COLUMNS]
    told = dict(zip(names, rows.document, strict=True))
    told["repairs"] = json.loads(told["repairs"])
    return {
        "documents": json_text(told) + "\n",
        "records": "".join([json_text(record_dict(record)) + "\n" for record in document.records]),
    }


_SHAPES = {"sqlite": _for_sqlite, "duckdb": _for_duckdb, "parquet": _for_parquet, "jsonl": _for_jsonl}
