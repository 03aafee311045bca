"""Ruled tables and frames of PDF documents: open sides, lists in cells, rows that a page's end broke."""

from __future__ import annotations

from itertools import pairwise

import pytest

from policyx.read import Source, read_bytes
from tests.pdf_maker import Item, Rule, Text, grid, lines, pdf

BEFORE = "全县坚持稳中求进，推动科技创新和产业创新深度融合，各项工作取得新的进展和成效，现将情况报告如下。"
AFTER = "以上情况，特此报告。"


def read(*pages: list[Item]) -> Source:
    """A PDF with these pages, read."""
    return read_bytes(pdf(pages), "a.pdf")


def cell(x: float, y: float, *texts: str, size: float = 11) -> list[Item]:
    """The lines of a cell, one below the other."""
    return [Text(x + 3, y + 4 + 14 * number, text, size) for number, text in enumerate(texts)]


def test_a_list_of_figures_in_a_cell_is_read_as_rows() -> None:
    """Nothing is ruled between the lines, yet each has a figure of its own."""
    source = read(
        [
            *grid([72, 260, 380, 500], [150, 175, 230]),
            *cell(72, 150, "项目"),
            *cell(260, 150, "全县"),
            *cell(380, 150, "县本级"),
            *cell(72, 175, "一、债务余额", "其中：一般债务", "专项债务"),
            *cell(260, 175, "676.7", "211.3", "465.4"),
            *cell(380, 175, "205.8", "54.6", "151.2"),
        ]
    )
    assert source.text.splitlines() == [
        "| 项目 | 全县 | 县本级 |",
        "| 一、债务余额 | 676.7 | 205.8 |",
        "| 其中：一般债务 | 211.3 | 54.6 |",
        "| 专项债务 | 465.4 | 151.2 |",
    ]


def test_figures_without_names_beside_them_never_run_together() -> None:
    """Two lines of one cell stay two figures, whatever they mean."""
    source = read(
        [
            *grid([72, 260, 380], [150, 175, 230]),
            *[*cell(72, 150, "指标"), *cell(260, 150, "2025年")],
            *[*cell(72, 175, "增加值"), *cell(260, 175, "211.3", "465.4", "18.2")],
        ]
    )
    assert source.text.splitlines()[1] == "| 增加值 | 211.3 465.4 18.2 |"


def test_wrapped_lines_of_narrow_cells_are_joined() -> None:
    """Centred ones too, whose last line is short."""
    source = read(
        [
            *grid([72, 130, 300], [150, 175, 230, 260]),
            *[*cell(72, 150, "方面"), *cell(130, 150, "数值")],
            *[Text(76, 180, "运营规则", 11), Text(76, 196, "和权益保", 11), Text(93, 212, "障", 11)],
            *cell(130, 175, "12"),
            *[*cell(72, 230, "其他"), *cell(130, 230, "8")],
        ]
    )
    assert source.text.splitlines()[1:] == ["| 运营规则和权益保障 | 12 |", "| 其他 | 8 |"]


def test_a_table_open_at_its_sides_is_a_table() -> None:
    """As yearbooks set them: level rules over the whole width, upright ones only between the columns."""
    xs, ys = [72, 250, 380, 500], [150, 180, 210, 240]
    rules: list[Item] = [Rule(xs[0], y, xs[-1], y) for y in ys]
    rules += [Rule(x, ys[0], x, ys[-1]) for x in xs[1:-1]]
    rows = [["指标", "2020年", "2025年"], ["高新技术企业（家）", "62", "160"], ["孵化器（家）", "5", "9"]]
    texts = [item for r, row in enumerate(rows) for c, text in enumerate(row) for item in cell(xs[c], ys[r], text)]
    assert read([*rules, *texts]).text.splitlines() == [
        "| 指标 | 2020年 | 2025年 |",
        "| 高新技术企业（家） | 62 | 160 |",
        "| 孵化器（家） | 5 | 9 |",
    ]


def test_a_table_without_upright_rules_keeps_its_columns() -> None:
    """Where a figure is missing, the next one is not taken for it; a title over columns of years stands above them."""
    items: list[Item] = [Rule(75, y, 520, y) for y in (150, 194, 262)]
    items += [Text(330, 154, "规划目标", 11)]
    rows = [
        ("指标", "2020年", "2023年", "2025年"),
        ("技术合同成交额（亿元）", "8.5", "", "30"),
        ("高新技术企业（家）", "", "138", "160"),
        ("研发人员（人）", "1200", "1480", ""),
    ]
    for y, row in zip((174, 198, 220, 242), rows, strict=True):
        items += [Text(x, y, text, 11) for x, text in zip((80, 220, 300, 400), row, strict=True) if text]
    assert read([*lines(BEFORE, 60), *items, *lines(AFTER, 300)]).text.splitlines() == [
        BEFORE,
        "规划目标",
        "| 指标 | 2020年 | 2023年 | 2025年 |",
        "| 技术合同成交额（亿元） | 8.5 |  | 30 |",
        "| 高新技术企业（家） |  | 138 | 160 |",
        "| 研发人员（人） | 1200 | 1480 |  |",
        AFTER,
    ]


