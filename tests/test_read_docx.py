"""DOCX documents: order, tables, numbers of lists, text boxes, tracked changes, notes; and damage."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from policyx.errors import ReadError
from policyx.read import doc, read_bytes
from policyx.read.docx_numbering import numeral
from tests.docx_maker import W, docx, p, r, tbl, tc, tr

DOWN = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>
</w:num></w:numbering>"""


def lines(body: str, **parts: str) -> list[str]:
    """The lines of a document with this body."""
    return read_bytes(docx(body, **parts), "a.docx").text.splitlines()


def item(text: str, level: int = 0, list_id: int = 1) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_paragraphs_and_tables_come_in_their_order() -> None:
    """Runs of a paragraph are one line; a break inside it ends the line."""
    body = p("第一段") + f"<w:p>{r('企业达到')}{r('138')}{r('家。')}<w:r><w:br/></w:r>{r('另起一行')}</w:p>"
    body += tbl(tr(tc("指标"), tc("2025年")), tr(tc("企业（家）"), tc("160"))) + p("最后一段")
    assert lines(body) == [
        "第一段",
        "企业达到138家。",
        "另起一行",
        "| 指标 | 2025年 |",
        "| 企业（家） | 160 |",
        "最后一段",
    ]


def test_merged_cells_are_repeated() -> None:
    """Across by gridSpan, down by vMerge, and where a row leaves out its first column."""
    body = tbl(
        tr(tc("类别", DOWN), tc("指标", DOWN), tc("进度", '<w:gridSpan w:val="2"/>')),
        tr(tc("", GOES_ON), tc("", GOES_ON), tc("现状"), tc("目标")),
        tr(tc("投入", DOWN), tc("强度"), tc("1.2"), tc("2.4")),
        tr(tc("", GOES_ON), tc("企业"), tc("62"), tc("160")),
        tr(tc("平台"), tc("2"), tc("6"), properties='<w:gridBefore w:val="1"/>'),
    )
    assert lines(body) == [
        "| 类别 | 指标 | 进度 | 进度 |",
        "| 类别 | 指标 | 现状 | 目标 |",
        "| 投入 | 强度 | 1.2 | 2.4 |",
        "| 投入 | 企业 | 62 | 160 |",
        "|  | 平台 | 2 | 6 |",
    ]


def test_a_table_inside_a_cell_is_kept() -> None:
    """A form often is one large table around others."""
    inner = tbl(tr(tc("企业（家）"), tc("160")))
    assert lines(tbl(tr(f"<w:tc>{p('说明')}{inner}{p('完')}</w:tc>"))) == ["说明", "| 企业（家） | 160 |", "完"]


def test_lists_are_numbered_as_word_shows_them() -> None:
    """Levels begin anew under the next higher one; bullets say nothing."""
    body = item("总体要求") + item("目标", 1) + item("任务", 1) + item("细目", 2) + item("保障措施") + item("组织", 1)
    body += item("要点", 3) + item("另一表", 0, 2) + p("正文")
    assert lines(body, numbering=NUMBERING) == [
        "一、总体要求",
        "（一）目标",
        "（二）任务",
        "1. 细目",
        "二、保障措施",
        "（一）组织",
        "要点",
        "一、另一表",
        "正文",
    ]


