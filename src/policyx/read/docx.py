"""The bytes of a DOCX document go in, its text goes out in reading order: paragraphs with their numbers, tables as
cells, text boxes, notes; tracked changes as accepted, heads and feet of pages left out.

Only the standard library is needed: the format is XML in a ZIP archive."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree

from policyx.errors import ReadError
from policyx.read.archive import opened, unpacked
from policyx.read.docx_body import Body
from policyx.read.docx_numbering import Numbering
from policyx.read.meta import plain, stated_title
from policyx.read.source import Content

_CORE = "docProps/core.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_DC = "{http://purl.org/dc/elements/1.1/}"


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of the document and the title that its properties state. Raises ReadError for what is no document."""
    archive = opened(data, path)
    names = {info.filename: info for info in archive.infolist()}
    main = next((name for name in ("word/document.xml", "word/document2.xml") if name in names), None)
    if main is None:
        raise ReadError(path, "is a ZIP archive that should be a DOCX document, but holds no word/document.xml")
    lists, styles = (_part(archive, names, f"word/{name}.xml", path) for name in ("numbering", "styles"))
    body = Body(Numbering(lists, styles))
    root = _part(archive, names, main, path)
    assert root is not None
    lines = body.lines(root)
    for name in _NOTES:
        notes = _part(archive, names, name, path)
        if notes is not None:
            lines += body.note_lines(notes)
    if not lines:
        raise ReadError(path, "is a DOCX document without text (it may hold pictures only)")
    core = _part(archive, names, _CORE, path)
    title = None if core is None else plain(core.findtext(f"{_DC}title"))
    return Content("\n".join(lines) + "\n", title=stated_title(title, lines))


def _part(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], name: str, path: str
) -> ElementTree.Element | None:
    """The XML of a part; None where there is none. A document type, which no such part has, could name files or grow
    without bound."""
    if name not in names:
        return None
    data = unpacked(archive, names[name], path)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ReadError(path, f"is not a proper DOCX document: {name} declares a document type")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReadError(path, f"is a DOCX document, but damaged: {name}: {error}") from None
    except RecursionError:
        raise ReadError(path, f"is a DOCX document, but {name} is nested too deeply") from None
