"""A page of a PDF goes in, its characters with their places go out, as they stand when the page is shown."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

Box = tuple[float, float, float, float]

_TURNS = {0: 0, 90: 1, 180: 2, 270: 3}
_HYPHENS = frozenset((0x02, 0xFFFE))  # what pdfium makes of a hyphen at the end of a line: 中国-|东盟
_SAMPLE = 200  # characters that are asked for the direction of their line
_SAME_PLACE = 0.25  # of a character's width: bold type is often made by printing twice, a hair apart


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


def page_chars(page: Any) -> tuple[list[Char], int, View]:
    """The characters in the order in which the page writes them; how many have no meaning, as their font does not say
    what they are; and how the page has to be looked at to read them."""
    import pypdfium2.raw as pdfium

    fold = _radicals()
    text_page = page.get_textpage()
    raw = text_page.raw
    view = page_view(page, _reading_turn(raw, pdfium.FPDFText_CountChars(raw)))
    box = pdfium.FS_RECTF()
    chars: list[Char] = []
    lost = 0
    for index in range(pdfium.FPDFText_CountChars(raw)):
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in _HYPHENS:
            code = 0x2D
        if code in (0, 0xFFFD) or pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1:
            lost += code != 0x20
            continue
        if code < 0x20 or code in (0xAD, 0xFEFF, 0x200B) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        x0, top, x1, bottom = view.shown(box.left, box.bottom, box.right, box.top)
        char = Char(fold.get(chr(code), chr(code)), x0, top, x1, bottom)
        if not _printed_twice(char, chars):
            chars.append(char)
    text_page.close()
    return chars, lost, view


def _printed_twice(char: Char, chars: list[Char]) -> bool:
    for other in chars[-3:]:
        if other.text == char.text and not char.text.isspace():
            near = _SAME_PLACE * max(char.x1 - char.x0, 1)
            if abs(other.x0 - char.x0) < near and abs(other.top - char.top) < near:
                return True
    return False


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at: its visible part, and by how many quarters it is turned clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def shown(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of the page's own space (upwards) as left, top, right, bottom of what is shown."""
        if self.turn == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.turn == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 2:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0

    def original(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """The way back: a box as shown in the page's own space."""
        if self.turn == 0:
            return x0 + self.left, self.top - bottom, x1 + self.left, self.top - top
        if self.turn == 1:
            return top + self.left, x0 + self.bottom, bottom + self.left, x1 + self.bottom
        if self.turn == 2:
            return self.right - x1, top + self.bottom, self.right - x0, bottom + self.bottom
        return self.right - bottom, self.top - x1, self.right - top, self.top - x0


def page_view(page: Any, turn: int | None = None) -> View:
    """The page as its own entry says that it is to be shown; or turned by `turn` quarters."""
    left, bottom, right, top = page.get_cropbox()
    media = page.get_mediabox()
    edges = max(left, media[0]), max(bottom, media[1]), min(right, media[2]), min(top, media[3])
    return View(*edges, _TURNS.get(page.get_rotation(), 0) if turn is None else turn)


def _reading_turn(raw: Any, count: int) -> int:
    """By how many quarters a page is to be turned so that most of its text stands upright: a table set sideways is
    read with the page turned, whatever the page's own entry says."""
    import pypdfium2.raw as pdfium

    step = max(count // _SAMPLE, 1)
    quarters: Counter[int] = Counter()
    for index in range(0, count, step):
        angle = pdfium.FPDFText_GetCharAngle(raw, index)
        if angle >= 0:
            quarters[-round(angle / (math.pi / 2)) % 4] += 1  # it is measured clockwise
    return quarters.most_common(1)[0][0] if quarters else 0


@lru_cache(maxsize=1)
def _radicals() -> dict[str, str]:
    """Radicals, which fonts of PDF documents give in place of the characters that look the same."""
    from policyx.rules import builtin_rules

    entries = builtin_rules().of("replacement", "radical")
    return {pair[0]: pair[1] for entry in entries for pair in entry["pairs"]}
