"""What a section gives: rows of a figure, its unit, and the limit that it has to keep."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """The bound of a figure: `≤` or `≥`."""

    sign: str
    value: float

    def is_met(self, figure: float) -> bool:
        """Whether the figure keeps the limit."""
        return figure <= self.value if self.sign == "≤" else figure >= self.value

    def __str__(self) -> str:
        return f"{self.sign} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `figure` is None where nothing was measured; `note` says why, or how."""

    what: str
    figure: float | None
    unit: str = ""
    limit: Limit | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the limit is kept; None where there is none, or nothing was measured."""
        if self.limit is None or self.figure is None:
            return None
        return self.limit.is_met(self.figure)


def at_most(value: float) -> Limit:
    """A limit from above."""
    return Limit("≤", value)


def at_least(value: float) -> Limit:
    """A limit from below."""
    return Limit("≥", value)
