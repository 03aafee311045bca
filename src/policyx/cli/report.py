"""`policyx report`: documents in, one HTML page out that shows every record beside its text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli.options import (
    Encoding,
    Glob,
    Lang,
    MinConfidence,
    RuleFiles,
    SkipRepair,
    checked_encoding,
    checked_repairs,
    language,
)

if TYPE_CHECKING:
    from policyx.cli.reading import Reading
    from policyx.report import ShownDocument
    from policyx.rules import Rules


def report(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...|DATASET", help="Files, folders, - for standard input, or a dataset."),
    ],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE.html", help="The page to write (- is standard output)."),
    ] = None,
    glob: Glob = None,
    encoding: Encoding = None,
    rules: RuleFiles = None,
    min_confidence: MinConfidence = None,
    texts: Annotated[
        bool,
        typer.Option("--texts", help="Show the whole texts of a dataset's documents, if their files are still there."),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", metavar="N", min=0, envvar="POLICYX_JOBS", help="Processes; 0 is one per core."),
    ] = None,
    lang: Lang = None,
    skip_repair: SkipRepair = None,
) -> None:
    """Write one HTML page with all records beside their text: counts and gaps, table, checks, charts, review. It needs
    no network."""
    from policyx.cli.output import note, on_terminal, results
    from policyx.cli.reading import Reading
    from policyx.cli.work import Task, rules_of
    from policyx.dataset import is_dataset
    from policyx.export import Selection, View, format_of
    from policyx.pipeline import Options
    from policyx.read import find_files
    from policyx.report import page_pieces, shown_document

    if output is None and on_terminal():
        raise typer.BadParameter("Name the page to write: say -o FILE.html.", param_hint="--output")
    if output is not None and format_of(output) is not None:
        message = f"A report is a web page, and {output!r} names another format: say -o FILE.html."
        raise typer.BadParameter(message, param_hint="--output")
    checked_encoding(encoding)
    view = View(lang=language(lang))
    packs = tuple(str(path) for path in rules or ())
    table = rules_of(packs)  # here and not in each process: a wrong rule file is reported once
    options = Options(skip_repairs=checked_repairs(skip_repair), min_confidence=min_confidence)
    task = Task("html", view, Selection(), options, encoding, packs, shape=shown_document)
    datasets = [path for path in paths if path != "-" and is_dataset(path)]
    others = [path for path in paths if path not in datasets]
    reading = Reading(find_files(others, glob), others, task, jobs, output, to_screen=False)
    parts = chain(reading.parts(), _stored(datasets, reading, table, texts))
    with results(output) as write:
        for piece in page_pieces(parts, lang=view.lang, passed=reading.passed):
            write(piece)
    if output not in (None, "-"):
        note(f"{reading.records} records of {reading.read} documents, written to {output}")
    if reading.failed:
        raise typer.Exit(1)


def _stored(datasets: list[str], reading: Reading, rules: Rules, texts: bool) -> Iterator[ShownDocument]:
    """What the report shows of the documents of datasets; counted by `reading` like those that are read."""
    from policyx.cli.language import said
    from policyx.cli.output import note
    from policyx.dataset import read_dataset
    from policyx.errors import ReadError
    from policyx.report import shown_document
    from policyx.report.lookup import with_text

    for path in datasets:
        try:
            for document in read_dataset(path):
                reading.read += 1
                reading.records += len(document.records)
                found = with_text(document, rules) if texts else document
                if found is None:
                    note(f"{document.source}: its text is not there any more, or has changed")
                yield shown_document(document if found is None else found, rules)
        except ReadError as error:
            note(str(error))
            reading.passed.append((error.path, said(error.reason)))
            reading.failed += 1
