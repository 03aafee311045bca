"""A sentence as words with roles: figures, times and marks among them; what stands in brackets is a clause of its
own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from policyx.clause.lexicon import Lexicon
from policyx.clause.signs import (
    ASIDE,
    BOUNDARY,
    COUNTED_ASIDE,
    FACT_TITLE,
    ITEM,
    QUOTED,
    QUOTES,
    RULE_TITLE,
    TITLE,
    TITLES,
    mention_roles,
)
from policyx.model import Mention, Span
from policyx.patterns import compiled
from policyx.tuples import NamedTuple

_LONGEST_QUOTE = 60
_NOTE = compiled(r"[（(][^（）()]{1,8}[）)]$")  # 《……办法（试行）》
_QUOTE = "|".join(f"{opens}[^{closes}]{{0,{_LONGEST_QUOTE - 2}}}{closes}" for opens, closes in QUOTES.items())
_PIECE = compiled(
    r"[一-鿿㐀-䶿\U00020000-\U0003ffff][一-鿿〇々㐀-䶿\U00020000-\U0003ffff]*"
    rf"|(?P<latin>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[A-Za-z0-9.+&%/_-]+)|(?P<blank>\s+)|(?P<quoted>{_QUOTE})"
    r"|(?P<sign>[〇々][一-鿿〇々㐀-䶿\U00020000-\U0003ffff]*|.)",
    re.DOTALL,
)
_SPAN = attrgetter("span")
_NUMBERS = frozenset({"numeral", "rank_number"})
_BEHIND_NUMBER = 3  # the place of the word behind an item's number and its mark


class Clause(NamedTuple):
    """The words of a sentence, or of brackets in one that hold figures, between two boundaries.

    `letters` has a character for each word that stands for its roles, `backwards` the same in reverse, `kinds` each of
    them once, and perhaps some more; the first and the last word are boundaries. Word n is text[starts[n]:ends[n]];
    `mentions` are those that are figures and times, also a time that brackets hold.
    `host` is the clause around the brackets and the place of the brackets in it."""

    text: str
    lexicon: Lexicon
    letters: str
    backwards: str
    kinds: frozenset[str]
    starts: list[int]
    ends: list[int]
    mentions: dict[int, Mention]
    host: tuple[Clause, int] | None = None

    def roles(self, at: int) -> frozenset[str]:
        """The roles of word `at`."""
        return self.lexicon.roles[self.letters[at]]

    def said(self, first: int, last: int) -> str:
        """The text of words first..last (half-open) without blanks between them."""
        text, starts, ends = self.text, self.starts[first:last], self.ends[first:last]
        if starts[1:] == ends[:-1]:  # nothing stands between them
            return text[starts[0] : ends[-1]] if starts else ""
        return "".join([text[low:high] for low, high in zip(starts, ends, strict=True)])

    def start(self, end: int, *roles: str) -> int:
        """The first word behind the last one before word `end` that has one of these roles: by default a mark or a
        figure."""
        pattern = self.lexicon.pattern(*roles) if roles else self.lexicon.hard
        mark = pattern.search(self.backwards, len(self.letters) - end)
        return len(self.letters) - mark.start() if mark else 0

    def end(self, first: int, last: int, *roles: str) -> int:
        """The first of words first..last (half-open) that has one of these roles, else `last`."""
        mark = self.lexicon.pattern(*roles).search(self.letters, first, last)
        return mark.start() if mark else last

    def has(self, role: str, first: int = 0, last: int | None = None) -> bool:
        """Whether a word among first..last (half-open) has this role."""
        last = len(self.letters) if last is None else last
        return self.lexicon.pattern(role).search(self.letters, first, last) is not None

    def opens(self, at: int) -> bool:
        """Whether nothing but marks and what leads in a time stands before word `at`: ——到2025年，……."""
        before = (number for number in range(1, at) if "until" not in self.roles(number))
        return not any(any(map(str.isalnum, self.said(number, number + 1))) for number in before)

    def item_number(self, first: int) -> int:
        """How many words from `first` on number the item that the clause opens: 二、教育事业费; not in 一、二产业."""
        if first != 1 or len(self.letters) <= _BEHIND_NUMBER or "enum" not in self.roles(2):
            return 0
        behind = self.roles(_BEHIND_NUMBER)  # 三、首套住房
        lists = bool(behind & _NUMBERS) and "first_part" not in behind
        return 2 if self.roles(first) & _NUMBERS and not lists else 0

    def untimed(self) -> Clause:
        """The clause without its times."""
        timing = self.lexicon.timing
        if timing.search(self.letters) is None:
            return self
        times = {at for match in timing.finditer(self.letters) for at in range(*match.span())}
        letters = timing.sub("", self.letters)
        starts = [start for at, start in enumerate(self.starts) if at not in times]
        ends = [end for at, end in enumerate(self.ends) if at not in times]
        mentions = {self.untimed_place(at): mention for at, mention in self.mentions.items() if at not in times}
        return self._replace(letters=letters, backwards=letters[::-1], starts=starts, ends=ends, mentions=mentions)

    def untimed_place(self, at: int) -> int:
        """The place of word `at`, which is no time, in the clause without its times."""
        return _untimed_places(self.letters, self.lexicon.timing)[at]


@lru_cache(maxsize=8)  # asked once for each figure of a clause
def _untimed_places(letters: str, timing: re.Pattern[str]) -> Sequence[int]:
    """The place of each word among those that are no times."""
    places: list[int] = []
    behind = passed = 0
    for match in timing.finditer(letters):
        places += range(behind - passed, match.start() - passed)
        places += [match.start() - passed] * len(match[0])
        behind, passed = match.end(), passed + len(match[0])
    return [*places, *range(behind - passed, len(letters) - passed)]


class Sentence(NamedTuple):
    """A sentence's clauses, and for each of its figures, by its span, the clause it stands in and its place there."""

    clauses: tuple[Clause, ...]
    places: dict[Span, tuple[Clause, int]]


