"""Texts too large to be read at once: parts with the offsets of the whole, in bounded memory."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from policyx.cli.app import app
from policyx.errors import ReadError
from policyx.read import read_parts, stream

_TEXT = "2023年6月1日 某市工作总结\n全市高新技术企业达到2500家。\n\n去年，研发投入强度3.02%。今年新增平台12个。\n"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a few lines, from a kilobyte on."""
    monkeypatch.setattr("policyx.read.LARGE", 1000)
    monkeypatch.setattr(stream, "_PART", 200)
    monkeypatch.setattr(stream, "_READ", 64)


@given(st.text("一二三。\n \f=年", max_size=60), st.integers(1, 40))
def test_parts_are_the_whole_text(text: str, size: int) -> None:
    """Whatever the text and the size of a part, the parts follow on one another and leave out only blanks."""
    whole = "字" + text
    data = whole.encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_PART", size)
        patch.setattr(stream, "_READ", 7)
        found = list(stream.parts(data[:5], io.BytesIO(data[5:]), "x", "utf-8"))
    at = 0
    for part in found:
        assert not whole[at : part.offset].strip()
        assert whole[part.offset : part.offset + len(part.text)] == part.text
        at = part.offset + len(part.text)
    assert not whole[at:].strip()


def test_records_of_parts_stand_where_they_are_in_the_whole(small: None, tmp_path: Path) -> None:
    """Quotes slice from the whole text; year and title of the first part hold for the others."""
    text = _TEXT * 30
    path = tmp_path / "large.txt"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(path), "-f", "jsonl"])
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(records) == 90
    assert all(text[r["start"] : r["end"]] == r["quote"] for r in records)
    assert all(text[r["sentence_start"] : r["sentence_end"]] == r["sentence"] for r in records)
    assert {r["year"] for r in records if r["quote"] == "3.02%"} == {2022}


def test_a_line_of_signs_ends_a_document(small: None, tmp_path: Path) -> None:
    """What is known of a document does not hold for the next one in the same file."""
    path = tmp_path / "two.txt"
    path.write_text(_TEXT * 12 + "\n==========\n" + "去年，新增企业12家。\n" * 40, encoding="utf-8")
    begun = [part for part in read_parts(path) if not isinstance(part, ReadError) and part.begins]
    assert len(begun) == 2
    result = CliRunner().invoke(app, ["extract", str(path), "-f", "jsonl"])
    assert {json.loads(line)["year"] for line in result.stdout.splitlines()[-20:]} == {None}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
def test_every_encoding_is_read_in_parts(small: None, tmp_path: Path, encoding: str) -> None:
    """The encoding is found from the beginning, and characters are not torn at the edges of what is read."""
    text = "全市高新技術企業達到二千五百家，實現產值三億元。\n" * 60
    path = tmp_path / "large.txt"
    path.write_bytes(text.encode(encoding))
    found = [part for part in read_parts(path) if not isinstance(part, ReadError)]
    assert len(found) > 3
    assert "".join(part.text for part in found) == text


def test_bytes_that_break_the_encoding_are_named(small: None, tmp_path: Path) -> None:
    """What stands before them is read, and the error says where they stand and what to do."""
    data = (_TEXT * 20).encode() + b"\xff\xff" + (_TEXT * 20).encode()
    path = tmp_path / "torn.txt"
    path.write_bytes(data)
    found = list(read_parts(path))
    assert isinstance(found[-1], ReadError)
    assert "0xFF" in found[-1].reason
    assert "--encoding" in found[-1].reason
    assert len(found) > 2
    assert not any(isinstance(part, ReadError) for part in read_parts(path, "utf-8:replace"))


def test_standard_input_is_read_in_parts(small: None) -> None:
    """A pipe is read as a file is."""
    text = _TEXT * 30
    result = CliRunner().invoke(app, ["extract", "-", "-f", "jsonl"], input=text)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(records) == 90
    assert all(text[r["start"] : r["end"]] == r["quote"] for r in records)
