"""The command `policyx`: arguments go in, the library is called, results are printed. `main` is the entry point."""

from __future__ import annotations

import gc
import os
import sys

__all__ = ["main"]

_YOUNG = 200_000  # new objects before the garbage is looked through: rules and words alone are some 150,000


def main() -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 some input failed, 2 wrong usage."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    try:
        from policyx.cli import streams

        streams.prepare()
        sys.exit(_run())
    except KeyboardInterrupt as error:
        sys.exit(getattr(error, "code", 130))


def _run() -> int:
    from policyx.cli.streams import PIPE_CLOSED, abandon_output, flush_output
    from policyx.errors import PolicyxError

    try:
        from policyx.cli.app import app

        if "_POLICYX_COMPLETE" in os.environ:  # a shell asks what could stand here; see `policyx completion`
            from typer.completion import completion_init  # type: ignore[attr-defined]

            completion_init()
        try:
            app(prog_name="policyx")
        finally:
            flush_output()
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    except BrokenPipeError:  # the reader has gone
        abandon_output()
        return PIPE_CLOSED
    except PolicyxError as error:
        return _failed(str(error))
    except OSError as error:
        abandon_output()
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}{error.strerror or error}")
    return 0


def _failed(reason: str) -> int:
    from policyx.cli.output import note

    note(reason)
    return 1
