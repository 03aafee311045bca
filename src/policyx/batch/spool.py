"""The file in which the rows of a large unit wait until they are written."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Tables = dict[str, Any]


def spooled(spool: str) -> Iterator[Tables]:
    """The rows that wait in a spool, by table, part after part."""
    with open(spool, "rb") as stream:  # noqa: PTH123
        while True:
            try:
                yield pickle.load(stream)
            except EOFError:
                return


def forget(spool: str | None) -> None:
    """Take a spool away."""
    if spool is not None:
        with contextlib.suppress(OSError):
            Path(spool).unlink()
