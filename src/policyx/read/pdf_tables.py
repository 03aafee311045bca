"""The rules drawn on a page go in, its ruled tables and frames go out: grids of cells, without what is written in them.

A cell is what rules enclose on all sides. Where the level rules of a table end together beyond its outermost upright
ones, the table is open at that side, as statistical tables are set; where the upright ones do, the end of a page broke
a row."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policyx.read.limits import LARGEST_TABLE
from policyx.read.pdf_drawn import Rule

_SNAP = 4.0  # points: rules so near are one; no text fits between them
_TOUCH = 3.0  # points by which rules that meet may miss one another
_OPEN = 0.6  # share of the level rules that end at an open side
_MOST_CROSSINGS = 1_000_000
NO_CELL = -1  # a place that no cell covers


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table: the edges of its columns and rows, and for each place of its grid the number of the cell that
    covers it, -1 where none does. It is open at its top or bottom where the end of a page broke a row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    grid: tuple[tuple[int, ...], ...]
    open_top: bool = False
    open_bottom: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom edge."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return 1 + max(max(row) for row in self.grid)

    @property
    def is_frame(self) -> bool:
        """Whether it has one column only: a frame around text, or boxes one below the other."""
        return all(len({cell for cell in row if cell != NO_CELL}) <= 1 for row in self.grid)

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell around a point."""
        column, row = bisect_left(self.xs, x) - 1, bisect_left(self.ys, y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        cell = self.grid[row][column]
        return None if cell == NO_CELL else cell


def ruled_tables(rules: Sequence[Rule]) -> list[Ruled]:
    """The tables and frames that rules make up, the smallest first: one that stands in another comes before it. None
    where rules cross as often as in a drawing."""
    level = _joined([rule for rule in rules if not rule.upright])
    upright = _joined([rule for rule in rules if rule.upright])
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return []
    found = [_table(*group) for group in _connected(level, upright)]
    tables = [table for table in found if table is not None]
    return sorted(tables, key=lambda table: (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0]))


def _joined(rules: list[Rule]) -> list[Rule]:
    """The rules of one direction, those that lie on one line and touch as one."""
    out: list[Rule] = []
    for line in _lines(rules):
        at = sum(rule.at * (rule.end - rule.start) for rule in line) / sum(rule.end - rule.start for rule in line)
        start, end = line[0].start, line[0].end
        for rule in line[1:]:
            if rule.start > end + _TOUCH:
                out.append(Rule(rule.upright, at, start, end))
                start = rule.start
            end = max(end, rule.end)
        out.append(Rule(line[0].upright, at, start, end))
    return out


def _lines(rules: list[Rule]) -> list[list[Rule]]:
    """The rules that lie on one line, from its beginning on."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1][0].at <= _TOUCH:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return [sorted(line, key=lambda rule: rule.start) for line in lines]


def _connected(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules in groups that touch one another."""
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    heights = [rule.at for rule in level]  # in order, as _joined gives them
    for number, rule in enumerate(upright, len(level)):
        for index in range(bisect_left(heights, rule.start - _TOUCH), len(level)):
            if heights[index] > rule.end + _TOUCH:
                break
            if level[index].start - _TOUCH <= rule.at <= level[index].end + _TOUCH:
                parent[root(number)] = root(index)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate([*level, *upright]):
        groups.setdefault(root(number), ([], []))[rule.upright].append(rule)
    return [group for group in groups.values() if all(group) and len(group[0]) + len(group[1]) > 2]


def _table(level: list[Rule], upright: list[Rule]) -> Ruled | None:
    ends, sides = _open_sides(upright, level), _open_sides(level, upright)
    level, upright = level + ends, upright + sides
    if len(level) < 2 or len(upright) < 2:
        return None
    xs, ys = _edges(rule.at for rule in upright), _edges(rule.at for rule in level)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows > LARGEST_TABLE:
        return None
    beside = [[False] * (columns + 1) for _ in range(rows)]  # a wall to the left of each place
    above = [[False] * columns for _ in range(rows + 1)]
    for rule in upright:
        at = _nearest(xs, rule.at)
        for row in range(_nearest(ys, rule.start), _nearest(ys, rule.end)):
            beside[row][at] = True
    for rule in level:
        at = _nearest(ys, rule.at)
        for column in range(_nearest(xs, rule.start), _nearest(xs, rule.end)):
            above[at][column] = True
    grid = _flooded(rows, columns, beside, above)
    if all(cell == NO_CELL for row in grid for cell in row):
        return None
    opened = {_nearest(ys, rule.at) for rule in ends}
    return Ruled(tuple(xs), tuple(ys), grid, 0 in opened, rows in opened)


def _open_sides(across: list[Rule], along: list[Rule]) -> list[Rule]:
    """The rules at both ends of `across` that an open table does without; `along` are those in their direction."""
    out = []
    for ends in ([rule.start for rule in across], [rule.end for rule in across]):
        edge = _SNAP * Counter(round(end / _SNAP) for end in ends).most_common(1)[0][0]
        near = [(end, rule.at) for end, rule in zip(ends, across, strict=True) if abs(end - edge) <= _SNAP]
        at = sum(end for end, _ in near) / len(near)
        if len(near) >= max(_OPEN * len(across), 2) and all(abs(rule.at - at) > 2 * _SNAP for rule in along):
            places = [place for _, place in near]
            out.append(Rule(not across[0].upright, at, min(places), max(places)))
    return out


def _flooded(rows: int, columns: int, beside: list[list[bool]], above: list[list[bool]]) -> tuple[tuple[int, ...], ...]:
    """The numbers of the cells: places without a wall between them are one cell; what is open to the outside is
    none."""
    grid: list[list[int | None]] = [[None] * columns for _ in range(rows)]
    count = 0
    for row in range(rows):
        for column in range(columns):
            if grid[row][column] is not None:
                continue
            places, closed = _reached(row, column, beside, above)
            for r, c in places:
                grid[r][c] = count if closed else NO_CELL
            count += closed
    return tuple(tuple(NO_CELL if cell is None else cell for cell in line) for line in grid)


def _reached(
    row: int, column: int, beside: list[list[bool]], above: list[list[bool]]
) -> tuple[set[tuple[int, int]], bool]:
    """The places that can be reached from one without crossing a wall, and whether that stays inside the table."""
    rows, columns = len(beside), len(above[0])
    found = {(row, column)}
    waiting = [(row, column)]
    closed = True
    while waiting:
        r, c = waiting.pop()
        ways = (
            (beside[r][c], r, c - 1),
            (beside[r][c + 1], r, c + 1),
            (above[r][c], r - 1, c),
            (above[r + 1][c], r + 1, c),
        )
        for wall, next_row, next_column in ways:
            if wall or (next_row, next_column) in found:
                continue
            if 0 <= next_row < rows and 0 <= next_column < columns:
                found.add((next_row, next_column))
                waiting.append((next_row, next_column))
            else:
                closed = False
    return found, closed


def _edges(places: Iterable[float]) -> list[float]:
    """The edges in order, those that are a hair apart as one."""
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > _SNAP:
            out.append(place)
    return out


def _nearest(edges: Sequence[float], edge: float) -> int:
    index = bisect_left(edges, edge)
    if index == 0:
        return 0
    if index == len(edges):
        return index - 1
    return index if edges[index] - edge < edge - edges[index - 1] else index - 1
