"""A number goes in, a broken file of some format comes out: its suffix and its bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache, lru_cache
from html import escape
from random import Random

from tests.fuzz.texts import policy_text
from tests.pdf_maker import lines, pdf

_BYTES = (
    b"\x00",
    b"\xff",
    b"<",
    b">",
    b"\x1b",
    b"%",
    b"/",
    b"[",
    b"(",
    b"&#x0;",
    b"<table>",
    b"99999999999",
    b"-1",
    b"endobj",
)


def broken_file(number: int) -> tuple[str, bytes]:
    """A file of a format picked at random, damaged in some places, and now and then under another format's suffix.

    Each whole file is damaged in eight ways: to make one takes longer than to read it."""
    suffix, data = _whole_file(number // 8)
    chance = Random(number)
    if data.startswith(b"PK") and chance.random() < 0.5:
        data = _repacked(chance, data)
    else:
        for _ in range(chance.choice((0, 1, 1, 3, 12))):
            data = _damaged(chance, data)
    return (chance.choice(sorted(_makers())) if chance.random() < 0.1 else suffix), data


@lru_cache(maxsize=2)
def _whole_file(number: int) -> tuple[str, bytes]:
    chance = Random(number)
    suffix = chance.choice(sorted(_makers()))
    return suffix, _makers()[suffix](_clean(policy_text(chance))[: chance.choice((100, 400, 1500))])


def _damaged(chance: Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    size = chance.choice((1, 4, 100, 2000))
    return chance.choice((
        data[:at], data[:at] + data[at + size :], data[:at] + data[max(0, at - size) :],
        data[:at] + chance.choice(_BYTES) * chance.choice((1, 1, 500)) + data[at:],
        data[:at] + chance.randbytes(size) + data[at + size :],
    ))  # fmt: skip


def _repacked(chance: Random, data: bytes) -> bytes:
    """An archive one of whose members is damaged, and which is whole itself."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        names = archive.namelist()
        bad = chance.choice(names)
        for name in names:
            target.writestr(name, _damaged(chance, archive.read(name)) if name == bad else archive.read(name))
    return made.getvalue()


def _clean(text: str) -> str:
    """What XML and office formats can hold."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "?" for sign in text)


@cache
def _makers() -> dict[str, Callable[[str], bytes]]:
    import docx
    import openpyxl

    def docx_of(text: str) -> bytes:
        document, made = docx.Document(), io.BytesIO()
        for line in text.split("\n"):
            document.add_paragraph(line)
        table = document.add_table(2, 2)
        table.cell(1, 1).text = text[:40]
        document.save(made)
        return made.getvalue()

    def xlsx_of(text: str) -> bytes:
        book, made = openpyxl.Workbook(), io.BytesIO()
        for line in text.split("\n"):
            book.active.append([f"'{cell}" for cell in line.split("\t")])
        book.save(made)
        return made.getvalue()

    def mail_of(text: str) -> bytes:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "工作报告"
        mail.set_content(text)
        mail.add_attachment(page_of(text), maintype="text", subtype="html", filename="报告.html")
        return mail.as_bytes()

    def page_of(text: str) -> bytes:
        rows = "".join(f"<p>{escape(line)}</p><table><tr><td>{escape(line[:9])}</table>" for line in text.split("\n"))
        return f"<!doctype html><html><meta charset=utf-8><title>工作报告</title><body>{rows}</body></html>".encode()

    def feed_of(text: str) -> bytes:
        entry = f"<entry><title>报告</title><content type='html'>{escape(text)}</content></entry>"
        return f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>{entry * 2}</feed>".encode()

    def archive_of(text: str) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", text)
            archive.writestr("b/页.html", page_of(text))
            archive.writestr("c.docx", docx_of(text[:200]))
        return made.getvalue()

    return {
        ".txt": lambda text: text.encode(),
        ".gbk.txt": lambda text: text.encode("gb18030"),
        ".md": lambda text: text.encode(),
        ".csv": lambda text: text.replace("\t", ",").encode(),
        ".html": page_of,
        ".xml": feed_of,
        ".eml": mail_of,
        ".zip": archive_of,
        ".docx": docx_of,
        ".xlsx": xlsx_of,
        ".pdf": lambda text: pdf([lines(text.replace("\n", "")[:400] or "空", 72)]),
    }
