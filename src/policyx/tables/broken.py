"""Lines of cells in, the same lines out, with those put together that a page broke: 规模以上工业增加值（亿 / 元）,
年均增 / 速（% / ）, 里 / 程."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import holds_letters, is_year, read_unit
from policyx.tables.naming import told
from policyx.tables.words import TableWords
from policyx.tuples import NamedTuple

_OPENS = compiled(r"[（(\[［〔]")
_CLOSES = compiled(r"[）)\]］〕]")
_UNIT_ALONE = compiled(r"[（(][^（）()]{1,8}[）)]")
_MOST = 3  # lines of a cell
_LONGEST = 40
_SHORTEST = 5  # of what a single letter was broken off


class Whole(NamedTuple):
    """Cells, the segment of each, and the number of the first segment that each one takes, with the number behind the
    last."""

    segments: list[Segment]
    cells: list[str]
    begins: list[int]


def whole(segments: Sequence[Segment], cells: Sequence[str], words: TableWords) -> Whole:
    """The cells, one for each segment, but for those that go on over several."""
    out = Whole([], [], [])
    at = 0
    while at < len(cells):
        size = _size(cells[at : at + _MOST + 1], words) if cells[at] else 1
        size = 2 if size == 1 and _is_stated(cells, at, words) else size
        segment = segments[at]
        if size > 1:
            segment = segment._replace(span=Span(segment.span.start, segments[at + size - 1].span.end))
        out.segments.append(segment)
        out.cells.append("".join(cells[at : at + size]))
        out.begins.append(at)
        at += size
    out.begins.append(at)
    return out


def _size(cells: Sequence[str], words: TableWords) -> int:
    """How many lines the first cell takes: up to the one that closes its bracket, or the letter that was broken off."""
    if _depth(cells[0]) > 0:
        for size in range(2, min(_MOST, len(cells)) + 1):
            text = "".join(cells[:size])
            if not cells[size - 1] or len(text) > _LONGEST:
                return 1
            if _depth(text) == 0:
                return size
        return 1
    following = cells[1] if len(cells) > 1 else ""
    if following and holds_letters(cells[0]) and (size := _head_size(cells, words)) > 1:
        return size
    alone = len(following) == 1 and holds_letters(following) and following.isalpha()
    known = alone and (read_unit(following, words) or words.equals("head.place", following))
    return 2 if alone and not known and len(cells[0]) >= _SHORTEST and holds_letters(cells[0]) else 1


def _head_size(cells: Sequence[str], words: TableWords) -> int:
    """How many lines a head takes whose unit, or whose change, stands in lines of their own: 总量 / （亿元） before
    比上年同期 / 增长 / （%）."""
    changes = words.equals("head.versus", cells[0]) and words.opens("head.changes", cells[1])
    size = 2 if changes else 1
    unit, behind = [*cells[size : size + 2], "", ""][:2]
    united = _UNIT_ALONE.fullmatch(unit) and read_unit(unit[1:-1].strip(), words)
    return size + bool(united and (changes or words.equals("head.versus", behind)))


def _is_stated(cells: Sequence[str], at: int, words: TableWords) -> bool:
    """True for a year above a word that says what its figures are, where another one stands beside: 2020年 / 基期值 /
    2025年 / 目标值."""
    stated = [_states(cells, at + by, words) for by in (-2, 0, 2)]
    return stated[1] and (stated[0] or stated[2])


def _states(cells: Sequence[str], at: int, words: TableWords) -> bool:
    if not (at >= 0 and at + 1 < len(cells) and is_year(cells[at], words)):
        return False
    plain = cells[at + 1].replace(" ", "")
    known = words.within("value", plain) and len(plain) < _SHORTEST and not words.within("growth", plain)
    return bool(known and not told(plain, words))


def _depth(text: str) -> int:
    return len(_OPENS.findall(text)) - len(_CLOSES.findall(text))
