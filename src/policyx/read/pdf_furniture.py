"""The pages of a PDF go in; without running heads, feet and page numbers they go out.

Only the outermost lines of a page can be such: a page number says so itself, a running head stands at the same height
on many pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from policyx.read.pdf_layout import PageLayout
from policyx.read.pdf_lines import Line

_NUMBER = re.compile(
    r"[-—–－_·•\s|｜]*(?:[0-9０-９]{1,3}|[ivxlcIVXLC]{1,6})[-—–－_·•\s|｜]*"
    r"|[-—–－_·•]\s*[0-9０-９]{1,4}\s*[-—–－_·•]"
    r"|第?\s*[0-9０-９一二三四五六七八九十百]{1,5}\s*页(?:\s*[,，/／|]?\s*共\s*[0-9０-９一二三四五六七八九十百]{1,5}\s*页)?"
    r"|[0-9]{1,4}\s*[/／]\s*[0-9]{1,4}|Page\s+[0-9]{1,4}(?:\s+of\s+[0-9]{1,4})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9０-９]+")
_SENTENCE_ENDS = frozenset("。；，！？")
_MARGIN = 0.14  # share of the page's height in which heads and feet stand
_OUTERMOST = 3  # lines at each end of a page that may be furniture
_SAME_HEIGHT = 6.0  # points
_SHARE = 0.34  # of the pages on which a running head stands: left and right pages may have different ones
_LEAST = 2


def without_furniture(pages: list[PageLayout]) -> list[PageLayout]:
    """The pages without their furniture."""
    heights: Counter[tuple[str, int]] = Counter()
    for page in pages:
        heights.update({_key(line) for line in _edge_lines(page)})
    least = max(_LEAST, _SHARE * len(pages))
    return [_cleaned(page, heights, least) for page in pages]


def _edge_lines(page: PageLayout) -> list[Line]:
    """The lines of the margins, outermost first from each end."""
    lines = sorted((item for item in page.items if isinstance(item, Line)), key=lambda line: line.top)
    head = [line for line in lines[:_OUTERMOST] if line.bottom < _MARGIN * page.height]
    foot = [line for line in lines[-_OUTERMOST:] if line.top > (1 - _MARGIN) * page.height]
    return head + [line for line in foot if line not in head]


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.top / _SAME_HEIGHT)


def _cleaned(page: PageLayout, heights: Counter[tuple[str, int]], least: float) -> PageLayout:
    left_out = set()
    for line in _edge_lines(page):
        text, height = _key(line)
        repeated = sum(heights[text, height + near] for near in (-1, 0, 1)) >= least
        if (repeated and line.text[-1] not in _SENTENCE_ENDS) or _NUMBER.fullmatch(line.text):
            left_out.add(id(line))
    if not left_out:
        return page
    return replace(page, items=tuple(item for item in page.items if id(item) not in left_out))
