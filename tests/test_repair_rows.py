"""Blanks and breaks inside the figures of rows: the whole figure comes out, and two columns stay two."""

from __future__ import annotations

import pytest

from policyx.repair import repair
from policyx.rules import builtin_rules
from tests.metamorphic import wrapped

RULES = builtin_rules()
ROWS = """对虾 2208 万吨 1633 万吨 35.2
海带 661 万吨 537.5 万吨 23.0
紫菜 66 万吨 53 万吨 24.5
扇贝 164 万吨 138.6 万吨 18.3
"""
PRICES = "表2 渔业价格\n- 指 标 全 市 渔 港\n- 对虾价格 1.6 1.7\n- 海带价格 2.4 2.5\n- 紫菜价格 1.3 1.2\n"
GRANTS = "\n".join(
    f"{number}{owner}{thing}{money}"
    for number, (owner, thing, money) in enumerate(
        (
            ("滨海渔业有限公司", "冷链物流平台", 210), ("东港水产有限公司", "智能养殖系统", 210),
            ("海丰船舶有限公司", "渔船定位终端", 198), ("南湾渔港有限公司", "数字渔港平台", 132),
            ("蓝湾种业有限公司", "良种选育基地", 58), ("北滩加工有限公司", "海带加工车间", 24),
        ),
        start=5,
    )
)  # fmt: skip
LIST = "\n".join(f"{number}滨海市第{name}渔港改造工程" for number, name in enumerate("东西南北中", start=1))


TORN = (
    "全市渔 业产值达到3 70亿元，比上年增长1 7%，新建渔 港1 2个，渔 船更新改造12 86艘，海水养 殖面积增长1 5%。\n" * 3
    + "**表2 2023年主要水产 品产量**\n- 产 品名称 单位 产量 比 上年增 长 %\n"
)


def _repaired(text: str) -> list[str]:
    return repair(text, RULES).text.split("\n")


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("对虾价格 1 .6 1.7", "对虾价格 1.6 1.7"),
        ("对虾价格 1. 6 1.7", "对虾价格 1.6 1.7"),
        ("对虾价格 1\u3000.6 1.7", "对虾价格 1.6 1.7"),
        ("| 对虾 | 12 | 1. 6 |", "| 对虾 | 12 | 1.6 |"),
    ],
)
def test_a_blank_beside_the_point_of_a_figure_parts_no_cells(torn: str, whole: str) -> None:
    """No cell begins or ends with a point."""
    assert whole in _repaired(f"表1 价格\n{torn}\n海带价格 2.4 2.5")


@pytest.mark.parametrize("row", ["1. 2023 2024", "对虾 12 1.6", "对虾 1.2 1.3. 5"])
def test_cells_that_blanks_part_stay_apart(row: str) -> None:
    """A list's mark, two figures, a figure with a point already."""
    assert row in _repaired(f"表1 价格\n{row}\n海带 24 2.5")


@pytest.mark.parametrize("torn", ["2，2 08", "2 ，208", "2，20\u30008", "2， 208"])
def test_the_thousands_of_a_row_are_one_figure(torn: str) -> None:
    """A comma in full width, and blanks around or behind it."""
    assert "2,208万吨" in "".join(_repaired(f"对虾 {torn} 万吨 1633 万吨 35.2\n{ROWS}")).replace(" ", "")


@pytest.mark.parametrize(("torn", "whole"), [("海参 1 32.9 万吨 107.7 万吨 2 3.4", "海参 132.9万吨 107.7万吨 23.4")])
def test_two_figures_side_by_side_are_one_where_all_others_have_a_unit(torn: str, whole: str) -> None:
    """The rows around it say how many figures there are."""
    assert whole in _repaired(ROWS + torn + "\n")


def test_two_figures_side_by_side_are_two_where_other_rows_have_two() -> None:
    """Columns without units."""
    rows = "对虾 2208 1633 35.2\n海带 661 537.5 23.0\n紫菜 66 53 24.5\n海参 132 107.7 2 3.4"
    assert _repaired(rows)[-1] == "海参 132 107.7 2 3.4"


def test_a_year_and_a_figure_are_two() -> None:
    """Even where the rows around it have one figure less."""
    assert "海参 2023 12万吨 107.7万吨 23.4" in _repaired(ROWS + "海参 2023 12 万吨 107.7 万吨 23.4\n")


def test_rows_that_count_up_are_not_joined_where_a_program_cut_the_text() -> None:
    """2102东港 would be a figure of four digits."""
    text = (
        LIST
        + "\n"
        + "滨海市渔港改造工程按照统一规划、分步实施的原则推进，各县区要加强领导，落实责任，确保按期完成。" * 3
    )
    lines = _repaired(wrapped(len(LIST.split("\n")[0]))(text))
    assert lines[:4] == LIST.split("\n")[:4]


