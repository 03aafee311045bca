"""A page of a PDF goes in; whether it is a picture of a page comes out, and what is recognized in it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from policyx.read import ocr
from policyx.read.limits import LARGEST_PICTURE, LONGEST_SIDE, MOST_DRAWN
from policyx.read.pdf_layout import PageLayout, page_layout
from policyx.read.pdf_open import all_tables

_FEWEST = 10  # characters of a page that has a text layer
_MARK = 60  # characters that a scanning program or a stamp may put on the picture of a page
_COVERED = 0.6  # share of the page that the picture of a page covers
_COARSEST = 40  # dots an inch of the picture of a page; a background may have one
_RESOLUTION = 200  # dots an inch at which pages are drawn to be recognized
_LOOKED_AT = 50  # objects among which a picture is looked for


def is_picture(page: Any, seen: int) -> bool:
    """Whether a page with `seen` characters is the picture of one. A program's mark on a scan is no text layer."""
    if seen < _FEWEST:
        return _has_picture(page)
    return seen < _MARK and _covered(page) >= _COVERED


def can_be_recognized(page: Any) -> bool:
    """Whether the extra is installed, and no picture on the page is too large to be unpacked."""
    return ocr.is_installed() and all(points <= LARGEST_PICTURE for points, _ in _pictures(page))


def recognized(page: Any) -> PageLayout:
    """The layout of a page that is a picture."""
    width, height = page.get_size()
    scale = min(_RESOLUTION / 72, LONGEST_SIDE / max(width, height, 1.0))
    seen = ocr.recognize(page.render(scale=scale).to_numpy(), width)
    return page_layout(seen.chars, all_tables(seen.rules, seen.chars), seen.size)


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFPage_CountObjects(page.raw), _LOOKED_AT)
    kinds = {pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, index)) for index in range(count)}
    return pdfium.FPDF_PAGEOBJ_IMAGE in kinds or pdfium.FPDF_PAGEOBJ_FORM in kinds


def _covered(page: Any) -> float:
    """The share of a page that pictures cover in which text could be read; a scanner may cut one into strips."""
    width, height = page.get_size()
    fine = (area for points, area in _pictures(page) if points * 72**2 >= area * _COARSEST**2)
    return float(sum(fine) / max(width * height, 1.0))


def _pictures(page: Any) -> Iterator[tuple[int, float]]:
    """The pictures that stand on a page by themselves: how many points each has, and the area that it takes."""
    import pypdfium2.raw as pdfium

    wide, high = ctypes.c_uint(), ctypes.c_uint()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), MOST_DRAWN)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        if not pdfium.FPDFImageObj_GetImagePixelSize(item, wide, high):
            continue
        placed = pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        area = (right.value - left.value) * (top.value - bottom.value) if placed else 0.0
        yield wide.value * high.value, area
