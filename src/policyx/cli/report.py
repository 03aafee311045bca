"""`policyx report`: documents in, one HTML page out that shows every record beside its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli.options import (
    Encoding,
    Glob,
    Lang,
    RuleFiles,
    SkipRepair,
    checked_encoding,
    checked_repairs,
    language,
)

if TYPE_CHECKING:
    from policyx.report import ShownDocument


def report(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders (searched recursively), - for standard input.")
    ],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE.html", help="The page to write (- is standard output)."),
    ] = None,
    glob: Glob = None,
    encoding: Encoding = None,
    rules: RuleFiles = None,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", metavar="N", min=0, envvar="POLICYX_JOBS", help="Processes; 0 is one per core."),
    ] = None,
    lang: Lang = None,
    skip_repair: SkipRepair = None,
) -> None:
    """Write one HTML page with all records beside their text: counts and gaps, table, charts, review. It needs no
    network."""
    from policyx.cli.output import Progress, note, on_terminal, results
    from policyx.cli.work import Task, outcomes, rules_of
    from policyx.export import Selection, View
    from policyx.pipeline import Options
    from policyx.read import find_files
    from policyx.report import Passed, shown_document
    from policyx.report import report as page_of

    if output is None and on_terminal():
        raise typer.BadParameter("Name the page to write: say -o FILE.html.", param_hint="--output")
    checked_encoding(encoding)
    view = View(lang=language(lang))
    packs = tuple(str(path) for path in rules or ())
    rules_of(packs)  # here and not in each process: a wrong rule file is reported once
    options = Options(skip_repairs=checked_repairs(skip_repair))
    task = Task("report", view, Selection(), options, encoding, packs, shape=shown_document)
    found = find_files(paths, glob)
    passed = [Passed(problem.path, problem.reason) for problem in found.problems]
    for problem in found.problems:
        note(str(problem))
    progress = Progress(len(found.files), to_screen=False)
    shown = records = 0
    failed = len(passed)

    def documents() -> Iterator[ShownDocument]:
        nonlocal shown, records, failed
        finished = 0
        for done in outcomes(found.files, task, jobs):
            finished += done.last
            progress.step(finished)
            name = "standard input" if done.path == "-" else done.path
            for what in (done.error,) if done.error is not None else done.notes:
                progress.clear()
                note(f"{name}: {what}")
                passed.append(Passed(done.path, what))
            if done.error is not None:
                failed += 1
            else:
                shown += 1
                records += done.records
                yield done.part

    with results(output) as write:
        for piece in page_of(documents(), lang=view.lang, passed=passed):
            write(piece)
    progress.clear()
    if output not in (None, "-"):
        note(f"{records} records of {shown} documents, written to {output}")
    if failed:
        raise typer.Exit(1)
