"""Parquet: the records of all documents as one table with types, the columns of the DuckDB format's `records`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from policyx.errors import PolicyxError
from policyx.export.dataset import DocumentRows, document_rows
from policyx.export.duckdb import create, insert
from policyx.export.view import View
from policyx.model import Document

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

IN_PLACE = False


def part(document: Document, view: View) -> DocumentRows:
    """The document's rows."""
    return document_rows(document)


def open_file(path: Path, view: View) -> ParquetFile:
    """A new file at `path`."""
    return ParquetFile(path)


class ParquetFile:
    """Records on their way into a Parquet file: gathered in a database of their own, which may be larger than memory,
    and written when all are there."""

    def __init__(self, path: Path) -> None:
        import duckdb

        self._path = path
        self._error = duckdb.Error
        self._folder = TemporaryDirectory(prefix="policyx-")
        self._connection: DuckDBPyConnection = duckdb.connect(str(Path(self._folder.name) / "records.duckdb"))
        create(self._connection, "records", keyed=False)

    def add(self, part: DocumentRows) -> None:
        """Take a document's records."""
        insert(self._connection, "records", part.records)

    def close(self) -> None:
        """Write the file."""
        target = str(self._path).replace("'", "''")
        try:
            self._connection.execute(f"COPY records TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        except self._error as error:
            raise PolicyxError(f"{self._path}: cannot be written: {str(error).splitlines()[0]}") from None
        self.discard()

    def discard(self) -> None:
        """Forget the records."""
        self._connection.close()
        self._folder.cleanup()
