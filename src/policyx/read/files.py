"""Paths as a user gives them go in, files to read go out: folders are searched, patterns looked up, everything else
stands for itself."""

from __future__ import annotations

import glob as globs
import os
import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from policyx.errors import ReadError
from policyx.read.registry import READERS, SUFFIXES
from policyx.tuples import NamedTuple

HIDDEN, TEMPORARY, LINKED, WITHOUT_SUFFIX = "hidden", "temporary", "linked folder", "without suffix"
WEB_ADDRESS = (
    "is a web address, and policyx never goes to the network; save the page from a browser (Ctrl+S) as an HTML file "
    "and name that"
)


class Found(NamedTuple):
    """Files to read, in order, the paths at which none could be found, and what folders hold beside: how many files of
    each kind were passed over. A kind is a suffix, `hidden`, `temporary` (a lock file of an office program), `linked
    folder` or `without suffix`."""

    files: tuple[str, ...]
    problems: tuple[ReadError, ...]
    passed: Mapping[str, int] = {}


def find_files(paths: Iterable[str], glob: str | None = None) -> Found:
    """The files that `paths` stand for, each once, in the order given; a folder's are sorted, and so are those that fit
    a pattern (`reports/**/*.html`), which is looked up only where no file has it as its name.

    In folders, at any depth, files match whose name fits `glob` (upper and lower case alike; with a `/` in it, whose
    path below the folder fits); without one, those whose suffix a reader knows. What is hidden is skipped, links to
    folders are not followed; pipes, sockets and devices are problems, because who reads them may wait for ever. A file
    that is named itself always counts, and whether it can be read is for `read_file` to say."""
    files: dict[str, None] = {}
    problems: list[ReadError] = []
    passed: Counter[str] = Counter()
    given: list[str] = []
    for path in paths:
        matches = _matches(path)
        if is_web_address(path):
            problems.append(ReadError(path, WEB_ADDRESS))
        elif matches is None:
            problems.append(ReadError(path, "nothing fits this pattern"))
        else:
            given += matches
    for path in given:
        if path == "-" or not Path(path).is_dir():
            files[path] = None
            continue
        inside, unreadable = _search(path, glob, passed)
        problems.extend(unreadable)
        if not inside and not unreadable:
            wanted = f"fits {glob}" if glob else f"can be read ({', '.join(reader.format for reader in READERS)})"
            problems.append(ReadError(path, f"the folder holds no file that {wanted}"))
        files.update(dict.fromkeys(inside))
    return Found(tuple(files), tuple(problems), dict(passed.most_common()))


def is_web_address(path: str) -> bool:
    """Whether somebody gave the address of a page in place of a file."""
    return path.lower().startswith(("http://", "https://", "ftp://", "www.")) and not Path(path).exists()


def _matches(path: str) -> list[str] | None:
    """What fits a pattern; a path that is none stands for itself. None where nothing fits."""
    if Path(path).exists() or not globs.has_magic(path):
        return [path]
    return sorted(globs.glob(path, recursive=True)) or None  # noqa: PTH207 - Path.glob takes no absolute pattern


def _search(folder: str, glob: str | None, passed: Counter[str]) -> tuple[list[str], list[ReadError]]:
    found: list[str] = []
    problems: list[ReadError] = []

    def report(error: OSError) -> None:
        problems.append(ReadError(str(error.filename), f"the folder cannot be searched: {error.strerror}"))

    for base, folders, names in os.walk(folder, onerror=report):
        passed[HIDDEN] += sum(name.startswith(".") for name in folders)
        passed[LINKED] += sum(Path(base, name).is_symlink() for name in folders if not name.startswith("."))
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(base, folder)
        for name in names:
            inner = name if below == "." else f"{below}/{name}".replace(os.sep, "/")
            if not name.startswith((".", "~$")) and fits(inner, glob):
                path = inner if folder == "." else f"{base.rstrip('/' + os.sep)}{os.sep}{name}"
                special = special_kind(path)
                if special is None:
                    found.append(path)
                else:
                    problems.append(ReadError(path, f"is {special}, not a file"))
            else:
                passed[_kind(name)] += 1
    passed += Counter()  # kinds that did not occur
    return sorted(found), problems


def _kind(name: str) -> str:
    """The kind of a file that is passed over."""
    if name.startswith("~$"):
        return TEMPORARY
    if name.startswith("."):
        return HIDDEN
    return PurePath(name).suffix.lower() or WITHOUT_SUFFIX


def fits(inner: str, glob: str | None) -> bool:
    """Whether a file is wanted whose path below its folder is `inner`, with `/` between its parts."""
    name = inner.rpartition("/")[2]
    if glob is None:
        return name.lower().endswith(SUFFIXES)
    return fnmatchcase((inner if "/" in glob else name).lower(), glob.lower())


def special_kind(path: str) -> str | None:
    """What a path is that is there and is neither file nor folder: a pipe, a socket, a device; links are followed."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return None
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
