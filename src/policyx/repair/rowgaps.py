"""Blanks beside the point of a number and inside its thousands, in the rows of a table, and thousands with a comma in
full width in running text; the edits that drop them out.

Elsewhere in a row a blank parts two cells (3 5.2), and nothing tells that it does not.
"""

from __future__ import annotations

import re

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import Lines

_POINT = compiled(r"(?<=[0-9])[ \u3000](?=[.．][0-9])|(?<=[0-9][.．])[ \u3000](?=[0-9])")
_GROUP = compiled(  # 2，2 08万吨
    r"(?<![0-9.])[0-9]{1,3}(?:[ \u3000]?，[ \u3000]?|,)(?:[0-9][ \u3000]?){2}[0-9](?![0-9])"
    r"(?=(?:\.[0-9]{1,4})?[ \u3000]?[\u4e00-\u9fff])"
)
_BEFORE = r"[\u4e00-\u9fff①-⑳\])）]"
_LISTED = r"[\u4e00-\u9fff)）]、"  # 12个县、4，16 6个村
_GROUP_IN_PROSE = compiled(  # 总产值为9 ，894亿元, 3 5，343 万吨
    rf"(?:(?<={_BEFORE})|(?<={_BEFORE}[ \u3000])|(?<={_LISTED})|(?<={_LISTED}[ \u3000]))(?<![第表图])(?<![第表图].)"
    r"[1-9](?:[ \u3000]?[0-9]){0,2}"
    r"(?:[ \u3000]?，(?:[ \u3000]?[0-9]){3})+(?![ \u3000]?[0-9，])(?=(?:\.[0-9]{1,4})?[ \u3000]?[\u4e00-\u9fff])"
)
_WRITTEN = compiled(r"[0-9][0-9.．,， \u3000]*$")  # a number up to its blank, with those before it
_REST = compiled(r"[0-9.．,，]*")
_IN_GROUP = compiled("[ \u3000，]")
_POINTS = compiled("[.．]")
_NAMED = compiled(r"[^\s0-9.．,，|*•·－-]")
_FARTHEST = 40


def row_gaps(lines: Lines, rule: str) -> list[Edit]:
    """The edits of a text, in no order."""
    text, rows = lines.text, _Rows(lines)
    edits = []
    for match in _POINT.finditer(text):
        if rows.named(match.start()) and _one_point(text, match.start()):
            edits.append(Edit(*match.span(), "", (rule,)))
    for match in _GROUP.finditer(text):
        if _IN_GROUP.search(match[0]) and rows.named(match.start()):
            edits += _whole_group(match, rule)
    for match in _GROUP_IN_PROSE.finditer(text) if "，" in text else ():
        if not lines.tabular(lines.number(match.start())):
            edits += _whole_group(match, rule)
    return edits


def _whole_group(match: re.Match[str], rule: str) -> list[Edit]:
    return [
        Edit(at, at + 1, "," if sign == "，" else "", (rule,), sign == "，")
        for at, sign in enumerate(match[0], match.start())
        if sign in " \u3000，"
    ]


class _Rows:
    """Where the first word stands in each line that is asked for; it is looked for once."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._words: dict[int, int] = {}

    def named(self, at: int) -> bool:
        """Whether the place is in a row, behind a word: what opens a line may be its mark (1. 2)."""
        lines = self._lines
        number = lines.number(at)
        if number not in self._words:
            word = _NAMED.search(lines.line(number)) if lines.tabular(number) else None
            self._words[number] = lines.starts[number] + word.start() if word else len(lines.text)
        return self._words[number] < at


def _one_point(text: str, at: int) -> bool:
    """Whether the number around a blank has no other point."""
    before = _WRITTEN.search(text, max(0, at - _FARTHEST), at)
    rest = _REST.match(text, at + 1)
    left = before[0].split()[-1] if before else ""
    return len(_POINTS.findall(left + (rest[0] if rest else ""))) == 1
