"""The figures of one place, year, indicator, measure and status go in, the one that counts and the reason come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyx.model import Record
from policyx.panel.places import Division
from policyx.panel.row import Series
from policyx.panel.scope import Reading

_CLOSE = 12  # characters between an aim and the higher one that goes with it: 确保8%，力争达到9%


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that may be chosen. `reported` is the year that its document reports on, `companions` how many figures
    of headline indicators its sentence has."""

    record: Record
    reading: Reading
    series: Series
    division: Division
    reported: int | None
    companions: int

    @property
    def average(self) -> bool:
        """Whether it is an average over several years."""
        return self.reading.span == "average"


@dataclass(frozen=True, slots=True)
class Choice:
    """The figure that counts, the higher aim that goes with it, the reason, and how many there were."""

    chosen: Candidate
    stretch: Candidate | None
    because: str
    candidates: int


# in this order: the first in which two figures differ decides, and is the reason
_CRITERIA = (
    "year_of_its_own", "whole_year", "firm_aim", "report_on_the_year", "main_aims", "preferred_name", "stated_year",
    "more_headline_figures", "first_in_text",
)  # fmt: skip
ONLY = "only_one"
SAME = "all_alike"
AVERAGE = "average_over_years"  # nothing else is told of the year in which it ends
MONTHS = "months_only"  # nothing is told of the whole year


def choose(candidates: Sequence[Candidate]) -> Choice:
    """The figure that counts: of its own year before an average, of the whole year before months, the firm aim before
    the higher one, the report on the year before earlier and later ones, the sentence of the main aims first."""
    ranked = sorted(candidates, key=_rank)
    chosen = ranked[0]
    return Choice(chosen, _stretch_of(chosen, candidates), _reason(ranked), len(ranked))


def _reason(ranked: Sequence[Candidate]) -> str:
    if ranked[0].average:
        return AVERAGE
    if not ranked[0].reading.whole_year:
        return MONTHS
    if len(ranked) == 1:
        return ONLY
    if len({_told(candidate) for candidate in ranked}) == 1:
        return SAME
    pairs = zip(_CRITERIA, _rank(ranked[0]), _rank(ranked[1]), strict=True)
    return next((name for name, one, other in pairs if one != other), _CRITERIA[-1])


def _told(candidate: Candidate) -> tuple[object, ...]:
    quantity = candidate.record.quantity
    return quantity.base_value, quantity.base_value_max, quantity.bound


def _rank(candidate: Candidate) -> tuple[int, ...]:
    """The less the better, in the order of _CRITERIA."""
    record, reading, series = candidate.record, candidate.reading, candidate.series
    preferred = not series.prefers or any(word in (record.name or "") for word in series.prefers)
    return (
        candidate.average,
        not reading.whole_year,
        reading.force == "stretch",
        _distance(candidate),
        not reading.main_aims if record.status == "target" else 0,
        not preferred,
        0 if record.period and record.period.origin in ("stated", "relative") else 1,
        -candidate.companions,
        record.start,
    )


def _distance(candidate: Candidate) -> int:
    """Years between the document and the one that tells this year best: the report on it, for aims that before it."""
    year, reported = candidate.record.year, candidate.reported
    if year is None or reported is None:
        return 99
    return abs(year - reported - (candidate.record.status == "target"))


def _stretch_of(chosen: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The higher aim right behind the chosen one, in the same sentence."""
    for other in sorted(candidates, key=lambda item: item.record.start):
        one, two = chosen.record, other.record
        near = 0 < two.start - one.end <= _CLOSE and one.source == two.source
        if near and other.reading.force == "stretch" and one.sentence_start == two.sentence_start:
            return other
    return None
