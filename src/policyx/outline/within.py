"""Which of a document's mentions begin in which of its segments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from policyx.model import Mention, Segment


def within(segments: Sequence[Segment], mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    """By the number of a segment the mentions that begin in it; both are in the order of the text."""
    starts = [segment.span.start for segment in segments]
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        start = mention.span.start
        number = bisect_right(starts, start) - 1
        if number >= 0 and start < segments[number].span.end:
            found.setdefault(number, []).append(mention)
    return found
