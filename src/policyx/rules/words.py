"""Words ready for look-up: at the beginning and the end of a text, or wherever one stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from policyx.patterns import compiled


class WordSet:
    """Words of one role; finds the longest that begins or ends a text."""

    def __init__(self, words: dict[str, str]) -> None:
        self.rule_of = words
        self._single = frozenset(word for word in words if len(word) == 1)

    @cached_property
    def _starts(self) -> dict[str, list[str]]:
        return self._by(slice(2))

    @cached_property
    def _ends(self) -> dict[str, list[str]]:
        return self._by(slice(-2, None))

    def _by(self, part: slice) -> dict[str, list[str]]:
        """The words of two characters and more by a part of each, the longest first."""
        found: dict[str, list[str]] = {}
        for word in sorted(self.rule_of.keys() - self._single, key=len, reverse=True):
            found.setdefault(word[part], []).append(word)
        return found

    def __contains__(self, word: str) -> bool:
        return word in self.rule_of

    def start(self, text: str, at: int = 0) -> str:
        """The longest word that stands at `at`, or nothing."""
        pair = text[at : at + 2]
        for word in self._starts.get(pair, ()):
            if text.startswith(word, at):
                return word
        first = pair[:1]
        return first if first in self._single else ""

    def end(self, text: str) -> str:
        """The longest word that `text` ends with, or nothing."""
        for word in self._ends.get(text[-2:], ()):
            if text.endswith(word):
                return word
        last = text[-1:]
        return last if last in self._single else ""

    def find(self, text: str, at: int = 0) -> tuple[int, str] | None:
        """The first word in `text` from `at` on, and where it stands."""
        return next(self.all(text, at), None)

    def all(self, text: str, at: int = 0) -> Iterator[tuple[int, str]]:
        """Each place from `at` on where a word begins, and the longest that does; words may overlap."""
        for match in self._first.finditer(text, at):
            word = self.start(text, match.start())
            if word:
                yield match.start(), word

    @cached_property
    def _first(self) -> re.Pattern[str]:
        """The characters that a word may begin with."""
        characters = re.escape("".join(sorted({word[0] for word in self.rule_of})))
        return compiled(f"[{characters}]" if characters else "(?!)")

    def find_last(self, text: str) -> tuple[int, str] | None:
        """The last word in `text`, and where it stands; of two that end together the longer."""
        for end in range(len(text), 0, -1):
            word = self.end(text[:end])
            if word:
                return end - len(word), word
        return None


class WordFinder:
    """Where any of many words stands in a text: one scan for what may be the first two characters of one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._single: list[str] = []
        self._by_start: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            if len(word) == 1:
                self._single.append(word)
            else:
                self._by_start.setdefault(word[:2], []).append(word)
        first, second = (re.escape("".join(sorted({start[i] for start in self._by_start}))) for i in (0, 1))
        self._starts = compiled(f"[{first}](?=[{second}])" if self._by_start else "(?!)")

    def present(self, text: str) -> set[str]:
        """The words that stand in `text`."""
        found = {word for word in self._single if word in text}
        for match in self._starts.finditer(text):
            at = match.start()
            for word in self._by_start.get(text[at : at + 2], ()):
                if text.startswith(word, at):
                    found.add(word)
        return found

    def places(self, text: str) -> dict[str, list[int]]:
        """By each word that stands in `text`, where; words may overlap."""
        found: dict[str, list[int]] = {}
        for match in self._starts.finditer(text):
            at = match.start()
            for word in self._by_start.get(text[at : at + 2], ()):
                if text.startswith(word, at):
                    found.setdefault(word, []).append(at)
        for word in self._single:
            if word in text:
                found[word] = [match.start() for match in compiled(re.escape(word)).finditer(text)]
        return found
