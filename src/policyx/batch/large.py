"""A plain text too large for memory goes in as a unit, what came of it goes out: it is read in parts, and the rows of
its records wait in a file, its spool, until they are written."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from policyx.batch.inputs import Unit
from policyx.batch.manifest import unit_hash
from policyx.batch.places import LocalPlace
from policyx.batch.shapes import Part, shaped
from policyx.batch.spool import forget
from policyx.batch.work import Account, Finished, Job, failed
from policyx.errors import ReadError
from policyx.export.continued import JoinedRows
from policyx.pipeline import read_source
from policyx.process.worker import PROGRESS
from policyx.read import read_parts
from policyx.rules import Rules

_APART = ("records", "checks")  # tables whose rows wait in the spool


def finished_large(unit: Unit, job: Job, rules: Rules) -> Iterator[Finished | str]:
    """Read a large unit: PROGRESS after each of its parts, then what came of it. One that is no plain text is read as
    any other."""
    account, joined, whole = Account(), JoinedRows(), Part(unit.path, 0, {}, 0)
    handle, spool = tempfile.mkstemp(dir=job.spool)
    told = job.options
    try:
        known = unit_hash(unit, LocalPlace())
        with os.fdopen(handle, "wb") as stream:
            for item in read_parts(unit.path, job.encoding, job.columns):
                with account.reading(item) as source:
                    if source is None:
                        continue
                    document = read_source(source, options=job.options if source.begins else told, rules=rules)
                    if source.format == "txt":
                        told = job.options._replace(title=document.title, date=document.date, place=document.place)
                        part = shaped(document, job.format, joined.add(document))
                        whole = _with(whole, part, stream)
                    else:
                        account.parts.append(shaped(document, job.format))
                yield PROGRESS
    except ReadError as error:
        forget(spool)
        yield failed(unit, job, error.reason)
        return
    except OSError as error:
        forget(spool)
        yield failed(unit, job, f"its records cannot be kept until they are written: {error.strerror or error}")
        return
    if whole.tables:
        account.parts.append(whole)
    yield account.closed(unit, job, known, unit.size, spool)


def _with(whole: Part, part: Part, stream: BinaryIO) -> Part:
    """The document with one part more, whose records go to the spool."""
    apart = {table: rows for table, rows in part.tables.items() if table in _APART}
    pickle.dump(apart, stream, pickle.HIGHEST_PROTOCOL)
    empty = {table: type(rows)() for table, rows in apart.items()}
    return Part(part.source, whole.records + part.records, {**part.tables, **empty}, 0)
