"""Random texts and broken files are read, or refused with a reason; every slice is right; nothing takes for ever.

By default a few hundred, always the same. POLICYX_FUZZ=minutes looks for new ones for so long, POLICYX_FUZZ_SEED goes
on from a number that an earlier run told, POLICYX_FUZZ_LOG=file has the counts while it runs and every fault with its
seed. How long a character takes is told (`-rP`), not asserted."""

from __future__ import annotations

import json
import os
import time
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from policyx.errors import ReadError
from policyx.export.jsontext import json_text
from policyx.export.plain import record_dict
from policyx.model import Document
from policyx.pipeline import read_source, read_text
from policyx.read import apart
from tests.fuzz.files import broken_file
from tests.fuzz.texts import policy_text

_MINUTES = float(os.environ.get("POLICYX_FUZZ", 0))
_SEED = int(os.environ.get("POLICYX_FUZZ_SEED", time.time_ns() % 10**9 if _MINUTES else 1))
_LOG = os.environ.get("POLICYX_FUZZ_LOG")
_TEXTS, _FILES = 150, 120
_ENDLESS = 120.0  # seconds of processor for a text of some thousand characters: this only guards against hanging
_SLOW = 20  # times the median a character, from which on a text is told
_BESIDE = 200  # characters that reading takes as long for as it takes for no character
_MOST_FAULTS = 50
# What long runs met: a denominator of nothing, a sentence without its figure, a wrapped row, a header that breaks off,
# a row of heads without cells.
_MET_TEXTS = (49951590854386, 49951590855133, 49951590855213, 49951590861557, 2026126179384258)
_MET_FILES = (49951590861979, 49951590899593, 777003396689, 777003405246, 777003442898)


def _seeds(fewest: int, met: Iterable[int]) -> Iterator[int]:
    """The numbers to make inputs from, those first that were a fault once."""
    end = time.monotonic() + 60 * _MINUTES / 2
    number = _SEED * 1_000_003
    yield from met
    while fewest > 0 or time.monotonic() < end:
        yield number
        fewest, number = fewest - 1, number + 1


def _tell(line: str) -> None:
    if _LOG:
        with Path(_LOG).open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(line + "\n")


def _run(kind: str, fewest: int, met: Iterable[int], read: Callable[[int], object]) -> int:
    """Read one input after another, and fail at the end with what went wrong."""
    faults: list[str] = []
    count = 0
    for seed in _seeds(fewest, met):
        count += 1
        try:
            read(seed)
        except Exception as error:
            faults.append(f"{kind} {seed}: {type(error).__name__}: {error!s:.500}")
            _tell(faults[-1])
            if len(faults) == _MOST_FAULTS:
                break
        if count % 1000 == 0:
            _tell(f"{count} {kind}s from {_SEED}, {len(faults)} faults")
    _tell(f"{count} {kind}s from {_SEED}, {len(faults)} faults, done")
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
    return count


def _check(document: Document) -> None:
    """Assert what must hold of each record."""
    for record in document.records:
        assert document.original[record.start : record.end] == record.quote
        assert document.original[record.sentence_start : record.sentence_end] == record.sentence
        assert record.sentence_start <= record.start < record.end <= record.sentence_end
        assert json.loads(json_text(record_dict(record)))["quote"] == record.quote
        low, high = record.quantity.base_value, record.quantity.base_value_max
        assert high is None or low <= high, f"a range from high to low: {record.quote}"


def _seconds(text: str) -> float:
    """How long it takes to read a text whose every slice is right."""
    begun = time.process_time()
    _check(read_text(text))
    seconds = time.process_time() - begun
    assert seconds < _ENDLESS
    return seconds


def test_any_text_is_read_and_every_slice_is_right() -> None:
    """Whatever it holds."""
    took: list[tuple[float, int]] = []

    def read(seed: int) -> None:
        text = policy_text(Random(seed))
        seconds = _seconds(text)
        usual = took[len(took) // 2][0] if len(took) > _TEXTS // 2 else 0.0
        if usual and seconds / (len(text) + _BESIDE) > _SLOW * usual:  # the collector of garbage, as a rule
            seconds = min(seconds, _seconds(text))
        each = seconds / (len(text) + _BESIDE)
        insort(took, (each, seed))
        if usual and each > _SLOW * usual:
            _tell(f"slow {seed}: {each / usual:.1f} times the median, {len(text)} characters, {seconds:.2f} s")

    count = _run("text", _TEXTS, _MET_TEXTS, read)
    usual, (worst, seed) = took[len(took) // 2][0], took[-1]
    told = f"{1e6 * usual:.1f} µs a character, at most {worst / usual:.1f} × that ({seed})"
    print(f"{count} texts from {_SEED}: {told}")
    _tell(told)
    assert count >= _TEXTS


def test_any_broken_file_is_read_or_refused_with_a_reason(tmp_path: Path) -> None:
    """A fault of ours is none; a reader that crashes is told as such."""
    refused: Counter[str] = Counter()
    documents = 0

    def read(seed: int) -> None:
        nonlocal documents
        suffix, data = broken_file(seed)
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data)
        for item in apart.documents(str(path)):
            if isinstance(item, ReadError):
                assert not item.reason.startswith("policyx failed"), item.reason
                assert "given up" not in item.reason, item.reason
                refused["crashed" if "crashed" in item.reason else suffix] += 1
            else:
                documents += 1
                _check(read_source(item))
        path.unlink()

    count = _run("file", _FILES, _MET_FILES, read)
    told = f"{documents} documents read, refused {dict(refused)}"
    print(f"{count} files from {_SEED}: {told}")
    _tell(told)
    assert documents and refused
