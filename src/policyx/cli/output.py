"""Where results and notes go: data to standard output or a file, as UTF-8; everything else to standard error."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import typer

from policyx.cli.language import said
from policyx.cli.streams import flush_output, harmless, told_as_output

Write = Callable[[str], None]


def note(message: str) -> None:
    """Say something that is not data, on one line. Where nobody can hear it, it is not said."""
    with contextlib.suppress(OSError):
        typer.echo(f"policyx: {one_line(said(message))}", err=True)


def one_line(message: str) -> str:
    """The message on one line, without anything that a terminal obeys: it may hold the name of a file."""
    return message if message.isprintable() else harmless(message).replace("\n", "⏎").replace("\r", "")


def passed_over(passed: Mapping[str, int], given: Iterable[str]) -> None:
    """Say how many files of each kind were left out of the folders that were given."""
    if passed:
        kinds = ", ".join(f"{count} {kind}" for kind, count in passed.items())
        folders = ", ".join(path for path in given if Path(path).is_dir())
        number = sum(passed.values())
        note(f"{folders or 'folders'}: passed over {number} file{'' if number == 1 else 's'}: {kinds}")


def missing_extras(paths: Iterable[str]) -> None:
    """Say, before they are read, what has to be installed for some of these files."""
    from policyx.export.formats import missing_for

    for missing, count in missing_for(paths).items():
        note(f"{count} file{' needs' if count == 1 else 's need'} what is not installed: {missing}")


def on_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def colour_wanted() -> bool:
    """Whether standard output takes colours and the user has not asked for none."""
    return on_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def screen_width() -> int:
    """The width of the screen in cells; in a pipe COLUMNS, or 120."""
    return max(shutil.get_terminal_size((120, 24)).columns, 40)


@contextmanager
def results(path: str | None = None, *, raw: bool = False) -> Iterator[Write]:
    """A function that writes results to standard output, or to the file `path`, which appears when all is written. On
    a terminal nothing comes through that it would obey; colours do, unless the text is `raw`: a document's own.

    A name that is not valid Unicode is written with backslashes, which JSON reads back to the same name."""
    if path is None or path == "-":
        yield lambda text: _standard_output(text, styled=not raw)
        flush_output()
        return
    from policyx.export.files import draft

    with draft(Path(path)) as place, place.open("wb") as stream:
        yield lambda text: _put(stream.write, text)


def _standard_output(text: str, styled: bool) -> None:
    with told_as_output():
        if on_terminal():
            sys.stdout.write(harmless(text, styled))
        else:
            sys.stdout.flush()
            _put(sys.stdout.buffer.write, text)


def _put(write: Callable[[memoryview], int | None], text: str) -> None:
    """Write all of `text`: an unbuffered stream (python -u) may take only a part at a time."""
    rest = memoryview(text.encode("utf-8", "backslashreplace"))
    while rest:
        rest = rest[write(rest) or 0 :]


class Progress:
    """A count of documents on standard error while results go elsewhere; silent where nobody watches."""

    _FEW = 20

    def __init__(self, total: int, to_screen: bool) -> None:
        self._total = total
        self._shown = sys.stderr.isatty() and not to_screen and total > self._FEW

    def step(self, done: int) -> None:
        """Show how many are done."""
        if self._shown:
            print(f"\r{done}/{self._total}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the count away, so that a note or the next prompt has the line to itself."""
        if self._shown:
            print("\r" + " " * (2 * len(str(self._total)) + 1) + "\r", end="", file=sys.stderr, flush=True)
