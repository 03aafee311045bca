"""Candidates that belong together: ranges (10—15家, A以上B以下), lists that share a unit (3、1、10家), and sums of
units (三块零四, 3斤5两, 一吨半)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from policyx.model import Number
from policyx.patterns import compiled
from policyx.recognize.candidates import Candidate
from policyx.recognize.spans import SpanSet
from policyx.recognize.units import WrittenUnit
from policyx.rules import Rules
from policyx.rules.words import WordSet

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣﹘─━➖ー〜∼⁓～", "-"))
_RANGE = compiled(
    r"\s{0,2}(?:（含）|\(含\)|（含本数）)?\s?(?:及以上|以上|以下|起)?(?:（含）|\(含\))?\s?(?:[-—–~～－﹣]{1,2}|至|到|、?(?=[^、]{0,3}以下))\s{0,2}(?:不足|不超过)?$"
)
_INCLUDED = compiled(r"\s?[（(]不?(?:包?含|包括)[^（）()]{1,12}[）)]")
_REPEATED = compiled(rf"(?:及?以[上下])?{_INCLUDED.pattern}")
_TO = ("至", "到")
_FAR = 8  # times a change, where 到 names the level that it led to
_FARTHEST = 60  # between the ends of a range, brackets and all
_SHARED = compiled(r"\s?(?:、|和|及|与|/|或)\s?$")
_FROM = compiled(r"(?:由|从|自)[^，。；,;]{0,24}$")
# 六成五, 八成五来自…; in 三成五个 and 三成五保户 the digit begins another number or a word
_TENTH = compiled(
    r"([一二三四五六七八九])(?![零〇一二三四五六七八九十百千万亿点成个家项名位人元年月日种类级大保是分多余几])"
)
_HALF = compiled(r"半(?![年天日月个数])")
_HALVED = frozenset({"mass", "length", "area", "money", "multiple"})
_CHAIN_ORDER = {"元": ("角", "毛", "分", "分钱"), "块": ("角", "毛", "分"), "斤": ("两",), "角": ("分",), "毛": ("分",)}


def join(text: str, found: list[Candidate], rules: Rules) -> list[Candidate]:
    """The candidates with sums, ranges and shared units put together."""
    found = _sums(text, found)
    changes = _changes(rules)
    repeats = _repeats(text, found)
    if not repeats:
        return _share(text, _ranges(text, found, changes))
    joined = _share(text, _ranges(text, [candidate for candidate in found if candidate not in repeats], changes))
    inside = SpanSet((candidate.start, candidate.end) for candidate in joined)
    return sorted([*joined, *(c for c in repeats if not inside.holds(c.start))], key=lambda c: c.start)


def _repeats(text: str, found: list[Candidate]) -> list[Candidate]:
    """300万元（含300万元）至500万元: the figure in brackets only says that the limit itself is meant."""
    return [
        candidate for before, candidate in pairwise(found) if _REPEATED.fullmatch(text, before.end, candidate.end + 1)
    ]


def _sums(text: str, found: list[Candidate]) -> list[Candidate]:
    joined: list[Candidate] = []
    for candidate in found:
        previous = joined[-1] if joined else None
        added = previous and previous.end == candidate.start and _added(text, previous, candidate)
        if added:
            joined[-1] = added
        else:
            joined.append(candidate)
    return [_with_half(text, candidate) for candidate in joined]


def _added(text: str, first: Candidate, second: Candidate) -> Candidate | None:
    """元 and then 角 or 分; 斤 and then 两; also 三块零四, where the last unit is left out."""
    if not first.written or first.top is not None:
        return None
    if second.written is None and not second.han:
        return None
    smaller = _smaller_unit(first.written, second)
    if smaller is None:
        return None
    factor = first.written.unit.factor
    value = Fraction(first.value) * first.scale + Fraction(second.value) * smaller / factor
    rules = (*first.rules, *second.rules, *([second.written.unit.rule] if second.written else []))
    return first._replace(value=_exact(value), scale=1, end=second.end, number_end=second.number_end, rules=rules)


def _smaller_unit(first: WrittenUnit, second: Candidate) -> Fraction | None:
    word = first.word[-1] if first.word not in _CHAIN_ORDER else first.word
    if second.written:
        same_kind = second.written.unit.base == first.unit.base and second.written.unit.factor < first.unit.factor
        chained = second.written.word in _CHAIN_ORDER.get(word, ())
        yen = first.unit.base == "日元" and second.written.unit.base == "日元"
        return second.written.unit.factor if (same_kind and (chained or yen)) else None
    return None


def _exact(value: Fraction) -> Number:
    """A Decimal where the value has a finite one, else the fraction."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if denominator == 1 else value


