"""Two processes against one over the corpus, from the start of the command to its end."""

from __future__ import annotations

from tests.benchmarks.bench import Bench
from tests.benchmarks.command import Run
from tests.benchmarks.row import Row, at_least

_ROUNDS = 3


def rows(bench: Bench) -> list[Row]:
    """Seconds of `-j 1` and `-j 2`, in turn, the minimum of each; and their ratio."""
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for _ in range(1 if bench.quick else _ROUNDS):
        for jobs, done in runs.items():
            done.append(bench.policyx("extract", bench.corpus.folder, "-f", "jsonl", "-j", str(jobs)))
    best = {jobs: min(done, key=lambda run: run.seconds) for jobs, done in runs.items()}
    found = [
        Row(f"extract FOLDER -j {jobs}", run.seconds, "s", note=_told(bench.corpus.size, run))
        for jobs, run in best.items()
    ]
    ratio = best[1].seconds / best[2].seconds
    return [*found, Row("two processes against one", ratio, "×", at_least(1.8), "wants two idle cores")]


def _told(size: int, run: Run) -> str:
    speed = f"{size / run.seconds / 1e6:.2f} MB/s"
    return speed if run.cpu is None else f"{speed}; {run.cpu:.1f} s of processor in all"
