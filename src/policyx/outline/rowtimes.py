"""The time that a cell of its own tells for the other cells of its row, which are read as sentences: by when the tasks
of a row are due, wherever its column stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from policyx.model import Mention, Segment, TimeExpression

_LONGEST_REST = 2  # characters of a cell that only tells a time, beside that: 2023年底|完成


def row_times(
    text: str, segments: Sequence[Segment], times: Mapping[int, Sequence[Mention]]
) -> dict[int, TimeExpression | None]:
    """By the number of a segment the time that its row tells, None for the cell that tells it."""
    found: dict[int, TimeExpression | None] = {}
    for row in _rows(text, segments):
        told = {number: time for number in row if (time := _alone(segments[number], times.get(number, ())))}
        if told and len(told) < len(row):
            found |= dict.fromkeys(row, [*told.values()][-1]) | dict.fromkeys(told)
    return found


def _rows(text: str, segments: Sequence[Segment]) -> list[list[int]]:
    """The numbers of the sentences of each line that holds several paragraphs."""
    breaks = [0]
    for before, segment in pairwise(segments):
        breaks.append(breaks[-1] + ("\n" in text[before.span.end : segment.span.start]))
    lines = [list(numbers) for _, numbers in groupby(range(len(segments)), breaks.__getitem__)]
    return [line for line in lines if len({segments[number].paragraph for number in line}) > 1]


def _alone(segment: Segment, times: Sequence[Mention]) -> TimeExpression | None:
    """The time, where it is all that the segment says."""
    if len(times) != 1 or segment.kind != "sentence":
        return None
    start, end = times[0].span
    return times[0].time if segment.span.end - segment.span.start - (end - start) <= _LONGEST_REST else None
