"""`policyx serve`: a web page on this machine that files are dropped on, for people without a shell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def serve(
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")] = 8765,
    keep: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep what was dropped and its report here (default: nothing).")
    ] = None,
    max_size: Annotated[int, typer.Option(metavar="MB", min=1, help="Most megabytes of one upload.")] = 50,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=1, help="Most seconds for one upload.")] = 120.0,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Show a page on this machine that makes a report of the files that are dropped on it. Nothing is stored."""
    from policyx.cli.output import note
    from policyx.errors import PolicyxError
    from policyx.export.registry import require

    for package in ("starlette", "uvicorn", "python_multipart"):
        require("policyx serve", package, "serve")
    from policyx.serve import Limits, Server

    if keep is not None:
        try:
            keep.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PolicyxError(f"{keep}: cannot be written: {error.strerror}") from None
    server = Server(port, Limits(megabytes=max_size, seconds=timeout), keep)
    note(f"open {server.address} (Ctrl-C ends it)")
    if open_browser:
        import webbrowser

        webbrowser.open(server.address)
    server.run()
