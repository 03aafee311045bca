"""Units go in, what came of each comes out, in the order in which they are finished, from several processes.

A process that hangs is killed, one that dies is replaced, and the unit that it was at is told as failed with the
reason; all others go on. Each process has a thread here that hands it work and takes its answers.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Iterable, Iterator
from queue import Empty, Queue
from threading import Condition, Thread

from policyx.batch.inputs import Unit
from policyx.batch.manifest import hash_of, unit_hash
from policyx.batch.places import LocalPlace
from policyx.batch.work import Finished, Job, Task, failed
from policyx.errors import PolicyxError, ReadError
from policyx.process.limits import Limits
from policyx.process.worker import PROGRESS, Worker

_READER = "policyx.batch.reader:reader"
_MOST = 32  # units that a process takes at a time
_HEAVY = 1_000_000  # bytes after which it takes no more of them
_STARTS = 3  # how often a process is started that somebody kills before it is ready
_TO_END = 10.0  # seconds that a thread may take to end its process
_GLANCE = 0.2  # seconds between two looks at the clock


class Pool:
    """Processes that do a job. `timeout` is what a unit may take, in seconds."""

    def __init__(self, job: Job, jobs: int, timeout: float | None = None) -> None:
        self._job, self._jobs, self._timeout = job, jobs, timeout
        self._limits = Limits(timeout, job.memory)
        self._tasks: deque[Task] = deque()
        self._change = Condition()
        self._closed = False
        # bounded: where writing is slower than reading, the processes wait
        self._results: Queue[Finished | BaseException] = Queue(maxsize=4 * jobs)
        self._workers: set[Worker] = set()
        self._threads = [Thread(target=self._keep, name=f"policyx-{number}", daemon=True) for number in range(jobs)]
        for thread in self._threads:
            thread.start()

    def run(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        """Do all of `tasks`; large units first, so that none is begun when all others are done."""
        ordered = sorted(tasks, key=lambda task: -task[0].size)
        with self._change:
            self._tasks.extend(ordered)
            self._change.notify_all()
        for _ in ordered:
            yield self._next()

    def close(self) -> None:
        """End all processes, at whatever they are."""
        with self._change:
            self._closed = True
            self._tasks.clear()
            self._change.notify_all()
        for worker in tuple(self._workers):
            worker.kill()
        with contextlib.suppress(Empty):
            while True:  # a thread that waits to put its result
                self._results.get_nowait()
        for thread in self._threads:
            thread.join(_TO_END)

    def _next(self) -> Finished:
        while True:
            self._end_the_hanging()
            try:
                result = self._results.get(timeout=_GLANCE)
            except Empty:
                continue
            if isinstance(result, BaseException):
                raise result
            return result

    def _end_the_hanging(self) -> None:
        if self._timeout is None:
            return
        now = time.monotonic()
        for worker in tuple(self._workers):
            since = worker.since
            if since is not None and now - since > self._timeout:
                worker.give_up()

    def _take(self) -> list[Task] | None:
        """The next few tasks; None when there will be none."""
        with self._change:
            while not self._tasks:
                if self._closed:
                    return None
                self._change.wait()
            most = max(1, min(_MOST, len(self._tasks) // (self._jobs * 4)))
            taken: list[Task] = []
            weight = 0
            while self._tasks and len(taken) < most and weight < _HEAVY:
                taken.append(self._tasks.popleft())
                weight += taken[-1][0].size
            return taken

    def _keep(self) -> None:
        """Keep one process busy, and another one when it has died."""
        worker: Worker | None = None
        tried: set[str] = set()
        try:
            while (tasks := self._take()) is not None:
                waiting = deque(tasks)
                while waiting and not self._closed:
                    if worker is None:
                        worker = self._started()
                    self._hand_over(worker, waiting)
                    if waiting and not self._closed:
                        late, reason = worker.timed_out, self._end_of(worker)
                        worker = None
                        unit, data = waiting[0]
                        # what went before may have used up the memory, or somebody killed it: it gets a second chance,
                        # as the first of a new process; not so what took its time already
                        if late or unit.path in tried:
                            waiting.popleft()
                            self._results.put(
                                failed(unit, self._job, reason, hash_of(data) if data else _hash_of(unit))
                            )
                        tried.add(unit.path)
        except BaseException as error:
            self._results.put(error)
        finally:
            if worker is not None:
                self._workers.discard(worker)
                worker.close()

    def _hand_over(self, worker: Worker, waiting: deque[Task]) -> None:
        """Give the tasks to a process and take its answers; those that are left over it did not live to do."""
        if not worker.order(waiting):
            return
        while waiting:
            worker.since = time.monotonic()
            answer = worker.answer()
            worker.since = None
            if answer is None:
                return
            worker.timed_out = False  # it was in time after all
            if answer != PROGRESS:
                waiting.popleft()
                self._results.put(answer)

    def _started(self) -> Worker:
        for _ in range(_STARTS):
            worker = Worker(_READER, self._job, self._limits)
            self._workers.add(worker)
            if worker.is_ready() or self._closed:
                return worker
            reason = self._end_of(worker)
        raise PolicyxError(f"a process for reading could not be started: {reason} (POLICYX_DEBUG=1 shows more)")

    def _end_of(self, worker: Worker) -> str:
        """Why a process ended."""
        self._workers.discard(worker)
        return worker.end()


def _hash_of(unit: Unit) -> str | None:
    """The hash of a unit that a process did not live to tell: by it a later run knows it again."""
    try:
        return unit_hash(unit, LocalPlace())
    except (ReadError, MemoryError):
        return None
