"""Stretches of a text, ready to be asked whether a position lies in one: many questions, one sort."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

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


def matches_near(
    pattern: re.Pattern[str], text: str, marks: Iterable[re.Match[str]], before: int, after: int
) -> Iterator[re.Match[str]]:
    """What `pattern` finds in `text`, tried only near the marks: for a pattern that may begin anywhere, but always
    holds a mark, with at most `before` characters in front of it and `after` behind it."""
    low = high = -1
    for found in marks:
        if found.start() - before > high:
            if high >= 0:
                yield from pattern.finditer(text, low, high)
            low = max(0, found.start() - before)
        high = found.end() + after
    if high >= 0:
        yield from pattern.finditer(text, low, high)
