"""The picture of a page goes in, its characters with their places and certainty and its rules go out, set straight.

All places are those of the page turned upright; from here on it is laid out like a page with a text layer."""

from __future__ import annotations

import math
from statistics import fmean, median
from typing import Any, NamedTuple

from policyx.read.ocr_engine import NEEDED, WIDE, SeenLine, is_installed, seen_lines, sureness
from policyx.read.ocr_picture import grey, refined_tilt, ruled_lines, turned, widest_blank
from policyx.read.pdf_chars import Char
from policyx.read.pdf_drawn import Rule

__all__ = ["NEEDED", "Recognized", "is_installed", "recognize"]

_LONG = 4.0  # times as long as high: a line that shows how far the page is tilted
_UPRIGHT = 1.5  # times as high as long: a line of a page that lies on its side
_POSSIBLE_TILT = 12.0  # degrees; more is a slanted stamp or a watermark
_LEAST_TILT = 0.05
_FEWEST_WIDE = 4  # Chinese characters of a line that show the size of its type
_SIZE_IN_BOX = 0.72  # size of type to height of the engine's box
_USUAL_SIZE = 0.2  # share by which the sizes of lines differ that are one: boxes are not exact
_GAP = 1.2  # of the type's size: from here on a gap inside a line is none of the engine's inaccuracy
_APART, _APART_BY_ONE = 0.24, 0.42  # of the type's size: the least blank between figures, and beside a 1, which is thin
_EDGE = 0.2  # share of a character's width by which its place may be wrong


class Recognized(NamedTuple):
    """What a picture of a page shows, in points: characters in lines from top to bottom, rules, width and height."""

    chars: list[Char]
    rules: list[Rule]
    size: tuple[float, float]


def recognize(picture: Any, width: float) -> Recognized:
    """What a picture shows (an array of rows of blue, green and red); `width` is how many points wide it stands for."""
    picture, lines = _upright(picture)
    scale = width / picture.shape[1]
    tilt = refined_tilt(picture, _tilt(lines))
    if abs(tilt) > _LEAST_TILT:
        picture, turn = turned(picture, tilt)
        lines = [_turned_line(line, turn) for line in lines]
    page = grey(picture)
    sizes = [_size(line) for line in lines]
    usual = median(sizes) if sizes else 0.0
    chars: list[Char] = []
    for line, size in sorted(zip(lines, sizes, strict=True), key=lambda item: item[0].corners[0][1]):
        chars += _chars(line, usual if abs(size - usual) < _USUAL_SIZE * usual else size, scale, page)
    ruled = [rule for rule in ruled_lines(page) if not any(_is_stroke(rule, line) for line in lines)]
    rules = [Rule(upright, at * scale, start * scale, end * scale) for upright, at, start, end in ruled]
    return Recognized(chars, rules, (width, picture.shape[0] * scale))


def _upright(picture: Any) -> tuple[Any, list[SeenLine]]:
    """The picture, turned where its lines stand on end, and its lines."""
    import numpy

    lines = seen_lines(picture)
    on_end = sum(line.high for line in lines if line.high > _UPRIGHT * line.long)
    if on_end <= sum(line.long for line in lines if line.high <= _UPRIGHT * line.long):
        return picture, lines
    ways = [numpy.ascontiguousarray(numpy.rot90(picture, quarters)) for quarters in (1, 3)]
    return max(((way, seen_lines(way)) for way in ways), key=lambda seen: sureness(seen[1]))


def _tilt(lines: list[SeenLine]) -> float:
    """By how many degrees the lines fall to the right."""
    angles = []
    for line in lines:
        (x0, y0), (x1, y1) = line.corners[0], line.corners[1]
        if line.long > _LONG * line.high and x1 > x0:
            angles.append(math.degrees(math.atan2(y1 - y0, x1 - x0)))
    tilt = median(angles) if angles else 0.0
    return tilt if abs(tilt) < _POSSIBLE_TILT else 0.0


def _turned_line(line: SeenLine, turn: tuple[tuple[float, ...], ...]) -> SeenLine:
    (a, b, c), (d, e, f) = turn
    first, second, third, fourth = ((a * x + b * y + c, d * x + e * y + f) for x, y in line.corners)
    return line.moved((first, second, third, fourth))


def _size(line: SeenLine) -> float:
    """The size of a line's type in points of the picture: Chinese characters are as wide as high, whatever their
    box."""
    in_box = _SIZE_IN_BOX * line.high
    wide = sum(char > WIDE for char in line.text)
    if wide < _FEWEST_WIDE:
        return in_box
    size = (line.long - 0.3 * line.high) / (wide + 0.5 * (len(line.text) - wide))
    return min(max(size, 0.8 * in_box), 1.25 * in_box)


def _chars(line: SeenLine, size: float, scale: float, page: Any) -> list[Char]:
    """The characters of a level line in points; a blank where two figures stand apart."""
    x0 = min(line.corners[0][0], line.corners[3][0])
    y = fmean(corner[1] for corner in line.corners)
    top, bottom = (y - size / 2) * scale, (y + size / 2) * scale
    band = page[max(int(y - 0.4 * size), 0) : int(y + 0.4 * size) + 1]
    boxes = [(x0 + start * line.long, x0 + end * line.long) for start, end in line.places]
    out: list[Char] = []
    for index, (text, (left, right), certainty) in enumerate(zip(line.text, boxes, line.certain, strict=True)):
        following = boxes[index + 1] if index + 1 < len(boxes) else None
        if following is not None and following[0] - right < _GAP * size:
            right = following[0]
        out.append(Char(text, left * scale, top, max(right, left) * scale, bottom, certainty))
        pair = line.text[index : index + 2]
        if following is not None and pair.isdecimal() and _stand_apart(pair, (left, right), following, band, size):
            out.append(Char(" ", right * scale, top, right * scale, bottom, certainty))
    return out


def _is_stroke(rule: Rule, line: SeenLine) -> bool:
    """Whether a rule is a stroke of a character: a title's are as long as the sides of low cells."""
    xs, ys = zip(*line.corners, strict=True)
    x0, y0, x1, y1 = rule.at, rule.start, rule.at, rule.end
    if not rule.upright:
        x0, y0, x1, y1 = rule.start, rule.at, rule.end, rule.at
    return min(xs) <= x0 and x1 <= max(xs) and min(ys) <= y0 and y1 <= max(ys)


def _stand_apart(pair: str, first: tuple[float, float], second: tuple[float, float], band: Any, size: float) -> bool:
    """Whether there is a blank between two figures, which the engine does not see: 表1 2019年."""
    start = first[0] + _EDGE * (first[1] - first[0])
    end = second[1] - _EDGE * (second[1] - second[0])
    return widest_blank(band, start, end) > size * (_APART_BY_ONE if "1" in pair else _APART)
