"""Years or months counted from now (近三年, 最近6个月, 今后十年, 五年来): a text in, time expressions out.

A stretch behind us ends in the document's own year, and what is counted back in whole years is told of the last one; a
stretch ahead begins in this year and ends as many years on as it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policyx.model import TimeExpression
from policyx.patterns import compiled
from policyx.recognize.numeral import numeral_grammar
from policyx.recognize.wording import alternation, is_han, wording
from policyx.rules import Entry, Rules
from policyx.rules.words import WordFinder
from policyx.tuples import NamedTuple

_MOST = 50  # years that a document looks back or ahead
_LONGEST = 12  # characters behind the word that opens a stretch


class _Words(NamedTuple):
    finder: WordFinder
    entries: dict[str, Entry]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    years: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    grammar = numeral_grammar(rules)
    entries = {
        word: entry for role in ("lead", "tail") for entry in rules.of("period", role) for word in entry["words"]
    }
    years, others = rules.words("period", "years"), rules.words("period", "months")
    units = alternation([*years, *others])
    ends = alternation(rules.words("period", "within"))
    number = rf"(?:[0-9]{{1,2}}[-—–~～])?(?P<n>[0-9]{{1,2}}|[{grammar.small}]{{1,3}})"
    count = compiled(rf"{number}(?P<unit>{units}){ends}?")
    return _Words(
        WordFinder(entries),
        entries,
        count,
        compiled(rf"(?<![0-9.{grammar.small}]){number}$"),
        frozenset(years),
        frozenset(wording(rules).words("near_behind")),
    )


def stretches(text: str, rules: Rules) -> Iterator[tuple[int, int, str, TimeExpression]]:
    """Each stretch with its place and the rule of the word that opens or closes it."""
    words = _words(rules)
    places = sorted((at, -len(word), word) for word, found in words.finder.places(text).items() for at in found)
    done = 0
    for at, _, word in places:
        if at < done:
            continue
        entry = words.entries[word]
        found = _opened(text, at, word, entry, words) if entry["role"] == "lead" else _closed(text, at, word, words)
        if found is None:
            continue
        start, done, number, years = found
        read = numeral_grammar(rules).read(number)
        if read is None or read.top is not None or not 1 + years <= read.value * read.scale <= _MOST:
            continue
        offset = entry.get("offset", 0) if years else 0
        if offset > 0:
            offset = int(read.value * read.scale) - 1
        yield start, done, entry["id"], TimeExpression(text[start:done], offset=offset, anchor="document")


def _opened(text: str, at: int, word: str, entry: Entry, words: _Words) -> tuple[int, int, str, bool] | None:
    before = text[at - 1 : at]
    if entry.get("anchor") == "clause" and is_han(before) and before not in words.openers:
        return None  # 历时近三年: nearly
    behind = at + len(word)
    match = words.behind.match(text, behind, behind + _LONGEST)
    return (at, match.end(), match["n"], match["unit"] in words.years) if match else None


def _closed(text: str, at: int, word: str, words: _Words) -> tuple[int, int, str, bool] | None:
    match = words.before.search(text, max(0, at - 6), at)
    return (match.start(), at + len(word), match["n"], True) if match else None
