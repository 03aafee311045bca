"""The bytes of a plain text file go in, its text and encoding go out; nothing is normalized, not even line ends."""

from __future__ import annotations

from policyx.read.encoding import decode
from policyx.read.source import Content


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text and its encoding. Raises ReadError for bytes that are no text."""
    found = decode(data, path, encoding)
    return Content(found.text, found.encoding, notes=found.notes)
