"""The bytes of a plain text file go in, its text and encoding go out; nothing is normalized, not even line ends."""

from __future__ import annotations

from policyx.read.encoding import decode


def read(data: bytes, path: str, encoding: str | None) -> tuple[str, str | None]:
    """The text and its encoding. Raises ReadError for bytes that are no text."""
    return decode(data, path, encoding)
