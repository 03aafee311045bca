"""Growth of time with size: of one file of 1, 10 and 100 MB, of hostile texts, and of each pattern on hostile texts.

A file is read by a process that has read another file before. The processor time of the first file alone is taken
off: start and what is compiled when first used would make the smallest file look slow, and hide growth. The 10 MB are
as many different documents as the corpus has, since what policyx remembers of names makes a text fast that it has just
read.

Of hostile texts, long runs of one piece, both sizes are read the same number of times, and their medians compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests import hostile
from tests.benchmarks.bench import Bench
from tests.benchmarks.command import Run
from tests.benchmarks.row import Row, at_least, at_most
from tests.benchmarks.texts import MEGABYTE, write_long

_SIZES = {1: 3, 10: 2, 100: 1}  # megabytes, and how often they are read
_QUICK_SIZES = {1: 2, 10: 1}
_TIMES = 3  # how often a hostile text of either size is read
_SHORT, _LONG = 2_000, 8_000  # characters for one pattern
_SHORT_TEXT, _LONG_TEXT = 10_000, 40_000  # characters for the whole of the reading
_NOISE = 0.03  # seconds below which nothing is compared
# growth over that of the text: 1 is linear, the ratio of the sizes quadratic
_MOST_GROWTH = 2.0


def rows(bench: Bench) -> list[Row]:
    """The speed at each size against the smallest, and the worst growth with hostile texts."""
    return [*_files(bench), _worst_text(), _worst_pattern()]


def _files(bench: Bench) -> list[Row]:
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


class _Growth(NamedTuple):
    """How much faster than its text a time grows, and of what."""

    factor: float
    what: str


def _worst_text() -> Row:
    """The whole of the reading, on texts of one piece."""
    from policyx.pipeline import read_text

    pieces = dict.fromkeys((*hostile.DOCUMENTS, *hostile.NUMBERS, *hostile.GRANTS))
    read_text(hostile.run_of("1家。", _SHORT_TEXT))
    found = [_growth(read_text, repr(piece), piece, _SHORT_TEXT, _LONG_TEXT) for piece in pieces]
    return _row(f"reading {len(found)} hostile texts, worst growth", found, _LONG_TEXT // _SHORT_TEXT)


def _worst_pattern() -> Row:
    """Every pattern of the package, asked as the code asks it, on texts of one sign."""
    patterns, once = hostile.patterns(), hostile.matched_only()
    found = []
    for pattern in patterns:
        search = partial(hostile.asked, pattern, once=pattern in once)
        found += [_growth(search, f"{pattern.pattern[:60]} on {sign!r}", sign, _SHORT, _LONG) for sign in hostile.SIGNS]
    return _row(f"{len(patterns)} patterns on hostile texts, worst growth", found, _LONG // _SHORT)


def _growth(work: Callable[[str], object], what: str, piece: str, short: int, long: int) -> _Growth:
    larger = hostile.run_of(piece, long)
    if _seconds(work, larger) < _NOISE:
        return _Growth(0.0, what)
    times = {size: median(_seconds(work, larger[:size]) for _ in range(_TIMES)) for size in (short, long)}
    return _Growth(times[long] / max(times[short], _NOISE / (long / short)) / (long / short), what)


def _seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


def _row(what: str, found: Iterable[_Growth], sizes: int) -> Row:
    worst = max(found)
    return Row(what, worst.factor, "×", at_most(_MOST_GROWTH), f"{worst.what}; {sizes} × the text")
