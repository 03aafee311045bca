"""The command `policyx`: arguments go in, the library is called, results are printed. `main` is the entry point."""

from __future__ import annotations

import os
import sys

__all__ = ["main"]

_PIPE_CLOSED = 128 + 13  # as if the signal SIGPIPE had ended the process, which is what a shell expects


def main() -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 some input failed, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal of another encoding must not end the program
            stream.reconfigure(errors="backslashreplace")
    from policyx.cli.app import app

    if "_POLICYX_COMPLETE" in os.environ:  # a shell asks what could stand here; see `policyx completion`
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
    try:
        try:
            app(prog_name="policyx")
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # the reader has gone; without this Python would try to write the rest once more at its end, and complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_PIPE_CLOSED)
    except KeyboardInterrupt:
        sys.exit(130)
