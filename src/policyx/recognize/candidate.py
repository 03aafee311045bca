"""A number with its unit as it stands in a text, before anything is judged of it."""

from __future__ import annotations

from fractions import Fraction

from policyx.model import Number, Unit
from policyx.recognize.units import WrittenUnit
from policyx.tuples import NamedTuple


class Candidate(NamedTuple):
    """A number at `start`..`number_end`, with its unit up to `end`; `han`: written in characters."""

    start: int
    number_end: int
    end: int
    value: Number
    scale: int
    vague: str
    top: Number | None
    written: WrittenUnit | None
    han: bool
    surface: str
    rules: tuple[str, ...] = ()
    shared: bool = False
    top_scale: int | None = None
    bound: str | None = None
    fraction: bool = False


PERCENT = Unit("%", "%", Fraction(1), "percent", "unit.percent")


def with_own_unit(
    start: int, end: int, value: Number, scale: int, unit: Unit, vague: str, text: str, *, fraction: bool = False
) -> Candidate:
    """A candidate whose unit lies in the way that the number is written."""
    written = WrittenUnit(unit.name, unit, (), (), False, True)
    return Candidate(
        start, end, end, value, scale, vague, None, written, False, text[start:end], (unit.rule,), fraction=fraction
    )
