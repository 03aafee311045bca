"""OFD documents (GB/T 33190): text by its places, ruled tables, what is signed and what is a scan."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from policyx.errors import ReadError
from policyx.pipeline import read_source
from policyx.read import Source, read_bytes
from policyx.read.meta import institution
from policyx.read.ofd_objects import Rule
from policyx.read.ruled import ruled_tables
from tests.ofd_maker import grid, image, ofd, rule, text

FULL = "全市高新技术企业达到一百三十八家比上年增加二十一家其中国家级"  # 30 characters: a full line at 30 mm to 150 mm


def read(*pages: str, **told: str) -> Source:
    return read_bytes(ofd(*pages, **told), "t.ofd", suffix=".ofd")  # type: ignore[arg-type]


def test_lines_are_joined_to_paragraphs_also_over_pages() -> None:
    """A line goes on where it is full and the next one is not set in."""
    source = read(
        text(60, 20, "某市工作报告", size=7) + text(38, 50, FULL[:28]) + text(30, 58, FULL) + text(30, 66, "完成。"),
        text(38, 50, FULL[:28]) + text(30, 58, FULL),
        text(30, 50, "到此为止。") + text(38, 58, "新增企业5家。"),
    )
    assert source.text.splitlines() == [
        "某市工作报告",
        FULL[:28] + FULL + "完成。",
        FULL[:28] + FULL + "到此为止。",
        "新增企业5家。",
    ]
    assert source.format == "ofd"
    assert [source.page(source.text.index(part)) for part in ("某市", "到此", "新增")] == [1, 3, 3]
    assert len(source.pages) == 3


def test_pieces_of_a_line_come_in_their_order_whatever_order_the_file_has() -> None:
    """Text objects are drawn in any order; a number may be an object of its own."""
    source = read(text(70, 50, "138") + text(30, 50, "全市高新技术企业有") + text(76, 50, "家。"))
    assert source.text == "全市高新技术企业有138家。\n"


def test_a_ruled_table_is_read_as_its_cells() -> None:
    """With a head merged over two columns, whose line between is not drawn."""
    xs, ys = [30, 70, 110, 150], [50, 60, 70, 80]
    lines = "".join(rule(xs[0], y, xs[-1], y) for y in (50, 70, 80)) + rule(70, 60, 150, 60)
    lines += "".join(rule(x, ys[0], x, ys[-1]) for x in (30, 70, 150)) + rule(110, 60, 110, 80)
    words = text(35, 58, "指标") + text(95, 52, "产量（吨）") + text(75, 62, "2023年") + text(115, 62, "2024年")
    words += text(35, 72, "粮食") + text(75, 72, "120") + text(115, 72, "138")
    source = read(text(30, 20, "一、农业") + lines + words + text(30, 90, "完。"))
    assert source.text.splitlines() == [
        "一、农业",
        "产量（吨）",
        "| 指标 | 2023年 | 2024年 |",
        "| 粮食 | 120 | 138 |",
        "完。",
    ]


def test_rows_that_no_line_parts_are_read_by_their_figures() -> None:
    """With a sum below the last row."""
    xs, ys = [30, 70, 110, 150], [50, 60, 100]
    words = text(35, 52, "序号") + text(75, 52, "县") + text(115, 52, "企业（家）")
    for number, (name, count) in enumerate([("甲县", "5"), ("乙县", "6"), ("丙县", "7")]):
        y = 62 + 8 * number
        words += text(35, y, str(number + 1)) + text(75, y, name) + text(115, y, count)
    words += text(75, 88, "合计") + text(115, 88, "18家")
    assert read(grid(xs, ys) + words).text.splitlines() == [
        "| 序号 | 县 | 企业（家） |",
        "| 1 | 甲县 | 5 |",
        "| 2 | 乙县 | 6 |",
        "| 3 | 丙县 | 7 |",
        "|  | 合计 | 18家 |",
    ]


def test_columns_that_are_only_aligned_are_a_table_where_they_hold_figures() -> None:
    """Three lines and more, with as many parts each."""
    rows = [("指标", "2023年", "2024年"), ("粮食", "120", "138"), ("油料", "20", "21")]
    objects = "".join(text(30 + 40 * j, 50 + 8 * i, cell) for i, row in enumerate(rows) for j, cell in enumerate(row))
    assert read(objects).text.splitlines()[1] == "| 粮食 | 120 | 138 |"


def test_a_box_around_a_paragraph_is_no_table() -> None:
    """One cell is none."""
    assert read(grid([25, 160], [45, 60]) + text(30, 50, "新增企业5家。")).text == "新增企业5家。\n"


def test_page_numbers_and_running_heads_are_left_out() -> None:
    """What is in the margin of one page only stays."""
    pages = [text(90, 8, "某市公报") + text(30, 100, f"第{n}项。") + text(100, 285, f"— {n} —") for n in "123"]
    pages[0] += text(30, 16, "新增企业5家。")
    assert read(*pages).text.splitlines() == ["新增企业5家。", "第1项。", "第2项。", "第3项。"]


def test_a_template_is_part_of_each_page() -> None:
    """Forms are drawn so."""
    data = ofd(text(51, 50, "某局"), template=text(30, 50, "单位名称："))
    assert read_bytes(data, "t", suffix=".ofd").text == "单位名称：某局\n"


def test_a_signed_document_says_so_and_a_scan_is_refused() -> None:
    """Neither is read in silence as something else; a ZIP suffix does not hide what it is."""
    assert read_bytes(ofd(text(30, 50, "企业5家。"), signed=True), "t.zip", suffix=".zip").notes == (
        "carries 1 electronic signature or seal, which is not verified",
    )
    with pytest.raises(ReadError, match="is a scanned OFD document: 2 pages, 2 pictures and no text; it carries 1"):
        read_bytes(ofd(image(), image(), signed=True), "t.ofd")
    with pytest.raises(ReadError, match="is an OFD document without text"):
        read_bytes(ofd(""), "t.ofd")
    assert read(text(30, 50, "企业5家。"), image()).notes == ("pages that are pictures without text are not read: 2",)


def test_properties_count_where_the_text_bears_them_out() -> None:
    """A title of another document, a person and a program are none of this one's."""
    page = text(60, 20, "某市工作报告", size=7) + text(30, 50, "企业5家。")
    source = read(page, title="某市工作报告", author="某市人民政府办公室", created="2024-03-05")
    assert (source.title, source.issuer, source.date) == ("某市工作报告", "某市人民政府办公室", "2024-03-05")
    source = read(page + text(90, 80, "2023年12月1日"), title="模板一", author="张三", created="2024-03-05")
    assert (source.title, source.issuer, source.date) == (None, None, None)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<ofd:Document", "damaged"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><ofd:Document/>', "declares a document type"),
        ("<Document><Pages><Page BaseLoc='none.xml'/></Pages></Document>", "none.xml is missing"),
        ("<Document>" + "<Pages>" * 100_000 + "</Pages>" * 100_000 + "</Document>", "without text|nested"),
    ],
)
def test_a_broken_document_is_refused_with_the_reason(document: str, reason: str) -> None:
    """No entity is ever resolved."""
    with pytest.raises(ReadError, match=reason):
        read_bytes(ofd(document=document), "t.ofd", suffix=".ofd")


