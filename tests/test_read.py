"""Reading: bytes and paths become texts, or an error that says what is wrong."""

from __future__ import annotations

import codecs
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyx.errors import ReadError
from policyx.read import find_files, known_encoding, read_bytes, read_file, read_stdin

SIMPLIFIED = "全市高新技术企业达到2500家，比上年增加了三百多家；研发投入占生产总值的比重为3.1%。\r\n"
TRADITIONAL = "全市高新技術企業達到2500家，比上年增加了三百多家；研發投入占生產總值的比重為3.1%。\r\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL + "恒", "cp950", "cp950"),
        ("2500", "ascii", "utf-8"),
    ],
)
def test_an_encoding_is_found_from_the_bytes(text: str, encoding: str, found: str) -> None:
    """The common encodings of Chinese texts are told apart, and line ends stay."""
    source = read_bytes(text.encode(encoding))
    assert (source.text, source.encoding) == (text, found)


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(name: str) -> None:
    """Offsets count from the first character behind the mark."""
    source = read_bytes(SIMPLIFIED.encode(name))
    assert source.text == SIMPLIFIED
    assert source.encoding is not None and name.startswith(source.encoding[:6])


def test_big_endian_marks_are_known() -> None:
    """UTF-16 comes in two orders of bytes."""
    assert read_bytes(codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be")).text == SIMPLIFIED


def test_a_given_encoding_wins() -> None:
    """What the user says is not second-guessed, a mark is still taken off."""
    assert read_bytes(SIMPLIFIED.encode("utf-16-le"), encoding="utf-16-le").text == SIMPLIFIED
    assert read_bytes(SIMPLIFIED.encode("utf-8-sig"), encoding="utf-8").text == SIMPLIFIED
    assert read_bytes(SIMPLIFIED.encode("utf-16"), encoding="utf-16").text == SIMPLIFIED


def test_a_given_encoding_that_does_not_fit_is_an_error_with_the_place() -> None:
    """The first byte at fault is named, and how to read on."""
    with pytest.raises(ReadError, match=r"is not ascii: byte 0xE5 at 0 .*:replace"):
        read_bytes(SIMPLIFIED.encode(), encoding="ascii")


def test_replace_reads_past_damage() -> None:
    """Damaged bytes become U+FFFD where the user wants that."""
    damaged = SIMPLIFIED.encode()[:-4] + b"\xff\r\n"
    assert "\N{REPLACEMENT CHARACTER}" in read_bytes(damaged, encoding="utf-8:replace").text


@pytest.mark.parametrize(("name", "known"), [("gbk", True), ("gbk:replace", True), ("gbk:x", False), ("hex", False)])
def test_only_text_encodings_are_known(name: str, known: bool) -> None:
    """A codec that gives bytes is no encoding of texts."""
    assert known_encoding(name) is known


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "nothing but white space"),
        (b"%PDF-1.7\n...", "a PDF document"),
        (b"PK\x03\x04....", "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Office"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"abc\x00def", "NUL bytes"),
        (SIMPLIFIED.encode("utf-16-le"), "utf-16-le"),
        (SIMPLIFIED.encode()[:50] + SIMPLIFIED.encode()[51:], "neither valid UTF-8"),
        (bytes(range(128, 256)), "neither valid UTF-8"),
        ("caf\xe9 cr\xe8me".encode("latin-1"), "neither valid UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    """Empty, binary and damaged content is an error and never garbage."""
    with pytest.raises(ReadError, match="x.txt: .*" + reason):
        read_bytes(data, "x.txt")


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [(".pdf", "PDF document"), (".docx", "Word document"), (".xlsx", "Excel workbook"), (".zip", "ZIP archive")],
)
@pytest.mark.parametrize("noise", [b"\x01\x00\x02abc", bytes(range(128, 256))])
def test_noise_is_refused_as_what_its_name_says_that_it_is(suffix: str, kind: str, noise: bytes) -> None:
    """Nobody who names a PDF asks for an encoding."""
    with pytest.raises(ReadError, match=f"is no {kind}; what it holds is of no known format"):
        read_bytes(noise, f"x{suffix}", suffix=suffix)


@settings(deadline=None)  # the first bytes of a document may start a whole library
@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_read_error(data: bytes) -> None:
    """Nothing else ever leaves the reader."""
    try:
        assert read_bytes(data).text.strip()
    except ReadError as error:
        assert error.reason


@given(st.text(min_size=1, alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")))
def test_utf8_reads_back_unchanged(text: str) -> None:
    """What is valid UTF-8 is taken as such, character by character."""
    data = text.encode()
    if text.strip() and not text.startswith(("\N{ZERO WIDTH NO-BREAK SPACE}", "%PDF-", "{\\rtf", "BZh", "PAR1", "wOF")):
        assert read_bytes(data).text == text


def test_paths_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    """A path that is missing and one that is a folder are different errors."""
    with pytest.raises(ReadError, match="does not exist"):
        read_file(tmp_path / "missing.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(ReadError, match="is not a path"):
        read_file("a\0b")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    """Permission is told apart from other faults."""
    path = tmp_path / "a.txt"
    path.write_text(SIMPLIFIED, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ReadError, match="permission"):
        read_file(path)


def test_a_suffix_that_no_reader_knows_is_tried_as_text(tmp_path: Path) -> None:
    """Documents have all kinds of names; binaries are refused all the same."""
    (tmp_path / "a.unknown").write_text(SIMPLIFIED, encoding="utf-8", newline="")
    assert read_file(tmp_path / "a.unknown").text == SIMPLIFIED
    (tmp_path / "b.unknown").write_bytes(b"%PDF-")
    with pytest.raises(ReadError, match="PDF"):
        read_file(tmp_path / "b.unknown")


def test_standard_input_is_read_as_bytes() -> None:
    """Its encoding is found like that of a file."""
    assert read_stdin(stream=io.BytesIO(SIMPLIFIED.encode("gbk"))).text == SIMPLIFIED


def _tree(folder: Path) -> None:
    for name in ("b.txt", "a.TXT", "c.md", ".hidden.txt", "sub/d.txt", ".git/e.txt", "sub/deep/f.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")


def test_folders_are_searched_in_order_and_hidden_things_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths begin as they were given."""
    _tree(tmp_path / "docs")
    found = find_files(["docs"], "*.txt")
    assert [path.replace(os.sep, "/") for path in found.files] == [
        "docs/a.TXT",
        "docs/b.txt",
        "docs/sub/d.txt",
        "docs/sub/deep/f.txt",
    ]
    assert find_files(["docs/"], "*.txt").files == found.files
    monkeypatch.chdir(tmp_path / "docs")
    assert find_files(["."]).files[:3] == ("a.TXT", "b.txt", "c.md")


def test_a_glob_with_a_slash_fits_the_path_below_the_folder(tmp_path: Path) -> None:
    """Without one it fits the name."""
    _tree(tmp_path / "docs")
    assert [Path(path).name for path in find_files(["docs"], "sub/*").files] == ["d.txt", "f.txt"]
    assert [Path(path).name for path in find_files(["docs"], "*.md").files] == ["c.md"]


def test_a_file_that_is_named_counts_whatever_the_glob_and_only_once(tmp_path: Path) -> None:
    """Missing ones too: reading them will tell."""
    _tree(tmp_path / "docs")
    assert find_files(["docs/c.md", "docs/c.md", "-", "missing"]).files == ("docs/c.md", "-", "missing")


def test_a_folder_without_a_fitting_file_is_a_problem(tmp_path: Path) -> None:
    """A run that read nothing must not look like one that found nothing."""
    (tmp_path / "empty").mkdir()
    found = find_files(["empty"])
    assert found.files == ()
    assert "holds no file that can be read (txt, markdown, html" in str(found.problems[0])
    assert "holds no file that fits *.csv" in str(find_files(["empty"], "*.csv").problems[0])
