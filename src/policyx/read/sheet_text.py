"""A sheet goes in, its lines go out, each piece of text with the name of the cell that it stands in.

A sheet may hold several tables, below and beside one another, with titles above and notes below them; it is cut where
rows or columns between them are empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policyx.read.cells import FIGURE, numbered_lines, one_line, shown_columns
from policyx.read.sheet import Sheet

_LABEL = re.compile(r"[^\s：:]{2,12}[：:]\s*\S")
_DEEPEST = 8  # tables beside tables below tables …; real sheets reach 2

_Rows = Sequence[Sequence[str]]


class Line(NamedTuple):
    """A line of text, and where in it the text of which cell begins."""

    text: str
    cells: tuple[tuple[int, str], ...]


class Block(NamedTuple):
    """A part of a sheet that is surrounded by empty cells, and the row and column at which it begins."""

    top: int
    left: int
    rows: tuple[tuple[str, ...], ...]


def sheet_lines(sheet: Sheet) -> list[Line]:
    """The lines of a sheet, without its name; an empty line between its tables."""
    lines: list[Line] = []
    for block in _blocks(Block(0, 0, sheet.rows)):
        lines += ([Line("", ())] if lines else []) + list(_block_lines(block, sheet))
    return lines


def _blocks(area: Block, depth: int = 0) -> Iterator[Block]:
    for part in _parted_by_rows(area):
        columns = _column_groups(part.rows) if depth < _DEEPEST else []
        if len(columns) < 2:
            yield part
            continue
        for first, last in columns:
            inner = Block(part.top, part.left + first, tuple(row[first:last] for row in part.rows))
            yield from _blocks(inner, depth + 1)


def _parted_by_rows(area: Block) -> Iterator[Block]:
    """The parts between empty rows. A single empty row that only spaces a table out is none between two tables: what
    follows begins with figures and is no wider."""
    first = end = 0
    known: set[int] = set()  # columns in which the part holds text
    for number, row in enumerate(area.rows):
        filled = {i for i, cell in enumerate(row) if cell.strip()}
        if not filled:
            continue
        gap = number - end
        if end and gap and not (gap == 1 and filled <= known and _begins_with_figures(row, filled)):
            yield Block(area.top + first, area.left, area.rows[first:end])
            known = set()
        if not known:
            first = number
        end = number + 1
        known |= filled
    if known:
        yield Block(area.top + first, area.left, area.rows[first:end])


def _begins_with_figures(row: Sequence[str], filled: set[int]) -> bool:
    return any(FIGURE.fullmatch(row[i].strip()) for i in filled if i)


def _column_groups(rows: _Rows) -> list[tuple[int, int]]:
    """The columns of tables that stand side by side: two empty columns between them, or one where the second table
    begins lower or has the same heads as the first."""
    width = len(rows[0])
    groups: list[tuple[int, int]] = []
    for column in range(width):
        if not any(row[column].strip() for row in rows):
            continue
        if groups and (groups[-1][1] == column or not _parts(rows, groups[-1], column)):
            groups[-1] = (groups[-1][0], column + 1)
        else:
            groups.append((column, column + 1))
    return groups


def _parts(rows: _Rows, before: tuple[int, int], column: int) -> bool:
    if column - before[1] > 1:
        return True

    def begins(first: int, end: int) -> int:
        body = (
            i for i, row in enumerate(rows) if len(_texts(row)) > 1 and any(cell.strip() for cell in row[first:end])
        )
        return next(body, 0)

    top, other = begins(*before), begins(column, column + 1)
    return top != other or (before[1] - before[0] > 1 and rows[top][before[0]] == rows[other][column])


def _block_lines(block: Block, sheet: Sheet) -> Iterator[Line]:
    """The lines of a block: rows above and below the table that are none of it are its title and its notes."""
    rows = block.rows
    start, end = 0, len(rows)
    while start < end and _is_outside(rows[start]):
        start += 1
    while end > start and _is_outside(rows[end - 1]):
        end -= 1
    for number in range(start):
        yield from _lone(block, number, sheet)
    inner = rows[start:end]
    columns = shown_columns([row for row in inner if any(cell.strip() for cell in row)])
    for number, text in numbered_lines(tuple(tuple(row[i] for i in columns) for row in inner)):
        places = [(i, inner[number][i]) for i in columns]
        yield _line(text, places, block.top + start + number, block.left, sheet)
    for number in range(end, len(rows)):
        yield from _lone(block, number, sheet)


def _is_outside(row: Sequence[str]) -> bool:
    """Whether a row at the edge of a table is no row of it: a single text, or one or two labels with what they say
    (单位：亿元 beside the title, 填表人：某某 below)."""
    texts = _texts(row)
    if len(texts) < 2:
        return True
    labelled = sum(bool(_LABEL.search(text)) for text in texts)
    return labelled * 2 >= len(texts) and len(texts) * 2 <= len(row) and not any(map(FIGURE.fullmatch, texts))


def _texts(row: Sequence[str]) -> set[str]:
    return {cell for cell in row if cell.strip()}


def _lone(block: Block, number: int, sheet: Sheet) -> Iterator[Line]:
    said: set[str] = set()
    for i, cell in enumerate(block.rows[number]):
        if cell.strip() and cell not in said:
            said.add(cell)
            name = sheet.cell_name(block.top + number, block.left + i)
            yield from (Line(text, ((0, name),)) for part in cell.split("\n") if (text := one_line(part)))


def _line(text: str, places: list[tuple[int, str]], row: int, left: int, sheet: Sheet) -> Line:
    """The line with the cells that it shows: those of a table's row one after the other; a line of prose, a title or a
    name comes from the cell in whose text it stands."""
    if text.startswith("| "):
        pieces = text[2:-2].split(" | ")
        if len(pieces) == len(places):
            cells: list[tuple[int, str]] = []
            at = 2
            for piece, (column, _) in zip(pieces, places, strict=True):
                if piece:
                    cells.append((at, sheet.cell_name(row, left + column)))
                at += len(piece) + 3
            return Line(text, tuple(cells))
    source = next((column for column, cell in places if text in one_line(cell)), None)
    if source is None:
        source = next((column for column, cell in places if text in "".join(cell.split())), places[0][0])
    return Line(text, ((0, sheet.cell_name(row, left + source)),))
