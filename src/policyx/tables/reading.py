"""The cells of a grid as readings: each figure with its unit, and a link for each slot that the table decides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from policyx.model import Link, Mention, Period, Reading, Span
from policyx.patterns import compiled
from policyx.recognize.quantity import part
from policyx.tables.document import SectionStatus, TableDocument
from policyx.tables.grid import Cell, Grid
from policyx.tables.lists import is_list, pieces
from policyx.tables.measures import cell_baseline, cell_measure
from policyx.tables.naming import LONGEST, Namer, joined, told
from policyx.tables.status import Statuses, marked_status
from policyx.tables.times import cell_period
from policyx.tables.units import in_unit
from policyx.tables.words import TableWords

_LONGEST_TEXT = 24
_AGAIN = 4  # characters by which a text says again what its row is called
_SINGLE_BLANKS = compiled(r"(?<! )(?: -?[0-9][0-9.,]*%?){1,12}$")
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
        torn, rule = self._torn(grid), self._words.rule("torn")
        doubt = (Link("flag", "number_torn", rule, ""),) if rule else ()
        found = []
        for row in grid.rows:
            flags = doubt if row.segment.span.start in torn else ()
            for index in (*row.values, *row.texts):
                status = of_columns[index] if index < len(of_columns) else None
                if row.label:  # 2023年目标 down the first column
                    heads = (*grid.column(index).heads, row.label)
                    status = statuses.of(grid.column(index)._replace(heads=heads))
                span = row.cells[index]
                cell = Cell(grid, row, index, self._text[span.start : span.end], namer.name(row, index))
                if index in row.texts:
                    figures = self._in_words(cell, namer.thing(row))
                else:
                    dated = self._words.pattern("pattern.cell_year").search(cell.written)
                    bare = Span(span.start, span.start + dated.start()) if dated else span
                    figure = part(self._text, bare, () if split else self._within(bare))
                    figure = in_unit(cell, figure, self._words) if figure else None
                    figures = [(cell, figure)] if figure else []
                for own, figure in figures:
                    links = self._links(own, figure, frame, marked_status(own, self._words) or status, split=split)
                    found.append(Reading(row.segment, figure, links + flags))
        return tuple(found)

    def _torn(self, grid: Grid) -> frozenset[int]:
        """Where the rows begin that have more figures than others, of a table that only single blanks part, below no
        head: which of the figures are one, nothing tells (大豆 5 480 28.8 above 纸浆 1137 16.9)."""
        if any(column.heads for column in grid.columns[1:]):
            return frozenset()
        rows = [row.segment for row in grid.rows]
        parted = [_SINGLE_BLANKS.search(self._text, *segment.span) for segment in rows]
        if not all(parted):
            return frozenset()
        counts = [match[0].count(" ") for match in parted if match]
        fewest = min(counts, default=0)
        return frozenset(row.span.start for row, count in zip(rows, counts, strict=True) if count > fewest)

    def _in_words(self, cell: Cell, thing: str) -> list[tuple[Cell, Mention]]:
        """The figures of a text that lists them (改造管网12公里，惠及3万人), each with the cell named by the words
        around it; nothing where a part of the text holds two."""
        found: list[tuple[Cell, Mention]] = []
        span = cell.row.cells[cell.index]
        for piece in pieces(self._text, span):
            known = [f for f in self._within(piece) if f.rejected is None and f.quantity and f.quantity.unit]
            if len(known) > 1 or piece.end - piece.start > _LONGEST_TEXT:
                return []
            figure = known[0] if known else self._in_unit_of_head(cell, piece)
            if figure is None:
                continue
            before, behind = self._text[piece.start : figure.span.start], self._text[figure.span.end : piece.end]
            thing = thing if known else cell.name
            around = (told(words.strip(_MARKS), self._words, growth=True) for words in (behind, before))
            said = next((told_by for told_by in around if len(told_by) > 1), "")
            again = any(said[at : at + _AGAIN] in thing for at in range(len(said) - _AGAIN + 1))
            whole = said if again else joined(thing, said)  # 渔港改造工程: 改造东港镇渔港改造工程2处
            found.append((replace(cell, name=whole) if said and len(whole) <= LONGEST else cell, figure))
        return found

    def _in_unit_of_head(self, cell: Cell, piece: Span) -> Mention | None:
        """The figure of a part of a list that has no unit but its column's: A类:50 below 补助（万元）."""
        if not (cell.column.unit and is_list(self._text[slice(*cell.row.cells[cell.index])])):
            return None
        figure = part(self._text, piece, ())
        return in_unit(cell, figure, self._words) if figure else None

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
