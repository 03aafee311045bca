"""policyx against the tools that people use today, on the same texts, in characters a second of processor time.

A peer gets the texts line by line: Recognizers-Text swallows its own errors and then gives nothing for all it was
given. policyx gets them whole and gives names, years and status as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.benchmarks.bench import Bench, seconds_of
from tests.benchmarks.peer_jionlp import jionlp
from tests.benchmarks.peer_recognizers import recognizers
from tests.benchmarks.row import Row, at_least
from tests.benchmarks.texts import SEEDS

Finder = Callable[[str], int]  # a text in, the number of things found in it out

_PEERS: dict[str, tuple[Callable[[], Finder], float]] = {
    "JioNLP (money, time)": (jionlp, 3),
    "Recognizers-Text (number, unit, time)": (recognizers, 100),
}
_SAMPLE = 6  # documents; the slowest peer takes seconds for one


def rows(bench: Bench) -> list[Row]:
    """The speed of each, and how many times as fast as each peer policyx is."""
    texts = bench.corpus.sample(_SAMPLE)
    if bench.quick or bench.corpus.made:
        texts = [path.read_bytes().decode("utf-8") for path in SEEDS]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    size = sum(map(len, texts))
    ours, found = _speed(_policyx, texts, size, 3)
    table = [Row("policyx", ours, "characters/s", note=f"{found} records in {len(texts)} documents")]
    for name, (load, limit) in _PEERS.items():
        ratio = f"policyx against {name.partition(' (')[0]}"
        try:
            finder = load()
        except ImportError as error:
            table.append(Row(ratio, None, "×", at_least(limit), f"cannot be imported ({error}); see README"))
            continue
        speed, found = _speed(finder, lines, size, 1 if bench.quick else 2)
        table += [
            Row(name, speed, "characters/s", note=f"{found} found"),
            Row(ratio, ours / speed, "×", at_least(limit)),
        ]
    return table


def _speed(finder: Finder, texts: Sequence[str], size: int, times: int) -> tuple[float, int]:
    """Characters a second, best of several times, and how much was found."""
    for text in texts[:20]:  # what is compiled when first used
        finder(text)
    counts: list[int] = []
    seconds = seconds_of(lambda: counts.append(sum(map(finder, texts))), times)
    return size / seconds, counts[0]


def _policyx(text: str) -> int:
    from policyx.export import View, part_of
    from policyx.pipeline import read_text

    document = read_text(text)
    part_of("jsonl", document, View())
    return len(document.records)
