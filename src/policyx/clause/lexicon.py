"""Which roles a word has: those that the rules give it, and its part of speech in the shipped dictionary.

Each distinct set of roles is one private-use character, its letter, so that a clause becomes a short string that
constructions are matched against."""

from __future__ import annotations

import re
import zlib
from functools import cache, cached_property, lru_cache

from policyx.cache import spread
from policyx.clause.signs import LATIN, MARKS, mark_roles, structural
from policyx.clause.vocabulary import members, roles_by_rule, vocabulary
from policyx.patterns import any_word, compiled
from policyx.rules import Rules

_FIRST_LETTER = 0xE000
UNKNOWN = frozenset({"noun", "unknown"})
_NEVER_INSIDE = frozenset({"hard", "any_time", "open", "close"})
_LONG = 3  # characters: from here on words are looked for by what they end in


class Lexicon:
    """The words of the rules and of the dictionary, with one letter for each set of roles.

    `letter_of` gives the letter of a word; a word that is not in it reads as a noun (`unknown`)."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._letters: dict[frozenset[str], str] = {}
        self.roles: dict[str, frozenset[str]] = {}  # by letter
        self.unknown = self.letter(UNKNOWN)
        words, endings = vocabulary(rules)
        self.letter_of = spread(words, lambda roles: self.letter(frozenset(roles)))
        self._endings = spread(endings, tuple)  # by three characters, how long the words are that end in them
        self.explains, self.fact_titles, self.rule_titles = (
            tuple(rules.words("word", role)) for role in ("explains", "fact_title", "rule_title")
        )
        self.fee_ends, self.rate_ends, self.default_benefits, self.particles, self.giver_ends = (
            tuple(rules.words("word", role)) for role in ("fee_end", "rate_end", "default_benefit", "of", "giver_end")
        )
        self.measure_ends = tuple(rules.words("word", "measure_end"))
        self.lodged = tuple(sorted(rules.words("word", "lodged"), key=len, reverse=True))
        self.undivided = compiled(any_word(rules.words("word", "undivided")))
        self.sector_ends = tuple(rules.words("word", "sector_end"))
        self.question_leads, self.question_tails = (
            tuple(rules.words("word", role)) for role in ("question_lead", "question_tail")
        )
        self.members = {word: tuple(parts.split("+")) for word, _, parts in members(rules)}
        self.words = lru_cache(maxsize=8192)(self._words)
        for built_in in structural(entry["dimension"] for entry in rules.of("unit")):
            self.letter(built_in)
        self.marks = {sign: self.letter(mark_roles(sign)) for sign in MARKS}
        self.pattern = cache(self._pattern)
        self.opening, self.brackets = self.pattern("open"), self.pattern("open", "close")
        self.joining, self.parting = self.pattern("joint"), self.pattern("joint", "hard")
        self.timing, self.hard = self._time_with_its_shell(), self.pattern("hard")
        self.mark, self.latin = self.letter(mark_roles("")), self.letter(LATIN)

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
        return self._rule_of.get((word, role), "")

    @cached_property
    def _rule_of(self) -> dict[tuple[str, str], str]:
        return {(word, role): rule for word, role, rule in roles_by_rule(self._rules)}

    def has(self, word: str, role: str) -> bool:
        """Whether `word` as a whole has this role."""
        letter = self.letter_of.get(word)
        return letter is not None and role in self.roles[letter]

    def beginning(self, word: str, role: str) -> str:
        """The longest proper beginning of `word`, of two signs or more, that is a word with this role; or ""."""
        return next((word[:size] for size in range(len(word) - 1, 1, -1) if self.has(word[:size], role)), "")

    def _pattern(self, *roles: str) -> re.Pattern[str]:
        """Finds the letters of words with one of these roles."""
        letters = "".join(map(self.class_of, roles))
        return compiled(f"[{letters}]" if letters else "(?!)")

    def _time_with_its_shell(self) -> re.Pattern[str]:
        """Finds a time with what belongs to nothing else: 在|2025年底|前|新建, 于|2024年|建成."""
        before, time, behind, does = (
            self.pattern(role).pattern for role in ("by_time", "any_time", "time_end", "deed")
        )
        counts = self.pattern("figure", "numeral", "rank_number", "latin").pattern  # 2023年|前|10家
        end = f"{behind}(?!{counts})"
        return compiled(f"(?:{before}(?={time}(?:{end}|{does})))?{time}(?:{end})?")

    def cut(self, text: str, start: int, end: int) -> tuple[list[str], list[int]]:
        """The words of a run of Chinese characters, text[start:end], as their letters and the places where they begin
        and the last one ends: the longest known word at the run's end, then the same for what stands before it. The end
        of a Chinese phrase is its head, so that reading from there errs less. No word begins inside one that is
        undivided (其中, 占比)."""
        letters, bounds = self.cut_plainly(text, start, end)
        mark = self.undivided.search(text, start, end)
        if mark is None or mark.end() == end or mark.end() - 1 not in bounds:
            return letters, bounds
        before, first = self.cut_plainly(text, start, mark.end())  # 其中|东港区, no 中东; 占比|较, no 比较
        behind, last = self.cut_plainly(text, mark.end(), end)
        return before + behind, first + last[1:]

    def cut_plainly(self, text: str, start: int, end: int) -> tuple[list[str], list[int]]:
        """As `cut`, of a run that holds no undivided word."""
        letters, bounds = [], [end]
        known, endings, unknown = self.letter_of.get, self._endings.get, self.unknown
        while end - start > 1:
            for size in endings(text[end - _LONG : end], ()):
                if size <= end - start and (letter := known(text[end - size : end])) is not None:
                    break
            else:
                size, letter = 2, known(text[end - 2 : end])
                if letter is None:
                    size, letter = 1, known(text[end - 1], unknown)
            end -= size
            letters.append(letter)
            bounds.append(end)
        if end > start:
            letters.append(known(text[start], unknown))
            bounds.append(start)
        letters.reverse()
        bounds.reverse()
        return letters, bounds

    def _words(self, text: str) -> tuple[tuple[int, int, str], ...]:
        letters, bounds = self.cut(text, 0, len(text))
        return tuple(zip(bounds, bounds[1:], letters, strict=False))


@lru_cache(maxsize=4)
def lexicon(rules: Rules) -> Lexicon:
    """The lexicon for these rules, made once."""
    return Lexicon(rules)
