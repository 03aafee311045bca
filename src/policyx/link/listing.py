"""Tables whose cells are set apart by single blanks: a head line and the rows below it in, a grid out.

粮 食 30475 万吨 28272 万吨 7.8 under 一九七八年产量 一九七七年产量 一九七八年比 / 一九七七年增长％.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from policyx.link.grid import (
    Column,
    Grid,
    Row,
    arabic_years,
    caption_unit,
    column,
    holds_letters,
    is_nature,
    is_unit_title,
    lines_alone,
    naming_rank,
    read_name,
    read_unit,
    with_inherited_units,
)
from policyx.model import Segment, Span, Unit
from policyx.patterns import compiled
from policyx.recognize.units import UnitTable

_VALUE = compiled(r"[-－−]?\s?[0-9][0-9,]*(?:\.[0-9]+)?|持平|(?<=\s)[-—–]+(?=\s|$)")
_TITLE = compiled(r"(?:19|20)[0-9]{2}年|增长|增速|增幅|上涨|比上年|比$|年均|目标|完成|数量|产量|金额|绝对数")
_HEADED = compiled(r"(?:19|20)[0-9]{2}年|(?:增长|上涨)\s?[（(]?[%％]|比上年")
_GAP = compiled(r"[\s（()）]*$")
_PARTED = compiled(r"[\t|]|  |\u3000")
_STATES_UNIT = compiled(r"[（(]?单\s?位\s?[：:]")  # above the head: it is the caption's
_BULLET = compiled(r"^[-•·]\s")
_STOPS = "。；;！？：:"
_LONGEST = 48
_HEAD_LINES = 3
_STANDS_FOR = ("", "折", "折合", "合")  # （折102.86亿平方米） gives the row above in another unit
_CONTINUES = ("比", "较", "同", "为")


class _Parsed(NamedTuple):
    """A line as a row: its name's end and its values, of which those without a figure are empty."""

    name: str
    values: tuple[Span, ...]
    unit: tuple[int, Unit] | None
    carries: bool


class Listing(NamedTuple):
    """A grid and the segments that it takes: from the head's first line to behind the last row."""

    start: int
    end: int
    grid: Grid


def listings(text: str, segments: Sequence[Segment], caption: Callable[[int], str], units: UnitTable) -> list[Listing]:
    """The tables with single blanks among `segments`; `caption` tells what stands above a segment."""
    found: list[Listing] = []
    lines = ["" if _PARTED.search(line) else line for line in lines_alone(text, segments, _LONGEST)]
    figured = [" " in line and _VALUE.search(line) is not None for line in lines]
    at = 0
    while at < len(segments):
        headed = lines[at] and any(figured[at + 1 : at + 1 + _HEAD_LINES])
        size, columns = _head(lines, at, units) if headed else (0, ())
        if columns:
            end, rows = _rows(segments, lines, at + size, columns, units)
            if len(rows) > 1:
                grid = Grid(columns, tuple(rows), caption(at), caption_unit(caption(at), units))
                found.append(Listing(at, end, grid))
                at = end
                continue
        at += 1
    return found


def _head(lines: Sequence[str], at: int, units: UnitTable) -> tuple[int, tuple[Column, ...]]:
    """The number of head lines from `at` on, and the columns of figures that they name."""
    titles: list[str] = []
    for size in range(1, _HEAD_LINES + 1):
        line = lines[at + size - 1] if at + size <= len(lines) else ""
        head = line and line[-1] not in _STOPS and not _STATES_UNIT.match(line)
        pieces = _BULLET.sub("", arabic_years(line)).split() if head else []
        if not pieces or not all(_is_title(piece) for piece in pieces):
            break
        if titles and len(titles) == len(pieces) and all(title.endswith(_CONTINUES) for title in titles):
            titles = [title + piece for title, piece in zip(titles, pieces, strict=True)]
            pieces = []
        elif titles and (titles[-1].endswith(_CONTINUES) or pieces[0].startswith(("（", "("))):
            titles[-1] += pieces.pop(0)
        titles += pieces
        below = lines[at + size] if at + size < len(lines) else ""
        named = [title for title in titles if not _names_rows(title)]
        parsed = _parse(below, units) if below else None
        enough = len(titles) > 1 and any(_HEADED.search(title) for title in named)
        if parsed and enough and len(parsed.values) <= len(named):
            return size, with_inherited_units([column(title, units) for title in named])
    return 0, ()


