"""A text goes in that may have been read in a wrong encoding once and saved so; the text as it was goes out where that
is certain, else a word of warning.

Certain is a way back without a character lost that leads from letters no Chinese text consists of to common Chinese
characters."""

from __future__ import annotations

from collections.abc import Callable

from policyx.patterns import compiled
from policyx.read.frequency import SIMPLIFIED, TRADITIONAL, common_share, outside_ascii
from policyx.tuples import NamedTuple

_LOOK = 2_000  # characters by which texts are told that are none of these
_LATIN = 0.5  # of the characters outside ASCII are letters and signs of western Europe
_STRANGE = 0.55  # share of common characters below which a Chinese text is no Chinese text
_RIGHT = 0.9  # share of common characters of one that was read rightly
_FEWEST = 8  # characters outside ASCII below which nothing is certain
_LOST = 0.2  # of the characters may be lost in what is only told
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_REPLACED_AS_GBK = "锟斤拷"  # two U+FFFD in UTF-8, read as GBK
_MOST_REPLACED = 0.02
_LOSS = (
    "characters were lost when it was saved in another encoding (U+FFFD or 锟斤拷 stand for them); "
    "look for the original"
)


class Unscrambled(NamedTuple):
    """The text, how it is encoded, and what is to be said of it; `warning` of the text where it is left as it was."""

    text: str
    encoding: str
    note: str
    warning: str


class _Way(NamedTuple):
    """What a text was written in, what it was read as by mistake, and how to get the bytes back."""

    written: str
    taken: str
    undone: Callable[[str], bytes | None]


def unscrambled(text: str, encoding: str) -> Unscrambled | None:
    """The text as it was before it was read in a wrong encoding; the text itself with a warning where that cannot be
    undone for certain; None for a text that was not."""
    look = outside_ascii(text[:_LOOK])
    if len(look) < _FEWEST:
        look = outside_ascii(text)[:_LOOK]
    if len(look) < _FEWEST:
        return None
    if look.count(_REPLACED) > _MOST_REPLACED * len(look) or _REPLACED_AS_GBK in text[:_LOOK]:
        return Unscrambled(text, encoding, _LOSS, _LOSS)
    latin = len(_LATIN_SIGN.findall(look))
    if latin >= _LATIN * len(look):
        ways = [_Way("utf-8", "cp1252", _western_bytes), _Way("gb18030", "cp1252", _western_bytes)]
    elif max(common_share(look, charset) for charset in (SIMPLIFIED, TRADITIONAL)) < _STRANGE:
        ways = [_Way("utf-8", "gbk", _gbk_bytes)]
    else:
        return None
    for way in ways:
        found = _undone(text, encoding, way)
        if found is not None:
            return found
    return None


def _undone(text: str, encoding: str, way: _Way) -> Unscrambled | None:
    told = f"{way.written.upper()} read as {way.taken.upper()} and saved again (mojibake)"
    warning = f"its text seems to be {told}; look for the original"
    data = way.undone(text)
    if data is not None:
        try:
            right = data.decode(way.written)
        except UnicodeDecodeError:
            pass
        else:
            if _is_chinese(right):
                note = (
                    f"its text is {told}; it is read as it was meant, and offsets count in what `policyx text` prints"
                )
                return Unscrambled(right, f"{way.written} as {way.taken} in {encoding}", note, warning)
    guess = (data or text.encode(way.taken, "replace")).decode(way.written, "replace")
    kept = guess.replace(_REPLACED, "").replace("?", "")
    if len(guess) - len(kept) <= _LOST * len(guess) and _is_chinese(kept):
        return Unscrambled(text, encoding, warning, warning)
    return None


def _is_chinese(text: str) -> bool:
    outside = sum(character > "\x7f" for character in text[:_LOOK])
    return (
        outside >= _FEWEST // 2 and max(common_share(text, charset) for charset in (SIMPLIFIED, TRADITIONAL)) >= _RIGHT
    )


# Windows-1252 leaves five bytes without a character; programs read these as the control characters of Latin-1
_CP1252 = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0xA0)}
_LATIN_SIGN = compiled(f"[\x80-\xff{''.join(_CP1252)}]")


def _western_bytes(text: str) -> bytes | None:
    """The bytes that read as this text in Windows-1252, or in Latin-1."""
    table = str.maketrans({character: chr(byte) for character, byte in _CP1252.items()})
    try:
        return text.translate(table).encode("latin-1")
    except UnicodeEncodeError:
        return None


def _gbk_bytes(text: str) -> bytes | None:
    """The bytes that read as this text in the GBK of Windows, which has the euro sign for the byte 0x80, and signs of
    private use where GBK has none: those GB18030 knows as well."""
    try:
        return b"\x80".join(part.encode("gb18030") for part in text.split("€"))
    except UnicodeEncodeError:
        return None
