"""What is done to the points of a page's picture: setting it straight, finding its rules and the blanks between
figures. An array of rows of points goes in; no text is read here."""

from __future__ import annotations

from typing import Any

from policyx.read.pdf_drawn import Rule

_RULE_LENGTH = 0.014  # share of the page's longer side: about the height of a low row
_RULE_WIDTH = 0.004
_LEFT_TILT = 0.01  # by how much a rule may still rise
_COARSE_SIDE = 1000  # points of the longer side on which the tilt is measured
_STEP, _STEPS = 0.05, 10  # degrees, and how many to either side


def grey(picture: Any) -> Any:
    """A picture without its colours."""
    import cv2

    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim == 3 else picture


def refined_tilt(picture: Any, tilt: float) -> float:
    """The tilt in degrees more exactly: that at which the rows of points of the page differ most."""
    import cv2
    import numpy

    scale = _COARSE_SIDE / max(picture.shape[:2])
    ink = 255 - grey(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    high, wide = ink.shape

    def contrast(angle: float) -> float:
        rows = cv2.warpAffine(ink, _turn(wide, high, angle), (wide, high)).sum(axis=1, dtype=numpy.float64)
        return float((numpy.diff(rows) ** 2).sum())

    return max((tilt + step * _STEP for step in range(-_STEPS, _STEPS + 1)), key=contrast)


def turned(picture: Any, angle: float) -> tuple[Any, tuple[tuple[float, ...], ...]]:
    """The picture turned by an angle in degrees, to the left; and the two rows of the matrix that does so."""
    import cv2

    high, wide = picture.shape[:2]
    turn = _turn(wide, high, angle)
    straight = cv2.warpAffine(picture, turn, (wide, high), borderValue=(255, 255, 255))
    return straight, tuple(map(tuple, turn.tolist()))


def ruled_lines(page: Any) -> list[Rule]:
    """The level and upright lines that are ruled in a grey picture."""
    import cv2

    dark = cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    side = max(page.shape[:2])
    length, width = max(int(_RULE_LENGTH * side), 20), max(_RULE_WIDTH * side, 4.0)
    rules: list[Rule] = []
    for upright in (False, True):
        shape = (1, length) if upright else (length, 1)
        kept = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        across = (3, 1) if upright else (1, 3)  # a rule that the scan makes step up by a point stays one
        kept = cv2.dilate(kept, cv2.getStructuringElement(cv2.MORPH_RECT, across))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
        for x, y, wide, high, _ in boxes[1:].tolist():
            thick, long = (wide, high) if upright else (high, wide)
            if thick <= width + _LEFT_TILT * long:
                at, start, end = (x + wide / 2, y, y + high) if upright else (y + high / 2, x, x + wide)
                rules.append(Rule(upright, at, start, end))
    return rules


def widest_blank(band: Any, start: float, end: float) -> float:
    """How many points wide the widest strip without ink is between two places of a grey line of text."""
    import numpy

    between = band[:, max(int(start), 0) : int(end) + 1]
    if not between.size:
        return 0.0
    paper, ink = numpy.percentile(band, (90, 2))
    inked = numpy.flatnonzero(between.min(axis=0) < (paper + ink) / 2)
    return float(numpy.diff(inked).max() - 1) if len(inked) > 1 else 0.0


def _turn(wide: int, high: int, angle: float) -> Any:
    import cv2

    return cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
