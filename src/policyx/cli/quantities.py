"""`policyx quantities`: a text in, its numbers with units out, and nothing of what they say about whom."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from policyx.cli.options import Encoding, Lang, RuleFiles, checked_encoding, language, one_of

_FORMATS = ("table", "json", "jsonl")
_COLUMNS = ("line", "quote", "amount", "base", "kind")


def quantities(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT|FILE", help="A text, or a file that exists; else standard input.")
    ] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Take each line for a text of its own.")] = False,
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="|".join(_FORMATS),
            help="Output format (default: table on a terminal, jsonl in a pipe).",
        ),
    ] = None,
    encoding: Encoding = None,
    rules: RuleFiles = None,
    lang: Lang = None,
) -> None:
    """Read the quantities of a text: value, unit, bound and place, no names and no years."""
    if format is not None:
        one_of(format, _FORMATS, "--format")
    checked_encoding(encoding)
    chosen_lang = language(lang)
    content = _content(text, encoding)

    from policyx.cli.output import note, on_terminal, results
    from policyx.cli.work import rules_of
    from policyx.export.found import found_dict, found_quantities
    from policyx.export.jsontext import json_text
    from policyx.pipeline import read_quantities

    table = rules_of(tuple(str(file) for file in rules or ()))
    rows = []
    if lines:
        for number, line in enumerate(content.split("\n"), 1):
            if line:
                rows += [found_dict(found, number) for found in found_quantities(*read_quantities(line, rules=table))]
    else:
        number, at = 1, 0
        for found in found_quantities(*read_quantities(content, rules=table)):
            number += content.count("\n", at, found.start)
            at = found.start
            rows.append(found_dict(found, number))
    chosen = format or ("table" if on_terminal() else "jsonl")
    with results() as write:
        if chosen == "json":
            write(json_text(rows, indent=2) + "\n")
        elif chosen == "jsonl":
            for row in rows:
                write(json_text(row) + "\n")
        elif rows:
            write(_table(rows, chosen_lang))
    if not rows:
        note("no quantities found")


def _content(text: str | None, encoding: str | None) -> str:
    from policyx.read.apart import document

    if text is None and sys.stdin.isatty():
        raise typer.BadParameter("Give a text or a file, or something on standard input.", param_hint="TEXT|FILE")
    if text is None or text == "-" or _is_file(text):
        return document(text or "-", encoding).text
    return text


def _is_file(text: str) -> bool:
    try:
        return os.path.exists(text)  # noqa: PTH110 - Path.exists raises for a text longer than a name may be
    except ValueError:
        return False


def _table(rows: list[dict[str, object]], lang: str) -> str:
    from policyx.cli.output import colour_wanted, screen_width
    from policyx.export.rows import cell_text, with_amounts
    from policyx.export.table import rows_table
    from policyx.export.view import View

    view = View(lang=lang, width=screen_width(), colour=colour_wanted())
    cells = [[cell_text(column, row[column], lang) for column in _COLUMNS] for row in map(with_amounts, rows)]
    return rows_table(_COLUMNS, cells, view)
