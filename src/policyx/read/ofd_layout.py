"""The characters and lines of a page go in; its lines of text and its tables go out, from the top down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policyx.read.cells import FIGURE, Cell, expanded, table_lines
from policyx.read.ofd_objects import Glyph, Objects
from policyx.read.ruled import Box, Table, ruled_tables

_SAME_LINE = 0.45  # of a character's size that base lines may differ
_GAP, _WIDE_GAP = 0.3, 1.6  # of a character's size: a blank, and what parts columns
_UNRULED = 3  # figures one below the other that are a column and no number that is wrapped
_BLANK = re.compile(r"[ \xa0\u3000]+")
_NARROW = re.compile(r"[0-9A-Za-z.,%)]$")


class TextLine(NamedTuple):
    """A line of text: where it begins and ends, its base line and its size; `table` says that it is a table's row."""

    text: str
    left: float
    right: float
    y: float
    size: float
    table: bool = False


def page_lines(objects: Objects) -> list[TextLine]:
    """The lines of a page in reading order: by height, and on one height from left to right."""
    glyphs = [glyph for glyph in objects.glyphs if glyph.text.strip() or glyph.text == " "]
    tables = ruled_tables(objects.rules)
    inside: list[list[Glyph]] = [[] for _ in tables]
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = glyph.x + glyph.width / 2, glyph.y - glyph.size / 3
        number = next((i for i, t in enumerate(tables) if t.left <= x <= t.right and t.top <= y <= t.bottom), None)
        (outside if number is None else inside[number]).append(glyph)
    placed = [(lines[0].y, lines) for lines in _aligned(list(_lines(outside)))]
    for table, own in zip(tables, inside, strict=True):
        if own:
            placed.append((table.top, _table_lines(table, own)))
    return [line for _, lines in sorted(placed, key=lambda part: part[0]) for line in lines]


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The characters that stand on one height, from left to right."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.y, glyph.x)):
        if row and glyph.y - row[0].y > _SAME_LINE * max(row[0].size, glyph.size):
            yield sorted(row, key=lambda glyph: glyph.x)
            row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=lambda glyph: glyph.x)


def _lines(glyphs: Sequence[Glyph]) -> Iterator[TextLine]:
    """The lines of text that stands in no table; what wide gaps part stays on its line, with a tab between."""
    for row in _rows(_without_doubles(glyphs)):
        text = _text(row, "\t")
        if text:
            shown = [glyph for glyph in row if glyph.text.strip()]
            size = max(glyph.size for glyph in shown)
            yield TextLine(text, shown[0].x, max(glyph.x + glyph.width for glyph in shown), row[0].y, size)


def _aligned(lines: list[TextLine]) -> Iterator[list[TextLine]]:
    """The lines, each for itself; those of a table without rules together, as its rows: lines one after the other with
    as many parts each, most of them figures behind the first."""
    at = 0
    while at < len(lines):
        parts = lines[at].text.split("\t")
        end = at + 1
        while end < len(lines) and len(parts) > 1 and lines[end].text.count("\t") == len(parts) - 1:
            end += 1
        rows = [line.text.split("\t") for line in lines[at:end]]
        figures = sum(bool(FIGURE.fullmatch(part)) for row in rows[1:] for part in row[1:])
        if end - at >= _UNRULED and figures * 2 > (len(rows) - 1) * (len(parts) - 1):
            texts = table_lines(expanded([Cell(part) for part in row] for row in rows))
            first = lines[at]
            yield [first._replace(text=text, table=True) for text in texts]
            at = end
        else:
            yield [lines[at]]
            at += 1


def _without_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without characters that are drawn twice in one place, to look bold."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[Glyph] = []
    for glyph in glyphs:
        place = (glyph.text, round(glyph.x * 2), round(glyph.y * 2))
        if place not in seen:
            seen.add(place)
            kept.append(glyph)
    return kept


def _text(row: Sequence[Glyph], wide: str) -> str:
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in row:
        if before is not None:
            gap = glyph.x - before.x - before.width
            if gap > _WIDE_GAP * glyph.size:
                parts.append(wide)
            elif gap > _GAP * glyph.size and _NARROW.search(before.text) and glyph.text.isascii():
                parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    text = "".join(parts)
    return "\t".join(_BLANK.sub(" ", part).strip() for part in text.split("\t")).strip("\t ")


def _table_lines(table: Table, glyphs: Sequence[Glyph]) -> list[TextLine]:
    held: dict[Box, list[Glyph]] = {box: [] for box in table.boxes}
    for glyph in _without_doubles(glyphs):
        x, y = glyph.x + glyph.width / 2, glyph.y - glyph.size / 3
        box = next((b for b in table.boxes if b.left <= x <= b.right and b.top <= y <= b.bottom), None)
        if box is not None:
            held[box].append(glyph)
    rows: list[list[Cell]] = []
    for number in range(max(box.row + box.rows for box in table.boxes)):
        boxes = [box for box in table.boxes if box.row == number]
        heights = _unruled_rows([held[box] for box in boxes]) if all(box.rows == 1 for box in boxes) else []
        if heights:
            cut = [_cut(held[box], heights) for box in boxes]
            rows += [
                [Cell(texts[i], box.columns) for box, texts in zip(boxes, cut, strict=True)]
                for i in range(len(heights))
            ]
        else:
            rows.append([Cell(_cell_text(held[box]), box.columns, box.rows) for box in boxes])
    return [
        TextLine(line, table.left, table.right, table.top, 0.0, table=True)
        for line in table_lines(expanded(rows))
    ]  # fmt: skip


def _unruled_rows(cells: list[list[Glyph]]) -> list[float]:
    """The heights of the rows of a table whose rows no lines part: those of a column that holds nothing but figures,
    one below the other, and below them those of sums, which stand in several columns; empty where there is none."""
    found: list[float] = []
    heights: list[list[float]] = []
    for cell in cells:
        lines = list(_rows(cell))
        heights.append([line[0].y for line in lines])
        if len(lines) >= _UNRULED and all(FIGURE.fullmatch(_text(line, " ")) for line in lines):
            found = heights[-1] if len(lines) > len(found) else found
    if not found:
        return []
    step = min(below - above for above, below in pairwise(found)) / 2
    for height in sorted(height for own in heights for height in own if height > found[-1] + step):
        several = sum(any(abs(height - other) < step for other in own) for own in heights) > 1
        if several and height > found[-1] + step:
            found = [*found, height]
    return found


def _cut(glyphs: list[Glyph], heights: list[float]) -> list[str]:
    """The text of a cell, cut where rows begin; a line between two of them goes on from the upper one."""
    parts: list[list[Glyph]] = [[] for _ in heights]
    for glyph in glyphs:
        above = sum(height <= glyph.y + _SAME_LINE * glyph.size for height in heights)
        parts[max(above - 1, 0)].append(glyph)
    return [_cell_text(part) for part in parts]


def _cell_text(glyphs: list[Glyph]) -> str:
    """The text of a cell; characters one below the other (a head set upright) are one line."""
    lines = [_text(row, " ") for row in _rows(glyphs)]
    if len(lines) > 1 and all(len(line) == 1 for line in lines):
        return "".join(lines)
    return "\n".join(line for line in lines if line)
