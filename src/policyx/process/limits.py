"""The limits of a process, and how much memory there is."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from policyx.tuples import NamedTuple

MEGABYTE = 1 << 20

_CONTAINER = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
_LEAST = 1 << 30  # below which a larger document would fail that does well alone
_FOR_READING = 0.8  # of all memory


class Limits(NamedTuple):
    """What a task may take in seconds, and what the process that does it may take in bytes; None is no limit."""

    seconds: float | None = None
    memory: int | None = None


def fair_share(jobs: int) -> int | None:
    """The bytes that each of `jobs` processes may take; None where the system does not tell what there is."""
    total = _total()
    return None if total is None else max(_LEAST, int(total * _FOR_READING) // jobs)


def _total() -> int | None:
    known: list[int] = []
    with contextlib.suppress(AttributeError, ValueError, OSError):
        known.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for limit in _CONTAINER:
        with contextlib.suppress(OSError, ValueError):
            known.append(int(Path(limit).read_text()))
    return min((size for size in known if size > 0), default=None)
