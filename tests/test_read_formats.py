"""Which reader takes which file, the small formats, and the command that shows what a reader made of a file."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import policyx
from policyx.errors import ReadError
from policyx.read import SUFFIXES, find_files, read_bytes, read_file
from policyx.read.meta import iso_date, issuer_name, stated_title
from policyx.read.sniff import format_of
from tests.docx_maker import docx, p, tbl, tc, tr
from tests.pdf_maker import lines, pdf

TEXT = "全县高新技术企业达到138家，比上年增加21家。"


@pytest.mark.parametrize(
    ("data", "by_suffix", "format"),
    [
        (b"%PDF-1.7", "txt", "pdf"),
        (docx(p("x")), "zip", "docx"),
        (docx(p("x")), "txt", "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx", "doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "doc", "xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument Workbook".encode("utf-16-le"), "txt", "doc"),
        (b"{\\rtf1 x}", "doc", "doc"),
        (b"  <!DOCTYPE html><p>", "txt", "html"),
        (b"<html><p>x</p></html>", "doc", "html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "feed", "html"),
        (b"<?xml version='1.0'?><rss>", "txt", "feed"),
        (b"plain", "pdf", "txt"),
        (b"plain", "docx", "txt"),
        (b"plain", "html", "txt"),
        (b"# heading", "markdown", "markdown"),
        (b"a < b, c > d", "html", "txt"),
        (b"\n<div class='a'>" + b"<p>x</p>" * 4 + b"</div>", "txt", "html"),
        (b"<p>one tag and no more", "txt", "txt"),
    ],
)
def test_the_first_bytes_go_before_the_suffix(data: bytes, by_suffix: str, format: str) -> None:
    """Where they say nothing, the suffix counts."""
    assert format_of(data, by_suffix) == format


def test_a_folder_is_searched_for_every_format(tmp_path: Path) -> None:
    """But not for locks of Word and hidden files."""
    for name in ("a.txt", "b.HTML", "c.pdf", "d.docx", "e.zip", "f.csv", "g.xls", "h.png", "~$d.docx", ".g.pdf"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = find_files([str(tmp_path)]).files
    assert [Path(path).name for path in found] == ["a.txt", "b.HTML", "c.pdf", "d.docx", "e.zip", "f.csv", "g.xls"]
    assert ".wps" in SUFFIXES


def test_markdown_is_read_as_written() -> None:
    """Offsets are those of the file; its front matter states title and date."""
    text = (
        f'---\ntitle: "县科技工作简报"\ndate: 2025-03-04\n---\n# 一、工作\n\n| 指标 | 2025年 |\n|---|---|\n\n{TEXT}\n'
    )
    source = read_bytes(text.encode(), "a.md", suffix=".md")
    assert (source.text, source.format) == (text, "markdown")
    assert (source.title, source.date) == ("县科技工作简报", "2025-03-04")


def test_a_title_of_a_year_alone_is_no_markdown_files_title(tmp_path: Path) -> None:
    """The title stands in the first lines, which a stated one would hide."""
    path = tmp_path / "1996.md"
    path.write_text(f"---\ntitle: 1996年\n---\n\n# 东山县1996年统计公报\n\n{TEXT}\n", encoding="utf-8")
    assert read_file(path).title is None
    assert policyx.extract_file(path).title == "东山县1996年统计公报"


@pytest.mark.parametrize("content", [f"<p>{TEXT}</p>", f"&lt;p&gt;{TEXT}&lt;/p&gt;", f"<![CDATA[<p>{TEXT}</p>]]>"])
def test_a_feed_is_the_titles_and_texts_of_its_entries(content: str) -> None:
    """Whichever way the markup of the text is written."""
    text = f"""<?xml version="1.0" encoding="gb2312"?><rss><channel><title>县政府</title>
    <item><title>科技工作</title><link>http://example.org/1</link><pubDate>2025-03-04</pubDate>
    <description>{content}</description></item></channel></rss>"""
    source = read_bytes(text.encode("gbk"), "a.xml", suffix=".xml")
    assert source.text.splitlines() == ["科技工作", TEXT]
    assert (source.title, source.date, source.encoding) == ("县政府", "2025-03-04", "gb18030")


def test_xml_that_is_no_feed_says_so() -> None:
    """It might be anything."""
    with pytest.raises(ReadError, match="no feed"):
        read_bytes(b"<?xml version='1.0'?><rss></rss>", "a.xml", suffix=".xml")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-11-18 17:37:24", "2025-11-18"),
        ("发布于2025年3月4日", "2025-03-04"),
        ("2025/3/4", "2025-03-04"),
        ("20250304", "2025-03-04"),
        ("2025年3月", "2025-03"),
        ("二〇二五年", None),
        ("12025-03-04", None),
        ("2025-13-04", None),
    ],
)
def test_dates_are_read_in_the_ways_that_files_write_them(text: str, date: str | None) -> None:
    """ISO as far as the day is told."""
    assert iso_date(text) == date


def test_issuers_and_titles_are_cleaned() -> None:
    """A label is no name, and a title that the text does not repeat is another document's."""
    assert issuer_name("来源： 县科技局 ") == "县科技局"
    assert issuer_name("-") is None
    assert stated_title("科技工作报告", ["县政府", "山阳县科技工作报告"]) == "山阳县科技工作报告"
    assert stated_title("模板", ["模板"]) is None


