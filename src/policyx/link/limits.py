"""Figures that belong to a name: in 引进10亿元以上项目99个 the 10亿元 says which projects are counted."""

from __future__ import annotations

from policyx.model import Mention
from policyx.patterns import compiled

_LIMITED = frozenset({"money", "area", "length", "people", "percent", "mass", "volume", "power", "energy"})
_COUNTING = frozenset({"count", "percent"})
_CLASS_NOUN = compiled(r"(?:以上|以下|级|规模)?(?:的)?[一-鿿“”（）A-Za-z]{2,14}$")
_MEASURED = compiled(r"(?:总|年|计划)?(?:投资|产值|营收|营业收入|销售收入|主营业务收入|税收|纳税)(?:额|总额)?(?:在)?")
_SORTED = compiled(r"的?[一-鿿“”]{0,12}?(?:企业|项目|公司|集团|园区|工程)")
_SAID = compiled(r"给予|奖励|补助|补贴|达到|增长|完成|实现|提高|增加|投入|[，,。；;：:、]")


def without_limits(text: str, figures: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The figures that stand for themselves, and those that only mark out what a later figure counts."""
    if len(figures) < 2:
        return figures, []
    kept: list[Mention] = []
    limits: list[Mention] = []
    for index, figure in enumerate(figures):
        following = figures[index + 1] if index + 1 < len(figures) else None
        previous = figures[index - 1] if index else None
        if (following and _is_limit(text, figure, following)) or (previous and _sorts(text, previous, figure)):
            limits.append(figure)
        else:
            kept.append(figure)
    return kept, limits


def _sorts(text: str, counted: Mention, figure: Mention) -> bool:
    """50项投资50亿元以上的项目: the second figure says which projects the first one counts."""
    if _dimension(counted) != "count" or _dimension(figure) not in _LIMITED or _bound(figure) not in ("ge", "gt"):
        return False
    between = text[counted.span.end : figure.span.start]
    return bool(_MEASURED.fullmatch(between)) and bool(_SORTED.match(text, figure.span.end))


def _is_limit(text: str, figure: Mention, following: Mention) -> bool:
    if _dimension(figure) not in _LIMITED or _dimension(following) not in _COUNTING:
        return False
    if _bound(figure) not in ("ge", "gt", "le", "lt", "range"):
        return False
    between = text[figure.core.end : following.span.start]
    return bool(_CLASS_NOUN.match(between)) and len(between) <= 18 and not _SAID.search(between)


def _dimension(figure: Mention) -> str | None:
    return figure.quantity.unit.dimension if figure.quantity and figure.quantity.unit else None


def _bound(figure: Mention) -> str | None:
    return figure.quantity.bound if figure.quantity else None
