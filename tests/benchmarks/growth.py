"""Growth of time with size: one file of 1, 10 and 100 MB, the same documents over and over with other figures."""

from __future__ import annotations

from tests.benchmarks.bench import Bench
from tests.benchmarks.row import Row, at_least
from tests.benchmarks.texts import MEGABYTE, SEEDS, about, write_long

_SIZES = {1: 3, 10: 2, 100: 1}  # megabytes, and how often they are read
_QUICK_SIZES = {1: 2, 10: 1}


def rows(bench: Bench) -> list[Row]:
    """The speed at each size without the start of the command, and the speed of the larger against the smallest."""
    texts = about(bench.corpus.texts, MEGABYTE)
    start = min(bench.policyx("extract", SEEDS[0], "-f", "jsonl").seconds for _ in range(3))
    found: list[Row] = []
    smallest = 0.0
    for megabytes, times in (_QUICK_SIZES if bench.quick else _SIZES).items():
        path = bench.folder / f"{megabytes}-mb.txt"
        write_long(path, texts, megabytes * MEGABYTE)
        size = path.stat().st_size
        runs = [bench.policyx("extract", path, "-f", "jsonl") for _ in range(times)]
        path.unlink()
        speed = size / (min(run.seconds for run in runs) - start) / 1e6
        smallest = smallest or speed
        peak = max(run.peak or 0 for run in runs)
        found.append(Row(f"one file of {megabytes} MB", speed, "MB/s", note=f"peak memory {peak / 1e6:.0f} MB"))
        if speed != smallest:
            found.append(Row(f"speed at {megabytes} MB against 1 MB", speed / smallest, "×", at_least(0.9)))
    if bench.quick:
        found.append(Row("one file of 100 MB", None, "MB/s", note="left out by --quick"))
    return found
