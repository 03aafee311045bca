"""Cells with their spans go in, the rectangle of a table's texts goes out, merged cells repeated; and its lines.

A table is written a row a line, `| 指标 | 2025年 |`, which is what the linker reads cells from. What is no row of it is
written as lines of its own: a title or note merged over the whole width, and prose inside a cell, which would be read
as a figure's name otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policyx.read.limits import LARGEST_TABLE, WIDEST_SPAN

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
_BREAK_INSIDE = re.compile(rf"(?<=[{_WIDE}])\s*\n(?!\s*[A-Z][a-z]{{2}})\s*|\s*\n\s*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[^\S\u3000]+")
_SENTENCE = re.compile(r"[。；！？]")
FIGURE = re.compile(r"[<>≤≥＞＜约+±\[［（(]?\s*[-－]?[0-9][0-9.,]*\s*[^\s0-9，。；]{0,6}")
_SERIAL = re.compile(r"序\s*号|编\s*号")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_WIDE_BLANKS = "\u3000\xa0\u2003"
_INDENT = re.compile(rf"[ \t\r\n]*(?P<wide>[{_WIDE_BLANKS}]{{1,12}})")
_MOSTLY = 0.8  # of the rows of two columns with the same heads are alike
_LONG, _VERY_LONG = 30, 80  # characters of a cell that holds a stop, or none, from which on it is prose

Rows = tuple[tuple[str, ...], ...]
Line = tuple[int, str]
_Numbered = tuple[int, tuple[str, ...]]


class Cell(NamedTuple):
    """A cell as a file has it: its text, and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def expanded(rows: Iterable[Sequence[Cell]]) -> Rows:
    """The table as a rectangle: a merged cell's text stands in every place that it covers. `rows=0` reaches to the
    table's end, as HTML has it. Beyond the limits merged cells stand once, so that no text is lost."""
    grid: list[list[str]] = []
    held: dict[int, tuple[str, int]] = {}  # column -> text from above, and how many more rows it covers
    count = 0
    for row in rows:
        line: list[str] = []
        for cell in row:
            while len(line) in held:
                line.append(_taken(held, len(line)))
            full = count > LARGEST_TABLE
            width = 1 if full else min(max(cell.columns, 1), WIDEST_SPAN)
            below = 0 if full else WIDEST_SPAN if cell.rows == 0 else min(max(cell.rows, 1), WIDEST_SPAN) - 1
            for _ in range(width):
                if below:
                    held[len(line)] = (cell.text, below)
                line.append(cell.text)
        while held and max(held) >= len(line):
            line.append(_taken(held, len(line)))
        count += len(line)
        grid.append(line)
    width = max(map(len, grid), default=0)
    if width * len(grid) > 2 * LARGEST_TABLE:
        width = 0
    return tuple(tuple(line + [""] * (width - len(line))) for line in grid)


def _taken(held: dict[int, tuple[str, int]], column: int) -> str:
    """What a cell of a row above puts into this column; nothing where none reaches down to it."""
    text, left = held.pop(column, ("", 0))
    if left > 1:
        held[column] = (text, left - 1)
    return text


def one_line(text: str) -> str:
    """A text on one line: breaks beside Chinese characters vanish, others, and one before English, become a blank."""
    return _BLANKS.sub(" ", _BREAK_INSIDE.sub("", text)).strip()


def table_lines(rows: Rows) -> list[str]:
    """The lines that a table is written as; nothing for a table without text."""
    return [line for _, line in numbered_lines(rows)]


def numbered_lines(rows: Rows) -> list[Line]:
    """The lines that a table is written as, each with the number of the row that it comes from."""
    numbered = list(enumerate(rows))
    if len({len(row) for row in rows}) > 1:  # beyond the limits: no rectangle
        return [(number, _row(row)) for number, row in numbered if any(row)]
    numbered = _without_empty(numbered)
    if not numbered:
        return []
    if len(numbered[0][1]) == 1:
        return _merged_lines(numbered)
    start, end = 0, len(numbered)
    while start < end and _is_merged(numbered[start][1]):
        start += 1
    while end > start and _is_merged(numbered[end - 1][1]):
        end -= 1
    above, inner = _without_group_heads(numbered[start:end])
    return _merged_lines(numbered[:start]) + above + _inner_lines(_said_once(inner)) + _merged_lines(numbered[end:])


def _without_group_heads(rows: list[_Numbered]) -> tuple[list[Line], list[_Numbered]]:
    """The lines of heads that stand over nothing but years (“十四五”目标 over 2020年 and 2025年), and the rows without
    them: such a head says what the table is about. In the columns' titles it would make 2020年 an aim."""
    lines: list[Line] = []
    while len(rows) > 2:
        (number, head), (_, below) = rows[0], rows[1]
        over = [
            i for i, cell in enumerate(head) if cell != below[i] and head.count(cell) > 1 and _YEAR.search(below[i])
        ]
        groups = [cell for cell in dict.fromkeys(head[i] for i in over) if cell and not _YEAR.search(cell)]
        covered = [i for i, cell in enumerate(head) if cell in groups]
        if not groups or not all(_YEAR.search(below[i]) for i in covered):
            break
        lines += [(number, line) for group in groups for line in _lines(group)]
        rest = tuple("" if i in covered else cell for i, cell in enumerate(head))
        same = all(not cell or cell == below[i] for i, cell in enumerate(rest))
        rows = rows[1:] if same else [(number, rest), *rows[1:]]
        if not same:
            break
    return lines, rows


