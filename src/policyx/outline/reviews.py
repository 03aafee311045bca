"""Which headings tell what was done although their words alone would not say it: 一、2022年主要工作, where a
later heading beside it looks ahead, or where the title says that the year was summed up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from policyx.model import Segment
from policyx.outline.frame import DocumentFrame
from policyx.outline.status import LOOSE_ENDS
from policyx.patterns import compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_YEAR = compiled("(?:19|20)[0-9]{2}")
_NONE: frozenset[str] = frozenset()
_OF_RULES = "policy"


class _Words(NamedTuple):
    either: tuple[str, ...]
    ahead: tuple[str, ...]


class _Seen(NamedTuple):
    """Of the headings on one side of another, whether there are any, one looks ahead by a word, and the last year."""

    some: bool = False
    ahead: bool = False
    year: int = 0

    def with_title(self, title: str, words: _Words) -> _Seen:
        return _Seen(True, self.ahead or any(w in title for w in words.ahead), max(self.year, _last_year(title)))

    def looks_beyond(self, year: int) -> bool:
        """By a word, or by a year later than `year` (0 for none)."""
        return self.ahead or 0 < year < self.year


def reviews(document: DocumentFrame, segments: Sequence[Segment], text: str, rules: Rules) -> frozenset[str]:
    """The headings, as paths have them, that look back on what was done."""
    words = _words(rules)
    if document.kind == _OF_RULES or not any(word in text for word in words.either):
        return _NONE
    beside: dict[tuple[str, ...], list[str]] = {}
    for path in dict.fromkeys(s.heading[:size] for s in segments for size in range(1, len(s.heading) + 1)):
        beside.setdefault(path[:-1], []).append(path[-1])
    return frozenset(title for titles in beside.values() for title in _looking_back(titles, document, words))


def _looking_back(titles: Sequence[str], document: DocumentFrame, words: _Words) -> Iterator[str]:
    """Of the headings that stand beside each other, those that look back."""
    behind = list(accumulate(reversed(titles), lambda seen, title: seen.with_title(title, words), initial=_Seen()))
    before = _Seen()
    for title, later in zip(titles, behind[-2::-1], strict=True):
        neutral = title.rstrip(LOOSE_ENDS).endswith(words.either) and not any(word in title for word in words.ahead)
        if neutral and _looks_back(_last_year(title), before, later, document):
            yield title
        before = before.with_title(title, words)


def _looks_back(year: int, before: _Seen, behind: _Seen, document: DocumentFrame) -> bool:
    summed_up = document.kind == "communique" and document.actual_year is not None
    if summed_up and (year == document.actual_year or not (year or before.some)):
        return True
    if before.looks_beyond(year) or (not year and document.kind == "plan"):
        return False
    return behind.looks_beyond(year)


def _last_year(title: str) -> int:
    return max(map(int, _YEAR.findall(title)), default=0)


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    entries = [entry for entry in rules.of("status") if entry["scope"] == "review"]
    either = tuple(word for entry in entries for word in entry["words"])
    return _Words(either, tuple(word for entry in entries for word in entry["ahead"]))
