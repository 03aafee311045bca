"""The bytes of a PDF go in, its text goes out in reading order: paragraphs whole again, tables as cells, running heads
and page numbers left out, and where each page begins. Pages that are pictures are recognized where the extra for it is
installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from policyx.errors import ReadError
from policyx.read import ocr
from policyx.read.meta import plain, stated_title
from policyx.read.pdf_chars import Char, View, page_chars
from policyx.read.pdf_charts import without_labels
from policyx.read.pdf_drawn import drawn_on
from policyx.read.pdf_furniture import without_furniture
from policyx.read.pdf_guard import check
from policyx.read.pdf_layout import PageLayout, characters_of, page_layout, with_settled_edges
from policyx.read.pdf_notes import with_notes_apart
from policyx.read.pdf_open import all_tables
from policyx.read.pdf_scan import can_be_recognized, is_picture, recognized
from policyx.read.pdf_text import document_text, doubtful_characters
from policyx.read.source import Content

_UNREADABLE = 0.3  # share of characters without a meaning from which on a text layer is worth nothing
_EMPTY = PageLayout((), 0.0, 0.0)


@dataclass(slots=True)
class _Found:
    """The layouts of the pages so far, and the numbers of those with which something is wrong."""

    layouts: list[PageLayout] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    recognized: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    heavy: list[int] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)
    charts: list[int] = field(default_factory=list)


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of the document. Raises ReadError for one that is encrypted, damaged or without text that can be
    read."""
    if find_spec("pypdfium2") is None:
        raise ReadError(path, "is a PDF document, which needs a library more: pip install 'policyx[pdf]'")
    heavy = check(data, path)
    document = _opened(data, path)
    found = _Found()
    try:
        for number in range(len(document)):
            page = None if number in heavy else _page(document, number)
            if page is None:
                (found.heavy if number in heavy else found.damaged).append(number + 1)
                found.layouts.append(_EMPTY)
                continue
            _read_page(page, number + 1, found)
            page.close()
        stated = plain(document.get_metadata_dict().get("Title"))
    finally:
        document.close()
    _check_found(found, path)
    layouts = with_notes_apart(with_settled_edges(without_furniture(found.layouts)))
    told = document_text(layouts)
    if not told.text.strip():
        raise ReadError(path, "is a PDF document without text")
    doubtful = doubtful_characters(told.regions)
    title = stated_title(stated, told.text.split("\n", 20))
    return Content(told.text, title=title, pages=told.pages, notes=tuple(_notes(found, doubtful)), regions=told.regions)


def _read_page(page: Any, number: int, found: _Found) -> None:
    chars, lost, view = page_chars(page)
    seen = sum(not char.text.isspace() for char in chars)
    unreadable = lost > _UNREADABLE * (len(chars) + lost)
    if not unreadable and not is_picture(page, seen):
        found.layouts.append(_layout(page, number, chars, view, found))
        return
    if can_be_recognized(page):
        layout = recognized(page)
        if unreadable or seen <= characters_of(layout):
            found.layouts.append(layout)
            (found.recognized if layout.items else found.blank).append(number)
            return
    else:
        (found.unreadable if unreadable else found.pictures).append(number)
    found.layouts.append(_layout(page, number, chars, view, found))


def _layout(page: Any, number: int, chars: list[Char], view: View, found: _Found) -> PageLayout:
    drawn = drawn_on(page, view)
    if not drawn.whole:
        found.crowded.append(number)
        drawn.rules.clear()
    shown = without_labels(chars, drawn)
    if len(shown) < len(chars):
        found.charts.append(number)
    return page_layout(shown, all_tables(drawn.rules, shown), view.size)


def _opened(data: bytes, path: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = str(error)
    if "assword" in reason:
        raise ReadError(path, "is a PDF document that is encrypted; remove its password first")
    raise ReadError(path, "is a PDF document, but damaged or cut off")


def _page(document: Any, number: int) -> Any:
    """A page; None where it is damaged."""
    from pypdfium2 import PdfiumError

    try:
        return document[number]
    except PdfiumError:
        return None


def _check_found(found: _Found, path: str) -> None:
    """Raises ReadError where no page can be read."""
    pages = len(found.layouts)
    if pages and len(found.heavy) == pages:
        raise ReadError(path, "is a PDF document whose pages draw without end; not read")
    if pages and len(found.damaged) == pages:
        raise ReadError(path, "is a PDF document, but damaged: none of its pages can be read")
    empty = not any(page.items for page in found.layouts)
    if empty and found.blank:
        raise ReadError(path, "is a PDF document of pictures in which no text is recognized")
    if empty or (len(found.pictures) == pages and pages > 1):  # one may be a poster with a few words on it
        raise ReadError(path, f"is a PDF document without a text layer (pictures of pages); it needs {ocr.NEEDED}")
    if len(found.unreadable) > _UNREADABLE * pages:
        raise ReadError(path, f"is a PDF document whose fonts do not tell which characters they show; it needs "
                              f"{ocr.NEEDED}")  # fmt: skip


def _notes(found: _Found, doubtful: int) -> Iterator[str]:
    for numbers, told in (
        (found.recognized, f"text recognized in a picture; doubtful characters: {doubtful}"),
        (found.blank, "a picture in which no text is recognized"),
        (found.pictures, f"a picture without a text layer, not read; it needs {ocr.NEEDED}"),
        (found.unreadable, "fonts that do not tell which characters they show, not read"),
        (found.damaged, "damaged, not read"),
        (found.heavy, "draws more than is safe to unpack, not read"),
        (found.charts, "labels of a chart, left out"),
        (found.crowded, "too much is drawn to look for tables"),
    ):
        if numbers:
            listed = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
            yield f"{'page' if len(numbers) == 1 else 'pages'} {listed}: {told}"
