"""A file of 1 GB, read as a stream: its peak memory and its speed, for as long as the time limit allows."""

from __future__ import annotations

import json
import shutil

from tests.benchmarks.bench import Bench
from tests.benchmarks.row import Row, at_most
from tests.benchmarks.texts import MEGABYTE, write_long

_SIZE = 1000 * MEGABYTE
_WHAT = "a file of 1 GB"


def rows(bench: Bench) -> list[Row]:
    """Peak memory and speed. How far a run came that was ended, its last record tells."""
    if bench.large is None:
        return [Row(f"{_WHAT}, peak memory", None, "MB", at_most(150), "left out; --large measures it")]
    if shutil.disk_usage(bench.folder).free < 1.1 * _SIZE:
        return [Row(f"{_WHAT}, peak memory", None, "MB", at_most(150), "no room for it in the temporary folder")]
    texts = bench.corpus.sample(len(bench.corpus.paths))
    path = bench.folder / "1000-mb.txt"
    write_long(path, texts, _SIZE)
    done = bench.policyx("extract", path, "-f", "jsonl", seconds=bench.large, tail=True)
    path.unlink()
    read = _SIZE if not done.ended else _characters(done.tail) * _bytes_per_character(texts)
    told = f"{read / 1e6:,.0f} MB in {done.seconds:,.0f} s" + (", then ended" if done.ended else "")
    return [
        Row(f"{_WHAT}, peak memory", None if done.peak is None else done.peak / 1e6, "MB", at_most(150), told),
        Row(f"{_WHAT}, speed", read / done.seconds / 1e6, "MB/s"),
    ]


def _characters(output: str) -> int:
    """Where the last whole line of the output stands in the text."""
    lines = output.split("\n")[1:-1]
    return int(json.loads(lines[-1])["end"]) if lines else 0


def _bytes_per_character(texts: list[str]) -> float:
    whole = "".join(texts)
    return len(whole.encode()) / len(whole)
