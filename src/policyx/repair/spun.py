"""Text in which a program swapped words for synonyms to hide a copy (高新技艺企业), in; the words it had before, out.

A document counts as spun when it holds several different words that no writer of Chinese makes (东说念主才: the program
took 道 in 东道主 for 说念). Only then are the swaps undone, those included that are ordinary words elsewhere.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from policyx.model import Edit
from policyx.patterns import any_word, compiled
from policyx.repair.lookup import Word, listed, swapped, trie_pattern, words
from policyx.rules import Rules
from policyx.rules.words import WordFinder
from policyx.text import RepairedText

_DIFFERENT = 3
_PROOFS = 2  # words that nothing else explains: 东说念主 for 人
_PER_CHARACTERS = 1500  # one sign in so many characters


class _Spinner:
    def __init__(self, rules: Rules) -> None:
        self.signs = WordFinder(listed(rules, "spun_sign"))
        self.proofs = compiled(any_word(listed(rules, "spun_proof")))
        self._rules = rules

    @cached_property
    def patterns(self) -> list[tuple[re.Pattern[str], str, str]]:
        """Shapes, what becomes of them, and the rules."""
        entries = self._rules.of("replacement", "spun_pattern")
        return [(compiled(entry["pattern"]), entry["to"], entry["id"]) for entry in entries]

    @cached_property
    def table(self) -> dict[str, Word]:
        """The words that a spun text has in place of others."""
        return words(self._rules, "spun")

    @cached_property
    def words(self) -> re.Pattern[str]:
        """Any of these words."""
        return compiled(trie_pattern(self.table))


@lru_cache(maxsize=8)
def _spinner(rules: Rules) -> _Spinner:
    return _Spinner(rules)


def is_spun(text: str, rules: Rules) -> bool:
    """Whether the text shows enough words that only a spinning program writes."""
    found = _spinner(rules).signs.places(text)
    if found and len(_spinner(rules).proofs.findall(text)) >= _PROOFS:
        return True
    return len(found) >= _DIFFERENT and sum(map(len, found.values())) * _PER_CHARACTERS >= len(text)


def repair_spun(text: RepairedText, rules: Rules) -> RepairedText:
    """Undo the swaps of a spun document; any other is left alone."""
    if not is_spun(text.text, rules):
        return text
    spinner = _spinner(rules)
    for pattern, to, rule in spinner.patterns:
        text = text.apply(
            edit
            for match in pattern.finditer(text.text)
            for edit in swapped(match.start(), match.group(), match.expand(to), rule)
        )
    edits: list[Edit] = []
    for match in spinner.words.finditer(text.text):
        word = spinner.table[match.group()]
        edits.extend(swapped(match.start(), match.group(), word.to, word.rule))
    return text.apply(edits)
