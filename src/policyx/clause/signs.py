"""The signs of writing and what they are to a clause, and the sets of roles that no word has: figures, times,
brackets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from policyx.model import Mention

MARKS = {
    **dict.fromkeys("，,", "comma"),
    **dict.fromkeys("；;", "semicolon"),
    **dict.fromkeys("：:】", "colon"),  # 【标准】每月600元 is a label
    **dict.fromkeys("。！？!?\n", "stop"),
    **dict.fromkeys("、", "enum"),
    **dict.fromkeys("（(", "open"),
    **dict.fromkeys("）)", "close"),
    **dict.fromkeys("—–-~～", "dash"),
}
QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", "‘": "’"}
TITLES = "《〈"
_ENDS_CLAUSE = frozenset({"comma", "semicolon", "colon", "stop"})

BOUNDARY = frozenset({"boundary", "hard"})
ITEM = frozenset({"item", "hard"})
LATIN = frozenset({"noun", "latin"})
QUOTED = frozenset({"noun", "quoted"})
TITLE = frozenset({"noun", "title"})
FACT_TITLE = TITLE | {"fact_title"}  # of a document that tells what was: 《公报》
RULE_TITLE = TITLE | {"rule_title"}  # of one that says what shall be: 《办法》
ASIDE = frozenset({"aside"})
TIME = frozenset({"time", "any_time"})
BASE_TIME = frozenset({"base_time", "any_time"})
COUNTED_ASIDE = frozenset({"aside", "counted_aside"})


def mark_roles(sign: str) -> frozenset[str]:
    """The roles of a sign that is no letter."""
    name = MARKS.get(sign, "mark")
    more = {"hard"} if name in _ENDS_CLAUSE else {"joint"} if name == "enum" else set()
    return frozenset({name, *more})


@cache
def figure_roles(dimension: str) -> frozenset[str]:
    """The roles of a figure whose unit has this dimension; `number` for one without a unit, `rank` for a rank."""
    return frozenset({"figure", "hard", dimension})


def mention_roles(mention: Mention) -> frozenset[str]:
    """The roles of a figure or a time."""
    if mention.kind == "time":
        base = mention.time is not None and mention.time.baseline
        return BASE_TIME if base else TIME
    if mention.kind == "rank":
        return figure_roles("rank")
    unit = mention.quantity.unit if mention.quantity else None
    return figure_roles(unit.dimension if unit else "number")


def structural(dimensions: Iterable[str]) -> list[frozenset[str]]:
    """Every set of roles that a clause may hold besides those of words."""
    marks = [mark_roles(sign) for sign in (*MARKS, "?!", " ")]
    figures = [figure_roles(dimension) for dimension in dict.fromkeys([*dimensions, "number", "rank"])]
    return [
        BOUNDARY,
        ITEM,
        LATIN,
        QUOTED,
        TITLE,
        FACT_TITLE,
        RULE_TITLE,
        ASIDE,
        COUNTED_ASIDE,
        TIME,
        BASE_TIME,
        *marks,
        *figures,
    ]
