"""Numbers with their units, as they stand: text in, candidates out; nothing is judged yet.

A candidate may lack a unit: the linker or a later member of its list may give it one (3、1、10家).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from policyx.patterns import compiled
from policyx.recognize.candidate import Candidate
from policyx.recognize.context import fits
from policyx.recognize.marks import glued_items
from policyx.recognize.numeral import Numeral, NumeralGrammar, numeral_grammar
from policyx.recognize.parts import doublings_and_halves, own_units
from policyx.recognize.units import UnitTable, WrittenUnit, unit_table
from policyx.recognize.wording import wording
from policyx.rules import Rules

_CLEARLY_LONG = 3  # characters of a numeral that counts, whatever follows
_COUNTS = frozenset({"count", "people"})
_BIG = 10**4  # from here on a multiplier may count a noun that has no unit
_DASHES = frozenset("-—~～")
_DIGIT_OR_POINT = frozenset("0123456789.")


class _Signs:
    """The characters around numerals that these rules know."""

    def __init__(self, rules: Rules) -> None:
        grammar, words = numeral_grammar(rules), wording(rules)
        self.more = frozenset(grammar.more) | frozenset(words.words("more_behind"))
        self.range = _DASHES | frozenset(words.words("range_to"))
        self.follow = self.more | self.range
        large = "".join(sign for sign, value in grammar.groups.items() if value >= _BIG)
        self.large = frozenset(large)
        self.across = frozenset(words.words("numeral_in_word"))
        self.large_tens = frozenset([*self.large, *(sign for sign, value in grammar.tens.items() if value >= 100)])
        self.formal = frozenset(words.words("formal_numeral"))
        signs = grammar.multipliers
        self.behind = compiled(rf"[{signs}]{{1,4}}")
        self.spaced = compiled(rf" ([{large}]{{1,2}}|[{signs}][{large}])")
        # a unit may begin with a multiplier (千瓦, 百分点), or be a numeral elsewhere (三十两)
        self.unit_begins = frozenset(words.words("multiplier_in_unit"))
        self.lone_units = frozenset(words.words("numeral_as_unit"))


@lru_cache(maxsize=4)
def _signs(rules: Rules) -> _Signs:
    return _Signs(rules)


def candidates(text: str, rules: Rules) -> list[Candidate]:
    """All candidates of `text`, in order, without overlaps."""
    finder = _Finder(text, rules)
    found = own_units(text, rules)
    taken = {position for c in found for position in range(c.start, c.end)}
    found.extend(c for c in finder.arabic(glued_items(text)) if c.start not in taken)
    found.extend(c for c in finder.han() if c.start not in taken and c.end - 1 not in taken)  # 预算数|百分之九十
    found.extend(c for c in doublings_and_halves(text, rules) if c.fraction or c.start not in taken)
    found.sort(key=lambda c: (c.start, -c.end))
    kept: list[Candidate] = []
    for candidate in found:
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept


def is_formal(candidate: Candidate, rules: Rules) -> bool:
    """壹贰叁 are written on cheques and in contracts only: such a number is money even without 元."""
    surface = candidate.surface
    return candidate.han and len(surface) > 2 and not _signs(rules).formal.isdisjoint(surface)


class _Finder:
    """The numbers of one text."""

    def __init__(self, text: str, rules: Rules) -> None:
        self._text = text
        self._grammar: NumeralGrammar = numeral_grammar(rules)
        self._units: UnitTable = unit_table(rules)
        self._signs = _signs(rules)

    def arabic(self, glued: Mapping[int, int]) -> Iterator[Candidate]:
        """Numbers in figures; `glued`: where a list number touches a figure, and where this begins."""
        grammar = self._grammar
        for match in grammar.arabic.finditer(self._text):
            figure: re.Match[str] | None = match
            if match.start() in glued:  # 1.3人户 in a list is item 1 and 3人
                content = glued[match.start()]
                figure = grammar.figure.match(self._text, content) if content < match.end() else None
            if figure:
                yield self._candidate(figure, han=False)

    def han(self) -> Iterator[Candidate]:
        """Numbers in characters, where a unit, a sign of a range or the way of writing shows that they are numbers."""
        text, signs, grammar = self._text, self._signs, self._grammar
        for match in grammar.han.finditer(text):
            start, end = match.span()
            if end - start == 1 and self._counts_nothing(start, end):
                continue  # before anything else: most are such
            if text[start - 1 : start] in _DIGIT_OR_POINT:
                continue
            if text[start - 1 : start + 1] in signs.across:
                rest = grammar.han.match(text, start + 1)
                if not rest:
                    continue
                match = rest
            candidate = self._candidate(match, han=True)
            formal = len(candidate.surface) > 2 and not signs.formal.isdisjoint(candidate.surface)
            ranged = text[candidate.end : candidate.end + 1] in signs.range
            if candidate.written or formal or ranged or self._is_amount(candidate.surface):
                yield candidate

    def _is_amount(self, surface: str) -> bool:
        """卅五万 in 从去年的卅五万增为七十三万: a number, whose clause may tell of what; 百万 and 三万 are names."""
        grammar = self._grammar
        large = not self._signs.large.isdisjoint(surface) and surface[0] not in grammar.some + grammar.floor
        return large and len(surface) >= _CLEARLY_LONG and not grammar.is_bare_multiplier(surface)

    def _counts_nothing(self, start: int, end: int) -> bool:
        """一 in 一是 and 统一: a single sign that no unit can follow, and no currency stands before."""
        text = self._text
        return (
            text[end : end + 1] not in self._signs.follow
            and not self._units.may_begin(text, end)
            and text[start] not in self._signs.large
            and not self._units.may_follow_currency(text, start)
        )

    def _candidate(self, match: re.Match[str], *, han: bool) -> Candidate:
        text, grammar, units = self._text, self._grammar, self._units
        surface = match[0]
        numeral = grammar.read(surface) or Numeral(Decimal(0), 1)
        start, at = match.span()
        vague = numeral.vague
        if text[at : at + 1] in self._signs.more and text[at : at + 1]:
            vague += text[at]
            at += 1
            tail = None if han else self._signs.behind.match(text, at, at + 4)
            scaled = grammar.read(surface + tail[0]) if tail else None
            if tail and scaled:  # 20余万: the multiplier stands behind 余
                numeral, at = scaled, tail.end()
        spaced = None if han or numeral.scale > 1 or text[at : at + 1] != " " else self._signs.spaced.match(text, at)
        if spaced and units.match(text, spaced.end(), han=False):  # 46 万平方米
            scaled = grammar.read(surface + spaced[1])
            numeral = numeral._replace(scale=scaled.scale) if scaled else numeral
            at = spaced.end()
        number_end = at
        short = han and not self._is_long(surface)
        hit = units.match_blanks(text, at, han=short) or self._in_brackets(at, numeral)
        shorter = self._unit_inside(surface, start, han=han) if at == match.end() else None
        if shorter:
            surface, numeral, hit = shorter
            number_end = start + len(surface)
        written, end = hit or (None, number_end)
        if written is not None:
            twins = units.twins(written)
            if len(twins) > 1:
                written = next((twin for twin in twins if fits(text, start, end, twin)), written)
        written = units.in_currency(text, start, written)
        if written is None and numeral.scale >= _BIG:
            written = units.implied(text, number_end)
        return Candidate(
            start, number_end, end, numeral.value, numeral.scale, vague, numeral.top, written, han, surface,
            numeral.rules,
        )  # fmt: skip

    def _in_brackets(self, at: int, numeral: Numeral) -> tuple[WrittenUnit, int] | None:
        """20.5亿（美元）, 12（艘）: a unit in brackets, but for those of a table's cells: 0.1（百分点）."""
        hit = self._units.match_brackets(self._text, at)
        return hit if hit and (numeral.scale > 1 or hit[0].unit.dimension in _COUNTS) else None

    def _is_long(self, surface: str) -> bool:
        """一百二十 counts whatever follows; 三 may name it (三类企业)."""
        return len(surface) > 1 and not self._signs.large_tens.isdisjoint(surface)

    def _unit_inside(
        self, surface: str, start: int, *, han: bool
    ) -> tuple[str, Numeral, tuple[WrittenUnit, int]] | None:
        """The numeral and its unit where the unit begins with a multiplier: 200万千瓦 is 200万 and 千瓦, 2百分点 is 2
        and 百分点; and 两, which ends no compound numeral, so that 三十两 is a weight."""
        signs = self._signs
        if len(surface) < 2 or not (surface[-1] in signs.unit_begins or surface[-1] in signs.lone_units):
            return None
        hit = self._units.match(self._text, start + len(surface) - 1, han=han)
        whole = hit and (len(hit[0].word) > 1 or surface[-1] in signs.lone_units)
        numeral = self._grammar.read(surface[:-1]) if whole else None
        return (surface[:-1], numeral, hit) if hit and numeral else None
