"""`policyx explain`: a document in, the reason for each field of each record out."""

from __future__ import annotations

from typing import Annotated

import typer

from policyx.cli.options import (
    Encoding,
    Lang,
    RuleFiles,
    SkipRepair,
    checked_encoding,
    checked_repairs,
    language,
)


def explain(
    path: Annotated[str, typer.Argument(metavar="FILE", help="The document, - for standard input.")],
    at: Annotated[
        int | None,
        typer.Option(metavar="OFFSET", min=0, help="Only what stands at this offset of the original, records or not."),
    ] = None,
    grep: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only what has this text in name, quote or sentence.")
    ] = None,
    encoding: Encoding = None,
    rules: RuleFiles = None,
    lang: Lang = None,
    skip_repair: SkipRepair = None,
) -> None:
    """Show why each record says what it says, and why a number gave none. Like grep, `--grep` without a hit leaves with
    exit code 1."""
    if at is not None and grep is not None:
        raise typer.BadParameter("does not go with --grep.", param_hint="--at")
    checked_encoding(encoding)
    chosen_lang = language(lang)
    repairs = checked_repairs(skip_repair)

    from policyx.cli.output import colour_wanted, note, results, screen_width
    from policyx.cli.work import read_document, rules_of
    from policyx.export.explain import explain as explanations
    from policyx.export.explaintext import explanation_text, rule_notes
    from policyx.export.view import View
    from policyx.pipeline import Options

    packs = tuple(str(file) for file in rules or ())
    notes = rule_notes(rules_of(packs))
    document = read_document(path, encoding, Options(skip_repairs=repairs, thorough=True), packs)
    if at is not None and at >= len(document.original):
        raise typer.BadParameter(f"{at} is behind the end of the text ({len(document.original)}).", param_hint="--at")
    found = explanations(document, at, grep)
    view = View(lang=chosen_lang, width=screen_width(), colour=colour_wanted())
    with results() as write:
        for explanation in found:
            write(explanation_text(explanation, notes, view))
    if not found:
        note("no number was found there" if at is not None or grep is not None else "no quantities found")
        if grep is not None:
            raise typer.Exit(1)
