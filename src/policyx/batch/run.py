"""Paths go in, a dataset comes out: what is not in it yet is read by several processes of this machine.

A run that is ended in the middle, however, leaves a dataset of whole units; the next one goes on from there.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from policyx.batch.database import Database
from policyx.batch.folder import Folder, own_folder
from policyx.batch.inputs import Inputs, local_inputs
from policyx.batch.manifest import Entry, Failure, Known, Plan, key_of, planned, recipe_of
from policyx.batch.places import LocalPlace, Place
from policyx.batch.pool import Pool
from policyx.batch.shapes import DATABASES, SHARDS
from policyx.batch.spool import forget
from policyx.batch.work import Finished, Job
from policyx.errors import PolicyxError
from policyx.export.registry import file_writer, format_of
from policyx.pipeline import Options
from policyx.process.limits import MEGABYTE, fair_share
from policyx.read import Columns

_DEFAULT = "parquet"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done. `jobs` processes (None: one per core); `timeout` in seconds and `memory` in megabytes are what
    a unit and a process may take (None: no bound in time, a fair share of the memory). `retry_failed` does again what
    failed before, `prune` takes out what is not there any more."""

    format: str | None = None
    glob: str | None = None
    encoding: str | None = None
    options: Options = field(default_factory=Options)
    packs: tuple[str, ...] = ()
    jobs: int | None = None
    timeout: float | None = 300.0
    memory: int | None = None
    retry_failed: bool = False
    prune: bool = False
    columns: Columns = field(default_factory=Columns)


@dataclass(slots=True)
class Report:
    """What a run did: how many units it was given, and of these were done, found unchanged, and done again for a
    change; what came of those done; all that failed among those given, also in earlier runs; the units of the dataset
    whose file is gone; what the dataset holds now; the seconds that it took; and how many files of each kind were
    passed over in folders, because no reader knows them."""

    given: int = 0
    done: int = 0
    unchanged: int = 0
    changed: int = 0
    documents: int = 0
    records: int = 0
    failures: list[Failure] = field(default_factory=list)
    removed: tuple[str, ...] = ()
    total_documents: int = 0
    total_records: int = 0
    seconds: float = 0.0
    passed: Mapping[str, int] = field(default_factory=dict)


class Watch:
    """Somebody who is told how a run goes; this one does nothing about it."""

    def begins(self, plan: Plan) -> None:
        """It is known what is to be done."""

    def fails(self, failure: Failure) -> None:
        """A document, or a path at which there is none, failed."""

    def finishes(self, entry: Entry) -> None:
        """A unit is done."""


class Dataset(Protocol):
    """Where units are written to: `Database` and `Folder`."""

    def known(self) -> dict[str, Known]:
        """What its manifest says, by path."""

    def prepare(self, again: Iterable[str]) -> None:
        """Get ready for units that are there already."""

    def add(self, finished: Finished) -> None:
        """Take what came of a unit."""

    def flush(self) -> None:
        """Write what waits."""

    def drop(self, paths: Iterable[str]) -> None:
        """Take units out."""

    def failures(self) -> list[tuple[str, Failure]]:
        """What could not be read, each with its unit."""

    def totals(self) -> tuple[int, int]:
        """How many documents and records there are."""

    def close(self) -> None:
        """Write what waits, and close."""

    def discard(self) -> None:
        """Close as it is."""


