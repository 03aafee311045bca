"""The run of `run`, done by a Ray cluster: the same units, the same reading, the same dataset.

Ray Data hands packs of units to actors, one for each core; an actor reads them with a pool of one process, which keeps
the rules and is replaced when a document hangs or kills it, and writes a folder's shards itself. What comes back is
the lines of the manifest; only for a database, which one process has to write, the rows.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from policyx.batch.folder import Folder, write_shard
from policyx.batch.inputs import Unit, unit_bytes
from policyx.batch.manifest import recipe_of
from policyx.batch.places import Place
from policyx.batch.pool import Pool
from policyx.batch.run import Dataset, Report, Settings, Watch, count, dataset_format, opened, prepared, summed
from policyx.batch.shapes import DATABASES, SHARDS
from policyx.batch.uris import Places, all_inputs, is_uri, located
from policyx.batch.work import Finished, Job, failed
from policyx.errors import PolicyxError, ReadError
from policyx.export.registry import file_writer, require
from policyx.process.limits import MEGABYTE, fair_share

_PACK_SIZE, _PACK_UNITS = 8_000_000, 512  # bytes and units that an actor takes at a time; the shards become as large
_PACKS_EACH = 4  # so many for each actor, so that none waits long for the last one
_SMALL_SIZE, _SMALL_UNITS = 500_000, 32  # but not below this
_SHARD_SIZE = 16_000_000


def batch_on_ray(
    given: Iterable[str],
    output: str,
    settings: Settings | None = None,
    watch: Watch | None = None,
    address: str | None = None,
) -> Report:
    """As `batch`, on the Ray cluster at `address` (None: RAY_ADDRESS, else one made on this machine). What is read and
    a folder that is written may be URIs (`s3://…`); paths without a scheme must mean the same on every node.

    Raises MissingExtraError where Ray is not installed."""
    require("--engine ray", "ray", "ray")
    settings, watch = settings or Settings(), watch or Watch()
    begun = time.monotonic()
    format = _format(output, settings.format)
    recipe = recipe_of(settings.options, settings.encoding, settings.packs, settings.columns)
    inputs, places = all_inputs(given, settings.glob, None if format in DATABASES or is_uri(output) else Path(output))
    with _target(output, format) as (dataset, root, place):
        report, plan = prepared(dataset, inputs, recipe, settings, watch, places.of)
        if plan.todo:
            memory = None if settings.memory is None else settings.memory * MEGABYTE
            packs = tuple(str(Path(pack).absolute()) for pack in settings.packs)
            job = Job(format, recipe, settings.options, settings.encoding, packs, memory, settings.columns)
            shards = (place, root) if isinstance(dataset, Folder) else None
            with _connected(address) as ray:
                for finished in _on_cluster(ray, plan.todo, job, places, settings, shards):
                    if shards is None:
                        dataset.add(finished)
                    count(report, finished.entry, watch)
        if isinstance(dataset, Folder):
            dataset.take_note()
        dataset.flush()
        summed(report, inputs, dataset)
    report.seconds = time.monotonic() - begun
    return report


class Reader:
    """An actor: packs of units go in, what came of each goes out; where `shards` tells a place and a folder, the rows
    are written there and only the lines of the manifest go out."""

    def __init__(self, job: Job, places: Places, timeout: float | None, shards: tuple[Place, str] | None) -> None:
        self._job, self._places, self._shards = job, places, shards
        self._pool = Pool(job, 1, timeout)

    def __call__(self, pack: dict[str, Any]) -> dict[str, list[bytes]]:
        """Read the units of a pack."""
        units: list[Unit] = [pickle.loads(unit) for unit in pack["unit"]]
        done: list[bytes] = []
        waiting: list[Finished] = []
        size = 0
        for finished in self._read(units):
            if self._shards is None:
                done.append(pickle.dumps(finished))
                continue
            done.append(pickle.dumps(Finished(finished.entry)))
            waiting.append(finished)
            size += sum(part.size for part in finished.parts)
            if size > _SHARD_SIZE:
                self._write(waiting)
                waiting, size = [], 0
        self._write(waiting)
        return {"finished": done}

    def _read(self, units: list[Unit]) -> Iterator[Finished]:
        """A few at a time, so that their bytes need not all be held at once."""
        few = 16
        for start in range(0, len(units), few):
            tasks: list[tuple[Unit, bytes | None]] = []
            for unit in units[start : start + few]:
                try:
                    tasks.append((unit, unit_bytes(unit, self._places.of(unit.path))))
                except ReadError as error:
                    yield failed(unit, self._job, error.reason)
            yield from self._pool.run(tasks)

    def _write(self, waiting: list[Finished]) -> None:
        if waiting and self._shards is not None:
            place, root = self._shards
            write_shard(place, root, self._job.format, waiting)


def _on_cluster(
    ray: Any, units: tuple[Unit, ...], job: Job, places: Places, settings: Settings, shards: tuple[Place, str] | None
) -> Iterator[Finished]:
    """Have the units read, and tell of each when the pack is done that it is in."""
    workers = min(settings.jobs or int(ray.cluster_resources().get("CPU", 1)), len(units))
    data = import_module("ray.data")
    logging.getLogger("ray.data").setLevel(logging.ERROR)  # it tells of each step on standard error
    context = data.DataContext.get_current()
    context.enable_progress_bars = False
    if job.memory is None:
        job = replace(job, memory=fair_share(os.cpu_count() or 1))
    packs = _packs(units, workers)
    items = [{"unit": pickle.dumps(unit)} for pack in packs for unit in pack]
    done = data.from_items(items, override_num_blocks=len(packs)).map_batches(
        Reader,
        fn_constructor_args=(job, places, settings.timeout, shards),
        batch_size=None,
        compute=data.ActorPoolStrategy(size=workers),
        num_cpus=1,
    )
    for row in done.iter_rows():
        yield pickle.loads(row["finished"])


def _packs(units: tuple[Unit, ...], workers: int) -> list[list[Unit]]:
    """Packs of about the same weight: the units are dealt out by falling size."""
    weight = sum(unit.size for unit in units)
    even = min(workers * _PACKS_EACH, max(workers, weight // _SMALL_SIZE, len(units) // _SMALL_UNITS))
    number = min(len(units), max(even, weight // _PACK_SIZE, len(units) // _PACK_UNITS))
    ordered = sorted(units, key=lambda unit: -unit.size)
    return [ordered[start::number] for start in range(number)]


def _format(output: str, wanted: str | None) -> str:
    if not is_uri(output):
        return dataset_format(output, wanted)
    format = wanted or ("jsonl" if output.rstrip("/").endswith(".jsonl") else "parquet")
    if format not in SHARDS:
        raise PolicyxError(f"{output}: a {format} file cannot be written there; name a folder for shards")
    if format != "jsonl":
        file_writer(format)
    return format


@contextmanager
def _target(output: str, format: str) -> Iterator[tuple[Dataset, str, Place]]:
    """The dataset, its folder, and the place where that lies."""
    if is_uri(output):
        root, place = located(output)
        folder = Folder(root, format, place)
        try:
            yield folder, root, place
        except KeyboardInterrupt:
            folder.take_note()
            folder.close()
            raise
        folder.close()
        return
    with opened(Path(output).absolute(), format) as dataset:
        yield dataset, str(Path(output).absolute()), Places().local


def _look_for(address: str | None) -> None:
    """Ray itself tries for minutes before it says that nobody answers."""
    host, _, port = (address or "").rpartition(":")
    if not host or "/" in host or not port.isdecimal():
        return
    try:
        socket.create_connection((host, int(port)), timeout=10).close()
    except OSError as error:
        raise PolicyxError(f"the Ray cluster {address} cannot be reached: {error.strerror or error}") from None


@contextmanager
def _connected(address: str | None) -> Iterator[Any]:
    """Ray, connected; what was not connected before is left so."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing of a run is told to anybody
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # it has log files of its own
    ray = import_module("ray")
    before = ray.is_initialized()
    if not before:
        _look_for(address)
        try:
            ray.init(address=address, log_to_driver=False, logging_level="error")
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise PolicyxError(f"the Ray cluster {address or ''} cannot be reached: {error}") from None
    try:
        yield ray
    except ray.exceptions.RayError as error:
        raise PolicyxError(f"Ray: {str(error).strip().splitlines()[-1]}") from None
    finally:
        if not before:
            with contextlib.suppress(Exception):
                ray.shutdown()
