"""The command `python -m tests.benchmarks`: measures the sections and prints one table.

Standard output gets the table or the JSON, standard error what is being done. The exit code is 0 whatever is found;
with --check it is 1 if a limit is missed.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from policyx._version import __version__
from tests.benchmarks import growth, large, memory, peers, processes, scan, show, stages, start
from tests.benchmarks.bench import Bench
from tests.benchmarks.row import Row
from tests.benchmarks.texts import SHARED_CORPUS, gather

SECTIONS: dict[str, Callable[[Bench], list[Row]]] = {
    "start": start.rows,
    "stages": stages.rows,
    "scan": scan.rows,
    "memory": memory.rows,
    "processes": processes.rows,
    "growth": growth.rows,
    "peers": peers.rows,
    "large": large.rows,
}
_LONGEST = 600.0  # seconds for the file of 1 GB
_WIDTH = 160  # of a table that goes into a file


def main(arguments: list[str] | None = None) -> int:
    """Measure what the arguments ask for, print it, and return the exit code."""
    asked = _parser().parse_args(arguments)
    load = _load()
    with tempfile.TemporaryDirectory(prefix="policyx-benchmarks-") as place:
        corpus = gather(Path(place) / "corpus", asked.corpus, quick=asked.quick)
        bench = Bench(corpus, Path(place), asked.quick, asked.large)
        found = {}
        for name in asked.only or SECTIONS:
            print(f"measuring: {name}", file=sys.stderr)
            found[name] = SECTIONS[name](bench)
        setting: dict[str, Any] = {
            "policyx": __version__,
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "load": f"{load} before, {_load()} after" if load else None,
            "texts": corpus.what,
            "megabytes": round(corpus.size / 1e6, 1),
        }
    if asked.json:
        print(show.as_json(found, setting))
    else:
        show.print_table(found, setting, Console(width=None if sys.stdout.isatty() else _WIDTH))
    missed = any(row.met is False for rows in found.values() for row in rows)
    return 1 if asked.check and missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=SECTIONS, help="only this section (repeatable)")
    parser.add_argument("--quick", action="store_true", help="fewer texts and rounds, and no file of 100 MB")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--check", action="store_true", help="leave with 1 if a limit is missed")
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="FOLDER",
        default=SHARED_CORPUS,
        help="plain texts in UTF-8 to measure on; without any, texts are made from seeds/",
    )
    parser.add_argument(
        "--large",
        type=float,
        nargs="?",
        const=_LONGEST,
        metavar="SECONDS",
        help=f"also read a file of 1 GB, for at most so many seconds ({_LONGEST:g})",
    )
    return parser


def _load() -> str:
    """How many processes wanted a core in the last minute: what else the machine had to do."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


if __name__ == "__main__":
    sys.exit(main())
