"""Texts whose last character is cut off, and texts that were saved in a wrong encoding."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from policyx.errors import ReadError
from policyx.pipeline import read_source
from policyx.read import Source, documents_in, read_bytes, read_parts
from policyx.read.stream import LARGE

TEXT = "全市高新技术企业达到138家，比上年增加21家。\n专利授权量4500件，其中发明专利300件。\n"


@pytest.mark.parametrize(
    ("encoding", "name", "left"),
    [
        ("utf-8", "utf-8", 1),
        ("utf-8", "utf-8", 2),
        ("gb18030", "gb18030", 1),
        ("big5", "big5", 1),
        ("utf-16", "utf-16-le", 1),
        ("utf-8-sig", "utf-8", 2),
    ],
)
def test_a_text_that_ends_inside_a_character_is_read_up_to_there(encoding: str, name: str, left: int) -> None:
    """And says where, in bytes of the file."""
    text = "全縣企業達到五家，增加" if encoding == "big5" else "全县高新技术企业达到138家，比"
    data = text.encode(encoding)
    start = len(text[:-1].encode(encoding))
    whole = start + left
    source = read_bytes(data[:whole], "t.txt")
    assert source.encoding == name
    assert source.notes == (
        f"it ends inside a character: the last {left} byte{'s' * (left > 1)}, from byte {start} on, cannot be read",
    )
    assert text.startswith(source.text) and len(source.text) > 8
    if encoding != "utf-16":
        assert read_bytes(data[:whole], "t.txt", name).notes == source.notes


def test_a_byte_that_is_wrong_elsewhere_is_an_error_all_the_same() -> None:
    """Only the end of a file is cut off."""
    with pytest.raises(ReadError, match="is not utf-8: byte 0xFF at 3"):
        read_bytes("全".encode() + b"\xff" + TEXT.encode(), "t", "utf-8")
    with pytest.raises(ReadError, match="is neither valid UTF-8"):
        read_bytes(TEXT.encode() * 3 + b"\xff\xff", "t")


def test_two_bytes_behind_ascii_are_a_character_of_gbk() -> None:
    """Nothing tells that they were the beginning of one in UTF-8."""
    assert read_bytes("GDP: 5家".encode("gbk"), "t").text == "GDP: 5家"
    assert read_bytes(b"abc " + "甯甯".encode("gbk")[:2] + "企业".encode("gbk"), "t").encoding == "gb18030"


def test_a_page_a_table_and_a_large_text_say_it_too(tmp_path: Path) -> None:
    """Whatever reads them."""
    page = b"<html><p>" + TEXT.encode()[:-2]
    assert "inside a character" in read_bytes(page, "t.html", suffix=".html").notes[0]
    assert "inside a character" in read_bytes(("地区,企业\n" + TEXT).encode()[:-2], "t.csv", suffix=".csv").notes[0]
    large = TEXT.encode() * (LARGE // len(TEXT.encode()) + 2)
    (tmp_path / "t.txt").write_bytes(large[:-2])
    parts = list(read_parts(tmp_path / "t.txt"))
    assert all(isinstance(part, Source) for part in parts)
    notes = [note for part in parts if isinstance(part, Source) for note in part.notes]
    assert notes == [f"it ends inside a character: the last 2 bytes, from byte {len(large) - 4} on, cannot be read"]


def western(data: bytes) -> str:
    """As a program reads bytes that takes them for Windows-1252."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def as_gbk(data: bytes) -> str:
    """As Windows reads bytes that it takes for GBK."""
    return "€".join(part.decode("gb18030") for part in data.split(b"\x80"))


