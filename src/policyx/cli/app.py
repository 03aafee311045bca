"""Puts the commands together. A command's module is imported when it is called; at its head it imports only what
parsing needs, all else when it runs."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from policyx._version import __version__
from policyx.cli.help import USAGE_ERROR, SpokenContext, dressed, for_help, told
from policyx.cli.language import language_of, speak
from policyx.cli.options import Lang, language
from policyx.cli.output import note
from policyx.cli.settings import COMMANDS_WITH_LANG, defaults
from policyx.cli.streams import interrupted_code
from policyx.errors import MissingExtraError, PolicyxError

_HELP = {"help_option_names": ["-h", "--help"]}
_NAMES = (
    *("extract", "batch", "check", "panel", "report", "measure", "serve", "completion", "track"),
    *("clean", "quantities", "explain", "text", "formats", "review", "schema", "rules"),
)


class _Commands(Mapping[str, Any]):
    """The commands by name, each imported and made when it is asked for: no other need wait for its options."""

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)

    def __getitem__(self, name: str) -> Any:
        if name not in _NAMES:
            raise KeyError(name)
        return _command(name)


@cache
def _command(name: str) -> Any:
    module = import_module(f"policyx.cli.{name}")
    single = getattr(module, "app", None)  # of a command with commands of its own
    if single is None:
        single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        single.command(name=name, context_settings=_HELP)(getattr(module, name))
    made = get_command(single)
    made.name = name
    return dressed(made, name)


class PolicyxGroup(TyperGroup):
    """Talks in the language of the user, and shows an error of ours as one line and exit code 1 (2 where an extra is
    missing), not as a traceback."""

    context_class = SpokenContext
    policyx_path = ""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = _Commands()

    def main(self, args: Any = None, *others: Any, **more: Any) -> Any:
        """Run the command line in the language that it asks for."""
        speak(language_of(sys.argv[1:] if args is None else args))
        return super().main(args, *others, **more)

    def make_context(self, *arguments: Any, **more: Any) -> Any:
        """Parse what stands before the command."""
        try:
            return super().make_context(*arguments, **more)
        except USAGE_ERROR as error:
            raise told(error) from None

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, `extract` and its like first."""
        return list(_NAMES)

    def get_command(self, ctx: Any, name: str) -> Any:
        """A command by name."""
        found = super().get_command(ctx, name)
        return found and for_help(found, ctx)

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except USAGE_ERROR as error:
            raise told(error) from None
        except PolicyxError as error:
            note(str(error))
            raise typer.Exit(2 if isinstance(error, MissingExtraError) else 1) from None
        except KeyboardInterrupt as error:
            raise typer.Exit(interrupted_code(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                # kept from typer, which would turn it into exit code 1 without a word; `main` knows what to do
                raise _PipeClosed from None
            raise


class _PipeClosed(BrokenPipeError):
    """A closed pipe without errno, so that nobody but `main` takes care of it."""


app = typer.Typer(
    cls=PolicyxGroup,
    name="policyx",
    help="Read Chinese policy documents and give every quantity as a record: name, value, unit, year, status, and its "
    "exact place in the original.",
    epilog="Settings: command line, then environment (POLICYX_...), then policyx.toml or [tool.policyx] in "
    "pyproject.toml. Exit code 0: fine; 1: some input failed; 2: wrong usage.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings=_HELP,
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"policyx {__version__}")
        raise typer.Exit


@app.callback()
def common(
    ctx: typer.Context,
    lang: Lang = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Set the defaults of all commands from the settings files."""
    ctx.default_map = defaults()
    if lang is not None:
        chosen = language(lang)
        for command in (*_NAMES, *COMMANDS_WITH_LANG):
            ctx.default_map.setdefault(command, {})["lang"] = chosen
