"""Two candidates that are the ends of a range (10—15家, A以上B以下): candidates in, with ranges put together out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from policyx.model import Number
from policyx.patterns import any_word, compiled
from policyx.recognize.candidate import Candidate
from policyx.recognize.numeral import numeral_grammar
from policyx.recognize.spans import SpanSet
from policyx.recognize.units import WrittenUnit
from policyx.recognize.wording import wording
from policyx.rules import Rules
from policyx.rules.words import WordSet

DASHES = "-‐‑‒–—―−－﹣﹘─━➖ー〜∼⁓～~"
_CLOSES = ("）", ")")
_AS_DASH = str.maketrans(dict.fromkeys(DASHES, "-"))
_FAR = 8  # times a change in percent, where 到 names the level that it led to
_FAR_IN_UNITS = 10  # times a change of an amount in round figures; 每年增加1家至5家 is a range
_FAR_EXACT = Fraction(5, 2)  # the same where the figures are not round: 增加1100人至4300人
_FARTHEST = 60  # between the ends of a range, brackets and all
_LONGEST_GAP = 10
_BARE = 10**4  # a multiplier that shows that two bare figures count


class _Gaps:
    """What may stand between and around the ends of a range."""

    def __init__(self, rules: Rules) -> None:
        words, grammar = wording(rules), numeral_grammar(rules)
        included, below, upper = words.either("included"), words.either("below"), words.either("upper_limit")
        self.to = frozenset(words.words("range_to"))
        about = any_word(
            word
            for entry in rules.of("bound")
            if (entry["bound"], entry["side"]) == ("approx", "before")
            for word in entry["words"]
        )
        inside = rf"(?:[（(]{included}[^（）()]{{0,2}}[）)])?"
        self.range = compiled(
            rf"\s{{0,2}}{inside}\s?(?:{words.either('floor_limit', 'upper_limit', 'start_limit')})?{inside}\s?"
            rf"(?:-{{1,4}}|{words.either('range_to')}|、?(?=[^、]{{0,3}}{upper}))\s{{0,2}}(?:{below}|{about})?$"
        )
        self.both = compiled(rf"\s?{words.either('range_and')}\s?")
        self.closed = compiled(rf"\s?{words.either('range_closed')}")
        self.included = compiled(rf"\s?[（(]{included}[^（）()]{{1,12}}[）)]")
        limit = words.either("floor_limit", "upper_limit", "within_limit")
        self.repeated = compiled(rf"(?:{limit})?{self.included.pattern}")
        self.open = compiled(
            rf"\s?{inside}{words.either('floor_limit')}[、，,]?\s?(?:{words.either('but')})?(?:{below})?\s?$"
        )
        self.below = compiled(below)
        self.just_below = compiled(rf"[、，,]?\s?(?:{words.either('but')})?{words.either('short_of')}\s?")
        self.upper = compiled(rf"\s?{inside}{upper}")
        self.origin = compiled(rf"{words.either('range_from')}[^，。；,;]{{0,24}}$")
        self.raised = compiled(rf"\s?[，,]?\s?{words.either('raised_to')}")
        self.slip = grammar.written[1]  # a dash that was set as 一
        self.tens = {sign: value for sign, value in grammar.tens.items() if value in (10, 100, 1000)}
        self.changes = WordSet(rules.words("measure"))


@lru_cache(maxsize=4)
def _gaps(rules: Rules) -> _Gaps:
    return _Gaps(rules)


def ranges(text: str, found: list[Candidate], rules: Rules) -> list[Candidate]:
    """The candidates, two ends of a range as one."""
    gaps = _gaps(rules)
    repeats = [
        candidate
        for before, candidate in pairwise(found)
        if text[candidate.end : candidate.end + 1] in _CLOSES
        and gaps.repeated.fullmatch(text, before.end, candidate.end + 1)
    ]
    if not repeats:
        return _joined(text, found, gaps)
    # 300万元（含300万元）至500万元: the figure in brackets only says that the limit itself is meant
    joined = _joined(text, [candidate for candidate in found if candidate not in repeats], gaps)
    inside = SpanSet((candidate.start, candidate.end) for candidate in joined)
    return sorted([*joined, *(c for c in repeats if not inside.holds(c.start))], key=lambda c: c.start)


def _joined(text: str, found: list[Candidate], gaps: _Gaps) -> list[Candidate]:
    joined: list[Candidate] = []
    skip = False
    for index, candidate in enumerate(found):
        if skip:
            skip = False
            continue
        following = found[index + 1] if index + 1 < len(found) else None
        merged = following and _range(text, candidate, following, gaps)
        if merged:
            joined.append(merged)
            skip = True
        else:
            joined.append(candidate)
    return joined


def _range(text: str, low: Candidate, high: Candidate, gaps: _Gaps) -> Candidate | None:
    if high.start - low.end > _FARTHEST:
        return None
    gap = text[low.end : high.start]
    if "（" in gap or "(" in gap:
        gap = gaps.included.sub("", gap)
    if "\n" in gap or len(gap) > _LONGEST_GAP or low.top is not None or high.top is not None:
        return None
    slip = gap.strip() == gaps.slip and not low.han and not high.han
    closed = gaps.closed.match(text, high.end) is not None
    joins = slip or gaps.range.match(gap.translate(_AS_DASH)) or (closed and gaps.both.fullmatch(gap))
    if not (joins or _open_range(text, gap, high, gaps)):
        return None
    if not high.written and not (gap.strip() and gap.strip() in DASHES and high.scale >= _BARE and not low.written):
        return None
    if low.written and high.written and _share_currency(text, low, high):
        high = high._replace(written=low.written)  # 港币3万元至5万元
    if low.written and high.written and _is_rated(low.written, high.written):
        low = low._replace(written=high.written)  # 2000元-30000元/件
    if low.written and not (high.written and _same_kind(low.written, high.written)):
        return None
    if not closed and gap.strip() in gaps.to and _is_change(text, low, high, gaps):
        return None
    return _merged(text, low, high, slip=slip, gaps=gaps)


def _merged(text: str, low: Candidate, high: Candidate, *, slip: bool, gaps: _Gaps) -> Candidate | None:
    scale = _low_scale(low, high, gaps)
    low_value, high_value = Fraction(low.value) * scale, Fraction(high.value) * high.scale
    high_factor = high.written.unit.factor if high.written else Fraction(1)
    low_factor = low.written.unit.factor if low.written else high_factor
    if low_value * low_factor >= high_value * high_factor:
        return None
    value = low.value if scale != 1 or low.scale == 1 else exact(low_value)
    if low_factor != high_factor:
        value, scale = exact(low_value * low_factor / high_factor), 1
    tail = None if slip else gaps.upper.match(text, high.end, high.end + 6)
    return low._replace(
        value=value,
        scale=scale,
        end=tail.end() if tail else high.end,
        number_end=high.number_end,
        top=high.value,
        top_scale=high.scale,
        written=high.written,
        vague="",
        bound="range",
        rules=(*low.rules, *high.rules),
    )


def _low_scale(low: Candidate, high: Candidate, gaps: _Gaps) -> int:
    """The multiplier of the lower end, which may stand with the upper one only."""
    if low.written:
        return low.scale
    scale = low.scale
    rising = Fraction(low.value) < Fraction(high.value) * high.scale
    if low.scale == 1 and high.scale > 1 and rising and _scales(low, high):
        scale = high.scale  # 1-5万元, 七千到九千亿元
    tens = _tens(high, gaps)
    if low.han and len(low.surface) == 1 and tens > 1 and low.value < 10:
        scale = tens  # 两到三千
    if low.scale > 1 and high.scale > low.scale and low.han and low.value < high.value:
        scale = high.scale  # not in 四亿九千万至五亿
    return scale


def _is_change(text: str, low: Candidate, high: Candidate, gaps: _Gaps) -> bool:
    """由5家到10家 is a development; 下降1%到86.61% and 增加3900人至365400人 go by so much, to a level far from it;
    增长6%到8% is a range."""
    if gaps.origin.search(text[max(0, low.start - 25) : low.start]):
        return not gaps.raised.match(text, high.end)  # 由305元至392元提高到326元至419元
    if low.written is None or high.written is None or low.value <= 0:
        return False
    if low.written.unit.dimension == "percent":
        far: Fraction | int = _FAR
    else:
        far = _FAR_IN_UNITS if _is_round(low.value) and _is_round(high.value) else _FAR_EXACT
    size = Fraction(high.value) * high.scale * high.written.unit.factor
    if size / (Fraction(low.value) * low.scale * low.written.unit.factor) < far:
        return False
    return bool(gaps.changes.end(text[max(0, low.start - 6) : low.start]))


def _is_round(value: Number) -> bool:
    """One figure and noughts, as in limits: 1000, 30, 0.5."""
    return len(str(value).replace(".", "").strip("0")) <= 1


def _scales(low: Candidate, high: Candidate) -> bool:
    """1-5万元: the multiplier is the lower end's too; not so in 800-1万元."""
    return low.value <= 0 or low.han or is_nearer(low.value, high.value, high.scale)


