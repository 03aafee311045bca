"""Which module writes which format: a format is one line here and one module, imported only when it is asked for.

There are two kinds, and both turn a document into its part of the output first, which can be done in any process. A
text format offers `head(view)`, `part(document, view)` and `foot(view)`: pieces of text that leave as they come, with
`SEPARATOR` between parts. A file format offers `part(document, view)` and `open_file(path, view)`, and what that opens
takes the parts one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol, cast

from policyx.errors import MissingExtraError
from policyx.tuples import NamedTuple

if TYPE_CHECKING:  # the command line needs the names of the formats for its help, and nothing else
    from pathlib import Path

    from policyx.export.view import View
    from policyx.model import Document


class Format(NamedTuple):
    """A format that can be written: its name, its module, the suffixes of its files, and whether it is a file format.

    `package` is what it needs beside policyx's own dependencies; the extra of that name brings it."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    is_file: bool = False
    package: str | None = None
    extra: str = ""


class Writer(Protocol):
    """What the module of a text format offers."""

    SEPARATOR: str

    def head(self, view: View) -> str:
        """What stands before all documents."""

    def part(self, document: Document, view: View) -> str:
        """What one document becomes; empty where it has nothing to show."""

    def foot(self, view: View) -> str:
        """What stands behind all documents."""


class OpenFile(Protocol):
    """A file of a file format that is being written."""

    def add(self, part: Any) -> None:
        """Write one document's part."""

    def close(self) -> None:
        """Finish the file."""

    def discard(self) -> None:
        """Let go of the file after a failure."""


class FileWriter(Protocol):
    """What the module of a file format offers. `IN_PLACE`: an existing file is added to and not replaced."""

    IN_PLACE: bool

    def part(self, document: Document, view: View) -> Any:
        """What one document becomes: plain values that another process can send."""

    def open_file(self, path: Path, view: View) -> OpenFile:
        """Begin the file."""


FORMATS: tuple[Format, ...] = (
    Format("table", "policyx.export.table", ()),
    Format("json", "policyx.export.json", (".json",)),
    Format("jsonl", "policyx.export.jsonl", (".jsonl", ".ndjson")),
    Format("csv", "policyx.export.csv", (".csv",)),
    Format("markdown", "policyx.export.markdown", (".md", ".markdown")),
    Format("doccano", "policyx.export.doccano", ()),
    Format("label-studio", "policyx.export.labelstudio", ()),
    Format("xlsx", "policyx.export.xlsx", (".xlsx",), True, "xlsxwriter", "xlsx"),
    Format("sqlite", "policyx.export.sqlite", (".sqlite", ".sqlite3", ".db"), True),
    Format("duckdb", "policyx.export.duckdb", (".duckdb",), True, "duckdb", "duckdb"),
    Format("parquet", "policyx.export.parquet", (".parquet",), True, "duckdb", "parquet"),
)
_BY_NAME = {form.name: form for form in FORMATS}


def format_of(path: str) -> str | None:
    """The format that a file name's suffix stands for, or None."""
    suffix = PurePath(path).suffix.lower()
    return next((form.name for form in FORMATS if suffix in form.suffixes), None)


def is_file_format(name: str) -> bool:
    """Whether a format is a file format: it needs a file and cannot leave as text."""
    return _BY_NAME[name].is_file


def part_of(name: str, document: Document, view: View) -> Any:
    """The document's part of the output in a format of either kind."""
    return import_module(_BY_NAME[name].module).part(document, view)


def writer(name: str) -> Writer:
    """The writer of a text format by name. Raises KeyError for a name that is not registered."""
    return cast(Writer, import_module(_BY_NAME[name].module))


def file_writer(name: str) -> FileWriter:
    """The writer of a file format by name. Raises MissingExtraError where its package is not installed."""
    form = _BY_NAME[name]
    require(name, form.package, form.extra)
    return cast(FileWriter, import_module(form.module))


def require(wanted: str, package: str | None, extra: str) -> None:
    """Raise MissingExtraError if `package`, without which there is no `wanted`, is not installed."""
    if package is not None and find_spec(package) is None:
        raise MissingExtraError(wanted, package, extra)


def joined(name: str, parts: Iterable[str], view: View) -> Iterator[str]:
    """The whole output as pieces of text: head, the documents' parts, foot."""
    form = writer(name)
    yield form.head(view)
    first = True
    for part in parts:
        if part:
            yield part if first else form.SEPARATOR + part
            first = False
    yield form.foot(view)


def written(name: str, documents: Iterable[Document], view: View | None = None) -> Iterator[str]:
    """`documents` in a format, as pieces of text that leave as the documents come."""
    from policyx.export.view import View

    view = view or View()
    form = writer(name)
    return joined(name, (form.part(document, view) for document in documents), view)
