"""Values of options as people write them go in, codes come out: 目标 is target, 2025年 is 2025, 名称 is column name.

A value that stands for nothing is a usage error that says what would be known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import typer

from policyx.cli.language import spoken
from policyx.cli.options import one_of

_YEAR = re.compile(r"([0-9]{4})\s*年?")
_YEARS = re.compile(rf"{_YEAR.pattern}(?:\s*(?:[-–—－~～]|至|到)\s*{_YEAR.pattern})?")
_SEPARATORS = re.compile(r"[,，、;；]")


def code(column: str, word: str, choices: Iterable[str], option: str) -> str:
    """The code of `column` that a word stands for: itself, or what it is called in Chinese or English."""
    from policyx.export.labels import code_of, word_of

    choices = list(choices)
    found = word if word in choices else code_of(column, word)
    if found in choices:
        return found
    shown = choices if spoken() == "en" else [word_of(column, choice, "zh") for choice in choices]
    return one_of(word, shown, option)


def columns(text: str, known: Iterable[str], option: str) -> tuple[str, ...]:
    """The columns that a list names, by their keys or by the heads that tables have."""
    from policyx.export.labels import LANGUAGES, head_of

    known = list(known)
    heads = {head_of(key, lang): key for lang in LANGUAGES for key in reversed(known)}
    keys = {**{head.casefold(): key for head, key in heads.items()}, **heads, **{key: key for key in known}}
    words = [word.strip() for word in _SEPARATORS.split(text) if word.strip()]
    shown = known if spoken() == "en" else [head_of(key, "zh") for key in known]
    return tuple(keys.get(word) or keys.get(word.casefold()) or one_of(word, shown, option) for word in words)


def years(text: str, option: str) -> tuple[int, int]:
    """The first and the last year of 2025, 2025年, 2021-2025, 2021年至2025年."""
    match = _YEARS.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if match is None:
        raise typer.BadParameter(f"{text!r} is neither a year nor a range like 2021-2025.", param_hint=option)
    return int(match[1]), int(match[2] or match[1])
