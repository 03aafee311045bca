"""Numbers that carry their unit in how they are written: fractions (三分之二, 1/4), shares of a whole (5:42:53),
doublings (翻两番) and halves (半个百分点). A text in, candidates out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from policyx.model import Number, Unit
from policyx.patterns import compiled, matches_at
from policyx.recognize.candidate import PERCENT, Candidate, with_own_unit
from policyx.recognize.numeral import Numeral, NumeralGrammar, numeral_grammar
from policyx.recognize.spans import matches_near
from policyx.recognize.units import UnitTable, unit_table
from policyx.recognize.wording import wording
from policyx.rules import Rules

_SLASHED = compiled(r"(?<![0-9/.])([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/.A-Za-z])")
_SLASH = compiled("/")
_RATIO = compiled(
    r"[0-9](?<![0-9.:：∶][0-9])[0-9]?(?:\.[0-9]{1,3})?(?: ?[:：∶] ?[0-9]{1,2}(?:\.[0-9]{1,3})?){2,7}(?![0-9.:：∶])"
)
_PART = compiled(r"[0-9]+(?:\.[0-9]+)?")
_COLON = compiled("[:：∶]")
_DASH = compiled(r"[-—–~～]")
_HUNDRED = range(99, 102)
_KILO = compiled(r" ?[kK](?![A-Za-z0-9])")
_HALVED = frozenset({"percent", "point", "multiple", "area", "mass"})
_NAMED = frozenset({10**3, 10**4, 10**6, 10**7, 10**8, 10**10})  # 千分之, 万分之: units of their own


class _Shapes:
    """The patterns for these rules."""

    def __init__(self, rules: Rules) -> None:
        grammar, words = numeral_grammar(rules), wording(rules)
        parts_of = _spaced(words.words("parts_of"))
        parts = rf"\s?{parts_of}"
        self.parts, self.mark = compiled(parts), compiled(parts_of)  # which is found faster
        self.mark_begins = {word[0] for word in words.words("parts_of")}
        self.denominator = compiled(
            rf"([0-9]{{0,4}}[{grammar.multipliers}]{{1,4}}|[{grammar.small}{grammar.hundred}{grammar.multipliers}]{{1,8}})"
            rf"{parts}\s{{0,2}}"
        )
        self.mixed = compiled(rf"([0-9]{{1,4}}|[{grammar.small}{grammar.hundred}]{{1,4}}){words.either('and_part')}$")
        self.to = words.set("range_to")
        turn = words.either("doubling_turn")
        self.doubling = compiled(
            rf"{words.either('doubling')}(?:{words.either('doubling_about')})?"
            rf"(?:([{''.join(grammar.digits)}]|[0-9](?:\.[0-9]+)?){turn}|{turn})"
        )
        self.halves = grammar.half
        self.half = compiled(rf"[{grammar.half}]")
        self.half_unit = compiled(
            rf"(?<![0-9{grammar.ones[0]}{grammar.written.get(2, '')}{words.signs('no_half_behind')}])[{grammar.half}]"
        )
        entry = rules.of("unit", "doubling")
        name = next(iter(words.words("doubling_turn")), "")
        self.times = Unit(name, entry[0]["base"], Fraction(1), "multiple", entry[0]["id"]) if entry else None
        ratio = rules.of("unit", "ratio")
        self.ratio = replace(PERCENT, rule=str(ratio[0]["id"])) if ratio else None


def _spaced(words: list[str]) -> str:
    """Any of the words, with a blank between its characters."""
    return "(?:" + "|".join(r"\s?".join(map(re.escape, word)) for word in words) + ")"


@lru_cache(maxsize=4)
def _shapes(rules: Rules) -> _Shapes:
    return _Shapes(rules)


def own_units(text: str, rules: Rules) -> list[Candidate]:
    """Every number of `text` that carries its unit in how it is written; halves and doublings come last and may overlap
    other numbers."""
    grammar, units, shapes = numeral_grammar(rules), unit_table(rules), _shapes(rules)
    return [*_fractions(text, grammar, units, shapes), *_slashed(text, units), *_shares(text, shapes)]


def doublings_and_halves(text: str, rules: Rules) -> Iterator[Candidate]:
    """翻两番, 半个百分点."""
    grammar, shapes = numeral_grammar(rules), _shapes(rules)
    for match in shapes.doubling.finditer(text) if shapes.times else ():
        surface = match[1]
        power = Decimal(1) if not surface else Decimal(grammar.digits.get(surface, surface))
        assert shapes.times
        yield with_own_unit(*match.span(), (Decimal(2) ** power).normalize(), 1, shapes.times, "", text)
    yield from _halves(text, unit_table(rules), shapes)


def _fractions(text: str, grammar: NumeralGrammar, units: UnitTable, shapes: _Shapes) -> Iterator[Candidate]:
    """百分之四点一, 千分之2.4, 三分之二, 三又四分之一倍: parts of a whole, in percent or in the unit behind them."""
    for match in matches_near(shapes.denominator, text, matches_at(shapes.mark, text, shapes.mark_begins), 11, 4):
        number = grammar.arabic.match(text, match.end()) or grammar.han.match(text, match.end())
        whole, part = grammar.read(match[1]), grammar.read(number[0]) if number else None
        if not number or not whole or not whole.value or not part or part.top is not None:
            continue
        denominator = Fraction(whole.value * whole.scale)
        before = shapes.mixed.search(text, max(0, match.start() - 6), match.start())
        if before:
            value = Fraction(part.value) * part.scale / denominator
            yield from _mixed(text, before, number, value, grammar, units)
            continue
        kilo = _KILO.match(text, number.end())
        end = kilo.end() if kilo else number.end()
        found = _part(text, match, part, denominator, end)
        found = found._replace(scale=1000) if kilo and part.scale == 1 else found
        yield _ranged(text, found, grammar, units, shapes) if denominator == 100 else found


def _part(text: str, match: re.Match[str], part: Numeral, denominator: Fraction, end: int) -> Candidate:
    value: Number = part.value
    unit = PERCENT
    if denominator in _NAMED:
        unit = replace(PERCENT, name="".join(match[0].split()), factor=100 / denominator)
    elif denominator != 100:
        value = Fraction(part.value) * 100 / denominator
    return with_own_unit(match.start(), end, value, part.scale, unit, part.vague, text, fraction=True)


def _mixed(
    text: str, before: re.Match[str], number: re.Match[str], part: Fraction, grammar: NumeralGrammar, units: UnitTable
) -> Iterator[Candidate]:
    """三又四分之一倍: a whole number and a part, in the unit behind them; without a unit they are no quantity."""
    whole = grammar.read(before[1])
    hit = units.match(text, number.end(), han=True)
    if whole is None or whole.top is not None or hit is None:
        return
    start, end = before.start(), number.end()
    value = Fraction(whole.value) * whole.scale + part
    yield Candidate(start, end, hit[1], value, 1, "", None, hit[0], True, text[start:end], fraction=True)


def _ranged(text: str, low: Candidate, grammar: NumeralGrammar, units: UnitTable, shapes: _Shapes) -> Candidate:
    """百分之三十到四十: the upper end without its own 百分之."""
    word = shapes.to.start(text, low.end)
    at = low.end + len(word) if word else low.end + 1 if _DASH.match(text, low.end) else 0
    number = (grammar.arabic.match(text, at) or grammar.han.match(text, at)) if at else None
    high = grammar.read(number[0]) if number else None
    if number is None or high is None or high.top is not None or low.vague:
        return low
    top = high.value * high.scale
    if not low.value * low.scale < top <= 100 or units.match(text, number.end(), han=True):
        return low
    if shapes.parts.match(text, number.end()):
        return low  # 百分之五到百分之八
    return low._replace(end=number.end(), number_end=number.end(), top=top, top_scale=1, bound="range")


def _slashed(text: str, units: UnitTable) -> Iterator[Candidate]:
    """3/4; not 8/10万, which is a rate."""
    for match in matches_near(_SLASHED, text, _SLASH.finditer(text), 3, 4):
        low, high = int(match[1]), int(match[2])
        if low < high and not units.match(text, match.end(1), han=False):
            yield with_own_unit(*match.span(), Fraction(low * 100, high), 1, PERCENT, "", text, fraction=True)


def _shares(text: str, shapes: _Shapes) -> Iterator[Candidate]:
    """5.2:41.3:53.5: parts of a whole, in percent, where they make a hundred."""
    for match in matches_near(_RATIO, text, matches_at(_COLON, text, ":：∶"), 12, 60) if shapes.ratio else ():
        parts = [Decimal(part[0]) for part in _PART.finditer(match[0])]
        if not _HUNDRED[0] <= sum(parts) <= _HUNDRED[-1]:
            continue
        for part, value in zip(_PART.finditer(match[0]), parts, strict=True):
            start = match.start() + part.start()
            assert shapes.ratio
            yield with_own_unit(start, start + len(part[0]), value, 1, shapes.ratio, "", text)


def _halves(text: str, units: UnitTable, shapes: _Shapes) -> Iterator[Candidate]:
    """半个百分点, 半成, 半亩: half of a unit of measure."""
    for match in matches_near(shapes.half_unit, text, matches_at(shapes.half, text, shapes.halves), 1, 6):
        hit = units.match(text, match.end(), han=True)
        if hit and hit[0].unit.dimension in _HALVED:
            half = Decimal("0.5")
            yield Candidate(*match.span(), hit[1], half, 1, "", None, hit[0], True, match[0], (), fraction=True)
