"""Ranks: 位列全国第84名, 全市第二, 进入前10名, 居全省首位; not 第二产业, 第三届, 第一批."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from policyx.model import Bound, Mention, Quantity, Span, Unit
from policyx.patterns import compiled, matches_at
from policyx.recognize.numeral import numeral_grammar
from policyx.recognize.wording import wording
from policyx.rules import Rules

_PLACE = "位"
_DIGIT_FOLLOWS = "[ \u3000][0-9]"  # 前1 0: nothing tells where the number ends
RANK_UNIT = Unit(_PLACE, _PLACE, Fraction(1), "rank", "unit.rank")


class _Ranks:
    """The patterns for these rules."""

    def __init__(self, rules: Rules) -> None:
        words, grammar = wording(rules), numeral_grammar(rules)
        han = f"{grammar.ones}{grammar.ten}{grammar.hundred}"
        number = rf"[0-9]{{1,4}}|[{han}]{{1,4}}"
        units = words.either("rank_unit")
        self.place_units = frozenset(words.words("place_unit"))
        self.no_top = tuple(words.words("no_rank_top"))
        self.top = frozenset(words.words("rank_top"))
        self.order = frozenset(words.words("rank_order"))
        top, degree = words.signs("rank_order", "rank_top"), words.either("rank_degree")
        self.rank = compiled(rf"(?P<top>[{top}])[^\S\n]?(?P<n>{number})(?P<unit>{units})?(?P<degree>{degree})?")
        order = words.signs("rank_order")
        self.more = compiled(rf"(?:(?:、|{words.either('and')})[{order}]?(?:{number})){{0,12}}")
        self.ends = compiled(rf"(?!{_DIGIT_FOLLOWS})[^\u4e00-\u9fff0-9]|$|{words.either('rank_goes_on')}")
        self.ends_top = compiled(rf"(?!{_DIGIT_FOLLOWS})[，。；、,;\s]|$|{words.either('rank_top_goes_on')}")
        place = words.either("order_place")
        self.series = compiled(
            rf"{words.either('many')}(?:{words.either('rank_area')})?$|(?:{place}|[：:\n])[^，。；]{{0,3}}$|{words.either('insist')}[^，。；]{{1,4}}$"
        )
        self.scope = compiled(rf"{words.either('rank_scope')}[^，。；：\n]{{0,10}}$")
        reached = words.either("rank_first_at")
        first = words.either("rank_first")
        self.first = compiled(rf"{reached}[^，。；：\n0-9]{{0,12}}?(?P<n>{first})(?![\u4e00-\u9fff])")

    def is_ordinal(self, text: str, match: re.Match[str], before: str) -> bool:
        """成为第2家…, 第三世界, 新区第二、第三小学, 摆在第一位: the place in a series, or the first in importance."""
        end = self.more.match(text, match.end()).end()  # type: ignore[union-attr]
        if match["degree"]:
            return not self.ends.match(text, end)
        if match["unit"]:
            return bool(self.series.search(before)) or (
                not self.ends.match(text, end) and not self.scope.search(before)
            )
        return not self.ends.match(text, end) or bool(self.series.search(before))


@lru_cache(maxsize=4)
def _ranks(rules: Rules) -> _Ranks:
    return _Ranks(rules)


def find_ranks(text: str, rules: Rules) -> list[Mention]:
    """Every rank of `text`, in order."""
    grammar, ranks = numeral_grammar(rules), _ranks(rules)
    found = []
    for match in matches_at(ranks.rank, text, ranks.top | ranks.order):
        before = text[max(0, match.start() - 16) : match.start()]
        ordinal = match["top"] in ranks.order
        if ranks.is_ordinal(text, match, before) if ordinal else match["degree"]:
            continue  # 前10强
        placed = match["unit"] in ranks.place_units and not before.endswith(ranks.no_top)  # 前五名
        counted = (match["unit"] and (ordinal or placed)) or (match["degree"] and ordinal)
        if not counted and not ranks.scope.search(before):
            continue
        if not ordinal and not match["unit"] and not ranks.ends_top.match(text, match.end()):
            continue
        numeral = grammar.read(match["n"])
        if numeral is None or numeral.value < 1:
            continue
        unit = match["unit"] or match["degree"] or RANK_UNIT.name
        bound: Bound = "eq" if ordinal else "le"
        quantity = Quantity(Decimal(numeral.value * numeral.scale), None, 1, 1, RANK_UNIT, unit, bound)
        start = match.start() if ordinal else match.start("n")
        core = Span(start, match.end())
        found.append(Mention("rank", Span(match.start(), match.end()), core, (RANK_UNIT.rule,), quantity))
    for match in ranks.first.finditer(text):
        span = Span(*match.span("n"))
        quantity = Quantity(Decimal(1), None, 1, 1, RANK_UNIT, match["n"], "eq")
        found.append(Mention("rank", span, span, (RANK_UNIT.rule,), quantity))
    return sorted(found, key=lambda mention: mention.span)
