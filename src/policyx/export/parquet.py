"""Parquet: the records of all documents as one table with types, the columns of the DuckDB format's `records`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        try:
            with self._told():
                file = str(Path(self._folder.name) / "records.duckdb")
                self._connection: DuckDBPyConnection = duckdb.connect(file)
                create(self._connection, "records", keyed=False)
        except BaseException:
            self._folder.cleanup()
            raise

    def add(self, part: DocumentRows) -> None:
        """Take a document's records."""
        with self._told():
            insert(self._connection, "records", part.records)

    def close(self) -> None:
        """Write the file."""
        target = str(self._path).replace("'", "''")
        with self._told():
            self._connection.execute(f"COPY records TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        self.discard()

    def discard(self) -> None:
        """Forget the records."""
        with suppress(self._error):  # of what could not be written before
            self._connection.close()
        self._folder.cleanup()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """An error of DuckDB that arises within is told as one of the file."""
        try:
            yield
        except self._error as error:
            raise PolicyxError(f"{self._path}: cannot be written: {str(error).splitlines()[0]}") from None
