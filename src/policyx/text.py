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

    Worked example: the original ``揚(yáng)州`` with the edits ``揚→扬`` (0..1, aligned) and ``(yáng)→`` (1..7, a
    deletion) is repaired to ``扬州``; `Span(0, 1)` is `SourceSpan(0, 1)`, `Span(1, 2)` is `SourceSpan(7, 8)`, and
    `Span(0, 2)` is `SourceSpan(0, 8)`.
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
        if not self._starts and start < end:
            return SourceSpan(start, end)
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
        return RepairedText(self.original, _merge(self.original, self.text, self.edits, todo))


def _check_order(changes: Sequence[Edit]) -> None:
    at = 0
    for change in changes:
        if change.start < at or change.end <= change.start:
            raise ValueError(f"changes overlap, are out of order or empty at {change.start}..{change.end}")
        at = change.end


def _merge(original: str, text: str, edits: Sequence[Edit], changes: Sequence[Edit]) -> list[Edit]:
    """Compose two lists of edits: `edits` made `text` of `original`, `changes` are to be made on `text`.

    Changes and earlier edits that overlap, directly or through each other, are merged into one edit."""
    _check_order(changes)
    merged: list[Edit] = []
    queue = list(reversed(_cut(_located(edits), changes)))
    shift = 0  # source offset minus repaired offset, in the untouched text before the next queued edit
    at = 0
    while at < len(changes):
        low, high = changes[at].start, changes[at].end
        while queue and _end(queue[-1]) <= low:
            merged.append(queue[-1][1])
            shift = _shift(queue.pop())
        first = shift
        group, touched = [changes[at]], []
        at += 1
        while True:
            if queue and queue[-1][0] < high:
                touched.append(queue.pop())
                high = max(high, _end(touched[-1]))
            elif at < len(changes) and changes[at].start < high:
                group.append(changes[at])
                high = max(high, changes[at].end)
                at += 1
            else:
                break
        if touched:
            low = min(low, touched[0][0])
            shift = _shift(touched[-1])
        if not touched and len(group) == 1:
            start, end, change = low + shift, high + shift, group[0]
            if original[start:end] != change.replacement:
                merged.append(change._replace(start=start, end=end))
            continue
        start = touched[0][1].start if touched and touched[0][0] == low else low + first
        end = touched[-1][1].end if touched and _end(touched[-1]) == high else high + shift
        replacement = replay(
            text[low:high], [edit._replace(start=edit.start - low, end=edit.end - low) for edit in group]
        )
        if original[start:end] != replacement:
            parts = [edit for _, edit in touched] + group
            rules = tuple(dict.fromkeys(rule for part in parts for rule in part.rules))
            aligned = all(part.aligned for part in parts) and len(replacement) == end - start
            merged.append(Edit(start, end, replacement, rules, aligned))
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


def _end(item: tuple[int, Edit]) -> int:
    start, edit = item
    return start + len(edit.replacement)


def _shift(item: tuple[int, Edit]) -> int:
    return item[1].end - _end(item)


def _cut(located: list[tuple[int, Edit]], changes: Sequence[Edit]) -> list[tuple[int, Edit]]:
    """Cut aligned edits at the borders of the changes, so that only what is changed again is merged."""
    borders = sorted({border for change in changes for border in (change.start, change.end)})
    pieces = []
    at = 0
    for start, edit in located:
        end = start + len(edit.replacement)
        while at < len(borders) and borders[at] <= start:
            at += 1
        low = start
        while edit.aligned and at < len(borders) and borders[at] < end:
            pieces.append((low, _part(edit, low - start, borders[at] - start)))
            low = borders[at]
            at += 1
        pieces.append((low, _part(edit, low - start, end - start)) if low > start else (start, edit))
    return pieces


def _part(edit: Edit, low: int, high: int) -> Edit:
    return Edit(edit.start + low, edit.start + high, edit.replacement[low:high], edit.rules, True)
