"""Words without what a page wrote among them: footnote marks, emphasis, blanks, brackets open on one side only."""

from __future__ import annotations

from policyx.patterns import compiled

_FOOTNOTE = compiled(r"[（(](?:以下)?[简统]称[^（）()]*[）)]|[（(]下同[）)]|[\[［][0-9]{1,3}[\]］]|\*\*|<br>|&nbsp;")
_UNTIDY = compiled(r"[（(）)\[［*<& \u3000\xa0“”「」『』《》]")
_MARKS_AROUND = " \t\n\r\u3000\xa0，,。；;：:、"
PARENTHESIS = compiled(r"[（(][^（）()]*[）)]")
_CLOSERS = {"”": "“", "」": "「", "』": "『", "）": "（", ")": "(", "》": "《"}


def tidy(text: str) -> str:
    """Without footnote marks, emphasis, blanks, and brackets that are open on one side only."""
    if not _UNTIDY.search(text):
        return text
    text = _FOOTNOTE.sub("", text).replace(" ", "").replace("\u3000", "").replace("\xa0", "")
    for close, opening in _CLOSERS.items():
        if text.count(close) > text.count(opening) and opening not in text.partition(close)[0]:
            text = (
                text.replace(close, "", 1)
                if text.startswith(close)
                else text.rpartition(close)[2]
                if close in "）)"
                else text.replace(close, "", 1)
            )
        if text.count(opening) > text.count(close):
            head, _, tail = text.rpartition(opening)
            text = tail if opening in "（(" else head + tail
    return text


def without_marks(name: str) -> str:
    """Without marks and blanks at both ends, and 的 at the beginning."""
    return name.lstrip(_MARKS_AROUND + "的").rstrip(_MARKS_AROUND)
