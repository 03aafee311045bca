"""The format of what a command prints: -f, then the suffix of -o, then what standard output is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import typer

from policyx.cli.options import one_of

_SUFFIXES = {".htm": "html", ".ndjson": "jsonl"}


def chosen_format(format: str | None, output: str | None, formats: Sequence[str]) -> str:
    """One of `formats`, the first of which is for a terminal; a suffix that names none is a usage error."""
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

    return formats[0] if on_terminal() else "jsonl" if "jsonl" in formats else "json"
