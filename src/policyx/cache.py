"""The folder in which policyx keeps what it would otherwise work out at every start. Losing it costs only time.

What is kept is data (JSON, numbers), never code, with a checksum; it is read only from a folder and a file that belong
to this user and that nobody else may write to.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any, TypeVar

_Plain = TypeVar("_Plain")
_T = TypeVar("_T")
_V = TypeVar("_V")
_COPY = zlib.crc32(str(Path(__file__).parent).encode("utf-8", "surrogateescape"))  # two copies of policyx keep apart
_ENCODED = ("utf-16-le", "surrogatepass")  # Chinese is read so in a third of the time that UTF-8 takes
_OPEN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


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
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - raises nothing
    return Path(base) / "policyx" if base and not base.startswith("~") else None


def kept(name: str) -> bytes | None:
    """What `keep` kept under `name`; None where there is nothing, its checksum is wrong, or others could have written
    it."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        with open(folder / name, "rb", opener=_without_waiting) as stream:
            if not (_is_own(folder.stat()) and _is_own(os.fstat(stream.fileno()), stat.S_IFREG)):
                return None
            head, _, content = stream.read().partition(b"\n")
    except (OSError, ValueError):
        return None
    return content if head == _checksum(content) else None


def keep(name: str, content: bytes) -> None:
    """Keep `content` under `name`: written beside and renamed, so that a second process never reads half a file. A
    folder that is not this user's alone, or cannot be written to, keeps nothing."""
    import tempfile

    folder = cache_folder()
    if folder is None:
        return
    with contextlib.suppress(OSError, ValueError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if not _is_own(folder.stat()):
            return
        handle, draft = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_checksum(content) + b"\n" + content)
            Path(draft).replace(folder / name)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(draft).unlink()
            raise


def remembered(name: str, key: str, make: Callable[[], _Plain]) -> _Plain:
    """What `make` gives, kept under `name` for as long as `key` and the file that holds `make` stay the same; an empty
    key keeps nothing.

    It must consist of numbers, texts, None, lists, tuples and dictionaries with texts for keys. Tuples come back as
    lists, also from the call that makes them. Raises TypeError for anything else."""
    if not key:
        return make()
    file = f"{name}-{sys.implementation.cache_tag}-{_COPY:08x}.json"
    with contextlib.suppress(OSError):
        key += str(Path(make.__code__.co_filename).stat().st_mtime_ns)
    with contextlib.suppress(ValueError):  # no JSON
        found = json.loads(str(kept(file) or b"", *_ENCODED))
        if isinstance(found, list) and len(found) == 2 and found[0] == key:
            return found[1]  # type: ignore[no-any-return]
    made = _as_lists(make())
    keep(file, json.dumps([key, made], ensure_ascii=False, separators=(",", ":")).encode(*_ENCODED))
    return made  # type: ignore[no-any-return]


# values, how many words each of them has, and all of these words, parted by line ends: what thousands of words share is
# quickly read so
Shared = tuple[list[list[_T]], list[int], str]


def shared(groups: Iterable[tuple[list[_T], Sequence[str]]]) -> Shared[_T]:
    """Values with the words that have them, as plain data; `spread` makes a dictionary of it."""
    found = list(groups)
    every = [word for _, words in found for word in words]
    return [value for value, _ in found], [len(words) for _, words in found], "\n".join(every)


def spread(data: Shared[_T], made: Callable[[list[_T]], _V]) -> dict[str, _V]:
    """By each word what `made` makes of its value."""
    values, counts, words = data
    if not words:
        return {}
    return dict(zip(words.split("\n"), chain.from_iterable(map(repeat, map(made, values), counts)), strict=True))


def _as_lists(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_as_lists(item) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("only dictionaries with texts for keys can be kept")
        return {key: _as_lists(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _without_waiting(path: str, flags: int) -> int:
    """Open no link that somebody put there, and do not wait for what is a pipe."""
    return os.open(path, flags | _OPEN)


def _is_own(found: os.stat_result, kind: int = stat.S_IFDIR) -> bool:
    """Whether a file or folder is this user's, and nobody else may write to it."""
    if stat.S_IFMT(found.st_mode) != kind:
        return False
    if not hasattr(os, "geteuid"):  # Windows: the user's folder is the user's
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _checksum(content: bytes) -> bytes:
    return b"policyx-cache %08x %d" % (zlib.crc32(content), len(content))