def is_nearer(value: Number, other: Number, scale: int) -> bool:
    """Whether `value` is more of the size of `other` than of `other` times `scale`."""
    ratio = Fraction(value) / Fraction(other)
    return max(ratio, 1 / ratio) <= max(scale / ratio, ratio / scale)


def _tens(candidate: Candidate, gaps: _Gaps) -> int:
    """1000 in 三千, 100 in 四百; 1 where more than one digit is written."""
    surface = candidate.surface
    if candidate.han and len(surface) == 2 and candidate.scale == 1:
        return gaps.tens.get(surface[1], 1)
    return 1


def _open_range(text: str, gap: str, high: Candidate, gaps: _Gaps) -> bool:
    """20万以上30万元以下, 1000万元以上、不足5000万元, 满1年不足5年."""
    if gaps.just_below.fullmatch(gap):
        return True
    if not gaps.open.match(gap):
        return False
    return bool(gaps.upper.match(text, high.end, high.end + 6) or gaps.below.search(gap))


def _share_currency(text: str, low: Candidate, high: Candidate) -> bool:
    """Whether the unit behind both is written alike, and the currency stands before the first alone."""
    alike = text[low.number_end : low.end] == text[high.number_end : high.end] != ""
    kinds = {end.written.unit.dimension for end in (low, high) if end.written}
    return alike and kinds == {"money"}


def _is_rated(low: WrittenUnit, high: WrittenUnit) -> bool:
    """Whether the unit behind the upper end is the lower one's for each of something."""
    return high.unit.base.partition("/")[0] == low.unit.base != high.unit.base


def _same_kind(low: WrittenUnit, high: WrittenUnit) -> bool:
    return low.unit.base == high.unit.base


def exact(value: Fraction) -> Number:
    """A Decimal where the value has a finite one, else the fraction."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if denominator == 1 else value
