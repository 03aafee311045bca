"""A record and the place of its document go in; whose figure it is and how it is meant come out.

A part's figure (开发区, 各区), a mean of parts (镇街平均) and another place's figure are never the whole place's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policyx.model import Record
from policyx.panel.places import Division, places
from policyx.panel.row import Force, Series
from policyx.panel.span import Span, span_of
from policyx.panel.words import PanelWords
from policyx.patterns import compiled

Scope = Literal["own", "part", "elsewhere"]

_CLAUSE = compiled(r"[，,；;。：:0-9０-９%％]")
_LAST_STOP = compiled(r"[；;。]")
_DIGIT = compiled(r"[0-9０-９]")
_BRACKETS = compiled(r"（[^（）]*）|\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a record is meant: whose figure, of one year or of several, of a whole year, how firm, and whether its
    sentence is that of the main aims."""

    scope: Scope
    span: Span
    whole_year: bool
    force: Force
    main_aims: bool


def read(record: Record, series: Series, division: Division, words: PanelWords, read_as: str | None) -> Reading:
    """The record as a figure of the series. `division` is the place of its document, `read_as` what the document's
    place was read as, which its own figures then have too."""
    before = clause_before(record)
    elsewhere = record.place not in (None, read_as) and not _is_here(record.place or "", division, record.year)
    return Reading(
        "elsewhere" if elsewhere else _scope(record, series, division, before, words),
        span_of(record, words),
        _is_whole_year(record),
        _force(before, words),
        words.has("main_aims", record.sentence) or any(words.has("main_aims", part) for part in record.heading[-1:]),
    )


def clause_before(record: Record) -> str:
    """The text right before the figure, back to the figure or the comma before it, without blanks."""
    return _CLAUSE.split(told_before(record))[-1]


def told_before(record: Record) -> str:
    """The sentence up to the figure, without blanks."""
    return "".join(record.sentence[: max(record.start - record.sentence_start, 0)].split())


def _scope(record: Record, series: Series, division: Division, before: str, words: PanelWords) -> Scope:
    name = _BRACKETS.sub("", "".join((record.name or "").split()))
    if not name:
        return "part" if _continues_part(record, words) else "own"
    around = _around(name, series) or _around(words.patterns["filler"].sub("", name), series)
    if around is None:
        return "part"  # 工业投资, 新材料产业投资: read as the indicator, but of something narrower
    prefix, suffix = around
    national = division.level == 0
    if not national and (words.has("elsewhere", prefix) or words.has("elsewhere", before)):
        return "elsewhere"
    if not _is_own(prefix, division, words) or not words.only("ending", suffix):
        return "part"
    return "part" if _continues_part(record, words) else "own"


def _around(name: str, series: Series) -> tuple[str, str] | None:
    """What stands before and behind the indicator's name in a record's name."""
    for known in series.names:
        if known in name:
            prefix, _, suffix = name.partition(known)
            return prefix, suffix
    match = compiled(series.pattern).search(name) if series.pattern else None
    return (name[: match.start()], name[match.end() :]) if match else None


def _continues_part(record: Record, words: PanelWords) -> bool:
    """滇中新区生产总值增长15.7%，工业增加值增长66.3%: the clauses of figures before it begin with a part's name, and
    the place itself has not been named since."""
    clauses = _LAST_STOP.split(told_before(record))[-1].split("，")
    for distance, clause in enumerate(reversed(clauses)):
        if distance and not _DIGIT.search(clause):
            return False
        if words.has("own", clause):
            return False
        if words.has("part", clause):
            return True
    return False


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
