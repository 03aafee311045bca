"""A unit goes in, what came of it goes out: its rows as the dataset takes them, and what could not be read, and why.

This is what a process of a pool does, on this machine or on another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from policyx.batch.inputs import Unit, suffix_of, unit_bytes
from policyx.batch.manifest import Entry, Failure, hash_of, key_of
from policyx.batch.places import LocalPlace, Place
from policyx.batch.shapes import Part, shaped
from policyx.errors import PolicyxError, ReadError
from policyx.pipeline import Options, read_source
from policyx.read import Columns, Source, documents_in
from policyx.read.stream import LARGE
from policyx.rules import Rules, builtin_rules, load_rules


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every unit. `format` is the dataset's; `memory` is what a process may take, in bytes; `spool` a
    folder for the rows of what is too large to be sent in one piece, None where all is sent so."""

    format: str
    recipe: str
    options: Options = field(default_factory=Options)
    encoding: str | None = None
    packs: tuple[str, ...] = ()
    memory: int | None = None
    columns: Columns = field(default_factory=Columns)
    spool: str | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a unit: its line in the manifest, and the rows of each of its documents; the records of what was too
    large are in the file `spool`, and not in its part."""

    entry: Entry
    parts: tuple[Part, ...] = ()
    spool: str | None = None


Task = tuple[Unit, bytes | None]  # a unit and, where a process cannot read it itself, its bytes


def is_large(unit: Unit) -> bool:
    """Whether a unit is read in parts, if it is plain text."""
    return unit.archive is None and unit.size >= LARGE


def rules_of(job: Job) -> Rules:
    """The rules of a job."""
    return load_rules(job.packs) if job.packs else builtin_rules()


def finished(unit: Unit, job: Job, rules: Rules, data: bytes | None = None, place: Place | None = None) -> Finished:
    """Read a unit, whose bytes are `data` or else are read; whatever goes wrong is told in the entry. Only a
    MemoryError comes through: this process should not go on."""
    try:
        data = unit_bytes(unit, place or LocalPlace()) if data is None else data
    except ReadError as error:
        return failed(unit, job, error.reason)
    account = Account()
    for item in _documents(unit, data, job):
        with account.reading(item) as source:
            if source is not None:
                account.parts.append(shaped(read_source(source, options=job.options, rules=rules), job.format))
    return account.closed(unit, job, hash_of(data), len(data))


class Account:
    """What comes of a unit, document by document."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._failures: list[Failure] = []
        self._notes: list[str] = []
        self._empty = True

    @contextmanager
    def reading(self, item: Source | ReadError) -> Iterator[Source | None]:
        """The document to read, None where it is an error; a fault of ours while it is read is told as one of it."""
        self._empty = False
        if isinstance(item, ReadError):
            _raise_for_memory(item)
            self._failures.append(Failure(key_of(item.path), key_of(item.reason), _now()))
            yield None
            return
        try:
            yield item
        except MemoryError:
            raise
        except Exception as error:
            self._failures.append(Failure(key_of(item.path), _fault(error), _now()))
        else:
            self._notes += [key_of(f"{item.path}: {note}") for note in item.notes]

    def closed(self, unit: Unit, job: Job, known: str, size: int, spool: str | None = None) -> Finished:
        """What came of the unit, whose bytes have the hash `known`."""
        if self._empty:
            return failed(unit, job, "holds no document", known)
        parts = tuple(self.parts)
        entry = Entry(
            key_of(unit.path),
            known,
            size,
            job.recipe,
            len(parts),
            sum(part.records for part in parts),
            tuple(part.source for part in parts),
            tuple(self._failures),
            tuple(self._notes),
            _now(),
        )
        return Finished(entry, parts, spool)


def failed(unit: Unit, job: Job, reason: str, known: str | None = None) -> Finished:
    """What is told of a unit of which nothing came; `known` is the hash of its bytes."""
    path, when = key_of(unit.path), _now()
    entry = Entry(path, known, unit.size, job.recipe, 0, 0, (), (Failure(path, key_of(reason), when),), (), when)
    return Finished(entry)


def _documents(unit: Unit, data: bytes, job: Job) -> Iterator[Source | ReadError]:
    try:
        yield from documents_in(data, unit.path, job.encoding, suffix_of(unit), job.columns)
    except MemoryError:
        raise
    except PolicyxError as error:
        yield ReadError(unit.path, str(error))
    except Exception as error:
        yield ReadError(unit.path, _fault(error))


def _raise_for_memory(error: ReadError) -> None:
    """The reader of an archive makes every fault of a member an error of that member."""
    if error.reason.startswith("policyx failed: MemoryError"):
        raise MemoryError(error.reason)


def _fault(error: Exception) -> str:
    if os.environ.get("POLICYX_DEBUG"):
        import traceback

        traceback.print_exception(error)
    return key_of(f"policyx failed: {type(error).__name__}: {error} (POLICYX_DEBUG=1 shows where)")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
