"""Files and a task go in, the parts of the output come out; what cannot be read is said and counted on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyx.cli.language import said
from policyx.cli.output import Progress, missing_extras, note, passed_over
from policyx.cli.work import Task, outcomes

if TYPE_CHECKING:
    from policyx.read import Found


class Reading:
    """One run over files. `read` and `records` count what was read, `failed` the inputs that could not be; `passed` has
    each of these, and what was left out of folders, with the reason."""

    def __init__(
        self, found: Found, given: Sequence[str], task: Task, jobs: int | None, output: str | None, *, to_screen: bool
    ) -> None:
        """Says at once what is not there, what is passed over and what is missing to read some of the files. What an
        earlier run left at `output`, in a folder that is read, is none of them."""
        self._files = [path for path in found.files if path in given or not _same(path, output)]
        self._task, self._jobs = task, jobs
        self._progress = Progress(len(self._files), to_screen=to_screen)
        self.failed = len(found.problems)
        self.read = self.records = 0
        self.passed = [(problem.path, said(problem.reason)) for problem in found.problems]
        folders = ", ".join(path for path in given if Path(path).is_dir())
        self.passed += [(folders, f"{count} {kind}") for kind, count in found.passed.items()]
        for problem in found.problems:
            note(str(problem))
        passed_over(found.passed, given)
        missing_extras(self._files)

    def parts(self) -> Iterator[Any]:
        """What the task made of each document that could be read."""
        finished = 0
        for done in outcomes(self._files, self._task, self._jobs):
            finished += done.last
            self._progress.step(finished)
            for what in (done.error,) if done.error is not None else done.notes:
                self._progress.clear()
                note(f"{'standard input' if done.path == '-' else done.path}: {what}")
                self.passed.append((done.path, said(what)))
            if done.error is not None:
                self.failed += 1
                continue
            self.read += not done.continues
            self.records += done.records
            yield done.part
        self._progress.clear()


def _same(path: str, output: str | None) -> bool:
    """Whether an output that is there already is the file at `path`."""
    try:
        return output is not None and Path(path).samefile(output)
    except OSError:
        return False
