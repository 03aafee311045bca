"""Which roles a word has: those that the rules give it, and its part of speech in the shipped dictionary.

Each distinct set of roles is one private-use character, its letter, so that a clause becomes a short string that
constructions are matched against. The dictionary was made from jieba's (see `tests/make_lexicon.py`)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from policyx.clause.signs import LATIN, MARKS, mark_roles, structural
from policyx.rules import Rules

_DICTIONARY = Path(__file__).parent.parent / "rules" / "lexicon.txt"
_FIRST_LETTER = 0xE000
UNKNOWN = frozenset({"noun", "unknown"})
_NEVER_INSIDE = frozenset({"hard", "any_time", "open", "close"})


class Lexicon:
    """The words of the rules and of the dictionary, with one letter for each set of roles.

    `letter_of` gives the letter of a word; a word that is not in it reads as a noun (`unknown`)."""

    def __init__(self, rules: Rules) -> None:
        self._letters: dict[frozenset[str], str] = {}
        self.roles: dict[str, frozenset[str]] = {}  # by letter
        self.unknown = self.letter(UNKNOWN)
        self.letter_of = _dictionary(self)
        self.rules_of: dict[str, dict[str, str]] = {}  # role, word -> rule
        listed = self._listed(rules)
        cues = tuple(word for word, roles in listed.items() if "cue" in roles)
        for word, roles in listed.items():
            if roles & {"copula", "adverb"} and word not in cues and word.startswith(cues):
                roles.add("cue")  # 预计达到, 将达到, 已有
            known = self.letter_of.get(word)
            spoken = self.roles[known] if known else frozenset()
            self.letter_of[word] = self.letter(frozenset(roles) | spoken)
        pairs = (word.partition("=") for word in rules.words("word", "pair"))
        self.members = {word: tuple(members.split("+")) for word, _, members in pairs}
        for word in self.members:
            self.letter_of[word] = self.letter(frozenset({"listed", "noun"}))
        self._longer = _sizes_by_ending(self.letter_of)
        self.words = lru_cache(maxsize=8192)(self.cut)
        for built_in in structural(entry["dimension"] for entry in rules.of("unit")):
            self.letter(built_in)
        self.marks = {sign: self.letter(mark_roles(sign)) for sign in MARKS}
        self.opening = frozenset(self.class_of("open"))
        self.counting = frozenset(self.class_of("figure"))
        self.timing = frozenset(self.class_of("any_time"))
        self.joining = frozenset(self.class_of("joint"))
        self.mark, self.latin = self.letter(mark_roles("")), self.letter(LATIN)

    def _listed(self, rules: Rules) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for kind in ("word", "measure", "status", "place"):
            for entry in rules.of(kind):
                if kind == "status" and (entry["scope"] not in ("clause", "sentence") or entry["status"] == "policy"):
                    continue
                role = entry["role"] if kind == "word" else {"measure": "change", "status": "cue"}.get(kind, kind)
                for word in entry.get("words", ()):
                    own = (role, entry["id"], "listed") if kind == "measure" else (role, "listed")
                    found.setdefault(word, set()).update(own)
                    self.rules_of.setdefault(role, {})[word] = entry["id"]
        return found

    def letter(self, roles: frozenset[str]) -> str:
        """The letter of this set of roles, a new one where it is met for the first time."""
        known = self._letters.get(roles)
        if known is None:
            known = self._letters[roles] = chr(_FIRST_LETTER + len(self._letters))
            self.roles[known] = roles
        return known

    def class_of(self, role: str) -> str:
        """All letters whose words have this role; `any` is what may stand within a clause."""
        if role == "any":
            return "".join(letter for letter, roles in self.roles.items() if not roles & _NEVER_INSIDE)
        return "".join(letter for letter, roles in self.roles.items() if role in roles)

    def mark_of_letters(self) -> str:
        """A number that tells these letters with their roles from others."""
        told = ";".join([",".join(sorted(roles)) for roles in self.roles.values()])
        return f"{zlib.crc32(told.encode()):08x}"

    def rule_of(self, role: str, word: str) -> str:
        """The id of the rule that gives `word` this role; empty where none does."""
        return self.rules_of.get(role, {}).get(word, "")

    def has(self, word: str, role: str) -> bool:
        """Whether `word` as a whole has this role."""
        letter = self.letter_of.get(word)
        return letter is not None and role in self.roles[letter]

    def cut(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """The words of a run of Chinese characters as (start, end, letter): the longest known word at its end, then the
        same for what stands before it. The end of a Chinese phrase is its head, so that reading from there errs
        less."""
        found = []
        end = len(text)
        letter_of, longer, unknown = self.letter_of, self._longer, self.unknown
        while end > 1:
            pair = text[end - 2 : end]
            for size in longer.get(pair, ()):
                if size <= end and (letter := letter_of.get(text[end - size : end])) is not None:
                    break
            else:
                size, letter = 2, letter_of.get(pair)
                if letter is None:
                    size, letter = 1, letter_of.get(text[end - 1], unknown)
            found.append((end - size, end, letter))
            end -= size
        if end:
            found.append((0, 1, letter_of.get(text[0], unknown)))
        found.reverse()
        return tuple(found)


def _sizes_by_ending(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For the last two characters of words of more than two, how long words with this ending are, the longest first."""
    found: dict[str, tuple[int, ...]] = {}
    for word in words:
        size = len(word)
        if size > 2 and size not in (known := found.get(word[-2:], ())):
            found[word[-2:]] = tuple(sorted((*known, size), reverse=True)) if known else (size,)
    return found


def _dictionary(lexicon: Lexicon) -> dict[str, str]:
    words: dict[str, str] = {}
    for line in _DICTIONARY.read_text(encoding="utf-8").splitlines():
        role, _, rest = line.partition(" ")
        words.update(dict.fromkeys(rest.split(" "), lexicon.letter(frozenset({role}))))
    return words


@lru_cache(maxsize=4)
def lexicon(rules: Rules) -> Lexicon:
    """The lexicon for these rules, made once."""
    return Lexicon(rules)
