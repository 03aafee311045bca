"""List numbers that touch the figure behind them (1.3人户, 3、5家): a text in, where the figures begin out.

Neighbours tell: an item glued so stands behind one with the number before it, or in front of one with the next.
"""

from __future__ import annotations

from itertools import pairwise

from policyx.patterns import compiled
from policyx.tuples import NamedTuple

_GLUED = compiled(r"\n[ \t\u3000*]{0,8}[0-9]{1,2}[.．、][0-9]")
_ITEM = compiled(r"\n[ \t\u3000*]{0,8}(?P<number>[0-9]{1,2})(?P<sign>[.．、])")
_CONTENT = compiled(
    r"[0-9][0-9.,]{0,12}(?:[-—–~～至到][0-9][0-9.,]{0,12})?[\u4e00-\u9fff][^\n]{3}"
)  # a unit and more: no cell of a table


class _Item(NamedTuple):
    number: int
    sign: str
    start: int
    end: int


def glued_items(text: str) -> dict[int, int]:
    """By the place of each list number that touches a figure, where this figure begins."""
    text = "\n" + text  # so that every line begins with the same sign, which a search can jump to
    if not _GLUED.search(text):
        return {}
    items = [
        _Item(int(match["number"]), match["sign"], match.start("number"), match.end()) for match in _ITEM.finditer(text)
    ]
    following = {
        item.start
        for one, two in pairwise(items)
        if one.sign == two.sign and two.number == one.number + 1
        for item in (one, two)
    }
    return {
        item.start - 1: item.end - 1 for item in items if item.start in following and _CONTENT.match(text, item.end)
    }
