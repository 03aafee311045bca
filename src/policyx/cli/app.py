"""Puts the commands together. A command's module imports at its head only what parsing needs; all else when it runs."""

from __future__ import annotations

import errno
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from policyx._version import __version__
from policyx.cli import clean, explain, extract, formats, quantities, review, rules, schema, text
from policyx.cli.settings import defaults
from policyx.errors import MissingExtraError, PolicyxError

_HELP = {"help_option_names": ["-h", "--help"]}
_LAZY = {name: f"policyx.cli.{name}" for name in ("batch", "check", "panel", "report", "serve")}


class PolicyxGroup(TyperGroup):
    """Shows an error of ours as one line and exit code 1 (2 where an extra is missing), not as a traceback."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, `extract` and its like first."""
        names = super().list_commands(ctx)
        return [*names[:1], *_LAZY, *names[1:]]

    def get_command(self, ctx: Any, name: str) -> Any:
        """A command by name. One with many options that others need not wait for is made when it is called."""
        if name not in _LAZY:
            return super().get_command(ctx, name)
        from importlib import import_module

        from typer.main import get_command

        single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        function = getattr(import_module(_LAZY[name]), name)
        single.command(name=name, context_settings=_HELP)(function)
        return get_command(single)

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except PolicyxError as error:
            typer.echo(f"policyx: {error}", err=True)
            raise typer.Exit(2 if isinstance(error, MissingExtraError) else 1) from None
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
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
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Set the defaults of all commands from the settings files."""
    ctx.default_map = defaults()


app.command(name="extract")(extract.extract)
app.command(name="clean")(clean.clean)
app.command(name="quantities")(quantities.quantities)
app.command(name="explain")(explain.explain)
app.command(name="text")(text.text)
app.command(name="formats")(formats.formats)
app.add_typer(rules.app, name="rules")
app.command(name="review")(review.review)
app.command(name="schema")(schema.schema)
