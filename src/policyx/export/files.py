"""Documents go in one at a time, a file in any format comes out: the way to write for programs.

    with open_writer("figures.sqlite") as writer:
        for document in documents:
            writer.add(document)

A file appears under its name when all is written; a database is added to in place, a document at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyx.errors import PolicyxError
from policyx.export.registry import file_writer, format_of, is_file_format, part_of, writer

if TYPE_CHECKING:
    from policyx.export.registry import OpenFile
    from policyx.export.view import View
    from policyx.model import Document


_LONGEST = 60  # characters of a file's name that the name of its draft repeats: a name holds 255 bytes


class DocumentWriter:
    """Writes documents to an open file, in the order in which they come."""

    def __init__(self, format: str, view: View, file: OpenFile) -> None:
        self._format, self._view, self._file = format, view, file

    def add(self, document: Document) -> None:
        """Write a document; in a database it replaces what an earlier run wrote of it."""
        self.add_part(part_of(self._format, document, self._view))

    def add_problem(self, path: str, reason: str) -> None:
        """List a file that was not read, or not as a whole, in a format that has a place for it: the workbook."""
        listed = getattr(self._file, "add_problem", None)
        if listed is not None:
            listed(path, reason)

    def add_part(self, part: Any) -> None:
        """Write what `part_of` made of a document, perhaps in another process."""
        self._file.add(part)


@contextmanager
def open_writer(path: str | Path, format: str | None = None, view: View | None = None) -> Iterator[DocumentWriter]:
    """A writer for the file at `path`, whose suffix picks the format if `format` does not.

    Raises MissingExtraError where the format needs a package that is not installed, and PolicyxError where the file
    cannot be written.

    >>> import policyx
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "figures.jsonl")
    ...     with open_writer(path) as writer:
    ...         writer.add(policyx.extract("2024年，研发投入1.5亿元。"))
    ...     len(path.read_text(encoding="utf-8").splitlines())
    1
    """
    from policyx.export.view import View

    path, view = Path(path), view or View()
    name = format or format_of(str(path))
    if name is None:
        pages = "; policyx.report writes pages" if path.suffix.lower() in (".html", ".htm") else ""
        raise PolicyxError(f"{path}: the suffix names no format{pages}")
    in_place = is_file_format(name) and file_writer(name).IN_PLACE
    if in_place:
        with _named(path):
            yield from _writing(name, path, view)
    else:
        with draft(path) as place:
            yield from _writing(name, place, view)


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A place to write to that becomes `path` when all went well; nothing is left of it otherwise.

    A device or a pipe is written to and not replaced."""
    special = path.exists() and not path.is_file()
    place = path if special else path.with_name(f".{path.name[:_LONGEST]}.{os.getpid()}.part")
    try:
        with _named(path, place):
            yield place
            if not special:
                _force(place)
                place.replace(path)
                _force_folder(path.parent)
    except BaseException:
        if not special:
            with suppress(OSError):
                place.unlink(missing_ok=True)
        raise


def _force(file: Path) -> None:
    """Have the disk hold a file before it gets its name."""
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())


def _force_folder(folder: Path) -> None:
    """Have the disk hold a renaming, on systems that let a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _named(path: Path, place: Path | None = None) -> Iterator[None]:
    """An error of the system that arises within is told as one of `path`; so is one that names its draft, `place`."""
    try:
        yield
    except BrokenPipeError:
        raise
    except PolicyxError as error:
        if place is None or place == path or str(place) not in str(error):
            raise
        raise PolicyxError(str(error).replace(str(place), str(path))) from None
    except OSError as error:
        raise PolicyxError(f"{path}: cannot be written: {error.strerror or error}") from None


def _writing(name: str, path: Path, view: View) -> Iterator[DocumentWriter]:
    file = file_writer(name).open_file(path, view) if is_file_format(name) else _TextFile(name, path, view)
    try:
        yield DocumentWriter(name, view, file)
        file.close()
    except BaseException:
        file.discard()
        raise


class _TextFile:
    """A file of a text format."""

    def __init__(self, name: str, path: Path, view: View) -> None:
        self._form, self._view = writer(name), view
        self._stream = path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
        self._stream.write(self._form.head(view))
        self._separator = ""

    def add(self, part: str) -> None:
        if part:
            self._stream.write(self._separator + part)
            self._separator = self._form.SEPARATOR

    def close(self) -> None:
        self._stream.write(self._form.foot(self._view))
        self._stream.close()

    def discard(self) -> None:
        with suppress(OSError):  # of what could not be written before
            self._stream.close()
