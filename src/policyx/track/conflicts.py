"""Outcomes of one place and series by year go in, where documents disagree comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from policyx.check.interval import Interval, decimal_text, last_digit, written_interval
from policyx.panel.choose import Candidate, choose
from policyx.panel.scope import clause_before
from policyx.panel.words import PanelWords
from policyx.track.figure import told
from policyx.track.model import Conflict, ConflictKind

_ROUNDED = Fraction(1, 200)  # of a base: what figures that were rounded on the way may be off


def conflicts_of(
    outcomes: Mapping[int, Sequence[Candidate]],
    growths: Mapping[int, Sequence[Candidate]] | None,
    words: PanelWords,
    lang: str,
) -> Iterator[Conflict]:
    """Figures of a year that two documents give differently; and, where `outcomes` are levels and `growths` the growth
    rates of the same series, bases that are not the figure of the year before."""
    for candidates in outcomes.values():
        yield from _restated(candidates, lang)
    for year, candidates in outcomes.items() if growths else ():
        if not words.has("other_basis", candidates[0].series.indicator):
            yield from _bases(year, outcomes, growths or {}, words, lang)


def _restated(candidates: Sequence[Candidate], lang: str) -> Iterator[Conflict]:
    """The figure of each document against that of the first one that tells it."""
    told_by: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if not candidate.average and candidate.reading.whole_year:
            told_by.setdefault(candidate.record.source, []).append(candidate)
    best = [choose(group).chosen for group in told_by.values()]
    best.sort(key=lambda item: (item.reported or 0, item.record.source))
    for other in best[1:]:
        first = best[0]
        one, two = (written_interval(item.record.quantity) for item in (first, other))
        alike = first.record.quantity.base_unit == other.record.quantity.base_unit
        if alike and not one.widened(last_digit(first.record.quantity)).meets(two):
            arithmetic = f"{first.record.quote} ≠ {other.record.quote}"
            yield _conflict("restated", first, other, arithmetic, lang)


def _bases(
    year: int,
    outcomes: Mapping[int, Sequence[Candidate]],
    growths: Mapping[int, Sequence[Candidate]],
    words: PanelWords,
    lang: str,
) -> Iterator[Conflict]:
    """This year's level and growth give a base; last year's report gives the level of last year."""
    before = _own(outcomes.get(year - 1, ()), year - 1)
    level = _own(outcomes[year], year)
    rate = _own([item for item in growths.get(year, ()) if not item.average], year)
    if before is None or level is None or rate is None or words.has("same_basis", clause_before(rate.record)):
        return
    if len({item.record.quantity.base_unit for item in (before, level)}) != 1:
        return
    grown = written_interval(rate.record.quantity)
    low, high = (None if end is None else 1 + end / 100 for end in (grown.low, grown.high))
    factor = Interval(low, high, grown.closed)
    base = written_interval(level.record.quantity) / factor
    if base.low is None or base.high is None:
        return
    if base.widened(base.low * _ROUNDED).meets(written_interval(before.record.quantity)):
        return
    unit = level.record.quantity
    worth = unit.scale * (unit.unit.factor if unit.unit else Fraction(1))
    middle = decimal_text((base.low + base.high) / 2 / worth)
    arithmetic = f"{level.record.quote} ÷ (1 + {rate.record.quote}) = {middle}{unit.unit_text} ≠ {before.record.quote}"
    yield _conflict("base", before, level, arithmetic, lang)


def _own(candidates: Sequence[Candidate], year: int) -> Candidate | None:
    """The figure of the report on the year itself."""
    found = [item for item in candidates if item.reported == year and not item.average]
    return choose(found).chosen if found else None


def _conflict(kind: ConflictKind, first: Candidate, second: Candidate, arithmetic: str, lang: str) -> Conflict:
    series = second.series
    return Conflict(
        kind,
        first.division.name,
        series.id,
        series.label if lang == "zh" else series.label_en,
        second.record.measure,
        second.record.year or 0,
        first.record.quantity.base_unit,
        told(first),
        told(second),
        arithmetic,
        first.division.id,
    )
