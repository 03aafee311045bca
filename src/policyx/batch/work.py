"""A unit goes in, what came of it goes out: its rows as the dataset takes them, and what could not be read, and why.

This is what a process of a pool does, on this machine or on another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from policyx.batch.inputs import Unit, suffix_of, unit_bytes
from policyx.batch.manifest import Entry, Failure, hash_of, key_of
from policyx.batch.places import LocalPlace, Place
from policyx.batch.shapes import Part, shaped
from policyx.errors import PolicyxError, ReadError
from policyx.pipeline import Options, read_source
from policyx.read import Columns, Source, documents_in
from policyx.rules import Rules, builtin_rules, load_rules


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every unit. `format` is the dataset's; `memory` is what a process may take, in bytes."""

    format: str
    recipe: str
    options: Options = field(default_factory=Options)
    encoding: str | None = None
    packs: tuple[str, ...] = ()
    memory: int | None = None
    columns: Columns = field(default_factory=Columns)


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a unit: its line in the manifest, and the rows of each of its documents."""

    entry: Entry
    parts: tuple[Part, ...] = ()


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
    parts: list[Part] = []
    failures: list[Failure] = []
    notes: list[str] = []
    empty = True
    for item in _documents(unit, data, job):
        empty = False
        if isinstance(item, ReadError):
            _raise_for_memory(item)
            failures.append(Failure(key_of(item.path), key_of(item.reason), _now()))
            continue
        try:
            parts.append(shaped(read_source(item, options=job.options, rules=rules), job.format))
        except MemoryError:
            raise
        except Exception as error:
            failures.append(Failure(key_of(item.path), _fault(error), _now()))
        else:
            notes += [key_of(f"{item.path}: {note}") for note in item.notes]
    if empty:
        return failed(unit, job, "holds no document", data)
    entry = Entry(
        key_of(unit.path),
        hash_of(data),
        len(data),
        job.recipe,
        len(parts),
        sum(part.records for part in parts),
        tuple(part.source for part in parts),
        tuple(failures),
        tuple(notes),
        _now(),
    )
    return Finished(entry, tuple(parts))


def failed(unit: Unit, job: Job, reason: str, data: bytes | None = None) -> Finished:
    """What is told of a unit of which nothing came."""
    path, when = key_of(unit.path), _now()
    known = None if data is None else hash_of(data)
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