def test_the_number_and_the_figure_of_rows_that_count_up_have_no_blanks() -> None:
    """12滨海渔业公司冷库2 10, from the first row on; a list that begins with 5 is none."""
    counted = "\n".join(line[1:] if line[0] != "1" else line[2:] for line in GRANTS.split("\n"))
    rows = [f"{number}{line}" for number, line in enumerate(counted.split("\n"), start=1)]
    torn = [row[:-1] + " " + row[-1] for row in rows]
    assert _repaired("\n".join(torn)) == rows
    torn[1:3] = ["2 " + torn[1][1:], torn[2][:-3] + " " + torn[2][-3:]]  # 2 东港水产公司, 定位终端 19 8
    assert _repaired("\n".join(torn)) == rows
    loose = [f"{row[0]} {row[1:]}" for row in rows]  # a layout of its own
    assert _repaired("\n".join(loose)) == loose
    assert _repaired("\n".join(torn[3:])) == torn[3:]


def test_a_list_with_a_blank_behind_its_dash_keeps_it_in_a_spread_text() -> None:
    """So do headings of Markdown."""
    spread = "## 一、渔业\n" + "滨海市渔业产值达到三百七十亿元，比上年增长百分之七，新建渔港十二个。\n" * 4
    text = "".join(f"{sign} " if sign not in "\n# " else sign for sign in spread)
    assert _repaired(text)[0].startswith("## 一")


def test_a_table_s_head_in_a_list_keeps_its_blanks_in_a_text_full_of_strays() -> None:
    """- 指 标 全 市 渔 港 names three columns."""
    prose = "滨海市渔 业产值达到370亿元，比上年增长7%，新建渔 港12个，渔 船更新改造1286艘，海水养 殖面积增长5%。\n" * 4
    assert "- 指标全市渔港" not in _repaired(prose + PRICES)


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("全市水产品产量达到9 ，894 万吨，增长5%。", "9,894"),
        ("全市水产品产量①3 5，343万吨，增长5%。", "35,343万吨"),
        ("全市水产品产量33，2 12.7万 吨，增长5%。", "33,212.7万"),
        ("水产品产量9 ，894 万吨", "9,894"),
        ("根据12个渔区（港）、4，16 6个渔村、66 1，455人的调查，产量增长5%。", "、4,166个渔村、661,455人"),
    ],
)
def test_thousands_of_running_text_with_a_comma_in_full_width_are_one_figure(torn: str, whole: str) -> None:
    """A blank beside the comma or inside the digits."""
    assert whole in _repaired(torn)[0]


@pytest.mark.parametrize("text", ["新建渔港12个，2 ，300人参加。", "见表2 ，300人参加。", "共有2018，2019 两年"])
def test_a_comma_between_two_clauses_is_none_of_thousands(text: str) -> None:
    """So is one behind the number of a table, and between two years."""
    assert "，" in _repaired(text)[0].replace("个，", "")


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("- 海 带 万 吨 3 08 8.1", "万吨 308 8.1"),
        ("- 紫菜 万 吨 124 1 4.2", "万吨 124 14.2"),
        ("- 捕捞、养殖和育苗业 万 吨 3 96 1 8.2", "- 捕捞、养殖和育苗业 万吨 396 18.2"),
        ("- 扇贝 万 吨 12 4 1 8.3", "万吨 124 18.3"),
    ],
)
def test_the_figures_of_a_row_are_put_together_as_the_other_rows_have_them(torn: str, whole: str) -> None:
    """Where the figures of running text are torn as well, and there is one way only."""
    rows = "- 对 虾 万吨 256 17.1\n- 海参 万吨 164 18.3\n- 鲍鱼 万 吨 537 23.0\n- 海蜇 万吨 66 24.5\n"
    assert whole in "\n".join(_repaired(TORN + rows + torn))


def test_a_row_that_can_be_put_together_in_two_ways_is_left_as_it_is() -> None:
    """2740 and 12.9, or 27401 and 2.9: other rows have figures of five digits."""
    rows = "- 对虾 万吨 25612 17.1\n- 海参 万吨 164 18.3\n- 鲍鱼 万吨 537 23.0\n- 海蜇 万吨 66 24.5\n"
    assert "274 0 1 2.9" in _repaired(TORN + rows + "- 海带 万吨 274 0 1 2.9")[-1]
    mixed = rows.replace("164 ", "16.4 ").replace("537 ", "5.37 ")  # 1.65 and 1.3, or 1.6 and 51.3
    assert "1.6 5 1.3" in _repaired(TORN + mixed + "- 海带 万吨 1.6 5 1.3")[-1]


def test_the_rows_of_a_document_without_torn_figures_are_left_as_they_are() -> None:
    """One row of a second table may have one figure more."""
    rows = "- 对虾 256 17.1\n- 海参 164 18.3\n- 鲍鱼 537 23.0\n- 海蜇 66 24.5\n- 渔港 3 96 18.2"
    assert _repaired(rows) == rows.split("\n")


def test_the_titles_of_columns_are_whole_and_apart_in_a_text_full_of_strays() -> None:
    """比 上年增 长 % is one title, 单位 数量 are two, and so are two years."""
    assert "- 产品名称 单位 产量 比上年增长%" in _repaired(TORN)
    heads = "- 商品 名称 单位 数量 比 上年增长%\n一九八 二年 一九八二年 比\n1986年 198 6年比\n"
    assert _repaired(TORN + heads)[-4:-1] == [
        "- 商品名称 单位 数量 比上年增长%",
        "一九八二年 一九八二年比",
        "1986年 1986年比",
    ]


