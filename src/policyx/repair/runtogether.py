"""Blanks in a table whose cells ran together (产值亿元24 4.5321423545700 under five years): the lines of a text in, the
edits that take them out.

Such a table is known by its head, where the titles of most years stand side by side without a blank; one whose
columns blanks set apart is left alone.
"""

from __future__ import annotations

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import Lines

_BLANK = "[ \u3000]"
_YEAR = rf"(?:1{_BLANK}?9|2{_BLANK}?0)(?:{_BLANK}?[0-9]){{2}}{_BLANK}?年"
_HEAD = compiled(rf"{_YEAR}(?P<rest>(?:[^0-9，。；\n]{{0,4}}{_YEAR}){{1,9}})[^0-9，。；\n]{{0,8}}$")
_PARTED = compiled(rf"年[^0-9]{{0,3}}{_BLANK}(?=[12])")  # 2020年基数 2025年目标
_GLUED = compiled("年(?:[^0-9]{0,3}[^0-9 \u3000])?(?=[12])")
_TORN = compiled(rf"(?<=[0-9.\u4e00-\u9fff）)]){_BLANK}(?=[0-9.\u4e00-\u9fff（(＞>≥≤<＜])")
_ROW = compiled(r"[\u4e00-\u9fff)）%][0-9.＞>≥≤<＜\[\]［］〔〕/ \u3000]*[0-9][^0-9，。；\n]{0,7}$")
_SENTENCE = compiled("[，。；|\t]")
_FARTHEST = 60  # rows of a table
_LONGEST = 80
_MAY_BE_HEAD = compiled(r"[12][0-9 \u3000]{3,7}年[^0-9\n]{0,4}[12][0-9 \u3000]{3,7}年")


def run_together(lines: Lines, rule: str) -> list[Edit]:
    """The edits for every such table."""
    edits: list[Edit] = []
    below = 0
    for found in _MAY_BE_HEAD.finditer(lines.text):
        number = lines.number(found.start())
        if number < below or not _is_head(lines.line(number)):
            continue
        edits += _edits(lines, number, rule)
        below = number + 1
        while below < min(len(lines.starts), number + _FARTHEST) and _is_row(lines.line(below)):
            edits += _edits(lines, below, rule)
            below += 1
    return edits


def _is_head(line: str) -> bool:
    head = _HEAD.search(line.rstrip()) if len(line) <= _LONGEST and not _SENTENCE.search(line) else None
    return head is not None and len(_PARTED.findall(head[0])) <= len(_GLUED.findall(head[0]))


def _is_row(line: str) -> bool:
    line = line.rstrip()
    return len(line) <= _LONGEST and not _SENTENCE.search(line) and _ROW.search(line) is not None


def _edits(lines: Lines, number: int, rule: str) -> list[Edit]:
    start = lines.starts[number]
    return [Edit(start + m.start(), start + m.end(), "", (rule,)) for m in _TORN.finditer(lines.line(number))]
