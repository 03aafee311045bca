"""What came of units goes into a folder of shards: Parquet or JSON Lines, on any file system.

    OUT/records/part-….parquet    the records of some units
    OUT/documents/part-….parquet  their documents
    OUT/failures.parquet          what could not be read, written anew at the end of each run
    OUT/_manifest/part-….json     the units of a shard: a shard counts when this is there

A unit whose records are too many for a file has a shard for itself, with several files (part-….1.parquet). A shard is
never changed. Where some of its units are done again, one with the others takes its place, and says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from policyx._version import __version__
from policyx.batch.manifest import Entry, Failure, Known
from policyx.batch.places import UNFINISHED, LocalPlace, Place
from policyx.batch.shapes import SHARD_TABLES
from policyx.batch.shards import failures_file, shard, without
from policyx.batch.spool import spooled
from policyx.batch.work import Finished
from policyx.errors import PolicyxError

MANIFEST = "_manifest"
_MOST_SIZE = 16_000_000  # characters after which a shard is written
# and seconds: few at first, so that a run that is soon killed has not worked for nothing, then a part of all the time
# that it has worked, so that a long one does not make thousands of small shards
_FIRST_SECONDS, _MOST_SECONDS, _PART = 2.0, 60.0, 0.1


class Folder:
    """A folder of shards that units are written to. `format` is `parquet` or `jsonl`."""

    def __init__(self, root: str, format: str, place: Place | None = None) -> None:
        self._root, self._format = root.rstrip("/"), format
        self._place: Place = place or LocalPlace()
        self._files: dict[str, int] = {}  # of each shard
        self._shards = self._live_shards()
        self._waiting: list[Finished] = []
        self._size = 0
        self._begun = self._since = time.monotonic()

    def known(self) -> dict[str, Known]:
        """What the manifests say, by path."""
        entries = (entry for entries in self._shards.values() for entry in entries)
        return {entry.path: Known(entry.sha256, entry.recipe, entry.state) for entry in entries}

    def prepare(self, again: Iterable[str]) -> None:
        """Take out what is done again, before it is: a shard that has it would else have it twice."""
        self.drop(again)

    def add(self, finished: Finished) -> None:
        """Take what came of a unit; it is written with those after it, or for itself where it is large."""
        if finished.spool is not None:
            self.flush()
            name, files = write_large(self._place, self._root, self._format, finished)
            self._files[name] = files
            self._shards[name] = (finished.entry,)
            return
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(finished)
        self._size += sum(part.size for part in finished.parts)
        now = time.monotonic()
        bearable = min(_MOST_SECONDS, _FIRST_SECONDS + _PART * (now - self._begun))
        if self._size > _MOST_SIZE or now - self._since > bearable:
            self.flush()

    def flush(self) -> None:
        """Write what waits as a shard."""
        if self._waiting:
            name, entries = write_shard(self._place, self._root, self._format, self._waiting)
            self._shards[name] = entries
            self._waiting, self._size = [], 0

    def drop(self, paths: Iterable[str]) -> None:
        """Take units and all that came of them out."""
        gone = set(paths)
        for name in list(self._shards):
            self._take_out(name, gone)

    def take_note(self) -> None:
        """Look anew at what is there, others having written shards. A unit that two of them have, as where a cluster
        did a task again, is left in one."""
        self._shards = self._live_shards()
        seen: set[str] = set()
        for name, entries in sorted(self._shards.items(), key=lambda item: max(e.when for e in item[1]), reverse=True):
            paths = {entry.path for entry in entries}
            self._take_out(name, paths & seen)
            seen |= paths

    def failures(self) -> list[tuple[str, Failure]]:
        """What could not be read, each with the unit that it belongs to."""
        entries = (entry for entries in self._shards.values() for entry in entries)
        return sorted((entry.path, failure) for entry in entries for failure in entry.failures)

    def totals(self) -> tuple[int, int]:
        """How many documents and records there are."""
        entries = [entry for entries in self._shards.values() for entry in entries]
        return sum(entry.documents for entry in entries), sum(entry.records for entry in entries)

    def close(self) -> None:
        """Write what waits, and the failures."""
        self.flush()
        data = failures_file(self._format, self.failures())
        self._place.write(f"{self._root}/failures.{self._format}", data)

    def discard(self) -> None:
        """Let go of what waits."""
        self._waiting = []

    def _live_shards(self) -> dict[str, tuple[Entry, ...]]:
        """The units by shard. Files of shards that were not finished, or have been replaced, are taken away."""
        shards: dict[str, tuple[Entry, ...]] = {}
        replaced: set[str] = set()
        for file in self._place.names(f"{self._root}/{MANIFEST}"):
            name, dot, kind = file.rpartition(".")
            if not dot or kind != "json":
                continue
            told = json.loads(self._place.read(f"{self._root}/{MANIFEST}/{file}"))
            if told["format"] != self._format:
                raise PolicyxError(f"{self._root}: is a dataset of {told['format']}, not of {self._format}")
            shards[name] = tuple(_entry(entry) for entry in told["entries"])
            self._files[name] = told.get("files", 1)
            replaced.update(told["replaces"])
        for name in replaced & shards.keys():
            self._delete(name)
            del shards[name]
        self._sweep(shards)
        return shards

    def _sweep(self, shards: Iterable[str]) -> None:
        live = {file for name in shards for file in self._files_of(name)}
        for table in SHARD_TABLES:
            for file in self._place.names(f"{self._root}/{table}"):
                if file not in live and (file.startswith("part-") or file.endswith(UNFINISHED)):
                    self._place.delete(f"{self._root}/{table}/{file}")
        for folder in ("", f"/{MANIFEST}"):
            for file in self._place.names(f"{self._root}{folder}"):
                if file.startswith(".") and file.endswith(UNFINISHED):
                    self._place.delete(f"{self._root}{folder}/{file}")

    def _take_out(self, name: str, gone: set[str]) -> None:
        """Put a shard without these units in place of this one."""
        entries = self._shards[name]
        kept = tuple(entry for entry in entries if entry.path not in gone)
        if len(kept) == len(entries):
            return
        if kept:
            stale = {source for entry in entries if entry.path in gone for source in entry.sources}
            self._rewrite(name, kept, stale)
        self._delete(name)
        del self._shards[name]

    def _rewrite(self, before: str, kept: tuple[Entry, ...], stale: set[str]) -> None:
        tables = {}
        for table in SHARD_TABLES:
            data = self._place.read(f"{self._root}/{table}/{before}.{self._format}")
            tables[table] = without(self._format, data, stale)
        name = _name_of(kept)
        _put(self._place, self._root, self._format, name, tables, kept, [before])
        self._shards[name] = kept

    def _delete(self, name: str) -> None:
        """Its line first: data without one does not count and is swept."""
        self._place.delete(f"{self._root}/{MANIFEST}/{name}.json")
        for table in SHARD_TABLES:
            for file in self._files_of(name):
                self._place.delete(f"{self._root}/{table}/{file}")

    def _files_of(self, name: str) -> list[str]:
        return [file_name(name, number, self._format) for number in range(self._files.get(name, 1))]


def write_shard(place: Place, root: str, format: str, units: Iterable[Finished]) -> tuple[str, tuple[Entry, ...]]:
    """Write units as a shard. Returns its name and its lines of the manifest. May be done by many at a time."""
    ordered = sorted(units, key=lambda finished: finished.entry.path)
    entries = tuple(finished.entry for finished in ordered)
    parts = [part for finished in ordered for part in finished.parts]
    tables = {table: shard(format, table, [part.tables[table] for part in parts]) for table in SHARD_TABLES}
    name = _name_of(entries)
    _put(place, root.rstrip("/"), format, name, tables, entries, [])
    return name, entries


def write_large(place: Place, root: str, format: str, finished: Finished) -> tuple[str, int]:
    """Write a unit whose records wait in a spool as a shard of its own. Returns its name and how many files it has."""
    assert finished.spool is not None
    name = _name_of((finished.entry,))
    parts = [part.tables for part in finished.parts]
    first = {table: shard(format, table, [tables[table] for tables in parts]) for table in SHARD_TABLES}
    number = 1
    for group in _groups(tables["records"] for tables in spooled(finished.spool)):
        place.write(f"{root}/records/{file_name(name, number, format)}", shard(format, "records", group))
        number += 1
    _put(place, root, format, name, first, (finished.entry,), [], number)
    return name, number


def file_name(shard: str, number: int, format: str) -> str:
    """The name of one of the files of a shard; that of the first has no number."""
    return f"{shard}.{number}.{format}" if number else f"{shard}.{format}"


def _groups(items: Iterable[str]) -> Iterator[list[str]]:
    """As many of the items as go into a file."""
    group: list[str] = []
    size = 0
    for item in items:
        group.append(item)
        size += len(item)
        if size > _MOST_SIZE:
            yield group
            group, size = [], 0
    if group:
        yield group


@contextmanager
def own_folder(root: Path) -> Iterator[None]:
    """The folder for this run alone. Raises PolicyxError where another run writes to it, or it is no dataset."""
    manifest = root / MANIFEST
    try:
        if root.is_dir() and not manifest.is_dir() and any(root.iterdir()):
            raise PolicyxError(f"{root}: is a folder with other files in it; name a new one for the dataset")
        manifest.mkdir(parents=True, exist_ok=True)
        stream = (manifest / ".lock").open("w")
    except OSError as error:
        raise PolicyxError(f"{root}: cannot be written: {error.strerror or error}") from None
    with stream, contextlib.ExitStack() as stack:
        with contextlib.suppress(ImportError):  # a system without such locks goes without
            import fcntl

            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise PolicyxError(f"{root}: another run is writing to it") from None
            stack.callback(fcntl.flock, stream, fcntl.LOCK_UN)
        yield


def _put(
    place: Place,
    root: str,
    format: str,
    name: str,
    tables: dict[str, bytes],
    entries: tuple[Entry, ...],
    replaces: list[str],
    files: int = 1,
) -> None:
    for table, data in tables.items():
        place.write(f"{root}/{table}/{name}.{format}", data)
    told: dict[str, Any] = {
        "policyx": __version__,
        "format": format,
        "replaces": replaces,
        "files": files,
        "entries": [asdict(entry) for entry in entries],
    }
    place.write(f"{root}/{MANIFEST}/{name}.json", json.dumps(told, ensure_ascii=False).encode())


def _name_of(entries: tuple[Entry, ...]) -> str:
    told = json.dumps([asdict(entry) for entry in entries])
    return f"part-{hashlib.sha256(told.encode()).hexdigest()[:20]}"


def _entry(told: dict[str, Any]) -> Entry:
    lists = {key: tuple(told[key]) for key in ("sources", "notes")}
    failures = tuple(Failure(*failure) for failure in told["failures"])
    return Entry(**{**told, **lists, "failures": failures})
