"""The files that stand beside the project: pages as they were served, documents in official layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyx.pipeline import read_source
from policyx.read import Source, read_file

FORMATS = Path(__file__).resolve().parents[2] / "shared" / "formats"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FORMATS.is_dir(), reason="the shared texts are not here"),
]

FURNITURE = ("版权所有", "网站标识码", "当前位置", "分享", "扫一扫", "无障碍", "上一篇", "备案", "浏览次数", "首页")


def read(name: str) -> Source:
    """The one file whose name begins so."""
    (path,) = FORMATS.glob(f"{name}*")
    return read_file(path)


@pytest.mark.parametrize(
    ("name", "encoding", "first", "last", "lines"),
    [
        ("raw_gd_15", "utf-8", "创业担保贷款常见问题", "工商银行广州分行", 25),
        ("raw_gd_16", "utf-8", "广州市高校毕业生创业补贴", "补贴期限：一次性。", 41),
        ("raw_gd_18b", "utf-8", "广东省高校毕业生就业创业扶持政策清单", None, None),
        ("raw_govcn", "utf-8", "各位代表：", None, None),
        ("raw_qq", "utf-8", "棱镜|数据业大整顿", None, None),
        ("raw_xinhua", "gb18030", "话剧《约定无期限》", None, 7),
    ],
)
def test_pages_give_their_text_and_nothing_around_it(
    name: str, encoding: str, first: str, last: str | None, lines: int | None
) -> None:
    """One of them says GB2312 and is UTF-8; one is all layout tables."""
    source = read(name)
    found = source.text.splitlines()
    assert (source.format, source.encoding) == ("html", encoding)
    assert found[0].startswith(first)
    assert not [line for line in found if len(line) < 40 and any(word in line for word in FURNITURE)]
    assert not [line for line in found if line != line.strip() or "<" in line or "&nbsp" in line]
    if last:
        assert last in found[-1]
    if lines:
        assert len(found) == lines


@pytest.mark.parametrize(
    ("name", "date", "issuer"),
    [
        ("raw_gd_15", "2025-11-18", "市人力资源社会保障局"),
        ("raw_gd_16", "2025-04-08", "市人力资源社会保障局官网"),
        ("raw_gd_18b", "2026-08-03", "广东省人力资源和社会保障厅官网"),
        ("raw_xinhua", "2012-06-04", "河北日报"),
        ("raw_qq", "2019-09-23", None),
        ("raw_govcn", None, None),
    ],
)
def test_pages_state_their_date_and_issuer(name: str, date: str | None, issuer: str | None) -> None:
    """In meta elements, or in the line under the title; a fragment states nothing."""
    source = read(name)
    assert source.date == date
    assert (source.issuer or "").startswith(issuer or "")
    assert (source.title is None) == (name == "raw_govcn")


def test_figures_of_a_page_are_read_with_its_date() -> None:
    """A page of questions and answers about loans."""
    document = read_source(read("raw_gd_15"))
    assert document.date == "2025-11-18"
    found = {(record.quote, record.quantity.base_unit) for record in document.records}
    assert {("30万元", "元"), ("50万元", "元"), ("3年", "年")} <= found


def test_a_work_report_cut_out_of_its_page_is_read() -> None:
    """Headings and paragraphs are lines."""
    lines = read("raw_govcn").text.splitlines()
    assert [line[:2] for line in lines if line[1:2] == "、" and len(line) < 30] == ["一、", "二、", "三、"]
    assert any("从54万亿元增加到82.7万亿元" in line for line in lines)


def test_a_feed_in_big5_is_read() -> None:
    """Its entries, title first."""
    source = read("enc_chardet_big5")
    assert (source.format, source.encoding, source.date) == ("feed", "big5", "2005-10-09")
    assert source.text.splitlines()[:3] == ["新年快樂", "學號 學期成績", "B90902123 99"]


@pytest.mark.parametrize(
    ("number", "lines"),
    [
        ("01", {0: "关于开展格式检查工作的通知", 5: "（一）加强审核", 9: "2026年5月30日"}),
        ("02", {0: "表格材料样例", 1: "| 事项 | 责任部门 | 完成情况 |", 4: "| 备注 | 备注 | 含合并单元格 |"}),
        ("05", {2: "文本框内文字", 3: "文本框之后的正文。"}),
        ("06", {1: "1. 自动编号第一项", 3: "3. 自动编号第三项", 4: "一、手写编号也应作为正文文本保留"}),
    ],
)
def test_documents_in_official_layout_are_read(number: str, lines: dict[int, str]) -> None:
    """Formal letter, table with merged cells, text box, numbers that Word makes."""
    found = read(f"fixture_gongwen_{number}").text.splitlines()
    assert {at: found[at] for at in lines} == lines
    assert len(found) == max(lines) + 1
