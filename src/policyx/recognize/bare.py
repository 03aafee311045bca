"""Bare figures that a name makes quantities (基尼系数0.46): candidates in, the same with a nameless unit out."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from policyx.model import Unit
from policyx.patterns import any_word, compiled
from policyx.recognize.candidate import Candidate
from policyx.recognize.units import WrittenUnit
from policyx.rules import Rules
from policyx.rules.words import WordSet
from policyx.tuples import NamedTuple

_BASE = 100  # what an index is in the year that it starts from
_CLAUSE = 24  # characters before the figure in which its name stands
_STOP = compiled("[，。；：、\n]")
_HAN = compiled(r"[\u4e00-\u9fff]")
_PART = frozenset(":：∶/／[［〔(=＝")
_TO_ONE = compiled(r" ?[:：∶] ?1(?![0-9.])")
_BLANKS = (" ", "\u3000")
_JOINED = frozenset("0123456789%％‰:：∶/／-—–~～.")


class _Names(NamedTuple):
    any: re.Pattern[str]
    units: dict[str, WrittenUnit]
    names: WordSet
    follow: WordSet
    base: WordSet


@lru_cache(maxsize=4)
def _names(rules: Rules) -> _Names:
    units = {}
    for entry in rules.of("unit", "coefficient"):
        unit = Unit("", entry["base"], Fraction(1), entry["dimension"], entry["id"])
        units.update(dict.fromkeys(entry["after"], WrittenUnit("", unit, (), (), False, True)))
    words = WordSet(dict.fromkeys(units, ""))
    follow, base = (WordSet(rules.words("context", role)) for role in ("coefficient_goes_on", "index_base"))
    return _Names(compiled(any_word(units)), units, words, follow, base)


def coefficients(text: str, found: list[Candidate], rules: Rules) -> list[Candidate]:
    """The candidates; a bare figure behind the name of a coefficient has the unit of coefficients."""
    names = _names(rules)
    if names.any.search(text) is None:
        return found
    return [
        c._replace(written=_written(text, c, names)) if c.written is None and not c.han and c.scale == 1 else c
        for c in found
    ]


def _written(text: str, c: Candidate, names: _Names) -> WrittenUnit | None:
    before = text[c.start - 1 : c.start]
    if before in _PART or before.isspace():
        return None
    to_one = _TO_ONE.match(text, c.end)  # 2.45:1
    at = to_one.end() if to_one else c.end + (text[c.end : c.end + 1] in _BLANKS)
    following = text[at : at + 1]
    if following and (following in _JOINED or (following.isalnum() and not _HAN.match(following))):
        return None
    if _HAN.match(following) and not names.follow.start(text, at):
        return None
    clause = _STOP.split(text[max(0, c.start - _CLAUSE) : c.start])[-1]
    if c.value == _BASE and names.base.end(clause):
        return None  # 以上年为100
    hit = names.names.find_last(clause)
    return names.units[hit[1]] if hit else None
