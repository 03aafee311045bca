"""One line of a table and its columns in, a row out: its name, its class, and which of its cells are figures."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.tables.cells import (
    bracket_unit,
    holds_letters,
    is_empty,
    is_figure,
    read_name,
    read_unit,
    year_of,
)
from policyx.tables.grid import Column, Row
from policyx.tables.lines import Line
from policyx.tables.lists import is_list
from policyx.tables.naming import told
from policyx.tables.words import Scaled, TableWords
from policyx.tuples import NamedTuple

_WITHOUT_FIGURES = ("owner", "place", "class", "serial", "unit", "nature", "year")
_BEST = 4


class _Found(NamedTuple):
    """What the cells of a line are, in one block: the numbers of those that may name it, of its figures, and of the
    texts that hold some."""

    names: list[int]
    values: list[int]
    texts: list[int]
    unit: Scaled | None
    year: int | None


def read_row(line: Line, columns: Sequence[Column], block: range, above: Row, words: TableWords) -> Row | None:
    """The row that a line holds in one block: its name stands in the column that names best, its figures behind it."""
    nameless = len(block) == len(columns) and all(column.kind == "value" and column.heads for column in columns)
    found = _scanned(line, columns, block, words, first_too=nameless)
    if not (found.values or found.texts) or not (found.names or found.year or above.name or nameless):
        return None
    written, owner, named = _named(line, columns, found.names, above)
    name, own = read_name(written, words)
    dated = words.pattern("pattern.of_year").search(name)
    name = name[: dated.start()] if dated else name
    year = words.pattern("pattern.year").search(name)
    label, since = str(found.year or ""), None
    if year and not label and not told(name, words):
        name, label = "", name  # 2023年目标 stands for a year
    elif (above.name or above.year) and words.within("growth", name) and not told(name, words, growth=True):
        name, label, since = above.name, name, above.year  # 增长（%） is that of the row above
    if not (name or label or nameless):
        return None
    texts = tuple(index for index in found.texts if index != named and columns[index].kind not in _WITHOUT_FIGURES)
    if not (found.values or texts):
        return None
    unit = found.unit or own or (bracket_unit(columns[named].title, words) if named is not None else None)
    row = Row(line.segment, line.spans, name, unit, tuple(found.values), texts, owner=owner)
    column = columns[named] if named is not None else None
    return row._replace(
        group=_class_of(line, columns, found.names, above),
        label=label,
        year=found.year or since or (int(year[1]) if year and label else int(dated["year"]) if dated else None),
        head=column.title if column else above.head,
        place=column is not None and column.kind == "place",
    )


def _class_of(line: Line, columns: Sequence[Column], names: list[int], above: Row) -> str:
    """The class that a row is of; one that was merged over several rows goes on from the row above."""
    classed = [i for i, column in enumerate(columns[: len(line.cells)]) if column.kind == "class"]
    told = next((line.cells[index] for index in names if index in classed), "")
    return told or (above.group if classed and not any(line.cells[index] for index in classed) else "")


def _scanned(line: Line, columns: Sequence[Column], block: range, words: TableWords, *, first_too: bool) -> _Found:
    """The cells of a line in one block; `first_too`: the first one may be a figure, since no column names rows."""
    names: list[int] = []
    values: list[int] = []
    texts: list[int] = []
    unit, year = None, None
    for index in block[: max(0, len(line.cells) - block.start)]:
        cell, column = line.cells[index], columns[index]
        if not cell or (column.kind == "serial" and is_figure(cell, words)):
            continue
        if column.kind == "year" and (dated := year_of(cell, words, bare=True)):
            year = dated
        elif _holds_value(line, index, column, words) and (names or year or first_too or index > block.start):
            values += [] if _is_merged(line, columns, index) else [index]
        elif is_empty(cell, words) or words.equals("nature", cell) or column.kind == "nature":
            continue
        elif (names or column.kind == "unit") and not values and (found := read_unit(cell, words)):
            unit = found
        elif holds_letters(cell):
            listed = any(map(str.isdigit, cell))
            texts += [index] if listed else []
            if listed and column.kind == "text" and is_list(cell):
                continue
            names += [index] if not values and not (names and column.heads and column.kind == "value") else []
    return _Found(names, values, texts, unit, year)


def _holds_value(line: Line, index: int, column: Column, words: TableWords) -> bool:
    """True for a figure; not in a column of names, where it is a number of the row, nor of times and remarks."""
    cell = line.cells[index]
    if words.pattern("pattern.ordinal").fullmatch(cell) and words.within("rank", column.title):
        return True
    if (
        column.kind == "text"
        or not is_figure(cell, words)
        or (column.kind == "time" and cell[-1].isdigit() and not column.unit)
    ):
        return False
    return column.unit is not None or column.year is not None or column.rank != _BEST


def _is_merged(line: Line, columns: Sequence[Column], index: int) -> bool:
    """True for a cell that repeats the one to its left under the same heads: one cell that was merged over both."""
    before = index - 1
    return index > 0 and columns[before].heads == columns[index].heads and line.cells[before] == line.cells[index]


def _named(line: Line, columns: Sequence[Column], names: list[int], above: Row) -> tuple[str, str, int | None]:
    """What names a row, whose it is, and the column of the name; merged cells go on from the row above."""
    best = max((columns[index].rank for index in names), default=0)
    named = max((index for index in names if columns[index].rank == best), default=None)
    if named is None or (above.name and best == 0 and _was_merged(line, columns)):
        return above.name, above.owner, None
    owners = [i for i, column in enumerate(columns) if i < named and column.kind in ("owner", "place")]
    if not owners or columns[named].kind not in ("name", "owner"):
        return line.cells[named], "", named
    cells = [line.cells[index] for index in owners if line.cells[index]]
    return line.cells[named], "".join(cells) or above.owner, named


def _was_merged(line: Line, columns: Sequence[Column]) -> bool:
    """True where the cell that would name the row is empty: it was merged with the one above."""
    cells = zip(line.cells, columns, strict=False)
    return any(not cell and item.unit is None and item.rank > 1 for cell, item in cells)
