"""A process that works for this one: tasks go to it, answers come back; it can be ended at any time, and says why it
ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from threading import Timer
from typing import Any

from policyx.process.channel import receive, send
from policyx.process.child import OUT_OF_MEMORY, READY, Errand
from policyx.process.limits import MEGABYTE, Limits

PROGRESS = "progress"  # an answer that says only that the task is being worked at

_TO_END = 5.0  # seconds that a process whose pipe is closed may take to end


class Worker:
    """A process for an errand, started at once. `since` is when it was last heard of while it works, for those who
    watch the time of several; `timed_out` says that it was ended because a task took too long."""

    def __init__(self, maker: str, told: Any, limits: Limits) -> None:
        self.limits = limits
        self.since: float | None = None
        self.timed_out = False
        code = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            f"from policyx.process.child import main; main({os.getpid()})"
        )  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("POLICYX_DEBUG") else subprocess.DEVNULL,
            start_new_session=os.name == "posix",  # Ctrl-C is not for it, and what it starts ends with it
        )
        self._send(Errand(maker, told, limits.memory))

    def is_ready(self) -> bool:
        """Wait until it can take tasks; False where it ended before."""
        return bool(self.answer() == READY)

    def order(self, tasks: Iterable[Any]) -> bool:
        """Give it tasks; False where it is dead."""
        return self._send(list(tasks))

    def answer(self) -> Any:
        """What it says next, however long that takes; None where it is dead."""
        try:
            assert self._process.stdout is not None
            return receive(self._process.stdout)  # type: ignore[arg-type]
        except (OSError, ValueError):
            return None

    def answer_in_time(self) -> Any:
        """What it says next; None where it is dead, as it is when that took more seconds than it may."""
        if self.limits.seconds is None:
            return self.answer()
        timer = Timer(self.limits.seconds, self.give_up)
        timer.daemon = True
        timer.start()
        try:
            found = self.answer()
        finally:
            timer.cancel()
        if found is not None:
            self.timed_out = False  # it was in time after all
        return found

    def give_up(self) -> None:
        """End it because a task took too long."""
        self.timed_out = True
        self.kill()

    def kill(self) -> None:
        """End it, and whatever it has started."""
        if self._process.poll() is None:
            with contextlib.suppress(OSError):
                if os.name == "posix":
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()

    def close(self) -> None:
        """End it, at whatever it is, and let go of it."""
        self.kill()
        self.end()

    def end(self) -> str:
        """Why it ended, for a reader; what is left of it is taken away."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=_TO_END)
        self.kill()
        code = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        return self._reason(code)

    def _reason(self, code: int) -> str:
        if self.timed_out:
            return f"took more than {self.limits.seconds:g} seconds and was given up"
        if code == OUT_OF_MEMORY:
            most = f" than the {self.limits.memory // MEGABYTE} MB that it may take" if self.limits.memory else ""
            return f"needs more memory{most}"
        if code == -getattr(signal, "SIGKILL", 9):
            return "the process that read it was killed, perhaps for want of memory"
        if code < 0:
            memory = ", perhaps for want of memory" if self.limits.memory else ""
            return f"the process that read it crashed ({_signal_name(-code)}{memory})"
        return f"the process that read it ended with code {code}"

    def _send(self, message: Any) -> bool:
        try:
            assert self._process.stdin is not None
            send(self._process.stdin, message)  # type: ignore[arg-type]
        except (OSError, ValueError):
            return False
        return True


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
