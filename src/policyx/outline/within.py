"""Which of a document's mentions begin in a stretch of its text."""

from __future__ import annotations

from bisect import bisect_left

from policyx.model import Mention, Span


class Within:
    """Mentions in the order of their spans; `of` answers in logarithmic time."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._mentions = mentions
        self._starts = [mention.span.start for mention in mentions]

    def of(self, span: Span) -> list[Mention]:
        """The mentions that begin in `span`."""
        start, end = span
        low = bisect_left(self._starts, start)
        if low == len(self._starts) or self._starts[low] >= end:
            return []
        return self._mentions[low : bisect_left(self._starts, end, low)]
