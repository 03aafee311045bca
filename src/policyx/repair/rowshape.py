"""Blanks inside the figures of rows in which every figure has its unit or ends the row (钢材 2208万吨 1633万吨 3 5.2):
the lines of a text in, the edits that take them out.

Two figures side by side in one row, where none of the rows around it has two, are one that was torn.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import Lines

_PART = compiled(r"(?P<figure>[0-9][0-9.,，]*)|(?P<unit>[^0-9\s]+)")
_BLANKS = compiled("[ \u3000]")
_REPEATED = compiled("N+")
_UNITS = compiled("U+")
_FEWEST, _FEWEST_WHOLE = 3, 2  # rows of one shape, and those of them in which no figure was torn
_YEAR = compiled("(?:19|20)[0-9]{2}")
_LONGEST = 12  # characters of a figure that was torn


def shaped_gaps(lines: Lines, rule: str) -> list[Edit]:
    """The edits of a text."""
    edits: list[Edit] = []
    for tabular, block in groupby(range(len(lines.starts)), lambda number: bool(lines.line(number).strip())):
        numbers = list(block) if tabular else []
        shapes = {number: _shape(lines.line(number)) for number in numbers if lines.tabular(number)}
        plain = Counter(shape for shape in shapes.values() if shape.count("N") > 1 and "NN" not in shape)
        usual = Counter(_REPEATED.sub("N", shape) for shape in shapes.values())
        known = {shape for shape, seen in plain.items() if seen >= _FEWEST_WHOLE and usual[shape] >= _FEWEST}
        for number, shape in shapes.items() if known else ():
            if "NN" in shape and _REPEATED.sub("N", shape) in known:
                edits += _edits(lines.line(number), lines.starts[number], rule)
    return edits


def _shape(line: str) -> str:
    """What a row holds behind its name: N for a figure, U for other words."""
    parts = "".join("N" if match["figure"] else "U" for match in _PART.finditer(line))
    return _UNITS.sub("U", parts.lstrip("U"))


def _edits(line: str, start: int, rule: str) -> list[Edit]:
    edits: list[Edit] = []
    figures = [match for match in _PART.finditer(line) if match["figure"]]
    for left, right in pairwise(figures):
        gap = line[left.end() : right.start()]
        whole = left[0] + right[0]
        if len(gap) != 1 or not _BLANKS.fullmatch(gap):
            continue
        if whole.count(".") > 1 or len(whole) > _LONGEST or _YEAR.fullmatch(left[0]) or _YEAR.fullmatch(right[0]):
            return []
        edits.append(Edit(start + left.end(), start + right.start(), "", (rule,)))
    return edits
