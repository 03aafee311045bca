"""The pages of a PDF go in; with the notes at their feet apart from the text they go out."""

from __future__ import annotations

import re
from dataclasses import replace

from policyx.read.pdf_layout import PageLayout
from policyx.read.pdf_lines import Line
from policyx.read.pdf_paragraphs import usual_size

_MARK = re.compile(r"[0-9①-⑳⁰¹²³⁴-⁹*＊※†]|[〔\[（(][0-9]{1,2}[〕\]）)]|注[0-9：:]")
_SMALL = 0.88  # of the usual size of type
_LOWER = 0.5  # share of a page's height above which no note stands


def with_notes_apart(pages: list[PageLayout]) -> list[PageLayout]:
    """The pages; small type at a page's foot that begins with a mark is its notes."""
    usual = usual_size([[item for item in page.items if isinstance(item, Line)] for page in pages])
    return [_parted(page, usual) for page in pages]


def _parted(page: PageLayout, usual: float) -> PageLayout:
    start = len(page.items)
    while start:
        item = page.items[start - 1]
        small = isinstance(item, Line) and item.size < _SMALL * usual and item.top > _LOWER * page.height
        if not small:
            break
        start -= 1
    notes = [item for item in page.items[start:] if isinstance(item, Line)]
    while notes and not _MARK.match(notes[0].text):
        notes.pop(0)
    if not notes or len(notes) == len(page.items):
        return page
    return replace(page, items=page.items[: len(page.items) - len(notes)], notes=tuple(notes))
