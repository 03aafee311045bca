"""Help in the language of the user: commands go in as typer makes them, and come out translated, with examples and
`--lang`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

import typer
from typer.core import TyperGroup, TyperOption

from policyx.cli.examples import EXAMPLES
from policyx.cli.language import collapsed, said, spoken
from policyx.cli.streams import harmless

_CONTEXT: Any = TyperGroup.context_class
_FORMATTER: Any = _CONTEXT.formatter_class
_SHOWN = "policyx.help"  # whether the help of a context is being written
_LANG_HELP = "Language of tables, messages and help (default: the locale's)."
_PIECE = re.compile(r"[\x21-\x7e]+|\s+|.", re.DOTALL)
_SENTENCE_END = re.compile(r"[.:]\s|\.$|[。：]")
_NOT_FIRST = frozenset("，。；：、？！）》」』”…")  # no line begins with these
_ASIDE = re.compile(r"\[([^\[\]]*)\]$")  # what typer adds to the help of an option: [env var: A; default: b]
_ASIDE_WORDS = (("env var: ", "环境变量："), ("default: ", "默认："), ("required", "必填"), ("; ", "；"))


class SpokenFormatter(_FORMATTER):  # type: ignore[misc]
    """Writes help with translated headings; Chinese is wrapped by the width that it takes on the screen."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that says how the command is called."""
        super().write_usage(prog, args, said("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        if spoken() == "en":
            super().write_heading(heading)
        else:
            self.write(f"{'':>{self.current_indent}}{said(heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        if spoken() == "en":
            super().write_text(text)
            return
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            kept = paragraph.startswith("\b\n")
            lines = paragraph.split("\n")[1:] if kept else wrapped(collapsed(paragraph), self.width - len(indent))
            self.write(("\n" if number else "") + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they mean in two columns."""
        if spoken() == "en":
            super().write_dl(rows, col_max, col_spacing)
            return
        first = min(max((len(term) for term, _ in rows), default=0), col_max) + col_spacing
        margin = " " * (self.current_indent + first)
        for term, meaning in rows:
            lines = list(wrapped(_asides(said(meaning)), max(self.width - len(margin), 10))) or [""]
            head = f"{'':>{self.current_indent}}{term}"
            beside = len(term) <= first - col_spacing
            self.write(f"{head:{len(margin)}}{lines[0]}\n" if beside else f"{head}\n{margin}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{margin}{line}\n")


class SpokenContext(_CONTEXT):  # type: ignore[misc]
    """A context whose help is written by SpokenFormatter. Only then are commands translated, so that a run that shows
    no help does not wait for the catalogue."""

    formatter_class = SpokenFormatter

    def make_formatter(self) -> Any:
        """The formatter with which the help of the command is about to be written."""
        self.meta[_SHOWN] = True
        _translate(self.command)
        return super().make_formatter()


USAGE_ERROR: Any = typer.BadParameter.__mro__[1]  # of the click that typer has, its own or another


class _ToldError(USAGE_ERROR):  # type: ignore[misc]
    """A usage error in Chinese."""

    def show(self, file: Any = None) -> None:
        """Say how the command is called, and what is wrong."""
        if self.ctx is not None:
            self.ctx.command.context_class = SpokenContext
            typer.echo(self.ctx.get_usage(), err=True)
            typer.echo(f"说明见 {self.ctx.command_path} --help\n", err=True)
        typer.echo(f"错误：{harmless(self.message)}", err=True)


def told(error: Any) -> Any:
    """The usage error in the language of the user."""
    if spoken() == "en" or isinstance(error, _ToldError) or type(error).__name__ == "NoArgsIsHelpError":
        return error
    return _ToldError(said(error.format_message()), error.ctx)


def dressed(command: Any, path: str) -> Any:
    """The command with `--lang`, with its examples, and with a help in the language of the user; `path` is how it is
    called (`rules list`)."""
    command.context_class = SpokenContext
    command.policyx_path = path
    if not any("--lang" in parameter.opts for parameter in command.params):
        command.params.append(TyperOption(param_decls=["--lang"], metavar="zh|en", expose_value=False, help=_LANG_HELP))
    for name, inner in getattr(command, "commands", {}).items():
        dressed(inner, f"{path} {name}")
    return command


def for_help(command: Any, context: Any) -> Any:
    """A command of a group: translated where the help of the group is being written."""
    if context.meta.get(_SHOWN):
        _translate(command)
    return command


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines that take no more than `width` cells; words of other scripts stay whole."""
    line = ""
    for piece in _PIECE.findall(text):
        if _cells(line) + _cells(piece) > width and line.strip() and piece not in _NOT_FIRST:
            yield line.rstrip()
            line = ""
        line += "" if piece.isspace() and not line else piece
    if line.strip():
        yield line.rstrip()


def _translate(command: Any) -> None:
    if command.help:
        command.help = said(collapsed(command.help))
        command.short_help = _SENTENCE_END.split(command.help, maxsplit=1)[0]
    epilog = command.epilog and said(collapsed(command.epilog))
    path = getattr(command, "policyx_path", None)
    if path in EXAMPLES and "\b" not in (epilog or ""):
        command.epilog = "\n\n".join(filter(None, [_examples(EXAMPLES[path]), epilog]))
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = said(collapsed(parameter.help))
    for inner in getattr(command, "commands", {}).values():
        _translate(inner)


def _examples(examples: Iterable[tuple[str, str]]) -> str:
    """A block that is not wrapped: each command with what it does."""
    lines = [(f"policyx {line}", said(what)) for line, what in examples]
    width = max(_cells(line) for line, _ in lines)
    shown = [f"  {line}{' ' * (width - _cells(line))}  {what}" for line, what in lines]
    return "\b\n" + "\n".join([said("Examples:"), *shown])


def _cells(text: str) -> int:
    """How many cells of a screen the text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _asides(text: str) -> str:
    """The text with the aside at its end, if there is one, in Chinese."""
    found = _ASIDE.search(text)
    if found is None:
        return text
    aside = found[1]
    for english, chinese in _ASIDE_WORDS:
        aside = aside.replace(english, chinese)
    return f"{text[: found.start()].rstrip()}（{aside}）"
