"""Paths as a user gives them go in, the units of work go out: a file each, or a document each of a ZIP archive.

Nothing is read here but the directories of folders and archives.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from policyx.batch.places import LocalPlace, Place
from policyx.errors import PolicyxError, ReadError
from policyx.read import INSIDE, find_files
from policyx.read.archive import is_wanted, member_name, unpacked
from policyx.read.limits import LARGEST_ARCHIVE, MOST_MEMBERS

_OFFICE = ("[Content_Types].xml", "mimetype")  # a member by which an Office file is known


class Unit(NamedTuple):
    """What is read, recorded and done again as one: the path as given, or that of a member of an archive
    (`archive.zip!/page.html`), with its number there; and its size in bytes, as far as that is told."""

    path: str
    size: int = 0
    archive: str | None = None
    member: int = 0


class Inputs(NamedTuple):
    """The units of a run, each once, the paths at which there was none, and how many files of each kind the folders
    hold beside."""

    units: tuple[Unit, ...]
    problems: tuple[ReadError, ...]
    passed: Mapping[str, int] = {}


def local_inputs(given: Iterable[str], glob: str | None = None, leave: Path | None = None) -> Inputs:
    """The units of files, folders, archives and patterns (`reports/**/*.html`) of this machine. What lies in `leave`,
    where the dataset is written, is left out."""
    found = find_files(given, glob)
    outside = [path for path in found.files if leave is None or not _is_below(path, leave)]
    units = expanded(((path, _size(path)) for path in outside), LocalPlace())
    return Inputs(tuple({unit.path: unit for unit in units}.values()), found.problems, found.passed)


def expanded(files: Iterable[tuple[str, int]], place: Place) -> Iterator[Unit]:
    """The units of files with their sizes: an archive gives one for each of its documents."""
    for path, size in files:
        members = _members(path, size, place) if path.lower().endswith(".zip") else None
        if members is None:
            yield Unit(path, size)
        else:
            yield from members


def unit_bytes(unit: Unit, place: Place) -> bytes:
    """The bytes of a unit. Raises ReadError with the reason where it cannot be read."""
    if unit.archive is None:
        return place.read(unit.path)
    archive = _opened(unit.archive, place.open)
    infos = archive.infolist()
    if unit.member >= len(infos) or unit.path != f"{unit.archive}{INSIDE}{member_name(infos[unit.member])}":
        raise ReadError(unit.path, "is not in the archive any more")
    return unpacked(archive, infos[unit.member], unit.path)


def suffix_of(unit: Unit) -> str:
    """The suffix by which a reader is chosen where the bytes do not tell."""
    return PurePosixPath(unit.path.replace("\\", "/")).suffix


def forget_archive() -> None:
    """Let go of the archive that was read last: its file may have changed."""
    _opened.cache_clear()


def paths_of_list(text: str, name: str) -> list[str]:
    """The paths of a list: one on each line, or, as `find -print0` gives them, with a NUL behind each."""
    paths = text.split("\0") if "\0" in text else text.splitlines()
    wanted = [path for path in paths if path.strip()]
    if not wanted:
        raise PolicyxError(f"{name}: the list names no file")
    return wanted


def _is_below(path: str, folder: Path) -> bool:
    return Path(path).absolute().is_relative_to(folder.absolute())


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _members(path: str, size: int, place: Place) -> list[Unit] | None:
    """A unit for each document of an archive; None where it is better left to the reader as a whole: it is no archive,
    beyond the limits, or names a member twice."""
    try:
        with place.open(path) as stream, zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
    except (ReadError, OSError, ValueError, OverflowError, NotImplementedError, zipfile.BadZipFile):
        return None
    if size > LARGEST_ARCHIVE or sum(info.file_size for info in infos) > LARGEST_ARCHIVE or len(infos) > MOST_MEMBERS:
        return None
    named = [(member_name(info), number, info) for number, info in enumerate(infos) if not info.is_dir()]
    wanted = [item for item in named if is_wanted(item[0])]
    names = {name for name, _, _ in named}
    if not wanted or len({name for name, _, _ in wanted}) < len(wanted) or names.intersection(_OFFICE):
        return None
    return [Unit(f"{path}{INSIDE}{name}", info.file_size, path, number) for name, number, info in wanted]


class _Archive(zipfile.ZipFile):
    """An archive that closes its file when it is let go of."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        super().__init__(stream)

    def close(self) -> None:
        """Close the archive and its file."""
        super().close()
        self._stream.close()


@lru_cache(maxsize=1)  # the units of an archive come one after the other
def _opened(path: str, opening: Callable[[str], object]) -> zipfile.ZipFile:
    stream = opening(path)
    try:
        return _Archive(stream)
    except (OSError, ValueError, OverflowError, NotImplementedError, zipfile.BadZipFile) as error:
        raise ReadError(path, f"is a ZIP archive, but damaged: {error}") from None
