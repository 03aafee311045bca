"""Level rules and the characters between them go in, tables without upright rules go out: a rule above the head, one
below it and one at the end, as statistical tables are set.

Columns are told by the strips that stay empty in all rows of figures; without them a row in which a figure is missing
would give its next one to the wrong year."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from policyx.read.pdf_cells import is_figure
from policyx.read.pdf_chars import Char
from policyx.read.pdf_drawn import Rule
from policyx.read.pdf_lines import char_rows, parts_of
from policyx.read.pdf_tables import NO_CELL, Ruled, ruled_tables

_SAME_EDGE = 6.0  # points
_FEWEST_RULES = 3
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 2
_STRIP = 0.7  # of the type's size: how wide a strip between columns is at least
_FIGURES = 0.6  # share of the cells behind the first column that are figures
_MOST_ROWS = 200
_MOST_RULES = 2_000  # of a page: a table of level rules has a hundred at most


def all_tables(rules: Sequence[Rule], chars: Sequence[Char]) -> list[Ruled]:
    """The tables and frames of a page, those that stand in others before them."""
    tables = ruled_tables(rules)
    return [*open_tables(rules, tables, chars), *tables]


def open_tables(rules: Sequence[Rule], tables: Sequence[Ruled], chars: Sequence[Char]) -> list[Ruled]:
    """The tables that level rules outside of `tables` make up."""
    out: list[Ruled] = []
    if len(rules) > _MOST_RULES:
        return out
    for group in _stacks([rule for rule in rules if not rule.upright and not _is_within(rule, tables)]):
        table = _table(group, chars)
        if table is not None:
            out.append(table)
    return out


def _is_within(rule: Rule, tables: Sequence[Ruled]) -> bool:
    middle = (rule.start + rule.end) / 2
    for table in tables:
        x0, top, x1, bottom = table.box
        if x0 - _SAME_EDGE <= middle <= x1 + _SAME_EDGE and top - _SAME_EDGE <= rule.at <= bottom + _SAME_EDGE:
            return True
    return False


def _stacks(rules: list[Rule]) -> list[list[Rule]]:
    """The rules in groups that begin and end at the same places, from top to bottom."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        for group in groups:
            same = abs(group[0].start - rule.start) <= _SAME_EDGE and abs(group[0].end - rule.end) <= _SAME_EDGE
            if same:
                if rule.at - group[-1].at > _SAME_EDGE:  # a double rule is one
                    group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= _FEWEST_RULES]


def _table(rules: list[Rule], chars: Sequence[Char]) -> Ruled | None:
    top, below_head, bottom = rules[0].at, rules[1].at, rules[-1].at
    left, right = rules[0].start, rules[0].end
    inside = [
        char
        for char in chars
        if top < char.middle[1] < bottom and left - _SAME_EDGE < char.middle[0] < right + _SAME_EDGE
    ]
    rows = char_rows(inside)
    body = [row for row in rows if row[0].middle[1] > below_head]
    if not _FEWEST_ROWS <= len(body) <= _MOST_ROWS or len(body) == len(rows):
        return None
    strips = _strips(body, left, right)
    if len(strips) + 1 < _FEWEST_COLUMNS or not _holds_figures(body, strips):
        return None
    xs = (min(left, *(char.x0 for char in inside)) - 1, *strips, max(right, *(char.x1 for char in inside)) + 1)
    middles = [_middle(row) for row in rows]
    ys = (top, *((a + b) / 2 for a, b in itertools.pairwise(middles)), bottom)
    return Ruled(xs, ys, _grid(rows, xs, below_head))


def _strips(body: list[list[Char]], left: float, right: float) -> list[float]:
    """The middles of the strips in which no row of the body has a character."""
    size = max(char.bottom - char.top for char in body[0])
    covered = sorted((char.x0, char.x1) for row in body for char in row if not char.text.isspace())
    strips: list[float] = []
    edge = covered[0][1] if covered else right
    for start, end in covered:
        if start - edge > _STRIP * size and left < edge and start < right:
            strips.append((edge + start) / 2)
        edge = max(edge, end)
    return strips


def _holds_figures(body: list[list[Char]], strips: list[float]) -> bool:
    """Whether most cells behind the first column are figures."""
    cells = [
        "".join(char.text for char in row if start < char.middle[0] <= end).strip()
        for row in body
        for start, end in zip(strips, [*strips[1:], float("inf")], strict=True)
    ]
    written = [cell for cell in cells if cell]
    return bool(written) and sum(map(is_figure, written)) >= _FIGURES * len(written)


def _middle(row: list[Char]) -> float:
    return sum(char.middle[1] for char in row) / len(row)


def _grid(rows: list[list[Char]], xs: Sequence[float], below_head: float) -> tuple[tuple[int, ...], ...]:
    """The numbers of the cells; a title in the head that reaches over several columns is one cell."""
    grid: list[tuple[int, ...]] = []
    count = 0
    for row in rows:
        places = [NO_CELL] * (len(xs) - 1)
        if _middle(row) < below_head:
            for part in parts_of(row):
                over = [i for i in range(len(places)) if xs[i] < part[-1].x1 and part[0].x0 < xs[i + 1]]
                if len(over) > 1 and all(places[i] == NO_CELL for i in over):
                    for i in over:
                        places[i] = count
                    count += 1
        for i, place in enumerate(places):
            if place == NO_CELL:
                places[i] = count
                count += 1
        grid.append(tuple(places))
    return tuple(grid)