def _with_half(text: str, candidate: Candidate) -> Candidate:
    """一吨半, 三斤半: half a unit more; 两毛五 and 三块零四: a last digit in the next smaller unit of money."""
    written = candidate.written
    if not written or not (candidate.han or written.word.endswith(("斤", "两", "吨", "毛", "块", "角"))):
        return candidate
    half = _HALF.match(text, candidate.end)
    if half and (written.word == "成" or written.unit.dimension in _HALVED):
        value = Fraction(candidate.value) + Fraction(1, 2)
        return candidate._replace(value=_exact(value), end=half.end())
    tenth = written.word == "成" and _TENTH.match(text, candidate.end)
    if tenth:  # 六成五
        value = Fraction(candidate.value) + Fraction("一二三四五六七八九".index(tenth[1]) + 1, 10)
        return candidate._replace(value=_exact(value), end=tenth.end())
    tail = compiled(r"(零?)([一二三四五六七八九])(?![一-鿿])").match(text[candidate.end : candidate.end + 3])
    if tail and written.word in ("块", "毛", "角"):
        digit = "一二三四五六七八九".index(tail[2]) + 1
        step = Fraction(1, 100) if tail[1] else Fraction(1, 10)
        value = Fraction(candidate.value) + digit * step
        return candidate._replace(value=_exact(value), end=candidate.end + tail.end())
    return candidate


@lru_cache(maxsize=4)
def _changes(rules: Rules) -> WordSet:
    """The verbs of change, behind which 到 names the level reached."""
    return WordSet(rules.words("measure"))


def _ranges(text: str, found: list[Candidate], changes: WordSet) -> list[Candidate]:
    joined: list[Candidate] = []
    skip = False
    for index, candidate in enumerate(found):
        if skip:
            skip = False
            continue
        following = found[index + 1] if index + 1 < len(found) else None
        merged = following and _range(text, candidate, following, changes)
        if merged:
            joined.append(merged)
            skip = True
        else:
            joined.append(candidate)
    return joined


def _range(text: str, low: Candidate, high: Candidate, changes: WordSet) -> Candidate | None:
    if high.start - low.end > _FARTHEST:
        return None
    gap = _INCLUDED.sub("", text[low.end : high.start])
    if "\n" in gap or len(gap) > 10 or low.top is not None or high.top is not None or not high.written:
        return None
    slip = gap.strip() == "一" and not low.han and not high.han  # a dash that was set as 一
    if not (slip or _RANGE.match(gap.translate(_DASHES)) or _open_range(text, gap, high)):
        return None
    if low.written and not _same_kind(low.written, high.written):
        return None
    if gap.strip() in _TO and _FROM.search(text[max(0, low.start - 25) : low.start]):
        return None
    if gap.strip() in _TO and _changed_to(text, low, high, changes):
        return None
    scale = low.scale
    rising = Fraction(low.value) < Fraction(high.value) * high.scale
    if not low.written and low.scale == 1 and high.scale > 1 and rising and _scales(low, high):
        # 1-5万元, 七千到九千亿元: the multiplier stands only once
        scale = high.scale
    if not low.written and low.han and len(low.surface) == 1 and _tens(high) > 1 and low.value < 10:
        scale = _tens(high)  # 两到三千
    if not low.written and low.scale > 1 and high.scale > low.scale and low.han:
        scale = high.scale
    low_value, high_value = Fraction(low.value) * scale, Fraction(high.value) * high.scale
    low_factor = low.written.unit.factor if low.written else high.written.unit.factor
    if low_value * low_factor >= high_value * high.written.unit.factor:
        return None
    if low.written and low.written.unit.factor != high.written.unit.factor:
        low_value = low_value * low.written.unit.factor / high.written.unit.factor
        scale = 1
    value = low.value if scale != 1 or low.scale == 1 else _exact(low_value)
    if low.written and low.written.unit.factor != high.written.unit.factor:
        value = _exact(low_value)
    end, tail = high.end, compiled(r"\s?(?:（含）|\(含\))?以下").match(text[high.end : high.end + 6])
    if tail and not slip:
        end += tail.end()
    return low._replace(
        value=value,
        scale=scale,
        end=end,
        number_end=high.number_end,
        top=high.value,
        top_scale=high.scale,
        written=high.written,
        vague="",
        bound="range",
        rules=(*low.rules, *high.rules),
    )


