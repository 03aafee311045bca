"""Consecutive row segments in, grids out: where the head ends, which column names the rows, what a short row lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policyx.link.grid import (
    Column,
    Grid,
    Row,
    caption_unit,
    cell_text,
    column,
    holds_letters,
    is_empty,
    is_figure,
    is_name_title,
    is_nature,
    is_serial_title,
    is_time_title,
    is_unit_title,
    is_year,
    naming_rank,
    read_name,
    read_unit,
    with_inherited_units,
)
from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.recognize.units import UnitTable

_RULER = compiled(r"[\s|:\-—–]*$")
_PART = compiled(r"\s{0,8}(?:其\s{0,4}中|#)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row's segment with the text of its cells."""

    segment: Segment
    spans: tuple[Span, ...]
    cells: tuple[str, ...]


def read_grids(text: str, segments: list[Segment], caption: str, units: UnitTable) -> list[Grid]:
    """The grids of consecutive row segments; a second head begins a second grid."""
    lines = _lines(text, segments)
    grids: list[Grid] = []
    at = 0
    while at < len(lines):
        first = next((i for i in range(at, len(lines)) if _has_figures(lines[i], units)), None)
        if first is None:
            break
        end = next((i for i in range(first + 1, len(lines)) if _is_head(lines[i], units)), len(lines))
        grid = _grid(text, lines[at:first], lines[first:end], caption, units)
        if grid.rows:
            grids.append(grid)
        at = end
    return grids


def _lines(text: str, segments: list[Segment]) -> list[_Line]:
    """The rows without rulers; where tabs stand in numbers that no table explains, without the empty cells."""
    lines = []
    for segment in segments:
        if _RULER.match(text[segment.span.start : segment.span.end]):
            continue
        spans = segment.cells
        begin = text.rfind("\n", 0, segment.span.start) + 1
        lost = text.count("\t", begin, segment.span.start)
        spans = (Span(segment.span.start, segment.span.start),) * lost + spans
        lines.append(_Line(segment, spans, tuple(cell_text(text, span) for span in spans)))
    tabbed = any("\t" in text[line.segment.span.start : line.segment.span.end] for line in lines)
    if tabbed and len({len(line.cells) for line in lines}) > 2:
        return [_without_empty(line) for line in lines]
    return lines


def _without_empty(line: _Line) -> _Line:
    kept = [(span, cell) for span, cell in zip(line.spans, line.cells, strict=True) if cell]
    return _Line(line.segment, tuple(span for span, _ in kept), tuple(cell for _, cell in kept))


def _has_figures(line: _Line, units: UnitTable) -> bool:
    return any(is_figure(cell, units) and not is_year(cell) for cell in line.cells[1:])


def _is_head(line: _Line, units: UnitTable) -> bool:
    """A row that names columns: years or the word 单位 beside other words, and no figures."""
    if _has_figures(line, units):
        return False
    years = [cell for cell in line.cells[1:] if is_year(cell)]
    written = any(cell.endswith("年") for cell in years) or any(is_unit_title(cell) for cell in line.cells[1:])
    opens = bool(line.cells) and (not line.cells[0] or is_name_title(line.cells[0]))
    return opens and (written or len(years) > 1) and not is_figure(line.cells[0], units)


def _grid(text: str, head: list[_Line], body: list[_Line], caption: str, units: UnitTable) -> Grid:
    width = max(len(line.cells) for line in head + body)
    columns = _columns(head, width, units)
    inside = " ".join(" ".join(line.cells) for line in head)
    unit = caption_unit(caption, units) or (caption_unit(inside, units) if "单位：" in inside else None)
    rows: list[Row] = []
    indents: list[int] = []
    above = ""
    for line in body:
        aligned = _aligned(line, columns, units)
        row = _row(aligned, columns, units, above)
        if row:
            rows.append(row)
            indents.append(_indent(text, row))
            above = row.name
    return Grid(columns, tuple(_with_parents(text, rows, indents)), caption, unit)


def _columns(head: list[_Line], width: int, units: UnitTable) -> tuple[Column, ...]:
    """The columns under all head rows together; a short head row stands at the right, unless it opens with a name."""
    titles: list[dict[str, None]] = [{} for _ in range(width)]
    for line in head:
        opens = bool(line.cells) and naming_rank(line.cells[0]) != 1
        shift = 0 if opens or (line.cells and is_serial_title(line.cells[0])) else width - len(line.cells)
        for index, cell in enumerate(line.cells):
            if cell:
                titles[shift + index][cell] = None
    return with_inherited_units([column(" ".join(parts), units) for parts in titles])


