"""The picture of a page goes in, the lines of text that the engine sees in it go out.

The engine is rapidocr on onnxruntime (`policyx[ocr]`), whose models come in its package: nothing is fetched when it
runs."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from statistics import fmean
from typing import Any

NEEDED = "text recognition, which needs a library more: pip install 'policyx[ocr]'"
_DETECTED_SIDE = 1536  # points of the longer side on which lines are looked for; they are read at full size
_LARGEST_SIDE = 4000  # points of the longer side of a picture that the engine does not make smaller
_LEAST_SURE = 0.5  # mean certainty of a line under which it is dirt or a picture
WIDE = "\u2e7f"  # the last character before those that are as wide as high
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line as the engine gives it: its corners from the upper left one clockwise, in points of the picture; its
    characters with the place of each along the line (0 to 1) and their certainty."""

    corners: Corners
    text: str
    places: tuple[tuple[float, float], ...]
    certain: tuple[float, ...]

    @property
    def long(self) -> float:
        """The length of its upper edge."""
        return math.dist(self.corners[0], self.corners[1])

    @property
    def high(self) -> float:
        """The length of its right edge."""
        return math.dist(self.corners[1], self.corners[2])

    def moved(self, corners: Corners) -> SeenLine:
        """The same line elsewhere."""
        return replace(self, corners=corners)


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def seen_lines(picture: Any) -> list[SeenLine]:
    """The lines in a picture (an array of rows of blue, green and red)."""
    found = engine()(picture, return_word_box=True, return_single_char_box=True)
    if found.txts is None:
        return []
    lines = []
    for box, text, score, words in zip(found.boxes, found.txts, found.scores, found.word_results, strict=True):
        a, b, c, d = ((float(x), float(y)) for x, y in box)
        line = _line((a, b, c, d), text, float(score), words)
        if line is not None:
            lines.append(line)
    return lines


def sureness(lines: list[SeenLine]) -> float:
    """How certain the characters of lines are on average."""
    return fmean(value for line in lines for value in line.certain) if lines else 0.0


@lru_cache(maxsize=1)
def engine() -> Any:
    """The engine, which takes a moment to start."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LARGEST_SIDE,
            "Global.text_score": _LEAST_SURE,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTED_SIDE,
        }
    )


def _line(corners: Corners, text: str, score: float, words: Any) -> SeenLine | None:
    """A line; None without text. The engine gives places without those of blanks, but certainties with them."""
    shown = text.replace(" ", "")
    if not shown:
        return None
    if not words or len(words) != len(shown):
        return SeenLine(corners, text, _spread(text), (score,) * len(text))
    along = [corners[1][axis] - corners[0][axis] for axis in (0, 1)]
    square = along[0] ** 2 + along[1] ** 2 or 1.0
    places = []
    for _, _, box in words:
        spans = [((x - corners[0][0]) * along[0] + (y - corners[0][1]) * along[1]) / square for x, y in box]
        places.append((max(min(spans), 0.0), min(max(spans), 1.0)))
    kept = [index for index, char in enumerate(text) if char != " "]
    certain = tuple(float(words[index][1]) if index < len(words) else score for index in kept)
    return SeenLine(corners, shown, tuple(places), certain)


def _spread(text: str) -> tuple[tuple[float, float], ...]:
    """The places of characters by their usual widths."""
    ends = [0.0]
    for char in text:
        ends.append(ends[-1] + (1.0 if char > WIDE else 0.5))
    return tuple((start / ends[-1], end / ends[-1]) for start, end in pairwise(ends))
