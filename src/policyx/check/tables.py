"""Rows of tables: the total of a column and the total of a row against what they add up. Statements in, findings of the
kind table_total out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyx.check.figures import Figure, Statement
from policyx.check.finding import Finding
from policyx.check.parts import sum_finding, total
from policyx.check.verdict import near
from policyx.check.words import Words

_ADDED = frozenset(("level", "increase"))
_NOT_ADDED = frozenset(("%", "位", "倍", "百分点", None))
_FEWEST = 2
_FARTHEST = 200  # characters between two rows of one table

Column = tuple[object, ...]


def table_findings(all_statements: Sequence[Statement], words: Words) -> Iterator[Finding]:
    """The totals of each table."""
    for rows in _tables(all_statements):
        for row in rows:
            if not _is_total(row, words):
                yield from _row_total(row, words)
        yield from _column_totals(rows, words)


def _tables(all_statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    rows: list[Statement] = []
    for statement in all_statements:
        if rows and not (statement.is_row and statement.start - rows[-1].end <= _FARTHEST):
            yield rows
            rows = []
        if statement.is_row:
            rows.append(statement)
    if rows:
        yield rows


def _column_totals(rows: Sequence[Statement], words: Words) -> Iterator[Finding]:
    """A row of totals stands above or below the rows that it adds up."""
    totals = [number for number, row in enumerate(rows) if _is_total(row, words)]
    for position, number in enumerate(totals):
        before = rows[totals[position - 1] + 1 if position else 0 : number]
        behind = rows[number + 1 : totals[position + 1] if position + 1 < len(totals) else len(rows)]
        for whole in _columns(rows[number]).values():
            column = _column(whole)
            below, above = (
                [cells[column] for row in side if column in (cells := _columns(row))] for side in (behind, before)
            )
            yield from _column_total(whole, above, below, any(_is_choice(row, words) for row in (*before, *behind)))


def _column_total(whole: Figure, above: list[Figure], below: list[Figure], choice: bool) -> Iterator[Finding]:
    sides = [side for side in (above, below) if len(side) >= _FEWEST]
    for side in sides:
        if total(side).meets(whole.interval):
            yield sum_finding("table_total", whole, side, "confirmed")
            return
    for side in sides:
        if near(total(side), whole.interval) and not choice:
            yield sum_finding("table_total", whole, side, "contradicted")
            return
    if sides and not choice:
        yield sum_finding("table_total", whole, sides[0], "undecidable")


def _columns(row: Statement) -> dict[Column, Figure]:
    """The figures of a row that can be added, by column: a column is known by measure, unit, year and status, if only
    one of the row has them."""
    cells: dict[Column, Figure] = {}
    twice: set[Column] = set()
    for figure in row.figures:
        if figure.measure in _ADDED and figure.unit not in _NOT_ADDED:
            column = _column(figure)
            twice |= {column} & cells.keys()
            cells[column] = figure
    return {column: figure for column, figure in cells.items() if column not in twice}


def _column(figure: Figure) -> Column:
    record = figure.record
    return (*figure.kind, record.quantity.unit_text, record.year, record.status)


def _is_total(row: Statement, words: Words) -> bool:
    """Whether the row's first cell is a word for a total and nothing else."""
    name = row.figures[0].before.strip("|:：")
    return bool(words.patterns["total"].fullmatch(name.split("|")[0]))


def _is_choice(row: Statement, words: Words) -> bool:
    """Whether the row's name says that it is one of some parts only."""
    return words.has("parts", row.figures[0].before)


def _row_total(row: Statement, words: Words) -> Iterator[Finding]:
    """A column of totals: its cell adds up the others of its unit in the row."""
    for whole in row.figures:
        if whole.measure not in _ADDED or whole.unit in _NOT_ADDED or not words.ends("total", whole.record.name or ""):
            continue
        others = [figure for figure in row.figures if figure.index != whole.index and _column(figure) == _column(whole)]
        if len(others) >= _FEWEST and total(others).meets(whole.interval):
            yield sum_finding("table_total", whole, others, "confirmed")
        elif len(others) >= _FEWEST:
            off = near(total(others), whole.interval)
            yield sum_finding("table_total", whole, others, "contradicted" if off else "undecidable")
