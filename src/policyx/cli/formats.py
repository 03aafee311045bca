"""`policyx formats`: what can be read and written here, and what is missing for the rest."""

from __future__ import annotations

from typing import Annotated

import typer

from policyx.cli.language import said
from policyx.cli.options import Lang, language, one_of

_FORMATS = ("table", "json")
_COLUMNS = ("direction", "format", "suffixes", "needs", "state")


def formats(
    format: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="|".join(_FORMATS), help="Default: table, in a pipe json."),
    ] = None,
    lang: Lang = None,
) -> None:
    """List the formats that can be read and written, what each needs, and whether it is installed here."""
    if format is not None:
        one_of(format, _FORMATS, "--format")
    chosen_lang = language(lang)

    from dataclasses import asdict

    from policyx.cli.output import colour_wanted, on_terminal, results, screen_width
    from policyx.export.formats import formats as offered
    from policyx.export.jsontext import json_text
    from policyx.export.labels import word_of
    from policyx.export.table import rows_table
    from policyx.export.view import View

    found = offered()
    with results() as write:
        if (format or ("table" if on_terminal() else "json")) == "json":
            write(json_text([{**asdict(item), "suffixes": list(item.suffixes)} for item in found], indent=2) + "\n")
            return
        rows = [
            [
                word_of("direction", item.direction, chosen_lang),
                item.name,
                " ".join(item.suffixes),
                item.needs or "",
                said(item.missing) if item.missing else word_of("state", "ready", chosen_lang),
            ]
            for item in found
        ]
        write(rows_table(_COLUMNS, rows, View(lang=chosen_lang, width=screen_width(), colour=colour_wanted())))
