"""What a panel is made of: series that are asked for, rows with their columns. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from policyx.model import Number

State = Literal["found", "absent_stated", "not_in_text", "no_document"]
Force = Literal["hard", "plain", "stretch"]

STATUSES = ("actual", "forecast", "target")
MEASURES = ("level", "growth_rate", "increase")


@dataclass(frozen=True, slots=True)
class Series:
    """What is followed over places and years: `indicator` is the id that records have, `id` that of the series,
    finer where `needs` tells two of one indicator apart. `names` are what it is called, the longest first, `pattern`
    finds those names that have a gap in them (研发*占GDP)."""

    id: str
    label: str
    label_en: str
    indicator: str
    measures: tuple[str, ...]
    names: tuple[str, ...]
    needs: tuple[str, ...] = ()
    prefers: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A place, a year, an indicator, a measure and a status; and the figure that was chosen for them.

    `value`, `value_max` and `stretch` are in base units (元, 人, %). `candidates` counts the figures that were there
    for the key. Where nothing was found `value` is None and `state` says why. `place_id` is the place's code of today,
    also where it was called otherwise."""

    place: str
    place_code: str
    parent: str | None
    year: int
    indicator: str
    label: str
    measure: str
    status: str
    value: Number | None
    value_max: Number | None
    unit: str | None
    bound: str | None
    force: Force | None
    stretch: Number | None
    state: State
    chosen_because: str | None
    candidates: int
    confidence: float | None
    source: str | None
    start: int | None
    end: int | None
    quote: str | None
    sentence: str | None
    place_id: str


COLUMNS: tuple[str, ...] = tuple(item.name for item in fields(PanelRow))


@dataclass(frozen=True, slots=True)
class Panel:
    """The rows, sorted by place, indicator, measure, status and year; how many figures were left out because they are
    those of a part, a mean or another place; and the documents whose place is unknown."""

    rows: tuple[PanelRow, ...]
    left_out: int = 0
    unplaced: tuple[str, ...] = ()
