"""What became of aims: a figure with its source, a pledge with its outcome, a path, a conflict. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policyx.model import Number

Outcome = Literal["met", "missed", "open", "lowered", "not_reported"]
ConflictKind = Literal["restated", "base"]

VERDICTS: tuple[Outcome, ...] = ("missed", "lowered", "not_reported", "open", "met")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure and where it is told. Values are in base units."""

    value: Number
    value_max: Number | None
    bound: str
    source: str
    start: int
    end: int
    quote: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Pledge:
    """An aim of a place for a year, what was forecast and what came out.

    `difference` is outcome less aim, in base units (percentage points of a rate); where the report on the year only
    forecasts its figure, that is what the aim is judged by (`judged_by`). `since` is the first year of an aim that is
    an average over years. `arithmetic` is how the verdict was reached. An aim is open as long as no report on its year
    is at hand; where there is one that does not tell, it is not_reported."""

    place: str
    place_code: str
    indicator: str
    label: str
    measure: str
    since: int | None
    year: int
    unit: str | None
    aim: Told
    forecast: Told | None
    outcome: Told | None
    difference: Number | None
    verdict: Outcome
    judged_by: Literal["outcome", "forecast"] | None
    arithmetic: str
    place_id: str


@dataclass(frozen=True, slots=True)
class Step:
    """One year of a place's path in a series: aim, forecast and outcome as far as they are told."""

    place: str
    indicator: str
    label: str
    measure: str
    year: int
    unit: str | None
    aim: Told | None
    forecast: Told | None
    outcome: Told | None
    place_id: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two documents that do not agree: a figure `restated`, or a `base` of this year's growth that is not last year's
    figure. `arithmetic` shows both sides."""

    kind: ConflictKind
    place: str
    indicator: str
    label: str
    measure: str
    year: int
    unit: str | None
    first: Told
    second: Told
    arithmetic: str
    place_id: str


@dataclass(frozen=True, slots=True)
class Track:
    """All pledges, paths and conflicts, sorted by place, indicator, measure and year."""

    pledges: tuple[Pledge, ...]
    steps: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]
