"""Random texts and broken files are read, or refused with a reason; every slice is right; nothing takes for ever.

By default a few hundred, always the same. POLICYX_FUZZ=minutes looks for new ones for so long, POLICYX_FUZZ_SEED goes
on from a number that an earlier run told. How long a character takes is told (`-rP`), not asserted."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

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
_TEXTS, _FILES = 150, 120
_ENDLESS = 120.0  # seconds of processor for a text of some thousand characters: this only guards against hanging


def _seeds(fewest: int, share: float) -> Iterator[int]:
    """The numbers to make inputs from."""
    end = time.monotonic() + 60 * _MINUTES * share
    number = _SEED * 1_000_003
    while fewest > 0 or time.monotonic() < end:
        yield number
        fewest, number = fewest - 1, number + 1


def _check(document: Document) -> None:
    """Assert what must hold of each record."""
    for record in document.records:
        assert document.original[record.start : record.end] == record.quote
        assert document.original[record.sentence_start : record.sentence_end] == record.sentence
        assert record.sentence_start <= record.start < record.end <= record.sentence_end
        assert json.loads(json_text(record_dict(record)))["quote"] == record.quote
        low, high = record.quantity.base_value, record.quantity.base_value_max
        assert high is None or low <= high, f"a range from high to low: {record.quote}"


def test_any_text_is_read_and_every_slice_is_right() -> None:
    """Whatever it holds."""
    took: list[tuple[float, int]] = []
    for seed in _seeds(_TEXTS, 0.5):
        text = policy_text(Random(seed))
        begun = time.process_time()
        try:
            _check(read_text(text))
        except Exception as error:
            pytest.fail(f"seed {seed}: {type(error).__name__}: {error}\n{text!r:.2000}", pytrace=False)
        seconds = time.process_time() - begun
        assert seconds < _ENDLESS, seed
        took.append((seconds / (len(text) + 200), seed))
    usual, (worst, seed) = median(each for each, _ in took), max(took)
    print(
        f"{len(took)} texts from {_SEED}: {1e6 * usual:.1f} µs a character, at most {worst / usual:.1f} × that ({seed})"
    )
    assert len(took) >= _TEXTS


def test_any_broken_file_is_read_or_refused_with_a_reason(tmp_path: Path) -> None:
    """A fault of ours is none; a reader that crashes is told as such."""
    refused: Counter[str] = Counter()
    count = read = 0
    for seed in _seeds(_FILES, 0.5):
        count += 1
        suffix, data = broken_file(Random(seed))
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data)
        try:
            for item in apart.documents(str(path)):
                if isinstance(item, ReadError):
                    assert not item.reason.startswith("policyx failed"), item.reason
                    assert "given up" not in item.reason, item.reason
                    refused["crashed" if "crashed" in item.reason else suffix] += 1
                else:
                    read += 1
                    _check(read_source(item))
        except Exception as error:
            kept = tmp_path / f"seed-{seed}{suffix}"
            path.rename(kept)
            pytest.fail(f"seed {seed}: {kept}: {type(error).__name__}: {error}", pytrace=False)
    print(f"{count} files from {_SEED}: {read} documents read, refused {dict(refused)}")
    assert read and refused
