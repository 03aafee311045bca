"""The bytes of a web page go in, its text and the encoding go out: the bytes decide, and where they are damaged what
the page says of itself."""

from __future__ import annotations

import codecs
import re

from policyx.errors import ReadError
from policyx.read.binary import binary_kind
from policyx.read.encoding import Decoded, decode, known_encoding

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_WITHIN = 4096
_SAME = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5-hkscs": "big5"}
_DAMAGED = 0.02  # share of characters that may be lost: pages cut inside a character, or stitched from two encodings


def decode_page(data: bytes, path: str, encoding: str | None = None) -> Decoded:
    """The text of a page and its encoding, `:replace` behind its name where damaged bytes were replaced.

    Pages lie about their charset, so that what they declare counts only where the bytes are right in no encoding.
    Raises ReadError for what is no text."""
    try:
        return decode(data, path, encoding)
    except ReadError:
        if encoding is not None or not data.strip() or binary_kind(data) or b"\0" in data:
            raise
        found = _least_damaged(data)
        if found is None:
            raise
        return found


def _least_damaged(data: bytes) -> Decoded | None:
    """The reading with the fewest characters lost, the declared one first; none where all lose too many."""
    readings: list[tuple[float, str, str]] = []
    for name in dict.fromkeys((declared(data), "utf-8", "gb18030", "big5")):
        if name:
            text = data.decode(name, "replace")
            outside = sum(character > "\x7f" for character in text)
            readings.append((text.count("\N{REPLACEMENT CHARACTER}") / max(outside, 1), text, name))
    share, text, name = min(readings, key=lambda reading: reading[0])
    return Decoded(text, f"{name}:replace") if share <= _DAMAGED else None


def declared(data: bytes) -> str | None:
    """The encoding that a page declares, by Python's name for the one that includes it; None where it names none."""
    match = _DECLARED.search(data[:_WITHIN])
    if match is None:
        return None
    name = match[1].decode("ascii", "ignore").lower()
    name = _SAME.get(name, name)
    return codecs.lookup(name).name if known_encoding(name) else None
