"""Which roles a word has: those that the rules give it, and its part of speech in the shipped dictionary.

Each distinct set of roles is one private-use character, its letter, so that a clause becomes a short string that
constructions are matched against. The dictionary was made from jieba's (see `tests/make_lexicon.py`)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from policyx.cache import remembered
from policyx.clause.signs import LATIN, MARKS, mark_roles, structural
from policyx.patterns import compiled
from policyx.rules import Rules

_DICTIONARY = Path(__file__).parent.parent / "rules" / "lexicon.txt"
_FIRST_LETTER = 0xE000
UNKNOWN = frozenset({"noun", "unknown"})
_NEVER_INSIDE = frozenset({"hard", "any_time", "open", "close"})

_Ending = tuple[tuple[int, ...], str | None]
_NONE: _Ending = ((), None)


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
        self.explains = tuple(rules.words("word", "explains"))
        self.fact_titles = tuple(rules.words("word", "fact_title"))
        pairs = (word.partition("=") for word in rules.words("word", "pair"))
        self.members = {word: tuple(members.split("+")) for word, _, members in pairs}
        for word in self.members:
            self.letter_of[word] = self.letter(frozenset({"listed", "noun"}) | (listed.get(word, set()) & {"shared"}))
        kept = remembered("endings", rules.key, lambda: _endings(self.letter_of))
        self._endings: dict[str, _Ending] = {}
        for sizes, own, ends in kept:
            self._endings.update(dict.fromkeys(ends.split(" "), (tuple(sizes), own)))
        self.known = lru_cache(maxsize=8192)(self.cut)
        self.words = lru_cache(maxsize=8192)(self._words)
        for built_in in structural(entry["dimension"] for entry in rules.of("unit")):
            self.letter(built_in)
        self.marks = {sign: self.letter(mark_roles(sign)) for sign in MARKS}
        self.pattern = cache(self._pattern)
        self.opening, self.hard = self.pattern("open"), self.pattern("hard")
        self.timing, self.joining = self.pattern("any_time"), self.pattern("joint")
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

    def _pattern(self, *roles: str) -> re.Pattern[str]:
        """Finds the letters of words with one of these roles."""
        letters = "".join(map(self.class_of, roles))
        return compiled(f"[{letters}]" if letters else "(?!)")

    def cut(self, text: str) -> tuple[str, list[int]]:
        """The words of a run of Chinese characters, as their letters and the places where they begin and the last one
        ends: the longest known word at the run's end, then the same for what stands before it. The end of a Chinese
        phrase is its head, so that reading from there errs less."""
        end = len(text)
        letters, bounds = [], [end]
        letter_of, endings, unknown = self.letter_of, self._endings, self.unknown
        while end > 1:
            sizes, letter = endings.get(text[end - 2 : end], _NONE)
            for size in sizes:
                if size <= end and (longer := letter_of.get(text[end - size : end])) is not None:
                    letter = longer
                    break
            else:
                size = 2
                if letter is None:
                    size, letter = 1, letter_of.get(text[end - 1], unknown)
            end -= size
            letters.append(letter)
            bounds.append(end)
        if end:
            letters.append(letter_of.get(text[0], unknown))
            bounds.append(0)
        letters.reverse()
        bounds.reverse()
        return "".join(letters), bounds

    def _words(self, text: str) -> tuple[tuple[int, int, str], ...]:
        letters, bounds = self.cut(text)
        return tuple(zip(bounds, bounds[1:], letters, strict=False))


def _endings(words: Mapping[str, str]) -> list[tuple[list[int], str | None, str]]:
    """How long the words of more than two characters are that end in the same two, the longest first, the letter of
    these two where they are a word, and all pairs of characters of which both is true."""
    sizes: dict[str, set[int]] = {}
    for word in words:
        if len(word) > 1:
            own = sizes.setdefault(word[-2:], set())
            if len(word) > 2:
                own.add(len(word))
    alike: dict[tuple[frozenset[int], str | None], list[str]] = {}
    for pair, found in sizes.items():
        alike.setdefault((frozenset(found), words.get(pair)), []).append(pair)
    return [(sorted(found, reverse=True), own, " ".join(pairs)) for (found, own), pairs in alike.items()]


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
