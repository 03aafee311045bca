"""Tables whose cells are set apart by single blanks: a head line and the rows below it in, a grid out.

粮 食 30475 万吨 28272 万吨 7.8 under 一九七八年产量 一九七七年产量 一九七八年比 / 一九七七年增长％.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import lines_alone, year_of
from policyx.tables.fitting import NOWHERE
from policyx.tables.grid import Column, Found, Grid, Row, named_by
from policyx.tables.listing_heads import HEAD_LINES, STOPS, below_titles, head_at
from policyx.tables.listing_names import Shape, Told, with_names
from policyx.tables.listing_rows import LONE_DASH, ListedRows, parse, stands_for, torn
from policyx.tables.parts import size_of, with_parents
from policyx.tables.words import TableWords

_PARTED = compiled(r"[\t|]|  |\u3000")
_DIGIT = compiled(r"[0-9]")
_LONGEST = 80


def listings(text: str, segments: Sequence[Segment], caption: Callable[[int], str], words: TableWords) -> list[Found]:
    """The tables with single blanks among `segments`; `caption` tells what stands above a segment."""
    found: list[Found] = []
    alone = lines_alone(text, segments, _LONGEST)
    lines = ["" if not line or _PARTED.search(line) else line.replace("*", " ").rstrip() for line in alone]
    told: dict[Shape, list[Told]] = {}
    figured = [" " in line and _DIGIT.search(line) is not None for line in lines]
    at = 0
    while at < len(segments):
        headed = lines[at] and any(figured[at + 1 : at + 1 + HEAD_LINES])
        head = head_at(lines, at, words) if headed else None
        alone_above = head and head.size > 1 and " " not in lines[at] and head_at(lines, at + 1, words)
        whole = below_titles(lines[at - 1], head, words) if head and at and not alone_above else head
        start, head = at - (whole is not head), whole
        if head and not alone_above:
            told[head.shape] = told.get(head.shape) or with_names(lines, head.shape, words)
            end, rows = _rows(segments, told[head.shape], at + head.size, head.columns, words)
            if len(rows) > 1:
                grid = Grid.of(head.columns + head.others, with_parents(named_by(rows, head.others)), caption(start))
                found.append(Found(start, end, grid))
                at = end
                continue
        at += 1
    return found


def _rows(
    segments: Sequence[Segment], told: Sequence[Told], at: int, columns: tuple[Column, ...], words: TableWords
) -> tuple[int, list[Row]]:
    """The rows from `at` on and where they end; a line in brackets goes on with the row above."""
    rows: list[Row] = []
    end = index = at
    full = False
    lines = [line for line, _, _ in told]
    table = ListedRows(lines, at, columns, words)
    while index < len(lines) and lines[index]:
        segment, (line, right, taken) = segments[index], told[index]
        parsed = table.row(line)
        shift = segment.span.start - right
        if parsed:
            spans = tuple(Span(shift + start, shift + stop) for start, stop in parsed.values)
            figures = tuple(i for i, span in enumerate(parsed.values) if _DIGIT.search(line[span.start : span.end]))
            name, part = parsed.name, words.opens("row.part", line) is not None
            if stands_for(name, words):
                if not rows:
                    break
                rows.append(rows[-1]._replace(segment=segment, cells=spans, unit=parsed.unit, values=figures))
            else:
                size = size_of(line[slice(*parsed.values[0])])
                row = Row(segment, spans, name, parsed.unit, figures, marked=part, size=size)
                year = year_of(name, words, bare=True)
                rows.append(row._replace(name="", label=name, year=year) if year else row)
            full = full or (NOWHERE not in parsed.values and LONE_DASH not in line)
            end = index + 1
        elif not (taken or table.unsettled(line) or _is_between(lines, index, len(columns), words)):
            break
        index += 1
    return end, rows if full else []


def _is_between(lines: Sequence[str], index: int, width: int, words: TableWords) -> bool:
    """A short line between two rows: the name of a group of rows, or a row with a slip of the pen (112，1万吨); and a
    row of which figures are torn."""
    line = lines[index]
    if torn(lines, index, width, words):
        return True
    below = index + 1 + torn(lines, index + 1, width, words)
    following = parse(lines[below], words) if below < len(lines) else None
    return (
        bool(following)
        and len(line) <= 20
        and line[-1] not in STOPS
        and len(following.values if following else ()) == width
    )
