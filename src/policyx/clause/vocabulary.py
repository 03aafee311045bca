"""Words by their roles, from the rules and the shipped dictionary, as plain data that is kept for the next start.

The dictionary was made from jieba's (see `tests/make_lexicon.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from policyx.cache import Shared, remembered, shared
from policyx.rules import Rules

_DICTIONARY = Path(__file__).parent.parent / "rules" / "lexicon.txt"
_KINDS = ("word", "measure", "status", "place")
_LONG = 3

# sets of roles with the words that have them, and lengths of words, the longest first, with the three characters that
# words so long end in
Vocabulary = tuple[Shared[str], Shared[int]]


def vocabulary(rules: Rules) -> Vocabulary:
    """The words of the rules and of the dictionary, and what those of three characters and more end in."""
    key = rules.key and f"{rules.key} {_DICTIONARY.stat().st_mtime_ns}"
    return remembered("words", key, lambda: _made(rules))


def roles_by_rule(rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Each word of the rules with a role that it has in a clause, and the id of the rule."""
    for kind in _KINDS:
        for entry in rules.of(kind):
            if kind == "status" and (entry["scope"] not in ("clause", "sentence") or entry["status"] == "policy"):
                continue
            role = entry["role"] if kind == "word" else {"measure": "change", "status": "cue"}.get(kind, kind)
            for word in entry.get("words", ()):
                yield word, role, entry["id"]


def _made(rules: Rules) -> Vocabulary:
    roles_of = _dictionary()
    listed = _listed(rules)
    for word, roles in listed.items():
        roles_of[word] = roles_of.get(word, frozenset()) | roles
    for word, _, _ in members(rules):
        roles_of[word] = frozenset({"listed", "noun"}) | (listed.get(word, frozenset()) & {"shared"})
    alike: dict[frozenset[str], list[str]] = {}
    for word, roles in roles_of.items():
        alike.setdefault(roles, []).append(word)
    return shared((sorted(roles), words) for roles, words in alike.items()), _endings(roles_of)


def members(rules: Rules) -> list[tuple[str, str, str]]:
    """城乡=城镇+农村: the words that stand for two members, a sign, and the members."""
    return [word.partition("=") for word in rules.words("word", "pair")]


def _listed(rules: Rules) -> Mapping[str, frozenset[str]]:
    """The roles that the rules give their words."""
    found: dict[str, set[str]] = {}
    for word, role, rule in roles_by_rule(rules):
        found.setdefault(word, set()).update((role, rule, "listed") if role == "change" else (role, "listed"))
    cues = tuple(word for word, roles in found.items() if "cue" in roles)
    for word, roles in found.items():
        if roles & {"copula", "adverb"} and word not in cues and word.startswith(cues):
            roles.add("cue")  # 预计达到, 将达到, 已有
    return {word: frozenset(roles) for word, roles in found.items()}


def _dictionary() -> dict[str, frozenset[str]]:
    words: dict[str, frozenset[str]] = {}
    for line in _DICTIONARY.read_text(encoding="utf-8").splitlines():
        role, _, rest = line.partition(" ")
        words.update(dict.fromkeys(rest.split(" "), frozenset({role})))
    return words


def _endings(words: Iterable[str]) -> Shared[int]:
    sizes: dict[str, set[int]] = {}
    for word in words:
        if len(word) >= _LONG:
            sizes.setdefault(word[-_LONG:], set()).add(len(word))
    alike: dict[frozenset[int], list[str]] = {}
    for end, found in sizes.items():
        alike.setdefault(frozenset(found), []).append(end)
    return shared((sorted(found, reverse=True), ends) for found, ends in alike.items())