def batch(given: Iterable[str], output: str, settings: Settings | None = None, watch: Watch | None = None) -> Report:
    """Read what files, folders, archives and patterns hold into the dataset at `output`: a `.sqlite` or `.duckdb`
    file, or a folder of Parquet or JSON Lines shards.

    Raises PolicyxError where the dataset cannot be written, RuleError for wrong rules."""
    settings, watch = settings or Settings(), watch or Watch()
    begun = time.monotonic()
    format = dataset_format(output, settings.format)
    recipe = recipe_of(settings.options, settings.encoding, settings.packs, settings.columns)
    target, here = Path(output), LocalPlace()
    inputs = local_inputs(given, settings.glob, None if format in DATABASES else target)
    with opened(target, format) as dataset:
        report, plan = prepared(dataset, inputs, recipe, settings, watch, lambda _: here)
        if plan.todo:
            jobs = min(settings.jobs or os.cpu_count() or 1, len(plan.todo))
            memory = fair_share(jobs) if settings.memory is None else settings.memory * MEGABYTE
            told = (settings.options, settings.encoding, settings.packs, memory, settings.columns)
            with TemporaryDirectory(prefix="policyx-") as spool:
                pool = Pool(Job(format, recipe, *told, spool), jobs, settings.timeout)
                try:
                    for finished in pool.run((unit, None) for unit in plan.todo):
                        dataset.add(finished)
                        forget(finished.spool)
                        count(report, finished.entry, watch)
                finally:
                    pool.close()
        dataset.flush()
        summed(report, inputs, dataset)
    report.seconds = time.monotonic() - begun
    return report


def dataset_format(output: str, wanted: str | None) -> str:
    """The format of a dataset: as it is asked for, else by the suffix, else by what is there, else Parquet.

    Raises MissingExtraError where its package is not installed."""
    by_suffix = format_of(output) or ("jsonl" if output.rstrip("/").endswith(".jsonl") else None)
    format = wanted or by_suffix or _format_there(Path(output)) or _DEFAULT
    if format not in (*DATABASES, *SHARDS):
        raise PolicyxError(f"{output}: a dataset is a .sqlite or .duckdb file or a folder of Parquet or JSON Lines")
    if wanted in SHARDS and by_suffix in DATABASES:
        raise PolicyxError(f"{output}: names a {by_suffix} file, which is no folder for {wanted}")
    if format in DATABASES and Path(output).is_dir():
        raise PolicyxError(f"{output}: is a folder, not a {format} file")
    if format in SHARDS and Path(output).is_file():
        raise PolicyxError(f"{output}: is a file, and a dataset of {format} is a folder of shards")
    if format != "jsonl":
        file_writer(format)
    return format


@contextmanager
def opened(target: Path, format: str) -> Iterator[Dataset]:
    """The dataset. What was added is kept when the run is interrupted; it closes without when something is wrong."""
    if format in DATABASES:
        yield from _writing(Database(target, format))
    else:
        with own_folder(target):
            yield from _writing(Folder(str(target), format))


def prepared(
    dataset: Dataset,
    inputs: Inputs,
    recipe: str,
    settings: Settings,
    watch: Watch,
    place_of: Callable[[str], Place],
) -> tuple[Report, Plan]:
    """What is to be done; the dataset is ready for it."""
    report = Report(given=len(inputs.units), passed=inputs.passed)
    for problem in inputs.problems:
        watch.fails(Failure(problem.path, problem.reason, ""))
    plan = planned(inputs.units, dataset.known(), recipe, place_of, settings.retry_failed)
    dataset.prepare(plan.changed)
    if settings.prune and plan.removed:
        dataset.drop(plan.removed)
    report.unchanged, report.changed, report.removed = plan.unchanged, len(plan.changed), plan.removed
    watch.begins(plan)
    return report, plan


def count(report: Report, entry: Entry, watch: Watch) -> None:
    """Add what came of a unit to the report."""
    report.done += 1
    report.documents += entry.documents
    report.records += entry.records
    for failure in entry.failures:
        watch.fails(failure)
    watch.finishes(entry)


def summed(report: Report, inputs: Inputs, dataset: Dataset) -> None:
    """Tell what the dataset holds now."""
    given = {key_of(unit.path) for unit in inputs.units}
    report.failures = [Failure(problem.path, problem.reason, "") for problem in inputs.problems]
    report.failures += [failure for unit, failure in dataset.failures() if unit in given]
    report.total_documents, report.total_records = dataset.totals()


def _writing(dataset: Dataset) -> Iterator[Dataset]:
    try:
        yield dataset
    except KeyboardInterrupt:
        dataset.close()
        raise
    except BaseException:
        dataset.discard()
        raise
    dataset.close()


def _format_there(folder: Path) -> str | None:
    """The format of a folder that holds a dataset already."""
    for format in SHARDS:
        if any((folder / "records").glob(f"part-*.{format}")):
            return format
    return None
