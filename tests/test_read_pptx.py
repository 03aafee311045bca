"""Presentations as slides: titles, texts in reading order, tables, notes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from policyx.errors import ReadError
from policyx.pipeline import read_source
from policyx.read import Source, read_bytes
from tests.pptx_maker import box, picture, pptx, table


def lines(*slides: str, notes: tuple[str, ...] = ()) -> list[str]:
    return read_bytes(pptx(*slides, notes=notes), "t.pptx", suffix=".pptx").text.splitlines()


def test_a_slide_is_its_title_its_texts_from_the_top_down_and_its_notes() -> None:
    """In whatever order the file has them; each slide is a page."""
    slide = box(1, 9, "企业5家。") + box(1, 4, "专利4500件。", "人口30万人。") + box(1, 1, "工作情况", role="title")
    source = read_bytes(pptx(slide, box(1, 1, "谢谢。"), notes=[box(0, 0, "口径：规上企业。", role="body")]), "t")
    assert source.format == "pptx"
    assert source.text.splitlines() == [
        "工作情况",
        "专利4500件。",
        "人口30万人。",
        "企业5家。",
        "口径：规上企业。",
        "",
        "谢谢。",
    ]
    assert [source.page(source.text.index(word)) for word in ("企业5家", "口径", "谢谢")] == [1, 1, 2]


def test_cards_beside_one_another_are_read_one_after_the_other() -> None:
    """A card is a column of several boxes; a line over the whole width comes before them, another one after."""
    cards = "".join(
        box(1 + 6 * i, 3, f"第{n}期") + box(1 + 6 * i, 5, f"企业{n}家") + box(1 + 6 * i, 7, f"专利{n}件")
        for i, n in enumerate("123")
    )
    whole = box(1, 1, "总览", width=20) + box(1, 9, "完。", width=20)
    expected = [f"{what.format(n)}" for n in "123" for what in ("第{}期", "企业{}家", "专利{}件")]
    assert lines(cards + whole) == ["总览", *expected, "完。"]


def test_boxes_in_one_row_are_read_from_left_to_right() -> None:
    """Without others below them there are no columns."""
    assert lines(box(12, 3, "三") + box(1, 3, "一") + box(6.5, 3.1, "二")) == ["一", "二", "三"]


def test_a_table_is_read_as_its_cells() -> None:
    """A cell over two columns stands in both."""
    text = "<a:txBody><a:p><a:r><a:t>产量（吨）</a:t></a:r></a:p></a:txBody>"
    wide = f'<a:tc gridSpan="2">{text}</a:tc>'
    merged = '<a:tc hMerge="1"><a:txBody><a:p/></a:txBody></a:tc>'
    rows = [("指标", wide, merged), ("", "计划", "完成"), ("粮食", "120", "138")]
    assert lines(box(1, 1, "农业") + table(1, 3, *rows)) == [
        "农业",
        "| 指标 | 产量（吨） | 产量（吨） |",
        "|  | 计划 | 完成 |",
        "| 粮食 | 120 | 138 |",
    ]


def test_numbers_of_slides_and_feet_are_left_out() -> None:
    """Whether they are placeholders or boxes."""
    slide = (
        box(1, 1, "企业5家。") + box(20, 18, "3/23") + box(1, 18, "某局", role="ftr") + box(9, 18, "2", role="sldNum")
    )
    assert lines(slide) == ["企业5家。"]


def test_groups_are_read_as_one() -> None:
    """With the place of the group."""
    group = f"<p:grpSp>{box(1, 8, '乙')}{box(1, 5, '甲')}</p:grpSp>"
    assert lines(group + box(1, 1, "题")) == ["题", "甲", "乙"]


def test_what_is_hidden_or_a_picture_is_told() -> None:
    """Not read in silence as nothing."""
    source = read_bytes(pptx(box(1, 1, "企业5家。"), box(1, 1, "草稿"), picture(), hidden=[1]), "t.pptx")
    assert source.text.strip() == "企业5家。"
    assert source.notes == (
        "slides that are hidden are not read: 2",
        "slides that are pictures without text are not read: 3",
    )
    with pytest.raises(ReadError, match=r"without text \(pictures only\)"):
        read_bytes(pptx(picture()), "t.pptx")


def test_the_title_of_the_properties_counts_where_the_first_slide_bears_it_out() -> None:
    """Many are those of another presentation."""
    slide = box(1, 1, "某市工作汇报", role="ctrTitle")
    assert read_bytes(pptx(slide, title="某市工作汇报"), "t").title == "某市工作汇报"
    assert read_bytes(pptx(slide, title="PowerPoint Presentation"), "t").title is None


def test_a_broken_presentation_is_refused_with_the_reason() -> None:
    """One line."""
    with pytest.raises(ReadError, match="damaged"):
        read_bytes(pptx(box(1, 1, "企业"))[:-60], "t.pptx", suffix=".pptx")
    data = pptx('<!DOCTYPE x [<!ENTITY e "e">]>' + box(1, 1, "企业"))
    with pytest.raises(ReadError, match="declares a document type"):
        read_bytes(data, "t.pptx")


def test_a_slide_that_is_damaged_is_told_and_the_others_are_read() -> None:
    """Notes and properties are worth no error."""
    source = read_bytes(pptx(box(1, 1, "企业5家。"), "<broken", notes=["<broken"], title="<"), "t.pptx")
    assert (source.text.strip(), source.notes) == ("企业5家。", ("slides that are damaged are not read: 2",))


def test_the_command_tells_the_slide_of_a_record(tmp_path: Path) -> None:
    """As the page."""
    (tmp_path / "t.pptx").write_bytes(pptx(box(1, 1, "无。"), box(1, 1, "新增高新技术企业5家。")))
    command = [sys.executable, "-m", "policyx", "extract", "-f", "jsonl", str(tmp_path / "t.pptx")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    record = json.loads(done.stdout)
    assert (record["quote"], record["page"]) == ("5家", 2)
    source = read_bytes(pptx(box(1, 1, "企业5家。")), "t")
    assert isinstance(source, Source) and read_source(source).records
