"""How likely one Chinese character is after another: text in, a mean log probability out.

The table `bigrams.txt` beside this module is made from the word list of jieba (MIT licence): how often characters, and
pairs of characters inside words, occur there. `build` makes it anew. It knows simplified characters only.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

_LEVELS = "abcdefghijklmnopqrstuvwxyz"
_KEEP_PAIR = 150  # pairs seen less often than this tell nothing that the characters alone do not
_KEEP_CHARACTER = 30
_WITHIN = 0.7  # how much of the probability the pair has, the rest being the character's own
_RARE = 1e-9

# A word list holds no punctuation; these are the shares that policy prose gives it, in round figures.
_PUNCTUATION = {
    "，": 0.05, "。": 0.03, "、": 0.03, "“": 0.01, "”": 0.01, "；": 0.008, "：": 0.006, "（": 0.006, "）": 0.006,
    "《": 0.003, "》": 0.003, "‘": 0.001, "’": 0.001, "！": 0.0005, "？": 0.0005, "·": 0.0005, "—": 0.001,
}  # fmt: skip


class Bigrams:
    """Counts of characters and of pairs, as powers of two."""

    def __init__(self, lines: Iterable[str]) -> None:
        # by a character its line: the character, its level, and behind them each that follows it with the pair's level
        self._rows = {line[0]: line.rstrip("\n") for line in lines}
        self._total = sum(_count(row[1]) for row in self._rows.values())

    def _single(self, character: str) -> float:
        row = self._rows.get(character)
        return _count(row[1]) if row else 0.0

    def _pair(self, before: str, character: str) -> float:
        row = self._rows.get(before, "")
        at = row.find(character, 2)
        return _count(row[at + 1]) if at > 0 and at % 2 == 0 else 0.0  # where a level stands it is a Latin letter

    def log_probability(self, before: str, character: str) -> float:
        """The natural logarithm of the chance of `character` when `before` stands in front of it."""
        alone = _PUNCTUATION.get(character) or self._single(character) / self._total
        pair = self._pair(before, character)
        within = pair / self._single(before) if pair else 0.0
        return math.log(_WITHIN * min(within, 1.0) + (1 - _WITHIN) * alone + _RARE)

    def is_pair(self, pair: str) -> bool:
        """Whether the two characters stand side by side inside a common word."""
        return len(pair) == 2 and self._pair(*pair) > 0

    def score(self, before: str, text: str, after: str = "") -> float:
        """The mean log probability of the characters of `text` (and of `after`, its right neighbour)."""
        chain = text + after
        total = 0.0
        for character in chain:
            total += self.log_probability(before, character)
            before = character
        return total / len(chain) if chain else 0.0

    def weakest(self, before: str, text: str) -> float:
        """The log probability of the least likely character of `text`."""
        return min(map(self.log_probability, before + text, text)) if before else 0.0


@lru_cache(maxsize=1)
def bigrams() -> Bigrams:
    """The table that comes with policyx, read when it is first wanted."""
    return Bigrams(Path(__file__).with_name("bigrams.txt").read_text(encoding="utf-8").splitlines())


def build(dictionary: Iterable[str]) -> str:
    """The content of `bigrams.txt`, from the lines `word count tag` of jieba's dictionary."""
    single: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for line in dictionary:
        word, count = line.split()[:2]
        if not all("一" <= character <= "龥" for character in word):
            continue
        for character in word:
            single[character] += int(count)
        for first, second in pairwise(word):
            pairs[first + second] += int(count)
    follow: dict[str, list[str]] = {}
    for pair, seen in sorted(pairs.items()):
        if seen >= _KEEP_PAIR:
            follow.setdefault(pair[0], []).append(pair[1] + _level(seen))
    kept = sorted(character for character, seen in single.items() if seen >= _KEEP_CHARACTER or character in follow)
    return "".join(
        f"{character}{_level(single[character])}{''.join(follow.get(character, []))}\n" for character in kept
    )


def _count(level: str) -> float:
    return 2.0 ** _LEVELS.index(level)


def _level(count: int) -> str:
    return _LEVELS[min(count.bit_length() - 1, len(_LEVELS) - 1)]
