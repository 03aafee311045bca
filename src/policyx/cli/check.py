"""`policyx check`: documents or a dataset in, what their figures say about each other out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli import values
from policyx.cli.options import Encoding, Glob, Lang, RuleFiles, checked_encoding, language

if TYPE_CHECKING:
    from policyx.check import Finding

_FORMATS = ("table", "json", "jsonl", "html")
_VERDICTS = ("contradicted", "undecidable", "confirmed")


def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...|DATASET", help="Files, folders, - for standard input, or a dataset."),
    ],
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="|".join(_FORMATS),
            help="Output format (default: by the suffix of -o; else table on a terminal, jsonl in a pipe).",
        ),
    ] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")] = None,
    verdict: Annotated[
        list[str] | None,
        typer.Option(metavar="|".join(_VERDICTS), help="Only findings with this verdict (repeatable)."),
    ] = None,
    glob: Glob = None,
    encoding: Encoding = None,
    rules: RuleFiles = None,
    lang: Lang = None,
) -> None:
    """Check whether the figures of each document add up. Exit code 1: something is contradicted, or an input failed."""
    from policyx.cli.output import colour_wanted, note, results, screen_width
    from policyx.cli.results import chosen_format

    chosen = chosen_format(format, output, _FORMATS)
    named = [values.code("check_verdict", name, _VERDICTS, "--verdict") for name in verdict or ()]
    wanted = frozenset(named or _VERDICTS)
    checked_encoding(encoding)
    chosen_lang = language(lang)

    from policyx.check import check as checked
    from policyx.cli.inputs import Inputs
    from policyx.cli.work import rules_of
    from policyx.dataset import Given
    from policyx.export.findings import tally, written_findings
    from policyx.export.view import View

    table = rules_of(tuple(str(path) for path in rules or ()))
    inputs = Inputs(Given(tuple(paths), glob=glob, encoding=encoding, rules=table, limited=True))
    found: list[Finding] = []

    def findings() -> Iterator[Finding]:
        for document in inputs.documents():
            for finding in checked(document, rules=table):
                found.append(finding)
                if finding.verdict in wanted:
                    yield finding

    view = View(lang=chosen_lang, width=screen_width(), colour=colour_wanted() and output is None)
    with results(output) as write:
        for piece in written_findings(findings(), chosen, view):
            write(piece)
    counts = tally(found)
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    note(f"{told} in {inputs.read} document{'s' if inputs.read != 1 else ''}")
    if inputs.failed or counts["contradicted"]:
        raise typer.Exit(1)
