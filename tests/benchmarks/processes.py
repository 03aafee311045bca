"""Two processes against one over the corpus, from the start of the command to its end."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.row import Row, at_least

_ROUNDS = 3


def rows(bench: Bench) -> list[Row]:
    """Seconds of `-j 1` and `-j 2`, in turn, the minimum of each; and their ratio."""
    one, two = [], []
    for _ in range(1 if bench.quick else _ROUNDS):
        one.append(_seconds(bench, bench.corpus.folder, 1))
        two.append(_seconds(bench, bench.corpus.folder, 2))
    return [
        Row("extract FOLDER -j 1", min(one), "s", note=f"{bench.corpus.size / min(one) / 1e6:.2f} MB/s"),
        Row("extract FOLDER -j 2", min(two), "s", note=f"{bench.corpus.size / min(two) / 1e6:.2f} MB/s"),
        Row("two processes against one", min(one) / min(two), "×", at_least(1.8), "wants two idle cores"),
    ]


def _seconds(bench: Bench, folder: Path, jobs: int) -> float:
    return bench.policyx("extract", folder, "-f", "jsonl", "-j", str(jobs)).seconds
