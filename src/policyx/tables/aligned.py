"""Rows whose cells wide blanks set apart in, the same rows out, each cell in the column above or below which it stands:
a blank cell leaves nothing but its place, and a head may stand over several columns.

Columns are known where the fullest rows stand below one another; a row that fits no such columns is left as it is."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.model import Span
from policyx.tables.lines import Line
from policyx.tuples import NamedTuple

_LEAST = 2  # rows by which columns are known
_WIDE = "   "  # two blanks only part cells, whatever their place
_NARROW = "\u2e80"  # wider characters begin here


class _Extent(NamedTuple):
    """Where a cell begins and ends in its line, in half widths of a Chinese character."""

    begin: int
    end: int


def aligned(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, shorter ones with blank cells where they have none in a column."""
    width = max((len(line.cells) for line in lines), default=0)
    full = [line for line in lines if len(line.cells) == width]
    written = [text[slice(*line.segment.span)] for line in lines]
    parted = not any(mark in line for line in written for mark in "|\t") and any(_WIDE in line for line in written)
    if len(full) < _LEAST or len(full) == len(lines) or not parted:
        return list(lines)
    columns = list(zip(*(_extents(text, line) for line in full), strict=True))
    if not all(map(_stands_together, columns)):
        return list(lines)
    extents = [_Extent(min(e.begin for e in column), max(e.end for e in column)) for column in columns]
    return [line if len(line.cells) == width else _placed(text, line, extents) for line in lines]


def _extents(text: str, line: Line) -> list[_Extent]:
    """Where each cell of the line stands, counted in one pass."""
    at, place = text.rfind("\n", 0, line.spans[0].start) + 1, 0
    found = []
    for start, end in line.spans:
        begin = place + _width(text[at:start])
        at, place = end, begin + _width(text[start:end])
        found.append(_Extent(begin, place))
    return found


def _width(text: str) -> int:
    return sum(1 + (character >= _NARROW) for character in text)


def _stands_together(column: Sequence[_Extent]) -> bool:
    """True for cells that begin or end at one place, or of which each stands over the others."""
    begins, ends = {extent.begin for extent in column}, {extent.end for extent in column}
    return len(begins) == 1 or len(ends) == 1 or max(begins) < min(ends)


def _placed(text: str, line: Line, columns: Sequence[_Extent]) -> Line:
    """The line with each cell in the first column that it stands over; as it is, where one stands over none or two
    over the same."""
    places = []
    for extent in _extents(text, line):
        over = (i for i, column in enumerate(columns) if extent.begin < column.end and column.begin < extent.end)
        places.append(next(over, -1))
    if -1 in places or sorted(set(places)) != places:
        return line
    nowhere = Span(line.spans[0].start, line.spans[0].start)
    spans, cells = [nowhere] * len(columns), [""] * len(columns)
    written = [""] * len(columns)
    for place, span, cell, raw in zip(places, line.spans, line.cells, line.written, strict=True):
        spans[place], cells[place], written[place] = span, cell, raw
    return line._replace(spans=tuple(spans), cells=tuple(cells), written=tuple(written))
