"""`policyx completion`: the script that lets a shell complete commands and options."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Annotated

import typer

from policyx.cli.options import one_of

VARIABLE = "_POLICYX_COMPLETE"  # what the script sets when the shell asks for completions
SHELLS = ("bash", "zsh", "fish", "powershell")


def completion(
    shell: Annotated[
        str | None, typer.Argument(metavar="|".join(SHELLS), help="The shell (default: the one of SHELL).")
    ] = None,
) -> None:
    """Print the script that lets the shell complete commands and options. Load it at the start of a shell."""
    chosen = one_of(shell or PurePath(os.environ.get("SHELL", "")).name, SHELLS, "SHELL")

    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    from policyx.cli.output import results

    with results() as write:
        write(get_completion_script(prog_name="policyx", complete_var=VARIABLE, shell=chosen) + "\n")
