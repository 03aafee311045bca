"""The characters and tables of a page go in, its lines and tables in reading order go out.

A page is read from top to bottom; one that is set in two columns, column by column between the lines that reach over
both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

from policyx.read.pdf_chars import Char
from policyx.read.pdf_tables import Ruled

_SAME_LINE = 0.5  # share of the smaller height by which boxes on one line overlap
_COLUMN_GAP = 1.5  # of the type's size: from here on a gap inside a line parts cells
_WORD_GAP = 0.2
_JUMP = 3.0  # of the type's size: the widest gap between characters that are written one after another
_RAISED_SIZE = 0.8
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LATIN = "\u2e7f"  # the last character before the radicals, with which Chinese begins
_LEAST_IN_COLUMN = 5  # lines of a column of type
_FILLED = 0.55  # share of a column's width that its lines fill, most of them


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its box and the size of its type; `left` and `right` are the edges of its column."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its box: the text of each cell as lines, in the places that it covers."""

    rows: tuple[tuple[str, ...], ...]
    top: float
    bottom: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What stands on a page, in reading order."""

    items: tuple[Line | Table, ...]
    width: float
    height: float


def page_layout(chars: list[Char], ruled: list[Ruled], size: tuple[float, float]) -> PageLayout:
    """The lines and tables of a page that is `size` wide and high."""
    outside: list[Char] = []
    inside: list[list[list[Char]]] = [[[] for _ in table.cells] for table in ruled]
    for char in chars:
        for table, cells in zip(ruled, inside, strict=True):
            index = table.cell_at(*char.middle)
            if index is not None:
                cells[index].append(char)
                break
        else:
            outside.append(char)
    tables = [_table(table, cells) for table, cells in zip(ruled, inside, strict=True)]
    lines = text_lines(outside)
    return PageLayout(tuple(_ordered(lines, [table for table in tables if table.rows])), *size)


def _table(ruled: Ruled, cells: list[list[Char]]) -> Table:
    from policyx.read.pdf_text import paragraphs

    texts = []
    for chars in cells:
        lines = _with_edges(text_lines(chars))
        texts.append("\n".join(paragraphs(lines)))
    rows = tuple(tuple(texts[i] if i is not None else "" for i in row) for row in ruled.grid)
    return Table(rows if any(any(row) for row in rows) else (), ruled.top, ruled.bottom, ruled.x0, ruled.x1)


def text_lines(chars: list[Char]) -> list[Line]:
    """The lines that characters stand on, from top to bottom; parts of a line with a wide gap between them apart."""
    lines: list[list[Char]] = []
    for char in chars:
        begun = next((line for line in reversed(lines[-4:]) if _continues(line[-1], char)), None)
        if begun is None:
            lines.append([char])
        else:
            begun.append(char)
    made = (_line(part) for whole in _merged(lines) for part in _split(whole))
    return [line for line in made if line is not None]


def _continues(last: Char, char: Char) -> bool:
    """Whether a character goes on in the line of the one written before it."""
    return _overlap(last, char) and -0.5 * last.size <= char.x0 - last.x1 <= _JUMP * max(last.size, char.size)


def _overlap(a: Char, b: Char) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > _SAME_LINE * min(a.size, b.size)


def _merged(lines: list[list[Char]]) -> list[list[Char]]:
    """The pieces that stand at one height as one, whatever order they were written in."""
    out: list[list[Char]] = []
    boxes: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: (median(char.top for char in line), line[0].x0)):
        top, bottom = median(char.top for char in line), median(char.bottom for char in line)
        for index in range(len(out) - 1, max(len(out) - 4, -1), -1):
            above = boxes[index]
            shared = min(bottom, above[1]) - max(top, above[0])
            if shared > _SAME_LINE * min(bottom - top, above[1] - above[0]):
                out[index].extend(line)
                break
        else:
            out.append(list(line))
            boxes.append((top, bottom))
    return [sorted(line, key=lambda char: char.x0) for line in out]


def _split(line: list[Char]) -> list[list[Char]]:
    """A line in parts where gaps are wide enough to part columns of type."""
    parts: list[list[Char]] = [[line[0]]]
    edge = line[0].x1
    for char in line[1:]:
        if char.x0 - edge > _COLUMN_GAP * char.size and not char.text.isspace():
            parts.append([])
        parts[-1].append(char)
        edge = max(edge, char.x1)
    return parts


def _line(chars: list[Char]) -> Line | None:
    """The characters as text: a wide gap becomes two blanks, which the linker takes for the edge of a cell."""
    # the boxes of Latin letters are higher than those of Chinese characters of the same size
    size = median([char.size for char in chars if char.text > _LATIN] or [char.size for char in chars])
    base = median(char.bottom for char in chars)
    parts: list[str] = []
    last: Char | None = None
    for char in chars:
        if last is not None:
            gap = char.x0 - last.x1
            if gap > _COLUMN_GAP * size:
                parts.append("  ")
            elif gap > _WORD_GAP * size and last.text.isascii() and char.text.isascii():
                parts.append(" ")
        small = char.size < _RAISED_SIZE * size and char.text in "0123456789"
        raised = small and base - char.bottom > 0.2 * size and last is not None and not last.text.isspace()
        parts.append(char.text.translate(_RAISED) if raised else char.text)
        last = char
    text = "".join(parts)
    if not text.strip():
        return None
    seen = [char for char in chars if not char.text.isspace()]
    x0, x1 = min(char.x0 for char in seen), max(char.x1 for char in seen)
    top, bottom = min(char.top for char in seen), max(char.bottom for char in seen)
    return Line(text.strip(), x0, top, x1, bottom, size)


def _ordered(lines: list[Line], tables: list[Table]) -> list[Line | Table]:
    """Lines and tables in reading order."""
    gutter = _gutter(lines)
    if gutter is None:
        items: list[Line | Table] = [*_with_edges(_rejoined(lines)), *tables]
        return sorted(items, key=lambda item: (item.top + item.bottom) / 2)
    left, right = gutter
    bands: list[list[Line | Table]] = [[], []]
    out: list[Line | Table] = []

    def close_bands() -> None:
        for band in bands:
            items: list[Line | Table] = [item for item in band if isinstance(item, Table)]
            items += _with_edges(_rejoined([item for item in band if isinstance(item, Line)]))
            out.extend(sorted(items, key=lambda item: item.top))
            band.clear()

    everything: list[Line | Table] = [*lines, *tables]
    for item in sorted(everything, key=lambda item: item.top):
        if item.x0 < left and item.x1 > right:
            close_bands()
            out.append(item if isinstance(item, Table) else _with_edges([item])[0])
        else:
            bands[0 if (item.x0 + item.x1) / 2 < (left + right) / 2 else 1].append(item)
    close_bands()
    return out


def _gutter(lines: list[Line]) -> tuple[float, float] | None:
    """The empty strip between two columns of type, where the page has them: lines to both sides of it at the same
    heights, most of them as wide as their column."""
    if len(lines) < 2 * _LEAST_IN_COLUMN:
        return None
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    width = x1 - x0
    best: tuple[float, float] | None = None
    for edge in sorted({line.x1 for line in lines if x0 + 0.3 * width < line.x1 < x0 + 0.65 * width}):
        right = [line for line in lines if line.x0 > edge]
        left = [line for line in lines if line.x1 <= edge + 0.1]
        across = len(lines) - len(left) - len(right)
        if len(left) < _LEAST_IN_COLUMN or len(right) < _LEAST_IN_COLUMN or across > 0.34 * len(lines):
            continue
        start = min(line.x0 for line in right)
        size = median(line.size for line in lines)
        column_left, column_right = edge - x0, x1 - start
        filled = sum(line.x1 - line.x0 > _FILLED * column_left for line in left) > 0.5 * len(left)
        filled = filled and sum(line.x1 - line.x0 > _FILLED * column_right for line in right) > 0.5 * len(right)
        if filled and 0.5 * size < start - edge < 8 * size and min(column_left, column_right) > 0.3 * width:
            best = (edge, start)
    return best


def _rejoined(lines: list[Line]) -> list[Line]:
    """The parts of one line as one again, two blanks between them: there are no columns of type that part them.

    Single characters far apart are a word spread over the line: 通　知, or a line that was justified at all costs."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        last = rows[-1][0] if rows else None
        shared = min(last.bottom, line.bottom) - max(last.top, line.top) if last is not None else 0.0
        if last is not None and shared > _SAME_LINE * min(last.bottom - last.top, line.bottom - line.top):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_one_line(sorted(row, key=lambda line: line.x0)) for row in rows]


