"""Growth of time with size: one file of 1, 10 and 100 MB, read by a process that has read another file before.

The processor time of the first file alone is taken off: start and what is compiled when first used would make the
smallest file look slow, and hide growth. The 10 MB are as many different documents as the corpus has, since what
policyx remembers of names makes a text fast that it has just read.
"""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.command import Run
from tests.benchmarks.row import Row, at_least
from tests.benchmarks.texts import MEGABYTE, write_long

_SIZES = {1: 3, 10: 2, 100: 1}  # megabytes, and how often they are read
_QUICK_SIZES = {1: 2, 10: 1}


def rows(bench: Bench) -> list[Row]:
    """The speed at each size, and that of the larger against the smallest."""
    texts = bench.corpus.sample(len(bench.corpus.paths))
    first = bench.folder / "first.txt"
    write_long(first, texts[::-1], MEGABYTE)
    before = min(_processor(_read(bench, first)) for _ in range(3))
    found: list[Row] = []
    smallest = 0.0
    for megabytes, times in (_QUICK_SIZES if bench.quick else _SIZES).items():
        path = bench.folder / f"{megabytes}-mb.txt"
        write_long(path, texts, megabytes * MEGABYTE)
        size = path.stat().st_size
        runs = [_read(bench, first, path) for _ in range(times)]
        path.unlink()
        speed = size / (min(map(_processor, runs)) - before) / 1e6
        smallest = smallest or speed
        note = f"peak memory {max(run.peak or 0 for run in runs) / 1e6:.0f} MB"
        found.append(Row(f"one file of {megabytes} MB", speed, "MB/s", note=note))
        if megabytes > 1:
            found.append(Row(f"speed at {megabytes} MB against 1 MB", speed / smallest, "×", at_least(0.9)))
    if bench.quick:
        found.append(Row("one file of 100 MB", None, "MB/s", note="left out by --quick"))
    return found


def _read(bench: Bench, *paths: Path) -> Run:
    return bench.policyx("extract", *paths, "-f", "jsonl", "-j", "1")


def _processor(run: Run) -> float:
    return run.seconds if run.cpu is None else run.cpu
