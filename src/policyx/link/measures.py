"""The measure of a figure: a level, a change, a rate of change, a multiple, a rank or a share of a task done."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from policyx.model import Mention
from policyx.patterns import Ending, compiled
from policyx.rules import Rules
from policyx.rules.words import WordSet


class Measure(NamedTuple):
    """What kind of figure it is, the sign of the change, and the rule that says so."""

    measure: str
    sign: int
    rule: str | None


_LEVEL = Measure("level", 1, None)
_TO = Ending(
    r"(?:增长|增加|提高|提升|扩大|发展|上升|下降|降低|减少|压缩|缩短|压减|降|增|升|扩|翻)(?:到|至|为)(?:了|原来的?|约|近)?$",
    "到至为了来的约近",
)
_CHANGE_OF = compiled(r"(?:同比|比|较)[^，。；]{0,12}$")
# 增幅均在20%以上: adverbs and verbs between the noun and the figure say nothing of the measure
_RATE_NOUN = compiled(
    r"(增幅|增速|增长率|增长速度|涨幅|升幅|降幅|增长|下降)(?:[均都仍]|分别|一直|保持|维持|持续|稳定|连续)*(?:在|为|是|高?达到?|超过?|约)*$"
)
_RATE_BEHIND = compiled(r"的?(?:年均|平均)?(?:([增成降涨升跌减])[长幅速]|增长速)[率度]?")  # 以48.85%的成长率居首
# 提高农村低保标准15%: the verb before its object
_RAISES = compiled(
    r"(?:^|[，；、并])(?:今年|全年|去年|[0-9]{4}年)?(?:再|分别|同步|适当|继续)?(?:提高|增加|上调|调高|提升|(?P<down>降低|减少|压缩|压减|下调|调低|精简))"
    r"(?!到|至|为|了?[0-9])[一-鿿]{2,14}(?:标准|水平|价格|费用|投入|总量|规模|编制|经费|支出|补贴|待遇|成本)$"
)
_OF_TASK = Ending(
    r"(?:完成[^，。；]{0,12}(?:计划|任务|目标|预算)(?:指标|数)?的?|[为占是达][^，。；]{0,8}(?:计划|任务|目标|预算)数?的)$",
    "划务标算数的",
)
# 增加有效灌溉面积600万亩: the verb before its object
_ADDS = compiled(
    r"(?:^|[，；、并])(?:[将可共再]|累计|全年)?(?:增加|(?P<down>减少|压减|削减))(?!值|[到至为了])[一-鿿]{2,12}$"
)
_MEASURED = frozenset({"area", "money", "mass", "volume", "length", "power", "energy"})
_TOTAL = compiled(r"(?:总数|总量|累计|总计|达到?|有)")
_AIM = Ending(r"(?:力争|确保|争取|预计|目标|计划|有望|保持|实现|将|要|须|应)+$", "争保取计标划望持现将要须应")
_NEW = compiled(r"(?:新增|净增|增设|增建)")


class MeasureWords:
    """The measure rules by what they say, longest words first."""

    def __init__(self, rules: Rules) -> None:
        self.increase = WordSet(_of(rules, "increase", 1))
        self.decrease = WordSet(_of(rules, "increase", -1))
        self.growth = WordSet(_of(rules, "growth_rate", 1))
        self.fall = WordSet(_of(rules, "growth_rate", -1))
        self.quicker = WordSet(_of(rules, "increase", 1, "pace"))
        self.slower = WordSet(_of(rules, "increase", -1, "pace"))
        self.completion = WordSet(_of(rules, "completion_rate", 1))


def _of(rules: Rules, measure: str, sign: int, role: str = "") -> dict[str, str]:
    return {
        word: entry["id"]
        for entry in rules.of("measure")
        if entry["measure"] == measure and entry.get("sign", 1) == sign and entry.get("role", "") == role
        for word in entry.get("words", [])
    }


@lru_cache(maxsize=4)
def measure_words(rules: Rules) -> MeasureWords:
    """The words for these rules, made once."""
    return MeasureWords(rules)


def measure(mention: Mention, before: str, behind: str, verb: str, words: MeasureWords) -> Measure:
    """The measure of `mention`, whose clause reads `before` up to it and `behind` after it; `verb`: the verb that a
    list shares (新增)."""
    if mention.kind == "rank":
        return Measure("rank", 1, "unit.rank")
    quantity = mention.quantity
    assert quantity is not None
    dimension = quantity.unit.dimension if quantity.unit else "number"
    if rate_noun := _RATE_NOUN.search(before):
        before = before[: rate_noun.end(1)]
    plain = _AIM.cut(before.rstrip(" 了约近达为到-—:：是超过逾也均都已有又仍共"))
    if dimension == "multiple":
        return _multiple(before, plain, quantity.unit_text)
    done = words.completion.end(plain.rstrip("的")) if dimension == "percent" else ""
    if done:
        return Measure("completion_rate", 1, words.completion.rule_of[done])
    if dimension == "percent" and _OF_TASK.ends(before):
        return Measure("completion_rate", 1, "measure.completion")
    if _TO.ends(before.rstrip(" ")):
        return _LEVEL
    if dimension == "percent" and (rate := _RATE_BEHIND.match(behind)):
        return Measure("growth_rate", -1 if rate[1] in "降跌减" else 1, "measure.growth")
    if dimension == "percent":
        found = _change(plain, words.growth, words.fall, "growth_rate")
        raised = None if found else _RAISES.search(plain)
        return Measure("growth_rate", -1 if raised["down"] else 1, "measure.growth") if raised else found or _LEVEL
    changed = _change(plain, words.increase, words.decrease, "increase")
    if not changed and dimension == "point":
        changed = _change(plain, words.quicker, words.slower, "increase")
    if changed:
        return changed
    added = _ADDS.search(plain) if dimension in _MEASURED else None
    if added:
        return Measure("increase", -1 if added["down"] else 1, "measure.increase")
    if (_NEW.match(verb) and not _TOTAL.search(before)) or _NEW.search(before[-24:]):
        return Measure("increase", 1, "measure.increase")
    return _LEVEL


def _multiple(before: str, plain: str, unit_text: str) -> Measure:
    if unit_text == "番":
        return Measure("multiple", 1, "unit.doubling")
    if _TO.ends(before.rstrip(" 约近")):
        return Measure("multiple", 1, "unit.times")
    if plain.endswith(("增长", "增加", "提高", "上升", "增幅", "扩大", "提升", "增", "上涨")):
        return Measure("growth_rate", 1, "measure.growth")
    return Measure("multiple", 1, "unit.times")


def _change(plain: str, up: WordSet, down: WordSet, kind: str) -> Measure | None:
    for words, sign in ((up, 1), (down, -1)):
        word = words.end(plain)
        other = (down if sign == 1 else up).end(plain)
        if word and len(word) > len(other):
            return Measure(kind, sign, words.rule_of[word])
    return None
