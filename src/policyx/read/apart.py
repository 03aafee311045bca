"""Paths go in, documents come out, read under limits of time and memory.

A format whose reader may hang, crash or fill the memory (PDF, office files, archives) is read in a process of its own,
which is started with the first such file and serves all of a run. Plain text, web pages and the like are read here.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from policyx.errors import ReadError
from policyx.process.limits import MEGABYTE, Limits, fair_share
from policyx.read import (
    INSIDE,
    Columns,
    Source,
    documents_in,
    only_document,
    read_documents,
    read_file,
    read_parts,
    read_stdin,
    special_kind,
)
from policyx.read.registry import reader_for
from policyx.tuples import NamedTuple

if TYPE_CHECKING:
    from policyx.process.worker import Worker

_HERE = frozenset(("txt", "markdown", "html", "feed", "csv"))  # formats that are read in this process
_HEAD = 4096  # bytes that tell the format
_UNKNOWN = b"%PDF-"  # taken for what a stream begins with that does not let itself be looked at: the safe side
_SECONDS = 300.0
_MOST_MEMORY = 4096 * MEGABYTE
_END = "end"  # of the answers to a task


class _Task(NamedTuple):
    """A file to read, or its bytes where they came through standard input."""

    path: str
    data: bytes | None
    encoding: str | None
    columns: Columns
    folder: str | None  # where a relative path begins


class _Failure(NamedTuple):
    """A ReadError on its way between processes."""

    path: str
    reason: str


def default_limits(seconds: float | None = None, megabytes: int | None = None) -> Limits:
    """The limits of a file, where not told otherwise: five minutes, and four gigabytes or what the machine has; 0
    seconds are any time."""
    memory = min(_MOST_MEMORY, fair_share(1) or _MOST_MEMORY) if megabytes is None else megabytes * MEGABYTE
    return Limits((_SECONDS if seconds is None else seconds) or None, memory)


def documents(
    path: str, encoding: str | None = None, columns: Columns | None = None, limits: Limits | None = None
) -> Iterator[Source | ReadError]:
    """The documents of a file, or of standard input (`-`), as `policyx.read.read_parts` gives them; what went beyond
    the limits is a ReadError that says so."""
    if _is_read_here(path):
        yield from read_parts(path, encoding, columns)
    else:
        yield from _read_apart(path, encoding, columns, limits)


def whole_documents(
    path: str, encoding: str | None = None, columns: Columns | None = None
) -> Iterator[Source | ReadError]:
    """The same, each of them whole however large it is."""
    if not _is_read_here(path):
        yield from _read_apart(path, encoding, columns, None)
    elif path != "-":
        yield from read_documents(path, encoding, columns)
    else:
        yield from documents_in(sys.stdin.buffer.read(), path, encoding, "", columns)


def _read_apart(
    path: str, encoding: str | None, columns: Columns | None, limits: Limits | None
) -> Iterator[Source | ReadError]:
    data = sys.stdin.buffer.read() if path == "-" else None
    task = _Task(path, data, encoding, columns or Columns(), _current())
    yield from _apart(os.getpid(), limits or default_limits()).answers(task)


def document(path: str, encoding: str | None = None, limits: Limits | None = None) -> Source:
    """The one document of a file or of standard input. Raises ReadError as `policyx.read.read_file` does, and where it
    went beyond the limits."""
    if _is_read_here(path):
        return read_stdin(encoding) if path == "-" else read_file(path, encoding)
    return only_document(documents(path, encoding, limits=limits), path)


def reader(_: None) -> Callable[[_Task], Iterator[Source | _Failure | str]]:
    """What the other process does with a task."""
    return _read


def _read(task: _Task) -> Iterator[Source | _Failure | str]:
    try:
        if task.folder is not None:
            os.chdir(task.folder)
        if task.data is None:
            found = read_parts(task.path, task.encoding, task.columns)
        else:
            found = documents_in(task.data, task.path, task.encoding, "", task.columns)
        for item in found:
            if isinstance(item, Source):
                yield item
            elif item.reason.startswith("policyx failed: MemoryError"):  # of a member of an archive
                raise MemoryError(item.reason)
            else:
                yield _Failure(item.path, item.reason)
    except MemoryError:
        raise
    except Exception as error:
        if os.environ.get("POLICYX_DEBUG"):
            raise
        yield _Failure(task.path, f"policyx failed: {type(error).__name__}: {error} (POLICYX_DEBUG=1 shows where)")
    yield _END


def _current() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109 - a text, to be sent
    except OSError:  # it is not there any more
        return None


def _is_read_here(path: str) -> bool:
    """Whether a file is of a format whose reader cannot go wrong badly; what cannot be opened is none that can."""
    if path != "-" and INSIDE in path and not Path(path).exists():
        return False
    if path != "-" and special_kind(path) is not None:
        return True  # its bytes come but once
    try:
        if path == "-":
            return reader_for(_first_bytes(sys.stdin.buffer), "").format in _HERE
        with Path(path).open("rb") as stream:
            return reader_for(stream.read(_HEAD), Path(path).suffix).format in _HERE
    except (OSError, ValueError):
        return True


def _first_bytes(stream: BinaryIO) -> bytes:
    """What a stream will give first; it still will."""
    if hasattr(stream, "peek"):
        return bytes(stream.peek(_HEAD)[:_HEAD])
    if not stream.seekable():
        return _UNKNOWN
    head = stream.read(_HEAD)
    stream.seek(-len(head), os.SEEK_CUR)
    return head


class _Apart:
    """Processes that read: one for each thread that has a file read at the same time, started when it is needed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: list[Worker] = []

    def answers(self, task: _Task) -> Iterator[Source | ReadError]:
        """What comes of a task."""
        worker = self._ordered(task)
        done = False
        try:
            while (answer := worker.answer_in_time()) is not None and answer != _END:
                yield ReadError(*answer) if isinstance(answer, _Failure) else answer
            done = answer is not None
            if not done:
                yield ReadError(task.path, worker.end())
        finally:
            if done:
                self._idle.append(worker)
            else:  # it has ended, or nobody wants the rest
                worker.close()

    def close(self) -> None:
        """End the processes that have nothing to do."""
        while self._idle:
            self._idle.pop().close()

    def _ordered(self, task: _Task) -> Worker:
        """A process that has been given the task."""
        with suppress(IndexError):
            worker = self._idle.pop()
            if worker.order([task]):
                return worker
            worker.close()  # somebody has ended it
        worker = self._started()
        worker.order([task])
        return worker

    def _started(self) -> Worker:
        from policyx.process.worker import Worker

        worker = Worker("policyx.read.apart:reader", None, self._limits)
        worker.is_ready()  # one that is not takes no order
        return worker


_processes: dict[tuple[int, Limits], _Apart] = {}


def _apart(process: int, limits: Limits) -> _Apart:
    """The reading process of this one, `process`, for these limits: one that was forked has its own."""
    found = _processes.get((process, limits))
    if found is None:
        if not _processes:
            atexit.register(close)
        found = _processes[process, limits] = _Apart(limits)
    return found


def close() -> None:
    """End the processes that read; the next file starts one again."""
    for (process, _), each in tuple(_processes.items()):
        if process == os.getpid():
            each.close()
    _processes.clear()
