"""A document goes in, and for each record asked for goes out why it says what it says.

An explanation shows the sentence as it was repaired, with the places of everything that bears on the record, so that a
reader sees what the rules saw."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from policyx.model import Document, Edit, Mention, Record, SourceSpan, Span
from policyx.text import RepairedText

_CONTEXT = 30  # characters shown on either side of a number that belongs to no sentence of a record


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the shown text and what it is: quantity, other, name, period or rejected."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why there is a record (`record`), or why a number is none (`rejected`: its mention, its rule in `.rejected`).

    `start`, `end` are source offsets. `text` is repaired text with `marks` in it; `edits` are the repairs within."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    edits: tuple[Edit, ...]
    record: Record | None = None
    rejected: Mention | None = None


def explain(document: Document, at: int | None = None, grep: str | None = None) -> list[Explanation]:
    """Explanations of all records, or with `at` of what covers that offset of the original (if nothing does, of what
    stands in the same sentence), or with `grep` of what has that text in its name, its quote or its sentence.

    With `at` or `grep` the numbers that were rejected are explained too."""
    text = RepairedText(document.original, document.edits)
    places = _Places(document)
    everything = [_of_record(document, record, places) for record in document.records]
    if at is None and grep is None:
        return everything
    everything += [_of_rejected(document, mention, text) for mention in document.rejected]
    everything.sort(key=lambda explanation: (explanation.start, explanation.end))
    if at is not None:
        return _at(everything, document, at)
    return [explanation for explanation in everything if grep in _searched(explanation)]  # type: ignore[operator]


class _Places:
    """Finds what stands where: records by source span, and for a source span its span in the repaired text, which is
    the way that `OffsetMap` does not go."""

    def __init__(self, document: Document) -> None:
        self._records = sorted(document.records, key=lambda record: record.start)
        self._starts = [record.start for record in self._records]
        self.edits = document.edits
        self._ends = [edit.end for edit in document.edits]
        self._shifts = [0]
        for edit in document.edits:
            self._shifts.append(self._shifts[-1] + len(edit.replacement) - (edit.end - edit.start))

    def repaired(self, span: SourceSpan | tuple[int, int]) -> Span:
        """The stretch of the repaired text that `span` became."""
        return Span(self._place(span[0], at_end=False), self._place(span[1], at_end=True))

    def within(self, span: SourceSpan | tuple[int, int]) -> tuple[Edit, ...]:
        """The edits that touch `span`."""
        first = bisect_right(self._ends, span[0])
        found = []
        for edit in self.edits[first:]:
            if edit.start >= span[1]:
                break
            found.append(edit)
        return tuple(found)

    def records_in(self, span: SourceSpan) -> list[Record]:
        """The records that stand within `span`."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [record for record in self._records[first:last] if record.end <= span.end]

    def _place(self, offset: int, at_end: bool) -> int:
        index = bisect_right(self._ends, offset)
        place = offset + self._shifts[index]
        if index < len(self.edits) and self.edits[index].start < offset:
            edit = self.edits[index]
            begin = edit.start + self._shifts[index]
            if edit.aligned:
                return place
            return begin + len(edit.replacement) if at_end else begin
        return place


def _of_record(document: Document, record: Record, places: _Places) -> Explanation:
    sentence = SourceSpan(min(record.sentence_start, record.start), max(record.sentence_end, record.end))
    low, high = places.repaired(sentence)
    text = document.repaired[low:high]
    marks = []
    for other in places.records_in(sentence):
        start, end = places.repaired((other.start, other.end))
        marks.append(Mark(start - low, end - low, "quantity" if other is record else "other"))
    for role, words in (("period", record.period and record.period.text), ("name", record.name)):
        at = text.find(words) if words else -1
        if at >= 0:
            marks.append(Mark(at, at + len(words or ""), role))
    return Explanation(record.start, record.end, text, tuple(_apart(marks)), places.within(sentence), record)


def _apart(marks: list[Mark]) -> list[Mark]:
    """The marks in order, those that overlap an earlier and more important one left out."""
    importance = {"quantity": 0, "other": 1, "rejected": 1, "period": 2, "name": 3}
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: importance[mark.role]):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def _of_rejected(document: Document, mention: Mention, text: RepairedText) -> Explanation:
    start, end = text.source(mention.span)
    low = max(document.repaired.rfind("\n", 0, mention.span.start) + 1, mention.span.start - _CONTEXT)
    line_end = document.repaired.find("\n", mention.span.end)
    high = min(line_end if line_end >= 0 else len(document.repaired), mention.span.end + _CONTEXT)
    mark = Mark(mention.span.start - low, mention.span.end - low, "rejected")
    return Explanation(start, end, document.repaired[low:high], (mark,), (), rejected=mention)


def _at(everything: list[Explanation], document: Document, at: int) -> list[Explanation]:
    covering = [explanation for explanation in everything if explanation.start <= at < explanation.end]
    if covering:
        return covering
    around = []
    for explanation in everything:
        record = explanation.record
        if record is not None:
            near = record.sentence_start <= at < record.sentence_end
        else:
            low, high = sorted((at, explanation.start))
            near = high - low <= _CONTEXT and "\n" not in document.original[low:high]
        if near:
            around.append(explanation)
    return around


def _searched(explanation: Explanation) -> str:
    record = explanation.record
    own = [record.name or "", record.label or "", record.quote, record.sentence] if record else []
    return "\n".join([*own, explanation.text])
