"""Paths and a task go in, for each document an outcome goes out, in order; in this process or in several."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyx.errors import PolicyxError, ReadError
from policyx.export import Selection, View, part_of
from policyx.process.limits import Limits
from policyx.read import Columns, Source
from policyx.read.apart import default_limits, document, documents
from policyx.read.stream import LARGE
from policyx.tuples import NamedTuple

if TYPE_CHECKING:
    from policyx.export.continued import JoinedRows
    from policyx.model import Document
    from policyx.pipeline import Options
    from policyx.rules import Rules

_CHUNK = 64  # documents that one process takes at a time: handing over single small ones costs more than reading them
_TAKE_ROWS = frozenset(("sqlite", "duckdb", "parquet"))  # formats that number the records of a document
_TEXTS = (".txt", ".text")
_PATIENCE = 10.0  # seconds for the pool's own thread to see that its processes are gone
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
    limits: Limits = field(default_factory=default_limits)  # of what is read in a process of its own


class Outcome(NamedTuple):
    """What came of one document: its part of the output (text, or plain values for a file format) and how many records
    are in it, or why there is none. `last` says that its file holds no other; `notes` what of it could not be read;
    `continues` that it is a further part of the document before it."""

    path: str
    part: Any
    records: int
    error: str | None = None
    last: bool = True
    notes: tuple[str, ...] = ()
    continues: bool = False


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

    return read_source(document(path, encoding), options=options, rules=rules_of(packs))


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
    joined = _joined(task)
    for item in _documents(path, task):
        if waiting is not None:
            yield waiting._replace(last=False)
        if not isinstance(item, Source) or item.begins:
            told = task.options
        if not isinstance(item, Source) or not item.offset:
            joined = _joined(task)
        waiting, document = _outcome(item, task, told, joined)
        if document is not None:  # what a part has told of itself holds for the next part of the same document
            told = told._replace(title=document.title, date=document.date, place=document.place)
    yield waiting or Outcome(path, "", 0, "holds no document")


def _joined(task: Task) -> JoinedRows | None:
    """What makes rows of the parts of one document; None where the format takes none."""
    if task.shape is not None or task.format not in _TAKE_ROWS:
        return None
    from policyx.export.continued import JoinedRows

    return JoinedRows()


def _documents(path: str, task: Task) -> Iterator[Source | ReadError | Outcome]:
    try:
        yield from documents(path, task.encoding, task.columns, task.limits)
    except ReadError as error:
        yield error
    except Exception as error:
        yield _fault(path, error)


def _outcome(
    item: Source | ReadError | Outcome, task: Task, told: Options, joined: JoinedRows | None
) -> tuple[Outcome, Document | None]:
    """Do the task with one document, or a part of one of which `told` is known and whose parts before are `joined`. A
    fault of ours is reported like one of the document, so that the others come through; with POLICYX_DEBUG set it is
    raised."""
    from policyx.pipeline import read_source

    if isinstance(item, Outcome):
        return item, None
    if isinstance(item, ReadError):
        return Outcome(item.path, "", 0, item.reason), None
    try:
        document = read_source(item, options=told, rules=rules_of(task.packs))
        chosen = task.selection.of(document)
        if task.shape:
            part = task.shape(chosen, rules_of(task.packs))
        else:
            part = joined.add(chosen) if joined is not None else part_of(task.format, chosen, task.view)
        continues = item.offset > 0 and not item.begins
        return Outcome(item.path, part, len(chosen.records), notes=item.notes, continues=continues), document
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

    apart = [path for path in files if not is_large_text(path)]
    before = threading.enumerate()
    chunk = max(1, min(_CHUNK, len(apart) // (jobs * 4)))
    pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(os.getpid(),))
    try:
        done = pool.map(_one, apart, [task] * len(apart), chunksize=chunk)
        taken = frozenset(apart)
        for path in paths:
            yield from next(done) if path in taken else file_outcomes(path, task)
        pool.shutdown()
    except BrokenProcessPool:
        raise PolicyxError("a worker process died, perhaps for want of memory; try fewer --jobs") from None
    finally:
        threading.excepthook = _unless_late
        pool.shutdown(wait=False, cancel_futures=True)
        _end_children()
        _end_threads(before)


def _unless_late(told: threading.ExceptHookArgs) -> None:
    """A worker's result that comes for what was called off ends the pool's own thread: nothing to tell anybody."""
    from concurrent.futures import InvalidStateError

    if not issubclass(told.exc_type, InvalidStateError):
        threading.__excepthook__(told)


def is_large_text(path: str) -> bool:
    """Whether what comes of a file may be too much to be handed over in one piece: it is better read here."""
    try:
        return path.lower().endswith(_TEXTS) and Path(path).stat().st_size >= LARGE
    except (OSError, ValueError):
        return False


def _one(path: str, task: Task) -> list[Outcome]:
    return list(file_outcomes(path, task))


def _begin(parent: int) -> None:
    """Ctrl-C reaches every process of the group; only the first one answers it, and the others end with it."""
    import signal

    from policyx.process.orphans import end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    end_with_parent(parent)


def _end_children() -> None:
    """End the processes that are still at work when nobody wants their results any more."""
    from multiprocessing import active_children

    for child in active_children():
        child.kill()


def _end_threads(before: Sequence[threading.Thread]) -> None:
    """Wait for what manages the pool: Python's own farewell to it stumbles over one that ends in the same moment."""
    for thread in threading.enumerate():
        if thread not in before and not thread.daemon:
            thread.join(_PATIENCE)
