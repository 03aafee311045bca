"""`policyx track`: documents or a dataset in, what became of their aims out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli import values
from policyx.cli.options import Encoding, Glob, Lang, RuleFiles, checked_encoding, language, one_of

if TYPE_CHECKING:
    from policyx.track import Track

_FORMATS = ("table", "csv", "json", "html", "jsonl", "xlsx", "dta", "parquet")
_MEASURES = ("level", "growth_rate", "increase")
_SHOWN = ("pledges", "paths", "conflicts")


def track(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="DATASET|PATH...", help="A dataset, or files, folders, - for standard input."),
    ],
    indicator: Annotated[
        list[str] | None,
        typer.Option(metavar="ID|LABEL", help="An indicator (repeatable; default: the headline indicators)."),
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option(metavar="|".join(_MEASURES), help="Only this measure (repeatable).")
    ] = None,
    show: Annotated[
        str,
        typer.Option(metavar="|".join(_SHOWN), help="What tables show; JSON and HTML hold all of it."),
    ] = "pledges",
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
    """Tell what became of aims: met, missed, lowered, open or not reported, with both quotes; the path of each figure
    over the years; and where documents disagree."""
    from policyx.cli.results import chosen_format

    chosen = chosen_format(format, output, _FORMATS, piped="csv")
    measures = [values.code("measure", name, _MEASURES, "--measure") for name in measure or ()]
    one_of(show, _SHOWN, "--show")
    checked_encoding(encoding)
    chosen_lang = language(lang)

    from policyx.cli.output import note
    from policyx.cli.series import asked
    from policyx.track import VERDICTS
    from policyx.track import track as tracked

    table, ids, inputs = asked(paths, indicator or (), glob, encoding, rules or ())
    found = tracked(inputs.documents(), indicators=ids, measures=measures, lang=chosen_lang, rules=table)
    _write(found, show, chosen, output, chosen_lang)
    counts = Counter(pledge.verdict for pledge in found.pledges)
    told = ", ".join(f"{counts[name]} {name.replace('_', ' ')}" for name in VERDICTS)
    note(f"{len(found.pledges)} aims: {told}; {len(found.conflicts)} conflicts between documents")
    if inputs.failed:
        raise typer.Exit(1)


def _write(found: Track, show: str, chosen: str, output: str | None, lang: str) -> None:
    from policyx.cli.output import results
    from policyx.cli.results import write_tabular
    from policyx.export.jsontext import json_text
    from policyx.track.page import track_page
    from policyx.track.table import track_dict, track_table

    if chosen not in ("html", "json"):
        write_tabular(track_table(found, show), chosen, output, lang)
        return
    with results(output) as write:
        write(track_page(found, lang) if chosen == "html" else json_text(track_dict(found), indent=2) + "\n")