class _Row:
    """Words in the making, behind a boundary."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.cut = lexicon, lexicon.cut
        self.letters = [lexicon.letter(BOUNDARY)]
        self.starts, self.ends = [0], [0]
        self.mentions: dict[int, Mention] = {}

    def add(self, start: int, end: int, letter: str, mention: Mention | None = None) -> None:
        if mention is not None:
            self.mentions[len(self.starts)] = mention
        self.letters.append(letter)
        self.starts.append(start)
        self.ends.append(end)

    def compare(self, text: str) -> None:
        """财政收入比|2018年: before a time the end of the last word compares, where the rest of it is measured."""
        start, end = self.starts[-1], self.ends[-1]
        own, lexicon = text[start:end], self.lexicon
        if len(own) > 2 and lexicon.has(own[-1], "than") and lexicon.has(own[:-1], "shared"):
            self.ends[-1], self.letters[-1] = end - 1, lexicon.letter_of[own[:-1]]
            self.add(end - 1, end, lexicon.letter_of[own[-1]])

    def end_noun(self) -> None:
        """举办展销会|12场: right before a figure the word is no verb but the end of a noun."""
        roles = self.lexicon.roles
        if "noun_end" in roles[self.letters[-1]] and "hard" not in roles[self.letters[-2]]:
            self.letters[-1] = self.lexicon.unknown

    def take(self, row: _Row, first: int, last: int) -> None:
        """Add words first..last (half-open) of another row."""
        ahead = len(self.starts) - first
        self.mentions.update({at + ahead: row.mentions[at] for at in range(first, last) if at in row.mentions})
        self.letters += row.letters[first:last]
        self.starts += row.starts[first:last]
        self.ends += row.ends[first:last]

    def clause(self, text: str, host: tuple[Clause, int] | None = None) -> Clause:
        """The words as a clause, with a boundary behind them."""
        self.starts[0] = self.ends[0] = self.starts[1] if len(self.starts) > 1 else 0
        self.add(self.ends[-1], self.ends[-1], self.letters[0])
        letters = "".join(self.letters)
        if len(self.mentions) > 1:
            letters = _with_items(letters, self.lexicon)
        kinds = frozenset((*self.letters, self.lexicon.letter(ITEM)))
        return Clause(text, self.lexicon, letters, letters[::-1], kinds, self.starts, self.ends, self.mentions, host)


def parse(text: str, span: Span, figures: Sequence[Mention], times: Sequence[Mention], lexicon: Lexicon) -> Sentence:
    """The sentence at `span` of `text` with its mentions."""
    mentions = sorted([*figures, *times], key=_SPAN) if times else figures
    row = _Row(lexicon)
    if lexicon.undivided.search(text, *span) is None:
        row.cut = lexicon.cut_plainly
    at = span.start
    for mention in mentions:
        low, high = mention.span
        if low < at:
            continue
        _cut(text, at, low, row)
        if mention.kind == "time":
            row.compare(text)
        elif low == row.ends[-1]:
            row.end_noun()
        row.add(low, high, lexicon.letter(mention_roles(mention)), mention)
        at = high
    _cut(text, at, span.end, row)
    clauses = _apart(text, row)
    found = {
        mention.span: (clause, at)
        for clause in clauses
        for at, mention in clause.mentions.items()
        if mention.kind != "time"
    }
    return Sentence(clauses, found)


def _with_items(letters: str, lexicon: Lexicon) -> str:
    """In 2项奥运冠军、58项世界冠军 the sign parts two figures with their nouns; in 2项国家、省级奖项 it does not."""
    if lexicon.joining.search(letters) is None:
        return letters
    out = list(letters)
    pending = None  # the first list mark behind the figure before
    counting = False
    for mark in lexicon.parting.finditer(letters):
        own = lexicon.roles[mark[0]]
        if "figure" in own:
            if counting and pending is not None:
                out[pending] = lexicon.letter(ITEM)
            counting, pending = True, None
        elif "hard" in own:
            counting, pending = False, None
        elif counting and pending is None:
            pending = mark.start()
    return "".join(out)


def _apart(text: str, row: _Row) -> tuple[Clause, ...]:
    """The clause outside of brackets, in which each pair of brackets is one word, and behind it the words inside those
    that hold figures."""
    lexicon, letters = row.lexicon, "".join(row.letters)
    if lexicon.opening.search(letters) is None:
        return (row.clause(text),)
    outer = _Row(lexicon)
    groups: list[tuple[int, _Row]] = []
    at = 1
    while mark := lexicon.opening.search(letters, at):
        outer.take(row, at, mark.start())
        at, inner = _inside(row, letters, mark.start())
        counted = any("figure" in lexicon.roles[letter] for letter in inner.letters)
        if counted:
            groups.append((len(outer.starts), inner))
        letter = lexicon.letter(COUNTED_ASIDE if counted else ASIDE)
        outer.add(row.starts[mark.start()], row.ends[at - 1], letter, None if counted else _dates(inner))
    outer.take(row, at, len(letters))
    whole = outer.clause(text)
    return (whole, *(inner.clause(text, (whole, place)) for place, inner in groups))


def _dates(inner: _Row) -> Mention | None:
    """The time that brackets hold, alone or before a comma: 148平方公里（2017年，县统计局）."""
    alone = len(inner.letters) == 2 or (len(inner.letters) > 2 and "hard" in inner.lexicon.roles[inner.letters[2]])
    time = inner.mentions.get(1) if alone else None
    return time if time is not None and time.kind == "time" else None


def _inside(row: _Row, letters: str, start: int) -> tuple[int, _Row]:
    """The place behind the bracket that closes the one at word `start`, or behind all words, and the words between the
    two that are no brackets."""
    lexicon, inner = row.lexicon, _Row(row.lexicon)
    at, depth = start + 1, 1
    for bracket in lexicon.brackets.finditer(letters, at):
        inner.take(row, at, bracket.start())
        at = bracket.end()
        depth += 1 if "open" in lexicon.roles[bracket[0]] else -1
        if not depth:
            return at, inner
    inner.take(row, at, len(letters))
    return len(letters), inner


def _cut(text: str, start: int, end: int, row: _Row) -> None:
    """Add the words of text[start:end]."""
    lexicon, letters, starts, ends = row.lexicon, row.letters, row.starts, row.ends
    for match in _PIECE.finditer(text, start, end):
        kind, (low, high) = match.lastgroup, match.span()
        if kind is None:
            words, bounds = row.cut(text, low, high)
            letters += words
            starts += bounds[:-1]
            ends += bounds[1:]
            continue
        if kind == "blank":
            continue
        if kind == "latin" and text[low].isalnum():
            letter = lexicon.latin
        elif kind == "quoted":
            title = text[low] in TITLES
            letter = lexicon.letter(_title(text[low : high - 1], lexicon) if title else QUOTED)
        else:
            letter = lexicon.marks.get(text[low], lexicon.mark)
        letters.append(letter)
        starts.append(low)
        ends.append(high)


def _title(quoted: str, lexicon: Lexicon) -> frozenset[str]:
    if quoted.endswith(lexicon.fact_titles):
        return FACT_TITLE
    return RULE_TITLE if _NOTE.sub("", quoted).endswith(lexicon.rule_titles) else TITLE
