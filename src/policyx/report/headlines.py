"""Documents with their records of headline indicators go in, the panel of them comes out as rows for the page: which
record counts for a place and year and why, and what reports do not tell."""

from __future__ import annotations

from typing import Any

from policyx.export.numbers import number_text
from policyx.model import Document
from policyx.panel import PanelRow, panel
from policyx.report.shown import Headline

# of a figure that counts: the number of its record, and what the panel says of it; values are exact text
CHOSEN = ("record", "place", "series", "label", "candidates", "chosen_because", "force", "stretch")
# of what is not there: whether the report does not tell of it, or says that no figure is set
MISSING = ("place", "year", "label", "status", "state")

_Key = tuple[str, int, int]  # source, start, end


class Headlines:
    """Gathers the documents; the texts that say that a figure is not set have to be at hand until the end."""

    def __init__(self) -> None:
        self._documents: list[Document] = []
        self._numbers: dict[_Key, list[tuple[str, int]]] = {}

    def add(self, first: int, headline: Headline) -> None:
        """Take a document whose first record has the number `first` on the page."""
        self._documents.append(headline.document)
        for record, at in zip(headline.document.records, headline.numbers, strict=True):
            key = (record.source, record.start, record.end)
            self._numbers.setdefault(key, []).append((record.indicator or "", first + at))

    def rows(self) -> tuple[list[list[Any]], list[list[Any]]]:
        """The rows of CHOSEN and those of MISSING."""
        chosen: list[list[Any]] = []
        missing: list[list[Any]] = []
        for row in panel(self._documents, gaps=True).rows:
            if row.state == "found":
                chosen.append(self._chosen(row))
            elif row.state != "no_document":
                missing.append([row.place, row.year, row.label, row.status, row.state])
        return chosen, missing

    def _chosen(self, row: PanelRow) -> list[Any]:
        stretch = None if row.stretch is None else number_text(row.stretch)
        told = [row.place, row.indicator, row.label, row.candidates, row.chosen_because, row.force, stretch]
        return [self._number(row), *told]

    def _number(self, row: PanelRow) -> int:
        """The number of the row's record; of several at one place that of its indicator, which may be a finer one."""
        there = self._numbers[str(row.source), int(row.start or 0), int(row.end or 0)]
        fitting = (number for indicator, number in there if f"{row.indicator}.".startswith(f"{indicator}."))
        return next(fitting, there[0][1])
