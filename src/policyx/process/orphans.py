"""A process that another one has started does not outlive it, not even in a scan that never ends."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from threading import Thread

_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG
_GLANCE = 1.0  # seconds


def end_with_parent(parent: int) -> None:
    """End this process when the one with the number `parent`, which started it, has ended. Linux does it at once;
    elsewhere it takes up to a second. Windows goes without: there a closed pipe ends the process with its next answer.
    """
    if os.name != "posix":
        return
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)
    else:
        Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it ended before this process could ask for that
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_GLANCE)
    os._exit(1)
