"""The characters and tables of a page go in, its lines and tables in reading order go out.

A page is read from top to bottom; one that is set in columns, column by column between the lines that reach over them.
What a frame encloses is read as a page of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from policyx.read.pdf_cells import Table, table_of
from policyx.read.pdf_chars import Char
from policyx.read.pdf_lines import FILLED, STRIP, Line, char_rows, rejoined, right_edge, text_lines, with_edges
from policyx.read.pdf_tables import Ruled

_LEAST_IN_COLUMN = 5  # lines of a column of type
_FEWEST_LINES = 3  # that show where the lines of a frame end
_PADDING = 1.5  # of the type's size: the widest margin inside a frame
_WIDEST_STRIP = 8  # of the type's size
_SHARE = 0.5  # of the rows of a page that have such a gap at one place
Item = Line | Table


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What stands on a page, in reading order."""

    items: tuple[Item, ...]
    width: float
    height: float
    notes: tuple[Line, ...] = ()  # at its foot


def characters_of(page: PageLayout) -> int:
    """How many characters stand on a page."""
    return sum(
        len(item.text) if isinstance(item, Line) else sum(len(cell) for row in item.rows for cell in row)
        for item in page.items
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """Items that are read together, at the place of their box."""

    items: tuple[Item, ...]
    x0: float
    top: float
    x1: float
    bottom: float


def page_layout(chars: list[Char], ruled: Sequence[Ruled], size: tuple[float, float]) -> PageLayout:
    """The lines and tables of a page that is `size` wide and high. Of tables and frames inside one another the inner
    ones come first."""
    outside: list[Char] = []
    inside: list[list[list[Char]]] = [[[] for _ in range(table.cells)] for table in ruled]
    for char in chars:
        x, y = char.middle
        for table, cells in zip(ruled, inside, strict=True):
            index = table.cell_at(x, y)
            if index is not None:
                cells[index].append(char)
                break
        else:
            outside.append(char)
    blocks: list[_Block] = []
    for table, cells in zip(ruled, inside, strict=True):
        if table.is_frame and any(_holds(table, block) for block in blocks):  # a border around the page
            outside += [char for of_cell in cells for char in of_cell]
        elif (block := _block(table, cells)) is not None:
            blocks.append(block)
    rows = char_rows(outside)
    lines = text_lines(rows, _cuts(rows))
    return PageLayout(tuple(_ordered(lines, blocks)), *size)


def _holds(frame: Ruled, block: _Block) -> bool:
    x, y = (block.x0 + block.x1) / 2, (block.top + block.bottom) / 2
    return frame.xs[0] < x < frame.xs[-1] and frame.ys[0] < y < frame.ys[-1]


def _block(ruled: Ruled, cells: list[list[Char]]) -> _Block | None:
    """A table as a table; a frame as the text in it."""
    if not any(cells):
        return None
    if not ruled.is_frame:
        table = table_of(ruled, [rejoined(text_lines(char_rows(chars))) for chars in cells])
        return _Block((table,), *ruled.box) if table is not None else None
    items: list[Line] = []
    for number, chars in enumerate(cells, 1):
        rows = char_rows(chars)
        column = _lines_of(_ordered(text_lines(rows, _cuts(rows)), []))
        items += [replace(line, box=number) for line in column]
    if items and len({(line.left, line.right) for line in items}) <= len(cells):  # one column of type in each box
        items = _within(items, ruled)
    return _Block(tuple(items), *ruled.box)


def _within(lines: list[Line], frame: Ruled) -> list[Line]:
    """The lines of a frame with the edges of their column: a short heading alone does not reach the right one."""
    if len(lines) >= _FEWEST_LINES:
        return with_edges(lines)
    left = min(line.x0 for line in lines)
    padding = min(left - frame.xs[0], _PADDING * lines[0].size)
    right = max(max(line.x1 for line in lines), frame.xs[-1] - padding)
    return [replace(line, left=left, right=right) for line in lines]


def _ordered(lines: list[Line], blocks: list[_Block]) -> list[Item]:
    """Lines and blocks in reading order."""
    gutter = _gutter(lines)
    if gutter is None:
        return _unfolded([*with_edges(rejoined(lines)), *blocks])
    left, right = gutter
    bands: list[list[Line | _Block]] = [[], []]
    out: list[Item] = []

    def close_bands() -> None:
        for band in bands:
            column = _ordered([item for item in band if isinstance(item, Line)], [])
            out.extend(_unfolded([*_lines_of(column), *(item for item in band if isinstance(item, _Block))]))
            band.clear()

    everything: list[Line | _Block] = [*lines, *blocks]
    for item in sorted(everything, key=lambda item: item.top):
        if item.x0 < left and item.x1 > right:
            close_bands()
            out.extend(item.items if isinstance(item, _Block) else with_edges([item]))
        else:
            bands[0 if (item.x0 + item.x1) / 2 < (left + right) / 2 else 1].append(item)
    close_bands()
    return out


def _lines_of(items: list[Item]) -> list[Line]:
    return [item for item in items if isinstance(item, Line)]


def _unfolded(items: Sequence[Line | _Block]) -> list[Item]:
    """The items by their height, those of a block together. What already stands in order stays so."""
    if not any(isinstance(item, _Block) for item in items):
        return [item for item in items if isinstance(item, Line)]
    out: list[Item] = []
    for item in sorted(items, key=lambda item: (item.top + item.bottom) / 2):
        out.extend(item.items if isinstance(item, _Block) else [item])
    return out


def _cuts(rows: list[list[Char]]) -> list[float]:
    """The middles of narrow strips that stay empty in most rows: where columns of type may part.

    Lines that a wide gap parts need none; those of narrow-set columns would run together without."""
    if len(rows) < _LEAST_IN_COLUMN:
        return []
    strips: Counter[int] = Counter()
    for row in rows:
        edge = row[0].x1
        for char in row[1:]:
            if char.text.isspace():
                continue
            size = char.bottom - char.top
            if STRIP * size < char.x0 - edge < _WIDEST_STRIP * size:
                strips.update(range(int(edge) + 1, int(char.x0)))
            edge = max(edge, char.x1)
    least = max(_SHARE * len(rows), _LEAST_IN_COLUMN)
    return [float(place) for place, count in sorted(strips.items()) if count >= least]


def _gutter(lines: list[Line]) -> tuple[float, float] | None:
    """The empty strip between two columns of type, where the page has them: lines to both sides of it at the same
    heights, most of them as wide as their column."""
    if len(lines) < 2 * _LEAST_IN_COLUMN:
        return None
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    width = x1 - x0
    size = median(line.size for line in lines)
    best: tuple[float, float] | None = None
    for edge in sorted({round(line.x1, 1) for line in lines if x0 + 0.3 * width < line.x1 < x0 + 0.65 * width}):
        right = [line for line in lines if line.x0 > edge]
        left = [line for line in lines if line.x1 <= edge + 0.1]
        across = len(lines) - len(left) - len(right)
        if len(left) < _LEAST_IN_COLUMN or len(right) < _LEAST_IN_COLUMN or across > 0.34 * len(lines):
            continue
        start = min(line.x0 for line in right)
        column_left, column_right = edge - x0, x1 - start
        filled = sum(line.x1 - line.x0 > FILLED * column_left for line in left) > 0.5 * len(left)
        filled = filled and sum(line.x1 - line.x0 > FILLED * column_right for line in right) > 0.5 * len(right)
        if filled and 0.5 * size < start - edge < _WIDEST_STRIP * size and min(column_left, column_right) > 0.3 * width:
            best = (edge, start)
    return best


def with_settled_edges(pages: list[PageLayout]) -> list[PageLayout]:
    """The pages with the edges of their columns taken anew, now that heads and feet are gone; a page of few lines has
    those of the others."""
    edges = [_column_edges(page) for page in pages]
    usual = [right for page in edges for right, count in page.values() if count >= _LEAST_IN_COLUMN]
    widest = median(usual) if usual else 0.0
    out = []
    for page, own in zip(pages, edges, strict=True):
        items: list[Item] = []
        for item in page.items:
            if isinstance(item, Line) and not item.box:
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
        if isinstance(item, Line) and not item.box:
            columns.setdefault((item.left, item.right), []).append(item)
    return {key: (right_edge(lines), len(lines)) for key, lines in columns.items()}
