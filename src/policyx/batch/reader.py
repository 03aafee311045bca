"""A job goes in, the function that a process of the pool does it with comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policyx.batch.large import finished_large
from policyx.batch.work import Finished, Job, Task, finished, is_large, rules_of


def reader(job: Job) -> Callable[[Task], Iterator[Finished | str]]:
    """A function that reads units for a job; it yields PROGRESS while it is at a large one, and what came of each."""
    rules = rules_of(job)

    def read(task: Task) -> Iterator[Finished | str]:
        unit, data = task
        if data is None and job.spool is not None and is_large(unit):
            yield from finished_large(unit, job, rules)
        else:
            yield finished(unit, job, rules, data)

    return read
