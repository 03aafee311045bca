"""Which reader knows which file: a format is one line here and one module with a function
`read(data, path, encoding) -> (text, encoding)`, imported only when a file needs it."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, Protocol, cast


class Reader(NamedTuple):
    """A format that can be read: its name, the module that reads it, and the suffixes of its files."""

    format: str
    module: str
    suffixes: tuple[str, ...]


class ReadFunction(Protocol):
    """What a reader's module offers as `read`."""

    def __call__(self, data: bytes, path: str, encoding: str | None) -> tuple[str, str | None]: ...


READERS: tuple[Reader, ...] = (Reader("txt", "policyx.read.txt", (".txt", ".text", ".md")),)

_TEXT = READERS[0]


def reader_for(suffix: str) -> Reader:
    """The reader for a file name's suffix; a suffix that none knows is tried as plain text, which refuses binaries."""
    return next((reader for reader in READERS if suffix.lower() in reader.suffixes), _TEXT)


def read_function(reader: Reader) -> ReadFunction:
    """The function that does the reading."""
    return cast(ReadFunction, import_module(reader.module).read)
