"""Whether a number may go on before where it was read: a candidate in, the answer out.

Repair joins what a line break or a blank surely tore; what it left is told as doubt, so that no tail of a number passes
for the whole in silence.
"""

from __future__ import annotations

from policyx.patterns import compiled
from policyx.recognize.candidate import Candidate

_STOP = "。"
_REACH = 24
_BEFORE, _BEHIND = 200, 40  # characters of a line around the number that tell whether it is a row
_GAP = r"[ \u3000]?(?:\r?\n[ \t\u3000]*|[ \u3000])"
_FIGURE = compiled(
    rf"(?P<before>[^0-9.\s])[ ]?(?P<figure>[0-9][0-9.,]{{0,{_REACH}}})(?P<more>{_GAP}[0-9]{{1,4}}){{0,3}}{_GAP}\Z"
)
_YEAR = compiled(r"(?:19|20)[0-9]{2}")
_PARTED = compiled(r"[|\t]| {2,}")
_FIGURES = compiled(r" -?[0-9][0-9.,]*[%％]? -?[0-9]")
_CLAUSE = compiled("[。；]|，(?![0-9])")


def is_torn(text: str, candidate: Candidate, numerals: frozenset[str]) -> bool:
    """True where figures of running text stand before the number with a blank or line end between, or a character of a
    numeral (one of `numerals`) before one in characters."""
    start = candidate.start
    before = text[start - 1 : start]
    if not before or not (before.isspace() or before == _STOP):
        return False
    head = text[max(0, start - _REACH) : start]
    if candidate.han:
        last = head[:-1].rstrip(" \u3000\r\n")[-1:] if before != _STOP else head[-2:-1]
        return bool(last) and last in numerals
    match = _FIGURE.search(head)
    if match is None or before == _STOP:
        return False
    line = _line_around(text, start - len(match[0]) + 1, candidate.end)
    told = "\n" not in match[0] and _CLAUSE.search(line) is not None  # in a sentence a year has its sign
    if _YEAR.fullmatch(match["figure"]) and not told:
        return False
    return not _PARTED.search(line) and (told or not _FIGURES.search(line))


def _line_around(text: str, start: int, end: int) -> str:
    """What stands on the lines from `start` to `end`, near these."""
    low = text.rfind("\n", max(0, start - _BEFORE), start) + 1 or max(0, start - _BEFORE)
    high = text.find("\n", end, end + _BEHIND)
    return text[low : high if high >= 0 else end + _BEHIND]
