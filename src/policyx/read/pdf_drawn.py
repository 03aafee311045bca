"""A page of a PDF goes in, what is drawn on it goes out: straight rules, and the marks of pictures.

How the page is looked at decides what is horizontal. Forms (groups of objects drawn as one) are searched too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from policyx.read.limits import DEEPEST_FORM, MOST_DRAWN, MOST_RULES
from policyx.read.pdf_chars import Box, View

THIN = 3.0  # points: a filled box that is thinner is a rule
_LEVEL = 0.5  # points by which the ends of a level line may differ
_SHORTEST = 3.0
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A straight line: `at` is its height where it is level, its distance from the left edge where it is upright."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawn:
    """The rules of a page; the boxes of its filled areas (`bars`), of curved ones (`wedges`) and of what else is curved
    or slanted (`strokes`); and whether that is everything, or more was drawn than is looked at."""

    rules: list[Rule] = field(default_factory=list)
    bars: list[Box] = field(default_factory=list)
    wedges: list[Box] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    whole: bool = True


def drawn_on(page: Any, view: View) -> Drawn:
    """What is drawn on a page, as it stands when looked at so."""
    drawn = Drawn()
    for item, matrix in _paths(page, drawn):
        if len(drawn.rules) > MOST_RULES:
            drawn.whole = False
            break
        _add(item, matrix, view, drawn)
    return drawn


def _paths(page: Any, drawn: Drawn) -> Iterator[tuple[Any, _Matrix]]:
    """The paths of a page with the matrix of the form that they stand in."""
    import pypdfium2.raw as pdfium

    seen = 0
    waiting: list[tuple[Any, Any, Any, _Matrix, int]] = [
        (page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _SAME, 0)
    ]
    while waiting:
        owner, count_of, object_of, matrix, depth = waiting.pop()
        for index in range(count_of(owner)):
            seen += 1
            if seen > MOST_DRAWN:
                drawn.whole = False
                return
            item = object_of(owner, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield item, matrix
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                inner = _product(_matrix_of(item), matrix)
                waiting.append((item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1))


def _add(item: Any, matrix: _Matrix, view: View, drawn: Drawn) -> None:
    """What a path draws."""
    import ctypes

    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
        return
    box = _bounds(item, matrix, view)
    if box is None:
        return
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) < THIN:
        if max(wide, high) >= _SHORTEST:
            _add_rule(box, drawn)
        return
    points, straight = _points(item, _product(_matrix_of(item), matrix), view)
    sides = [_side(a, b) for a, b in points]
    level = straight and all(side is not None for side in sides)
    if stroke.value:
        drawn.rules += [side for side in sides if side is not None and side.end - side.start >= _SHORTEST]
    if not level:
        (drawn.wedges if fill.value and not straight else drawn.strokes).append(box)
    elif fill.value and not stroke.value and not _is_white(item):
        drawn.bars.append(box)


def _add_rule(box: Box, drawn: Drawn) -> None:
    x0, top, x1, bottom = box
    upright = x1 - x0 < bottom - top
    at = (x0 + x1) / 2 if upright else (top + bottom) / 2
    drawn.rules.append(Rule(upright, at, *((top, bottom) if upright else (x0, x1))))


_Point = tuple[float, float]


def _points(item: Any, matrix: _Matrix, view: View) -> tuple[list[tuple[_Point, _Point]], bool]:
    """The sides of a path; and whether all of it is straight."""
    import ctypes

    import pypdfium2.raw as pdfium

    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    sides: list[tuple[_Point, _Point]] = []
    straight = True
    first = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(item), MOST_RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = x.value, y.value
        point = view.point(a * px + c * py + e, b * px + d * py + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            sides.append((last, point))
        else:
            straight = False
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and first != last:
            sides.append((last, first))
            last = first
    return sides, straight


def _side(a: _Point, b: _Point) -> Rule | None:
    """A side as a rule; None for a slanted one."""
    if abs(a[0] - b[0]) <= _LEVEL:
        return Rule(True, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))
    if abs(a[1] - b[1]) <= _LEVEL:
        return Rule(False, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]))
    return None


def _bounds(item: Any, matrix: _Matrix, view: View) -> Box | None:
    import ctypes

    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    a, b, c, d, e, f = matrix
    x0, y0 = a * left.value + c * bottom.value + e, b * left.value + d * bottom.value + f
    x1, y1 = a * right.value + c * top.value + e, b * right.value + d * top.value + f
    return view.shown(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _matrix_of(item: Any) -> _Matrix:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _is_white(item: Any) -> bool:
    import ctypes

    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) > 250
