"""Files in, one pass of policyx over them with the processor time of each stage out.

The stages are the rooms of `policyx` whose functions `policyx.pipeline` calls; which ones, it is asked.
"""

from __future__ import annotations

import inspect
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch


@dataclass(frozen=True, slots=True)
class Pass:
    """One reading of all files: processor seconds, those of each stage, and how many records were found."""

    seconds: float
    stages: dict[str, float]
    records: int


def read_all(paths: Sequence[Path]) -> Pass:
    """Read each file and write its records as lines of JSON, in this process."""
    from policyx import pipeline
    from policyx.export import View, part_of
    from policyx.read import read_file

    clocks = _Clocks()
    read, part = clocks.of("read", read_file), clocks.of("export", part_of)
    view, records = View(), 0
    with _clocked(pipeline, clocks):
        begun = time.process_time()
        for path in paths:
            document = pipeline.read_source(read(path))
            records += len(document.records)
            part("jsonl", document, view)
        seconds = time.process_time() - begun
    stages = dict(clocks.seconds)
    return Pass(seconds, stages | {"what is left": max(0.0, seconds - sum(stages.values()))}, records)


class _Clocks:
    """Processor seconds by stage. A stage that is called by another one counts to that one."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._running = False

    def of(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with a clock."""

        @wraps(function)
        def clocked(*arguments: Any, **named: Any) -> Any:
            if self._running:
                return function(*arguments, **named)
            self._running = True
            begun = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                self.seconds[stage] += time.process_time() - begun
                self._running = False

        return clocked


@contextmanager
def _clocked(pipeline: Any, clocks: _Clocks) -> Iterator[None]:
    """Clocks around what the pipeline has imported from other rooms."""
    found = {name: function for name, function in vars(pipeline).items() if inspect.isfunction(function)}
    rooms = {name: function.__module__.split(".")[1:2] for name, function in found.items()}
    others = {name: room[0] for name, room in rooms.items() if room and room != ["pipeline"]}
    with patch.multiple(pipeline, **{name: clocks.of(room, found[name]) for name, room in others.items()}):
        yield
