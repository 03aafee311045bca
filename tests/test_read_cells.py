"""Tables: merged cells repeated, a row a line, and what is no row beside it."""

from __future__ import annotations

import pytest

from policyx.pipeline import read_text
from policyx.read.cells import Cell, expanded, one_line, table_lines
from policyx.read.limits import LARGEST_TABLE

PROSE = "符合条件的企业，给予一次性奖励20万元。对首次认定的，再给予5万元补贴，同一企业不重复享受。"


def rows(*lines: str) -> tuple[tuple[str, ...], ...]:
    """A table whose cells are set apart by commas."""
    return tuple(tuple(line.split(",")) for line in lines)


def test_a_merged_cell_stands_in_every_place_that_it_covers() -> None:
    """Down, across and both at once."""
    table = [
        [Cell("指标", rows=2), Cell("进度", columns=2)],
        [Cell("2020年"), Cell("2025年")],
        [Cell("企业", 2, 2), Cell("12")],
        [Cell("15")],
    ]
    assert expanded(table) == rows("指标,进度,进度", "指标,2020年,2025年", "企业,企业,12", "企业,企业,15")


def test_a_cell_that_reaches_to_the_end_of_the_table_does() -> None:
    """rowspan="0" of HTML."""
    assert expanded([[Cell("甲", rows=0), Cell("1")], [Cell("2")], [Cell("3")]]) == rows("甲,1", "甲,2", "甲,3")


def test_short_rows_are_filled_up() -> None:
    """The linker counts cells."""
    assert expanded([[Cell("甲"), Cell("乙")], [Cell("丙")]]) == (("甲", "乙"), ("丙", ""))


def test_spans_beyond_reason_lose_no_text_and_no_memory() -> None:
    """A hundred cells of a thousand columns and rows each."""
    table = expanded([[Cell(f"项{number}", 1000, 1000) for number in range(300)]] * 3)
    assert sum(map(len, table)) < 8 * LARGEST_TABLE
    assert "项299" in table[0]


def test_lines_inside_a_cell_become_one() -> None:
    """Between Chinese characters nothing stands for the break, between words a blank."""
    assert one_line("高新技术\n企业数\n（家）") == "高新技术企业数（家）"
    assert one_line("High\n  tech") == "High tech"


def test_a_bar_inside_a_cell_is_no_edge_of_one() -> None:
    """It is written as its wide form."""
    assert table_lines(rows("甲|乙,1", "丙,2"))[0] == "| 甲｜乙 | 1 |"


def test_titles_and_notes_over_the_whole_width_are_lines_of_their_own() -> None:
    """A table often holds its own title, its unit and its notes."""
    table = rows(
        "表1 主要指标,表1 主要指标", "单位：亿元,单位：亿元", "指标,2024年", "生产总值,286.5", "注：初步数,注：初步数"
    )
    assert table_lines(table) == [
        "表1 主要指标",
        "单位：亿元",
        "| 指标 | 2024年 |",
        "| 生产总值 | 286.5 |",
        "注：初步数",
    ]


def test_rows_and_columns_without_text_are_left_out() -> None:
    """So is a column that only ever repeats its neighbour: it was part of merged cells all the way down."""
    assert table_lines(rows("指标,指标,,2024年", ",,,", "产值,产值,,12")) == ["| 指标 | 2024年 |", "| 产值 | 12 |"]


def test_a_year_over_several_columns_stays_in_each_of_their_titles() -> None:
    """Only heads over years are lines of their own: 2024年 over 绝对数 and 增长 is what these are of."""
    table = rows(
        "指标,2023年,2023年,2024年,2024年",
        "指标,绝对数（亿元）,增长（%）,绝对数（亿元）,增长（%）",
        "生产总值,270,5.1,286.5,6.2",
    )
    text = "山阳县2024年统计公报\n" + "\n".join(table_lines(table))
    found = [(record.quote, record.measure, record.year) for record in read_text(text).records]
    assert found == [
        ("270", "level", 2023),
        ("5.1", "growth_rate", 2023),
        ("286.5", "level", 2024),
        ("6.2", "growth_rate", 2024),
    ]


def test_a_table_of_one_column_is_text() -> None:
    """A frame around a paragraph is no table."""
    assert table_lines(rows("第一段。", "第二段。")) == ["第一段。", "第二段。"]


def test_prose_in_cells_is_told_cell_by_cell() -> None:
    """A list of measures is read like text; merged cells are not said twice."""
    table = (("序号", "政策", "内容"), ("1", "高企奖励", PROSE), ("2", "高企奖励", PROSE.replace("20", "30")))
    assert table_lines(table) == [
        "| 序号 | 政策 | 内容 |",
        "1 高企奖励",
        PROSE,
        "2",
        PROSE.replace("20", "30"),
    ]


