"""The words that checks know, by role: rules in, compiled patterns out."""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.patterns import any_word, compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple


class Words(NamedTuple):
    """A pattern for each role, whose words may stand anywhere in what is searched; `sets` are the words of each list
    whose members make up a whole, `of_set` finds any of them; `constant_prices` are indicators whose growth is told
    without the rise of prices, `place_totals` such as a place has one figure of."""

    patterns: dict[str, re.Pattern[str]]
    sets: tuple[tuple[str, ...], ...]
    of_set: re.Pattern[str]
    constant_prices: tuple[str, ...]
    place_totals: frozenset[str]

    def has(self, role: str, text: str | None) -> bool:
        """Whether a word of the role stands in the text."""
        return bool(text) and self.patterns[role].search(text or "") is not None

    def ends(self, role: str, text: str) -> bool:
        """Whether the text ends with a word of the role."""
        return any(match.end() == len(text) for match in self.patterns[role].finditer(text))


ROLES = (
    "parts", "total", "cumulative", "average", "same_basis", "from", "up", "down", "amount", "ratio", "share_of",
    "dealt", "separator", "not_whole", "overlapping", "rate_name", "change_word", "of", "per",
    "reversed", "revised",
)  # fmt: skip


@lru_cache(maxsize=4)
def words_of(rules: Rules) -> Words:
    """The words in force."""
    by_role: dict[str, list[str]] = {role: [] for role in ROLES}
    sets: list[tuple[str, ...]] = []
    ids: dict[str, list[str]] = {"constant_prices": [], "place_totals": []}
    for entry in rules.of("check"):
        if entry["role"] == "complete_set":
            sets.append(tuple(entry["words"]))
        elif entry["role"] in ids:
            ids[entry["role"]] += entry["words"]
        else:
            by_role[entry["role"]] += entry["words"]
    patterns = {role: compiled(any_word(words)) for role, words in by_role.items()}
    of_set = compiled(any_word([word for known in sets for word in known]))
    return Words(patterns, tuple(sets), of_set, tuple(ids["constant_prices"]), frozenset(ids["place_totals"]))
