"""How near policyx comes to the least that could be done: one compiled pattern that finds digits before a unit."""

from __future__ import annotations

import re

from tests.benchmarks.bench import Bench, seconds_of
from tests.benchmarks.row import Row


def rows(bench: Bench) -> list[Row]:
    """The speed of the scan, and how many scans policyx takes from end to end."""
    pattern = _pattern()
    hits = sum(len(pattern.findall(text)) for text in bench.corpus.texts)
    seconds = seconds_of(lambda: [pattern.findall(text) for text in bench.corpus.texts], 3)
    speed = bench.corpus.size / seconds
    return [
        Row("one scan for digits before a unit", speed / 1e6, "MB/s", note=f"{hits} hits"),
        Row("policyx end to end", bench.speed / 1e6, "MB/s", note=f"{bench.best_pass.records} records"),
        Row("scans in the time of policyx", speed / bench.speed, "×"),
    ]


def _pattern() -> re.Pattern[str]:
    """Digits, perhaps with 万 or its like behind them, and the first character of a unit that the rules know."""
    from policyx.rules import builtin_rules

    rules = builtin_rules()
    signs = re.escape("".join(sorted({word[0] for word in rules.words("unit")})))
    groups = re.escape("".join(sorted(rules.words("numeral", "group"))))
    return re.compile(f"[0-9]+(?:\\.[0-9]+)?[{groups}]*[{signs}]")
