"""Figures and times as Taiwan, Hong Kong and old texts write them, in both scripts."""

from __future__ import annotations

import pytest

from policyx.model import TimeExpression
from policyx.pipeline import read_quantities, read_text
from policyx.recognize.numeral import numeral_grammar, small_number
from policyx.rules import builtin_rules


def _times(text: str) -> list[TimeExpression]:
    _, mentions = read_quantities(text)
    return [mention.time for mention in mentions if mention.time and not mention.rejected]


def _figures(text: str) -> list[tuple[float, str | None, str]]:
    _, mentions = read_quantities(text)
    found = [m.quantity for m in mentions if m.quantity and m.quantity.unit and not m.rejected]
    return [(float(q.base_value), q.base_unit, q.bound) for q in found]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("民國113年出口成長，112年度營收持平，新臺幣走升。", 2024, 2024),
        ("新台币贷款余额，113年度上升。", 2024, 2024),
        ("新臺幣計價基金，111年至114年底持續增加。", 2022, 2025),
        ("中華民國一百一十三年度總預算。", 2024, 2024),
        ("中華民國各機關，一一三年度支出。", 2024, 2024),
        ("民國78年開辦。", 1989, 1989),
        ("2023/24年度，科研開支上升。", 2023, 2024),
        ("2023/2024学年招生。", 2023, 2024),
        ("一九八六年产值上升。", 1986, 1986),
    ],
)
def test_a_year_of_the_region_is_a_year(text: str, first: int, last: int) -> None:
    """The first time of the text names these years."""
    time = _times(text)[0]
    assert (time.first, time.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *["企业有100年历史。", "新臺幣債券存續100年以上。", "民國以來歷經100年來的變遷。"],
        *["建厂113年。", "新台币，90年代。"],
    ],
)
def test_a_stretch_of_a_hundred_years_is_no_year(text: str) -> None:
    """Without the Republic in the text, or before 以上 and 來, the number counts years."""
    assert all(time.last not in (2001, 2011, 2024) for time in _times(text))


@pytest.mark.parametrize(
    ("text", "months", "day"),
    [
        ("二〇一七年二月六日开工。", (2, 2), 6),
        ("二〇一七年十二月三十一日完工。", (12, 12), 31),
        ("二〇一七年一至九月产值上升。", (1, 9), None),
        ("一至九月份产值上升。", (1, 9), None),
        ("1月至6月产值上升。", (1, 6), None),
        ("1—9月份产值上升。", (1, 9), None),
        ("新臺幣升值，113年1月至6月出口上升。", (1, 6), None),
        ("新臺幣升值，113年上半年出口上升。", (1, 6), None),
    ],
)
def test_months_are_read_in_figures_and_characters(text: str, months: tuple[int, int], day: int | None) -> None:
    """The first time of the text names these months and this day."""
    time = _times(text)[0]
    assert (time.months, time.day) == (months, day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("逾八成五來自半導體，一成二來自面板，近七成半外銷。", [(85, "%", "gt"), (12, "%", "eq"), (75, "%", "approx")]),
        ("逾八成五来自半导体，近七成半外销。", [(85, "%", "gt"), (75, "%", "approx")]),
        ("三成五保户享受救助。", [(30, "%", "eq")]),
        ("餘額達3.5兆元。", [(3.5e12, "元", "eq")]),
        ("科研開支為289億港元，資助港幣3億元。", [(2.89e10, "港元", "eq"), (3e8, "港元", "eq")]),
        ("補助新臺幣500萬元。", [(5e6, "新台币元", "eq")]),
        ("升幅為百分之四點一。", [(4.1, "%", "eq")]),
        ("失業率下跌0.2個百分點。", [(0.2, "百分点", "eq")]),
        ("初創企業由3,184間增至4,257間。", [(3184, "间", "eq"), (4257, "间", "eq")]),
        ("达到人民币二百三十亿元。", [(2.3e10, "元", "eq")]),
        ("给予最高人民币20万元启动资金。", [(2e5, "元", "le")]),
        ("平均每人粮食720斤。", [(360, "千克", "eq")]),
    ],
)
def test_a_figure_of_the_region_is_read(text: str, expected: list[tuple[float, str, str]]) -> None:
    """Value in base units, unit and bound of each figure."""
    assert _figures(text) == expected


@pytest.mark.parametrize(
    "text",
    ["居民储蓄存款余额人民币45亿元。", "居民储蓄存款余额人民币约45亿元。", "居民儲蓄存款餘額人民幣45億元。"],
)
def test_a_currency_before_the_number_is_no_part_of_the_name(text: str) -> None:
    """The name ends where the currency begins."""
    assert [record.name for record in read_text(text).records] == ["居民储蓄存款余额"]


@pytest.mark.parametrize(
    "words",
    ["按1990年不变价格计算", "按2020年可比价计算", "以1980年价格计算", "按1990年不变价", "按90年不变价"],
)
def test_a_price_base_is_neither_period_nor_baseline(words: str) -> None:
    """The figure keeps the year of its sentence and has no baseline."""
    (record,) = read_text(f"2005年，全市工业总产值{words}增长12%。").records
    assert record.year == 2005
    assert record.baseline is None


@pytest.mark.parametrize(
    "text",
    [
        "“八五”普法新增站点20家。",
        "“十五五”开好局，新增企业30家。",
        "编制“十五五”规划，新增企业40家。",
        "制定“十四五”科技创新规划，立项5项。",
    ],
)
def test_the_name_of_a_plan_is_not_always_a_period(text: str) -> None:
    """A campaign, an opening year and a plan that is being written set no period."""
    assert _times(text) == []


def test_a_plan_before_its_years_is_a_period() -> None:
    """“十四五”期间 names five years."""
    assert [(time.first, time.last) for time in _times("“十四五”期间新增企业50家。")] == [(2021, 2025)]


@pytest.mark.parametrize(
    ("surface", "number"), [("102", 102), ("一〇二", 102), ("一百零二", 102), ("十一", 11), ("三十一", 31)]
)
def test_a_small_number_is_read(surface: str, number: int) -> None:
    """In figures and in characters."""
    assert small_number(surface, numeral_grammar(builtin_rules())) == number
