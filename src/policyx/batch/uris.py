"""Paths and URIs (`s3://bucket/reports`) go in, the units of work go out, and the place where each of them lies.

What a URI says beside its path, keys and options, stays in the place and out of every name that a dataset shows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from policyx.batch.inputs import Inputs, Unit, expanded, local_inputs
from policyx.batch.places import ArrowPlace, LocalPlace, Place
from policyx.errors import PolicyxError, ReadError
from policyx.read.files import fits


class Places(NamedTuple):
    """Where things lie: file systems by the beginning of their paths, and the folder of this machine for the rest."""

    remote: tuple[tuple[str, ArrowPlace], ...] = ()
    local: LocalPlace = LocalPlace()

    def of(self, path: str) -> Place:
        """The place of a path."""
        return next((place for beginning, place in self.remote if path.startswith(beginning)), self.local)


def is_uri(path: str) -> bool:
    """Whether a path names a file system of its own."""
    return "://" in path


def located(uri: str) -> tuple[str, ArrowPlace]:
    """The path that a URI is known by, without keys and options, and its place."""
    from pyarrow import ArrowException, fs

    parts = urlsplit(uri)
    try:
        options = f"?{parts.query}" if parts.query else ""
        encoded = f"{parts.scheme}://{parts.netloc}{quote(parts.path, safe='/%')}{options}"
        filesystem, inner = fs.FileSystem.from_uri(encoded)
    except (ArrowException, OSError, ValueError) as error:
        raise PolicyxError(f"{parts.scheme}://…{parts.path}: cannot be reached: {error}") from None
    host = parts.netloc.rpartition("@")[2]
    root = f"{parts.scheme}://" if not inner.startswith("/") else f"{parts.scheme}://{host}"
    return root + inner.rstrip("/"), ArrowPlace(filesystem, root)


def all_inputs(given: Iterable[str], glob: str | None, leave: Path | None) -> tuple[Inputs, Places]:
    """The units of paths and URIs, and where they lie."""
    given = list(given)
    here = local_inputs([path for path in given if not is_uri(path)], glob, leave)
    units, problems = {unit.path: unit for unit in here.units}, list(here.problems)
    remote: list[tuple[str, ArrowPlace]] = []
    for uri in given:
        if is_uri(uri):
            path, place = located(uri)
            remote.append((path, place))
            found = _search(path, place, glob)
            if isinstance(found, ReadError):
                problems.append(found)
            else:
                units.update({unit.path: unit for unit in found})
    places = Places(tuple(sorted(remote, key=lambda item: -len(item[0]))), LocalPlace(str(Path().absolute())))
    return Inputs(tuple(units.values()), tuple(problems), here.passed), places


def _search(path: str, place: ArrowPlace, glob: str | None) -> list[Unit] | ReadError:
    try:
        size = place.size(path)
        if size is not None:  # a file; or nothing, which its reader will say
            return list(expanded([(path, max(size, 0))], place))
        inside = [(name, size) for name, size in place.sizes(path) if size is not None]
    except OSError as error:
        return ReadError(path, f"cannot be searched: {error}")
    wanted = [(f"{path}/{name}", size) for name, size in inside if _is_shown(name) and fits(name, glob)]
    return list(expanded(wanted, place)) if wanted else ReadError(path, "the folder holds no file that can be read")


def _is_shown(name: str) -> bool:
    return not any(part.startswith((".", "~$")) for part in name.split("/"))