def test_a_style_may_number_its_paragraphs() -> None:
    """And one that stands on it; numId 0 takes the number off."""
    styles = f"""<w:styles {W}><w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>
    </w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>"""
    body = p("甲", '<w:pStyle w:val="A"/>') + p("乙", '<w:pStyle w:val="B"/>')
    body += p("丙", '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body, numbering=NUMBERING, styles=styles) == ["一、甲", "二、乙", "丙"]


@pytest.mark.parametrize(
    ("count", "format", "written"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCounting", "一百〇五"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (12, "decimalEnclosedCircle", "⑫"),
        (4, "upperRoman", "IV"),
        (27, "lowerLetter", "aa"),
        (7, "decimalFullWidth", "７"),
        (5, "somethingNew", "5"),
    ],
)
def test_the_numerals_of_lists(count: int, format: str, written: str) -> None:
    """What Chinese documents number with."""
    assert numeral(count, format) == written


def test_tracked_changes_are_read_as_accepted() -> None:
    """What was put in stays, what was taken out goes: runs, ends of paragraphs, rows of tables, moved text."""
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    out = "<w:del><w:r><w:delText>120</w:delText></w:r></w:del>"
    body = f"""<w:p>{r("企业达到")}{out}<w:ins>{r("138")}</w:ins>{r("家。")}</w:p>
    <w:p><w:moveFrom>{r("搬走的话。")}</w:moveFrom></w:p><w:p><w:moveTo>{r("搬来的话。")}</w:moveTo></w:p>
    <w:p><w:pPr>{gone}</w:pPr>{r("技术合同成交额突破")}</w:p>{p("260亿元。")}"""
    body += tbl(tr(tc("指标"), tc("2025年")), tr(tc("旧"), tc("1"), properties="<w:del/>"), tr(tc("新"), tc("2")))
    assert lines(body) == [
        "企业达到138家。",
        "搬来的话。",
        "技术合同成交额突破260亿元。",
        "| 指标 | 2025年 |",
        "| 新 | 2 |",
    ]


def test_a_text_box_is_read_once_and_behind_its_paragraph() -> None:
    """Word writes it twice, the second time for older programs."""
    box = f"<w:txbxContent>{p('框内达到12家。')}</w:txbxContent>"
    run = f"""<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>
    </mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
    assert lines(f"<w:p>{r('前半，')}{run}{r('后半。')}</w:p>{p('下一段')}") == [
        "前半，后半。",
        "框内达到12家。",
        "下一段",
    ]


def test_fields_links_controls_and_hidden_text() -> None:
    """The result of a field is text, its instruction is not; content controls are transparent."""
    body = f"""<w:sdt><w:sdtPr><w:alias w:val="别名"/></w:sdtPr><w:sdtContent>{p("控件里的段落")}</w:sdtContent></w:sdt>
    <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 99</w:instrText></w:r>{r("达到")}
    <w:hyperlink>{r("12家")}</w:hyperlink>{r("看不见", "<w:vanish/>")}<w:r><w:noBreakHyphen/></w:r>{r("完")}</w:p>
    <w:p>{r("10")}{r("3", '<w:vertAlign w:val="superscript"/>')}{r("吨")}</w:p>"""
    assert lines(body) == ["控件里的段落", "达到12家-完", "10³吨"]


def test_notes_stand_behind_the_text_and_heads_of_pages_nowhere() -> None:
    """Separators are notes as well, of a kind of their own."""
    notes = f"""<w:footnotes {W}><w:footnote w:type="separator">{p("----")}</w:footnote>
    <w:footnote w:id="1">{p("按可比价格计算。")}</w:footnote></w:footnotes>"""
    head = f"<w:hdr {W}>{p('某某简报')}</w:hdr>"
    assert lines(p("正文"), footnotes=notes, header1=head) == ["正文", "按可比价格计算。"]


def test_a_document_of_python_docx_is_read() -> None:
    """Its title is that of the properties where the text repeats it."""
    library = pytest.importorskip("docx")
    document = library.Document()
    document.core_properties.title = "科技工作报告"
    document.add_heading("山阳县科技工作报告", 0)
    document.add_paragraph("培育企业", style="List Number")
    document.add_paragraph("建设平台", style="List Number")
    table = document.add_table(2, 3)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["指标", "现状", "目标", "企业", "62", "160"], strict=True
    ):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2)).text = "进度"
    document.sections[0].header.paragraphs[0].text = "页眉"
    file = io.BytesIO()
    document.save(file)
    source = read_bytes(file.getvalue(), "a.docx")
    assert source.title == "山阳县科技工作报告"
    assert source.text.splitlines() == [
        "山阳县科技工作报告",
        "1. 培育企业",
        "2. 建设平台",
        "| 指标 | 进度 | 进度 |",
        "| 企业 | 62 | 160 |",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(p("x"))[:-40], "damaged"),
        (docx("<w:p>"), "damaged: word/document.xml"),
        (docx(""), "without text"),
        (docx(p("x"), styles='<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "declares a document type"),
        (docx("<w:sdt>" * 9000 + "</w:sdt>" * 9000), "nested too deeply"),
    ],
)
def test_what_is_no_proper_document_is_an_error(data: bytes, reason: str) -> None:
    """With the file and the reason."""
    with pytest.raises(ReadError, match=f"^a.docx: .*{reason}"):
        read_bytes(data, "a.docx")


def test_old_documents_need_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says so, and what else can be done."""
    monkeypatch.setattr(doc.shutil, "which", lambda name: None)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(ReadError, match=r"a.doc: is an old Office document .* needs LibreOffice .* as docx"):
        read_bytes(data, "a.doc")
    with pytest.raises(ReadError, match="an old Excel workbook"):
        read_bytes(data + "Workbook".encode("utf-16-le"), "a.doc")
    with pytest.raises(ReadError, match="cut off"):
        read_bytes(data[:100], "a.doc")


@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_old_documents_are_read_through_libreoffice(tmp_path: Path, suffix: str) -> None:
    """With tables and numbers, where its Writer is installed."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    body = item("总体要求", 2) + tbl(tr(tc("指标"), tc("2025年")), tr(tc("企业（家）"), tc("160"))) + p("完")
    (tmp_path / "a.docx").write_bytes(_whole(body))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, check=False)
    made = tmp_path / f"a.{suffix}"
    if not made.is_file():
        pytest.skip("LibreOffice has no Writer here")
    source = read_bytes(made.read_bytes(), f"a.{suffix}", suffix=f".{suffix}")
    assert source.format == "doc"
    assert source.text.splitlines() == ["1. 总体要求", "| 指标 | 2025年 |", "| 企业（家） | 160 |", "完"]


def _whole(body: str) -> bytes:
    """A document with all that LibreOffice asks for, by python-docx, with this body and our numbering."""
    library = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    document = library.Document()
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for child in list(parse_xml(NUMBERING)):
        numbering.append(child)
    parsed = parse_xml(f"<w:body {W}>{body}</w:body>")
    for child in reversed(list(parsed)):
        document.element.body.insert(0, child)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