def test_rules_between_paragraphs_make_no_table() -> None:
    """A letterhead's line and the lines around an imprint."""
    items: list[Item] = [Rule(72, y, 520, y) for y in (60, 300, 700)]
    source = read([*items, *lines(BEFORE, 100), *lines(BEFORE, 320)])
    assert source.text.splitlines() == [BEFORE, BEFORE]


def broken_row(rules: bool) -> Source:
    """A table whose last row a page's end breaks; `rules`: whether rules are drawn at the break."""
    xs = [72, 110, 300, 420]
    first = [*grid(xs, [700, 725]), *grid(xs, [725, 760])]
    second = [*grid(xs, [60, 85]), *grid(xs, [85, 110])]
    if not rules:
        at_break = {Rule(x0, y, x1, y) for y in (760, 60) for x0, x1 in pairwise(xs)}
        first, second = ([item for item in page if item not in at_break] for page in (first, second))
    first += [*cell(72, 700, "序号"), *cell(110, 700, "重点工作"), *cell(300, 700, "牵头单位")]
    first += [*cell(72, 725, "1"), *cell(300, 725, "科技局")]
    first += cell(110, 725, "推动建立多边民主透明的国际互联网", "治理体系推动建立多边民主透明国际")
    second += [*cell(110, 60, "合作机制"), *cell(72, 85, "2"), *cell(110, 85, "培育企业"), *cell(300, 85, "商务局")]
    return read([*lines(BEFORE, 100), *first], [*second, *lines(AFTER, 200)])


@pytest.mark.parametrize("rules", [False, True])
def test_a_row_that_a_page_breaks_is_one_row(rules: bool) -> None:
    """Some programs rule the break, others leave it open."""
    assert broken_row(rules).text.splitlines() == [
        BEFORE,
        "| 序号 | 重点工作 | 牵头单位 |",
        "| 1 | 推动建立多边民主透明的国际互联网治理体系推动建立多边民主透明国际合作机制 | 科技局 |",
        "| 2 | 培育企业 | 商务局 |",
        AFTER,
    ]


def test_what_is_printed_again_above_the_next_part_of_a_table_is_left_out() -> None:
    """Its title with 续 behind, its unit, its head; and a merged cell reaches down into the next page."""
    xs = [72, 140, 300, 420]
    head = ["地区", "指标", "2025年"]
    title = Text(200, 640, "表3 主要指标", 12)
    first = [title, Text(360, 670, "单位：亿元", 11), *grid(xs, [690, 715])]
    inner = [rule for y in (740,) for rule in (Rule(140, y, 300, y), Rule(300, y, 420, y))]
    outer = [Rule(72, 765, 140, 765), Rule(140, 765, 300, 765), Rule(300, 765, 420, 765)]
    first += [*inner, *outer, *(Rule(x, y, x, y + 25) for x in xs for y in (715, 740))]
    first += [item for x, text in zip(xs, head, strict=False) for item in cell(x, 690, text)]
    first += [*cell(72, 715, "山阳县"), *cell(140, 715, "研发经费"), *cell(300, 715, "3.2")]
    first += [*cell(140, 740, "技术合同"), *cell(300, 740, "8.5")]
    second: list[Item] = [Text(200, 120, "表3 主要指标（续）", 12), Text(360, 145, "单位：亿元", 11)]
    second += grid(xs, [160, 185, 210])
    second += [item for x, text in zip(xs, head, strict=False) for item in cell(x, 160, text)]
    second += [*cell(140, 185, "科技贷款"), *cell(300, 185, "7.1")]
    source = read([*lines(BEFORE, 100), *first], [*second, *lines(AFTER, 300)])
    assert source.text.splitlines() == [
        BEFORE,
        "表3 主要指标",
        "单位：亿元",
        "| 地区 | 指标 | 2025年 |",
        "| 山阳县 | 研发经费 | 3.2 |",
        "| 山阳县 | 技术合同 | 8.5 |",
        "| 山阳县 | 科技贷款 | 7.1 |",
        AFTER,
    ]


def test_a_boxed_text_is_read_as_paragraphs() -> None:
    """A heading in a box of its own, and lines narrower than those around; said once, and joined to nothing outside."""
    inside = "突破数据库关键技术，推动高性能数据库在金融、电信、能源等重点行业关键业务系统应用，新增企业21家。"
    box: list[Item] = [*grid([90, 500], [290, 320, 420]), Text(250, 297, "专栏1 关键软件", 14)]
    broken = lines(inside, 330, x=96, width=24, size=14)
    source = read([*lines(BEFORE, 150), *box, *broken, *lines(AFTER, 460)])
    assert source.text.splitlines() == [BEFORE, "专栏1 关键软件", inside, AFTER]


def test_a_table_inside_a_frame_is_read_in_its_place() -> None:
    """A border around the page is no table that says everything again."""
    xs, ys = [100, 250, 400], [300, 330, 360]
    rows = [["指标", "2025年"], ["企业（家）", "160"]]
    texts = [item for r, row in enumerate(rows) for c, text in enumerate(row) for item in cell(xs[c], ys[r], text)]
    source = read([*grid([40, 560], [40, 800]), *lines(BEFORE, 150), *grid(xs, ys), *texts, *lines(AFTER, 400)])
    assert source.text.splitlines() == [BEFORE, "| 指标 | 2025年 |", "| 企业（家） | 160 |", AFTER]
