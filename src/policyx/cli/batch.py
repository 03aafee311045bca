"""`policyx batch`: many documents in, a dataset out."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli.language import said
from policyx.cli.options import (
    DateColumn,
    Encoding,
    Glob,
    MinConfidence,
    PlaceColumn,
    RuleFiles,
    SkipRepair,
    TextColumn,
    TitleColumn,
    checked_date,
    checked_encoding,
    checked_repairs,
    one_of,
)

if TYPE_CHECKING:
    from policyx.batch import Report, Settings

_FORMATS = ("sqlite", "duckdb", "parquet", "jsonl")
_ENGINES = ("local", "ray")
_SHOWN = 10  # paths of files that are gone


def batch(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="IN...", help="Files, folders, ZIP archives, patterns such as 'reports/**/*.html'."),
    ] = None,
    output: Annotated[
        str | None, typer.Argument(metavar="OUT", help="The dataset: a .sqlite or .duckdb file, or a folder of shards.")
    ] = None,
    files_from: Annotated[
        str | None,
        typer.Option(
            "--files-from",
            metavar="LIST",
            help="Read also the files that LIST names, one on each line; - is standard "
            "input. NUL between them is understood.",
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="|".join(_FORMATS),
            help="Format of the dataset (default: by the suffix of OUT, else by what is there, else parquet).",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "-j", "--jobs", metavar="N", min=0, envvar="POLICYX_JOBS", help="Processes (default: one per core)."
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="What one file may take before it is given up; 0: any time.")
    ] = 300,
    memory: Annotated[
        int | None,
        typer.Option(metavar="MB", min=1, help="What one process may take (default: a fair share of the machine)."),
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed in an earlier run.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take documents out whose file is not there any more.")
    ] = False,
    glob: Glob = None,
    encoding: Encoding = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="YYYY[-MM[-DD]]", help="Date of all documents: what 'last year' is counted from."),
    ] = None,
    place: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Place of all documents, where their texts do not tell.")
    ] = None,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    date_column: DateColumn = None,
    place_column: PlaceColumn = None,
    rules: RuleFiles = None,
    min_confidence: MinConfidence = None,
    skip_repair: SkipRepair = None,
    engine: Annotated[
        str, typer.Option(metavar="|".join(_ENGINES), help="Where the work is done: here, or on a Ray cluster.")
    ] = "local",
    address: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The Ray cluster (default: RAY_ADDRESS, else one made here).")
    ] = None,
) -> None:
    """Read many documents into a dataset. Run again, it reads what is new or has changed, and what an interrupted run
    left over."""
    given, target = _in_and_out(paths, output, files_from)
    if format is not None:
        one_of(format, _FORMATS, "--format")
    one_of(engine, _ENGINES, "--engine")
    if address is not None and engine != "ray":
        raise typer.BadParameter("An address is for --engine ray.", param_hint="--address")
    checked_encoding(encoding)
    date = checked_date(date)

    from policyx.batch import Settings
    from policyx.batch.run import dataset_format
    from policyx.errors import MissingExtraError, PolicyxError
    from policyx.pipeline import Options
    from policyx.read import Columns
    from policyx.rules import load_rules

    packs = tuple(str(path) for path in rules or ())
    if packs:
        load_rules(packs)  # here and not in each process: a wrong rule file is reported once
    settings = Settings(
        format=format,
        glob=glob,
        encoding=encoding,
        options=Options(None, date, place, checked_repairs(skip_repair), min_confidence),
        packs=packs,
        columns=Columns(text_column, title_column, date_column, place_column),
        jobs=jobs or None,
        timeout=timeout or None,
        memory=memory,
        retry_failed=retry_failed,
        prune=prune,
    )
    try:
        if "://" not in target:
            dataset_format(target, format)
    except MissingExtraError:
        raise
    except PolicyxError as error:
        raise typer.BadParameter(str(error), param_hint="OUT") from None
    report = _run(given, target, settings, engine, address)
    _summarize(report, given, target, prune)
    if report.failures:
        raise typer.Exit(1)


def _in_and_out(paths: list[str] | None, output: str | None, files_from: str | None) -> tuple[list[str], str]:
    from pathlib import Path

    from policyx.batch.inputs import paths_of_list

    given = list(paths or ())
    if output is None and given:
        output = given.pop()
    if output is None or not (given or files_from):
        raise typer.BadParameter("Name what to read and then where to write: policyx batch IN... OUT.")
    if "-" in given:
        raise typer.BadParameter("Standard input is no file; to pass a list of files say --files-from -.")
    if files_from == "-":
        given += paths_of_list(sys.stdin.read(), "standard input")
    elif files_from is not None:
        try:
            given += paths_of_list(Path(files_from).read_text("utf-8", "surrogateescape"), files_from)
        except OSError as error:
            message = f"{files_from}: cannot be read: {error.strerror}"
            raise typer.BadParameter(message, param_hint="--files-from") from None
    return given, output


def _run(given: list[str], target: str, settings: Settings, engine: str, address: str | None) -> Report:
    from policyx.batch import Entry, Failure, Plan, Watch
    from policyx.batch.run import batch as run_here
    from policyx.cli.output import missing_extras, note

    class _Screen(Watch):
        """Failures on standard error, and on a terminal how far it is."""

        def __init__(self) -> None:
            self.bar: Bar | None = None
            self.total = 0

        def begins(self, plan: Plan) -> None:
            self.total = len(plan.todo)
            missing_extras(unit.path for unit in plan.todo)
            self.bar = Bar(self.total)

        def fails(self, failure: Failure) -> None:
            if self.bar is not None:
                self.bar.clear()
                self.bar.failed += 1
            note(f"{failure.path}: {failure.reason}")

        def finishes(self, entry: Entry) -> None:
            if self.bar is not None:
                self.bar.step()

    screen = _Screen()
    try:
        if engine == "ray":
            from policyx.batch.onray import batch_on_ray

            return batch_on_ray(given, target, settings, screen, address)
        return run_here(given, target, settings, screen)
    except KeyboardInterrupt:
        if screen.bar is not None:
            screen.bar.clear()
            note(f"interrupted after {screen.bar.done} of {screen.total} files; the same command goes on from there")
        raise
    finally:
        if screen.bar is not None:
            screen.bar.clear()


class Bar:
    """How far a run is, on one line of standard error; silent where nobody watches."""

    _WIDTH = 20
    _SECONDS = 0.2  # between two looks of it

    def __init__(self, total: int) -> None:
        self.done = self.failed = 0
        self._total = total
        self._begun = time.monotonic()
        self._shown = 0.0
        self._on = sys.stderr.isatty() and total > 0

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        now = time.monotonic()
        if self._on and now - self._shown >= self._SECONDS:
            self._shown = now
            print(f"\r{said(self.line(now - self._begun))}\x1b[K", end="", file=sys.stderr, flush=True)

    def line(self, seconds: float) -> str:
        """Bar, count, rate, time left, failures."""
        rate = self.done / seconds if seconds > 0 else 0.0
        filled = self._WIDTH * self.done // self._total
        left = clock((self._total - self.done) / rate) if rate else "-:--"
        bar = "#" * filled + "." * (self._WIDTH - filled)
        return f"[{bar}] {self.done}/{self._total}  {rate:.1f} files/s  {left} left  {self.failed} failed"

    def clear(self) -> None:
        """Take the line away."""
        if self._on and self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = 0.0


def clock(seconds: float) -> str:
    """A duration as 1:02:03 or 2:03."""
    minutes, rest = divmod(int(seconds + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _summarize(report: Report, given: list[str], target: str, prune: bool) -> None:
    from policyx.cli.output import note, passed_over

    for path in report.removed[:_SHOWN]:
        note(f"{path}: is not there any more{'; taken out' if prune else ''}")
    if report.removed and not prune:
        more = len(report.removed) - _SHOWN
        rest = f"{more} more are not there any more; " if more > 0 else ""
        note(f"{rest}the dataset keeps documents whose file is gone; --prune takes them out")
    passed_over(report.passed, given)
    rate = report.done / report.seconds if report.seconds else 0.0
    told = [f"{_count(report.documents, 'document')} and {_count(report.records, 'record')} from "
            f"{_count(report.done, 'file')}"]  # fmt: skip
    if report.unchanged:
        told.append(f"{report.unchanged} unchanged")
    if report.changed:
        told.append(f"{report.changed} of them done again")
    told.append(_count(len(report.failures), "failure"))
    told.append(f"{report.seconds:.1f} s, {rate:.1f} files/s")
    now = f"{_count(report.total_documents, 'document')} and {_count(report.total_records, 'record')}"
    note(f"{'; '.join(told)}; {_without_keys(target)} holds {now}")


def _without_keys(target: str) -> str:
    """The target as it may be shown: a URI may hold keys."""
    scheme, mark, rest = target.partition("://")
    return f"{scheme}{mark}{rest.partition('?')[0].rpartition('@')[2]}" if mark else target


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
