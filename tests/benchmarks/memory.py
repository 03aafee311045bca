"""Peak memory of one process over the whole corpus."""

from __future__ import annotations

from tests.benchmarks.bench import Bench
from tests.benchmarks.row import Row, at_most
from tests.benchmarks.texts import SEEDS


def rows(bench: Bench) -> list[Row]:
    """Megabytes at the peak: over one seed, and over the corpus."""
    seed = bench.policyx("extract", SEEDS[0], "-f", "jsonl").peak
    whole = bench.policyx("extract", bench.corpus.folder, "-f", "jsonl", "-j", "1").peak
    if seed is None or whole is None:
        return [Row("peak memory over the corpus", None, "MB", at_most(150), "this system does not tell")]
    return [
        Row("peak memory over one seed", seed / 1e6, "MB"),
        Row("peak memory over the corpus, one process", whole / 1e6, "MB", at_most(150)),
    ]
