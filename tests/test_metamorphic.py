"""Changes that should change nothing: script, width, blanks, line ends, wraps, encodings and neighbours."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from policyx.pipeline import read_text
from policyx.read import read_bytes
from tests.metamorphic import CHANGES, in_numbers, kept, keys

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
CORPUS = os.environ.get("POLICYX_METAMORPHIC", "")  # a folder of texts for the long run
# share of the records that has to stay, in percent; of a seed's some thirty records one may go
SURE, HARD = 99.0, 96.0
DAMAGE = frozenset({
    "blanks in numbers", "ideographic blanks in numbers", "control characters",
    "blanks between 5 %", "blanks between 20 %", "blanks between all",
})  # fmt: skip
# Where the seeds are damaged themselves, a second damage on top may hide the first.
KNOWN = {"ASCII in full width": 97.0, "blanks between all": 90.0, "blanks between 20 %": 94.0}
# One excerpt has its year only in the caption of a table, 表16 2021年, which these changes run together; it holds a
# tenth of all records. Blanks also run through a table whose columns nothing but blanks parts.
KNOWN_ANNOTATED = {
    "ASCII in full width": 88.0, "blanks between 5 %": 78.0, "blanks between 20 %": 78.0, "blanks between all": 78.0,
}  # fmt: skip
NOTICE = """关于2024年全市工业经济运行情况的通报

一、总体情况
2024年，全市完成规模以上工业增加值3729.4亿元，比上年增长7.3%，高于全省平均水平1.2个百分点。新增规模以上工业企业1286家，总数达到12345家。
二、主要特点
（一）投资较快增长。完成工业投资15624.8万元，增长12.6%，其中技术改造投资占比达到46.35%。
（二）创新能力提升。新认定高新技术企业460家、专精特新企业5024家，发明专利授权量增长23.18%。
三、下一步工作
到2025年，力争规模以上工业增加值达到4100亿元，新增上市企业15家。
"""


@cache
def seeds() -> tuple[tuple[str, str], ...]:
    """The seeds and a notice of our own."""
    texts = [(path.name, path.read_bytes().decode("utf-8")) for path in SEEDS]
    return (*texts, ("notice.txt", NOTICE))


def _share(texts: Iterable[tuple[str, str]], name: str) -> float:
    same, total, _ = kept(texts, CHANGES[name])
    return 100 * same / total


@pytest.mark.parametrize("name", CHANGES)
def test_records_stay_under_a_change_that_means_nothing(name: str) -> None:
    """Value, unit, year, status and measure of nearly all records of the seeds."""
    assert _share(seeds(), name) >= KNOWN.get(name, HARD if name in DAMAGE else SURE)


@pytest.mark.parametrize("name", CHANGES)
def test_a_clean_notice_keeps_every_record(name: str) -> None:
    """A plain document without damage of its own loses nothing."""
    same, total, _ = kept([("notice.txt", NOTICE)], CHANGES[name])
    assert total >= 12
    assert same == total


@pytest.mark.parametrize("gap", [" ", "\u3000", "\n", "\r\n", "\r", "\u00a0", "\x0b", "\u200b", "\n    "])
def test_no_tail_of_a_number_passes_for_the_whole(gap: str) -> None:
    """Whatever tears a number, it is read whole, not at all, or with a flag."""
    _, _, silent = kept([("notice.txt", NOTICE)], in_numbers(gap, 1.0))
    assert not silent


@pytest.mark.parametrize("variant", ["s2t", "s2twp", "s2hk"])
def test_script_changes_no_record(variant: str) -> None:
    """Traditional script, with the words of Taiwan and Hong Kong."""
    opencc = pytest.importorskip("opencc")
    same, total, _ = kept([("notice.txt", NOTICE)], opencc.OpenCC(variant).convert)
    assert same == total


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-8-sig", "big5"])
def test_encoding_changes_no_record(encoding: str) -> None:
    """The bytes of a file are decoded to the same text."""
    text = NOTICE
    if encoding == "big5":
        text = pytest.importorskip("opencc").OpenCC("s2t").convert(NOTICE)
    decoded = read_bytes(text.encode(encoding), "notice.txt").text
    assert keys(read_text(decoded)) == keys(read_text(NOTICE))


def test_a_page_around_the_text_changes_no_record() -> None:
    """HTML with a paragraph a line."""
    page = "<html><body>" + "".join(f"<p>{line}</p>\n" for line in NOTICE.split("\n") if line) + "</body></html>"
    text = read_bytes(page.encode("utf-8"), "notice.html").text
    assert keys(read_text(text)) == keys(read_text(NOTICE))


def test_a_document_that_stands_twice_has_every_record_twice() -> None:
    """No figure of the second half is read by the first."""
    once, twice = keys(read_text(NOTICE)), keys(read_text(NOTICE + "\n" + NOTICE))
    assert twice == once + once


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
@pytest.mark.parametrize("name", CHANGES)
def test_records_of_annotated_texts_stay(name: str) -> None:
    """The texts of the evaluation, as far as they are no window of a longer one."""
    paths = sorted((SHARED / "eval" / "texts").glob("dev-*.txt"))
    texts = [(path.name, path.read_bytes().decode("utf-8")) for path in paths]
    assert _share(texts, name) >= KNOWN_ANNOTATED.get(name, 80.0 if name in DAMAGE else 96.0)


@pytest.mark.skipif(not CORPUS, reason="POLICYX_METAMORPHIC names no folder of texts")
@pytest.mark.parametrize("name", CHANGES)
def test_records_of_a_corpus_stay(name: str) -> None:
    """Whole documents."""
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(Path(CORPUS).glob("*.txt"))]
    assert _share(texts, name) >= (96.0 if name in DAMAGE else 99.0)
