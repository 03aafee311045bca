"""Lines that a program cut at any width: the text as it was comes out, tables and page titles with it."""

from __future__ import annotations

import re

import pytest

from policyx.repair import repair
from policyx.rules import builtin_rules
from tests.metamorphic import wrapped

RULES = builtin_rules()
PROSE = """2023年滨海市渔业发展情况通报
一、总体情况
2023年，全市渔业产值达到3729.4亿元，比上年增长7.3%，高于全省平均水平1.2个百分点；新建渔港12个，更新改造渔船1286艘。
（一）养殖规模稳步扩大。全市海水养殖面积达到15624.8公顷，增长12.6%，其中深远海养殖占比达到46.35%，为历年最高。
（二）加工能力明显提升。新认定水产品加工企业460家，加工总量突破502.4万吨，冷链物流覆盖全部沿海乡镇和重点渔港。
二、下一步打算
到2025年，力争渔业产值达到4100亿元，新增水产品加工企业15家，建成国家级海洋牧场8个，渔民人均收入年均增长6%以上。
"""
TABLE = "\n".join(
    f"| {name:<14} | {unit:<6} | {before:<14} | {after:<14} |"
    for name, unit, before, after in (
        ("指标", "单位", "2022年", "2023年"), ("渔业总产值", "亿元", "3475.21", "3729.4"),
        ("海水养殖面积", "公顷", "13876.3", "15624.8"), ("渔港", "个", "", "12"), ("更新改造渔船", "艘", "", "1286"),
        ("加工总量", "万吨", "478.9", "502.4"), ("渔民人均收入", "元", "38214", "40896"), ("海洋牧场", "个", "5", "6"),
    )
)  # fmt: skip


def _plain(text: str) -> str:
    """Without the blanks that fill a cell, and without those around a line."""
    return re.sub(r" *(\||\n) *", r"\1", text).strip()


@pytest.mark.parametrize("width", [20, 25, 30, 40, 57])
@pytest.mark.parametrize(("end", "indent"), [("\n", ""), ("\r\n", ""), ("\n", "    ")])
@pytest.mark.parametrize("text", [PROSE, TABLE, PROSE + TABLE])
def test_a_cut_text_is_whole_again(text: str, end: str, indent: str, width: int) -> None:
    """Paragraphs, headings and the rows of a padded table."""
    cut = wrapped(width, end, indent)(text)
    assert _plain(repair(cut, RULES).text.replace("\r", "")) == _plain(repair(text, RULES).text)


def test_a_text_that_was_cut_twice_is_whole_again() -> None:
    """What was left of each line in the first cut has a length of its own."""
    text = wrapped(38)(PROSE)
    assert _plain(repair(wrapped(20)(text), RULES).text) == _plain(repair(text, RULES).text)


def test_a_title_as_long_as_a_cut_line_takes_no_part_of_the_page() -> None:
    """A line that a page repeats above something else is complete."""
    title = "滨海市渔业生产保持平稳增长态势良好向上"
    page = f"{title}\n渔业厅网站导航\n{title}\n发布日期：2023-11-22\n{PROSE}"
    assert f"{title}\n" in repair(wrapped(len(title))(page), RULES).text


def test_a_title_that_stands_twice_with_other_brackets_is_whole_again() -> None:
    """The line below its first one begins alike."""
    title = "滨海市渔业局关于印发滨海市现代渔业港口建设三年行动计划{}2023—2025年{}的通知"
    text = title.format("(", ")") + "\n\n" + title.format("（", "）") + "\n" + PROSE
    assert _plain(repair(wrapped(20)(text), RULES).text) == _plain(repair(text, RULES).text)


def test_latin_words_at_a_cut_stay_apart_only_where_a_blank_was() -> None:
    """A cut inside an address leaves it whole."""
    address = "https://example.org/" + "ocean/fishery/" * 4 + "index.html"
    assert address in repair(wrapped(30)(PROSE + address), RULES).text


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u3000\n"])
def test_blank_lines_alone_are_no_text_that_was_cut(end: str) -> None:
    """Lines of one length that hold nothing."""
    assert not repair((" " * 35 + end) * 40, RULES).text.strip()


@pytest.mark.parametrize(
    "change", ["由上年的44.9:19.6:|35.5变为", "三次产业比重为44|.9:19.6:35.5，", "比重为44.9|:19.6:35.5，"]
)
def test_a_cut_inside_a_ratio_is_no_item_of_a_list(change: str) -> None:
    """35. opens none, and a colon ends no lead-in."""
    before, behind = f"滨海市渔业{change}".split("|")
    text = f"{before}{behind}加工比重继续提高，结构更趋合理。\n{PROSE}"
    assert _plain(repair(wrapped(len(before))(text), RULES).text) == _plain(repair(text, RULES).text)


def test_a_line_end_that_was_converted_twice_is_one() -> None:
    """CR CR LF makes no empty line."""
    text = PROSE.replace("\n", "\r\r\n")
    assert repair(text, RULES).text == repair(PROSE, RULES).text.replace("\n", "\r\n")


LISTED = """- 捕捞、养殖和育苗加工业 396 18.2
- 冷链物流业 965 18.1
- 海产、渔具和网具制造业 1288 18.8
- 渔港、码头和航标建设业 22261 24.5
"""


@pytest.mark.parametrize("width", range(16, 26))
def test_rows_that_only_single_blanks_part_keep_their_cells_and_their_ends(width: int) -> None:
    """Whether the cut falls into a cell, between two, or just behind the last."""
    assert repair(wrapped(width)(PROSE + LISTED), RULES).text.endswith(LISTED)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            "依照合同，渔船补助最长\n5 年，具体标准为：远洋渔船\n1000 元，近海渔船\n800 元，小渔船\n300 元。",
            "依照合同，渔船补助最长5年，具体标准为：远洋渔船1000元，近海渔船800元，小渔船300元。",
        ),
        (
            "发放渔民补助\n1304.5\n万元，船员奖金\n225\n万元，受益渔民\n3600\n人次。",
            "发放渔民补助1304.5万元，船员奖金225万元，受益渔民3600人次。",
        ),
    ],
)
def test_figures_that_a_page_set_apart_are_taken_back(given: str, wanted: str) -> None:
    """A line break before each figure, or before and behind each."""
    assert repair(given, builtin_rules()).text == wanted


@pytest.mark.parametrize(
    "given",
    [
        "渔船\n1000\n艘\n渔港\n12\n个\n渔民\n3600\n人",  # cells
        "一、渔船\n2023 年，渔船200艘。\n二、渔港\n2023 年，渔港12个。\n三、渔民\n2023 年，渔民3人。",
        "发放补助\n1304\n万元，船员奖金20万元。",  # once is chance
        "渔港开工\n来源：渔报2024-03-12\n3月11日，渔港开工，投资15亿元。",  # a page's day, and the first sentence's
    ],
)
def test_lines_that_only_look_so_stay(given: str) -> None:
    """Cells of a table, sentences that years open, and a single break."""
    assert repair(given, builtin_rules()).text == given.replace(" ", "")
