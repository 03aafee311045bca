"""How much memory there is, and the share of it that one process of several may take."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")  # of a container
_LEAST = 1 << 30  # below which a larger document would fail that does well alone
_FOR_READING = 0.8  # of all memory


def fair_share(jobs: int) -> int | None:
    """The bytes that each of `jobs` processes may take; None where the system does not tell what there is."""
    total = _total()
    return None if total is None else max(_LEAST, int(total * _FOR_READING) // jobs)


def _total() -> int | None:
    known: list[int] = []
    with contextlib.suppress(AttributeError, ValueError, OSError):
        known.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for limit in _LIMITS:
        with contextlib.suppress(OSError, ValueError):
            known.append(int(Path(limit).read_text()))
    return min((size for size in known if size > 0), default=None)
