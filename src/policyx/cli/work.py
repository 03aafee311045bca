"""Paths and a task go in, for each document an outcome goes out, in order; in this process or in several."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policyx.errors import PolicyxError, ReadError
from policyx.export import Selection, View, part_of
from policyx.read import Columns, Source, read_file, read_parts, read_stdin

if TYPE_CHECKING:
    from policyx.model import Document
    from policyx.pipeline import Options
    from policyx.rules import Rules

_CHUNK = 64  # documents that one process takes at a time: handing over single small ones costs more than reading them
_WORTH_A_PROCESS = 32  # documents for which it pays to start one more process


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with each document."""

    format: str
    view: View
    selection: Selection
    options: Options
    encoding: str | None = None
    packs: tuple[str, ...] = ()
    columns: Columns = field(default_factory=Columns)
    shape: Callable[[Document, Rules], Any] | None = None  # makes the part, where that is not the format's


class Outcome(NamedTuple):
    """What came of one document: its part of the output (text, or plain values for a file format) and how many records
    are in it, or why there is none. `last` says that its file holds no other; `notes` what of it could not be read."""

    path: str
    part: Any
    records: int
    error: str | None = None
    last: bool = True
    notes: tuple[str, ...] = ()


def outcomes(paths: Sequence[str], task: Task, jobs: int | None = None) -> Iterator[Outcome]:
    """Do the task with each document. `jobs` processes; 0 is one per core, None as many as pay."""
    cores = os.cpu_count() or 1
    wanted = min(cores, len(paths) // _WORTH_A_PROCESS) if jobs is None else jobs or cores
    files = [path for path in paths if path != "-"]
    wanted = min(wanted, len(files))
    if wanted <= 1:
        for path in paths:
            yield from file_outcomes(path, task)
    else:
        yield from _in_processes(paths, files, task, wanted)


def read_document(path: str, encoding: str | None, options: Options, packs: tuple[str, ...]) -> Document:
    """Read one document (`-` is standard input) and all its records."""
    from policyx.pipeline import read_source

    source = read_stdin(encoding) if path == "-" else read_file(path, encoding)
    return read_source(source, options=options, rules=rules_of(packs))


def rules_of(packs: tuple[str, ...]) -> Rules:
    """The rules with `packs` on top: one object as long as the files stay as they are, so that what was compiled from
    them is found again."""
    return _rules_of(tuple((str(Path(pack).absolute()), _stamp(pack)) for pack in packs), packs)


@lru_cache(maxsize=4)
def _rules_of(_state: tuple[tuple[str, int], ...], packs: tuple[str, ...]) -> Rules:
    from policyx.rules import load_rules

    return load_rules(packs)


def _stamp(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0


def file_outcomes(path: str, task: Task) -> Iterator[Outcome]:
    """Do the task with each document of a file: one, or those of an archive, each as soon as it is read."""
    waiting: Outcome | None = None
    told = task.options
    for item in _documents(path, task):
        if waiting is not None:
            yield waiting._replace(last=False)
        if not isinstance(item, Source) or item.begins:
            told = task.options
        waiting, document = _outcome(item, task, told)
        if document is not None:  # what a part has told of itself holds for the next part of the same document
            told = replace(told, title=document.title, date=document.date, place=document.place)
    yield waiting or Outcome(path, "", 0, "holds no document")


def _documents(path: str, task: Task) -> Iterator[Source | ReadError | Outcome]:
    try:
        yield from read_parts(path, task.encoding, task.columns)
    except ReadError as error:
        yield error
    except Exception as error:
        yield _fault(path, error)


def _outcome(item: Source | ReadError | Outcome, task: Task, told: Options) -> tuple[Outcome, Document | None]:
    """Do the task with one document, or a part of one of which `told` is known. A fault of ours is reported like one of
    the document, so that the others come through; with POLICYX_DEBUG set it is raised."""
    from policyx.pipeline import read_source

    if isinstance(item, Outcome):
        return item, None
    if isinstance(item, ReadError):
        return Outcome(item.path, "", 0, item.reason), None
    try:
        document = read_source(item, options=told, rules=rules_of(task.packs))
        chosen = task.selection.of(document)
        shape = task.shape
        part = shape(chosen, rules_of(task.packs)) if shape else part_of(task.format, chosen, task.view)
        return Outcome(item.path, part, len(chosen.records), notes=item.notes), document
    except PolicyxError:
        raise
    except Exception as error:
        return _fault(item.path, error), None


def _fault(path: str, error: Exception) -> Outcome:
    if os.environ.get("POLICYX_DEBUG"):
        raise error
    return Outcome(path, "", 0, f"policyx failed: {type(error).__name__}: {error} (POLICYX_DEBUG=1 shows where)")


def _in_processes(paths: Sequence[str], files: list[str], task: Task, jobs: int) -> Iterator[Outcome]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunk = max(1, min(_CHUNK, len(files) // (jobs * 4)))
    pool = ProcessPoolExecutor(jobs, initializer=_ignore_interrupt)
    try:
        done = pool.map(_one, files, [task] * len(files), chunksize=chunk)
        for path in paths:
            yield from file_outcomes(path, task) if path == "-" else next(done)
        pool.shutdown()
    except BrokenProcessPool:
        raise PolicyxError("a worker process died, perhaps for want of memory; try fewer --jobs") from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one(path: str, task: Task) -> list[Outcome]:
    return list(file_outcomes(path, task))


def _ignore_interrupt() -> None:
    """Ctrl-C reaches every process of the group; only the first one answers it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