def test_the_number_of_a_table_and_a_year_behind_it_stay_apart() -> None:
    """表1 20 23年 is no table 12023."""
    assert "表1 2023年渔业产量" in _repaired(TORN + "表1 20 23年渔业产量\n对虾256 17.1\n")


def test_a_cell_that_ends_in_what_could_be_a_year_is_one_figure() -> None:
    """4 1978 are 41978; 2013 2014 are two."""
    rows = "| 渔道 | 公里 | 4 1978 | 48069 |\n| 年份 | 公里 | 2013 2014 | 15 |"
    assert _repaired(rows) == ["| 渔道 | 公里 | 41978 | 48069 |", "| 年份 | 公里 | 2013 2014 | 15 |"]


def test_rows_whose_units_part_their_figures_keep_their_cells_in_a_spread_text() -> None:
    """So do the titles of columns that a year begins; a title of its own stays whole."""
    spread = "滨海市渔业产值达到三百七十亿元，比上年增长百分之七，新建渔港十二个。\n" * 4
    text = spread + "2023年产量 2022年产量 比上年增长%\n对虾 2，208 万吨 661.5 万吨 35.2\n滨海市2023年渔业产量"
    damaged = "".join(f"{sign} " if sign not in "\n." else sign for sign in text.replace(" ", "")).replace(" \n", "\n")
    assert _repaired(damaged.replace(" .", "."))[4:] == [
        "2023年产量 2022年产量 比上年增长%",
        "对虾 2,208万吨 661.5万吨 35.2",
        "滨海市2023年渔业产量 ",
    ]


def test_cells_between_lone_bars_are_put_together_to_rows() -> None:
    """A page that gave each cell and each bar a line of its own; a table with rows keeps its lines."""
    cells = ["渔业", "产值", "增长%", "捕捞", "20.5", "3.1", "养殖", "18.2", "4.6"]
    rows = "渔业 | 产值 | 增长% |\n捕捞 | 20.5 | 3.1 |\n养殖 | 18.2 | 4.6 |\n"
    assert repair("\n|\n".join(cells) + "\n|\n", RULES).text == rows
    rows = "| 渔业 | 产值 |\n| 捕捞 | 20.5 |\n| 养殖 | 18.2 |\n"
    assert repair(rows, RULES).text == rows


def test_two_bars_below_one_another_are_an_empty_cell_and_a_row_may_be_short() -> None:
    """The name of a row that has two units stands once."""
    head, first = ["指标", "单位", "2020年", "2021年"], ["渔港", "个", "", "12"]
    second, third = ["米", "350", "380"], ["海带", "吨", "205", "210"]
    cells = [*head, *first, *second, *third, "紫菜", "吨", "", "31"]
    text = "\n".join(line for cell in cells for line in ([cell, "|"] if cell else ["|"]))
    assert repair(text, RULES).text.split("\n") == [
        "指标 | 单位 | 2020年 | 2021年 |",
        "渔港 | 个 | | 12 |",
        "米 | 350 | 380 |",
        "海带 | 吨 | 205 | 210 |",
        "紫菜 | 吨 | | 31 |",
    ]


def test_titles_above_a_line_of_dashes_are_one_head() -> None:
    """The dashes tell how many they are; a line above them is none."""
    rows = "---|---|---|\n渔港 | 个 | 12 |\n海带 | 吨 | 205 |"
    assert repair(f"渔业统计\n指标 |\n单\n位 |\n2021年 |\n{rows}", RULES).text == (
        f"渔业统计\n指标 | 单 位 | 2021年 |\n{rows}"
    )


def test_rows_that_a_bar_opens_end_where_two_bars_follow_each_other() -> None:
    """What stands above the first bar is no cell; an empty cell inside a row parts it no more."""
    rows = [["渔港", "泊位", "岸线"], ["东港", "12", "350"], ["西港", "", "280"], ["南湾", "8", "210"]]
    text = "渔港情况\n" + "\n".join("|\n" + "\n".join(f"{cell}\n|" if cell else "|" for cell in row) for row in rows)
    assert repair(text, RULES).text.split("\n") == [
        "渔港情况",
        "| 渔港 | 泊位 | 岸线 |",
        "| 东港 | 12 | 350 |",
        "| 西港 | | 280 |",
        "| 南湾 | 8 | 210 |",
    ]


def test_a_row_ends_where_no_bar_stands_between_two_cells() -> None:
    """Bars only between the cells of a row."""
    rows = [
        ["渔港", "泊位"],
        ["东港", "12"],
        ["西港", "9"],
        ["南湾", "8"],
        ["北滩", "6"],
        ["石岛", "5"],
        ["长岛", "4"],
        ["沙洲", "3"],
    ]
    text = "\n".join("\n|\n".join(row) for row in rows)
    assert repair(text, RULES).text == "\n".join(" | ".join(row) for row in rows)
