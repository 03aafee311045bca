"""Text with its way home: the only place where text changes and where offsets are translated.

A `RepairedText` is the original and a sorted list of edits in the original's own offsets. Further edits are given in
the offsets of the text as it stands; they are merged into the list, so that at any time applying the edits to the
original gives the text (`replay`), however many repairs ran one after another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from policyx.model import Edit, SourceSpan, Span


def replay(original: str, edits: Iterable[Edit]) -> str:
    """Apply `edits` (sorted, not overlapping, offsets of `original`) to `original`."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts.append(original[at : edit.start])
        parts.append(edit.replacement)
        at = edit.end
    parts.append(original[at:])
    return "".join(parts)


class OffsetMap:
    """Translates offsets of a repaired text into offsets of its original, given the edits between them.

    Worked example: the original ``揚(yáng)州`` with the edits ``揚→扬`` (0..1, aligned) and ``(yáng)→`` (1..7, a deletion)
    is repaired to ``扬州``; `Span(0, 1)` is `SourceSpan(0, 1)`, `Span(1, 2)` is `SourceSpan(7, 8)`, and `Span(0, 2)` is
    `SourceSpan(0, 8)`.
    """

    def __init__(self, edits: Sequence[Edit], original_length: int) -> None:
        self._edits = edits
        self._length = original_length
        shift = 0
        self._starts: list[int] = []  # where each edit's replacement begins in the repaired text
        for edit in edits:
            self._starts.append(edit.start + shift)
            shift += len(edit.replacement) - (edit.end - edit.start)
        self._repaired_length = original_length + shift

    def source(self, span: Span | tuple[int, int]) -> SourceSpan:
        """The smallest range of the original that holds everything that `span` stands for."""
        start, end = span
        if start >= end:
            point = self._char(start)[0] if start < self._repaired_length else self._length
            return SourceSpan(point, point)
        return SourceSpan(self._char(start)[0], self._char(end - 1)[1])

    def _char(self, position: int) -> tuple[int, int]:
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return position, position + 1
        edit = self._edits[index]
        inside = position - self._starts[index]
        past = inside - len(edit.replacement)
        if past >= 0:
            return edit.end + past, edit.end + past + 1
        if edit.aligned:
            return edit.start + inside, edit.start + inside + 1
        return edit.start, edit.end


class RepairedText:
    """An original text and what repairs made of it."""

    def __init__(self, original: str, edits: Sequence[Edit] = ()) -> None:
        self.original = original
        self.edits: tuple[Edit, ...] = tuple(edits)

    @cached_property
    def text(self) -> str:
        """The text as it stands after all edits."""
        return replay(self.original, self.edits) if self.edits else self.original

    @cached_property
    def offsets(self) -> OffsetMap:
        """The way from `text` back to `original`."""
        return OffsetMap(self.edits, len(self.original))

    def source(self, span: Span | tuple[int, int]) -> SourceSpan:
        """Where in the original the stretch `span` of `text` comes from."""
        return self.offsets.source(span)

    def quote(self, span: Span | tuple[int, int]) -> str:
        """The original's own characters for the stretch `span` of `text`."""
        start, end = self.source(span)
        return self.original[start:end]

    def apply(self, changes: Iterable[Edit]) -> RepairedText:
        """A new text with `changes` made; their offsets are those of `text`.

        Changes must be sorted, must not overlap and must not be empty ranges. A change that touches an earlier edit is
        merged with it: the merged edit replaces the union of both ranges and names the rules of both.

        Raises ValueError for changes that overlap or are empty."""
        todo = [c for c in changes if self.text[c.start : c.end] != c.replacement]
        if not todo:
            return self
        if not self.edits:
            _check_order(todo)
            return RepairedText(self.original, todo)
        return RepairedText(self.original, _merge(self.original, self.edits, todo))


def _check_order(changes: Sequence[Edit]) -> None:
    at = 0
    for change in changes:
        if change.start < at or change.end <= change.start:
            raise ValueError(f"changes overlap, are out of order or empty at {change.start}..{change.end}")
        at = change.end


def _merge(original: str, edits: Sequence[Edit], changes: Sequence[Edit]) -> list[Edit]:
    """Compose two lists of edits: `edits` on the original, `changes` on what they made of it."""
    _check_order(changes)
    merged: list[Edit] = []
    queue = list(reversed(_located(edits)))
    shift = 0  # source offset minus repaired offset, in the untouched text before the next queued edit
    for change in changes:
        while queue and _ends_before(queue[-1], change):
            start, edit = queue.pop()
            merged.append(edit)
            shift = edit.end - (start + len(edit.replacement))
        touched: list[tuple[int, Edit]] = []
        while queue and queue[-1][0] < change.end:
            touched.extend(_split(queue.pop(), change, queue))
        merged_edit, shift, before = _absorb(original, touched, change, shift)
        merged.extend(before)
        if original[merged_edit.start : merged_edit.end] != merged_edit.replacement:
            merged.append(merged_edit)
    merged.extend(edit for _, edit in reversed(queue))
    return merged


def _located(edits: Sequence[Edit]) -> list[tuple[int, Edit]]:
    """Each edit with the place where its replacement begins in the repaired text."""
    located = []
    shift = 0
    for edit in edits:
        located.append((edit.start + shift, edit))
        shift += len(edit.replacement) - (edit.end - edit.start)
    return located


def _ends_before(item: tuple[int, Edit], change: Edit) -> bool:
    start, edit = item
    return start + len(edit.replacement) <= change.start


def _split(item: tuple[int, Edit], change: Edit, queue: list[tuple[int, Edit]]) -> list[tuple[int, Edit]]:
    """Cut an aligned edit at the change's borders, so that only what is changed again is merged; the part behind goes
    back to the queue."""
    start, edit = item
    if not edit.aligned:
        return [item]
    low = max(change.start - start, 0)
    high = min(change.end - start, len(edit.replacement))
    if high < len(edit.replacement):
        queue.append((start + high, _part(edit, high, len(edit.replacement))))
    pieces = [(start + low, _part(edit, low, high))]
    if low:
        pieces.insert(0, (start, _part(edit, 0, low)))
    return pieces


def _part(edit: Edit, low: int, high: int) -> Edit:
    return Edit(edit.start + low, edit.start + high, edit.replacement[low:high], edit.rules, True)


def _absorb(
    original: str, touched: list[tuple[int, Edit]], change: Edit, shift: int
) -> tuple[Edit, int, list[Edit]]:
    """One edit for `change` and the earlier edits that it touches; also the new shift and the pieces left before it."""
    before: list[Edit] = []
    while touched and _ends_before(touched[0], change):
        start, edit = touched.pop(0)
        before.append(edit)
        shift = edit.end - (start + len(edit.replacement))
    if not touched:
        return Edit(change.start + shift, change.end + shift, *change[2:]), shift, before
    first_start, first = touched[0]
    last_start, last = touched[-1]
    last_end = last_start + len(last.replacement)
    head = first.replacement[: max(change.start - first_start, 0)]
    tail = last.replacement[len(last.replacement) - max(last_end - change.end, 0) :] if last_end > change.end else ""
    start = first.start if first_start <= change.start else change.start + shift
    new_shift = last.end - last_end
    end = last.end if last_end >= change.end else change.end + new_shift
    rules = tuple(dict.fromkeys([rule for _, edit in touched for rule in edit.rules] + list(change.rules)))
    replacement = head + change.replacement + tail
    aligned = change.aligned and len(touched) == 1 and first.aligned and len(replacement) == end - start
    return Edit(start, end, replacement, rules, aligned), new_shift, before
