"""A panel goes in, tables for files and people come out: long or wide, as told or as papers code it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from policyx.export.dataset import Column
from policyx.export.numbers import exact
from policyx.export.tabular import Tabular
from policyx.panel.row import COLUMNS, Panel, PanelRow

_KINDS = {
    **dict.fromkeys(("value", "value_max", "stretch"), "number"),
    **dict.fromkeys(("year", "candidates", "start", "end"), "integer"),
    "confidence": "real",
}
_SHOWN = ("place", "year", "label", "measure", "status", "amount", "force", "stretch", "state", "chosen_because")
_ABOVE = Decimal("0.05")
_OVER = frozenset(("ge", "gt"))
_WIDE_KEYS = ("place", "place_code", "parent", "indicator", "label", "measure", "status", "unit", "place_id")


def panel_table(panel: Panel) -> Tabular:
    """A row for each key, with the columns of PanelRow."""
    columns = tuple(Column(name, _KINDS.get(name, "text")) for name in COLUMNS)
    rows = tuple(tuple(getattr(row, name) for name in COLUMNS) for row in panel.rows)
    return Tabular("panel", columns, rows, _SHOWN, (("state", "panel_state"),))


def coded(panel: Panel, code: str) -> Panel:
    """The panel with its values as told (`raw`) or as economists code them (`paper`): `8% or more` is 8.05, a range is
    its middle; the bound still tells what was said."""
    if code == "raw":
        return panel
    return replace(panel, rows=tuple(_paper(row) for row in panel.rows))


def wide_table(panel: Panel) -> Tabular:
    """A row for each place, indicator, measure, status and unit, and a column for each year."""
    years = sorted({row.year for row in panel.rows})
    lines: dict[tuple[Any, ...], dict[int, PanelRow]] = {}
    for row in panel.rows:
        lines.setdefault((row.place_id, row.indicator, row.measure, row.status, row.unit), {})[row.year] = row
    columns = (*(Column(name) for name in _WIDE_KEYS), *(Column(f"y{year}", "number") for year in years))
    rows = tuple(_wide_row(cells, years) for cells in lines.values())
    shown = ("place", "label", "measure", "status", "unit", *(f"y{year}" for year in years[-8:]))
    return Tabular("panel", columns, rows, shown)


def _wide_row(cells: dict[int, PanelRow], years: Sequence[int]) -> tuple[Any, ...]:
    last = cells[max(cells)]
    values = (cells[year].value if year in cells else None for year in years)
    return (*(getattr(last, name) for name in _WIDE_KEYS), *values)


def _paper(row: PanelRow) -> PanelRow:
    if row.value is None:
        return row
    if row.value_max is not None:
        middle = exact((Fraction(row.value) + Fraction(row.value_max)) / 2)
        return replace(row, value=middle, value_max=None)
    if row.bound in _OVER and row.unit == "%":
        return replace(row, value=exact(Fraction(row.value) + Fraction(_ABOVE)))
    return row
