"""Text set with a blank behind every character (全 年 研 究 经 费 2 7 亿 元), as some pages and programs for optical
recognition write it: a text in, the edits that take the blanks out.

The running text of the document has to be spread throughout. Then in every line and cell that is spread itself all
single blanks go; what they were meant to set apart before cannot be told any more.
"""

from __future__ import annotations

import re

from policyx.model import Edit
from policyx.patterns import compiled

_HAN = "[\u4e00-\u9fff]"
_SIGN = "[\u4e00-\u9fff0-9]"
_TIGHT = compiled(rf"{_SIGN}(?={_SIGN})")
_LOOSE = compiled(rf"{_SIGN} (?={_SIGN})")
_TIGHT_WORDS = compiled(rf"{_HAN}(?={_HAN})")
_LOOSE_WORDS = compiled(rf"{_HAN} (?={_HAN})")
_SENTENCE = compiled(rf"[^\n]*{_SIGN} ?[，。；][^\n]*")
_FEWEST = 50  # blanks between characters
_TIMES = 2  # as many as there are pairs of characters without one
_TIMES_IN_TABLES = 5  # there blanks set apart what stands in columns
_PIECE = compiled(r"[^\n|\t]+")
_WORD = compiled(r"[^ ]+")
_BLANK = compiled(r"(?<=[^ \n|*#A-Za-z])(?<!^-) (?=[^ \n|*A-Za-z])")  # ## 一、总体情况 stays a heading
_DATE_ENDS = compiled(r"[12](?: ?[0-9]){3} ?[-/.] ?[01] ?[0-9] ?[-/.] ?[0-3] ?[0-9]$")
_LONGEST_DATE = 24
_SAMPLE = 20_000
_SINGLE = 0.8  # of a piece's words have no two characters side by side


def spread(text: str, rule: str) -> list[Edit]:
    """The edits for the blanks of a text that is spread; none for any other."""
    if not _is_spread(text[:_SAMPLE]):
        return []
    return [
        Edit(piece.start() + blank.start(), piece.start() + blank.end(), "", (rule,))
        for piece in _PIECE.finditer(text)
        if _is_spread_piece(piece)
        for blank in _BLANK.finditer(piece[0])
        if not _DATE_ENDS.search(piece[0], max(0, blank.start() - _LONGEST_DATE), blank.start())
    ]


def _is_spread(text: str) -> bool:
    running = "\n".join(_SENTENCE.findall(text))
    tight, loose = len(_TIGHT.findall(running)), len(_LOOSE.findall(running))
    if tight + loose >= _FEWEST:
        return loose >= max(_FEWEST, _TIMES * tight)
    return len(_LOOSE_WORDS.findall(text)) >= max(_FEWEST, _TIMES_IN_TABLES * len(_TIGHT_WORDS.findall(text)))


def _is_spread_piece(piece: re.Match[str]) -> bool:
    words = _WORD.findall(piece[0])
    return len(words) > 1 and sum(not _TIGHT.search(word) for word in words) >= _SINGLE * len(words)
