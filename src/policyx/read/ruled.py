"""The straight lines of a page go in; the tables that they draw go out: for each the places of its cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policyx.read.ofd_objects import Rule

_NEAR = 1.0  # millimetres between lines that are meant to meet, or to be one
_MOST_CELLS = 20_000
_MOST = 4_000  # lines of a page beyond which they draw a picture


class Box(NamedTuple):
    """A cell: where it lies, and the row and column of the grid at which it begins, and how many it covers."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    rows: int
    columns: int


class Table(NamedTuple):
    """A ruled table: where it lies and its cells, row by row."""

    left: float
    top: float
    right: float
    bottom: float
    boxes: tuple[Box, ...]


def ruled_tables(rules: Sequence[Rule]) -> list[Table]:
    """The tables with at least two cells, from the top of the page down."""
    if len(rules) > _MOST:
        return []
    level = _joined([rule for rule in rules if rule.y0 == rule.y1])
    upright = [_turned(rule) for rule in _joined([_turned(rule) for rule in rules if rule.y0 != rule.y1])]
    tables = [table for group in _groups(level, upright) if (table := _table(*group)) is not None]
    return sorted(tables, key=lambda table: (table.top, table.left))


def _turned(rule: Rule) -> Rule:
    return Rule(rule.y0, rule.x0, rule.y1, rule.x1)


def _joined(rules: list[Rule]) -> list[Rule]:
    """Level lines, those that go on from one another as one."""
    found: list[Rule] = []
    for row in _clusters(rules):
        y = sum(rule.y0 for rule in row) / len(row)
        start, end = row[0].x0, row[0].x1
        for rule in row[1:]:
            if rule.x0 <= end + _NEAR:
                end = max(end, rule.x1)
            else:
                found.append(Rule(start, y, end, y))
                start, end = rule.x0, rule.x1
        found.append(Rule(start, y, end, y))
    return found


def _clusters(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Lines at the same height, each group from left to right."""
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.y0):
        if group and rule.y0 - group[0].y0 > _NEAR:
            yield sorted(group)
            group = []
        group.append(rule)
    if group:
        yield sorted(group)


def _groups(level: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that hang together by crossing or meeting one another."""
    waiting = set(range(len(level)))
    left_upright = set(range(len(upright)))
    while waiting:
        first = min(waiting)
        waiting.discard(first)
        rows, columns, queue = [first], list[int](), [first]
        while queue:
            at = level[queue.pop()]
            met = [i for i in left_upright if _meet(at, upright[i])]
            left_upright.difference_update(met)
            columns += met
            for i in met:
                more = [j for j in waiting if _meet(level[j], upright[i])]
                waiting.difference_update(more)
                rows += more
                queue += more
        yield [level[i] for i in rows], [upright[i] for i in columns]


def _meet(level: Rule, upright: Rule) -> bool:
    return level.x0 - _NEAR <= upright.x0 <= level.x1 + _NEAR and upright.y0 - _NEAR <= level.y0 <= upright.y1 + _NEAR


def _table(level: list[Rule], upright: list[Rule]) -> Table | None:
    ys = _edges([rule.y0 for rule in level])
    xs = _edges([rule.x0 for rule in upright])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or not 2 <= rows * columns <= _MOST_CELLS:
        return None
    upright_turned = [_turned(rule) for rule in upright]
    first = list(range(rows * columns))  # of each place of the grid the first place of its cell

    def found(place: int) -> int:
        while first[place] != place:
            first[place] = first[first[place]]
            place = first[place]
        return place

    for row in range(rows):
        walls = _walls(xs, upright_turned, (ys[row] + ys[row + 1]) / 2)
        for column in range(columns - 1):
            if column + 1 not in walls:
                first[found(row * columns + column + 1)] = found(row * columns + column)
    for column in range(columns):
        walls = _walls(ys, level, (xs[column] + xs[column + 1]) / 2)
        for row in range(rows - 1):
            if row + 1 not in walls:
                one, other = sorted((found(row * columns + column), found((row + 1) * columns + column)))
                first[other] = one
    places: dict[int, list[int]] = {}
    for place in range(rows * columns):
        places.setdefault(found(place), []).append(place)
    boxes = [_box(cell, xs, ys, columns) for cell in places.values()]
    if len(boxes) < 2:
        return None
    return Table(xs[0], ys[0], xs[-1], ys[-1], tuple(sorted(boxes, key=lambda box: (box.row, box.column))))


def _walls(edges: list[float], lines: list[Rule], middle: float) -> set[int]:
    """The edges of the grid on which a line is drawn at `middle`: level lines as they are, upright ones turned."""
    return {_nearest(edges, line.y0) for line in lines if line.x0 <= middle <= line.x1}


def _nearest(edges: list[float], value: float) -> int:
    at = bisect_left(edges, value)
    return min(range(max(at - 1, 0), min(at + 1, len(edges))), key=lambda i: abs(edges[i] - value))


def _box(places: list[int], xs: list[float], ys: list[float], columns: int) -> Box:
    row, last_row = min(places) // columns, max(places) // columns
    column, last_column = min(place % columns for place in places), max(place % columns for place in places)
    return Box(xs[column], ys[row], xs[last_column + 1], ys[last_row + 1], row, column, last_row - row + 1,
               last_column - column + 1)  # fmt: skip


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges
