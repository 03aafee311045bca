"""Comparators around a number: 不低于, 突破, 约 before it; 以上, 左右, 余 behind it."""

from __future__ import annotations

from functools import lru_cache

from policyx.model import Bound as BoundCode
from policyx.patterns import compiled
from policyx.recognize.numeral import numeral_grammar
from policyx.recognize.wording import wording
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_BRACKETS = ("（", "(")


class Bound(NamedTuple):
    """What a comparator means, the offset where it begins (before a number) or ends (behind it), and its rule."""

    bound: BoundCode
    edge: int
    rule: str


class _Barred(NamedTuple):
    """Words behind which a comparator is another word (出|超), but for longer ones that end so (支出|超)."""

    not_after: tuple[str, ...]
    but_after: tuple[str, ...]

    def holds(self, text: str, start: int) -> bool:
        """Whether the comparator that begins at `start` is none."""
        barred = bool(self.not_after) and text.endswith(self.not_after, 0, start)
        return barred and not (self.but_after and text.endswith(self.but_after, 0, start))


class BoundTable:
    """The comparator words, by their last character (before a number) and by their first (behind it)."""

    def __init__(self, rules: Rules) -> None:
        words = wording(rules)
        self.numerals = frozenset(numeral_grammar(rules).rule_of)
        self._aspect = tuple(words.words("aspect"))
        self._verbs = words.set("bound_verb")
        self._floors = tuple(words.words("bound_before_verb"))
        self._verb_ends = frozenset(word[-1] for word in words.words("bound_verb"))
        limits = words.either("limit")
        self._aside = compiled(rf"[（(]{words.either('included', 'deducted')}[^（）()]{{1,12}}[）)](?={limits})")
        self._remark = compiled(rf"[（(][^（）()。；;\n]{{2,20}}[）)](?={limits})")
        self._before: dict[str, list[tuple[str, BoundCode, str, _Barred]]] = {}
        self._after: dict[str, list[tuple[str, BoundCode, str, tuple[str, ...]]]] = {}
        for entry in rules.of("bound"):
            for word in entry.get("words", []):
                if entry["side"] in ("before", "both"):
                    # a single character before 突破 makes no other word of it, as it does of 破
                    barred = entry.get("not_after", ())
                    not_after = tuple(said for said in barred if len(word) == 1 or len(said) > 1)
                    bars = _Barred(not_after, tuple(entry.get("but_after", ())))
                    self._before.setdefault(word[-1], []).append((word, entry["bound"], entry["id"], bars))
                if entry["side"] in ("after", "both"):
                    other = tuple(entry.get("not_before", ()))  # 39间|内地企业
                    self._after.setdefault(word[0], []).append((word, entry["bound"], entry["id"], other))
        for candidates in self._before.values():
            candidates.sort(key=lambda item: -len(item[0]))
        for behind in self._after.values():
            behind.sort(key=lambda item: -len(item[0]))

    def before(self, text: str, at: int) -> Bound | None:
        """The longest comparator that ends right before `at` (a blank between is overlooked)."""
        if text[at - 1 : at] == " ":
            at -= 1
        if text[at - 1 : at] in self._aspect and at:
            at -= 1
        for word, bound, rule, bars in self._before.get(text[at - 1 : at], ()):
            start = at - len(word)
            if start >= 0 and text.startswith(word, start):
                if bars.holds(text, start):
                    continue
                return Bound(bound, start, rule)
        if text[at - 1 : at] not in self._verb_ends:
            return None
        verb = self._verbs.end(text[max(0, at - 4) : at])
        if verb and text.endswith(self._floors, 0, at - len(verb)):
            return self.before(text, at - len(verb))  # 至少办1所, 至少达到34家
        return None

    def after(self, text: str, at: int) -> Bound | None:
        """The longest comparator that begins at `at` (a blank between is overlooked)."""
        if text[at : at + 1] == " ":
            at += 1
        aside = text[at : at + 1] in _BRACKETS and self._aside.match(text, at)
        if aside:
            at = aside.end()  # 1000万元（不含流动资金）以上
        for word, bound, rule, other in self._after.get(text[at : at + 1], ()):
            if text.startswith(word, at) and not text.startswith(other, at + len(word)):
                return Bound(bound, at + len(word), rule)
        remark = text[at : at + 1] in _BRACKETS and self._remark.match(text, at)
        behind = self.after(text, remark.end()) if remark else None
        return behind._replace(edge=at) if behind else None  # 1000万元（人民币，下同）以上


@lru_cache(maxsize=4)
def bound_table(rules: Rules) -> BoundTable:
    """The table for these rules, made once."""
    return BoundTable(rules)
