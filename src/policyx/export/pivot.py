"""Documents go in, a table of indicators by year and place comes out, in the unit that most of a row's figures have.

A cell for which texts tell several figures shows none of them: it counts them, gives their range, and leads to a list
that has them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from policyx.export.labels import SIGNS, head_of, word_of
from policyx.export.rows import amount_text
from policyx.export.sheet import Aside, Head, Link, Sheet, Signed, grouped
from policyx.model import Bound, Document, Measure, Number, Status, exact

KEYS = ("label", "place", "measure", "status", "unit")
LISTED = (*KEYS[:4], "year", "amount", "row", "source")  # the columns of the list of several figures

_Row = tuple[str, str, str, Measure, Status, str]
_Unit = tuple[str, Fraction]


class Figure(NamedTuple):
    """A figure of a known indicator and year, in base units. `row` is its indicator's id, then label, place, measure,
    status and base unit; `unit` is the one that was read, with the base units in one of it; `at` is the number of its
    record in the document, `link` where that stands in the workbook."""

    row: _Row
    year: int
    bound: Bound
    value: Number
    value_max: Number | None
    unit: _Unit
    source: str
    at: int
    link: Link | None = None


class Pivot:
    """Figures by what they tell and by year."""

    def __init__(self) -> None:
        self._cells: dict[_Row, dict[int, list[Figure]]] = {}

    def add(self, figures: Iterable[Figure]) -> None:
        """Take figures in."""
        for figure in figures:
            self._cells.setdefault(figure.row, {}).setdefault(figure.year, []).append(figure)

    def write(self, sheet: Sheet, listed: Sheet, lang: str) -> None:
        """Write a row for each indicator, place, measure, status and unit, a column for each year; and to `listed` the
        figures of the cells that have several."""
        years = sorted({year for cells in self._cells.values() for year in cells})
        sheet.begin([*(Head(head_of(key, lang)) for key in KEYS), *(Head(str(year), right=True) for year in years)])
        for row in sorted(self._cells):
            cells = self._cells[row]
            unit = _most_common_unit(figure for figures in cells.values() for figure in figures)
            keys = [row[1], row[2], word_of("measure", row[3], lang), word_of("status", row[4], lang)]
            told = [_cell(cells.get(year, []), unit, keys, listed) for year in years]
            sheet.write([*keys, unit[0], *told])


def figures_of(document: Document) -> Iterator[Figure]:
    """The document's figures of known indicators and years."""
    for at, record in enumerate(document.records):
        if record.indicator is None or record.year is None:
            continue
        quantity = record.quantity
        row = (record.indicator, record.label or record.indicator, record.place or "", record.measure, record.status,
               record.base_unit or "")  # fmt: skip
        unit = (record.unit or "", (quantity.unit.factor if quantity.unit else Fraction(1)) * quantity.scale)
        yield Figure(row, record.year, record.bound, record.base_value, record.base_value_max, unit, record.source, at)


def _most_common_unit(figures: Iterable[Figure]) -> _Unit:
    return min(Counter(figure.unit for figure in figures).items(), key=lambda item: (-item[1], item[0]))[0]


def _cell(figures: list[Figure], unit: _Unit, keys: list[str], listed: Sheet) -> Signed | Link | None:
    """The one figure that is told; of several how many and from where to where, leading to the list of them."""
    if not figures:
        return None
    first = figures[0]
    different = {(figure.bound, figure.value, figure.value_max) for figure in figures}
    if len(different) == 1:
        most = None if first.value_max is None else _in(unit, first.value_max)
        return Signed(_in(unit, first.value), SIGNS.get(first.bound, ""), most)
    places = [listed.write(_listed(figure, keys)) for figure in figures]
    ends = [end for figure in figures for end in (figure.value, figure.value_max) if end is not None]
    low, high = grouped(_in(unit, min(ends))), grouped(_in(unit, max(ends)))
    span = low if low == high else f"{low}–{high}"
    return Link(f"{span} ({len(different)})", places[0].target, right=True)


def _listed(figure: Figure, keys: list[str]) -> list[Link | Aside | str | int | None]:
    most = None if figure.value_max is None else _in(figure.unit, figure.value_max)
    amount = amount_text(figure.bound, _in(figure.unit, figure.value), most, figure.unit[0])
    return [*keys, figure.year, Aside(amount), figure.link, figure.source]


def _in(unit: _Unit, value: Number) -> Number:
    """A number of base units in another unit."""
    return exact(Fraction(value) / unit[1])
