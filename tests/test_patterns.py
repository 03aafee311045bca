"""Patterns come to an end on hostile texts, and are the same when they come from the cache."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policyx.patterns import any_word
from policyx.pipeline import read_text
from tests.hostile import DOCUMENTS, run_of
from tests.hostile import patterns as all_patterns

_ROOT = Path(__file__).resolve().parents[1]
_HANGING = 600  # seconds; a pattern that backtracks without bound takes years


def test_no_pattern_hangs_on_a_long_run_of_one_sign() -> None:
    """Every compiled pattern on a run of every sign; how time grows with them is measured in the benchmarks."""
    command = [sys.executable, "-m", "tests.hostile"]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, timeout=_HANGING, check=True)
    assert int(done.stdout) > 1000


@pytest.mark.parametrize("piece", DOCUMENTS)
def test_a_long_run_of_one_piece_hides_no_record_behind_it(piece: str) -> None:
    """Of a whole document; how time grows with it is measured in the benchmarks."""
    run = run_of(piece, 10_000)
    document = read_text(f"{run}\n\n全市高新技术企业达到2500家。\n")
    last = document.records[-1]
    assert last.quote == "2500家" and last.name.endswith("高新技术企业") and last.start > len(run)


def test_a_pattern_is_the_same_when_it_comes_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept matches as what was compiled, group by group; a damaged file is done without."""
    from policyx import patterns

    sources = [(pattern.pattern, pattern.flags & ~re.UNICODE) for pattern in all_patterns()][:400]
    monkeypatch.setenv("POLICYX_CACHE", str(tmp_path))
    for name, value in (("_patterns", {}), ("_added", {}), ("_kept", None)):
        monkeypatch.setattr(patterns, name, value)
    fresh = {key: patterns.compiled(*key) for key in sources}
    patterns._write()
    monkeypatch.setattr(patterns, "_patterns", {})
    monkeypatch.setattr(patterns, "_kept", None)
    text = next((Path(__file__).parents[1] / "seeds").glob("*.txt")).read_text(encoding="utf-8-sig")
    for key, pattern in fresh.items():
        kept = patterns.compiled(*key)
        assert (kept.pattern, kept.flags, kept.groups, kept.groupindex) == (
            pattern.pattern, pattern.flags, pattern.groups, pattern.groupindex,
        )  # fmt: skip
        assert [m.groups() for m in kept.finditer(text)] == [m.groups() for m in pattern.finditer(text)]
    (file,) = tmp_path.glob("patterns-*")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    monkeypatch.setattr(patterns, "_patterns", {})
    monkeypatch.setattr(patterns, "_kept", None)
    assert patterns.compiled(*sources[0]).pattern == sources[0][0]


_SOURCES = """
from pathlib import Path
from policyx.patterns import all_compiled
from policyx.pipeline import read_text
read_text(Path("{seed}").read_text(encoding="utf-8-sig"))
print(sorted(str(pattern.pattern) for pattern in all_compiled()))
"""


def test_every_start_asks_for_the_same_patterns() -> None:
    """What is made of a set in its order, which differs from start to start, would never be found among those kept."""
    seed = min((_ROOT / "seeds").glob("*.txt"))
    told = [
        subprocess.run(
            [sys.executable, "-c", _SOURCES.format(seed=seed)],
            cwd=_ROOT, env={**os.environ, "PYTHONHASHSEED": number}, capture_output=True, check=True,
        ).stdout
        for number in ("1", "2")
    ]  # fmt: skip
    assert told[0] == told[1]


def test_a_pattern_of_words_finds_the_longest_that_stands_at_a_place() -> None:
    words = ["增长", "增", "增长到", "（增", "+5", "长"]
    found = re.findall(any_word(words), "（增长，增长到+5，增")
    assert found == ["（增", "长", "增长到", "+5", "增"]
    assert re.search(any_word([]), "增") is None
