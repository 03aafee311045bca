"""The grid of a ruled table and the lines in its cells go in, its rows of texts go out.

Wrapped lines of a cell are joined. Where a cell holds a list of figures, one a line, beside a list of names, the row is
read as the rows that it shows: 一般债务 211.3 and 专项债务 465.4 are two, whatever is ruled between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyx.read.pdf_lines import Line
from policyx.read.pdf_paragraphs import ITEM, joined
from policyx.read.pdf_tables import Ruled

_WRAPPED = 1.6  # of the type's size: how far from the cell's widest line a line may end that goes on
_ROOM = 2.2  # of the type's size: how far from the cell's edge a full line may end
_SET_IN = 1.2  # of the type's size
_LEVEL = 0.6  # of the type's size: lines so near in height stand beside one another
_ENDS = frozenset("。；！？;!?")
_FIGURE = re.compile(r"[<>≤≥＞＜约+±\[［（(〔]*\s*[-－—]?[0-9][0-9,]*(?:\.[0-9]+)?\s*[%％‰]?[)）〕\]］]*|[-－—–/]+")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its box: the text of each cell as lines, in the places that it covers. `xs` are the edges of its
    columns, `merged` the columns in which cells reach over rows, `full` the places of the last row whose last line
    reaches the cell's edge; it is open where the end of a page broke a row. `certain` gives for each place of a
    recognized table how certain its least certain character is."""

    rows: tuple[tuple[str, ...], ...]
    top: float
    bottom: float
    x0: float
    x1: float
    xs: tuple[float, ...] = ()
    merged: frozenset[int] = frozenset()
    certain: tuple[tuple[float, ...], ...] = ()
    full: tuple[bool, ...] = ()
    open_top: bool = False
    open_bottom: bool = False


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure and nothing else."""
    return bool(_FIGURE.fullmatch(text))


def table_of(ruled: Ruled, cells: Sequence[Sequence[Line]]) -> Table | None:
    """The table; None where nothing is written in it."""
    rows: list[tuple[str, ...]] = []
    certain: list[tuple[float, ...]] = []
    for number, places in enumerate(ruled.grid):
        for lines in _sub_rows(ruled, number, cells):
            of_places = [lines.get(cell, []) for cell in places]
            rows.append(tuple(cell_text(of_cell) for of_cell in of_places))
            certain.append(tuple(_least_certain(of_cell) for of_cell in of_places))
    if not any(any(row) for row in rows):
        return None
    x0, top, x1, bottom = ruled.box
    recognized = any(line.certain for lines in cells for line in lines)
    return Table(
        tuple(rows),
        top,
        bottom,
        x0,
        x1,
        ruled.xs,
        _merged(ruled),
        tuple(certain) if recognized else (),
        _full(ruled, cells),
        ruled.open_top,
        ruled.open_bottom,
    )


def cell_text(lines: Sequence[Line]) -> str:
    """The text of a cell, a line break where a new line was meant: wrapped lines are as wide as the cell lets them
    be."""
    if not lines:
        return ""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    widest = max(line.x1 - line.x0 for line in lines)
    parts = [lines[0].text]
    for last, line in itertools.pairwise(lines):
        if _wraps(last, line, left, right, widest):
            parts[-1] = joined(parts[-1], line.text)
        else:
            parts.append(line.text)
    return "\n".join(parts)


def _wraps(last: Line, line: Line, left: float, right: float, widest: float) -> bool:
    size = last.size
    full = last.x1 - last.x0 > widest - _WRAPPED * size or last.x1 > right - _WRAPPED * size
    if not full or ITEM.match(line.text) or (_FIGURE.fullmatch(last.text) and _FIGURE.fullmatch(line.text)):
        return False
    ended = last.text[-1] in _ENDS
    set_in = line.x0 - left > _SET_IN * size and line.x1 > right - _WRAPPED * size  # a centred last line is not
    return not set_in and not (ended and last.x1 < right - 0.5 * size)


def _sub_rows(ruled: Ruled, row: int, cells: Sequence[Sequence[Line]]) -> list[dict[int, Sequence[Line]]]:
    """The lines of each cell of a row, for each of the rows that it shows."""
    numbers = {cell for cell in ruled.grid[row] if cell >= 0}
    whole: dict[int, Sequence[Line]] = {cell: cells[cell] for cell in numbers}
    own = [cell for cell in numbers if sum(cell in places for places in ruled.grid) == 1]
    lists = [cell for cell in own if _is_list(cells[cell])]
    names = [cell for cell in own if cell not in lists and len(cells[cell]) > 1]
    if not lists or not names:
        return [whole]
    heights = [line.top for line in max((cells[cell] for cell in lists), key=len)]
    size = cells[lists[0]][0].size
    for cell in [*lists, *names]:
        missed = sum(all(abs(line.top - height) > _LEVEL * size for height in heights) for line in cells[cell])
        if missed and (cell in lists or missed > len(cells[cell]) - len(heights)):
            return [whole]
    out: list[dict[int, Sequence[Line]]] = [
        {cell: lines for cell, lines in whole.items() if cell not in own} for _ in heights
    ]
    for cell in own:
        for line in cells[cell]:
            nearest = min(range(len(heights)), key=lambda index: abs(heights[index] - line.top))
            out[nearest][cell] = [*out[nearest].get(cell, ()), line]
    return out


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether each line is a figure. A long one that the cell's width broke would be two lines, the first the wider
    and without an end."""
    if len(lines) < 2 or not all(_FIGURE.fullmatch(line.text) for line in lines):
        return False
    return len({round(line.x1) for line in lines}) <= len(lines) // 2 or len(lines) > 2 or _same_width(lines)


def _same_width(lines: Sequence[Line]) -> bool:
    widths = [line.x1 - line.x0 for line in lines]
    return min(widths) > 0.5 * max(widths)


def _merged(ruled: Ruled) -> frozenset[int]:
    columns = set()
    for above, below in zip(ruled.grid, ruled.grid[1:], strict=False):
        columns |= {i for i, cell in enumerate(above) if cell >= 0 and cell == below[i]}
    return frozenset(columns)


def _least_certain(lines: Sequence[Line]) -> float:
    return min((min(line.certain) for line in lines if line.certain), default=1.0)


def _full(ruled: Ruled, cells: Sequence[Sequence[Line]]) -> tuple[bool, ...]:
    out = []
    places = ruled.grid[-1]
    for place in places:
        lines = cells[place] if place >= 0 else ()
        edge = max((ruled.xs[i + 1] for i, other in enumerate(places) if other == place), default=0.0)
        out.append(bool(lines) and lines[-1].x1 > edge - _ROOM * lines[-1].size)
    return tuple(out)
