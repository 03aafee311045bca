"""The markup of forums ([align=center][b]2022[/b]年[/align]) in a text; the edits that take it out."""

from __future__ import annotations

from policyx.model import Edit
from policyx.patterns import compiled

SIGN = "["
_NAMES = (
    "align|color|backcolor|font|size|b|i|u|s|url|img|center|left|right|indent|quote|list|table|tr|td|hr|float|p|email|"
    "attach|free|hide|sup|sub|code"
)
_TAG = compiled(rf"\[(?:(?P<opens>{_NAMES})(?:=[^\[\]\n]{{0,80}})?|/(?P<closes>{_NAMES}))\]")
_BLOCKS = frozenset({"align", "center", "left", "right", "indent", "quote", "list", "table", "tr", "hr", "p"})
_FEWEST = 3  # closing tags, before a text is one of a forum


def forum_tags(text: str, rule: str) -> list[Edit]:
    """What closes a block ends a line; every other tag goes without a trace."""
    if "[/" not in text:
        return []
    found = list(_TAG.finditer(text))
    if sum(tag["closes"] is not None for tag in found) < _FEWEST:
        return []
    return [Edit(*tag.span(), "\n" if tag["closes"] in _BLOCKS else "", (rule,)) for tag in found]