def shown_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns of a rectangle that its lines show: not those in which nothing stands, nor the second half of a
    merged cell with nothing but itself below it (产量 over two columns of which only one has figures)."""
    return [
        i
        for i in range(len(rows[0]) if rows else 0)
        if any(row[i].strip() and (i == 0 or row[i] != row[i - 1]) for row in rows)
    ]


def _said_once(rows: list[_Numbered]) -> list[_Numbered]:
    """The rows without the second half of a merged figure, where the heads of both columns are the same: a column that
    is parted in one row alone would otherwise say every figure twice."""
    body = next((n for n, (_, row) in enumerate(rows) if any(map(_is_figure, row[1:]))), 0)
    figures = [row for _, row in rows[body:]]
    twice = [
        i
        for i in range(2, len(rows[0][1]) if body else 0)
        if all(row[i] == row[i - 1] for _, row in rows[:body])
        and sum(row[i] == row[i - 1] for row in figures) >= _MOSTLY * len(figures)
    ]
    if not twice:
        return rows
    once: list[_Numbered] = rows[:body]
    for number, row in rows[body:]:
        once.append((number, tuple(
            "" if i in twice and cell == row[i - 1] and _is_figure(cell) else cell for i, cell in enumerate(row)
        )))  # fmt: skip
    return once


def _is_figure(cell: str) -> bool:
    return bool(FIGURE.fullmatch(cell.strip())) and not _YEAR.search(cell)


def _inner_lines(rows: list[_Numbered]) -> list[Line]:
    if not any(_is_prose(cell) for _, row in rows for cell in row):
        return [(number, _row(row)) for number, row in rows]
    return _told_with_figures(rows) if _has_figures([row for _, row in rows]) else _told(rows)


def _merged_lines(rows: list[_Numbered]) -> list[Line]:
    """Rows that are one cell over the whole width: title, unit, note."""
    return [(number, line) for number, row in rows for line in _lines(row[0])]


def _without_empty(rows: list[_Numbered]) -> list[_Numbered]:
    """The table without the rows and columns in which nothing stands, and without a column that is a merged cell's
    second half all the way down."""
    kept = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    columns = shown_columns([row for _, row in kept])
    return [(number, tuple(row[i] for i in columns)) for number, row in kept]


def _is_merged(row: Sequence[str]) -> bool:
    return len(row) > 1 and len(set(row)) == 1


def _lines(cell: str) -> list[str]:
    return [line for part in cell.split("\n") if (line := one_line(part))]


def indented(text: str, written: str) -> str:
    """The text of a cell with the wide blanks that `written` begins with: 　住宅 is a part of the row above."""
    lead = _INDENT.match(written)
    return lead["wide"] + text if lead and text else text


def _row(row: Sequence[str]) -> str:
    lead = row[0][: len(row[0]) - len(row[0].lstrip(_WIDE_BLANKS))]
    return f"| {lead}{' | '.join(one_line(cell).replace('|', '｜') for cell in row)} |"


def _is_prose(cell: str) -> bool:
    return (len(cell) > _LONG and bool(_SENTENCE.search(cell))) or len(cell) > _VERY_LONG


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column beside the first holds figures in most of its rows, and does not number them."""
    body = rows[1:]
    for i, title in enumerate(rows[0]):
        if i and not _SERIAL.search(title) and body:
            figures = sum(bool(FIGURE.fullmatch(row[i].strip())) for row in body)
            if figures * 2 > len(body):
                return True
    return False


def _told(rows: list[_Numbered]) -> list[Line]:
    """A table of prose, cell by cell; what was merged with the cell above or to the left is not said again."""
    lines: list[Line] = []
    above: Sequence[str] = ()
    for number, row in rows:
        if not any(map(_is_prose, row)) and not above:
            lines.append((number, _row(row)))
            continue
        parts = [
            cell
            for i, cell in enumerate(row)
            if cell.strip() and not (above and cell == above[i]) and not (i and cell == row[i - 1])
        ]
        if len(parts) > 1 and parts[0].strip().isdecimal() and not _is_prose(parts[1]):
            parts[:2] = [f"{parts[0].strip()} {parts[1]}"]
        lines += [(number, line) for part in parts for line in _lines(part)]
        above = row
    return lines


def _told_with_figures(rows: list[_Numbered]) -> list[Line]:
    """A table of figures with prose in it: its rows without the prose, then the prose, each under its row's name."""
    lines: list[Line] = []
    prose: list[Line] = []
    said: set[str] = set()
    for number, row in rows:
        lines.append((number, _row(["" if _is_prose(cell) else cell for cell in row])))
        name = next((cell for cell in row if not _is_prose(cell) and re.search("[一-鿿]", cell)), "")
        for cell in dict.fromkeys(row):
            if _is_prose(cell) and cell not in said:
                said.add(cell)
                prose += [(number, line) for line in ([one_line(name)] if name else []) + _lines(cell)]
    return lines + prose
