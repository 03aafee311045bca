"""Records go in, those that a user asked for go out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policyx.tuples import NamedTuple

if TYPE_CHECKING:
    from policyx.model import Document, Record


class Selection(NamedTuple):
    """What is wanted; what is empty asks for nothing. `indicators` are ids, and an id takes those that refine it along
    (`platform` takes `platform.incubator`). `years` are ranges with both ends. `units` are written or base units."""

    indicators: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    years: tuple[tuple[int, int], ...] = ()
    units: frozenset[str] = frozenset()

    def takes(self, record: Record) -> bool:
        """Whether a record is wanted."""
        return (
            (not self.indicators or _under(record.indicator, self.indicators))
            and (not self.statuses or record.status in self.statuses)
            and (
                not self.years
                or (record.year is not None and any(low <= record.year <= high for low, high in self.years))
            )
            and (not self.units or bool(self.units & {record.quantity.unit_text, record.quantity.base_unit}))
        )

    def of(self, document: Document) -> Document:
        """The document with those of its records that are wanted."""
        if self == Selection():
            return document
        return replace(document, records=tuple(record for record in document.records if self.takes(record)))


def _under(indicator: str | None, wanted: frozenset[str]) -> bool:
    while indicator:
        if indicator in wanted:
            return True
        indicator = indicator.rpartition(".")[0]
    return False
