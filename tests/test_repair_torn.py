"""Blanks inside the numbers of running text: one number comes out, or the tail of one is flagged."""

from __future__ import annotations

import pytest

from policyx.pipeline import read_text
from policyx.repair import repair
from policyx.rules import builtin_rules

RULES = builtin_rules()
TORN = "全市渔业产值达到3 70亿元，比上年增长1 7%，新建渔港1 2个，更新改造渔船12 86艘，养殖面积增长1 5%。\n"


def _repaired(text: str) -> str:
    return repair(text, RULES).text


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("培训渔民2000 0人，发放补贴。", "20000人"),
        ("渔船保有量45 0 0艘，与上年持平。", "4500艘"),
        ("3 0%渔港实现岸电全覆盖，达标率提高。", "30%渔港"),
        ("建成1 00个以上渔业生态示范村", "100个"),
        ("1 0亿元以上渔业企业", "10亿元"),
        ("鱼糜产量增长1 2―43.6%，价格回落。", "12―43.6%"),
        ("鱼糜产量增长12―4 3.6%，价格回落。", "12―43.6%"),
        ("渔港宽带出口达36. 8T，位居前列。", "36.8T"),
    ],
)
def test_what_can_only_be_one_number_is_one(torn: str, whole: str) -> None:
    """No number begins with a zero but a decimal, nor with a point; a range has two ends."""
    assert whole in _repaired(torn)


@pytest.mark.parametrize(
    "text", ["鱼价涨幅 12 0 3", "会期为2023 05月上旬，地点另定。", "咨询电话0755 0123456个，欢迎来电。"]
)
def test_a_zero_that_begins_a_cell_a_month_or_a_line_stays(text: str) -> None:
    """Cells, months and telephone numbers begin with one."""
    assert _repaired(text) == text


@pytest.mark.parametrize(
    ("torn", "whole"),
    [("渔民人均收入达到2076 7元，增长5%。", "20767元"), ("水产品产量进入全省前1 0。", "前10。")],
)
def test_a_text_that_tears_numbers_tears_those_too_that_could_be_two(torn: str, whole: str) -> None:
    """A year and a number, two numbers without a unit: one by one they are left alone."""
    assert whole in _repaired(TORN + torn)
    assert _repaired(torn) == torn


@pytest.mark.parametrize("torn", ["渔民人均收入达到2076 7元，增长5%。", "渔用手表45 3 2万只，比上年增加。"])
def test_a_tail_that_is_left_of_a_number_is_flagged(torn: str) -> None:
    """Behind what could be a year in a sentence, and behind several parts."""
    record = next(iter(read_text(torn)))
    assert "number_torn" in record.flags


@pytest.mark.parametrize("gap", [" ", "\u3000"])
@pytest.mark.parametrize(
    "torn",
    ["水产品产量进入全省前1{}0。", "渔业景气指数达到1{}77.9，比上年提高。", "渔业景气指数达到0.94{}6，比上年提高。"],
)
def test_the_head_of_a_number_that_goes_on_is_not_read(torn: str, gap: str) -> None:
    """A rank or an index without a unit ends where no figure follows."""
    assert not [record for record in read_text(torn.format(gap)) if str(record.quantity.base_value) in ("1", "0.94")]


@pytest.mark.parametrize("date", ["2022 年 1 月 8 日", "2022年 1月8日", "2022年1 月 8日"])
def test_a_day_is_one_time_however_it_is_set(date: str) -> None:
    """On a line that is no sentence, too: the year alone would be what the report tells of."""
    assert "2022年1月8日在滨海市" in _repaired(f"——{date}在滨海市渔业工作会议上\n")


def test_a_class_of_things_worth_a_sum_is_counted_with_a_blank_inside() -> None:
    """18个亿元以上项目 are eighteen, wherever a blank stands."""
    quantities = [record.quantity for record in read_text("建成1 8个亿 元以上渔港项目，陆续投产。")]
    assert [(quantity.base_value, quantity.unit_text) for quantity in quantities] == [(18, "个")]
