"""What is a heading, a row or a sentence: lines of every sort in, kinds out."""

from __future__ import annotations

import pytest

from policyx.model import Segment
from policyx.rules import builtin_rules
from policyx.segment import segment

BODY = "全市坚持创新驱动，高新技术企业增加到一百家以上，科技投入稳步增长，各项工作取得新的进展。"


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and text of each segment."""
    return [(item.kind, text[item.span.start : item.span.end]) for item in segment(text, builtin_rules())]


def cells(text: str, item: Segment) -> list[str]:
    return [text[cell.start : cell.end] for cell in item.cells]


@pytest.mark.parametrize(
    "line",
    [
        "二、以“314”总体部署统领今后五年的任务",
        "**三、实施“5+2”产业行动**",
        "## 六、对外经济[34]",
        "（一）加快5G建设",
    ],
)
def test_a_marked_line_is_a_heading_whatever_its_names_hold(line: str) -> None:
    assert kinds(f"{line}\n{BODY}")[0][0] == "heading"


@pytest.mark.parametrize("line", ["（一）新增孵化器20家", "2.发放补助500万元", "三、培育一百家以上企业、200亿元产值"])
def test_a_marked_line_that_counts_something_is_text(line: str) -> None:
    assert kinds(f"{line}\n{BODY}")[0][0] == "sentence"


@pytest.mark.parametrize(
    "line",
    [
        "二〇一七年二月六日",
        "2017年2月6日",
        "一九八一年增长%",
        "1989年 比上年增长％",
        "原文链接：https://example.org/a.html",
        "文库【编码】 ABC.14.1234567",
        "——在第五次会议上",
    ],
)
def test_dates_addresses_and_column_titles_are_no_headings(line: str) -> None:
    assert kinds(f"{line}\n{BODY}")[0][0] == "sentence"


def test_bold_words_at_the_beginning_of_a_line_are_its_heading() -> None:
    text = f"**2004年工作回顾** {BODY}"
    found = kinds(text)
    assert found[0] == ("heading", "2004年工作回顾**")
    assert segment(text, builtin_rules())[1].heading == ("2004年工作回顾",)


def test_bold_words_below_a_marked_heading_do_not_end_its_section() -> None:
    text = f"一、工作回顾\n**创新能力增强** {BODY}"
    assert segment(text, builtin_rules())[-1].heading == ("一、工作回顾", "创新能力增强")


def test_a_bold_figure_is_no_heading() -> None:
    assert kinds(f"**新增企业200家** {BODY}")[0][0] == "sentence"


@pytest.mark.parametrize("gap", ["\t", "    ", "　　"])
def test_two_columns_are_rows_where_figures_stand_under_each_other(gap: str) -> None:
    text = f"区县{gap}目标数（家）\n东城区{gap}12\n西城区{gap}30"
    assert [kind for kind, _ in kinds(text)] == ["row", "row", "row"]


def test_a_signature_and_its_date_are_no_row() -> None:
    assert [kind for kind, _ in kinds("市科技局    2017年2月6日\n附件    目录")] == ["sentence", "sentence"]


def test_an_empty_cell_between_tabs_is_kept() -> None:
    text = "指标\t单位\t2020年\n企业数\t\t30"
    assert cells(text, segment(text, builtin_rules())[1]) == ["企业数", "", "30"]


def test_letters_spread_with_blanks_are_one_cell_unless_the_last_is_a_unit() -> None:
    text = "衣 着 98.1 97.8\n发电量 亿千瓦小时 14780 9.0"
    found = segment(text, builtin_rules())
    assert cells(text, found[0])[0] == "衣 着"
    assert cells(text, found[1])[:2] == ["发电量", "亿千瓦小时"]


def test_a_row_of_sentences_is_text_below_the_heads_of_its_columns() -> None:
    text = (
        "| 序号 | 工作任务 | 牵头单位 | 落实进展情况 |\n"
        "| 1 | 新建渔港3个，改造码头5个，修复防波堤。 | 渔业局 | 已完成。新建渔港4个。 |\n"
        "| 改造旧渔船12艘，淘汰老旧渔船30艘以上。 | 渔业局 | 正在推进。 |\n"
    )
    told = [(text[slice(*s.span)], s.heading) for s in segment(text, builtin_rules()) if s.kind == "sentence"]
    assert [(said, heading[-1]) for said, heading in told if heading] == [
        ("新建渔港3个，改造码头5个，修复防波堤。", "工作任务"),
        ("已完成。", "落实进展情况"),
        ("新建渔港4个。", "落实进展情况"),
        ("改造旧渔船12艘，淘汰老旧渔船30艘以上。", "工作任务"),
        ("正在推进。", "落实进展情况"),
    ]


def test_a_remark_that_is_a_sentence_leaves_a_row_of_figures_a_row() -> None:
    text = "| 项目 | 投资（万元） | 备注 |\n| 东港改造 | 350 | 资金由渔业局统筹安排，年底前完成。 |\n"
    assert [s.kind for s in segment(text, builtin_rules())] == ["row", "row"]
