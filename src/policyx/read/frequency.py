"""A text goes in; how much of it is common Chinese characters goes out.

GB 2312 and Big5 sort their characters by frequency, the common ones in a first block, so that no table of our own is
needed to tell a right reading from a wrong one."""

from __future__ import annotations

from functools import cache

from policyx.patterns import compiled
from policyx.tuples import NamedTuple

_OUTSIDE_ASCII = compiled("[^\x00-\x7f]+")
_SAMPLE = 20_000  # characters that are scored: more would cost time and change nothing


class Charset(NamedTuple):
    """A character set that sorts by frequency, and the lead bytes of its symbols and of its common characters."""

    codec: str
    common: tuple[tuple[int, int], ...]


SIMPLIFIED = Charset("gb2312", ((0xA1, 0xA9), (0xB0, 0xD7)))
TRADITIONAL = Charset("cp950", ((0xA1, 0xA3), (0xA4, 0xC6)))


def common_share(text: str, charset: Charset) -> float:
    """The share of common characters and symbols among the characters outside ASCII; 0 for a text without any."""
    outside = outside_ascii(text[:_SAMPLE]) or outside_ascii(text)[:_SAMPLE]
    leads = outside.encode(charset.codec, "ignore")[::2]  # outside of ASCII each takes two bytes
    hits = len(leads.translate(None, _others(charset)))
    return hits / len(outside) if outside else 0.0


def outside_ascii(text: str) -> str:
    """The characters of the text that are not in ASCII."""
    return "".join(_OUTSIDE_ASCII.findall(text))


@cache
def _others(charset: Charset) -> bytes:
    """The lead bytes of what is not common."""
    return bytes(lead for lead in range(256) if not any(low <= lead <= high for low, high in charset.common))
