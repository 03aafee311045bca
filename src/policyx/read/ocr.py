"""The picture of a page goes in, its characters with their places and certainty and its rules go out, set straight.

The engine is rapidocr on onnxruntime (`policyx[ocr]`), whose models come in its package: nothing is fetched when it
runs. Its lines may be tilted; all places given here are those of the page turned upright."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from statistics import fmean, median
from typing import Any, NamedTuple

from policyx.read.pdf_chars import Char
from policyx.read.pdf_drawn import Rule

NEEDED = "text recognition, which needs a library more: pip install 'policyx[ocr]'"
_DETECTED_SIDE = 1536  # pixels of the longer side on which lines are looked for; they are read at full size
_LEAST_SURE = 0.5  # mean certainty of a line under which it is dirt or a picture
_LONG = 4.0  # times as long as high: a line that shows how far the page is tilted
_UPRIGHT = 1.5  # times as high as long: a line of a page that lies on its side
_FEWEST_WIDE = 4  # Chinese characters of a line that show the size of its type
_SIZE_IN_BOX = 0.72  # size of type to height of the engine's box
_USUAL_SIZE = 0.2  # share by which the sizes of lines differ that are one: boxes are not exact
_GAP = 1.2  # of the type's size: from here on a gap inside a line is none of the engine's inaccuracy
_RULE_LENGTH = 0.025  # share of the page's longer side: no stroke of a character is so long
_RULE_WIDTH = 0.004
_LEFT_TILT = 0.01  # by how much a rule may still rise
_COARSE_SIDE = 1000  # pixels of the longer side on which the tilt is measured
_STEP, _STEPS = 0.05, 10  # degrees, and how many to either side
_POSSIBLE_TILT = 12.0  # degrees; more is a slanted stamp or a watermark
_WIDE = "\u2e7f"
_Point = tuple[float, float]


class Recognized(NamedTuple):
    """What a picture of a page shows, in points: characters in lines from top to bottom, rules, width and height."""

    chars: list[Char]
    rules: list[Rule]
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as the engine gives it: its corners from the upper left one clockwise, its characters with the place of
    each along the line (0 to 1), and their certainty."""

    corners: tuple[_Point, _Point, _Point, _Point]
    text: str
    places: tuple[tuple[float, float], ...]
    certain: tuple[float, ...]

    @property
    def long(self) -> float:
        return math.dist(self.corners[0], self.corners[1])

    @property
    def high(self) -> float:
        return math.dist(self.corners[1], self.corners[2])


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognize(picture: Any, width: float) -> Recognized:
    """What a picture shows (an array of rows of blue, green and red); `width` is how many points wide it stands for."""
    picture, lines = _upright(picture)
    scale = width / picture.shape[1]
    tilt = _refined(picture, _tilt(lines))
    if abs(tilt) > 0.05:
        picture, lines = _straightened(picture, lines, tilt)
    sizes = [_size(line) for line in lines]
    usual = median(sizes) if sizes else 0.0
    chars = [
        char
        for line, size in sorted(zip(lines, sizes, strict=True), key=lambda item: item[0].corners[0][1])
        for char in _chars(line, usual if abs(size - usual) < _USUAL_SIZE * usual else size, scale)
    ]
    return Recognized(chars, _rules(picture, scale), (width, picture.shape[0] * scale))


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": 4000,
            "Global.text_score": _LEAST_SURE,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTED_SIDE,
        }
    )


def _read(picture: Any) -> list[_Line]:
    found = _engine()(picture, return_word_box=True, return_single_char_box=True)
    if found.txts is None:
        return []
    lines = []
    for corners, text, score, words in zip(found.boxes, found.txts, found.scores, found.word_results, strict=True):
        points = tuple((float(x), float(y)) for x, y in corners)
        line = _line(points, text, float(score), words)  # type: ignore[arg-type]
        if line is not None:
            lines.append(line)
    return lines


def _line(corners: tuple[_Point, _Point, _Point, _Point], text: str, score: float, words: Any) -> _Line | None:
    if not text.strip():
        return None
    start, end = corners[0], corners[1]
    along = math.dist(start, end) or 1.0
    shown = text.replace(" ", "")
    if words and len(words) == len(shown):
        places = []
        for _, _, box in words:
            spans = [((x - start[0]) * (end[0] - start[0]) + (y - start[1]) * (end[1] - start[1])) / along**2
                     for x, y in box]  # fmt: skip
            places.append((max(min(spans), 0.0), min(max(spans), 1.0)))
        # of a line with blanks the engine gives certainties that may belong to the neighbours
        certain = tuple(float(word[1]) if shown == text else min(score, float(word[1])) for word in words)
        return _Line(corners, shown, tuple(places), certain)
    widths = [1.0 if char > _WIDE else 0.5 for char in text]
    total, at, spread = sum(widths), 0.0, []
    for width in widths:
        spread.append((at / total, (at + width) / total))
        at += width
    return _Line(corners, text, tuple(spread), (score,) * len(text))


