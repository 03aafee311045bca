"""Stretches of a text, ready to be asked whether a position lies in one: many questions, one sort."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from policyx.model import Span


class SpanSet:
    """Spans that may overlap; `holds` answers in logarithmic time."""

    def __init__(self, spans: Iterable[Span | tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, position: int) -> bool:
        """Whether one of the spans holds the character at `position`."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]

    def touches(self, span: Span) -> bool:
        """Whether one of the spans shares a character with `span`."""
        index = bisect_left(self._starts, span.end) - 1
        return index >= 0 and span.start < self._ends[index]