def _aligned(line: _Line, columns: tuple[Column, ...], units: UnitTable) -> _Line:
    """A short row lacks its last cells, or the merged ones to the left that were written once: what fits better."""
    missing = len(columns) - len(line.cells)
    if missing <= 0:
        return line
    left = sum(_fits(cell, columns[i], units) for i, cell in enumerate(line.cells))
    right = sum(_fits(cell, columns[i + missing], units) for i, cell in enumerate(line.cells))
    serial = is_serial_title(columns[0].title) and is_figure(line.cells[0], units) if line.cells else False
    gap = (Span(0, 0),) * missing
    blank = ("",) * missing
    if left > right:
        return replace(line, spans=line.spans + gap, cells=line.cells + blank)
    kept = 1 if serial else 0  # the row's number stands first, the merged cell behind it
    return replace(
        line,
        spans=line.spans[:kept] + gap + line.spans[kept:],
        cells=line.cells[:kept] + blank + line.cells[kept:],
    )


def _fits(cell: str, under: Column, units: UnitTable) -> int:
    """How well a cell stands under a title: figures under years and units, units under 单位, names under names."""
    if not cell or not under.title:
        return 0
    figure = is_figure(cell, units)
    if is_unit_title(under.title):
        return 2 if read_unit(cell, units) else -2
    if is_serial_title(under.title):
        return 1 if figure else -2
    if under.unit is None and under.year is None and naming_rank(under.title) != 1:
        return -2 if figure else 1
    return 1 if figure or is_empty(cell) else -1


def _row(line: _Line, columns: tuple[Column, ...], units: UnitTable, above: str) -> Row | None:
    """The row that a line holds: its name stands in the column that names best, its figures behind a name."""
    names: list[tuple[int, int]] = []
    unit, values = None, []
    title = ""
    for index, cell in enumerate(line.cells):
        title = (columns[index].title if index < len(columns) else "") or title
        if is_serial_title(title):
            continue
        named = bool(names) or (index > 0 and any(not c for c in line.cells[:index]))
        if is_figure(cell, units) and named and not is_time_title(title) and _may_hold(columns, index):
            values.append(index)
        elif not cell or is_empty(cell) or is_nature(cell):
            continue
        elif names and not values and (found := read_unit(cell, units)):
            unit = found
        elif not values and holds_letters(cell):
            names.append((naming_rank(title), index))
    if not values:
        return None
    if names:
        best = max(rank for rank, _ in names)
        written = line.cells[max(index for rank, index in names if rank == best)]
        if above and best == 0 and _was_merged(line, columns):
            written = above
    elif above:
        written = above
    else:
        return None
    name, own = read_name(written, units)
    if not name:
        return None
    return Row(line.segment, line.spans, name, unit or own, tuple(values))


def _may_hold(columns: tuple[Column, ...], index: int) -> bool:
    """False for the column of names, where a figure is a number of the row."""
    if index >= len(columns):
        return True
    given = columns[index]
    return given.unit is not None or given.year is not None or naming_rank(given.title) != 4


def _was_merged(line: _Line, columns: tuple[Column, ...]) -> bool:
    """True where the cell that would name the row is empty: it was merged with the one above."""
    cells = zip(line.cells, columns, strict=False)
    return any(not cell and item.unit is None and naming_rank(item.title) > 1 for cell, item in cells)


def _indent(text: str, row: Row) -> int:
    """How far a row's first cell is set in; wide blanks count twice."""
    first = next((span for span in row.cells if span.end > span.start), None)
    if first is None:
        return 0
    at = first.start
    while at > 0 and text[at - 1] in " \u3000\xa0":
        at -= 1
    return sum(2 if character == "\u3000" else 1 for character in text[at : first.start])


def _with_parents(text: str, rows: list[Row], indents: list[int]) -> list[Row]:
    """Each row that is a part (其中, or set in) with the name of the last row above that is none."""
    base = min(indents, default=0)
    parent = ""
    out = []
    for row, indent in zip(rows, indents, strict=True):
        first = next((span for span in row.cells if span.end > span.start), Span(0, 0))
        if indent > base or _PART.match(text[first.start : first.end]):
            row = replace(row, parent=parent)
        else:
            parent = row.name
        out.append(row)
    return out
