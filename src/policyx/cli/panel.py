"""`policyx panel`: documents or a dataset in, a panel of places, years and indicators out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli import values
from policyx.cli.options import Encoding, Glob, Lang, RuleFiles, checked_encoding, language, one_of

if TYPE_CHECKING:
    from policyx.panel import Panel

_FORMATS = ("table", "csv", "json", "jsonl", "xlsx", "dta", "parquet", "html")
_MEASURES = ("level", "growth_rate", "increase", "multiple", "rank", "completion_rate")
_STATUSES = ("actual", "forecast", "target")
_CODES = ("raw", "paper")


def panel(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...|DATASET", help="Files, folders, - for standard input, or a dataset."),
    ],
    indicator: Annotated[
        list[str] | None,
        typer.Option(metavar="ID|LABEL", help="An indicator (repeatable; default: the headline indicators)."),
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option(metavar="|".join(_MEASURES), help="Only this measure (repeatable).")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="|".join(_STATUSES), help="Only this status (repeatable).")
    ] = None,
    year: Annotated[
        list[str] | None, typer.Option(metavar="YEAR|FROM-TO", help="Only this year or these years (repeatable).")
    ] = None,
    code: Annotated[
        str,
        typer.Option(metavar="|".join(_CODES), help="paper: 'x or more' is x + 0.05, a range is its middle."),
    ] = "raw",
    wide: Annotated[bool, typer.Option("--wide", help="One column for each year.")] = False,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="Rows also for what is not there, with the reason in `state`.")
    ] = False,
    format: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="|".join(_FORMATS), help="Default: by -o; else table, in a pipe csv."),
    ] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")] = None,
    glob: Glob = None,
    encoding: Encoding = None,
    rules: RuleFiles = None,
    lang: Lang = None,
) -> None:
    """Put the figures of many documents into a panel: one value for each place, year, indicator, measure and status,
    chosen with a reason."""
    from policyx.cli.results import chosen_format

    chosen = chosen_format(format, output, _FORMATS, piped="csv")
    if wide and chosen == "html":
        raise typer.BadParameter("A page shows the figures by year anyway; leave --wide out.", param_hint="--wide")
    measures = [values.code("measure", name, _MEASURES, "--measure") for name in measure or ()]
    statuses = [values.code("status", name, _STATUSES, "--status") for name in status or ()] or list(_STATUSES)
    ranges = [values.years(text, "--year") for text in year or ()]
    one_of(code, _CODES, "--code")
    checked_encoding(encoding)
    chosen_lang = language(lang)

    from policyx.cli.output import note
    from policyx.cli.series import asked
    from policyx.panel import panel as built
    from policyx.panel.table import coded

    table, ids, inputs = asked(paths, indicator or (), glob, encoding, rules or ())
    whole = built(
        inputs.documents(),
        indicators=ids,
        measures=measures,
        statuses=statuses,
        gaps=gaps,
        lang=chosen_lang,
        rules=table,
    )
    rows = [row for row in whole.rows if not ranges or any(low <= row.year <= high for low, high in ranges)]
    whole = coded(replace(whole, rows=tuple(rows)), code)
    _write(whole, wide, chosen, output, chosen_lang)
    note(_told(whole))
    if inputs.failed:
        raise typer.Exit(1)


def _write(whole: Panel, wide: bool, chosen: str, output: str | None, lang: str) -> None:
    from policyx.cli.results import write_tabular
    from policyx.panel.page import panel_page
    from policyx.panel.table import panel_table, wide_table

    if chosen == "html":
        from policyx.cli.output import results

        with results(output) as write:
            write(panel_page(whole, lang))
    else:
        write_tabular(wide_table(whole) if wide else panel_table(whole), chosen, output, lang)


def _told(whole: Panel) -> str:
    told = f"{len(whole.rows)} rows"
    if whole.left_out:
        told += f"; left out {whole.left_out} figures of parts, means or other places"
    if whole.unplaced:
        told += f"; {len(whole.unplaced)} documents of an unknown place ({whole.unplaced[0]})"
    return told
