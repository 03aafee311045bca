"""The words around numbers and times, from the `context` rules: sets to look up, and alternations for patterns.

Patterns in code hold figures, signs and blanks; whatever else they ask for is named by a role and comes from the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from policyx.patterns import compiled, escaped
from policyx.rules import Rules
from policyx.rules.words import WordSet

_HAN = compiled(r"[\u4e00-\u9fff]")
NO_SIGN = "\uffff"


def is_han(character: str) -> bool:
    """Whether this is one Chinese character."""
    return _HAN.match(character) is not None


def alternation(words: Iterable[str]) -> str:
    """A group that matches any of the words, the longest first; one that matches nothing without words."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(escaped(ordered))})" if ordered else "(?!)"


class Wording:
    """The words of each role of the `context` rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._sets: dict[str, WordSet] = {}

    def words(self, *roles: str) -> list[str]:
        """The words of these roles."""
        return [word for role in roles for word in self._rules.words("context", role)]

    def either(self, *roles: str) -> str:
        """A group that matches any word of these roles."""
        return alternation(self.words(*roles))

    def signs(self, *roles: str) -> str:
        """The words of these roles, each a single character, for a character class; one that stands in no text without
        words."""
        return re.escape("".join(self.words(*roles))) or NO_SIGN

    def set(self, *roles: str) -> WordSet:
        """The words of these roles, to be looked up at the beginning or end of a text."""
        key = " ".join(roles)
        found = self._sets.get(key)
        if found is None:
            found = self._sets[key] = WordSet(dict.fromkeys(self.words(*roles), ""))
        return found

    def not_after(self, role: str) -> dict[str, tuple[str, ...]]:
        """Each word of a role with what may not stand before it."""
        return {
            word: tuple(entry.get("not_after", ()))
            for entry in self._rules.of("context", role)
            for word in entry.get("words", ())
        }


@lru_cache(maxsize=4)
def wording(rules: Rules) -> Wording:
    """The wording for these rules, made once."""
    return Wording(rules)
