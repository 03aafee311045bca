"""Files that are made to hang or to mislead a reader, and files that break off: each ends at once with a reason."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from policyx.errors import ReadError
from policyx.read import Source, documents_in, known_encoding, read_bytes
from policyx.read.limits import MOST_ATTRIBUTES

TEXT = "全县高新技术企业达到138家，比上年增加21家。"


def test_an_element_with_very_many_attributes_is_refused() -> None:
    """The parser would need minutes, in which no signal is seen; quotation marks do not hide them."""
    for first in ("", 'title=">" ', "x='>' "):
        page = f"<html><p {first}{' '.join(f'a{n}' for n in range(200_000))}>{TEXT}</p></html>"
        with pytest.raises(ReadError, match=f"more than {MOST_ATTRIBUTES} attributes"):
            read_bytes(page.encode(), "t.html", suffix=".html")


def test_long_attributes_are_not_many() -> None:
    """Pages hold pictures in them, and blanks in styles."""
    page = f'<html><p style="{"a: b; " * 5000}" data-x="{"A" * 50_000}">{TEXT}</p></html>'
    assert read_bytes(page.encode(), "t.html", suffix=".html").text == TEXT + "\n"


@pytest.mark.parametrize(
    "before",
    [
        '<a title="网站助手""></a>',  # a slip of an editor: the second mark opens nothing
        "<script>if (a <b) { " + "x = 1; " * 2000 + "}</script>",
        "<!-- <p " + "a " * 2000 + "-->",
        "<style>a <b " + "x " * 2000 + "</style>",
    ],
)
def test_what_only_looks_like_an_element_is_none(before: str) -> None:
    """Scripts, comments, and marks that are never closed."""
    page = f"<html>{before}<p>{TEXT}</p>" + "<b class=x>企业</b> " * 1000 + '<i title="x"></i></html>'
    assert read_bytes(page.encode(), "t.html", suffix=".html").text.startswith(TEXT)


@pytest.mark.parametrize(
    "feed",
    [
        "<rss>" + "<item><title>新增企业5家。" * 60_000 + "</item></rss>",
        "<rss>" + "<item><title><![CDATA[" * 60_000 + "</item></rss>",
        "<rss>" + "<item" * 150_000 + "</item></rss>",
        "<feed>" + "<entry><content>" * 60_000 + "</entry></feed>",
    ],
)
def test_a_feed_whose_elements_are_never_closed_is_read_in_one_pass(feed: str) -> None:
    """It took minutes for less than a megabyte."""
    (found,) = documents_in(feed.encode(), "t.xml", None, ".xml")
    assert isinstance(found, ReadError) and "feed without text" in found.reason


def test_a_feed_with_an_element_left_open_gives_the_others() -> None:
    """The title that is never closed is not the end of the entry."""
    feed = f"<rss><title>动态</title><item><summary>无</item><item><title>{TEXT}</title></item></rss>"
    assert read_bytes(feed.encode(), "t.xml", suffix=".xml").text == TEXT + "\n"


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "nonsense"]
)
def test_a_charset_that_is_none_of_texts_is_passed_over(charset: str) -> None:
    """In pages, feeds and mails, and on the command line."""
    assert not known_encoding(charset)
    damaged = TEXT.encode("gb18030") * 30 + b"\x81"
    page = f'<html><head><meta charset="{charset}"></head><body><p>'.encode() + damaged + b"</p></body></html>"
    assert read_bytes(page, "t.html", suffix=".html").text.startswith(TEXT)
    feed = f'<?xml version="1.0" encoding="{charset}"?><rss><item><title>'.encode() + damaged + b"</title></item></rss>"
    assert read_bytes(feed, "t.xml", suffix=".xml").text.startswith(TEXT)
    mail = f'From: a@b.c\nSubject: x\nContent-Type: text/plain; charset="{charset}"\n\n'.encode() + TEXT.encode()
    assert read_bytes(mail, "t.eml", suffix=".eml").text == TEXT


@pytest.mark.parametrize("header", ["Content-Disposition: attachment; filename*", "Content-Disposition: inline; a*0*"])
def test_a_header_that_breaks_off_costs_no_more_than_itself(header: str) -> None:
    """The standard library fails on some of them."""
    mail = f"From: a@b.c\nSubject: x\n{header}\n\n".encode() + TEXT.encode()
    assert read_bytes(mail, "t.eml", suffix=".eml").text == TEXT


def mail(attachment: bytes) -> bytes:
    encoded = base64.encodebytes(attachment).decode()
    return (
        'From: a@b.c\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\n'
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{TEXT}\n--B\n"
        'Content-Type: text/plain; charset=utf-8; name="a.txt"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="a.txt"\n\n{encoded}--B--\n'
    ).encode()


@pytest.mark.parametrize("left", range(200, 320, 7))
def test_an_attachment_that_is_cut_off_is_not_read_as_its_base64(left: int) -> None:
    """Wherever it was cut; the text of the mail is read all the same and says that something is missing."""
    whole = mail(TEXT.encode() * 20)
    first, second = documents_in(whole, "t.eml", None, ".eml")
    assert isinstance(first, Source) and isinstance(second, Source) and second.text == TEXT * 20
    first, second = documents_in(whole[:-left], "t.eml", None, ".eml")
    assert isinstance(first, Source) and first.text.strip() == TEXT and "cut off" in first.notes[0]
    assert isinstance(second, ReadError) and (second.path, second.reason) == (
        "t.eml!/a.txt",
        "is an attachment that cannot be unpacked: it is cut off or damaged",
    )


def test_the_command_fails_for_a_mail_that_is_cut_off_and_gives_what_is_there(tmp_path: Path) -> None:
    """Exit 1, one line for the attachment."""
    (tmp_path / "t.eml").write_bytes(mail(TEXT.encode() * 20)[:-250])
    command = [sys.executable, "-m", "policyx", "extract", "-f", "jsonl", str(tmp_path / "t.eml")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1 and done.stdout.count("\n") == 2
    assert "t.eml!/a.txt: is an attachment that cannot be unpacked" in done.stderr
