"""The bytes of a PDF with a text layer go in, its text goes out in reading order: paragraphs whole again, tables as
cells, running heads and page numbers left out, and where each page begins."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from policyx.errors import ReadError
from policyx.read.meta import plain, stated_title
from policyx.read.pdf_chars import page_chars, page_view
from policyx.read.pdf_furniture import without_furniture
from policyx.read.pdf_layout import PageLayout, page_layout, with_settled_edges
from policyx.read.pdf_tables import Ruled, TableFinder, is_ruled
from policyx.read.pdf_text import document_text
from policyx.read.source import Content

_FEWEST = 10  # characters of a page that has a text layer; a scanning program's name is less
_UNREADABLE = 0.3  # share of characters without a meaning from which on a text layer is worth nothing


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of the document. Raises ReadError for one that is encrypted, damaged or without a text layer."""
    document = _opened(data, path)
    tables = TableFinder(data)
    try:
        layouts: list[PageLayout] = []
        empty: list[int] = []
        unreadable = count = 0
        for number, page in enumerate(_pages(document, path)):
            chars, lost, view = page_chars(page)
            unreadable += lost
            count += len(chars) + lost
            if sum(not char.text.isspace() for char in chars) < _FEWEST and _has_picture(page):
                empty.append(number + 1)
            ruled: list[Ruled] = tables.find(number, page_view(page), view) if chars and is_ruled(page) else []
            layouts.append(page_layout(chars, ruled, view.size))
            page.close()
        stated = plain(document.get_metadata_dict().get("Title"))
    finally:
        tables.close()
        document.close()
    if count == 0 or len(empty) == len(layouts):
        raise ReadError(path, "is a PDF document without a text layer (pictures of pages); it needs text recognition "
                              "first")  # fmt: skip
    if unreadable > _UNREADABLE * count:
        raise ReadError(path, "is a PDF document whose fonts do not tell which characters they show; it needs text "
                              "recognition")  # fmt: skip
    text, pages = document_text(with_settled_edges(without_furniture(layouts)))
    if not text.strip():
        raise ReadError(path, "is a PDF document without text")
    return Content(text, title=stated_title(stated, text.split("\n", 20)), pages=pages, notes=_notes(empty))


def _opened(data: bytes, path: str) -> Any:
    try:
        import pypdfium2

        if find_spec("pdfplumber") is None:
            raise ImportError("pdfplumber")
    except ImportError:
        raise ReadError(path, "is a PDF document, which needs a library more: pip install 'policyx[pdf]'") from None
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = str(error)
    if "assword" in reason:
        raise ReadError(path, "is a PDF document that is encrypted; remove its password first")
    raise ReadError(path, "is a PDF document, but damaged or cut off")


def _pages(document: Any, path: str) -> Iterator[Any]:
    from pypdfium2 import PdfiumError

    for number in range(len(document)):
        try:
            yield document[number]
        except PdfiumError:
            raise ReadError(path, f"is a PDF document, but page {number + 1} is damaged") from None


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    kinds = {pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, i)) for i in range(min(count, 50))}
    return pdfium.FPDF_PAGEOBJ_IMAGE in kinds or pdfium.FPDF_PAGEOBJ_FORM in kinds


def _notes(empty: list[int]) -> tuple[str, ...]:
    if not empty:
        return ()
    numbers = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
    return (f"{'page' if len(empty) == 1 else 'pages'} {numbers}: a picture without a text layer, not read",)
