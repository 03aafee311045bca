"""Dates in figures alone (2024.03.07, 2024-3-7, 20240307): a text in, time expressions out."""

from __future__ import annotations

from collections.abc import Iterator

from policyx.model import TimeExpression
from policyx.patterns import compiled

_DATE = compiled(
    r"[12](?<![0-9][12])(?<![0-9]\.[12])[0-9]{3}(?:(?P<sign>[-./])(?P<month>1[0-2]|0?[1-9])(?P=sign)"
    r"(?P<day>3[01]|[12][0-9]|0?[1-9])|(?P<mm>1[0-2]|0[1-9])(?P<dd>3[01]|[12][0-9]|0[1-9]))(?![0-9]|[-./][0-9])"
)
_YEARS = range(1900, 2100)


def figure_dates(text: str, counts: frozenset[str]) -> Iterator[tuple[int, int, TimeExpression]]:
    """Each date with its place. Eight figures in a row are a date only where none of `counts`, the characters that a
    unit may begin with, follows them."""
    for match in _DATE.finditer(text):
        year = int(match[0][:4])
        if year not in _YEARS or (match["mm"] and text[match.end() : match.end() + 1] in counts):
            continue
        month, day = int(match["month"] or match["mm"]), int(match["day"] or match["dd"])
        time = TimeExpression(match[0], year, year, 0, "stated", (month, month), day)
        yield *match.span(), time
