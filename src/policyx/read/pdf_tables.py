"""The bytes of a PDF go in, the ruled tables of each page go out: boxes of cells, without what is written in them.

Where the rules of a table run is pdfplumber's work; it is asked only for pages on which something is drawn."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from policyx.read.pdf_chars import Box, View

_FEWEST_PATHS = 4  # drawn things that a table needs: a frame and a rule may be two
_SNAP = 3.0  # points within which edges of cells are one
_MOST_PATHS = 20_000  # on one page: that is a drawing or a map, in which looking for cells takes minutes


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table: the boxes of its cells, and for each place of its grid the number of the cell that covers it."""

    cells: tuple[Box, ...]
    grid: tuple[tuple[int | None, ...], ...]
    x0: float
    top: float
    x1: float
    bottom: float

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell around a point."""
        if not (self.x0 <= x <= self.x1 and self.top <= y <= self.bottom):
            return None
        for index, (x0, top, x1, bottom) in enumerate(self.cells):
            if x0 <= x <= x1 and top <= y <= bottom:
                return index
        return None


class TableFinder:
    """Finds the tables of one document, page by page."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None
        self._failed = False

    def find(self, number: int, shown: View, wanted: View) -> list[Ruled]:
        """The tables of a page, as it is looked at to read it; `shown` is how the page itself says it is shown. None
        where the page is drawn in a way that pdfplumber does not understand."""
        if self._failed:
            return []
        try:
            if self._pdf is None:
                self._pdf = _opened(self._data)
            page = self._pdf.pages[number]
            if len(page.lines) + len(page.rects) + len(page.curves) > _MOST_PATHS:
                return []
            left, top = page.bbox[0], page.bbox[1]
            boxes = [
                [(box[0] - left, box[1] - top, box[2] - left, box[3] - top) for box in table.cells]
                for table in page.find_tables()
            ]
            page.close()
        except ImportError:
            raise
        except Exception:  # pdfminer raises whatever a broken document makes it run into; the text is there without
            self._failed = True
            return []
        if shown != wanted:
            boxes = [[wanted.shown(*shown.original(*box)) for box in cells] for cells in boxes]
        found = map(ruled, boxes)
        return [table for table in found if table is not None]

    def close(self) -> None:
        """Let go of the document."""
        if self._pdf is not None:
            with suppress(Exception):  # it looks at the pages once more, and a broken one makes it raise again
                self._pdf.close()


def is_ruled(page: Any) -> bool:
    """Whether enough is drawn on a page for a table."""
    import pypdfium2.raw as pdfium

    drawn = 0
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        kind = pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, index))
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            return True
        drawn += kind == pdfium.FPDF_PAGEOBJ_PATH
        if drawn >= _FEWEST_PATHS:
            return True
    return drawn > 0 and _holds_many_lines(page)


def _holds_many_lines(page: Any) -> bool:
    """A whole grid may be one path."""
    import pypdfium2.raw as pdfium

    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        is_path = pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH
        if is_path and pdfium.FPDFPath_CountSegments(item) >= 2 * _FEWEST_PATHS:
            return True
    return False


def ruled(boxes: list[Box]) -> Ruled | None:
    """The table that boxes of cells make up; None for a frame around text, which has one column."""
    cells = sorted(set(boxes), key=lambda box: (box[1], box[0]))
    xs = _snapped([edge for cell in cells for edge in (cell[0], cell[2])])
    ys = _snapped([edge for cell in cells for edge in (cell[1], cell[3])])
    if len(xs) < 3 or len(ys) < 2 or len(cells) < 3:
        return None
    grid: list[list[int | None]] = [[None] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for index, (x0, y0, x1, y1) in enumerate(cells):
        for row in range(_nearest(ys, y0), _nearest(ys, y1)):
            for column in range(_nearest(xs, x0), _nearest(xs, x1)):
                if grid[row][column] is None:
                    grid[row][column] = index
    return Ruled(tuple(cells), tuple(map(tuple, grid)), xs[0], ys[0], xs[-1], ys[-1])


def _snapped(edges: list[float]) -> list[float]:
    """The edges in order, those that are a hair apart as one."""
    out: list[float] = []
    for edge in sorted(edges):
        if not out or edge - out[-1] > _SNAP:
            out.append(edge)
    return out


def _nearest(edges: list[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - edge))


def _opened(data: bytes) -> Any:
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells of every oddity of a font on standard error
    return pdfplumber.open(io.BytesIO(data))
