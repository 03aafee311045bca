"""A page of a PDF goes in, its characters with their places go out, as they stand when the page is shown."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Any, NamedTuple

from policyx.read.limits import MOST_CHARACTERS

Box = tuple[float, float, float, float]

_TURNS = {0: 0, 90: 1, 180: 2, 270: 3}
# what pdfium makes of a hyphen at the end of a line: 中国-|东盟; and the soft hyphen, which fonts give for a dash: 3­5%
_HYPHENS = frozenset((0x02, 0xFFFE, 0xAD))
_LEFT_OUT = frozenset((0xFEFF, 0x200B))
_FEW_OFF = 4  # characters in a row off the page; more are a line that is off it
_LARGE = 2.5  # of the usual size: what is shown so large among small characters is not where it is drawn
_SAMPLE = 200  # characters that are asked for the direction of their line
_SAME_PLACE = 0.25  # of a character's width: bold type is often made by printing twice, a hair apart


class Char(NamedTuple):
    """A character and its box, from the upper left corner of the page as shown. `certainty` (0 to 1) is that of its
    recognition; None in a text layer."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    certainty: float | None = None

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
    count = min(pdfium.FPDFText_CountChars(raw), MOST_CHARACTERS)
    view = page_view(page, _reading_turn(raw, count))
    code_of, is_generated, is_unmapped = (
        pdfium.FPDFText_GetUnicode, pdfium.FPDFText_IsGenerated, pdfium.FPDFText_HasUnicodeMapError
    )  # fmt: skip
    box_of, box, shown = pdfium.FPDFText_GetLooseCharBox, pdfium.FS_RECTF(), view.shown
    chars: list[Char] = []
    lost = 0
    for index in range(count):
        code = code_of(raw, index)
        if code <= 0x20 and is_generated(raw, index) == 1:  # only blanks and line ends are
            continue
        if code in _HYPHENS:
            if is_generated(raw, index) == 1:
                continue
            code = 0x2D
        if code in (0, 0xFFFD) or is_unmapped(raw, index) == 1:
            lost += code != 0x20
            continue
        if code < 0x20 or code in _LEFT_OUT or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        if not box_of(raw, index, box):
            continue
        text = chr(code)
        char = Char(fold.get(text, text), *shown(box.left, box.bottom, box.right, box.top))
        if not _printed_twice(char, chars):
            chars.append(char)
    text_page.close()
    return put_back(chars, view.size), lost, view


def put_back(chars: list[Char], size: tuple[float, float]) -> list[Char]:
    """Characters that the library places off the page, though they are drawn between their neighbours: those of a font
    in a form, sometimes. They go where their neighbours leave room for them."""
    width, height = size
    large = _LARGE * median([char.bottom - char.top for char in chars] or [0.0])
    beyond = [not (0 <= char.x0 <= width and 0 <= char.top <= height) for char in chars]
    off = [is_beyond or char.bottom - char.top > large for char, is_beyond in zip(chars, beyond, strict=True)]
    if not any(off):
        return chars
    left = min((char.x0 for char, is_off in zip(chars, off, strict=True) if not is_off), default=0.0)
    start = 1
    while start < len(chars):
        end = start
        while end < len(chars) and off[end]:
            end += 1
        if start < end < len(chars) and end - start <= _FEW_OFF and not off[start - 1]:
            _place(chars, start, end, left if all(beyond[start:end]) else None)
        start = end + 1
    return chars


def _place(chars: list[Char], start: int, end: int, left: float | None) -> None:
    """Place the characters from `start` to `end` between their neighbours; or, where lines begin at `left`, at the end
    of a line or the beginning of the next."""
    before, after = chars[start - 1], chars[end]
    high, count = before.bottom - before.top, end - start
    wide = count * high
    if abs(before.top - after.top) < 0.5 * high:
        x0, wide, row = before.x1, after.x0 - before.x1, before
        if not 0.4 * high * count < wide < 1.6 * high * count:
            return
    elif left is None:
        return
    elif after.x0 - left > wide - 0.5 * high:
        x0, row = after.x0 - wide, after
    else:
        x0, row = before.x1, before
    for index in range(start, end):
        at = x0 + wide * (index - start) / count
        chars[index] = Char(chars[index].text, at, row.top, at + wide / count, row.bottom)


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

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space, from the upper left corner of what is shown."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


def page_view(page: Any, turn: int | None = None) -> View:
    """The page as its own entry says that it is to be shown; or turned by `turn` quarters."""
    left, bottom, right, top = page.get_bbox()
    return View(left, bottom, right, top, _TURNS.get(page.get_rotation(), 0) if turn is None else turn)


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
