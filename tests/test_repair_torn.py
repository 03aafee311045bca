"""Blanks inside the numbers of running text: one number comes out, or the tail of one is flagged."""

from __future__ import annotations

import pytest

from policyx.pipeline import read_text
from policyx.repair import repair
from policyx.rules import builtin_rules
from tests.metamorphic import between

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
        ("今年GDP1 9 60亿元，增长8%。", "GDP1960亿元"),
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


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("渔船数量（艘）\n13 2\n230\n12\u300008\n2560\n", "\n132\n230\n1208\n2560\n"),
        ("鱼糜产量\n3 50亿元\n渔港岸电\n3 5%\n", "\n350亿元\n渔港岸电\n35%\n"),
        ("1 2、改造渔港3座。\n1 3．新建冷库。\n", "12、改造渔港3座。\n13．新建冷库。\n"),
    ],
)
def test_figures_that_fill_or_open_a_line_are_whole_in_a_text_that_tears_others(torn: str, whole: str) -> None:
    """Elsewhere nothing tells them from two cells, or from an item's number and a figure."""
    assert whole in _repaired(TORN + torn)
    assert whole not in _repaired(torn)


@pytest.mark.parametrize(
    "text", ["13 2\n23 0\n12 8\n", "3 50亿元渔业投资\n4 扩建渔港\n", "1 2、3号渔港\n", "2022 13\n230\n"]
)
def test_two_figures_on_a_line_stay_two_where_the_other_lines_say_so(text: str) -> None:
    """Lines of two figures each, items that a number opens, a year."""
    assert text in _repaired(TORN + text)


def test_a_break_inside_a_range_is_undone_where_a_blank_tore_its_low_end() -> None:
    """1 50万|－290万艘."""
    assert "150万－290万艘" in _repaired("渔船保有量12万艘，小型渔船1 50万\n－290万艘。\n" + TORN)


STRAYS = "滨海市渔 业产值达到370亿元，比上年增长7%，新建渔 港12个，渔 船更新改造1286艘，海水养 殖面积增长5%。\n" * 4


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (
            "滨海市渔业局关于 下达 2021年现代渔业扶持 计划资助 项目的通知",
            "滨海市渔业局关于下达2021年现代渔业扶持计划资助项目的通知",
        ),
        ("名词 解释：", "名词解释："),
        ("主要水产品产量和 渔船艘数如下：", "主要水产品产量和渔船艘数如下："),
    ],
)
def test_a_title_of_a_text_full_of_strays_is_mended_as_its_sentences_are(torn: str, whole: str) -> None:
    """A long line of long pieces, and one that a colon ends."""
    assert whole in _repaired(STRAYS + torn + "\n" + STRAYS)


@pytest.mark.parametrize(
    "line",
    [
        "王五 李四 赵六 钱七 孙八 周九 吴十 郑一",
        "指标 单位 数量 比重",
        "序号 渔港 泊位",
        "二〇二二年水产品产量 二〇二一年水产品产量 二〇二二年比",
        "水产品加工总量万吨 渔业经济总产值亿元 海水养殖面积公顷\n对虾 12 35.2 8.1",
    ],
)
def test_words_that_blanks_part_stay_apart_in_a_text_full_of_strays(line: str) -> None:
    """Names and the titles of columns: these begin alike, or stand above a row."""
    assert line in _repaired(STRAYS + line + "\n" + STRAYS)


@pytest.mark.parametrize("line", ["  - （一）奋斗目标", "**[1] 渔港：**停船的地方", "title: 渔业公报"])
def test_what_a_mark_sets_off_stays_set_off_in_a_spread_text(line: str) -> None:
    """A dash behind blanks, the number of a note, a label."""
    text = line + "\n" + "滨海市渔业产值达到三百七十亿元，比上年增长百分之七，新建渔港12个。\n" * 4
    assert _repaired(between(" ", 1.0)(text)).split("\n")[0] == line


def test_the_figures_of_a_row_are_put_together_whatever_blank_tore_them() -> None:
    """2\u30001.3 0.4 are two figures as those above."""
    rows = "- 对虾价格 16.2 0.5\n- 海参价格 14.3 2.1\n- 鲍鱼价格 18.1 1.5\n- 海蜇价格 15.3 4.3\n"
    assert "- 海带价格 21.3 0.4" in _repaired(TORN + rows + "- 海带价格 2\u30001.3 0.4\n")


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("渔业产值增长5． 8％，冷链产值增长7．2％。", "增长5.8%，"),
        ("三类渔港比重由8.8：50.4：40． 8变为7.8：52.4：39.8。", "40.8变为"),
        ("1． 2012年新建渔港3座。", "1． 2012年"),
    ],
)
def test_a_point_in_full_width_has_a_blank_behind_it_only_in_an_item_s_number(torn: str, whole: str) -> None:
    """5． 8％ is 5.8 %, and never 8 %."""
    assert whole in _repaired(torn)


@pytest.mark.parametrize("line", ["－ 对虾价格 1.6 1.7", "  － （一）渔港"])
def test_a_dash_in_full_width_before_an_item_is_the_dash_of_a_list(line: str) -> None:
    """With a blank behind it; －290万艘 goes on with a range."""
    assert _repaired(line) == line.replace("－", "-")
    assert _repaired("渔船数\n－290万艘").endswith("\n－290万艘")
