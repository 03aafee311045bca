"""What is drawn on a page and its characters go in; the characters go out without the labels of charts.

A chart is told by its marks: columns or bars of different lengths that begin at one line, curves over an axis, wedges
of a pie. Only short pieces of text around them are labels; a seal, an emblem or the shading of cells is no chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from policyx.read.pdf_chars import Box, Char
from policyx.read.pdf_drawn import Drawn
from policyx.read.pdf_lines import char_rows, parts_of

_FEWEST_BARS = 3
_SAME_LINE = 1.5  # points within which bars begin at one line
_DIFFERENT = 3.0  # points by which their lengths differ
_SAME_WIDTH = 1.35  # times as wide as the narrowest
_WRITTEN_ON = 0.4  # share of bars with text on them from which on they are the shading of cells
_FEWEST_WEDGES = 3
_WEDGE = 25.0  # points: the strokes of outlined characters and the parts of a seal are smaller
_CURVE = (80.0, 25.0)  # points: the least width and height of curves over an axis
_AXIS = 0.6  # share of a chart's width that its axis has at least
_AROUND = (4.0, 1.5, 2.0, 3.0)  # of the type's size: how far to the left, above, to the right, below labels stand
_MOST_MARKS = 1_000  # of a page with charts; more are a map or outlined text
_LONGEST_LABEL = 14
_STOPS = frozenset("。；！？")


def without_labels(chars: list[Char], drawn: Drawn) -> list[Char]:
    """The characters without the labels of charts; the rules of charts leave `drawn`, for they make no table."""
    if len(drawn.bars) + len(drawn.strokes) + len(drawn.wedges) > _MOST_MARKS:
        return chars
    charts = [*_bar_charts(drawn, chars), *_curves(drawn), *_pies(drawn)]
    if not charts or not chars:
        return chars
    size = median(char.bottom - char.top for char in chars)
    boxes = [_grown(_with_axes(chart, drawn), size) for chart in charts]
    drawn.rules = [rule for rule in drawn.rules if not any(_inside(_box_of(rule), box) for box in boxes)]
    near = [char for char in chars if any(_holds(box, *char.middle) for box in boxes)]
    labels: set[Char] = set()
    for row in char_rows(near):
        for part in parts_of(row):
            text = "".join(char.text for char in part).strip()
            if len(text) <= _LONGEST_LABEL and not _STOPS & set(text):
                labels.update(part)
    return [char for char in chars if char not in labels]


def _bar_charts(drawn: Drawn, chars: Sequence[Char]) -> list[Box]:
    """The boxes of columns, or bars, that begin at one line."""
    if len(drawn.bars) < _FEWEST_BARS:
        return []
    columns = _groups(drawn.bars, lambda box: box[3], lambda box: box[2] - box[0], lambda box: box[3] - box[1])
    bars = _groups(drawn.bars, lambda box: box[0], lambda box: box[3] - box[1], lambda box: box[2] - box[0])
    out = []
    for group in [*columns, *bars]:
        written_on = sum(any(_holds(bar, *char.middle) for char in chars) for bar in group)
        if written_on <= _WRITTEN_ON * len(group):
            out.append(_union(group))
    return out


def _groups(
    boxes: Sequence[Box], base: Callable[[Box], float], across: Callable[[Box], float], along: Callable[[Box], float]
) -> list[list[Box]]:
    """The boxes in groups that begin at one line, are equally wide and differently long."""
    groups: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: (base(box), across(box))):
        last = groups[-1] if groups else None
        if last and base(box) - base(last[0]) <= _SAME_LINE and across(box) <= _SAME_WIDTH * across(last[0]):
            last.append(box)
        else:
            groups.append([box])
    return [
        group
        for group in groups
        if len(group) >= _FEWEST_BARS and len({round(along(box) / _DIFFERENT) for box in group}) >= _FEWEST_BARS - 1
    ]


def _curves(drawn: Drawn) -> list[Box]:
    """The boxes of curves or slanted lines that run over an axis and the lines beside it."""
    if not drawn.strokes:
        return []
    out = []
    for group in _touching(drawn.strokes):
        box = _union(group)
        if box[2] - box[0] < _CURVE[0] or box[3] - box[1] < _CURVE[1]:
            continue
        axes = [rule for rule in drawn.rules if not rule.upright and rule.end - rule.start >= _AXIS * (box[2] - box[0])]
        axes = [rule for rule in axes if rule.start <= box[0] + _WEDGE and rule.end >= box[2] - _WEDGE]
        near = [_box_of(rule) for rule in axes if box[1] - _WEDGE <= rule.at <= box[3] + 4 * _WEDGE]
        if len(near) >= 2:
            out.append(_union([box, *near]))
    return out


def _pies(drawn: Drawn) -> list[Box]:
    """The boxes of wedges that meet."""
    wedges = [box for box in drawn.wedges if min(box[2] - box[0], box[3] - box[1]) >= _WEDGE]
    return [_union(group) for group in _touching(wedges) if len(group) >= _FEWEST_WEDGES]


def _touching(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes in groups that touch one another."""
    groups: list[list[Box]] = []
    for box in sorted(boxes):
        near = [group for group in groups if any(_meet(box, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([box, *(other for group in near for other in group)])
    return groups


def _meet(a: Box, b: Box) -> bool:
    return (
        a[0] <= b[2] + _DIFFERENT
        and b[0] <= a[2] + _DIFFERENT
        and a[1] <= b[3] + _DIFFERENT
        and b[1] <= a[3] + _DIFFERENT
    )


def _with_axes(chart: Box, drawn: Drawn) -> Box:
    """A chart with the axes and lines that run through it."""
    wide, high = chart[2] - chart[0], chart[3] - chart[1]
    through = [
        box
        for rule in drawn.rules
        if _meet(box := _box_of(rule), chart) and rule.end - rule.start <= 2.5 * (high if rule.upright else wide)
    ]
    return _union([chart, *through])


def _box_of(rule: tuple[bool, float, float, float]) -> Box:
    upright, at, start, end = rule
    return (at, start, at, end) if upright else (start, at, end, at)


def _union(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _grown(box: Box, size: float) -> Box:
    left, above, right, below = (share * size for share in _AROUND)
    return box[0] - left, box[1] - above, box[2] + right, box[3] + below


def _inside(box: Box, outer: Box) -> bool:
    return outer[0] <= box[0] and outer[1] <= box[1] and box[2] <= outer[2] and box[3] <= outer[3]


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
