"""A page of a PDF goes in, its characters with their places go out, as they stand when the page is shown."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

_TURNS = {0: 0, 90: 1, 180: 2, 270: 3}
_SAME_PLACE = 0.25  # of a character's size: bold type is often made by printing twice, a hair apart


class Char(NamedTuple):
    """A character and its box, from the upper left corner of the page as shown."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        """The height of the box: the size of the type."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def page_chars(page: Any) -> tuple[list[Char], int]:
    """The characters in the order in which the page writes them, and how many have no meaning: their font does not say
    what they are."""
    import pypdfium2.raw as pdfium

    fold = _radicals()
    place = _shown_at(page)
    text_page = page.get_textpage()
    raw = text_page.raw
    box = pdfium.FS_RECTF()
    chars: list[Char] = []
    lost = 0
    for index in range(pdfium.FPDFText_CountChars(raw)):
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (0, 0xFFFD) or pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1:
            lost += code != 0x20
            continue
        if code < 0x20 or code in (0xAD, 0xFFFE, 0xFEFF, 0x200B) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        x0, top, x1, bottom = place(box.left, box.bottom, box.right, box.top)
        char = Char(fold.get(chr(code), chr(code)), x0, top, x1, bottom)
        if not _printed_twice(char, chars):
            chars.append(char)
    text_page.close()
    return chars, lost


def _printed_twice(char: Char, chars: list[Char]) -> bool:
    for other in chars[-3:]:
        if other.text == char.text and not char.text.isspace():
            near = _SAME_PLACE * max(char.size, 1)
            if abs(other.x0 - char.x0) < near and abs(other.top - char.top) < near:
                return True
    return False


def _shown_at(page: Any) -> Any:
    """A function from a box in the page's own space to left, top, right, bottom as shown: cropped and turned."""
    left, bottom, right, top = page.get_cropbox()
    media = page.get_mediabox()
    left, bottom = max(left, media[0]), max(bottom, media[1])
    right, top = min(right, media[2]), min(top, media[3])
    turn = _TURNS.get(page.get_rotation(), 0)

    def place(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if turn == 0:
            return x0 - left, top - y1, x1 - left, top - y0
        if turn == 1:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        if turn == 2:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        return top - y1, right - x1, top - y0, right - x0

    return place


@lru_cache(maxsize=1)
def _radicals() -> dict[str, str]:
    """Radicals, which fonts of PDF documents give in place of the characters that look the same."""
    from policyx.rules import builtin_rules

    entries = builtin_rules().of("replacement", "radical")
    return {pair[0]: pair[1] for entry in entries for pair in entry["pairs"]}
