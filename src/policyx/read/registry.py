"""Which reader knows which file: a format is one line here and one module, imported only when a file needs it.

A module offers `read(data, path, encoding) -> Content`; that of a container offers
`members(data, path, encoding) -> Iterator[Member | ReadError]` instead, the documents inside it; that of a table offers
`sheets(data, path, encoding)`: its sheets, the encoding, and what of it could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from policyx.errors import ReadError
from policyx.read.sheet import Sheet
from policyx.read.source import Content
from policyx.tuples import NamedTuple


class Reader(NamedTuple):
    """A format that can be read: its name, the module that reads it, the suffixes of its files, and whether it holds
    other documents, or sheets with tables or a document in each row. One that is read only when `asked` for is passed
    over in folders and archives: most pictures there are no pages of text."""

    format: str
    module: str
    suffixes: tuple[str, ...]
    container: bool = False
    tabular: bool = False
    asked: bool = False


class Member(NamedTuple):
    """A document inside another file: its name there, and its bytes, or its text where the container had to read it."""

    name: str
    data: bytes
    content: Content | None = None


class ReadFunction(Protocol):
    """What a reader's module offers as `read`."""

    def __call__(self, data: bytes, path: str, encoding: str | None) -> Content: ...


class MembersFunction(Protocol):
    """What a container's module offers as `members`."""

    def __call__(self, data: bytes, path: str, encoding: str | None) -> Iterator[Member | ReadError]: ...


class SheetsFunction(Protocol):
    """What the module of a table offers as `sheets`."""

    def __call__(self, data: bytes, path: str, encoding: str | None) -> tuple[list[Sheet], str | None, list[str]]: ...


READERS: tuple[Reader, ...] = (
    Reader("txt", "policyx.read.txt", (".txt", ".text")),
    Reader("markdown", "policyx.read.markdown", (".md", ".markdown")),
    Reader("html", "policyx.read.html", (".html", ".htm", ".shtml", ".xhtml")),
    Reader("feed", "policyx.read.feed", (".xml", ".rss", ".atom")),
    Reader("pdf", "policyx.read.pdf", (".pdf",)),
    Reader("docx", "policyx.read.docx", (".docx", ".docm")),
    Reader("doc", "policyx.read.doc", (".doc", ".wps", ".rtf", ".odt")),
    Reader("ofd", "policyx.read.ofd", (".ofd",)),
    Reader("pptx", "policyx.read.pptx", (".pptx", ".pptm")),
    Reader("xlsx", "policyx.read.xlsx", (".xlsx", ".xlsm"), tabular=True),
    Reader("xls", "policyx.read.xls", (".xls", ".et"), tabular=True),
    Reader("ods", "policyx.read.ods", (".ods",), tabular=True),
    Reader("xmlss", "policyx.read.xmlss", (), tabular=True),
    Reader("csv", "policyx.read.delimited", (".csv", ".tsv"), tabular=True),
    Reader("image", "policyx.read.image", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"), asked=True),
    Reader("eml", "policyx.read.eml", (".eml", ".mht", ".mhtml"), container=True),
    Reader("zip", "policyx.read.archive", (".zip",), container=True),
)

# of the files that are read where they are found
SUFFIXES: tuple[str, ...] = tuple(suffix for reader in READERS if not reader.asked for suffix in reader.suffixes)

_BY_FORMAT = {reader.format: reader for reader in READERS}
_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}


def reader_for(data: bytes, suffix: str) -> Reader:
    """The reader for a file: by its first bytes where these say what it is, else by its suffix; a suffix that none
    knows is tried as plain text, which refuses binaries."""
    from policyx.read.sniff import format_of

    by_suffix = _BY_SUFFIX.get(suffix.lower(), READERS[0])
    return _BY_FORMAT[format_of(data, by_suffix.format)]


def promised_by(suffix: str) -> str | None:
    """What a file's suffix says that it is, where that is no text: a PDF document."""
    from policyx.read.binary import promised_kind

    reader = _BY_SUFFIX.get(suffix.lower())
    return promised_kind(reader.format) if reader else None


def read_function(reader: Reader) -> ReadFunction:
    """The function that does the reading."""
    return cast(ReadFunction, import_module(reader.module).read)


def members_function(reader: Reader) -> MembersFunction:
    """The function that takes a container apart."""
    return cast(MembersFunction, import_module(reader.module).members)


def sheets_function(reader: Reader) -> SheetsFunction:
    """The function that takes a table apart into its sheets."""
    return cast(SheetsFunction, import_module(reader.module).sheets)
