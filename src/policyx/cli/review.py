"""`policyx review`: a workbook or a report with a reviewer's verdicts in, their tally out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli.options import Lang, language, one_of

if TYPE_CHECKING:
    from policyx.export.review import Count, Tally

_FORMATS = ("table", "json")


def review(
    path: Annotated[
        str,
        typer.Argument(
            metavar="FILE.xlsx|FILE.json|FILE.html",
            help="A workbook of `policyx extract -o FILE.xlsx` with verdicts, or what a report saved of them.",
        ),
    ],
    format: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="|".join(_FORMATS), help="Default: table, in a pipe json."),
    ] = None,
    as_gold: Annotated[
        bool,
        typer.Option(
            "--as-gold",
            help="Print what was judged as a file for `policyx measure`. Takes annotations of Label Studio and doccano "
            "too.",
        ),
    ] = False,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")] = None,
    lang: Lang = None,
) -> None:
    """Tally the verdicts of a reviewed workbook or report: precision, overall and by indicator."""
    if format is not None:
        one_of(format, _FORMATS, "--format")
    chosen_lang = language(lang)
    if as_gold:
        if format is not None:
            raise typer.BadParameter("does not go with --as-gold, which prints lines of JSON.", param_hint="--format")
        _as_gold(path, output)
        return

    from policyx.cli.output import note, on_terminal, results
    from policyx.export.jsontext import json_text
    from policyx.export.review import tally_dict

    if path.lower().endswith((".json", ".html", ".htm")):
        from policyx.report.verdicts import tally_of as tallied
    else:
        from policyx.export.review import review as tallied
    tally = tallied(path)
    with results(output) as write:
        if (format or ("table" if on_terminal() else "json")) == "json":
            write(json_text(tally_dict(tally, path), indent=2) + "\n")
        else:
            write(_table(tally, chosen_lang))
    for problem in tally.problems:
        note(f"{path}: {problem}")
    if not tally.total.reviewed:
        note("no verdicts yet")
    if tally.problems:
        raise typer.Exit(1)


def _as_gold(path: str, output: str | None) -> None:
    from policyx.cli.output import note, results
    from policyx.errors import ReadError
    from policyx.export.jsontext import json_text
    from policyx.measure import gold_of, judged_in
    from policyx.read import read_file

    judged = judged_in(path)
    lines = failed = 0
    with results(output) as write:
        for line in gold_of(judged, lambda source: read_file(source).text):
            if isinstance(line, ReadError):
                note(str(line))
                failed += 1
            else:
                write(json_text(line) + "\n")
                lines += 1
    note(f"{lines} lines of gold from {len(judged)} quantities")
    if failed:
        raise typer.Exit(1)


def _table(tally: Tally, lang: str) -> str:
    from policyx.cli.output import colour_wanted, screen_width
    from policyx.export.labels import VERDICTS
    from policyx.export.table import rows_table
    from policyx.export.view import View

    def row(label: str, count: Count) -> list[str]:
        judged = [str(count.verdicts[verdict] or "") for verdict in VERDICTS]
        share = "" if count.precision is None else f"{count.precision:.1%}"
        return [label, f"{count.reviewed}/{count.records}", share, *judged]

    without = "（无指标）" if lang == "zh" else "(no indicator)"
    rows = [row(label or without, count) for label, count in tally.indicators.items() if count.reviewed]
    rows.sort(key=lambda cells: -int(cells[1].partition("/")[0]))
    rows.append(row("合计" if lang == "zh" else "all", tally.total))
    columns = ("label", "reviewed", "precision", *VERDICTS)
    return rows_table(columns, rows, View(lang=lang, width=screen_width(), colour=colour_wanted()))
