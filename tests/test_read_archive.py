"""Files that hold documents: archives, mails, saved pages; and what of them is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from policyx.errors import ReadError
from policyx.read import Source, archive, read_bytes, read_documents, read_file
from tests.docx_maker import docx, p
from tests.pdf_maker import lines, pdf

TEXT = "全县高新技术企业达到138家。"
PAGE = f"<html><body><p>{TEXT}</p></body></html>".encode("gbk")


def zipped(files: dict[str, bytes | str]) -> bytes:
    """An archive of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return file.getvalue()


def read(tmp_path: Path, data: bytes, name: str = "a.zip") -> list[Source | ReadError]:
    """The documents of a file, and errors in their places."""
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_documents(str(path)))


def names(items: list[Source | ReadError]) -> list[str]:
    """What stands behind the file's own path."""
    return [item.path.partition("!/")[2] for item in items]


def test_every_document_of_an_archive_is_read(tmp_path: Path) -> None:
    """Each with its own path and reader; pictures, hidden files and locks are passed over."""
    files: dict[str, bytes | str] = {
        "甲/page.html": PAGE,
        "乙.txt": TEXT,
        "c.docx": docx(p(TEXT)),
        "d.pdf": pdf([lines(TEXT, 100)]),
        "e.png": b"\x89PNG",
        ".f.txt": "x",
        "__MACOSX/乙.txt": "x",
        "~$c.docx": "x",
    }
    items = read(tmp_path, zipped(files))
    assert names(items) == ["甲/page.html", "乙.txt", "c.docx", "d.pdf"]
    assert [item.format for item in items if isinstance(item, Source)] == ["html", "txt", "docx", "pdf"]
    assert all(isinstance(item, Source) and item.text.strip() == TEXT for item in items)


def test_a_bad_member_does_not_stop_the_others(tmp_path: Path) -> None:
    """It is an error of its own, with its own path."""
    items = read(tmp_path, zipped({"a.pdf": b"%PDF-1.7 cut", "b.txt": TEXT, "c.txt": b""}))
    assert [type(item).__name__ for item in items] == ["ReadError", "Source", "ReadError"]
    assert isinstance(items[0], ReadError) and "a.pdf" in items[0].path and "damaged" in items[0].reason


def test_a_fault_of_ours_in_a_member_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told like one of the document."""

    def fail(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("policyx.read.docx.read", fail)
    first, second = read(tmp_path, zipped({"a.docx": docx(p(TEXT)), "b.txt": TEXT}))
    assert isinstance(first, ReadError) and first.reason.startswith("policyx failed: IndexError")
    assert isinstance(second, Source)


def test_a_member_can_be_named(tmp_path: Path) -> None:
    """As its records name it."""
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"甲/page.html": PAGE, "乙.txt": TEXT, "in.zip": zipped({"z.txt": TEXT})}))
    assert read_file(f"{path}!/甲/page.html").path == f"{path}!/甲/page.html"
    assert read_file(f"{path}!/in.zip!/z.txt").text == TEXT
    with pytest.raises(ReadError, match=r"a\.zip holds no document none\.txt"):
        read_file(f"{path}!/none.txt")
    with pytest.raises(ReadError, match=r"holds several documents; name one of them, such as .*a\.zip!/甲/page\.html"):
        read_file(path)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_mark_are_read_as_they_were_meant(tmp_path: Path, encoding: str) -> None:
    """Windows in Chinese writes GBK, macOS UTF-8, and neither says so."""
    raw = "工作报告".encode(encoding)
    data = zipped({"A" * len(raw) + ".txt": TEXT}).replace(b"A" * len(raw), raw)
    assert names(read(tmp_path, data)) == ["工作报告.txt"]


def test_names_cannot_lead_out_of_the_archive(tmp_path: Path) -> None:
    """Nothing is written, but a record's source must not look like another file."""
    files: dict[str, bytes | str] = {"../../etc/a.txt": TEXT, "/root/b.txt": TEXT, "C:\\win\\c.txt": TEXT}
    assert names(read(tmp_path, zipped(files))) == ["etc/a.txt", "root/b.txt", "win/c.txt"]


def test_archives_inside_archives_have_an_end(tmp_path: Path) -> None:
    """Some levels are read, more are refused."""
    data = zipped({"x.txt": TEXT})
    for _ in range(2):
        data = zipped({"in.zip": data})
    assert names(read(tmp_path, data)) == ["in.zip!/in.zip!/x.txt"]
    (item,) = read(tmp_path, zipped({"in.zip": data}))
    assert isinstance(item, ReadError) and "nested too deeply" in item.reason


def test_a_bomb_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    """It would unpack to a thousand times its size."""
    first, second = read(tmp_path, zipped({"a.txt": bytes(30_000_000), "b.txt": TEXT}))
    assert isinstance(first, ReadError) and "unpacks to more than" in first.reason
    assert isinstance(second, Source)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [("LARGEST_MEMBER", 10, "unpacks to more than"), ("MOST_MEMBERS", 1, "no more than 1 are read")],
)
def test_limits_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int, reason: str) -> None:
    """Each has a name."""
    monkeypatch.setattr(archive, name, value)
    item = read(tmp_path, zipped({"a.txt": TEXT, "b.txt": TEXT}))[0]
    assert isinstance(item, ReadError) and reason in item.reason


