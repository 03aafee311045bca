"""The folder in which policyx keeps what it would otherwise work out at every start. Losing it costs only time."""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_Plain = TypeVar("_Plain")
_COPY = zlib.crc32(str(Path(__file__).parent).encode())  # two copies of policyx do not overwrite each other's files


def cache_folder() -> Path | None:
    """POLICYX_CACHE, else the user's cache folder; None where POLICYX_CACHE is `off` or there is none."""
    chosen = os.environ.get("POLICYX_CACHE")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Path(base) / "policyx" if base else None


def keep(file: Path, content: bytes) -> None:
    """Write beside and rename, so that a second process never reads half a file. A folder that cannot be written to
    keeps nothing."""
    import tempfile

    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).replace(file)


def remembered(name: str, key: str, make: Callable[[], _Plain]) -> _Plain:
    """What `make` gives, kept under `name` for as long as `key` and the file that holds `make` stay the same; an empty
    key keeps nothing.

    It must consist of numbers, texts, lists, tuples and dictionaries alone."""
    folder = cache_folder() if key else None
    if folder is None:
        return make()
    file = folder / f"{name}-{sys.implementation.cache_tag}-{_COPY:08x}.bin"
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        key += str(Path(make.__code__.co_filename).stat().st_mtime_ns)
        kept_key, value = marshal.loads(file.read_bytes())
        if kept_key == key:
            return value  # type: ignore[no-any-return]
    made = make()
    keep(file, marshal.dumps((key, made)))  # type: ignore[arg-type]
    return made