def _changed_to(text: str, low: Candidate, high: Candidate, changes: WordSet) -> bool:
    """下降1%到86.61%: by so much, to a level far from it; 增长6%到8% is a range."""
    if low.written is None or low.written.unit.dimension != "percent" or low.value <= 0:
        return False
    if Fraction(high.value) / Fraction(low.value) < _FAR:
        return False
    return bool(changes.end(text[max(0, low.start - 6) : low.start]))


def _scales(low: Candidate, high: Candidate) -> bool:
    """1-5万元: the multiplier is the lower end's too; not so in 800-1万元."""
    return low.value <= 0 or low.han or _is_nearer(low.value, high.value, high.scale)


def _tens(candidate: Candidate) -> int:
    """1000 in 三千, 100 in 四百; 1 where more than one digit is written."""
    surface = candidate.surface
    if candidate.han and len(surface) == 2 and candidate.scale == 1 and surface[1] in "十百千佰仟":
        return _TENS[surface[1]]
    return 1


_TENS = {"十": 10, "百": 100, "千": 1000, "佰": 100, "仟": 1000}


_OPEN_GAP = compiled(r"\s?(?:（含）|\(含\))?(?:及以上|以上)[、，,]?\s?(?:但)?(?:不足|不到|低于|小于)?\s?$")


def _open_range(text: str, gap: str, high: Candidate) -> bool:
    """20万以上30万元以下, 1000万元以上、不足5000万元."""
    if not _OPEN_GAP.match(gap):
        return False
    below = compiled(r"\s?(?:（不含）|\(不含\))?以下").match(text[high.end : high.end + 6])
    return bool(below or compiled(r"不足|不到|低于|小于").search(gap))


def _same_kind(low: WrittenUnit, high: WrittenUnit) -> bool:
    return low.unit.base == high.unit.base


def _share(text: str, found: list[Candidate]) -> list[Candidate]:
    """Give each member of a list the unit that stands only with the last: 3、1、10家; 提高3个和4个百分点."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        candidate, following = shared[index], shared[index + 1]
        if not following.written or not _SHARED.match(text[candidate.end : following.start] or "x"):
            continue
        if candidate.written is None and not candidate.han and _is_plain(candidate):
            scale = _shared_scale(candidate, following)
            shared[index] = candidate._replace(written=following.written, shared=True, scale=scale)
        elif candidate.written and candidate.written.word == "个" and following.written.word == "个百分点":
            shared[index] = candidate._replace(written=following.written, shared=True)
    return shared


def _is_plain(candidate: Candidate) -> bool:
    return candidate.top is None and not candidate.vague


def _shared_scale(candidate: Candidate, following: Candidate) -> int:
    """In 5、8、10万元 and 22153、5853万千瓦 the multiplier is shared too; in 500、800、1万元 it is not."""
    if candidate.scale != 1 or following.scale == 1 or candidate.value <= 0 or following.value <= 0:
        return candidate.scale
    return following.scale if _is_nearer(candidate.value, following.value, following.scale) else 1


def _is_nearer(value: Number, other: Number, scale: int) -> bool:
    """Whether `value` is more of the size of `other` than of `other` times `scale`."""
    ratio = Fraction(value) / Fraction(other)
    return max(ratio, 1 / ratio) <= max(scale / ratio, ratio / scale)
