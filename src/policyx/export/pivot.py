"""Documents go in, a table of indicators by year and place comes out; in base units, so that figures compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from policyx.export.labels import SIGNS, head_of, word_of
from policyx.export.plain import quantity_dict
from policyx.export.rows import amount_text
from policyx.export.sheet import Head, Sheet, Signed
from policyx.model import Document, Number

KEYS = ("label", "place", "measure", "status", "base_unit")
_MOST_NOTES = 5000  # notes make a workbook slow to open

_Row = tuple[str, str, str, str, str, str]


class Figure(NamedTuple):
    """A figure of a known indicator and year. `row` is its indicator's id, then KEYS."""

    row: _Row
    year: int
    bound: str
    value: Number
    value_max: Number | None
    source: str


class Pivot:
    """Figures by what they tell and by year."""

    def __init__(self) -> None:
        self._cells: dict[_Row, dict[int, list[Figure]]] = {}

    def add(self, figures: Iterable[Figure]) -> None:
        """Take figures in."""
        for figure in figures:
            self._cells.setdefault(figure.row, {}).setdefault(figure.year, []).append(figure)

    def write(self, sheet: Sheet, lang: str) -> None:
        """Write a row for each indicator, place, measure, status and unit, a column for each year."""
        years = sorted({year for cells in self._cells.values() for year in cells})
        sheet.begin([*(Head(head_of(key, lang)) for key in KEYS), *(Head(str(year), right=True) for year in years)])
        notes = _MOST_NOTES
        for row in sorted(self._cells):
            keys = [word_of(key, text, lang) for key, text in zip(KEYS, row[1:], strict=True)]
            cells = [_cell(self._cells[row].get(year, []), notes > 0) for year in years]
            notes -= sum(isinstance(cell, Signed) and bool(cell.note) for cell in cells)
            sheet.write([*keys, *cells])


def figures_of(document: Document) -> Iterator[Figure]:
    """The document's figures of known indicators and years."""
    for record in document.records:
        if record.indicator is None or record.year is None:
            continue
        plain = quantity_dict(record.quantity)
        row = (record.indicator, record.label or record.indicator, record.place or "", record.measure, record.status,
               plain["base_unit"] or "")  # fmt: skip
        yield Figure(row, record.year, plain["bound"], plain["base_value"], plain["base_value_max"], record.source)


def _cell(figures: list[Figure], noted: bool) -> Signed | str | None:
    """The figure that was told last; where others were told too, a note has them all."""
    if not figures:
        return None
    last = figures[-1]
    texts = {amount_text(figure.bound, figure.value, figure.value_max, None): figure.source for figure in figures}
    note = "\n".join(f"{text}  {source}" for text, source in texts.items()) if len(texts) > 1 and noted else ""
    return Signed(last.value, SIGNS.get(last.bound, ""), note, last.value_max)
