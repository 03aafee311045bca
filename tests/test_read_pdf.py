"""PDF documents: reading order, whole paragraphs, tables as cells, pages, and what cannot be read."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from policyx.errors import ReadError
from policyx.pipeline import read_source
from policyx.read import Source, ocr, read_bytes, read_file
from policyx.read.pdf_chars import Char, put_back
from policyx.read.pdf_lines import char_rows, text_lines
from tests.pdf_maker import Item, Rule, Text, grid, lines, pdf

REPORT = Path(__file__).parent / "data" / "read" / "report.pdf"
FIRST = (
    "全县坚持稳中求进，预计实现地区生产总值286.5亿元，增长6.2%，技术合同成交额突破260亿元，"
    "较上年增加35亿元，新增高新技术企业21家，总数达到138家。"
)
SECOND = "民生保障持续加强，城镇新增就业4600人，登记失业率控制在3.2%以内。"


def read(*pages: list[Item], **told: Any) -> Source:
    """A PDF with these pages, read."""
    return read_bytes(pdf(pages, **told), "a.pdf")


def table(xs: list[float], ys: list[float], rows: list[list[str]], size: float = 11) -> list[Item]:
    """A ruled table with a text at the upper left of each cell."""
    texts = [Text(xs[c] + 3, ys[r] + 4, text, size) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    return [*grid(xs, ys), *texts]


def test_broken_lines_are_paragraphs_again() -> None:
    """A figure that a line's end parts from its verb is read with it."""
    source = read([Text(200, 80, "山阳县科技工作报告", 24), *lines(FIRST, 150), *lines(SECOND, 300)])
    assert source.text.splitlines() == ["山阳县科技工作报告", FIRST, SECOND]
    assert "突破260亿元" in source.text


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    """Its page is the one on which a figure stands."""
    broken = lines(FIRST, 700)
    top = [item._replace(y=90 + 28 * n) for n, item in enumerate(broken[2:]) if isinstance(item, Text)]
    source = read(broken[:2], top)
    assert source.text == FIRST + "\n"
    found = {record.quote: record.page for record in read_source(source).records}
    assert (found["286.5亿元"], found["138家"]) == (1, 2)


def test_heads_feet_and_page_numbers_are_left_out() -> None:
    """A head stands on many pages at one height; a number says itself what it is."""
    pages: list[list[Item]] = [
        [Text(230, 36, "山阳县人民政府公报", 11), *lines(SECOND, 120), Text(285, 800, f"— {number} —", 11)]
        for number in range(1, 5)
    ]
    assert read(*pages).text.splitlines() == [SECOND] * 4


def test_a_line_that_only_stands_near_the_edge_stays() -> None:
    """The date under a letter is no foot."""
    source = read([*lines(SECOND, 120), Text(380, 770, "2025年3月4日")])
    assert source.text.splitlines() == [SECOND, "2025年3月4日"]


