"""The language in which the command line talks: messages are written in English where they arise, and come out in
Chinese from `zh.toml` where the user reads it.

The catalogue maps an English text to a Chinese one. `{name}` in a text stands for whatever is there; what stands there
is translated in its turn if it is known. `[a|b]` stands for either, such as `file[|s]`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from functools import lru_cache

from policyx.tuples import NamedTuple

_OPTION = "--lang"
_current: ContextVar[str] = ContextVar("language", default="en")
_BLANK = re.compile(r"\{([a-z_]+)\}")
_EITHER = re.compile(r"\\\[([^\[\]\\]*(?:\\\|[^\[\]\\]*)+)\\\]")
_SEPARATOR = re.compile(": ")
_COUNTS = ("number", "documents", "records", "files", "failed", "lines")  # blanks for whole numbers
_LISTS = (("; ", "；"), (", ", "、"))  # a list is known if each of its parts is


def speak(language: str) -> None:
    """From now on talk in this language: en or zh."""
    _current.set(language)


def spoken() -> str:
    """The language in which the command line talks."""
    return _current.get()


def language_of(arguments: Sequence[str]) -> str:
    """The language that a command line asks for: its own `--lang`, else environment, settings and locale. What is none
    of ours is left for the parser to refuse."""
    from policyx.export.labels import LANGUAGES, default_language

    asked = _asked(arguments) or os.environ.get("POLICYX_LANG") or _settings()
    return asked if asked in LANGUAGES else default_language()


def said(text: str) -> str:
    """A message in the language of the user; one that the catalogue does not know stays as it is."""
    return text if spoken() == "en" else translated(text) or text


def translated(text: str) -> str | None:
    """The Chinese for an English text, or None. What stands before a colon (`a.txt: is empty`) need not be known."""
    known = _whole(text)
    if known is not None:
        return known
    for found in _SEPARATOR.finditer(text):
        rest = _whole(text[found.end() :])
        if rest is not None:
            return f"{text[: found.start()]}：{rest}"
    return None


def _whole(text: str) -> str | None:
    """The Chinese for a text that the catalogue has, as it is, as a list or with something in its blanks."""
    if text in catalogue()[0]:
        return catalogue()[0][text]
    for english, chinese in _LISTS:  # before the templates, whose blanks would take in the rest of a list
        parts = [translated(part) for part in text.split(english)] if english in text else []
        if parts and None not in parts:
            return chinese.join(map(str, parts))
    for candidate in catalogue()[1]:
        match = candidate.pattern.fullmatch(text)
        if match:
            return candidate.filled(match)
    return None


class Template(NamedTuple):
    """A text with blanks: what it matches, and the Chinese with the same blanks."""

    pattern: re.Pattern[str]
    chinese: str

    def filled(self, match: re.Match[str]) -> str:
        """The Chinese with what stood in the blanks."""
        return _BLANK.sub(lambda blank: translated(match[blank[1]]) or match[blank[1]], self.chinese)


def template(english: str, chinese: str) -> Template:
    """The template of an entry of the catalogue."""
    escaped = re.escape(english).replace("\\ ", " ")
    pattern = _EITHER.sub(lambda either: "(?:" + either[1].replace("\\|", "|") + ")", escaped)
    pattern = re.sub(rf"\\\{{({'|'.join(_COUNTS)})\\\}}", r"(?P<\1>[0-9]+)", pattern)
    pattern = re.sub(r"^\\\{([a-z_]+)\\\}", r"(?P<\1>(?:(?!: ).)+?)", pattern)  # no file's name: that goes before
    pattern = re.sub(r"\\\{([a-z_]+)\\\}", r"(?P<\1>.+?)", pattern)
    return Template(re.compile(pattern, re.DOTALL), chinese)


def collapsed(text: str) -> str:
    """The text with one blank where it has any: a docstring as the catalogue has it."""
    return " ".join(text.split())


@lru_cache(maxsize=1)
def catalogue() -> tuple[Mapping[str, str], tuple[Template, ...]]:
    """The texts without blanks, and the templates, the longest first."""
    import tomllib
    from importlib.resources import files

    sections = tomllib.loads(files("policyx.cli").joinpath("zh.toml").read_text(encoding="utf-8"))
    entries = [entry for section in sections.values() for entry in section.items()]
    open_ones = sorted((entry for entry in entries if _has_blanks(entry[0])), key=lambda entry: -len(entry[0]))
    return dict(entries), tuple(template(*entry) for entry in open_ones)


def _has_blanks(text: str) -> bool:
    return bool(_BLANK.search(text) or re.search(r"\[[^\]]*\|[^\]]*\]", text))


def _asked(arguments: Sequence[str]) -> str | None:
    """The value of `--lang`, wherever it stands; the last one counts."""
    found = None
    for argument, following in _pairs(arguments):
        if argument == "--":
            break
        if argument == _OPTION:
            found = following
        elif argument.startswith(_OPTION + "="):
            found = argument.partition("=")[2]
    return found


def _pairs(arguments: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    for number, argument in enumerate(arguments):
        yield argument, arguments[number + 1] if number + 1 < len(arguments) else None


def _settings() -> str | None:
    """The language of the settings file; one that is wrong is told where the command reads it."""
    from pathlib import Path

    import typer

    from policyx.cli.settings import load_settings

    with suppress(typer.BadParameter):
        return load_settings(Path()).get("lang")
    return None
