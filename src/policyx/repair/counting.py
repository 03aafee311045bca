"""Lines that open with 1, 2, 3 …, as the rows of a list do whose cells ran together (2滨海渔业公司冷库210): the lines
of a text in, the numbers of those lines out.

A program that cut the text may have left one such row and the beginning of the next on neighbouring lines, and two
lines in between may be what was cut off.
"""

from __future__ import annotations

from collections.abc import Iterable

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import Lines

_OPENS = compiled(
    r"^[ \u3000]*(?P<whole>(?P<number>[1-9](?:[ \u3000]?[0-9]){0,2})(?P<gap>[ \u3000]?))"
    r"(?=[\u4e00-\u9fff])(?![年月日时点])"
)
_ENDS = compiled(  # not 535.4 1.3, nor -4.4
    r"(?<=[^\s0-9.,，−－-])(?P<whole>(?P<gap>[ \u3000]?)[0-9](?:[ \u3000]?[0-9]){0,8}(?:\.(?:[ \u3000]?[0-9]){1,4})?)"
    r"[ \u3000\r]*$"
)
_BLANKS = compiled("[ \u3000]")
_FEWEST = 5  # of a count
_FARTHEST = 3  # lines from one to the next


def counted(lines: Lines, numbers: Iterable[int]) -> set[int]:
    """Those of the lines with these numbers that count up from 1 without a gap."""
    found: set[int] = set()
    chain: list[int] = []
    passed = 0
    for number in numbers:
        match = _OPENS.match(lines.line(number))
        opens = int(_BLANKS.sub("", match["number"])) if match else 0
        passed += 1
        if opens == len(chain) + 1 and (not chain or passed <= _FARTHEST):
            chain.append(number)
            passed = 0
            continue
        if opens == 1 or passed > _FARTHEST:
            found.update(chain if len(chain) >= _FEWEST else ())
            chain, passed = ([number] if opens == 1 else []), 0
    return found | set(chain if len(chain) >= _FEWEST else ())


def counted_gaps(lines: Lines, rule: str) -> list[Edit]:
    """The edits that take the blanks out of the number that opens such a row and the figure that ends it; those behind
    the one and before the other, too, where most rows have none."""
    edits: list[Edit] = []
    rows = sorted(counted(lines, range(len(lines.starts))))
    for pattern in (_OPENS, _ENDS):
        found = [(lines.starts[row], match) for row in rows if (match := pattern.search(lines.line(row)))]
        glued = 2 * sum(not match["gap"] for _, match in found) > len(found)
        for start, match in found:
            if glued or not match["gap"]:
                blanks = _BLANKS.finditer(match.string, *match.span("whole"))
                edits += [Edit(start + blank.start(), start + blank.end(), "", (rule,)) for blank in blanks]
    return edits
