"""`policyx clean`: a damaged text in, the repaired text or the list of its repairs out."""

from __future__ import annotations

from typing import Annotated

import typer

from policyx.cli.options import Encoding, RuleFiles, SkipRepair, checked_encoding, checked_repairs, one_of


def clean(
    path: Annotated[str, typer.Argument(metavar="FILE", help="The file to repair, - for standard input.")] = "-",
    diff: Annotated[bool, typer.Option("--diff", help="Show the lines that change, and how.")] = False,
    format: Annotated[
        str, typer.Option("-f", "--format", metavar="text|json", help="json lists the edits with places and rules.")
    ] = "text",
    encoding: Encoding = None,
    rules: RuleFiles = None,
    skip_repair: SkipRepair = None,
) -> None:
    """Repair a text: scripts, widths, broken lines, glosses, mojibake."""
    one_of(format, ("text", "json"), "--format")
    if diff and format == "json":
        raise typer.BadParameter("shows text; it does not go with -f json.", param_hint="--diff")
    checked_encoding(encoding)
    skip = checked_repairs(skip_repair)

    from policyx.cli.output import colour_wanted, note, results
    from policyx.cli.work import rules_of
    from policyx.export.edits import diff_text, edit_dicts, rule_counts
    from policyx.export.jsontext import json_text
    from policyx.read.apart import document
    from policyx.repair import repair

    source = document(path, encoding)
    repaired = repair(source.text, rules_of(tuple(str(file) for file in rules or ())), skip=tuple(skip))
    with results(raw=not diff) as write:
        if format == "json":
            write(json_text(edit_dicts(repaired), indent=2) + "\n")
        elif diff:
            write(diff_text(repaired, colour_wanted()))
        else:
            write(repaired.text)
    counts = rule_counts(repaired.edits)
    for rule, count in counts.items():
        note(f"{count:6} × {rule}")
    if not counts:
        note("nothing to repair")
