"""A record and the place of its document go in; whose figure it is and how it is meant come out.

A part's figure (开发区, 各区), a mean of parts and another place's figure are never the whole place's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policyx.model import Record
from policyx.panel.places import Division, places
from policyx.panel.row import Force, Series
from policyx.panel.words import PanelWords
from policyx.patterns import compiled

Scope = Literal["own", "part", "mean", "elsewhere"]

_CLAUSE = compiled(r"[，,；;。：:0-9０-９%％]")
_BRACKETS = compiled(r"（[^（）]*）|\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a record is meant: whose figure, of one year or an average over several, of a whole year, how firm, and
    whether its sentence is that of the main aims."""

    scope: Scope
    average: bool
    whole_year: bool
    force: Force
    main_aims: bool


def read(record: Record, series: Series, division: Division, words: PanelWords) -> Reading:
    """The record as a figure of the series."""
    before = clause_before(record)
    return Reading(
        _scope(record, series, division, before, words),
        _is_average(record, before, words),
        _is_whole_year(record),
        _force(before, words),
        words.has("main_aims", record.sentence) or any(words.has("main_aims", part) for part in record.heading[-1:]),
    )


def clause_before(record: Record) -> str:
    """The text right before the figure, back to the figure or the comma before it, without blanks."""
    text = "".join(record.sentence[: max(record.start - record.sentence_start, 0)].split())
    return _CLAUSE.split(text)[-1]


def _scope(record: Record, series: Series, division: Division, before: str, words: PanelWords) -> Scope:
    if record.place is not None and not _is_here(record.place, division, record.year):
        return "elsewhere"
    name = _BRACKETS.sub("", "".join((record.name or "").split()))
    known = next((known for known in series.names if known in name), None)
    if known is None:
        return "own"
    prefix, _, suffix = name.partition(known)
    national = division.level == 0
    if not national and (words.has("elsewhere", prefix) or words.has("elsewhere", before)):
        return "elsewhere"
    if words.has("mean", prefix) and not words.has("mean", known):
        return "mean"
    if not _is_own(prefix, division, words) or not words.only("ending", suffix):
        return "part"
    return "own"


def _is_own(prefix: str, division: Division, words: PanelWords) -> bool:
    """Whether what stands before the indicator's name means the place itself, or nothing."""
    for name in (division.name, division.short):
        prefix = prefix.removeprefix(name)
        if prefix.endswith(name):
            return True
    if words.ends("own", prefix) or (division.level == 0 and words.ends("elsewhere", prefix)):
        return True
    rest = words.patterns["own"].sub("", prefix)
    return words.only("opening", rest)


def _is_here(place: str, division: Division, year: int | None) -> bool:
    if place in (division.name, division.short) or place.endswith(division.name):
        return True
    found = places().find(place, year)
    return found is not None and found.id == division.id


def _is_average(record: Record, before: str, words: PanelWords) -> bool:
    period, baseline = record.period, record.baseline
    since = baseline.year if baseline is not None else None
    if since is not None and record.year is not None and record.year - since > 1:
        return True  # 2007年比2002年增长65.5%
    several = period is not None and period.start is not None and period.end is not None
    if several and period is not None and (period.start or "")[:4] < (period.end or "")[:4]:
        return True
    return words.has("average", before) or words.has("average", record.name)


def _is_whole_year(record: Record) -> bool:
    """False for a figure of some months: 1-11月, 上半年."""
    period = record.period
    if period is None or period.start is None or period.end is None or period.relation != "in":
        return True
    return period.start[5:] == "01-01" and period.end[5:] == "12-31"


def _force(before: str, words: PanelWords) -> Force:
    if words.has("stretch", before):
        return "stretch"
    return "hard" if words.has("hard", before) else "plain"
