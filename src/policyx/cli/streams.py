"""The streams and signals of the command: closed streams, full disks, a reader that goes away, and requests to end."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import signal
import sys
from typing import Any

from policyx.errors import PolicyxError

PIPE_CLOSED = 128 + 13  # as if the signal SIGPIPE had ended the process, which is what a shell expects
INTERRUPTED = 128 + 2

_ENDING = ("SIGTERM", "SIGHUP")
_STYLE = r"\x1b\[[0-9;]*m"
# what a terminal obeys, but for the ends of lines and tabs: C0, DEL and C1; with or without the colours of our own
_OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
_OBEYED_BUT_COLOURS = re.compile(rf"({_STYLE})|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")


class EndedError(KeyboardInterrupt):
    """The process was asked to end by another signal than Ctrl-C; what is begun is tidied up as after that."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def prepare() -> None:
    """Open what is closed, so that no file takes its place, let no character end the program, and answer requests to
    end. Standard output that is closed fails when it is written to, as one on a full disk does."""
    for name, number, mode in (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, number)
            setattr(sys, name, io.open(handle, mode, encoding="utf-8"))  # noqa: SIM115, UP020
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal of another encoding must not end the program
            stream.reconfigure(errors="backslashreplace")
    for name in _ENDING:
        ending: int | None = getattr(signal, name, None)
        with contextlib.suppress(ValueError):  # not in the main thread
            if ending is not None and signal.getsignal(ending) is signal.SIG_DFL:  # not where nohup has it ignored
                signal.signal(ending, _end)


def interrupted_code(error: KeyboardInterrupt) -> int:
    """The exit code of a process that was asked to end."""
    return error.code if isinstance(error, EndedError) else INTERRUPTED


def flush_output() -> None:
    """Write what waits for standard output. Raises PolicyxError where that cannot be done, BrokenPipeError where its
    reader has gone."""
    with told_as_output():
        sys.stdout.flush()


@contextlib.contextmanager
def told_as_output() -> Any:
    """An error of the system within is one of standard output."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        abandon_output()
        raise PolicyxError(f"standard output: cannot be written: {error.strerror or error}") from None


def abandon_output() -> None:
    """Forget what waits for standard output: Python would try to write it once more at its end, and complain."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def harmless(text: str, styled: bool = False) -> str:
    """The text without anything that a terminal obeys but ends of lines and tabs; where it is `styled` by us, colours
    stay. U+FFFD shows where something stood."""
    if styled:
        return _OBEYED_BUT_COLOURS.sub(lambda found: found[1] or "\N{REPLACEMENT CHARACTER}", text)
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)


def _end(number: int, _: Any) -> None:
    signal.signal(number, signal.SIG_IGN)  # one is enough
    raise EndedError(number)