def _one_line(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    spread = all(len(line.text) == 1 and not line.text.isdecimal() for line in row)
    return Line(
        ("" if spread else "  ").join(line.text for line in row),
        row[0].x0,
        min(line.top for line in row),
        max(line.x1 for line in row),
        max(line.bottom for line in row),
        max(line.size for line in row),
    )


def _with_edges(lines: list[Line]) -> list[Line]:
    """The lines with the edges of the column that they stand in together."""
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), _right_edge(lines)
    return [replace(line, left=left, right=right) for line in lines]


def _right_edge(lines: list[Line]) -> float:
    """Where full lines end: what most of the longer ones reach. An address that nothing can break may stick out."""
    widest = max(line.x1 - line.x0 for line in lines)
    ends = sorted(line.x1 for line in lines if line.x1 - line.x0 >= _FILLED * widest)
    return ends[len(ends) * 3 // 4]


def with_settled_edges(pages: list[PageLayout]) -> list[PageLayout]:
    """The pages with the edges of their columns taken anew, now that heads and feet are gone; a page of few lines has
    those of the others."""
    edges = [_column_edges(page) for page in pages]
    usual = [right for page in edges for right, count in page.values() if count >= _LEAST_IN_COLUMN]
    widest = median(usual) if usual else 0.0
    out = []
    for page, own in zip(pages, edges, strict=True):
        items: list[Line | Table] = []
        for item in page.items:
            if isinstance(item, Line):
                right, count = own[item.left, item.right]
                few = count < _LEAST_IN_COLUMN and len(own) == 1
                item = replace(item, right=max(right, widest) if few else right)
            items.append(item)
        out.append(replace(page, items=tuple(items)))
    return out


def _column_edges(page: PageLayout) -> dict[tuple[float, float], tuple[float, int]]:
    """For each column of a page its right edge, and how many lines it has."""
    columns: dict[tuple[float, float], list[Line]] = {}
    for item in page.items:
        if isinstance(item, Line):
            columns.setdefault((item.left, item.right), []).append(item)
    return {key: (_right_edge(lines), len(lines)) for key, lines in columns.items()}
