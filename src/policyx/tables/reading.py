"""The cells of a grid as readings: each figure with its unit, and a link for each slot that the table decides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from policyx.model import Link, Mention, Period, Reading, Span
from policyx.recognize.quantity import part
from policyx.tables.document import SectionStatus, TableDocument
from policyx.tables.grid import Cell, Grid
from policyx.tables.measures import cell_baseline, cell_measure
from policyx.tables.naming import LONGEST, Namer, joined, told
from policyx.tables.status import Statuses, marked_status
from policyx.tables.times import cell_period
from policyx.tables.units import in_unit
from policyx.tables.words import TableWords

_LONGEST_TEXT = 24
_MARKS = "，,、；;：:（）() 　"
_ROLES = ("duration", "rate", "cap", "condition", "grant")  # the most telling first


class TableReader:
    """Reads the figures of one document's grids."""

    def __init__(
        self, text: str, figures: Sequence[Mention], document: TableDocument, status: SectionStatus, words: TableWords
    ) -> None:
        self._text = text
        self._figures = figures
        self._starts = [figure.core.start for figure in figures]
        self._document = document
        self._section = status
        self._words = words

    def read(self, grid: Grid, frame: Period | None, *, split: bool) -> tuple[Reading, ...]:
        """The figures in the cells of `grid`; `split`: its cells were cut from run-together digits."""
        namer = Namer(grid, self._words)
        statuses = Statuses(grid, self._document, self._section, self._words)
        of_columns = [statuses.of(column) for column in grid.columns]
        found = []
        for row in grid.rows:
            for index in (*row.values, *row.texts):
                span = row.cells[index]
                cell = Cell(grid, row, index, self._text[span.start : span.end], namer.name(row, index))
                if index in row.texts:
                    cell, figure = self._in_words(cell, namer.thing(row))
                else:
                    figure = part(self._text, span, () if split else self._within(span))
                    figure = in_unit(cell, figure, self._words) if figure else None
                if figure is None:
                    continue
                status = marked_status(cell, self._words) or (of_columns[index] if index < len(of_columns) else None)
                if row.label:  # 2023年目标 down the first column
                    status = statuses.of(replace(cell.column, heads=(*cell.column.heads, row.label)))
                found.append(Reading(row.segment, figure, self._links(cell, figure, frame, status, split=split)))
        return tuple(found)

    def _in_words(self, cell: Cell, thing: str) -> tuple[Cell, Mention | None]:
        """The one figure of a short text (全长3.2公里), and the cell named by the words around it."""
        span = cell.row.cells[cell.index]
        known = [f for f in self._within(span) if f.rejected is None and f.quantity and f.quantity.unit]
        if len(known) != 1 or len(cell.written) > _LONGEST_TEXT:
            return cell, None
        figure = known[0]
        before, behind = self._text[span.start : figure.span.start], self._text[figure.span.end : span.end]
        around = (told(words.strip(_MARKS), self._words, growth=True) for words in (behind, before))
        words = next((words for words in around if len(words) > 1), "")
        whole = joined(thing, words)
        return (replace(cell, name=whole) if words and len(whole) <= LONGEST else cell), figure

    def _within(self, span: Span) -> Sequence[Mention]:
        low = bisect_left(self._starts, span.start)
        return self._figures[low : bisect_left(self._starts, span.end, low)]

    def _links(
        self, cell: Cell, figure: Mention, frame: Period | None, status: Link | None, *, split: bool
    ) -> tuple[Link, ...]:
        rule, row = self._words.rule, cell.row
        said = " | ".join(text for text in (row.owner, row.name, cell.column.title) if text)
        links = [Link("name", cell.name, rule("name"), said)] if cell.name and rule("name") else []
        measures = cell_measure(cell, figure, self._words)
        period = cell_period(cell, frame, self._document, self._words)
        links += [*measures, *cell_baseline(cell, measures, period, self._words)]
        links += [link for link in (period, status) if link]
        bound = self._words.within("bound.head", cell.column.title)
        if bound and status and status.value == "policy":
            links.append(Link("bound", bound.entry["kind"], bound.rule, bound.word))
        if status and status.value == "policy":
            hits = ((role, self._words.within(f"role.{role}", cell.column.title)) for role in _ROLES)
            links += [Link("role", role, hit.rule, hit.word) for role, hit in hits if hit][:1]
        sign = self._words.opens("bound.before", cell.written) if split else None
        if sign:
            links.append(Link("bound", sign.entry["bound"], sign.rule, sign.word))
        told = self._words.equals("scope", row.name) or self._words.equals("total", row.name)  # 全市, 合计
        if row.place and rule("place") and not told:
            links.append(Link("place", row.owner or row.name, rule("place"), row.owner or row.name))
        if split and rule("split"):
            links.append(Link("flag", "cells_split", rule("split"), cell.written))
        return tuple(links)
