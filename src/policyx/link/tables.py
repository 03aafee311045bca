"""Which segments of a document belong to tables, and the figures of each table where it begins."""

from __future__ import annotations

from bisect import bisect_left

from policyx.link.context import DocumentContext
from policyx.link.glued import glued_columns, glued_grid, glued_row, may_be_glued, numbered_rows
from policyx.link.grid import Grid, read_unit
from policyx.link.listing import listings
from policyx.link.rows import read_grids
from policyx.link.stacked import stacks
from policyx.link.status import status_words
from policyx.link.table import Cell, TableReader
from policyx.model import Mention, Period, Segment
from policyx.recognize.units import unit_table
from policyx.rules import Rules
from policyx.rules.words import name_words

_CAPTION_LINES = 4


class Tables:
    """The tables of one document, found once; asked segment by segment."""

    def __init__(
        self, text: str, segments: list[Segment], mentions: list[Mention], context: DocumentContext, rules: Rules
    ) -> None:
        self._text = text
        self._segments = segments
        percent = read_unit("%", unit_table(rules))
        assert percent is not None
        self._reader = TableReader(text, context, name_words(rules), status_words(rules), percent)
        self._figures = [m for m in mentions if m.kind == "quantity" and m.rejected in (None, "exclusion.context")]
        self._starts = [m.core.start for m in self._figures]
        self._units = unit_table(rules)
        self._begins = [segment.span.start for segment in segments]
        self._grids: dict[int, tuple[Grid, bool]] = {}
        self._held: set[int] = set()
        self._find_listings()
        self._find_rows()
        if may_be_glued(text):
            self._find_glued()
        self._find_stacks()

    def holds(self, number: int) -> bool:
        """True where segment `number` is part of a table, so that it is not read as prose."""
        return number in self._held

    def at(self, number: int, frame: Period | None) -> list[Cell]:
        """The figures of the table that begins at segment `number`."""
        if number not in self._grids:
            return []
        grid, split = self._grids[number]
        heading = self._segments[number].heading
        low = bisect_left(self._starts, grid.rows[0].segment.span.start)
        high = bisect_left(self._starts, grid.rows[-1].segment.span.end)
        return self._reader.read(grid, [] if split else self._figures[low:high], frame, heading, split=split)

    def _caption(self, number: int) -> str:
        """The short lines right above: 表16 2021年专利授权情况, 单位：亿元."""
        lines = []
        for segment in reversed(self._segments[max(0, number - _CAPTION_LINES) : number]):
            line = self._text[segment.span.start : segment.span.end]
            announces = line.endswith(("如下。", "下表。", "如下：", "如下:"))
            if segment.kind == "row" or (not announces and (len(line) > 40 or line.endswith("。"))):
                break
            lines.append(line[-40:])
        return " ".join(reversed(lines))

    def _find_listings(self) -> None:
        for start, end, grid in listings(self._text, self._segments, self._caption, self._units):
            self._keep(start, end, grid, split=False)

    def _find_rows(self) -> None:
        at = 0
        while at < len(self._segments):
            end = at
            while end < len(self._segments) and self._segments[end].kind == "row" and end not in self._held:
                end += 1
            if end > at:
                grids = read_grids(self._text, self._segments[at:end], self._caption(at), self._units)
                later = [bisect_left(self._begins, grid.rows[0].segment.span.start) for grid in grids[1:]]
                for grid, start, stop in zip(grids, [at, *later], [*later, end], strict=False):
                    self._keep(start, stop, grid, split=False)
            at = max(end, at + 1)

    def _find_glued(self) -> None:
        for number, segment in enumerate(self._segments):
            numbered = numbered_rows(self._text, self._segments, number, self._units)
            if numbered:
                grid = glued_grid(numbered[0], numbered[1], self._caption(number))
                self._keep(number, number + 1 + len(numbered[1]), grid, split=True)
                continue
            columns = glued_columns(self._text, segment, self._units)
            if not columns:
                continue
            end = number + 1
            rows = []
            while end < len(self._segments) and end not in self._held:
                row = glued_row(self._text, self._segments[end], columns, self._units)
                if row is None:
                    break
                rows.append(row)
                end += 1
            if rows:
                self._keep(number, end, glued_grid(columns, rows, self._caption(number)), split=True)

    def _find_stacks(self) -> None:
        for start, end, grid in stacks(self._text, self._segments, self._caption, self._units):
            if not self._held & set(range(start, end)):
                self._keep(start, end, grid, split=False)

    def _keep(self, start: int, end: int, grid: Grid, *, split: bool) -> None:
        self._grids[start] = (grid, split)
        self._held.update(range(start, end))
