"""`policyx extract`: documents in, records out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policyx.cli import values
from policyx.cli.language import said
from policyx.cli.options import (
    DateColumn,
    Encoding,
    Glob,
    Lang,
    MinConfidence,
    PlaceColumn,
    RuleFiles,
    SkipRepair,
    TextColumn,
    TitleColumn,
    checked_date,
    checked_encoding,
    checked_repairs,
    language,
    one_of,
)
from policyx.export.registry import FORMATS, file_writer, format_of, is_file_format

if TYPE_CHECKING:
    from policyx.cli.reading import Reading
    from policyx.export import View
    from policyx.model import Document
    from policyx.rules import Rules

_PAGE = "html"  # the report, which is no format of export
_FORMATS = (*(form.name for form in FORMATS), _PAGE)
_STATUSES = ("actual", "target", "forecast", "policy")


def extract(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Files, folders (searched recursively), patterns such as 'reports/**/*.html', - for standard input.",
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="|".join(_FORMATS),
            envvar="POLICYX_FORMAT",
            help="Output format (default: by the suffix of -o; else table on a terminal, jsonl in a pipe).",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to a file; its suffix picks the format. A database is added to: what it holds of a document is "
            "replaced.",
        ),
    ] = None,
    glob: Glob = None,
    encoding: Encoding = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Title of the document, where the text does not tell.")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="YYYY[-MM[-DD]]", help="Date of the document: what 'last year' is counted from."),
    ] = None,
    place: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Place of the document, where the text does not tell.")
    ] = None,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    date_column: DateColumn = None,
    place_column: PlaceColumn = None,
    rules: RuleFiles = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Show the sentence of each record (table, markdown).")
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,...",
            envvar="POLICYX_COLUMNS",
            help="Which columns to show, in this order (table, csv, markdown, xlsx); a wrong name lists them all.",
        ),
    ] = None,
    group: Annotated[
        str, typer.Option(metavar="heading|document", help="What the rows of a table are grouped by.")
    ] = "heading",
    indicator: Annotated[
        list[str] | None,
        typer.Option(metavar="ID|LABEL", help="Only this indicator and its finer ones (repeatable)."),
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="|".join(_STATUSES), help="Only this status (repeatable).")
    ] = None,
    year: Annotated[
        list[str] | None, typer.Option(metavar="YEAR|FROM-TO", help="Only this year or these years (repeatable).")
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option(metavar="UNIT", help="Only this unit, as written or base unit (repeatable).")
    ] = None,
    min_confidence: MinConfidence = None,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", metavar="N", min=0, envvar="POLICYX_JOBS", help="Processes; 0 is one per core."),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", min=0, help="What reading a PDF, office file or archive may take; 0: any time."
        ),
    ] = 300,
    memory: Annotated[
        int | None,
        typer.Option(metavar="MB", min=1, help="What the process that reads such files may take (default: 4096)."),
    ] = None,
    lang: Lang = None,
    skip_repair: SkipRepair = None,
) -> None:
    """Read documents and print every quantity as a record."""
    given = _given_paths(paths)
    chosen = _format(ctx, format, output)
    view = _view(columns, evidence, group, lang, to_file=output is not None)
    checked_encoding(encoding)
    date = checked_date(date)
    ranges = tuple(values.years(text, "--year") for text in year or ())
    statuses = frozenset(values.code("status", word, _STATUSES, "--status") for word in status or ())
    repairs = checked_repairs(skip_repair)

    from policyx.cli.output import on_terminal, results
    from policyx.cli.reading import Reading
    from policyx.cli.work import Task, rules_of
    from policyx.export import Selection, open_writer
    from policyx.pipeline import Options
    from policyx.read import Columns, find_files
    from policyx.read.apart import default_limits

    packs = tuple(str(path) for path in rules or ())
    table = rules_of(packs)  # here and not in each process: a wrong rule file is reported once
    columns_of = Columns(text_column, title_column, date_column, place_column)
    selection = Selection(_indicators(indicator, table), statuses, ranges, frozenset(unit or ()))
    told = Options(title, date, place, repairs, min_confidence)
    limits = default_limits(timeout, memory)
    task = Task(chosen, view, selection, told, encoding, packs, columns_of, _shape(chosen), limits)
    found = find_files(given, glob)
    reading = Reading(found, given, task, jobs, output, to_screen=output is None and on_terminal())
    if chosen != _PAGE and is_file_format(chosen):
        waiting = reading.parts()
        first = list(islice(waiting, 1))  # so that processes are there before a database starts threads in this one
        with open_writer(str(output), chosen, view) as target:
            for part in chain(first, waiting):
                target.add_part(part)
            for path, reason in reading.passed:
                target.add_problem(path, said(reason))
    else:
        with results(output, raw=chosen != "table") as write:
            for piece in _pieces(chosen, reading, view):
                write(piece)
    _summarize(chosen, output, reading, filtered=selection != Selection() or min_confidence is not None)
    if reading.failed:
        raise typer.Exit(1)


def _pieces(chosen: str, reading: Reading, view: View) -> Iterator[str]:
    """The output in a text format."""
    if chosen != _PAGE:
        from policyx.export import joined

        return joined(chosen, reading.parts(), view)
    from policyx.report import page_pieces

    return page_pieces(reading.parts(), lang=view.lang, passed=reading.passed)


def _shape(chosen: str) -> Callable[[Document, Rules], Any] | None:
    """What makes a document's part of the output, where that is no format of export."""
    if chosen != _PAGE:
        return None
    from policyx.report import shown_document

    return shown_document