def test_figures_beside_prose_are_both_read() -> None:
    """The rows stay a table, the prose follows under the row's name."""
    table = (("项目", "内容", "资金（万元）"), ("孵化器建设", PROSE, "120"), ("平台建设", "新建平台", "80"))
    text = "\n".join(table_lines(table))
    assert "| 孵化器建设 |  | 120 |" in text
    assert text.endswith(f"孵化器建设\n{PROSE}")
    found = {(record.quote, record.quantity.base_unit) for record in read_text(text).records}
    assert {("120", "元"), ("80", "元"), ("20万元", "元"), ("5万元", "元")} <= found


def test_year_columns_merged_heads_and_parts_give_the_records_of_a_reader() -> None:
    """What the reader writes is what the linker reads."""
    table = [
        [Cell("类别", rows=2), Cell("指标", rows=2), Cell("单位", rows=2), Cell("“十四五”主要目标", columns=2)],
        [Cell("2020年"), Cell("2025年")],
        [Cell("一、创新投入", columns=5)],
        [Cell("投入", rows=2), Cell("研发强度"), Cell("%"), Cell("2.1"), Cell("3.0")],
        [Cell("高新技术企业数"), Cell("家"), Cell("120"), Cell("≥300")],
        [Cell("二、创新产出", columns=5)],
        [Cell("产出"), Cell("技术合同成交额"), Cell("亿元"), Cell("12.5"), Cell("20")],
    ]
    text = "“十四五”科技创新规划\n" + "\n".join(table_lines(expanded(table)))
    found = [
        (record.quote, record.name, record.year, record.status, record.quantity.base_unit)
        for record in read_text(text).records
    ]
    assert found == [
        ("2.1", "研发强度", 2020, "actual", "%"),
        ("3.0", "研发强度", 2025, "target", "%"),
        ("120", "高新技术企业数", 2020, "actual", "家"),
        ("300", "高新技术企业数", 2025, "target", "家"),
        ("12.5", "技术合同成交额", 2020, "actual", "元"),
        ("20", "技术合同成交额", 2025, "target", "元"),
    ]


def test_a_head_over_two_columns_of_which_one_is_empty_heads_one() -> None:
    """Tables made with a word processor often have such columns; where both hold figures both stay."""
    rows = (("指标", "产量", "产量", "增速"), ("粮食", "650.0", "", "17.3"), ("甜菜", "9.6", "", "23.1"))
    assert table_lines(rows) == ["| 指标 | 产量 | 增速 |", "| 粮食 | 650.0 | 17.3 |", "| 甜菜 | 9.6 | 23.1 |"]
    rows = (("指标", "产量", "产量"), ("粮食", "650.0", ""), ("甜菜", "", "9.6"))
    assert table_lines(rows)[0] == "| 指标 | 产量 | 产量 |"
    rows = (("指标", "2023年", "2024年"), ("粮食", "650.0", ""), ("甜菜", "9.6", "9.6"))
    assert table_lines(rows)[0] == "| 指标 | 2023年 | 2024年 |"


def test_a_figure_that_is_merged_over_columns_with_one_head_is_said_once() -> None:
    """One row parts the column; what is merged in the others is one figure."""
    heads = (("病种", "限额", "限额", "限额"), ("病种", "职工", "居民", "居民"))
    rows = (*heads, *((f"病种{n}", f"{n}00元/月", "50元/月", "50元/月") for n in range(1, 6)))
    rows = (*rows, ("病种六", "18000元/年", "18000元/年", "14400元/年"))
    lines = table_lines(rows)
    assert lines[2] == "| 病种1 | 100元/月 | 50元/月 |  |"
    assert lines[-1] == "| 病种六 | 18000元/年 | 18000元/年 | 14400元/年 |"


@pytest.mark.parametrize("below", [("2023", "2024"), ("2023年", "2024年"), ("1月", "2月"), ("计划", "完成")])
def test_columns_that_a_second_row_of_heads_tells_apart_keep_their_figures(below: tuple[str, str]) -> None:
    """Though a few are the same by chance."""
    rows = (
        ("指标", "产量", "产量"),
        ("指标", *below),
        ("粮食", "120", "120"),
        ("油料", "20", "21"),
        ("甜菜", "9", "8"),
    )
    assert "| 粮食 | 120 | 120 |" in table_lines(rows)
