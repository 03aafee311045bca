"""The XML of a page of an OFD document goes in; its characters and its straight lines, with their places, go out.

Places are in millimetres from the upper left corner of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from policyx.read.office_xml import local

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_POINTS = {"M": 2, "L": 2, "S": 2, "Q": 4, "B": 6, "A": 7}  # numbers behind a command; its point is the last two
_THIN = 1.2  # millimetres: a filled rectangle as thin as that is a line
_STRAIGHT = 0.15
_DEEPEST = 50  # blocks inside one another
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
                   "“”‘’…—]|[\U00020000-\U0003ffff]")  # fmt: skip


class Glyph(NamedTuple):
    """A character: its left end, its base line, its size and its width."""

    text: str
    x: float
    y: float
    size: float
    width: float


class Rule(NamedTuple):
    """A line of the page that is level (`y` is the same at both ends) or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Objects:
    """What stands on a page."""

    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: int = 0

    def add(self, root: Element) -> None:
        """Take in all that a page, or the template of one, shows."""
        for content in root:
            if local(content.tag) == "Content":
                self._add_block(content, 0)

    def _add_block(self, block: Element, depth: int) -> None:
        for item in block:
            name = local(item.tag)
            if item.get("Visible") == "false":
                continue
            if name in ("Layer", "PageBlock") and depth < _DEEPEST:
                self._add_block(item, depth + 1)
            elif name == "TextObject":
                self.glyphs += _glyphs(item)
            elif name == "PathObject":
                self.rules += _rules(item)
            elif name == "ImageObject":
                self.images += 1


class _Placing:
    """How the places of an object become those of the page: its matrix, then where its boundary begins."""

    def __init__(self, item: Element) -> None:
        boundary = _numbers(item.get("Boundary", ""))
        matrix = _numbers(item.get("CTM", ""))
        self._x, self._y = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
        self._matrix = tuple(matrix) if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        self.scale_x = abs(self._matrix[0]) or abs(self._matrix[1]) or 1.0
        self.scale_y = abs(self._matrix[3]) or abs(self._matrix[2]) or 1.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self._matrix
        return self._x + a * x + c * y + e, self._y + b * x + d * y + f


def _glyphs(item: Element) -> Iterator[Glyph]:
    placing = _Placing(item)
    size = _number(item.get("Size", ""), 3.5)
    stretch = _number(item.get("HScale", ""), 1.0)
    for code in item:
        if local(code.tag) != "TextCode":
            continue
        text = (code.text or "").strip("\r\n\t")
        x, y = _number(code.get("X", ""), 0.0), _number(code.get("Y", ""), 0.0)
        across = _deltas(code.get("DeltaX", ""), len(text))
        down = _deltas(code.get("DeltaY", ""), len(text))
        for number, character in enumerate(text):
            width = size * stretch * (1.0 if _WIDE.match(character) else 0.5)
            left, base = placing.point(x, y)
            yield Glyph(character, left, base, size * placing.scale_y, width * placing.scale_x)
            x += across[number] if number < len(across) else 0.0 if down else width
            y += down[number] if number < len(down) else 0.0


def _deltas(text: str, most: int) -> list[float]:
    """Distances between characters: `3.5 3.5`, or `g 2 3.5` for the same."""
    found: list[float] = []
    parts = text.split()
    at = 0
    while at < len(parts) and len(found) < most:
        if parts[at] == "g" and at + 2 < len(parts):
            times = int(parts[at + 1]) if parts[at + 1].isdecimal() and len(parts[at + 1]) < 7 else 0
            found += [_number(parts[at + 2], 0.0)] * min(times, most - len(found))
            at += 3
        else:
            found.append(_number(parts[at], 0.0))
            at += 1
    return found


def _rules(item: Element) -> Iterator[Rule]:
    placing = _Placing(item)
    data = next((part.text or "" for part in item if local(part.tag) == "AbbreviatedData"), "")
    for outline in _outlines(data):
        points = [placing.point(x, y) for x, y in outline]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if len(points) > 2 and min(right - left, bottom - top) < _THIN:
            x, y = (left + right) / 2, (top + bottom) / 2
            yield Rule(left, y, right, y) if right - left > bottom - top else Rule(x, top, x, bottom)
            continue
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(y0 - y1) < _STRAIGHT < abs(x0 - x1):
                yield Rule(min(x0, x1), y0, max(x0, x1), y0)
            elif abs(x0 - x1) < _STRAIGHT < abs(y0 - y1):
                yield Rule(x0, min(y0, y1), x0, max(y0, y1))


def _outlines(data: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each outline of a path."""
    points: list[tuple[float, float]] = []
    for command in _COMMAND.finditer(data):
        name = command[1].upper()
        if name == "C":
            points += points[:1]
            continue
        numbers = _numbers(command[2])
        if name == "M":
            if len(points) > 1:
                yield points
            points = []
        count = _POINTS.get(name, 0)
        if count and len(numbers) >= count:
            points.append((numbers[count - 2], numbers[count - 1]))
    if len(points) > 1:
        yield points


def _numbers(text: str) -> Sequence[float]:
    return [float(number) for number in _NUMBER.findall(text)]


def _number(text: str, default: float) -> float:
    match = _NUMBER.match(text.strip())
    return float(match[0]) if match else default
