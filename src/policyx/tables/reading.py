"""The cells of a grid as readings: each figure with its unit, and a link for each slot that the table decides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from policyx.model import Link, Mention, Period, Reading, Span
from policyx.recognize.quantity import part, scaled, with_unit
from policyx.tables.cells import arabic_years, is_bracketed
from policyx.tables.document import SectionStatus, TableDocument
from policyx.tables.grid import Column, Grid, Row, caption_units
from policyx.tables.naming import cell_name
from policyx.tables.status import Asked, cell_status
from policyx.tables.words import Scaled, TableWords


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure's cell: where it stands, how it is written, and what it counts."""

    grid: Grid
    row: Row
    index: int
    written: str
    name: str

    @property
    def column(self) -> Column:
        return self.grid.column(self.index)


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
        found = []
        for row in grid.rows:
            for index in row.values:
                span = row.cells[index]
                figure = part(self._text, span, () if split else self._within(span))
                if figure is None:
                    continue
                name = cell_name(grid, row, index, self._words)
                cell = _Cell(grid, row, index, self._text[span.start : span.end], name)
                figure = self._in_unit(cell, figure)
                if figure:
                    found.append(Reading(row.segment, figure, self._links(cell, figure, split=split)))
        return tuple(found)

    def _within(self, span: Span) -> Sequence[Mention]:
        low = bisect_left(self._starts, span.start)
        return self._figures[low : bisect_left(self._starts, span.end, low)]

    def _in_unit(self, cell: _Cell, figure: Mention) -> Mention | None:
        """The figure in its own unit, or in the one that the table gives it; None where no unit is known."""
        assert figure.quantity is not None
        if figure.quantity.unit is not None:
            return figure
        for source, rule in self._words.order("unit"):
            given = self._unit_from(source, cell)
            if given:
                return _given(figure, given, rule)
        return None

    def _unit_from(self, source: str, cell: _Cell) -> Scaled | None:
        growth = cell.column.growth is not None and not _is_total(cell)
        match source:
            case "total":
                return cell.row.unit if cell.column.growth and _is_total(cell) else None
            case "head":
                return cell.column.unit
            case "growth":
                return self._words.percent if growth else None
            case "row":
                return cell.row.unit
            case "caption":
                return self._caption_unit(cell)
        return None

    def _caption_unit(self, cell: _Cell) -> Scaled | None:
        """The unit that the caption gives to levels; of several it is clear only which are rates."""
        units = caption_units(cell.grid.caption, self._words)
        percent = [unit for unit in units if unit[1] and unit[1].dimension == "percent"]
        others = [unit for unit in units if unit not in percent]
        if percent and others and self._words.closes("rate", cell.name):
            return percent[0]
        return others[0] if len(others) == 1 else percent[0] if percent and not others else None

    def _links(self, cell: _Cell, figure: Mention, *, split: bool) -> tuple[Link, ...]:
        period = self._period(cell)
        rule = self._words.rule
        links = [Link("name", cell.name, rule("name"), cell.name)] if cell.name else []
        links += self._measure(cell, figure)
        links += [Link("period", *period)] if period else []
        status = cell_status(Asked(cell.grid, cell.column, self._document, self._section, self._words))
        links += [status] if status else []
        links += (
            [Link("place", cell.row.owner or cell.row.name, rule("place"), cell.row.name)] if cell.row.place else []
        )
        links += [Link("flag", "cells_split", rule("split"), cell.written)] if split else []
        return tuple(links)

    def _measure(self, cell: _Cell, figure: Mention) -> list[Link]:
        assert figure.quantity is not None
        unit = figure.quantity.unit
        if unit is None or unit.dimension != "percent" or _is_total(cell):
            return []
        growth = cell.column.growth or self._words.closes("growth", cell.row.name)
        if not growth and not cell.column.heads:
            growth = self._words.within("growth", cell.grid.caption)
        if not growth:
            return []
        links = [Link("measure", "growth_rate", growth.rule, growth.word)]
        fall = self._words.within("fall", cell.row.name + cell.column.title)
        if fall and figure.quantity.value > 0:
            links.append(Link("sign", -1, fall.rule, fall.word))
        return links

    def _period(self, cell: _Cell) -> tuple[Period, str, str] | None:
        for source, rule in self._words.order("year"):
            found = self._year_from(source, cell)
            if found:
                year, evidence = found
                return Period(f"{year}年", f"{year}-01-01", f"{year}-12-31", "in", "stated"), rule, evidence
        return None

    def _year_from(self, source: str, cell: _Cell) -> tuple[int, str] | None:
        match source:
            case "head" if cell.column.year:
                return cell.column.year, cell.column.title
            case "row" if cell.row.year:
                return cell.row.year, str(cell.row.year)
            case "columns" if cell.column.growth or self._words.within("span", cell.column.title):
                years = [column.year for column in cell.grid.columns if column.year]
                return (max(years), cell.column.title) if years else None
            case "caption":
                years = self._words.pattern("pattern.year").findall(arabic_years(cell.grid.caption, self._words))
                return (int(years[-1]), cell.grid.caption) if years else None
        return None


def _is_total(cell: _Cell) -> bool:
    """[550] marks the total over the period, not a rate."""
    return is_bracketed(cell.written)


def _given(figure: Mention, given: Scaled, rule: str) -> Mention:
    scale, unit = given
    assert figure.quantity is not None
    if scale > 1 and figure.quantity.scale == 1:
        figure = scaled(figure, scale)
    figure = with_unit(figure, unit) if unit else figure
    return figure._replace(rules=(*figure.rules, rule))