@pytest.mark.parametrize(
    ("stored", "encoding"),
    [
        (western((TEXT * 3).encode("gbk")), "gb18030 as cp1252 in utf-8"),
        ((TEXT * 3).encode("gbk").decode("latin-1"), "gb18030 as cp1252 in utf-8"),
        (western((TEXT * 3).encode()), "utf-8 as cp1252 in utf-8"),
        ((TEXT * 3).encode().decode("latin-1"), "utf-8 as cp1252 in utf-8"),
    ],
)
def test_a_text_that_was_saved_in_a_wrong_encoding_is_read_as_it_was_meant(stored: str, encoding: str) -> None:
    """Where the way back loses nothing; told in the encoding and in a note."""
    source = read_bytes(stored.encode(), "t")
    assert (source.text, source.encoding) == (TEXT * 3, encoding)
    assert "it is read as it was meant" in source.notes[0]
    assert "企业" in read_source(source).original
    assert read_bytes(stored.encode(), "t", "utf-8").text == stored  # the user knows better


def test_utf_8_that_was_read_as_gbk_is_read_back_where_every_pair_of_bytes_was_kept() -> None:
    """A text with an even number of bytes between line ends may come through whole."""
    text = "全市高新技术企业达到若干家比上年增加若干家占全省总数" * 3 + "\n"
    stored = as_gbk(text.encode()[:-1]) + "\n"
    source = read_bytes(stored.encode(), "t")
    assert (source.text, source.encoding) == (text, "utf-8 as gbk in utf-8")


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ((TEXT * 5).encode().decode("gbk", "replace"), "characters were lost"),
        ((TEXT * 5).encode("gbk").decode("utf-8", "replace"), "characters were lost"),
        (TEXT + "锟斤拷锟斤拷" * 5, "characters were lost"),
        (western((TEXT * 5).encode())[:-1] + "…" + chr(0x2603), "seems to be UTF-8 read as CP1252"),
    ],
)
def test_what_cannot_be_undone_for_certain_is_told_and_left_as_it_is(stored: str, told: str) -> None:
    """Nobody guesses characters."""
    source = read_bytes(stored.encode(), "t")
    assert source.text == stored and source.encoding == "utf-8"
    assert len(source.notes) == 1 and told in source.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "國家統計局公布國民經濟和社會發展統計公報，其中經濟規模突破一百一十萬億元，創歷史新高。",
        "Les élèves français étaient très fatigués; ça coûte 5 €. Ärger über Öl, größer, naïve façade, déjà vu.",
        "지역 총생산은 1,234억 원이며 전년보다 5.2% 증가하였다. 서울특별시와 부산광역시의 실적",
        "当ウェブサイトの統計は2024年のものであり、前年比で5.2%増加した。さらに努力する。",
        "犇骉羴猋麤鱻淼焱垚鑫森晶磊品昌朋林炎圭吕",
        "± × ÷ ° § ½ ¼ ¾ µ ² ³ ¹ « » ¡ ¿",
    ],
)
def test_texts_of_other_kinds_are_left_alone(text: str) -> None:
    """Rare characters, other scripts and other languages are no damage."""
    source = read_bytes(text.encode(), "t")
    assert (source.text, source.encoding, source.notes) == (text, "utf-8", ())


def test_the_command_says_it_on_standard_error_and_reads_on(tmp_path: Path) -> None:
    """Exit 0: nothing but the torn character is lost."""
    (tmp_path / "a.txt").write_bytes(western((TEXT * 3).encode("gbk")).encode())
    (tmp_path / "b.txt").write_bytes((TEXT + "全").encode()[:-1])
    command = [sys.executable, "-m", "policyx", "extract", "-f", "jsonl", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    quotes = {json.loads(line)["quote"] for line in done.stdout.splitlines()}
    assert {"138家", "4500件"} <= quotes
    assert "a.txt: its text is GB18030 read as CP1252" in done.stderr
    assert "b.txt: it ends inside a character: the last 2 bytes" in done.stderr


def test_an_archive_tells_which_of_its_documents_it_is() -> None:
    """Notes go with the document."""
    (found,) = documents_in(TEXT.encode()[:-2], "t.txt", None, ".txt")
    assert isinstance(found, Source) and found.path == "t.txt" and found.notes
