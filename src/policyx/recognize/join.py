"""Candidates that belong together: sums of units (三块零四, 3斤5两, 一吨半), ranges, and lists that share a unit
(3、1、10家)."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from policyx.patterns import compiled
from policyx.recognize.candidate import Candidate
from policyx.recognize.numeral import numeral_grammar
from policyx.recognize.ranges import exact, is_nearer, ranges
from policyx.recognize.units import WrittenUnit
from policyx.recognize.wording import wording
from policyx.rules import Rules

_HALVED = frozenset({"mass", "length", "area", "money", "multiple"})
_TENTH = "unit.tenth"  # 六成五 is 65 %
_SPOKEN = frozenset({"unit.kuai", "unit.jiao"})  # 三块五: the next smaller coin goes unsaid
_SPOKEN_LENGTH = frozenset({"unit.metre"})  # 一米八


class _Sums:
    """What these rules know of units that are put together."""

    def __init__(self, rules: Rules) -> None:
        words, grammar = wording(rules), numeral_grammar(rules)
        self.parts = {word: entry["parts"] for entry in rules.of("unit") if "parts" in entry for word in entry["words"]}
        self.halves = tuple(words.words("half_behind"))
        self.half = compiled(rf"[{grammar.half}](?!{words.either('no_half_before')})")
        # 六成五, 八成五来自…; in 三成五个 and 三成五保户 the digit begins another number or a word
        numerals = "".join([*grammar.digits, *grammar.multipliers, *grammar.point])
        self.tenth = compiled(rf"([{grammar.ones}1-9])(?![{numerals}0-9.]|{words.either('no_tenth_before')})")
        self.tail = compiled(rf"([{grammar.zeros}{grammar.ones}]?)([{grammar.ones}])(?![\u4e00-\u9fff])")
        self.ones = grammar.ones
        self.shared = compiled(rf"\s?(?:[、/]|{words.either('and')})\s?$")


@lru_cache(maxsize=4)
def _sums_of(rules: Rules) -> _Sums:
    return _Sums(rules)


def join(text: str, found: list[Candidate], rules: Rules) -> list[Candidate]:
    """The candidates with sums, ranges and shared units put together."""
    sums = _sums_of(rules)
    return _share(text, ranges(text, _summed(text, found, sums), rules), sums)


def _summed(text: str, found: list[Candidate], sums: _Sums) -> list[Candidate]:
    joined: list[Candidate] = []
    for candidate in found:
        previous = joined[-1] if joined else None
        added = previous and previous.end == candidate.start and _added(text, previous, candidate, sums)
        if added:
            joined[-1] = added
        else:
            joined.append(candidate)
    return [_with_half(text, candidate, sums) for candidate in joined]


def _added(text: str, first: Candidate, second: Candidate, sums: _Sums) -> Candidate | None:
    """元 and then 角 or 分; 斤 and then 两; also 3块5 and 1米75, where the last unit is left out."""
    if not first.written or first.top is not None:
        return None
    smaller = _smaller_unit(first.written, second, sums) or _unsaid(text, first.written, second)
    if smaller is None:
        return None
    factor = first.written.unit.factor
    value = Fraction(first.value) * first.scale + Fraction(second.value) * smaller / factor
    rules = (*first.rules, *second.rules, *([second.written.unit.rule] if second.written else []))
    return first._replace(value=exact(value), scale=1, end=second.end, number_end=second.number_end, rules=rules)


def _smaller_unit(first: WrittenUnit, second: Candidate, sums: _Sums) -> Fraction | None:
    if not second.written:
        return None
    word = first.word if first.word in sums.parts else first.word[-1]
    same_kind = second.written.unit.base == first.unit.base and second.written.unit.factor < first.unit.factor
    chained = second.written.word in sums.parts.get(word, ())
    sen = first.unit.dimension == "money" and first.word == first.unit.base  # 10日元5日本钱
    return second.written.unit.factor if same_kind and (chained or sen) else None


def _unsaid(text: str, first: WrittenUnit, second: Candidate) -> Fraction | None:
    """The unit of the 5 in 3块5 and of the 75 in 1米75: figures that nothing follows."""
    if second.written or second.han or second.scale != 1 or not second.surface.isdigit():
        return None
    following = text[second.end : second.end + 1]
    if following.isalnum() or (following in "%％" and following):
        return None
    if first.unit.rule in _SPOKEN and len(second.surface) == 1:
        return first.unit.factor / 10
    if first.unit.rule in _SPOKEN_LENGTH and len(second.surface) <= 2:
        return first.unit.factor / (100 if len(second.surface) > 1 else 10)
    return None


def _with_half(text: str, candidate: Candidate, sums: _Sums) -> Candidate:
    """一吨半, 三斤半: half a unit more; 两毛五 and 三块零四: a last digit in the next smaller unit of money."""
    written = candidate.written
    share = written is not None and written.unit.rule == _TENTH
    if not written or not (candidate.han or share or written.word.endswith(sums.halves)):
        return candidate
    half = sums.half.match(text, candidate.end)
    if half and (share or written.unit.dimension in _HALVED):
        value = Fraction(candidate.value) + Fraction(1, 2)
        return candidate._replace(value=exact(value), end=half.end())
    tenth = share and sums.tenth.match(text, candidate.end)
    if tenth:  # 六成五
        told = int(tenth[1]) if tenth[1].isdecimal() else sums.ones.index(tenth[1]) + 1
        value = Fraction(candidate.value) + Fraction(told, 10)
        return candidate._replace(value=exact(value), end=tenth.end())
    tail = sums.tail.match(text, candidate.end, candidate.end + 3)
    spoken = written.unit.rule in _SPOKEN or (written.unit.rule in _SPOKEN_LENGTH and candidate.han)
    if tail and spoken and candidate.scale == 1:
        step = Fraction(1, 100) if tail[1] else Fraction(1, 10)
        tens = sums.ones.find(tail[1]) + 1 if tail[1] else 0  # 一米七五; 三块零四
        value = Fraction(candidate.value) + (10 * tens + sums.ones.index(tail[2]) + 1) * step
        return candidate._replace(value=exact(value), end=tail.end())
    return candidate


def _share(text: str, found: list[Candidate], sums: _Sums) -> list[Candidate]:
    """Give each member of a list the unit that stands only with the last: 3、1、10家; 提高3个和4个百分点."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        candidate, following = shared[index], shared[index + 1]
        if not following.written or not sums.shared.match(text[candidate.end : following.start] or "x"):
            continue
        if candidate.written is None and not candidate.han and _is_plain(candidate):
            scale = _shared_scale(candidate, following)
            shared[index] = candidate._replace(written=following.written, shared=True, scale=scale)
        elif candidate.written and _is_begun(candidate.written, following.written):
            shared[index] = candidate._replace(written=following.written, shared=True)
    return shared


def _is_begun(first: WrittenUnit, second: WrittenUnit) -> bool:
    """个 in 3个和4个百分点 is the beginning of the unit that the next number has in full."""
    return second.unit.dimension == "point" and second.word != first.word and second.word.startswith(first.word)


def _is_plain(candidate: Candidate) -> bool:
    return candidate.top is None and not candidate.vague


def _shared_scale(candidate: Candidate, following: Candidate) -> int:
    """In 5、8、10万元 and 22153、5853万千瓦 the multiplier is shared too; in 500、800、1万元 it is not."""
    if candidate.scale != 1 or following.scale == 1 or candidate.value <= 0 or following.value <= 0:
        return candidate.scale
    return following.scale if is_nearer(candidate.value, following.value, following.scale) else 1
