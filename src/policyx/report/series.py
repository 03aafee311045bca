"""Records go in one at a time, the points of the charts come out: for each place, year, indicator, measure, status and
unit the one record that is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from policyx.report.shown import COLUMNS

_KEY = ("place", "year", "indicator", "measure", "status", "base_unit")
_AT = {name: position for position, name in enumerate(COLUMNS)}
_MEASURES = frozenset(("level", "increase", "growth_rate"))
_UNKNOWN = 0.5  # the confidence of a record that has none


class _Best(NamedTuple):
    rank: tuple[Any, ...]
    record: int
    values: frozenset[str]


class Series:
    """Gathers what can be drawn: records with indicator, place and year that are levels, increases or growth rates; but
    for those of the indicators `elsewhere`, which the panel chooses from."""

    def __init__(self, elsewhere: Iterable[str] = ()) -> None:
        self._elsewhere = frozenset(elsewhere)
        self._best: dict[tuple[Any, ...], _Best] = {}

    def add(self, record: int, row: tuple[Any, ...], place: str | None, year: int | None) -> None:
        """Take record number `record`, which has COLUMNS, of a document about a place and a year.

        Of several values of a key the document's own place and its own year come first, then the surer record."""
        cells = {name: row[at] for name, at in _AT.items()}
        if (
            cells["indicator"] in self._elsewhere
            or None in (cells["place"], cells["year"], cells["indicator"])
            or cells["measure"] not in _MEASURES
        ):
            return
        key = tuple(cells[name] for name in _KEY)
        confidence = _UNKNOWN if cells["confidence"] is None else float(cells["confidence"])
        rank = (cells["place"] == place, cells["year"] == year, confidence, cells["bound"] == "eq")
        before = self._best.get(key)
        values = (before.values if before else frozenset()) | {cells["base"]}
        if before is None or rank > before.rank:
            self._best[key] = _Best(rank, record, values)
        else:
            self._best[key] = before._replace(values=values)

    def points(self) -> list[list[int]]:
        """The records that are drawn, each with how many different values there were for it.

        What has a single point can neither be drawn over years nor compared; it is left out."""
        together = Counter(map(_drawn_with, self._best))
        return [[best.record, len(best.values)] for key, best in self._best.items() if together[_drawn_with(key)] > 1]


def _drawn_with(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """What points of one chart have in common: indicator, measure and unit."""
    _place, _year, indicator, measure, _status, unit = key
    return indicator, measure, unit
