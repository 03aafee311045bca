"""The bytes of a DOCX document go in, its text goes out in reading order: paragraphs with their numbers, tables as
cells, text boxes, notes; tracked changes as accepted, heads and feet of pages left out.

Only the standard library is needed: the format is XML in a ZIP archive."""

from __future__ import annotations

from policyx.errors import ReadError
from policyx.read.docx_body import Body
from policyx.read.docx_numbering import Numbering
from policyx.read.meta import plain, stated_title
from policyx.read.office_xml import Package
from policyx.read.source import Content

_KIND = "a DOCX document"
_CORE = "docProps/core.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_DC = "{http://purl.org/dc/elements/1.1/}"


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of the document and the title that its properties state. Raises ReadError for what is no document."""
    package = Package(data, path, _KIND)
    main = next((name for name in ("word/document.xml", "word/document2.xml") if name in package), None)
    if main is None:
        raise ReadError(path, "is a ZIP archive that should be a DOCX document, but holds no word/document.xml")
    lists, styles = (package.found_tree(f"word/{name}.xml") for name in ("numbering", "styles"))
    body = Body(Numbering(lists, styles))
    lines = body.lines(package.tree(main))
    for name in _NOTES:
        notes = package.found_tree(name)
        if notes is not None:
            lines += body.note_lines(notes)
    if not lines:
        raise ReadError(path, "is a DOCX document without text (it may hold pictures only)")
    core = package.found_tree(_CORE)
    title = None if core is None else plain(core.findtext(f"{_DC}title"))
    return Content("\n".join(lines) + "\n", title=stated_title(title, lines))