def _is_title(piece: str) -> bool:
    return bool(_TITLE.search(piece)) or _names_rows(piece) or piece.startswith(("（", "("))


def _names_rows(piece: str) -> bool:
    return is_unit_title(piece) or (naming_rank(piece) != 1 and not _TITLE.search(piece) and len(piece) <= 8)


def _rows(
    segments: Sequence[Segment], lines: Sequence[str], at: int, columns: tuple[Column, ...], units: UnitTable
) -> tuple[int, list[Row]]:
    """The rows from `at` on and where they end; a line in brackets goes on with the row above."""
    rows: list[Row] = []
    end = index = at
    full = False
    parent = ""
    while index < len(lines) and lines[index]:
        segment, line = segments[index], lines[index]
        parsed = _parse(line, units)
        shift = segment.span.start
        if parsed and len(parsed.values) <= len(columns) and (parsed.carries or len(parsed.values) == len(columns)):
            spans = tuple(Span(shift + start, shift + stop) for start, stop in parsed.values)
            figures = tuple(
                i for i, span in enumerate(parsed.values) if compiled(r"[0-9]").search(line[span.start : span.end])
            )
            name, part = parsed.name, line.startswith("其中")
            if name in _STANDS_FOR:
                if not rows:
                    break
                rows.append(replace(rows[-1], segment=segment, cells=spans, unit=parsed.unit, values=figures))
            else:
                parent = parent if part else name
                rows.append(Row(segment, spans, name, parsed.unit, figures, parent if part else ""))
            full = full or len(parsed.values) == len(columns)
            end = index + 1
        elif not (line[0] in "（(" and line[-1] in "）)") and not _is_between(lines, index, len(columns), units):
            break
        index += 1
    return end, rows if full else []


def _is_between(lines: Sequence[str], index: int, width: int, units: UnitTable) -> bool:
    """A short line between two rows: the name of a group of rows, or a row with a slip of the pen (112，1万吨)."""
    line = lines[index]
    following = _parse(lines[index + 1], units) if index + 1 < len(lines) else None
    return (
        bool(following)
        and len(line) <= 20
        and line[-1] not in _STOPS
        and len(following.values if following else ()) == width
    )


def _parse(line: str, units: UnitTable) -> _Parsed | None:
    """The line as a row: from its end back, figures with their units as long as nothing else stands between them."""
    line = line.rstrip()
    tail = line.rpartition(" ")
    if is_nature(tail[2]):
        line = tail[0].rstrip()
    values: list[Span] = []
    after = len(line)
    carries = False
    for match in reversed(list(_VALUE.finditer(line))):
        gap = line[match.end() : after]
        unit = None if _GAP.match(gap) else read_unit(gap, units)
        if unit is None and not _GAP.match(gap):
            break
        carries = carries or unit is not None
        values.insert(0, Span(match.start(), match.end() + (len(gap.rstrip(" （()）")) if unit else 0)))
        after = match.start()
    if not values:
        return None
    return _named(line[:after], tuple(values), carries, units)


def _named(before: str, values: tuple[Span, ...], carries: bool, units: UnitTable) -> _Parsed | None:
    written = _BULLET.sub("", before.strip())
    plain = written.strip("（( ")
    if plain in _STANDS_FOR and written[:1] in ("（", "("):
        return _Parsed(plain, values, None, carries)
    head, _, last = written.rpartition(" ")
    spread = len(last) == 1 and len(head.rpartition(" ")[2]) == 1  # 机 床, 食 品 类: the letters of one word
    unit = read_unit(last, units) if head and not carries and not spread else None
    name, own = read_name(head if unit else written, units)
    if not holds_letters(name) or compiled(r"[，。；;！？：:]").search(name) or len(name) > 30:
        return None
    return _Parsed(name, values, unit or own, carries or bool(unit or own))
