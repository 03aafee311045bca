"""Paths as a user gives them go in, files to read go out: folders are searched, everything else stands for itself."""

from __future__ import annotations

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from policyx.errors import ReadError
from policyx.read.registry import READERS, SUFFIXES


class Found(NamedTuple):
    """Files to read, in order, and the paths at which none could be found."""

    files: tuple[str, ...]
    problems: tuple[ReadError, ...]


def find_files(paths: Iterable[str], glob: str | None = None) -> Found:
    """The files that `paths` stand for, each once, in the order given; a folder's are sorted.

    In folders, at any depth, files match whose name fits `glob` (upper and lower case alike; with a `/` in it, whose
    path below the folder fits); without one, those whose suffix a reader knows. What is hidden is skipped, links to
    folders are not followed. A file that is named itself always counts, and whether it can be read is for `read_file`
    to say."""
    files: dict[str, None] = {}
    problems: list[ReadError] = []
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            files[path] = None
            continue
        inside, unreadable = _search(path, glob)
        problems.extend(unreadable)
        if not inside and not unreadable:
            wanted = f"fits {glob}" if glob else f"can be read ({', '.join(reader.format for reader in READERS)})"
            problems.append(ReadError(path, f"the folder holds no file that {wanted}"))
        files.update(dict.fromkeys(inside))
    return Found(tuple(files), tuple(problems))


def _search(folder: str, glob: str | None) -> tuple[list[str], list[ReadError]]:
    found: list[str] = []
    problems: list[ReadError] = []

    def report(error: OSError) -> None:
        problems.append(ReadError(str(error.filename), f"the folder cannot be searched: {error.strerror}"))

    for base, folders, names in os.walk(folder, onerror=report):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(base, folder)
        for name in names:
            inner = name if below == "." else f"{below}/{name}".replace(os.sep, "/")
            if not name.startswith((".", "~$")) and fits(inner, glob):
                found.append(inner if folder == "." else f"{base.rstrip('/' + os.sep)}{os.sep}{name}")
    return sorted(found), problems


def fits(inner: str, glob: str | None) -> bool:
    """Whether a file is wanted whose path below its folder is `inner`, with `/` between its parts."""
    name = inner.rpartition("/")[2]
    if glob is None:
        return name.lower().endswith(SUFFIXES)
    return fnmatchcase((inner if "/" in glob else name).lower(), glob.lower())
