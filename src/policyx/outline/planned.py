"""The years of plans that are named: “十四五”规划, 2018—2020年行动计划."""

from __future__ import annotations

import re

from policyx.patterns import compiled

PLAIN_YEAR = compiled(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
ORDINALS = "一二三四五六七八九十"
_FIVE_YEARS = compiled(rf"第?(十?[{ORDINALS}])个?五(?:年|[”\"]|规|时|计|期)|[“\"](十?[{ORDINALS}])五[”\"]")


def planned(title: str) -> int | None:
    """The last year of the plan that a title names: “十四五”规划, 2018—2020年行动计划, 2020年工作要点."""
    years = list(PLAIN_YEAR.findall(title))
    return _end_of(_FIVE_YEARS.search(title)) or (int(years[-1]) if years else None)


def _end_of(five_years: re.Match[str] | None) -> int | None:
    """The last year of a five-year plan that is named."""
    return 1960 + 5 * _ordinal(five_years[1] or five_years[2]) if five_years else None


def latest_plan(text: str) -> int | None:
    """The last year of the latest five-year plan that a text names: it plans for that, and looks back on the others."""
    return max((_end_of(named) or 0 for named in _FIVE_YEARS.finditer(text)), default=None)


def _ordinal(written: str) -> int:
    """Which five-year plan an ordinal names, counted from 0: 十四 is 13."""
    _, _, ones = written.partition("十")
    if "十" not in written:
        return ORDINALS.index(written)
    return 9 + (ORDINALS.index(ones) + 1 if ones else 0)
