"""Warm throughput on one core, end to end and of each stage, over the corpus."""

from __future__ import annotations

from tests.benchmarks.bench import Bench
from tests.benchmarks.row import Row, at_least


def rows(bench: Bench) -> list[Row]:
    """Megabytes and characters in a second of processor time; of a stage, as if it ran alone."""
    best, size, characters = bench.best_pass, bench.corpus.size, bench.corpus.characters
    found = [
        Row(
            f"{stage}, alone",
            size / seconds / 1e6,
            "MB/s",
            note=f"{characters / seconds:,.0f} characters/s; {seconds / best.seconds:.1%} of the time",
        )
        for stage, seconds in best.stages.items()
        if seconds > 0
    ]
    told = f"{characters / best.seconds:,.0f} characters/s; {best.records / best.seconds:,.0f} records/s"
    return [*found, Row("end to end, one core", bench.speed / 1e6, "MB/s", at_least(5), told)]
