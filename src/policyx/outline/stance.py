"""Whether a stretch of text tells what was done or what is meant: words of either weigh for it by how much more often
they stand in paragraphs of aims than in paragraphs of facts, as counted in work reports."""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.patterns import compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_CLAUSE_BEGIN, _CLAUSE_END = r"(?:(?<=[^\w、])|^)", "(?=[。；，、\n])"


class Stance(NamedTuple):
    """The sum of the weights, above zero for aims and below for facts, and the word that weighs most for that side."""

    weight: int
    word: str


_NEITHER = Stance(0, "")


class StanceReader:
    """Weighs the words of the stance rules of some rules."""

    def __init__(self, rules: Rules) -> None:
        self._weights: dict[str, int] = {}
        self._near: set[str] = set()  # words that tell of their paragraph alone
        shapes: list[tuple[str, str]] = []
        opening: list[tuple[str, str]] = []
        for entry in rules.of("stance"):
            words = [word + verb for word in entry["words"] for verb in entry.get("verbs", [""])]
            self._weights.update(dict.fromkeys(words, entry["weight"]))
            self._near.update(words if entry.get("near") else ())
            ends = _CLAUSE_END if "verbs" in entry else ""
            (opening if entry.get("opens") else shapes).extend((word, ends) for word in words)
        self._words = compiled(f"{_CLAUSE_BEGIN}(?:{_by_first(opening)})|{_by_first(shapes)}")
        self.whole = lru_cache(maxsize=2)(self._whole)

    def of(self, text: str, least: int = 1) -> Stance:
        """The stance of one paragraph; a word counts once, and only if it weighs `least` or more to either side."""
        found = dict.fromkeys(self._words.findall(text))
        if not found:
            return _NEITHER
        weights = {word: self._weights[word] for word in found if abs(self._weights[word]) >= least}
        total = sum(weights.values())
        side = 1 if total > 0 else -1
        return Stance(total, max(weights, key=lambda word: side * weights[word], default=""))

    def _whole(self, text: str) -> int:
        """The weights of all lines of a text together."""
        found = map(set, map(self._words.findall, text.split("\n")))
        return sum(self._weights[word] for words in found for word in words - self._near)


def _by_first(shapes: list[tuple[str, str]]) -> str:
    """A pattern of hundreds of words, each with what has to follow it, by their first characters, which few places
    hold; the longest first."""
    behind: dict[str, list[str]] = {}
    for word, ends in sorted(shapes, key=lambda shape: len(shape[0]), reverse=True):
        behind.setdefault(word[0], []).append(re.escape(word[1:]) + ends)
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in behind.items()) or "(?!)"


@lru_cache(maxsize=4)
def stance_reader(rules: Rules) -> StanceReader:
    """The reader for these rules, made once."""
    return StanceReader(rules)
