"""Paths or bytes go in, decoded texts go out; a document that cannot be read is a ReadError with the reason."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from policyx.errors import ReadError
from policyx.read.columns import Columns
from policyx.read.encoding import NotTextError, known_encoding
from policyx.read.files import WEB_ADDRESS, Found, find_files, is_web_address, special_kind
from policyx.read.limits import DEEPEST_NESTING, LARGEST_ARCHIVE, MEGABYTE, MOST_MEMBERS
from policyx.read.registry import (
    READERS,
    SUFFIXES,
    Member,
    Reader,
    members_function,
    promised_by,
    read_function,
    reader_for,
    sheets_function,
)
from policyx.read.source import Content, Source
from policyx.read.stream import LARGE, parts

__all__ = [
    "INSIDE",
    "READERS",
    "SUFFIXES",
    "Columns",
    "Content",
    "Found",
    "Source",
    "documents_in",
    "file_bytes",
    "find_files",
    "known_encoding",
    "only_document",
    "read_bytes",
    "read_documents",
    "read_file",
    "read_parts",
    "read_stdin",
    "special_kind",
]

INSIDE = "!/"  # between the path of a file and the name of a document inside it


def read_file(path: str | Path, encoding: str | None = None, columns: Columns | None = None) -> Source:
    """Read a file that is one document; what its first bytes say, or else its suffix, chooses the reader. `encoding`
    overrides what would be detected; `columns` names the columns of a table with a document in each row. A document
    inside an archive is named as its records name it: `archive.zip!/inner/page.html`, `reports.csv!/2`.

    Raises ReadError for a path that is missing, a folder or not readable, for content that is no document, and for an
    archive of several."""
    return only_document(read_documents(path, encoding, columns), str(path))


def read_documents(
    path: str | Path, encoding: str | None = None, columns: Columns | None = None
) -> Iterator[Source | ReadError]:
    """The documents of a file: one, or those of an archive, each with a path of its own (`archive.zip!/page.html`), or
    those in the rows of a table (`reports.csv!/2`).

    What cannot be read is a ReadError among them, and the others go on; the file itself, too, is one, not raised."""
    name = str(path)
    outer, inside, inner = name.partition(INSIDE)
    try:
        if not inside or Path(name).exists():
            yield from _documents(file_bytes(name), name, Path(path).suffix, _Reading(encoding, columns))
            return
        data = file_bytes(outer)
    except ReadError as error:
        yield error
        return
    found = False
    for item in _documents(data, outer, Path(outer).suffix, _Reading(encoding, columns)):
        if item.path == name or item.path.startswith(name + INSIDE):
            found = True
            yield item
    if not found:
        yield ReadError(name, f"{outer} holds no document {inner}")


def read_stdin(encoding: str | None = None, stream: BinaryIO | None = None) -> Source:
    """Read standard input (or `stream`) to its end, as bytes."""
    return read_bytes((stream or sys.stdin.buffer).read(), "-", encoding)


def read_parts(
    path: str | Path, encoding: str | None = None, columns: Columns | None = None
) -> Iterator[Source | ReadError]:
    """As `read_documents`, but a plain text of many megabytes comes in parts, so that it never stands in memory as a
    whole; `-` is standard input."""
    name = str(path)
    if INSIDE in name and not Path(name).exists():
        yield from read_documents(path, encoding, columns)
        return
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else _opened(name) as stream:
            head = stream.read(LARGE)
            suffix = "" if name == "-" else Path(name).suffix
            if len(head) == LARGE and reader_for(head, suffix).format == "txt":
                yield from parts(head, stream, name, encoding)
            else:
                yield from _documents(head + stream.read(), name, suffix, _Reading(encoding, columns))
    except ReadError as error:
        yield error


def read_bytes(data: bytes, path: str = "-", encoding: str | None = None, suffix: str = "") -> Source:
    """The document that `data` is; `path` only names it, `suffix` chooses the reader where the bytes do not."""
    return only_document(_documents(data, path, suffix, _Reading(encoding, None)), path)


def documents_in(
    data: bytes, path: str = "-", encoding: str | None = None, suffix: str = "", columns: Columns | None = None
) -> Iterator[Source | ReadError]:
    """The documents that `data` holds, as `read_documents` gives those of a file; `path` names it."""
    return _documents(data, path, suffix, _Reading(encoding, columns))


def file_bytes(name: str) -> bytes:
    """The bytes of a file. Raises ReadError with the reason where it cannot be read."""
    with _opened(name) as stream:
        return stream.read()


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    try:
        if special_kind(name) in ("a socket", "a device") and not _is_stream(name):
            raise ReadError(name, f"is {special_kind(name)}, not a file")
        with Path(name).open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise ReadError(name, WEB_ADDRESS if is_web_address(name) else "does not exist") from None
    except IsADirectoryError:
        raise ReadError(name, "is a folder, not a file") from None
    except PermissionError:
        # Windows refuses to open a folder with the same error
        reason = "is a folder, not a file" if Path(name).is_dir() else "may not be read (permission denied)"
        raise ReadError(name, reason) from None
    except OSError as error:
        raise ReadError(name, f"cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the path
        if "null" not in str(error):
            raise
        raise ReadError(repr(name), f"is not a path: {error}") from None


def _is_stream(name: str) -> bool:
    """Whether a device is a terminal or a stream that the shell has opened, which come to an end."""
    return name == "/dev/tty" or name.startswith(("/dev/stdin", "/dev/fd/", "/proc/self/fd/"))


def only_document(documents: Iterator[Source | ReadError], path: str) -> Source:
    """The one document of a file that is expected to hold one. Raises its error, and ReadError where there are several
    or none."""
    first = next(documents, None)
    if first is None:
        raise ReadError(path, "holds no document")
    second = next(documents, None)
    if second is not None:
        raise ReadError(path, f"holds several documents; name one of them, such as {first.path}")
    if isinstance(first, ReadError):
        raise first
    return first


class _Reading:
    """How one file is read: the encoding and the columns that the user names, and what may still be unpacked of it,
    archives inside it included."""

    def __init__(self, encoding: str | None, columns: Columns | None) -> None:
        self.encoding = encoding
        self.columns = columns or Columns()
        self._bytes = LARGEST_ARCHIVE
        self._members = MOST_MEMBERS

    def spend(self, size: int, path: str) -> None:
        """Count one more member. Raises ReadError when it is too much."""
        self._bytes -= size
        self._members -= 1
        if self._bytes < 0:
            raise ReadError(path, f"unpacks to more than {LARGEST_ARCHIVE // MEGABYTE} MB; the rest is not read")
        if self._members < 0:
            raise ReadError(path, f"holds more than {MOST_MEMBERS} files; the rest is not read")


def _documents(data: bytes, path: str, suffix: str, reading: _Reading, depth: int = 0) -> Iterator[Source | ReadError]:
    """The document that `data` is, or those inside it; never raises a ReadError."""
    try:
        reader = reader_for(data, suffix)
        if not (reader.container or reader.tabular):
            yield Source.of(path, reader.format, read_function(reader)(data, path, reading.encoding))
            return
        if depth >= DEEPEST_NESTING and not reader.tabular:
            raise ReadError(path, f"is nested too deeply: more than {DEEPEST_NESTING} files inside one another")
        for member in _members(reader, data, path, reading):
            if isinstance(member, ReadError):
                yield member
                continue
            reading.spend(len(member.data), path)
            yield from _member(member, path, reader.format, reading, depth)
    except NotTextError as error:
        kind = promised_by(suffix)
        yield ReadError(path, f"is no {kind}; what it holds is of no known format") if kind else error
    except ReadError as error:
        yield error
    except RecursionError:
        yield ReadError(path, "is nested too deeply to be read")


def _members(reader: Reader, data: bytes, path: str, reading: _Reading) -> Iterator[Member | ReadError]:
    """The documents of an archive or a mail, or those of a table."""
    if not reader.tabular:
        return members_function(reader)(data, path, reading.encoding)
    from policyx.read.tabular import members

    sheets, encoding, notes = sheets_function(reader)(data, path, reading.encoding)
    return members(sheets, path, encoding, reading.columns, notes)


def _member(member: Member, path: str, format: str, reading: _Reading, depth: int) -> Iterator[Source | ReadError]:
    """The document that a member is. One without a name is the container's own text: the body of a mail."""
    inner = f"{path}{INSIDE}{member.name}" if member.name else path
    if member.content is not None:
        yield Source.of(inner, format, member.content)
        return
    try:
        yield from _documents(member.data, inner, PurePosixPath(member.name).suffix, reading, depth + 1)
    except Exception as error:  # a fault of ours: the other members are to be read all the same
        if os.environ.get("POLICYX_DEBUG"):
            raise
        yield ReadError(inner, f"policyx failed: {type(error).__name__}: {error} (POLICYX_DEBUG=1 shows where)")
