"""Whether a number may go on before where it was read: a candidate in, the answer out.

Repair joins what a line break or a blank surely tore; what it left is told as doubt, so that no tail of a number passes
for the whole in silence.
"""

from __future__ import annotations

from policyx.patterns import compiled
from policyx.recognize.candidate import Candidate

_STOP = "。"
_REACH = 24
_GAP = r"[ \u3000]?(?:\r?\n[ \t\u3000]*|[ \u3000])"
_FIGURE = compiled(rf"(?P<before>[^0-9.\s])[ ]?(?P<figure>[0-9][0-9.,]*){_GAP}\Z")
_YEAR = compiled(r"(?:19|20)[0-9]{2}")
_ROW = compiled(r"[|\t]| {2,}| -?[0-9][0-9.,]*[%％]? -?[0-9]")


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
    if match is None or _YEAR.fullmatch(match["figure"]) or before == _STOP:
        return False
    low = text.rfind("\n", 0, start - len(match[0]) + 1) + 1
    high = text.find("\n", candidate.end)
    line = text[low : high if high >= 0 else len(text)]
    return not _ROW.search(line[: start - low + 40])