def test_a_page_that_is_damaged_is_told_and_the_others_are_read() -> None:
    """Where all are, the document is refused."""
    source = read(text(30, 50, "企业5家。"), "<broken", template="<broken")
    assert (source.text, source.notes) == ("企业5家。\n", ("pages that are damaged are not read: 2",))
    assert len(source.pages) == 2
    with pytest.raises(ReadError, match="damaged"):
        read("<broken", "<broken")


def test_distances_between_characters_cannot_outgrow_the_text() -> None:
    """g 999999 1 says a million of them."""
    page = text(30, 50, "企业5家。").replace('DeltaX="', 'DeltaX="g 999999 4 ')
    assert read(page).text == "企业5家。\n"


def test_lines_that_draw_a_picture_are_no_table() -> None:
    """Thousands of them on a page."""
    assert ruled_tables([Rule(i / 10, 0, i / 10, 50) for i in range(5000)]) == []


@pytest.mark.parametrize(
    ("author", "issuer"),
    [
        ("某市统计局", "某市统计局"),
        ("某日报", "某日报"),
        ("人民网-文化频道 原创稿", "人民网-文化频道 原创稿"),
        ("张三", None),
        ("张会", None),
        ("某市工商联合会", "某市工商联合会"),
        ("某县发布", "某县发布"),
        ("name, email@example.com", None),
        ("suwell ofd maker", None),
        ("", None),
    ],
)
def test_only_an_institution_issues_a_document(author: str, issuer: str | None) -> None:
    """By how its name ends."""
    assert institution(author) == issuer


def test_the_command_reads_an_ofd_document(tmp_path: Path) -> None:
    """And a record tells its page."""
    (tmp_path / "t.ofd").write_bytes(ofd(text(30, 50, "无。"), text(30, 50, "新增高新技术企业5家。")))
    command = [sys.executable, "-m", "policyx", "extract", "-f", "jsonl", str(tmp_path / "t.ofd")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    record = json.loads(done.stdout)
    assert (record["quote"], record["page"]) == ("5家", 2)
    assert read_source(read(text(30, 50, "新增企业5家。"))).records
