"""Cold start: what a command takes over a Python that does nothing, each in a process of its own.

All commands run in turn, round after round, so that a busy moment hits each of them alike.
"""

from __future__ import annotations

import sys
from statistics import median

from tests.benchmarks.bench import Bench
from tests.benchmarks.command import policyx
from tests.benchmarks.row import Row, at_most
from tests.benchmarks.texts import SEEDS

_SEED = SEEDS[0]
_BARE = [sys.executable, "-c", "pass"]
_MEASURED = {
    "--help": (policyx("--help"), at_most(120)),
    "extract -f jsonl, one seed": (policyx("extract", "-f", "jsonl", _SEED), at_most(180)),
    "extract -f table, one seed": (policyx("extract", "-f", "table", _SEED), at_most(300)),
}
_ROUNDS, _QUICK_ROUNDS = 20, 7


def rows(bench: Bench) -> list[Row]:
    """Milliseconds over bare Python: the minimum of all rounds, and the median of the rounds' differences."""
    first = 1000 * bench.run(_MEASURED["extract -f jsonl, one seed"][0], cache="empty-cache").seconds
    commands = {"python -c pass": _BARE} | {name: words for name, (words, _) in _MEASURED.items()}
    for words in commands.values():
        bench.run(words)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(_QUICK_ROUNDS if bench.quick else _ROUNDS):
        for name, words in commands.items():
            times[name].append(1000 * bench.run(words).seconds)
    bare = times["python -c pass"]
    found = [Row("python -c pass", min(bare), "ms", note=f"median {median(bare):.0f}")]
    for name, (_, limit) in _MEASURED.items():
        over = median(time - other for time, other in zip(times[name], bare, strict=True))
        figure = min(times[name]) - min(bare)
        found.append(Row(f"{name}, over it", figure, "ms", limit, f"minimum; median {over:.0f}"))
    return [*found, Row("very first extract, rules not yet kept", first - min(bare), "ms", note="over it, once")]
