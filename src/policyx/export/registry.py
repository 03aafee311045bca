"""Which module writes which format: a format is one line here and one module, imported only when it is asked for.

Such a module turns documents into text, one at a time, so that results can leave as they come and can be made in
several processes: `head(view)`, then `part(document, view)` of each document with `SEPARATOR` in between, `foot(view)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:  # the command line needs the names of the formats for its help, and nothing else
    from policyx.export.view import View
    from policyx.model import Document


class Format(NamedTuple):
    """A format that can be written: its name, its module and the suffixes of its files."""

    name: str
    module: str
    suffixes: tuple[str, ...]


class Writer(Protocol):
    """What the module of a format offers."""

    SEPARATOR: str

    def head(self, view: View) -> str:
        """What stands before all documents."""

    def part(self, document: Document, view: View) -> str:
        """What one document becomes; empty where it has nothing to show."""

    def foot(self, view: View) -> str:
        """What stands behind all documents."""


FORMATS: tuple[Format, ...] = (
    Format("table", "policyx.export.table", ()),
    Format("json", "policyx.export.json", (".json",)),
    Format("jsonl", "policyx.export.jsonl", (".jsonl", ".ndjson")),
    Format("csv", "policyx.export.csv", (".csv",)),
    Format("markdown", "policyx.export.markdown", (".md", ".markdown")),
)


def format_of(path: str) -> str | None:
    """The format that a file name's suffix stands for, or None."""
    suffix = PurePath(path).suffix.lower()
    return next((form.name for form in FORMATS if suffix in form.suffixes), None)


def writer(name: str) -> Writer:
    """The writer of a format by name. Raises KeyError for a name that is not registered."""
    modules = {form.name: form.module for form in FORMATS}
    return cast(Writer, import_module(modules[name]))


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
