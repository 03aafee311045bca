"""Numbers with their units, as they stand: text in, candidates out; nothing is judged yet.

A candidate may lack a unit: the linker or a later member of its list may give it one (3、1、10家).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from policyx.model import Number, Unit
from policyx.patterns import compiled
from policyx.recognize.context import fits
from policyx.recognize.marks import glued_items
from policyx.recognize.numeral import MORE, Numeral, NumeralGrammar, numeral_grammar
from policyx.recognize.spans import matches_near
from policyx.recognize.units import UnitTable, WrittenUnit, unit_table
from policyx.rules import Rules


class Candidate(NamedTuple):
    """A number at `start`..`number_end`, with its unit up to `end`; `han`: written in characters."""

    start: int
    number_end: int
    end: int
    value: Number
    scale: int
    vague: str
    top: Number | None
    written: WrittenUnit | None
    han: bool
    surface: str
    rules: tuple[str, ...] = ()
    shared: bool = False
    top_scale: int | None = None
    bound: str | None = None
    fraction: bool = False


_PERCENT = Unit("%", "%", Fraction(1), "percent", "unit.percent")
_TIMES = Unit("番", "倍", Fraction(1), "multiple", "unit.doubling")
_DENOMINATOR = compiled(r"([十百千万亿兆佰仟萬億]{1,4}|[二三四五六七八九十])\s?分\s?之\s?")
_FRACTION = compiled(r"(?<![0-9/.])([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/.A-Za-z])")
_DOUBLING = compiled(r"翻(?:了)?(?:近|约|超)?(?:([一二两三四五]|[0-9](?:\.[0-9]+)?)番|番)")
_PARTS_OF = compiled(r"分\s?之")
_SLASH = compiled("/")
_HALF = compiled("半")
_RATIO = compiled(
    r"[0-9](?<![0-9.:：∶][0-9])[0-9]?(?:\.[0-9]{1,3})?(?: ?[:：∶] ?[0-9]{1,2}(?:\.[0-9]{1,3})?){2,7}(?![0-9.:：∶])"
)
_PART = compiled(r"[0-9]+(?:\.[0-9]+)?")
_COLON = compiled("[:：∶]")
_POWERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_HALF_UNIT = compiled(r"(?<![一大多小过减前后上下对折各两夜倍0-9])半(?=个百分点|[成倍亩斤吨])")
_HALVED = frozenset({"percent", "point", "multiple", "area", "mass"})


def candidates(text: str, rules: Rules) -> list[Candidate]:
    """All candidates of `text`, in order, without overlaps."""
    grammar, units = numeral_grammar(rules), unit_table(rules)
    found = [*_fractions(text, grammar), *_shares(text, grammar, rules)]
    taken = {position for c in found for position in range(c.start, c.end)}
    found.extend(c for c in _arabic(text, grammar, units, glued_items(text)) if c.start not in taken)
    found.extend(c for c in _han(text, grammar, units) if c.start not in taken)
    found.extend(c for c in _doublings(text) if c.start not in taken)
    found.extend(_halves(text, units))
    found.sort(key=lambda c: (c.start, -c.end))
    kept: list[Candidate] = []
    for candidate in found:
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept


def _arabic(text: str, grammar: NumeralGrammar, units: UnitTable, glued: Mapping[int, int]) -> Iterator[Candidate]:
    for match in grammar.arabic.finditer(text):
        figure: re.Match[str] | None = match
        if match.start() in glued:  # 1.3人户 in a list is item 1 and 3人
            content = glued[match.start()]
            figure = grammar.figure.match(text, content) if content < match.end() else None
        if figure:
            yield _candidate(text, figure, grammar, units, han=False)


def _shares(text: str, grammar: NumeralGrammar, rules: Rules) -> Iterator[Candidate]:
    """5.2:41.3:53.5: parts of a whole, in percent, where they make a hundred."""
    entry = rules.of("unit", "ratio")
    for match in matches_near(_RATIO, text, _COLON, 12, 60) if entry else ():
        parts = [Decimal(part[0]) for part in _PART.finditer(match[0])]
        if not 99 <= sum(parts) <= 101:
            continue
        unit = replace(_PERCENT, rule=str(entry[0]["id"]))
        for part, value in zip(_PART.finditer(match[0]), parts, strict=True):
            start = match.start() + part.start()
            yield _made(start, start + len(part[0]), value, 1, unit, "", text)


def _han(text: str, grammar: NumeralGrammar, units: UnitTable) -> Iterator[Candidate]:
    for match in grammar.han.finditer(text):
        start, end = match.span()
        if end - start == 1 and _counts_nothing(text, start, end, units):
            continue  # before anything else: most are such
        if text[start - 1 : start] in _DIGIT_OR_POINT:
            continue
        if text[start - 1 : start + 1] in _WORDS_ACROSS:
            rest = grammar.han.match(text, start + 1)
            if not rest:
                continue
            match = rest
        candidate = _candidate(text, match, grammar, units, han=True)
        if candidate.written or is_formal(candidate) or text[candidate.end : candidate.end + 1] in _RANGE_SIGNS:
            yield candidate


def _counts_nothing(text: str, start: int, end: int, units: UnitTable) -> bool:
    """一 in 一是 and 统一: a single sign that no unit can follow, and no currency stands before."""
    return (
        text[end : end + 1] not in _MAY_FOLLOW
        and not units.may_begin(text, end)
        and text[start] not in _LARGE
        and not units.may_follow_currency(text, start)
    )


_LARGE = frozenset("万亿兆萬億")  # may count a noun that has no unit
_RANGE_SIGNS = frozenset("到至-—~～")
_DIGIT_OR_POINT = frozenset("0123456789.")
# the numeral begins with the last sign of the word before it: 唯一一家 is one, not 11; 跃上千亿元, 以上十项
_WORDS_ACROSS = frozenset(
    ["唯一", "统一", "同一", "单一", "逐一", "归一", "划一", "跃上", "迈上", "登上", "站上", "踏上", "以上"]
)


def is_formal(candidate: Candidate) -> bool:
    """壹贰叁 are written on cheques and in contracts only: such a number is money even without 元."""
    surface = candidate.surface
    return candidate.han and len(surface) > 2 and any(ch in "壹贰叁肆伍陆柒捌玖拾佰仟" for ch in surface)


def _candidate(text: str, match: re.Match[str], grammar: NumeralGrammar, units: UnitTable, *, han: bool) -> Candidate:
    surface = match[0]
    numeral = grammar.read(surface) or Numeral(Decimal(0), 1)
    at = match.end()
    start = match.start()
    vague = numeral.vague
    if text[at : at + 1] in _MORE_SET and text[at : at + 1]:
        vague += text[at]
        at += 1
        tail = None if han else _MULTIPLIERS_BEHIND.match(text, at, at + 4)
        scaled = grammar.read(surface + tail[0]) if tail else None
        if tail and scaled:  # 20余万: the multiplier stands behind 余
            numeral, at = scaled, tail.end()
    spaced = None if han or numeral.scale > 1 or text[at : at + 1] != " " else _SPACED_SCALE.match(text, at)
    if spaced and units.match(text, spaced.end(), han=False):  # 46 万平方米
        numeral = replace(numeral, scale=_SCALES[spaced[1]])
        at = spaced.end()
    number_end = at
    hit = units.match_blanks(text, at, han=han)
    shorter = _unit_inside(text, surface, start, grammar, units, han=han) if at == match.end() else None
    if shorter:
        surface, numeral, hit = shorter
        number_end = start + len(surface)
    written, end = hit or (None, number_end)
    if written is not None:
        twins = units.twins(written)
        if len(twins) > 1:
            written = next((twin for twin in twins if fits(text, start, end, twin)), written)
    written = units.in_currency(text, start, written)
    if written is None and numeral.scale >= 10**4:
        written = units.implied(text, number_end)
    return Candidate(
        start, number_end, end, numeral.value, numeral.scale, vague, numeral.top, written, han, surface, numeral.rules
    )


def _unit_inside(
    text: str, surface: str, start: int, grammar: NumeralGrammar, units: UnitTable, *, han: bool
) -> tuple[str, Numeral, tuple[WrittenUnit, int]] | None:
    """The numeral and its unit where the unit begins with a multiplier: 200万千瓦 is 200万 and 千瓦, 2百分点 is 2 and
    百分点; and 两, which ends no compound numeral, so that 三十两 is a weight."""
    if len(surface) < 2 or surface[-1] not in "千百兆两":
        return None
    at = start + len(surface) - 1
    hit = units.match(text, at, han=han)
    numeral = grammar.read(surface[:-1]) if hit and (len(hit[0].word) > 1 or surface[-1] == "两") else None
    return (surface[:-1], numeral, hit) if hit and numeral else None


_SPACED_SCALE = compiled(r" (万亿?|亿|千万|百万)")
_SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "千万": 10**7, "百万": 10**6}
_MORE_SET = frozenset(MORE) | {"来"}
_MAY_FOLLOW = _MORE_SET | _RANGE_SIGNS
_MULTIPLIERS_BEHIND = compiled(r"[十百千万亿兆]{1,4}")


def _fractions(text: str, grammar: NumeralGrammar) -> Iterator[Candidate]:
    """百分之四点一, 千分之2.4, 三分之二, 1/4: parts of a whole, in percent."""
    for match in matches_near(_DENOMINATOR, text, _PARTS_OF, 6, 4):
        number = grammar.arabic.match(text, match.end()) or grammar.han.match(text, match.end())
        if not number:
            continue
        whole = grammar.read(match[1])
        part = grammar.read(number[0])
        if not whole or not part or part.top is not None:
            continue
        denominator = whole.value * whole.scale
        unit = replace(_PERCENT, name=match[1] + "分之", factor=Fraction(100) / Fraction(denominator))
        value: Number = part.value
        if unit.factor == 1:
            unit = _PERCENT
        elif denominator not in (1000, 10000, 10**6, 10**7, 10**8, 10**10):
            value, unit = Fraction(part.value) * 100 / Fraction(denominator), _PERCENT
        yield _made(match.start(), number.end(), value, part.scale, unit, part.vague, text, fraction=True)
    for match in matches_near(_FRACTION, text, _SLASH, 3, 4):
        low, high = int(match[1]), int(match[2])
        if low < high:
            yield _made(*match.span(), Fraction(low * 100, high), 1, _PERCENT, "", text, fraction=True)


def _halves(text: str, units: UnitTable) -> Iterator[Candidate]:
    """半个百分点, 半成, 半亩: half of a unit of measure."""
    for match in matches_near(_HALF_UNIT, text, _HALF, 1, 6):
        hit = units.match(text, match.end(), han=True)
        if hit and hit[0].unit.dimension in _HALVED:
            half = Decimal("0.5")
            yield Candidate(*match.span(), hit[1], half, 1, "", None, hit[0], True, match[0], (), fraction=True)


def _doublings(text: str) -> Iterator[Candidate]:
    for match in _DOUBLING.finditer(text):
        surface = match[1]
        power = Decimal(1) if not surface else Decimal(_POWERS.get(surface, 0) or surface)
        value = Decimal(2) ** power
        yield _made(*match.span(), value.normalize(), 1, _TIMES, "", text)


def _made(
    start: int, end: int, value: Number, scale: int, unit: Unit, vague: str, text: str, *, fraction: bool = False
) -> Candidate:
    written = WrittenUnit(unit.name, unit, (), (), False, True)
    return Candidate(
        start, end, end, value, scale, vague, None, written, False, text[start:end], (unit.rule,), fraction=fraction
    )
