"""Text set with a blank behind every character (全 年 研 究 经 费 2 7 亿 元), as some pages and programs for optical
recognition write it: a text in, the edits that take the blanks out.

The running text of the document has to be spread throughout. Then in every line and cell that is spread itself all
single blanks go, but those before the figures of a row whose units part them, and between titles that a year begins;
what others were meant to set apart before cannot be told any more.
"""

from __future__ import annotations

import re

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import PROSE_SIGNS

_HAN = "[\u4e00-\u9fff]"
_SIGN = "[\u4e00-\u9fff0-9]"
_TIGHT = compiled(rf"{_SIGN}(?={_SIGN})")
_LOOSE = compiled(rf"{_SIGN} (?={_SIGN})")
_TIGHT_WORDS = compiled(rf"{_HAN}(?={_HAN})")
_LOOSE_WORDS = compiled(rf"{_HAN} (?={_HAN})")
_SENTENCE_SIGN = compiled(rf"{_SIGN} ?[，。；]")
_FEWEST = 50  # blanks between characters
_TIMES = 2  # as many as there are pairs of characters without one
_TIMES_IN_TABLES = 5  # there blanks set apart what stands in columns
_PIECE = compiled(r"[^\n|\t]+")
_WORD = compiled(r"[^ ]+")
_BLANK = compiled(r"(?<=[^ \n|*#A-Za-z:]) (?=[^ \n|*A-Za-z])")  # ## 一、总体情况 stays a heading, title: a label
_LEAD = compiled(r"[ \u3000>*]*(?:[-•·]|\[[0-9 ]{1,5}\])(?= )")
_IN_ROW = compiled(rf"{_BLANK.pattern}(?<![\u4e00-\u9fff）)] (?=-?[0-9]))")  # 3 1 万 吨 2 9 万 吨 5.2: three cells
_YEAR = "(?:1 ?9|2 ?0)(?: ?[0-9]){2} ?年|[一二] ?[九〇零○](?: ?[〇零○一二三四五六七八九]){2} ?年"
_TITLE = f"(?:{_YEAR}|比 ?上 ?年)"  # of a column
_TITLES = compiled(f"(?:{_YEAR})[^0-9，。；]{{0,16}} {_TITLE}")
_IN_HEAD = compiled(rf"{_BLANK.pattern}(?!{_TITLE})")
_UNIT_INSIDE = compiled("[0-9] ?[\u4e00-\u9fff] ?[^0-9]{0,12}-?[0-9]")
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
        for kept in (_behind_lead(piece[0]),)
        for blank in _strays(piece[0]).finditer(piece[0])
        if blank.start() != kept
        and not _DATE_ENDS.search(piece[0], max(0, blank.start() - _LONGEST_DATE), blank.start())
    ]


def _is_spread(text: str) -> bool:
    running = "\n".join(line for line in text.split("\n") if _SENTENCE_SIGN.search(line))
    tight, loose = len(_TIGHT.findall(running)), len(_LOOSE.findall(running))
    if tight + loose >= _FEWEST:
        return loose >= max(_FEWEST, _TIMES * tight)
    return len(_LOOSE_WORDS.findall(text)) >= max(_FEWEST, _TIMES_IN_TABLES * len(_TIGHT_WORDS.findall(text)))


def _behind_lead(piece: str) -> int:
    """Where the blank stands that sets off what a dash or a note's number opens; -1 where none does."""
    lead = _LEAD.match(piece)
    return lead.end() if lead else -1


def _strays(piece: str) -> re.Pattern[str]:
    """The blanks of a piece that do not part its cells."""
    return _IN_ROW if _ends_row(piece) else _IN_HEAD if _is_head(piece) else _BLANK


def _ends_row(piece: str) -> bool:
    """Whether a piece is a row that ends in a figure, with another and its unit before it."""
    piece = piece.rstrip()
    return piece[-1:].isdigit() and not PROSE_SIGNS.search(piece) and _UNIT_INSIDE.search(piece) is not None


def _is_head(piece: str) -> bool:
    """Whether a piece is the titles of two columns, a year and another or a change."""
    return not PROSE_SIGNS.search(piece) and _TITLES.search(piece) is not None


def _is_spread_piece(piece: re.Match[str]) -> bool:
    words = _WORD.findall(piece[0])
    return len(words) > 1 and sum(not _TIGHT.search(word) for word in words) >= _SINGLE * len(words)
