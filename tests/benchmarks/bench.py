"""What every section gets: the texts, a folder to work in, how thorough to be, and the speed that ratios refer to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.benchmarks import command
from tests.benchmarks.clocks import Pass, read_all
from tests.benchmarks.command import Run
from tests.benchmarks.texts import Corpus

_PASSES = 3


@dataclass(frozen=True)
class Bench:
    """The setting of one call. `large` is the time limit of the largest file, None to leave it out."""

    corpus: Corpus
    folder: Path
    quick: bool = False
    large: float | None = None

    def policyx(self, *arguments: str | Path, seconds: float = 0, tail: bool = False) -> Run:
        """Run policyx in a process of its own."""
        return self.run(command.policyx(*arguments), seconds=seconds, tail=tail)

    def run(self, words: list[str], *, cache: str = "cache", seconds: float = 0, tail: bool = False) -> Run:
        """Run a command in a process of its own, its compiled rules kept in `cache`."""
        empty = self.folder / "empty"
        empty.mkdir(exist_ok=True)
        return command.run(words, empty, command.environment(self.folder / cache), seconds=seconds, tail=tail)

    @cached_property
    def best_pass(self) -> Pass:
        """The fastest of several passes of this process over the corpus, after a first one over a part of it."""
        read_all(self.corpus.paths[:: max(1, len(self.corpus.paths) // 8)])
        passes = [read_all(self.corpus.paths) for _ in range(1 if self.quick else _PASSES)]
        return min(passes, key=lambda one: one.seconds)

    @property
    def speed(self) -> float:
        """Bytes a second, from the file to the lines of output, on one core."""
        return self.corpus.size / self.best_pass.seconds


def seconds_of(work: Callable[[], object], times: int = 1) -> float:
    """The least processor time that the work took."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)