@pytest.mark.parametrize(("name", "value"), [("LARGEST_ARCHIVE", 50), ("MOST_MEMBERS", 1)])
def test_limits_hold_over_archives_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    """Many small archives make a large one."""
    monkeypatch.setattr(f"policyx.read.{name}", value)
    items = read(tmp_path, zipped({f"{n}.zip": zipped({"a.txt": TEXT}) for n in "abc"}))
    assert isinstance(items[-1], ReadError) and "the rest is not read" in items[-1].reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"a.txt": TEXT})[:40], "damaged"),
        (zipped({}), "without a document"),
        (zipped({"a.png": "x"}), "without a document"),
        (zipped({"xl/workbook.xml": "x"}), "an Excel workbook"),
        (zipped({"ppt/presentation.xml": "x"}), "a PowerPoint presentation"),
    ],
)
def test_what_holds_no_document_is_an_error(data: bytes, reason: str) -> None:
    """With the reason."""
    with pytest.raises(ReadError, match=reason):
        read_bytes(data, "a.zip")


def test_an_encrypted_member_says_so(tmp_path: Path) -> None:
    """The mark stands in the directory of the archive."""
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    first, second = read(tmp_path, bytes(data))
    assert isinstance(first, ReadError) and first.reason == "is encrypted"
    assert isinstance(second, Source)


def mail(subject: str = "关于科技奖补的通知") -> EmailMessage:
    """A mail without a body."""
    message = EmailMessage()
    message["From"], message["To"] = "山阳县科技局 <a@example.org>", "b@example.org"
    message["Subject"], message["Date"] = subject, "Tue, 04 Mar 2025 09:00:00 +0800"
    return message


def test_a_mail_is_its_text_and_its_attachments(tmp_path: Path) -> None:
    """Subject, date and sender are what it says of itself."""
    message = mail()
    message.set_content(TEXT)
    message.add_attachment(docx(p(TEXT)), maintype="application", subtype="octet-stream", filename="附件1.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    items = read(tmp_path, message.as_bytes(), "a.eml")
    assert names(items) == ["", "附件1.docx"]
    text = items[0]
    assert isinstance(text, Source) and text.text.strip() == TEXT
    assert (text.title, text.date, text.format) == ("关于科技奖补的通知", "2025-03-04", "eml")
    assert text.issuer == "山阳县科技局"


def test_a_table_in_a_mail_is_read_from_its_page(tmp_path: Path) -> None:
    """The text beside it would have lost the cells."""
    message = mail()
    message.set_content("指标 2025年 企业 160")
    rows = "<table><tr><th>指标</th><th>2025年</th></tr><tr><td>企业（家）</td><td>160</td></tr></table>"
    message.add_alternative(f"<html><body>{rows}</body></html>", subtype="html")
    (item,) = read(tmp_path, message.as_bytes(), "a.eml")
    assert isinstance(item, Source)
    assert item.text.splitlines()[-2:] == ["| 指标 | 2025年 |", "| 企业（家） | 160 |"]


def test_the_charset_of_a_mail_may_lie(tmp_path: Path) -> None:
    """The bytes decide, as for pages; a mail named as a text is known by its head."""
    data = b"From: a@example.org\nTo: b@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n"
    (item,) = read(tmp_path, data + TEXT.encode("gbk"), "a.txt")
    assert isinstance(item, Source)
    assert (item.text, item.format, item.encoding) == (TEXT, "eml", "gb18030")


def test_a_mail_without_anything_to_read_says_so(tmp_path: Path) -> None:
    """A multipart without parts, for one."""
    (item,) = read(tmp_path, b"Subject: x\nContent-Type: multipart/mixed\n\nx", "a.eml")
    assert isinstance(item, ReadError) and "without a text" in item.reason


def test_extract_reads_all_of_an_archive_and_names_what_failed(run: Callable[..., Any], tmp_path: Path) -> None:
    """Records carry the inner path; the exit code says that something failed."""
    (tmp_path / "a.zip").write_bytes(zipped({"a.html": PAGE, "b.pdf": b"%PDF-1.7 cut", "c.txt": TEXT}))
    result = run("extract", "a.zip", "-f", "csv", "--columns", "source,quote")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1:] == ["a.zip!/a.html,138家", "a.zip!/c.txt,138家"]
    assert "a.zip!/b.pdf: is a PDF document, but damaged" in result.stderr


def test_several_processes_give_the_same(run: Callable[..., Any], tmp_path: Path) -> None:
    """In the order of the paths and, inside, of the archive."""
    (tmp_path / "a.zip").write_bytes(zipped({"a.html": PAGE, "c.txt": TEXT}))
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    one, two = (run("extract", "a.zip", "b.txt", "-f", "jsonl", "-j", jobs) for jobs in "12")
    assert one.stdout == two.stdout
    assert one.stdout.count("\n") == 3
