"""What a dataset knows of the units that it was made of, and what of a new run is therefore still to be done.

A unit is known by its path; whether it has changed, the hash of its bytes tells, never its time. What the records
depend on besides (version, rules, options) is the recipe, and with another recipe everything is done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from policyx._version import __version__
from policyx.batch.inputs import Unit, forget_archive, unit_bytes
from policyx.batch.places import Place
from policyx.errors import ReadError
from policyx.export.dataset import storable
from policyx.pipeline import Options
from policyx.read import Columns

DONE, PARTIAL, FAILED = "done", "partial", "failed"


class Failure(NamedTuple):
    """A document that could not be read, the reason, and when that was."""

    path: str
    reason: str
    when: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a unit. `sources` are the documents that it gave; `sha256` is None where its bytes could not
    even be had. `state` is `partial` where some of its documents failed."""

    path: str
    sha256: str | None
    size: int
    recipe: str
    documents: int
    records: int
    sources: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    when: str = ""

    @property
    def state(self) -> str:
        """How it went."""
        if not self.failures:
            return DONE
        return PARTIAL if self.documents else FAILED


class Known(NamedTuple):
    """What a new run has to know of an entry."""

    sha256: str | None
    recipe: str
    state: str


class Plan(NamedTuple):
    """What is to be done, those of it that were done before with other bytes or by another recipe, how many are as
    they were, and the units whose file is gone."""

    todo: tuple[Unit, ...]
    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


def key_of(path: str) -> str:
    """The path as datasets can hold it."""
    return storable(path) or ""


def recipe_of(options: Options, encoding: str | None, packs: Iterable[str], columns: Columns) -> str:
    """A name for all that records depend on besides the bytes of their document."""
    from policyx import rules

    digest = hashlib.sha256()
    home = Path(rules.__file__).parent
    for path in sorted(home.rglob("*.toml")):
        digest.update(path.relative_to(home).as_posix().encode())
        digest.update(path.read_bytes())
    told: list[Any] = [__version__, encoding, options.title, options.date, options.place, sorted(options.skip_repairs)]
    told += [] if options.min_confidence is None else [options.min_confidence]
    told.append(sorted(columns.given().items()))
    digest.update(repr(told).encode())
    for pack in packs:
        digest.update(b"\0pack\0")
        digest.update(Path(pack).read_bytes())
    return digest.hexdigest()[:16]


def planned(
    units: Iterable[Unit],
    known: Mapping[str, Known],
    recipe: str,
    place_of: Callable[[str], Place],
    retry_failed: bool = False,
) -> Plan:
    """What of `units` is to be done."""
    todo: list[Unit] = []
    changed: list[str] = []
    unchanged = 0
    given: set[str] = set()
    for unit in units:
        key = key_of(unit.path)
        given.add(key)
        before = known.get(key)
        if before is not None and not _again(unit, before, recipe, place_of(unit.path), retry_failed):
            unchanged += 1
            continue
        todo.append(unit)
        if before is not None:
            changed.append(key)
    forget_archive()
    removed = [path for path, before in known.items() if path not in given and before.sha256 and _is_gone(path)]
    return Plan(tuple(todo), tuple(changed), unchanged, tuple(sorted(removed)))


def hash_of(data: bytes) -> str:
    """The hash by which a content is known."""
    return hashlib.sha256(data).hexdigest()


def unit_hash(unit: Unit, place: Place) -> str:
    """The hash of a unit's bytes, which are read a little at a time where they may be. Raises ReadError."""
    if unit.archive is not None:
        return hash_of(unit_bytes(unit, place))
    with place.open(unit.path) as stream:
        try:
            return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
        except OSError as error:
            raise ReadError(unit.path, f"cannot be read: {error.strerror or error}") from None


def _again(unit: Unit, before: Known, recipe: str, place: Place, retry_failed: bool) -> bool:
    if before.recipe != recipe or before.sha256 is None or (retry_failed and before.state != DONE):
        return True
    try:
        return unit_hash(unit, place) != before.sha256
    except ReadError:
        return True


def _is_gone(path: str) -> bool:
    """Whether the file of a unit is not there any more; of what lies elsewhere nobody knows, and nor of a member of an
    archive that is there: then it was taken out of it."""
    return "://" not in path and not Path(path).exists()