def _upright(picture: Any) -> tuple[Any, list[_Line]]:
    """The picture, turned where its lines stand on end, and its lines."""
    import numpy

    lines = _read(picture)
    on_end = sum(line.high for line in lines if line.high > _UPRIGHT * line.long)
    if on_end <= sum(line.long for line in lines if line.high <= _UPRIGHT * line.long):
        return picture, lines
    turned = [numpy.ascontiguousarray(numpy.rot90(picture, quarters)) for quarters in (1, 3)]
    return max(((way, _read(way)) for way in turned), key=lambda read: _sureness(read[1]))


def _sureness(lines: list[_Line]) -> float:
    return fmean(value for line in lines for value in line.certain) if lines else 0.0


def _tilt(lines: list[_Line]) -> float:
    """By how many degrees the lines fall to the right."""
    angles = []
    for line in lines:
        (x0, y0), (x1, y1) = line.corners[0], line.corners[1]
        if line.long > _LONG * line.high and x1 > x0:
            angles.append(math.degrees(math.atan2(y1 - y0, x1 - x0)))
    tilt = median(angles) if angles else 0.0
    return tilt if abs(tilt) < _POSSIBLE_TILT else 0.0


def _refined(picture: Any, tilt: float) -> float:
    """The tilt more exactly: that at which the rows of points of the page differ most."""
    import cv2
    import numpy

    scale = _COARSE_SIDE / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = 255 - cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    high, wide = ink.shape

    def contrast(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, turn, (wide, high)).sum(axis=1, dtype=numpy.float64)
        return float((numpy.diff(rows) ** 2).sum())

    return max((tilt + step * _STEP for step in range(-_STEPS, _STEPS + 1)), key=contrast)


def _straightened(picture: Any, lines: list[_Line], tilt: float) -> tuple[Any, list[_Line]]:
    """The picture turned so that its lines are level, and its lines there."""
    import cv2

    high, wide = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), tilt, 1.0)
    straight = cv2.warpAffine(picture, turn, (wide, high), borderValue=(255, 255, 255))
    (a, b, c), (d, e, f) = turn.tolist()
    moved = [
        _Line(
            tuple((a * x + b * y + c, d * x + e * y + f) for x, y in line.corners),  # type: ignore[arg-type]
            line.text,
            line.places,
            line.certain,
        )
        for line in lines
    ]
    return straight, moved


def _size(line: _Line) -> float:
    """The size of a line's type in pixels: Chinese characters are as wide as high, whatever their box."""
    in_box = _SIZE_IN_BOX * line.high
    wide = sum(char > _WIDE for char in line.text)
    if wide < _FEWEST_WIDE:
        return in_box
    size = (line.long - 0.3 * line.high) / (wide + 0.5 * (len(line.text) - wide))
    return min(max(size, 0.8 * in_box), 1.25 * in_box)


def _chars(line: _Line, size: float, scale: float) -> list[Char]:
    x0 = min(line.corners[0][0], line.corners[3][0])
    y = fmean(corner[1] for corner in line.corners)
    top, bottom = (y - size / 2) * scale, (y + size / 2) * scale
    out: list[Char] = []
    for index, (text, (start, end), certainty) in enumerate(zip(line.text, line.places, line.certain, strict=True)):
        left, right = x0 + start * line.long, x0 + end * line.long
        if index + 1 < len(line.places):
            following = x0 + line.places[index + 1][0] * line.long
            if following - right < _GAP * size:
                right = following
        out.append(Char(text, left * scale, top, max(right, left) * scale, bottom, certainty))
    return out


def _rules(picture: Any, scale: float) -> list[Rule]:
    """The level and upright lines that are ruled in a picture."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim == 3 else picture
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    side = max(grey.shape[:2])
    length, width = max(int(_RULE_LENGTH * side), 20), max(_RULE_WIDTH * side, 4.0)
    rules: list[Rule] = []
    for upright in (False, True):
        shape = (1, length) if upright else (length, 1)
        kept = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        across = (3, 1) if upright else (1, 3)  # a rule that the scan makes step up by a pixel stays one
        kept = cv2.dilate(kept, cv2.getStructuringElement(cv2.MORPH_RECT, across))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
        for x, y, wide, high, _ in boxes[1:].tolist():
            thick, long = (wide, high) if upright else (high, wide)
            if thick <= width + _LEFT_TILT * long:
                at, start, end = (x + wide / 2, y, y + high) if upright else (y + high / 2, x, x + wide)
                rules.append(Rule(upright, at * scale, start * scale, end * scale))
    return rules
