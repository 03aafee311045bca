"""The process that reads units for a pool: a job and then lists of tasks come in through its standard input, a message
for each task goes out through its standard output. It ends when its input ends."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import sys
from typing import Any, BinaryIO

READY = "ready"
OUT_OF_MEMORY = 77  # the exit code that says so
_LENGTH = struct.Struct("!Q")
_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG


def send(stream: BinaryIO, message: Any) -> None:
    """Write a message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next message; None where there is none any more."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return pickle.loads(data) if len(data) == length else None


def main() -> None:
    """Work until there is no more to do."""
    _end_with_parent()
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # what a library prints is no message
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    job = receive(orders)
    if job is None:
        return
    from policyx.batch.work import finished, rules_of

    try:
        rules = rules_of(job)
        send(answers, READY)
        _limit_memory(job.memory)
        while (tasks := receive(orders)) is not None:
            for unit, data in tasks:
                send(answers, finished(unit, job, rules, data))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(1)


def _limit_memory(most: int | None) -> None:
    """Let allocations beyond `most` bytes fail, on systems that know such a limit."""
    if most is None:
        return
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _end_with_parent() -> None:
    """Do not outlive a pool that was killed, not even in a scan that never ends. Elsewhere than on Linux the closed
    pipe ends this process as soon as it has a result."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)
