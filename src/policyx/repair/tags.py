"""Tags that survived in a text: those of forums ([align=center][b]2022[/b]年[/align]) and of pages (<span class="a">);
the edits that take them out."""

from __future__ import annotations

import re

from policyx.model import Edit
from policyx.patterns import compiled

SIGNS = "[<"
_FORUM = (
    "align|color|backcolor|font|size|b|i|u|s|url|img|center|left|right|indent|quote|list|table|tr|td|hr|float|p|email|"
    "attach|free|hide|sup|sub|code"
)
_PAGE = "[a-z][a-z0-9:.-]{0,20}"
_FORUM_TAG = compiled(rf"\[(?:(?:{_FORUM})(?:=[^\[\]\n]{{0,80}})?|/(?P<closes>{_FORUM}))\]")
_PAGE_TAG = compiled(rf"<(?:(?:{_PAGE})(?:\s[^<>]{{0,2000}})?/?|/(?P<closes>{_PAGE})\s?)>", re.IGNORECASE)
_SAID = compiled("=[\"']([^\"'<>]{0,40}[\u4e00-\u9fff][^\"'<>]{9,1900}。[^\"'<>]{0,400})[\"']")
_BLOCKS = frozenset({
    "align", "center", "left", "right", "indent", "quote", "list", "table", "tr", "td", "th", "hr", "p", "div", "li",
    "section", "article", "figure", "figcaption", "ul", "ol", "dl", "dt", "dd", "title", "string",
    "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_FEWEST = 3  # closing tags, before a text is one that has them


def left_tags(text: str, rule: str) -> list[Edit]:
    """What closes a block ends a line; every other tag goes without a trace."""
    edits: list[Edit] = []
    for pattern, sign in ((_FORUM_TAG, "[/"), (_PAGE_TAG, "</")):
        found = list(pattern.finditer(text)) if sign in text else []
        if sum(tag["closes"] is not None for tag in found) >= _FEWEST:
            edits += [edit for tag in found for edit in _without(tag, text, rule)]
    return sorted(edits)


def _without(tag: re.Match[str], text: str, rule: str) -> list[Edit]:
    """The edits that take a tag out, but for the sentences of an attribute that stand nowhere else."""
    said = _SAID.search(text, *tag.span())
    if said and text.count(said[1]) == 1:
        return [Edit(tag.start(), said.start(1), "\n", (rule,)), Edit(said.end(1), tag.end(), "\n", (rule,))]
    return [Edit(*tag.span(), "\n" if (tag["closes"] or "").lower() in _BLOCKS else "", (rule,))]
