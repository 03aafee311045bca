"""Paths or bytes go in, decoded texts go out; a document that cannot be read is a ReadError with the reason."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from policyx.errors import ReadError
from policyx.read.encoding import known_encoding
from policyx.read.files import DEFAULT_GLOB, Found, find_files
from policyx.read.registry import READERS, read_function, reader_for
from policyx.read.source import Source

__all__ = [
    "DEFAULT_GLOB",
    "READERS",
    "Found",
    "Source",
    "find_files",
    "known_encoding",
    "read_bytes",
    "read_file",
    "read_stdin",
]


def read_file(path: str | Path, encoding: str | None = None) -> Source:
    """Read one file; its suffix chooses the reader. `encoding` overrides what would be detected.

    Raises ReadError for a path that is missing, a folder or not readable, and for content that is no document."""
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise ReadError(name, "does not exist") from None
    except IsADirectoryError:
        raise ReadError(name, "is a folder, not a file") from None
    except PermissionError:
        # Windows refuses to open a folder with the same error
        reason = "is a folder, not a file" if Path(path).is_dir() else "may not be read (permission denied)"
        raise ReadError(name, reason) from None
    except OSError as error:
        raise ReadError(name, f"cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the path
        raise ReadError(repr(name), f"is not a path: {error}") from None
    return read_bytes(data, name, encoding, suffix=Path(path).suffix)


def read_stdin(encoding: str | None = None, stream: BinaryIO | None = None) -> Source:
    """Read standard input (or `stream`) to its end, as bytes."""
    return read_bytes((stream or sys.stdin.buffer).read(), "-", encoding)


def read_bytes(data: bytes, path: str = "-", encoding: str | None = None, suffix: str = "") -> Source:
    """The document that `data` is; `path` only names it, `suffix` chooses the reader."""
    reader = reader_for(suffix)
    text, found = read_function(reader)(data, path, encoding)
    return Source(path, text, found, reader.format)
