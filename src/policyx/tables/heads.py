"""The rows of a table's head in, its columns out: each with the path of its heads and the kind that its cells show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from policyx.tables.cells import bracket_unit, holds_letters, is_figure, read_unit, year_of
from policyx.tables.grid import Column, read_column
from policyx.tables.naming import told, with_inherited_units
from policyx.tables.words import TableWords

_NAMED = ("name", "owner", "place", "class", "text")
_MOST_BESIDE = 60
_BEST = 4
_Cells = Sequence[str]


def columns_below(head: Sequence[_Cells], body: Sequence[_Cells], words: TableWords) -> tuple[Column, ...]:
    """The columns under all head rows together; a short head row stands at the right, unless it opens with a name. A
    column without heads that holds cells takes the heads of an empty one to its left, and one of names those of the
    names to its left."""
    width = max(map(len, (*head, *body)))
    paths: list[list[str]] = [[] for _ in range(width)]
    for number, cells in enumerate(head):
        kind = read_column(cells[:1], words).kind
        opens = kind != "value" and not (kind == "unit" and _units_stand_second(body, words))
        opens = opens or not any(cells[:1])
        shift = 0 if opens else width - len(cells)
        padded = cells if shift else (*cells, *("",) * (width - len(cells)))
        for index, cell in enumerate(
            _spread(padded, _below(head[number + 1 :]), words) if head[number + 1 :] else cells
        ):
            paths[shift + index] += [cell] if cell else []
    filled = [any(index < len(cells) and cells[index] for cells in body) for index in range(width)]
    for index in range(1, width):
        if filled[index] and not paths[index] and not filled[index - 1]:
            paths[index - 1], paths[index] = paths[index], paths[index - 1]
        elif (
            filled[index]
            and not paths[index]
            and index < width - 1
            and _goes_over(paths[index - 1], index, body, words)
        ):
            paths[index] = paths[index - 1]
    return with_inherited_units([read_column(path, words) for path in paths], words)


def _goes_over(left: _Cells, index: int, body: Sequence[_Cells], words: TableWords) -> bool:
    """True for a title of names that stands over two columns: 指标 above 经济发展 | 渔业产值."""
    cells = [cells[index] for cells in body if index < len(cells) and cells[index]]
    return bool(left) and read_column(left, words).kind in _NAMED and len(cells) > 1 and _all_words(cells, words)


def _below(head: Sequence[_Cells]) -> list[str]:
    """Of each column the first title that these rows of a head hold."""
    return [next(filter(None, titles), "") for titles in zip_longest(*head, fillvalue="")]


def _units_stand_second(body: Sequence[_Cells], words: TableWords) -> bool:
    """True where a head that begins with 单位 left its first column without a title."""
    return any(len(cells) > 1 and read_unit(cells[1], words) is not None for cells in body)


def _spread(cells: _Cells, lowest: _Cells, words: TableWords) -> list[str]:
    """An upper row of heads in which each goes on over the blank to its right: where it says what is
    counted (债务限额) or only a time, or where the head below the blank says nothing alone (增长%) or
    stands below another one too (金额 of two groups)."""
    out, over = list(cells), False
    for index in range(min(len(cells), len(lowest))):
        below = lowest[index]
        again = lowest.count(below) > 1 and bool(lowest[index - 1])
        if out[index]:
            said = told(out[index], words)
            over = bool(index and below)
            over = over and (not said or bool(words.closes("quantity", said) or bracket_unit(out[index], words)))
        elif index and below and (over or read_unit(below, words) or not told(below, words, growth=True) or again):
            out[index] = out[index - 1]
    return out


def settled(columns: Sequence[Column], body: Sequence[_Cells], words: TableWords) -> tuple[Column, ...]:
    """The columns with the kind that their cells show, where that is another one than their heads say."""
    out: list[Column] = []
    headed = any(column.heads for column in columns)
    valued = False
    for index, column in enumerate(columns):
        cells = [row[index] for row in body if index < len(row) and row[index]]
        figures = sum(is_figure(cell, words) for cell in cells)
        if cells and not index and column.kind != "serial" and all(year_of(cell, words, bare=True) for cell in cells):
            column = column._replace(kind="year")
        elif column.kind in _NAMED and (not cells or (column.rank < _BEST and 2 * figures > len(cells))):
            column = column._replace(kind="value")
        elif column.kind == "value" and column.heads and not index and _tells_classes(cells, words):
            column = column._replace(kind="class", rank=_BEST, unit=None)
        elif column.kind == "serial" and valued and out[-1].kind not in _NAMED:
            column = column._replace(kind="value")  # 位次 behind the figures is one of them
        elif valued and column.kind in ("value", "name") and _names_again(column, columns[0], cells, body):
            column = column._replace(kind="name", rank=_BEST - 1, unit=None)
        elif valued and out[-1].kind == "value" and not headed and _all_words(cells, words):
            column = column._replace(kind="name", rank=_BEST - 1)  # name, figure, name, figure below no head
        elif column.kind == "value" and cells and not figures and any(map(holds_letters, cells)):
            column = column._replace(kind="text")
        valued = valued or column.kind == "value"
        out.append(column)
    return tuple(out)


def _all_words(cells: _Cells, words: TableWords) -> bool:
    return bool(cells) and all(holds_letters(cell) and not read_unit(cell, words) for cell in cells)


def _names_again(column: Column, first: Column, cells: _Cells, body: Sequence[_Cells]) -> bool:
    """True for a column under the head of the first one, that holds words as the first one does: a second table beside
    the first."""
    names = [row[0] for row in body if row and row[0]]
    return bool(column.heads and cells) and column.heads == first.heads and all(map(holds_letters, (*names, *cells)))


def _tells_classes(cells: _Cells, words: TableWords) -> bool:
    """True for cells that tell classes by size: 1000万元-5000万元, 5000万元以上."""
    sizes = (any(map(str.isdigit, cell)) and holds_letters(cell) and not cell[-1].isdigit() for cell in cells)
    return len(cells) > 1 and all(sizes) and not all(is_figure(cell, words) for cell in cells)


def blocks(columns: Sequence[Column]) -> list[range]:
    """The tables that stand side by side: a column that names rows behind one of figures begins another one. More than
    any page holds are none: each reads the whole of its lines."""
    starts = [0]
    valued = False
    for index, column in enumerate(columns):
        names = column.kind in ("name", "owner", "place", "year") and column.rank > 2
        if valued and (names or column.kind == "serial") and index + 1 < len(columns):
            starts.append(index)
            valued = False
        valued = valued or column.kind == "value"
    starts = starts if len(starts) <= _MOST_BESIDE else [0]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(columns)], strict=True)]
