"""Rows of a table whose line ends inside them, in a text; whole rows out.

| 水产品产量 | 万吨 | 12.5 | above 3.2 |: each row begins with a bar, so a line without one goes on with the row above
it, where both together have as many bars as the other rows. Where a bar alone opens each row and each cell has a line
(| / 渔港 | / 12 |), a bar alone may also be an empty cell: it is one where it makes a row as wide as the others.
Bars alone between cells, and heads above a line of dashes: `barcells`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policyx.model import Edit
from policyx.repair.barcells import lone_bars, ruled_rows
from policyx.repair.lines import Lines
from policyx.repair.lookup import rule_id
from policyx.rules import Rules
from policyx.text import RepairedText
from policyx.tuples import NamedTuple

_BAR = "|"
_LEAST_BARS = 3
_LEAST_ROWS = 3
_MOST_LINES = 4  # of one cell
_MOST_CELLS = 24
_BLANKS = " \u3000\t\u00a0\r"


class _Row(NamedTuple):
    """A row: the numbers of its lines, its bars, those of its first line, and whether that is nothing but a bar."""

    lines: list[int]
    bars: int
    first: int
    opened: bool


def repair_rows(text: RepairedText, rules: Rules) -> RepairedText:
    """Join the lines of each broken row."""
    if "\n|" not in text.text and "|\n" not in text.text and not text.text.startswith(_BAR):
        return text
    lines = Lines(text.text)
    rule = rule_id(rules, "brokenrows")
    between = lone_bars(lines, rule)
    if between is not None:
        return text.apply(between)
    edits = ruled_rows(lines, rule)
    if edits:
        return text.apply(edits)
    for numbers in _tables(lines):
        rows = [_row(lines, row) for row in numbers]
        opened = 2 * sum(row.opened for row in rows) > len(rows)
        common, times = Counter(row.bars for row in rows).most_common(1)[0]
        if opened:
            common = max(row.bars for row in rows)
            rows = _with_empty_cells(rows, common)
            times = sum(row.bars == common for row in rows)
        if common < _LEAST_BARS or times < _LEAST_ROWS:
            continue
        for row in rows:
            short = opened and row.opened and row.bars >= _LEAST_BARS  # merged with cells above
            if len(row.lines) > 1 and (short or row.bars == common > row.first):
                edits += [_joint(lines, number, rule) for number in row.lines[:-1]]
    return text.apply(edits)


def _tables(lines: Lines) -> Iterator[list[list[int]]]:
    """The rows of each table, each the numbers of its lines: the first begins with a bar, the others hold one, follow a
    line that no bar closes, or begin a cell of a row that a bar alone opens."""
    rows: list[list[int]] = []
    closed, loose = True, 0  # the lines since the last bar
    for number in range(len(lines.starts)):
        line = lines.line(number).strip(_BLANKS)
        loose = 0 if _BAR in line else loose + 1
        room = bool(rows) and loose < _MOST_LINES and len(rows[-1]) < _MOST_CELLS
        if line.startswith(_BAR):
            rows.append([number])
        elif room and line and (_BAR in line or not closed or _begins_cell(lines, rows[-1][0], number)):
            rows[-1].append(number)
        else:
            if rows:
                yield rows
            rows = []
        closed = line.endswith(_BAR)
    if rows:
        yield rows


def _begins_cell(lines: Lines, first: int, number: int) -> bool:
    """True for a line in a row that a bar alone opens, where a bar closes one of the next lines."""
    if lines.line(first).strip(_BLANKS) != _BAR:
        return False
    for below in range(number + 1, min(number + _MOST_LINES, len(lines.starts))):
        line = lines.line(below).strip(_BLANKS)
        if not line or _BAR in line:
            return line.endswith(_BAR) and not line.startswith(_BAR)
    return False


def _row(lines: Lines, numbers: list[int]) -> _Row:
    bars = [lines.line(number).count(_BAR) for number in numbers]
    return _Row(numbers, sum(bars), bars[0], lines.line(numbers[0]).strip(_BLANKS) == _BAR)


def _with_empty_cells(rows: list[_Row], width: int) -> list[_Row]:
    """The rows, those that a bar alone opens put together with the short ones above them to rows of exactly so many
    bars."""
    out: list[_Row] = []
    parts: list[_Row] = []
    for row in rows:
        wide = sum(part.bars for part in parts) + row.bars
        if not row.opened or wide > width:
            out += parts
            parts = []
        parts.append(row)
        if sum(part.bars for part in parts) == width and all(part.opened for part in parts):
            numbers = [number for part in parts for number in part.lines]
            parts = [_Row(numbers, width, parts[0].first, opened=True)]
        if parts[-1].bars >= width or not row.opened:
            out += parts
            parts = []
    return out + parts


def _joint(lines: Lines, number: int, rule: str) -> Edit:
    """The edit that puts a line and the next one together."""
    line, below = lines.line(number), lines.line(number + 1)
    start = lines.starts[number] + len(line.rstrip(_BLANKS))
    end = lines.starts[number + 1] + len(below) - len(below.lstrip(_BLANKS))
    return Edit(start, end, " ", (rule,))
