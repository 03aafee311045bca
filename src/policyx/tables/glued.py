"""Rows whose cells ran together (数字经济总产值亿元244.5321423545700 under five years): split where only one split
makes a steady series, or where numbers that count up open the rows and one figure ends them; otherwise left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import read_unit
from policyx.tables.grid import Column, Grid, Row, read_column
from policyx.tables.words import Scaled, TableWords

_GLUED = compiled(r"(?P<digits>[0-9][0-9.]{2,60})$")
_STEADY = Decimal("2.2")  # no planned series more than doubles from one year to the next
_LONGEST = 60
_HEAD = compiled(r"(?P<titles>[^0-9，。；]{2,40})[（(](?P<unit>[^（）()]{1,6})[）)]$")
_NUMBERED_ROW = compiled(
    r"(?P<number>[0-9]{1,3})(?P<name>[^0-9\s.、．].{1,80}[^0-9.\s])(?P<figure>[0-9]{1,7}(?:\.[0-9]{1,4})?)$"
)
_NUMBER = compiled(r"(?:0|[1-9][0-9]*)(?:\.[0-9]{1,2})?")
_FEWEST = 3
_FARTHEST = 50  # a digit of the name that runs into a figure makes it ten or a hundred times as large
_SHORTEST_NAME = 3


class Glued(NamedTuple):
    """A grid and the segments that it takes: from the head to behind the last row."""

    start: int
    end: int
    grid: Grid


def glued_tables(
    text: str, segments: Sequence[Segment], caption: Callable[[int], str], words: TableWords
) -> list[Glued]:
    """The tables whose cells ran together among `segments`; `caption` tells what stands above a segment."""
    if not words.pattern("pattern.years_run").search(text) and not words.within("head.serial", text):
        return []
    found = []
    for number, segment in enumerate(segments):
        numbered = _numbered_rows(text, segments, number, words)
        columns, rows = numbered or (_columns(text, segment, words), [])
        if columns and not numbered:
            for following in segments[number + 1 :]:
                row = _row(text, following, columns, words)
                if row is None:
                    break
                rows.append(row)
        if rows:
            found.append(Glued(number, number + 1 + len(rows), Grid(columns, tuple(rows), caption(number))))
    return found


def _columns(text: str, segment: Segment, words: TableWords) -> tuple[Column, ...]:
    """The year columns that a header line without separators names, or nothing."""
    run = words.pattern("pattern.years_run").search(text, *segment.span)
    years = words.pattern("pattern.year").findall(run[0]) if run else []
    return tuple(read_column((year,), words) for year in years) if len(years) >= _FEWEST else ()


def _row(text: str, segment: Segment, columns: tuple[Column, ...], words: TableWords) -> Row | None:
    """The row that a line without separators holds, its cells the parts of its digits; None where no single split
    makes a steady series."""
    line = text[segment.span.start : segment.span.end]
    match = _GLUED.search(line)
    if not match or not match.start():
        return None
    named = _name_and_unit(line[: match.start()], words)
    parts = split_digits(match["digits"], len(columns))
    if not named or not parts:
        return None
    name, unit = named
    spans, at = [], segment.span.start + match.start()
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part)
    return Row(segment, tuple(spans), name, unit, tuple(range(len(parts))))


def _numbered_rows(
    text: str, segments: Sequence[Segment], at: int, words: TableWords
) -> tuple[tuple[Column, ...], list[Row]] | None:
    """The rows below 序号项目单位项目名称资助金额（万元）: 1, 2, 3 …, words, and a figure at the end of each line."""
    line = text[segments[at].span.start : segments[at].span.end].replace(" ", "")
    serial = words.opens("head.serial", line)
    head = _HEAD.match(line, len(serial.word)) if serial else None
    unit = read_unit(head["unit"], words) if head else None
    if not head or not unit:
        return None
    rows: list[Row] = []
    for number in range(1, len(segments) - at):
        segment = segments[at + number]
        line = text[segment.span.start : segment.span.end]
        match = _NUMBERED_ROW.match(line)
        if not match or not line.startswith(str(number)) or match["number"] != str(number):
            break
        start, end = match.span("figure")
        span = Span(segment.span.start + start, segment.span.start + end)
        rows.append(Row(segment, (span,), _thing(match["name"], words), None, (0,)))
    title = words.closes("bare", head["titles"])
    before = words.closes("award", head["titles"][: -len(title.word)]) if title else None
    money = (before.word if before else "") + (title.word if title else "")
    if len(rows) < _FEWEST or not _alike(text, rows):
        return None
    return (read_column((f"{money}（{head['unit']}）",), words),), rows


def _thing(name: str, words: TableWords) -> str:
    """What a row is of, where the name of an organization stands before it: 某某有限公司|大数据平台."""
    ends = [at + len(word) for at, word in words.all("organization", name)]
    behind = name[max(ends, default=0) :]
    return behind if len(behind) >= _SHORTEST_NAME and not behind.startswith(("（", "(")) else name


def _alike(text: str, rows: list[Row]) -> bool:
    """True where no figure is so far from the others that a digit of the name may have run into it."""
    figures = sorted(Decimal(text[row.cells[0].start : row.cells[0].end]) for row in rows)
    middle = figures[len(figures) // 2]
    return figures[-1] <= middle * _FARTHEST


def _name_and_unit(text: str, words: TableWords) -> tuple[str, Scaled] | None:
    for length in range(min(6, len(text) - 2), 0, -1):
        unit = read_unit(text[-length:], words)
        if unit:
            return text[:-length].strip(), unit
    return None


def split_digits(digits: str, count: int) -> list[str] | None:
    """The one split of `digits` into `count` numbers that rise or fall steadily; None where there is none or several.

    >>> split_digits("244.5321423545700", 5)
    ['244.5', '321', '423', '545', '700']
    """
    if len(digits) > _LONGEST or count < 2:
        return None
    rising = _splits(digits, count, rising=True)
    falling = _splits(digits, count, rising=False)
    found = {tuple(split) for split in rising + falling}
    return list(found.pop()) if len(found) == 1 else None


def _splits(digits: str, count: int, *, rising: bool) -> list[list[str]]:
    results: list[list[str]] = []

    def extend(at: int, taken: list[str]) -> None:
        if len(results) > 1:
            return
        if len(taken) == count:
            if at == len(digits):
                results.append(list(taken))
            return
        for end in range(at + 1, min(len(digits), at + 10) + 1):
            part = digits[at:end]
            if _is_number(part) and (not taken or _is_steady(taken[-1], part, rising)):
                extend(end, [*taken, part])

    extend(0, [])
    return results


def _is_number(part: str) -> bool:
    return bool(_NUMBER.fullmatch(part))


def _is_steady(first: str, second: str, rising: bool) -> bool:
    low, high = (Decimal(first), Decimal(second)) if rising else (Decimal(second), Decimal(first))
    return low <= high and (high <= low * _STEADY or (low == 0 and high <= 3))
