"""Lengths of time and ages that a rule sets as a condition or grants something for: 连续参保6个月以上, 年满60周岁."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from policyx.model import Mention
from policyx.patterns import any_word, compiled
from policyx.rules import Rules

_UNSURE = "exclusion.context"  # elsewhere such a unit needs words that say that a time is measured
_FLOORS = frozenset({"ge", "gt"})
_ASIDE = compiled(r"[（(][^（）()。；;\n]{1,12}[）)]")
_EXPIRED = "exclusion.deadline"  # 服务期满两年 is none
_REACH, _SENTENCE = 24, 120
_STOP = "。"
_ENDS = compiled(r"[，,。；;）)\n]|$")
_CLAUSE = compiled(r"[^，,。；;：:！？\n]*$")


def conditions(text: str, mentions: Sequence[Mention], kind: str, rules: Rules) -> list[Mention]:
    """The mentions left out for want of context that a rule measures; of the news the days off that somebody is
    entitled to; in other kinds of documents none."""
    measured = {"policy": _words(rules).measured, "news": _words(rules).off}.get(kind)
    return [m._replace(rejected=None) for m in mentions if measured(text, m)] if measured else []


class _Words:
    def __init__(self, rules: Rules) -> None:
        lasting, none, behind = (rules.words("marker", role) for role in ("lasting", "no_lasting", "deadline_end"))
        self._behind = tuple(behind)
        self._ages = tuple(rules.words("marker", "age_unit"))
        self._ahead = tuple(rules.words("marker", "lasting_behind"))
        self._full = tuple(rules.words("marker", "full"))
        self._passed = tuple(rules.words("marker", "full_behind"))
        self._given_for = tuple(rules.words("marker", "given_for"))
        benefits = any_word([*rules.words("word", "benefit"), *rules.words("marker", "given_while")])
        self._given = compiled(rf"[^，,。；;：:！？\n]{{0,8}}?(?:{benefits})")
        self._running = tuple(rules.words("word", "running"))
        self._included = compiled(rf"[（(](?:{any_word(rules.words('context', 'included'))})$")  # 两年（含两年）以上
        floors = (e["words"] for e in rules.of("bound") if e["bound"] in _FLOORS and e["side"] == "after")
        self._floors = tuple(word for words in floors for word in words if len(word) > 1)
        self._under = tuple(rules.words("marker", "no_deadline"))
        self._goes_on = tuple(rules.words("marker", "goes_on"))
        self._leave = compiled(any_word(rules.words("word", "leave")))
        self._lasting, self._none = (compiled(any_word(words)) for words in (lasting, none))

    def off(self, text: str, mention: Mention) -> bool:
        """Whether its sentence tells of days off: 工作满1年的，年休假5天."""
        start, end = mention.span
        if mention.rejected != _UNSURE or not _lasts(mention) or text.startswith(self._behind, end):
            return False
        low = text.rfind(_STOP, max(0, start - _SENTENCE), start) + 1 or max(0, start - _SENTENCE)
        high = text.find(_STOP, end, end + _REACH)
        return self._leave.search(text, low, high if high >= 0 else end + _REACH) is not None

    def measured(self, text: str, mention: Mention) -> bool:
        """Whether the words of its clause say that it lasts as a rule asks."""
        quantity, (start, end) = mention.quantity, mention.span
        if quantity is None or not _lasts(mention):
            return False
        # no deadline is so much at least: 自登记之日起正常运营1年以上
        sure = text.endswith(self._full, 0, start) or quantity.bound in _FLOORS or self._floored(text, end)
        sure = sure or text.endswith(self._under, start, end)
        if mention.rejected == _EXPIRED and sure:
            return True
        if mention.rejected != _UNSURE or self._included.search(text, max(0, start - 4), start):
            return False
        if text.startswith(self._ahead, end):
            return True
        if text.endswith(self._full, 0, start) and text.startswith(self._passed, end):
            return True  # 缴费满6个月后
        if text.endswith(self._given_for, 0, start) and self._is_given(text, start, end):
            return True
        if text.startswith(self._behind, end):
            return False
        if quantity.unit_text in self._ages:
            return True
        low = max(0, start - _REACH)
        clause = _CLAUSE.search(text, low, end)
        said = clause[0] if clause else ""
        before = ""
        if clause and said.startswith(self._goes_on) and clause.start() > low:
            earlier = _CLAUSE.search(text, low, clause.start() - 1)  # 注册满1年，且在6年以内
            before = earlier[0] if earlier else ""
        return sure or (bool(self._lasting.search(before + said)) and not self._none.search(said))

    def _is_given(self, text: str, start: int, end: int) -> bool:
        """连续5年奖励, 补贴3年: what is given follows, or nothing (连续两年）向当地报送 gives nothing)."""
        alone = not text.endswith(self._running, 0, start) and _ENDS.match(text, end)
        return bool(alone or self._given.match(text, end))

    def _floored(self, text: str, end: int) -> bool:
        """两年以上, 两年（含两年）以上: no deadline is so much at least."""
        aside = _ASIDE.match(text, end)
        return text.startswith(self._floors, aside.end() if aside else end)


def _lasts(mention: Mention) -> bool:
    unit = mention.quantity.unit if mention.quantity else None
    return unit is not None and unit.dimension == "duration"


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    return _Words(rules)