def test_headings_and_items_begin_lines() -> None:
    """One that happens to fill its line does not swallow the next."""
    heading = "一、加快建设全域创新体系和现代化产业体系推动高质量发展"
    source = read([Text(72, 100, heading), *lines(SECOND, 130), Text(104, 200, "（一）培育企业。")])
    assert source.text.splitlines() == [heading, SECOND, "（一）培育企业。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    """A gazette's title reaches over both."""
    long = FIRST * 3
    left = lines(long[: len(long) // 2], 150, 60, 14)
    right = lines(long[len(long) // 2 :], 150, 320, 14, indent=0)
    source = read(
        [Text(180, 80, "山阳县人民政府公报第三期", 24), *[i for pair in zip(left, right, strict=False) for i in pair]]
    )
    assert source.text.splitlines()[0] == "山阳县人民政府公报第三期"
    assert "".join(source.text.splitlines()[1:]).startswith(long[:100])


def test_columns_with_a_narrow_strip_between_them_do_not_run_together() -> None:
    """The strip is as wide as a character, and some lines reach to it."""
    long = FIRST * 3
    left = lines(long[: len(long) // 2], 150, 60, 17, size=14, indent=0)
    right = lines(long[len(long) // 2 :], 150, 60 + 17 * 14 + 14, 17, size=14, indent=0)
    source = read([i for pair in zip(left, right, strict=False) for i in pair])
    assert "".join(source.text.splitlines()).startswith(long[:120])


def test_a_note_at_the_foot_of_a_page_does_not_part_a_paragraph() -> None:
    """It is read where the paragraph begins, so that both know their page."""
    broken = lines(FIRST, 650)
    note = [Text(72, 760, "1 含省级以上高新技术企业2家。", 10)]
    source = read([*lines(SECOND, 100), *broken[:2], *note], broken[2:])
    assert source.text.splitlines() == [SECOND, "1 含省级以上高新技术企业2家。", FIRST]
    found = {record.quote: record.page for record in read_source(source).records}
    assert (found["2家"], found["138家"]) == (1, 2)


def test_a_soft_hyphen_is_the_dash_that_it_shows() -> None:
    """Fonts of office programs give U+00AD for it; without it a range loses an end."""
    source = read([Text(72, 100, "研发投入年均增长3\u00ad5%，新建标准厂房10\u00ad15万平方米。")])
    assert source.text == "研发投入年均增长3-5%，新建标准厂房10-15万平方米。\n"


def test_the_mark_of_a_note_is_raised() -> None:
    """It would be a digit of the figure before it."""
    source = read([Text(72, 100, "贸易额达到386"), Text(72 + 6 * 16 + 24, 99, "7", 8), Text(196, 100, "亿美元")])
    assert source.text == "贸易额达到386⁷亿美元\n"


def test_characters_that_the_library_places_off_the_page_go_where_there_is_room_for_them() -> None:
    """Between their neighbours, at the end of a line, or at the beginning of the next."""

    def row(text: str, x: float, top: float) -> list[Char]:
        return [Char(sign, x + 14 * n, top, x + 14 * n + 14, top + 14) for n, sign in enumerate(text)]

    lost = [Char("人", 1521, -1052, 1576, -998), Char("力", 1582, -1052, 1632, -998)]
    page = [*row("信息化部、", 72, 100), *lost, *row("资源", 170, 100), lost[0], *row("社会", 72, 120)]
    page += [lost[1], *row("保障", 86, 140)]
    assert [line.text for line in text_lines(char_rows(put_back(page, (595, 842))))] == [
        "信息化部、人力资源人",
        "社会",
        "力保障",
    ]


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    """Between Chinese names it is no part of a broken word."""
    text = "全市积极参与并成功办好第五届中国-东盟博览会，签约项目58个，总额126亿元。"
    at = text.index("-") + 1
    lead = "全" * (28 - at)
    assert read([Text(72, 100, lead + text[:at]), Text(72, 128, text[at:])]).text == f"{lead}{text}\n"


def test_ruled_tables_come_as_cells() -> None:
    """With merged cells repeated and lines inside a cell joined."""
    xs, ys = [72, 160, 300, 400, 500], [150, 180, 210, 250]
    rules = table(xs, ys, [["类别", "指标", "进度", ""], ["", "", "2020年", "2025年"]])
    cells: list[Item] = [Text(75, 214, "创新"), Text(163, 214, "高新技术企业", 11), Text(163, 229, "数（家）", 11)]
    figures: list[Item] = [Text(303, 214, "62", 11), Text(403, 214, "160", 11)]
    merged = [Rule(72, 180, 160, 180), Rule(160, 180, 300, 180), Rule(400, 150, 400, 180)]
    rules = [item for item in rules if item not in merged]
    source = read([*lines(SECOND, 80), *rules, *cells, *figures, *lines(FIRST, 300)])
    assert source.text.splitlines() == [
        SECOND,
        "进度",
        "| 类别 | 指标 | 2020年 | 2025年 |",
        "| 创新 | 高新技术企业数（家） | 62 | 160 |",
        FIRST,
    ]


def test_a_table_that_a_page_breaks_is_one_table() -> None:
    """The head that is printed again is left out, and each row knows its page."""
    xs, head = [72, 250, 380, 500], ["指标", "2020年", "2025年"]
    first = table(xs, [700, 730, 760], [head, ["高新技术企业（家）", "62", "160"]])
    second = table(xs, [60, 90, 120], [head, ["技术合同成交额（亿元）", "8.5", "30"]])
    source = read([*lines(SECOND, 600), *first], [*second, *lines(FIRST, 160)])
    assert source.text.splitlines() == [
        SECOND,
        "| 指标 | 2020年 | 2025年 |",
        "| 高新技术企业（家） | 62 | 160 |",
        "| 技术合同成交额（亿元） | 8.5 | 30 |",
        FIRST,
    ]
    found = {record.quote: record.page for record in read_source(source).records}
    assert (found["160"], found["30"], found["138家"]) == (1, 2, 2)


def test_a_frame_around_a_text_is_no_table() -> None:
    """A box set apart is read as the paragraphs in it."""
    source = read([*grid([60, 540], [130, 300]), *lines(FIRST, 150)])
    assert source.text.splitlines() == [FIRST]


@pytest.mark.parametrize(("turned", "rotate"), [(1, 90), (2, 180), (3, 270), (1, 0), (3, 0), (0, 90)])
def test_pages_set_sideways_are_read(turned: int, rotate: int) -> None:
    """Whatever the page's own entry says: wide tables are put on upright pages, and scanned ones turned."""
    page = [*lines(SECOND, 80), *table([72, 250, 380], [150, 180, 210], [["指标", "2025年"], ["企业（家）", "160"]])]
    source = read(page, turned=turned, rotate=rotate)
    assert source.text.splitlines() == [SECOND, "| 指标 | 2025年 |", "| 企业（家） | 160 |"]


def test_radicals_are_folded_and_bold_by_double_print_is_read_once() -> None:
    """Both are ways of printing that no reader sees."""
    source = read([Text(72, 100, "⼈⼝和⼯业达到5家"), Text(72.4, 100, "⼈⼝和⼯业达到5家")])
    assert source.text == "人口和工业达到5家\n"


def test_a_title_of_the_properties_counts_where_the_text_has_it() -> None:
    """Properties are often those of the document that this one was made from."""
    page = [Text(200, 80, "山阳县科技工作报告", 24), *lines(SECOND, 150)]
    assert read(page, title="山阳县科技工作报告").title == "山阳县科技工作报告"
    assert read(page, title="乐水县教育工作总结").title is None


@pytest.mark.parametrize("title", ["山阳县人民政府印发《科技创新整体布局规划》", "国务院关于《山阳县规划》的批复"])
def test_a_title_that_ends_in_a_quoted_name_keeps_its_mark(title: str) -> None:
    """The mark belongs to the name, not to the line."""
    assert read_source(read([Text(90, 80, title, 18), *lines(SECOND, 150)])).title == title


def test_titles_in_two_languages_are_two_lines() -> None:
    """Both are set large and centred."""
    page = [Text(150, 80, "山阳县数字贸易发展报告", 26), Text(160, 125, "REPORT ON DIGITAL TRADE", 18)]
    assert read([*page, *lines(SECOND, 200)]).text.splitlines()[:2] == [page[0].text, page[1].text]


def test_pictures_of_pages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them: an error that says what to do. Some of them: the rest is read, with a note."""
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(ReadError, match=r"without a text layer .* pip install 'policyx\[ocr\]'"):
        read([], [], picture=True)
    source = read(lines(FIRST, 100), [], picture=True)
    assert source.text == FIRST + "\n"
    assert source.notes == (f"page 2: a picture without a text layer, not read; it needs {ocr.NEEDED}",)


def test_a_program_s_mark_on_scanned_pages_is_no_text_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apps for telephones put their name on each page."""
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    mark: list[Item] = [Text(400, 815, "Scanned with CamScanner", 9)]
    with pytest.raises(ReadError, match="without a text layer"):
        read(mark, mark, picture=True, dots=600)
    assert (
        read([Text(72, 100, "新增企业21家，总数138家。")], picture=True, dots=3).text == "新增企业21家，总数138家。\n"
    )


@pytest.mark.parametrize("size", [20, 300, 1000])
def test_a_document_that_is_cut_off_is_an_error_or_what_is_left(size: int) -> None:
    """Never anything else."""
    with pytest.raises(ReadError, match="a PDF document"):
        read_bytes(pdf([lines(FIRST, 100)])[:size], "a.pdf")


def test_an_encrypted_document_says_so() -> None:
    """The password has to be taken off first."""
    data = pdf([lines(FIRST, 100)])
    key = b"/Encrypt<</Filter/Standard/V 1/R 2/O<" + b"28" * 32 + b">/U<" + b"29" * 32 + b">/P -4>>/ID[<00><00>]"
    with pytest.raises(ReadError, match="encrypted"):
        read_bytes(data.replace(b"/Root 1 0 R", b"/Root 1 0 R" + key), "a.pdf")


def test_a_pdf_named_as_a_text_is_read_as_what_it_is(tmp_path: Path) -> None:
    """So is one behind a few lines that a server put before it."""
    (tmp_path / "a.txt").write_bytes(pdf([lines(FIRST, 100)]))
    assert read_file(tmp_path / "a.txt").format == "pdf"
    (tmp_path / "b.pdf").write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" + pdf([lines(FIRST, 100)]))
    assert read_file(tmp_path / "b.pdf").text == FIRST + "\n"


def test_a_document_with_embedded_fonts_is_read_page_by_page() -> None:
    """The fixture was written by LibreOffice: see make_report.py."""
    source = read_file(REPORT)
    assert len(source.pages) == 2
    assert source.text.splitlines()[:2] == ["山阳县2024年科技创新工作情况报告", "一、主要工作情况"]
    assert "简报" not in source.text and "—" not in source.text
    assert "同比增长6.2%；规模以上工业增加值增长8.1%，技术合同成交额突破26亿元，较上年增加3.5亿元。\n" in source.text
    found = [
        (record.quote, record.name, record.year, record.page)
        for record in read_source(source).records
        if any(rule.startswith("table.") for rule in record.rules)
    ]
    assert found[:4] == [
        ("1.2", "全社会研发投入强度", 2020, 2),
        ("2.4", "全社会研发投入强度", 2025, 2),
        ("62", "高新技术企业数", 2020, 2),
        ("160", "高新技术企业数", 2025, 2),
    ]


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_a_page_printed_by_a_browser_is_read(tmp_path: Path) -> None:
    """Browsers set each character by itself."""
    style = "<meta charset=utf-8><style>body{font-size:16pt} p{text-indent:2em;text-align:justify}</style>"
    (tmp_path / "a.html").write_text(f"{style}<p>{FIRST}<p>{SECOND}", encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    target, profile = tmp_path / "a.pdf", tmp_path / "profile"
    done = subprocess.run(
        [*command, f"--user-data-dir={profile}", f"--print-to-pdf={target}", (tmp_path / "a.html").as_uri()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    if done.returncode or not target.is_file():
        pytest.skip("Chromium does not start here")
    if shutil.which("fc-list") and not subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=True).stdout:
        pytest.skip("no font here has Chinese characters: Chromium prints boxes")
    assert read_file(target).text.splitlines() == [FIRST, SECOND]


def test_a_damaged_page_does_not_cost_the_others() -> None:
    """A note names it."""
    data = pdf([lines(FIRST, 100), lines(SECOND, 100)])
    at = data.rindex(b"<</Type/Page/Parent")
    end = data.index(b"\nendobj", at)
    source = read_bytes(data[:at] + b"(" + b"x" * (end - at - 2) + b")" + data[end:], "a.pdf")
    assert source.text == FIRST + "\n"
    assert source.notes == ("page 2: damaged, not read",)


def test_without_the_library_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core of policyx does without it."""
    monkeypatch.setattr("policyx.read.pdf.find_spec", lambda name: None)
    with pytest.raises(ReadError, match=r"pip install 'policyx\[pdf\]'"):
        read_bytes(pdf([lines(FIRST, 100)]), "a.pdf")