def _given_paths(paths: list[str] | None) -> list[str]:
    if paths:
        return paths
    if sys.stdin.isatty():
        raise typer.BadParameter("Name a file or a folder, or - for standard input.", param_hint="PATH")
    return ["-"]


def _format(ctx: typer.Context, format: str | None, output: str | None) -> str:
    """The format, which can be written with what is installed and to where it is to go."""
    chosen = _wanted_format(ctx, format, output)
    if chosen != _PAGE and is_file_format(chosen):
        if output is None or output == "-":
            raise typer.BadParameter(f"{chosen} needs a file to write to: say -o FILE.", param_hint="--format")
        file_writer(chosen)
    return chosen


def _wanted_format(ctx: typer.Context, format: str | None, output: str | None) -> str:
    """The format: -f, then the suffix of -o, then environment and settings, then what standard output is."""
    from policyx.cli.output import on_terminal

    if format is not None:
        one_of(format, _FORMATS, "--format")
    source = ctx.get_parameter_source("format")
    if format is not None and (output is None or (source is not None and source.name == "COMMANDLINE")):
        return format
    if output is not None:
        by_suffix = _PAGE if output.lower().endswith((".html", ".htm")) else format_of(output) or format
        if by_suffix is None:
            suffixes = ", ".join([suffix for form in FORMATS for suffix in form.suffixes] + [".html"])
            raise typer.BadParameter(
                f"The suffix of {output!r} names no format: use one of {suffixes}, or say -f.",
                param_hint="--output",
            )
        return by_suffix
    return "table" if on_terminal() else "jsonl"


def _view(columns: str | None, evidence: bool, group: str, lang: str | None, to_file: bool) -> View:
    from policyx.cli.output import colour_wanted, screen_width
    from policyx.export import View
    from policyx.export.rows import SHOWN_COLUMNS

    return View(
        columns=values.columns(columns or "", SHOWN_COLUMNS, "--columns"),
        evidence=evidence,
        group=values.code("group", group, ("heading", "document"), "--group"),
        lang=language(lang),
        chinese_keys=lang == "zh",
        width=screen_width(),
        colour=colour_wanted() and not to_file,
    )


def _indicators(wanted: list[str] | None, rules: Rules) -> frozenset[str]:
    """The ids that the words of a user stand for: an id or the beginning of one, a label, another name."""
    if not wanted:
        return frozenset()
    known: dict[str, set[str]] = {}
    for entry in rules.of("indicator"):
        parts = entry["id"].split(".")
        beginnings = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
        for beginning in beginnings:
            known.setdefault(beginning, set()).add(beginning)
        for name in (entry["label"], entry["label_en"].lower(), *entry.get("words", [])):
            known.setdefault(name, set()).add(entry["id"])
    found: set[str] = set()
    for name in wanted:
        ids = known.get(name) or known.get(name.lower())
        if ids is None:
            from difflib import get_close_matches

            near = ", ".join(get_close_matches(name, known, 3))
            hint = f" Did you mean {near}?" if near else " `policyx rules list indicator` shows them."
            raise typer.BadParameter(f"{name!r} is no indicator.{hint}", param_hint="--indicator")
        found |= ids
    return frozenset(found)


def _summarize(format: str, output: str | None, reading: Reading, *, filtered: bool) -> None:
    from policyx.cli.output import note

    records, read, failed = reading.records, reading.read, reading.failed
    if not read:
        return
    documents = f"{read} document{'s' if read != 1 else ''}"
    unread = f"; {failed} could not be read" if failed else ""
    if not records:
        note(f"no quantities {'that fit ' if filtered else ''}in {documents}{unread}")
    elif output is not None or format == "table":
        where = f", written to {output}" if output is not None else ""
        note(f"{records} quantit{'ies' if records != 1 else 'y'} in {documents}{where}{unread}")
