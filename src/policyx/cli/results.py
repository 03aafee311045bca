"""The format of what a command prints: -f, then the suffix of -o, then what standard output is; and tables in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import typer

from policyx.cli.options import one_of

if TYPE_CHECKING:
    from policyx.export.tabular import Tabular

_SUFFIXES = {".htm": "html", ".ndjson": "jsonl"}


def chosen_format(format: str | None, output: str | None, formats: Sequence[str], piped: str = "jsonl") -> str:
    """One of `formats`, the first of which is for a terminal, `piped` for a pipe; a suffix that names none is a usage
    error."""
    if format is not None:
        return one_of(format, formats, "--format")
    if output is not None and output != "-":
        suffix = PurePath(output).suffix.lower()
        name = _SUFFIXES.get(suffix, suffix.removeprefix("."))
        if name not in formats[1:]:
            known = ", ".join(f".{name}" for name in formats[1:])
            message = f"The suffix of {output!r} names no format: use one of {known}, or say -f."
            raise typer.BadParameter(message, param_hint="--output")
        return name
    from policyx.cli.output import on_terminal

    return formats[0] if on_terminal() else piped


def write_tabular(table: Tabular, format: str, output: str | None, lang: str) -> None:
    """Print a table, or write it to a file; a format that is a file needs one."""
    from policyx.cli.output import colour_wanted, results, screen_width
    from policyx.export.tabular import FILE_FORMATS, write_table, written_table
    from policyx.export.view import View

    view = View(lang=lang, width=screen_width(), colour=colour_wanted() and output is None)
    if format not in FILE_FORMATS:
        with results(output) as write:
            for piece in written_table(table, format, view):
                write(piece)
    elif output is None or output == "-":
        raise typer.BadParameter(f"{format} needs a file to write to: say -o FILE.", param_hint="--format")
    else:
        write_table(table, format, Path(output), view)
