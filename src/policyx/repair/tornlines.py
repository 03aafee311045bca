"""Blanks inside the figures that fill or open a line (13 2 as a cell on a line of its own, 3 50亿元, 1 2、 before an
item), in a text that tears others: its lines in, the edits that take them out.

Two figures by themselves on a line may be two cells, and one that opens a line may be an item's number; the other
lines tell.
"""

from __future__ import annotations

import re

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import Lines

_PARTS = r"[0-9]{1,4}(?:[ \u3000][0-9]{1,4}){1,3}(?:\.[0-9]{1,4})?"
_ALONE = compiled(rf"^[ \u3000]*(?P<figure>{_PARTS})[ \u3000\r]*$")
_WHOLE = compiled(r"^[ \u3000]*[0-9]{1,9}(?:\.[0-9]{1,4})?[%％]?[ \u3000\r]*$")
_OPENS = compiled(rf"^[ \u3000]*(?P<figure>{_PARTS})[ \u3000]?(?P<unit>[\u4e00-\u9fff%％])")
_MARK = compiled(r"^[ \u3000]*(?P<figure>[1-9][ \u3000][0-9])(?=[、．.][^0-9\s])")
_ITEM = compiled(r"^[ \u3000]*[0-9]{1,2}[ \u3000](?P<word>[\u4e00-\u9fff])")
_YEAR = compiled("(?:19|20)[0-9]{2}")
_BLANKS = compiled("[ \u3000]")
_LONGEST = 8  # digits


def line_gaps(lines: Lines, units: frozenset[str], rule: str) -> list[Edit]:
    """The edits of a text; `units`: what units begin with."""
    alone: list[tuple[int, re.Match[str]]] = []
    opening: list[tuple[int, re.Match[str]]] = []
    marks: list[tuple[int, re.Match[str]]] = []
    whole = items = 0
    for number, start in enumerate(lines.starts):
        line = lines.line(number)
        item, opens = _ITEM.match(line), _OPENS.match(line)
        items += item is not None and item["word"] not in units
        if match := _ALONE.match(line):
            alone.append((start, match))
        elif opens and opens["unit"] in units and (opens["unit"] in "%％" or not lines.tabular(number)):
            opening.append((start, opens))
        elif match := _MARK.match(line):
            marks.append((start, match))
        elif _WHOLE.match(line):
            whole += 1
    found = [*marks, *(alone if whole >= len(alone) else ()), *(opening if not items else ())]
    return [edit for start, match in found if _is_one(match["figure"]) for edit in _edits(start, match, rule)]


def _is_one(figure: str) -> bool:
    parts = _BLANKS.split(figure)
    return not _YEAR.fullmatch(parts[0]) and parts[0][0] != "0" and len("".join(parts)) <= _LONGEST


def _edits(start: int, match: re.Match[str], rule: str) -> list[Edit]:
    blanks = _BLANKS.finditer(match.string, *match.span("figure"))
    return [Edit(start + blank.start(), start + blank.end(), "", (rule,)) for blank in blanks]
