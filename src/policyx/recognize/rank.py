"""Ranks: 位列全国第84名, 全市第二, 进入前10名; not 第二产业, 第三届, 第一批."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from policyx.model import Bound, Mention, Quantity, Span, Unit
from policyx.patterns import compiled
from policyx.recognize.numeral import numeral_grammar
from policyx.rules import Rules

RANK_UNIT = Unit("位", "位", Fraction(1), "rank", "unit.rank")
_RANK = compiled(r"(?P<top>[第前])\s?(?P<n>[0-9]{1,4}|[一二三四五六七八九十百]{1,4})(?P<unit>位|名|个)?")
_NOT_RANK = compiled(
    r"[0-9一二三四五六七八九十百千]|[批季阶产次届条章节款部版轮类卷册任号期站课时方集回道关要责动大书医中小高实人附职军师团航医院者线把枪手梯代版篇编站粮区社组强]|个"
)
_MORE_RANKS = compiled(r"(?:[、和及与]第?[0-9一二三四五六七八九十百]{1,4})*")
_ENDS = compiled(r"[^一-鿿0-9]|$|[的和及与且并连以或之跃升上降前提退进]|[位名]次")
_ENDS_TOP = compiled(r"[，。；、的,;\s]|$|行列|水平")
_ORDER = compiled(
    r"(?:许多|多个|多项|诸多|若干|数个|数项|一批|无数)(?:全[国省市])?$|(?:摆[在到]|放[在到]|置于|作为|列为|当作|视为|[：:\n])[^，。；]{0,3}$|坚持[^，。；]{1,4}$"
)
_SCOPE = compiled(
    r"(?:全[国省市区县州盟球疆境域]|世界|国内|国际|亚洲|中部|西部|东部|地区|城市|省内|市内|区内|同类|中国|排名?|位[居列次]|名列|居|列|跃[居升至]|升[至到]|上升|前移|进[入到至]|保持|稳[居定]|跻身|荣获|获|名次|数|率|量|额|达到?|蝉联|占据|考核|评[比价])[^，。；：\n]{0,10}(?:排名[：:])?$"
)


def _is_ordinal(text: str, match: re.Match[str], before: str) -> bool:
    """成为第2家…, 第三世界, 新区第二、第三小学, 摆在第一位: the place in a series, or the first in importance."""
    end = _MORE_RANKS.match(text, match.end()).end()  # type: ignore[union-attr]
    if match["unit"]:
        return bool(_ORDER.search(before)) or (not _ENDS.match(text, end) and not _SCOPE.search(before))
    return not _ENDS.match(text, end) or bool(_ORDER.search(before))


def find_ranks(text: str, rules: Rules) -> list[Mention]:
    """Every rank of `text`, in order."""
    grammar = numeral_grammar(rules)
    found = []
    for match in _RANK.finditer(text):
        if match["unit"] == "个" or (not match["unit"] and _NOT_RANK.match(text, match.end())):
            continue
        before = text[max(0, match.start() - 16) : match.start()]
        named = match["unit"] and match["top"] == "第"
        if match["top"] == "第" and _is_ordinal(text, match, before):
            continue
        if not named and not _SCOPE.search(before):
            continue
        if match["top"] == "前" and not match["unit"] and not _ENDS_TOP.match(text, match.end()):
            continue
        numeral = grammar.read(match["n"])
        if numeral is None or numeral.value < 1:
            continue
        bound: Bound = "le" if match["top"] == "前" else "eq"
        quantity = Quantity(Decimal(numeral.value * numeral.scale), None, 1, 1, RANK_UNIT, match["unit"] or "位", bound)
        start = match.start() if match["top"] == "第" else match.start("n")
        core = Span(start, match.end())
        found.append(Mention("rank", Span(match.start(), match.end()), core, ("unit.rank",), quantity))
    return found
