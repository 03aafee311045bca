"""The figures of a sentence that stand for themselves: with the unit that their clause gives them, without those that
only say which things another figure counts."""

from __future__ import annotations

from dataclasses import replace

from policyx.clause import Clause
from policyx.construct import Constructions, Figure
from policyx.model import Mention
from policyx.recognize.quantity import with_unit
from policyx.recognize.rank import RANK_UNIT
from policyx.recognize.units import unit_table
from policyx.rules import Rules

_LARGE = 10**4
_LARGE_SIGNS = frozenset({"numeral.ten_thousand", "numeral.hundred_million"})  # 3亿5200万 has no scale of its own


def figure_of(mention: Mention, kind: str) -> Figure:
    """What constructions may ask of a figure in a document of this kind."""
    if mention.kind == "rank":
        return Figure("rank", "", kind)
    quantity = mention.quantity
    if quantity is None or quantity.unit is None:
        large = quantity is not None and (quantity.scale >= _LARGE or not _LARGE_SIGNS.isdisjoint(mention.rules))
        return Figure("number", "", kind, quantity.bound if quantity else "eq", "yes" if large else "no")
    unit = quantity.unit
    return Figure(
        unit.dimension, quantity.unit_text if unit.dimension == "multiple" else unit.name, kind, quantity.bound
    )


def as_rank(clause: Clause, at: int) -> Mention:
    """前10名、11－30名: what follows a rank in its list, counted as ranks are, is a rank too."""
    mention = clause.mentions[at]
    quantity, before = mention.quantity, at - 1
    if quantity is None or quantity.unit is None or not clause.lexicon.has(quantity.unit.name, "rank_unit"):
        return mention
    while before > 0 and clause.roles(before) & {"item", "joint", "enum"}:
        before -= 1
    ranked = before < at - 1 and "rank" in clause.roles(before)
    ranked = ranked or _behind_rank_noun(clause, at)
    return mention._replace(kind="rank", quantity=replace(quantity, unit=RANK_UNIT)) if ranked else mention


def _behind_rank_noun(clause: Clause, at: int) -> bool:
    """排名从132名跃升至32名: its clause speaks of ranks."""
    for number in range(at - 1, 0, -1):
        roles = clause.roles(number)
        if "rank_noun" in roles:
            return True
        if "hard" in roles and "figure" not in roles:
            return False
    return False


def is_class(clause: Clause, at: int, figure: Figure, found: Constructions) -> str | None:
    """The rule by which the figure only sorts what another one counts, or None."""
    match = found.first("class", clause, at, figure)
    return match.construction.id if match and match.construction.gives["counts"] else None


def settled(clause: Clause, at: int, figure: Figure, found: Constructions, rules: Rules) -> Mention | None:
    """The figure with the unit that its clause gives it; None where it is no figure of anything."""
    mention = clause.mentions[at]
    if figure.dimension != "number" or mention.quantity is None or mention.quantity.unit is not None:
        return mention
    match = found.first("unit", clause, at, figure)
    if match is None:
        return None
    name = str(match.construction.gives["unit"])
    if not name:
        return mention
    hit = unit_table(rules).match(name, 0, han=False)
    return with_unit(mention, hit[0].unit) if hit else mention
