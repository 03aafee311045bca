"""Options that several commands share, and the checks of their values."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from policyx.cli.language import spoken

Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        envvar="POLICYX_ENCODING",
        help="Encoding of the input (default: detected). With :replace behind the name, damaged bytes become U+FFFD.",
    ),
]
Glob = Annotated[
    str | None,
    typer.Option(
        metavar="PATTERN",
        envvar="POLICYX_GLOB",
        help="Which files of a folder are read (default: those of every format that can be read).",
    ),
]
RuleFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="FILE.toml",
        envvar="POLICYX_RULES",
        help="A file with rules of your own, on top of the built-in ones (repeatable).",
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        metavar="zh|en",
        envvar="POLICYX_LANG",
        help="Language of tables, messages and help (default: the locale's).",
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="X",
        min=0,
        max=1,
        help="Leave out records that are less sure than X, from 0 to 1, or of unknown confidence.",
    ),
]
SkipRepair = Annotated[
    list[str] | None,
    typer.Option("--skip-repair", metavar="NAME", help="Leave out a repair (repeatable)."),
]
TextColumn = Annotated[
    str | None,
    typer.Option(
        "--text-column",
        metavar="HEAD",
        help="The column of a CSV file or a sheet that holds a document in each row (default: found by its head).",
    ),
]
TitleColumn = Annotated[
    str | None, typer.Option("--title-column", metavar="HEAD", help="The column with the titles of these documents.")
]
DateColumn = Annotated[
    str | None, typer.Option("--date-column", metavar="HEAD", help="The column with their dates or years.")
]
PlaceColumn = Annotated[
    str | None, typer.Option("--place-column", metavar="HEAD", help="The column with their places.")
]

_DATE = r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?"


def one_of(value: str, choices: Iterable[str], option: str) -> str:
    """`value` if it is one of `choices`, else a usage error."""
    choices = list(choices)
    if value not in choices:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(choices)}.", param_hint=option)
    return value


def language(value: str | None) -> str:
    """The language asked for, or else the one in which the command line talks."""
    from policyx.export.labels import LANGUAGES

    return spoken() if value is None else one_of(value, LANGUAGES, "--lang")


def checked_encoding(value: str | None) -> str | None:
    """The encoding if Python knows it, else a usage error."""
    from policyx.read import known_encoding

    if value is not None and not known_encoding(value):
        raise typer.BadParameter(f"{value!r} is not an encoding that Python knows.", param_hint="--encoding")
    return value


def checked_repairs(names: list[str] | None) -> frozenset[str]:
    """The names of repairs to leave out if they exist, else a usage error."""
    if not names:
        return frozenset()
    from policyx.repair import REPAIRS

    return frozenset(one_of(name, REPAIRS, "--skip-repair") for name in names)


def checked_date(text: str | None) -> str | None:
    """The date in ISO form, as far as it is told: 2024-03-15, 2024年3月15日, 2024/3/15, 2024年3月, 2024; else a usage
    error."""
    import re
    import unicodedata
    from datetime import date

    if text is None:
        return None
    match = re.fullmatch(_DATE, unicodedata.normalize("NFKC", text.strip()))
    parts = [int(part) for part in match.groups() if part] if match else []
    try:
        if not parts:
            raise ValueError
        date(*[*parts, 1, 1][:3])
    except ValueError:
        message = f"{text!r} is not a date like 2024-03-15, 2024-03 or 2024."
        raise typer.BadParameter(message, param_hint="--date") from None
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
