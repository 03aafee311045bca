"""The repair rules in the form that the steps search with: entries in, compiled patterns and tables out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.rules import Entry, Rules
from policyx.tuples import NamedTuple

_UNUSUAL = compiled("[^\u4e00-\u9fff，。、；：“”（）0-9\n]")


class Word(NamedTuple):
    """What a word is replaced by, and the rule that says so."""

    to: str
    rule: str


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, longest first, that reads each character of the text only once."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(root) or "(?!)"


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in node
    singles = [character for character, below in node.items() if character and list(below) == [""]]
    deeper = [re.escape(c) + _branch(below) for c, below in node.items() if c and list(below) != [""]]
    parts = deeper + ([_characters(singles)] if singles else [])
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body


def _characters(characters: list[str]) -> str:
    if len(characters) == 1:
        return re.escape(characters[0])
    return f"[{re.escape(''.join(characters))}]"


def pairs(entry: Entry) -> Iterator[tuple[str, str]]:
    """The pairs of an entry: `["from", "to"]`, or a two-character string for a pair of characters."""
    for pair in entry.get("pairs", []):
        yield pair[0], pair[1]


def words(rules: Rules, role: str) -> dict[str, Word]:
    """All pairs of the replacement rules with `role`, by what is replaced."""
    return {source: Word(to, entry["id"]) for entry in rules.of("replacement", role) for source, to in pairs(entry)}


def listed(rules: Rules, role: str) -> list[str]:
    """All `words` of the replacement rules with `role`."""
    return [word for entry in rules.of("replacement", role) for word in entry.get("words", [])]


def rule_id(rules: Rules, role: str) -> str:
    """The id of the one rule with `role` that a mechanism in code stands for."""
    return str(rules.of("replacement", role)[0]["id"])


def characterwise(before: str, after: str, rule: str, offset: int = 0) -> Iterator[Edit]:
    """One aligned edit for each run of characters in which two texts of the same length differ."""
    start = -1
    for index, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new and start < 0:
            start = index
        elif old == new and start >= 0:
            yield Edit(start + offset, index + offset, after[start:index], (rule,), True)
            start = -1
    if start >= 0:
        yield Edit(start + offset, len(before) + offset, after[start:], (rule,), True)


@lru_cache(maxsize=2)  # most steps change nothing, and the next one asks of the same text
def unusual(text: str) -> frozenset[str]:
    """The characters of a text that few texts hold."""
    return frozenset(_UNUSUAL.findall(text))


@lru_cache(maxsize=32)
def _usual(characters: frozenset[str]) -> tuple[str, ...]:
    return tuple(character for character in characters if not _UNUSUAL.match(character))


def holds(text: str, characters: frozenset[str]) -> bool:
    """Whether any of these characters stands in the text: one look at it tells what few texts hold."""
    return not unusual(text).isdisjoint(characters) or any(usual in text for usual in _usual(characters))


@lru_cache(maxsize=32)
def any_of(characters: frozenset[str]) -> re.Pattern[str]:
    """The pattern that finds any of these characters: a step's quickest way to see that it has nothing to do."""
    return compiled(_characters(sorted(characters)))


def swapped(start: int, old: str, new: str, rule: str) -> Iterator[Edit]:
    """The edits that make `new` of `old`: of the changed characters alone where the length stays."""
    if len(old) == len(new):
        yield from characterwise(old, new, rule, start)
    else:
        yield Edit(start, start + len(old), new, (rule,))


def is_han(character: str) -> bool:
    """Whether this is a Chinese character (〇 included)."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character == "〇"
