"""A record and its document go in, the places in the original that speak for it come out: name, period and cues.

A record keeps the span of its quantity only. Its name, its period and the words of the rules that it cites are looked
for in the repaired text: first in the record's own sentence, nearest before the quantity, then in the text before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policyx.model import Document, Record
from policyx.rules import Rules
from policyx.text import RepairedText

KINDS = ("name", "period", "cue")

_CUE_RULES = frozenset({"status", "bound", "measure"})
_BEFORE = 2000  # characters before the sentence in which a carried name is looked for
_SHORTEST = 2  # characters; a single one of a name stands anywhere


class Mark(NamedTuple):
    """What the characters `start` to `end` of the original are to a record: one of KINDS, by its number."""

    kind: int
    start: int
    end: int


class Evidence:
    """Looks up the evidence of a document's records; the words of rules are those of `rules`."""

    def __init__(self, document: Document, rules: Rules) -> None:
        self._text = document.repaired
        self._way_back = RepairedText(document.original, document.edits).offsets
        self._cues = _cue_words(rules)
        # where each edit ends in the original, and how far the repaired text is ahead from there on
        self._ends = [edit.end for edit in document.edits]
        self._shifts = [0]
        for edit in document.edits:
            self._shifts.append(self._shifts[-1] + len(edit.replacement) - (edit.end - edit.start))

    def of(self, record: Record) -> list[Mark]:
        """The marks of a record, by their place in the original; none of them lies inside the quantity."""
        window = _Window(
            self._text,
            self._repaired(record.sentence_start),
            self._repaired(record.start),
            self._repaired(record.end),
            self._repaired(record.sentence_end),
        )
        marks = [self._mark(0, *found) for found in _pieces(record.name or "", window)]
        if record.period is not None and record.period.origin != "document":
            # a heading or a title far above may have set it
            marks += [self._mark(1, *found) for found in window.nearest(record.period.text, window.start)]
        for rule in record.rules:
            marks += [self._mark(2, *found) for found in self._cue(rule, window)]
        return sorted(set(marks), key=lambda mark: (mark.start, mark.end))

    def _cue(self, rule: str, window: _Window) -> Iterator[tuple[int, int]]:
        """The word of a rule that stands nearest to the quantity; of two at one place the longer one."""
        found = [place for word in self._cues.get(rule, ()) for place in window.nearest(word)]
        if found:
            yield min(found, key=lambda place: (window.distance(place), place[0] - place[1]))

    def _repaired(self, position: int) -> int:
        """The place in the repaired text of a position of the original outside edits; inside one, about there."""
        return position + self._shifts[bisect_right(self._ends, position)]

    def _mark(self, kind: int, start: int, end: int) -> Mark:
        return Mark(kind, *self._way_back.source((start, end)))


class _Window(NamedTuple):
    """The repaired text, and in it a sentence with a quantity."""

    text: str
    start: int
    quote_start: int
    quote_end: int
    end: int

    def nearest(self, words: str, before: int = 0) -> list[tuple[int, int]]:
        """Where the words stand: in the sentence before the quantity, else behind it, else in as many characters
        `before` the sentence; none or one place."""
        if not words:
            return []
        found = self.text.rfind(words, self.start, self.quote_start)
        if found < 0:
            found = self.text.find(words, self.quote_end, self.end)
        if found < 0 and before:
            found = self.text.rfind(words, max(self.start - before, 0), self.start)
        return [(found, found + len(words))] if found >= 0 else []

    def distance(self, place: tuple[int, int]) -> int:
        """How many characters lie between a place and the quantity."""
        return max(self.quote_start - place[1], place[0] - self.quote_end)


def _pieces(name: str, window: _Window) -> Iterator[tuple[int, int]]:
    """The longest pieces of a name that stand in the text, from its beginning to its end."""
    at = 0
    while at < len(name):
        size = _longest(name, at, window)
        if not size:
            at += 1
            continue
        yield from window.nearest(name[at : at + size], _BEFORE)
        at += size


def _longest(name: str, at: int, window: _Window) -> int:
    """The length of the longest piece of the name from `at` on that stands in the text; 0 where none does."""
    shortest = min(_SHORTEST, len(name))
    for before in (0, _BEFORE):
        for size in range(len(name) - at, shortest - 1, -1):
            if window.nearest(name[at : at + size], before):
                return size
    return 0


@lru_cache(maxsize=2)
def _cue_words(rules: Rules) -> dict[str, tuple[str, ...]]:
    """The words of each rule that may decide a status, a bound or a measure, by the rule's id."""
    return {entry["id"]: tuple(entry.get("words", ())) for kind, entry in rules.all() if kind in _CUE_RULES}
