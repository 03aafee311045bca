"""The process that works: what makes its work, and then tasks, come in through its standard input; answers go out
through its standard output. It ends when its input ends, and with the process that started it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from importlib import import_module
from typing import Any, NamedTuple

from policyx.process.channel import receive, send
from policyx.process.orphans import end_with_parent

READY = "ready"
OUT_OF_MEMORY = 77  # the exit code that says so


class Errand(NamedTuple):
    """What a process is to do: `maker` (`module:function`) gives for `told` a function that takes a task and yields its
    answers; `memory` is what it may take, in bytes."""

    maker: str
    told: Any
    memory: int | None = None


def main(parent: int) -> None:
    """Work until there is no more to do."""
    end_with_parent(parent)
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # what a library prints is no message
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    errand = receive(orders)
    if errand is None:
        return
    try:
        module, _, function = errand.maker.partition(":")
        work = getattr(import_module(module), function)(errand.told)
        send(answers, READY)
        _limit_memory(errand.memory)
        while (tasks := receive(orders)) is not None:
            for task in tasks:
                for answer in work(task):
                    send(answers, answer)
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
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash is told by its signal; nobody asked for its memory


if __name__ == "__main__":
    main(int(sys.argv[1]))