def test_what_a_file_states_is_used_where_the_user_says_nothing(tmp_path: Path) -> None:
    """去年 counts from the page's date."""
    head = '<meta name="PubDate" content="2019-03-04"><meta name="ArticleTitle" content="山阳县科技工作动态">'
    (tmp_path / "a.html").write_text(
        f"<html><head>{head}</head><body><p>去年，全县高新技术企业达到138家。</p></body></html>", encoding="utf-8"
    )
    document = policyx.extract_file(tmp_path / "a.html")
    assert (document.title, document.date, document.format) == ("山阳县科技工作动态", "2019-03-04", "html")
    assert [record.year for record in document.records] == [2018]
    told = policyx.extract_file(tmp_path / "a.html", date="2024-01", title="另一题目")
    assert (told.title, [record.year for record in told.records]) == ("另一题目", [2023])


def test_records_point_into_the_text_that_the_reader_made(run: Callable[..., Any], tmp_path: Path) -> None:
    """`policyx text` prints it, and every offset of `policyx extract` is one of it."""
    table = tbl(tr(tc("指标"), tc("2025年目标")), tr(tc("高新技术企业（家）"), tc("160")))
    (tmp_path / "a.docx").write_bytes(docx(p(TEXT) + table))
    (tmp_path / "b.pdf").write_bytes(pdf([lines(TEXT, 100)]))
    for name, count in (("a.docx", 3), ("b.pdf", 2)):
        shown = run("text", name)
        assert shown.exit_code == 0
        found = [json.loads(line) for line in run("extract", name, "-f", "jsonl").stdout.splitlines()]
        assert len(found) == count
        assert all(shown.stdout[record["start"] : record["end"]] == record["quote"] for record in found)
        assert {record["page"] for record in found} == {1 if name == "b.pdf" else None}


def test_text_tells_what_it_knows_of_the_file(run: Callable[..., Any], tmp_path: Path) -> None:
    """On standard error; as JSON on standard output."""
    (tmp_path / "b.pdf").write_bytes(pdf([lines(TEXT, 100), lines(TEXT, 100)]))
    assert "policyx: b.pdf: pdf, 2 pages" in run("text", "b.pdf").stderr
    told = json.loads(run("text", "b.pdf", "-f", "jsonl").stdout)
    assert list(told) == ["source", "format", "encoding", "title", "date", "issuer", "place", "pages", "cells", "text"]
    assert told["pages"] == [0, told["text"].index("全", 1)]


def test_text_names_what_cannot_be_read(run: Callable[..., Any], tmp_path: Path) -> None:
    """And fails."""
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 cut")
    result = run("text", "b.pdf")
    assert result.exit_code == 1
    assert result.stderr == "policyx: b.pdf: is a PDF document, but damaged or cut off\n"
    assert run("text", "-", input="高企138家。".encode("gbk")).stdout == "高企138家。"


def test_extract_says_which_pages_it_could_not_read(run: Callable[..., Any], tmp_path: Path) -> None:
    """A picture among pages is no failure, but it is told."""
    (tmp_path / "b.pdf").write_bytes(pdf([lines(TEXT, 100), []], picture=True))
    result = run("extract", "b.pdf", "-f", "jsonl")
    assert result.exit_code == 0
    assert "b.pdf: page 2: a picture " in result.stderr


@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_give_a_text_or_a_read_error(seed: int) -> None:
    """Nothing else ever leaves a reader, whichever bytes are wrong."""
    chance = random.Random(seed)
    report = (Path(__file__).parent / "data" / "read" / "report.pdf").read_bytes()
    page = f"<html><table><tr><td colspan=2>{TEXT}</td></tr><tr><td>1</td><td>2</td></tr></table></html>".encode()
    table = tbl(tr(tc("指标"), tc("2025年")), tr(tc("企业"), tc("160")))
    for name, data in (("a.pdf", report), ("a.docx", docx(p(TEXT) + table)), ("a.html", page)):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 10, 200))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        damaged = damaged[: chance.randrange(len(damaged))] if seed % 3 == 0 else damaged
        try:
            assert read_bytes(bytes(damaged), name, suffix=Path(name).suffix).text.strip()
        except ReadError as error:
            assert error.path == name and error.reason


def test_a_plain_text_loads_no_reader_but_its_own(tmp_path: Path) -> None:
    """What the other formats need costs nothing where it is not needed."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from policyx.read import read_file; read_file('a.txt');"
        "print([name for name in ('zipfile', 'email', 'xml.etree', 'selectolax', 'pypdfium2', 'rapidocr',"
        " 'subprocess', 'policyx.read.html', 'policyx.read.archive') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_file_that_is_one_document_is_read_by_its_path(tmp_path: Path) -> None:
    """As text, whatever its name, where nothing says otherwise."""
    (tmp_path / "a!").mkdir()
    (tmp_path / "a!" / "b.txt").write_text(TEXT, encoding="utf-8")
    assert read_file(f"{tmp_path}/a!/b.txt").text == TEXT
