"""Hard-wrapped lines, as text copied from a PDF has them, in a text; whole paragraphs out.

Two cases: in a document that is wrapped throughout, full lines are joined to what follows, over a page's number and
running head too; and anywhere, a long line that ends with a comma, or any that ends inside a number, goes on in the
next one, if that is no heading, item or row.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.bigrams import bigrams
from policyx.repair.lines import CLAUSE_SIGNS, SENTENCE_ENDS, Lines
from policyx.repair.lookup import is_han, rule_id
from policyx.repair.setapart import set_apart
from policyx.repair.torn import Neighbours, neighbours
from policyx.repair.wrapping import BLANKS, HANGING, Row, common_width, is_full, rows_of
from policyx.rules import Rules
from policyx.text import RepairedText

_COMMAS = frozenset("，、,")
_TORN = 60  # columns of a line that may end inside a word
_OPEN = compiled("[，；：,;:]")
_FINAL = SENTENCE_ENDS - {"."}  # a point may stand inside a torn number
_NUMERIC = frozenset("0123456789.,．-—–~～－%％万亿")
_LONG = 24  # columns of a line that a comma may carry on into the next
_MARKUP = ("#", ">", "|", "<")
_OPENING = frozenset("“‘《（(")
_PAGE_NUMBER = compiled(r"[·•.\-—–－ ]{1,4}[0-9]{1,4}[·•.\-—–－ ]{1,4}|第 ?[0-9]{1,4} ?页(?: ?[/共] ?[0-9]{1,4} ?页)?")
_BEGINS_NUMBER = compiled(rf"\n[{BLANKS}]*[·•.\-—–－第]")
_HEAD = 40  # columns of a running head at most
_FIGURES = compiled(r"-?[0-9][0-9.,]*(?: -?[0-9][0-9.,]*){0,12}")  # the last cells of a row
_TORN_POINT = compiled(r"[0-9]{1,4}\. [0-9]{1,4} ?[亿万%％]")  # 利税|18. 4亿元


def repair_linewrap(text: RepairedText, rules: Rules) -> RepairedText:
    """Join the lines of wrapped paragraphs; tables, headings, items and short lines stay."""
    if "\n" not in text.text:
        return text
    lines = Lines(text.text)
    if len(lines.starts) < 2:
        return text
    rows = rows_of(lines)
    page = _Page(lines, common_width(lines, rows), neighbours(rules))
    rule = rule_id(rules, "linewrap")
    turns = page.turns(rows) if _BEGINS_NUMBER.search(text.text) else []
    over = {number for row, after in turns for number in range(row.number, after.number)}
    joins = {(row, after) for row, after in pairwise(rows) if row.number not in over and page.continues(row, after)}
    joins.update(set_apart(lines, rows, neighbours(rules)))
    return text.apply(joined(lines, sorted([*joins, *turns]), rule))


def joined(lines: Lines, joins: Iterable[tuple[Row, Row]], rule: str, indent: int | None = None) -> list[Edit]:
    """The edits that take the line end and the blanks around it from between each two rows. Latin words are set apart
    by a blank; where a program cut lines, and indented what goes on by `indent`, only if there was one."""
    edits = []
    for row, after in joins:
        line, below = lines.line(row.number).rstrip("\r"), lines.line(after.number)
        start = lines.starts[row.number] + len(line.rstrip(BLANKS))
        end = lines.starts[after.number] + len(below) - len(below.lstrip(BLANKS))
        parted = indent is None or line[-1:] in BLANKS or after.indent > indent
        latin = row.last.isascii() and after.first.isascii() and row.last.isalpha()
        cells = indent is not None and _FIGURES.fullmatch(below.strip(BLANKS)) and not CLAUSE_SIGNS.search(line)
        joint = " " if parted and (latin or cells) else ""
        edits.append(Edit(start, end, joint, (rule,)))
    return edits


class _Page:
    """A text's lines, the width that most share, and what stands beside numbers."""

    def __init__(self, lines: Lines, common: int, beside: Neighbours) -> None:
        self._lines = lines
        self._common = common
        self._beside = beside

    def continues(self, row: Row, after: Row) -> bool:
        """Whether the text of `row` goes on in the row below it."""
        lines = self._lines
        if row.last in _FINAL:
            return False
        numeric = row.last in _NUMERIC or after.first in _NUMERIC
        if (
            numeric
            and not after.blank_before
            and self._beside.tears_number(lines.line(row.number).strip(BLANKS), lines.line(after.number).strip(BLANKS))
        ):
            return not lines.tabular(row.number) and not lines.tabular(after.number)
        return (
            self._is_open(row, after)
            and not (lines.marked(after.number) and not self._tears_point(row, after))
            and not lines.tabular(row.number)
            and not lines.tabular(after.number)
        )

    def turns(self, rows: list[Row]) -> list[tuple[Row, Row]]:
        """The rows that go on over the leaf: only a page's number, and a running head at most, stands between."""
        found = []
        for at, row in enumerate(rows):
            between = 0
            while between < 2 and at + between + 1 < len(rows) and self._is_margin(rows[at + between + 1]):
                between += 1
            numbered = any(self._is_page_number(margin) for margin in rows[at + 1 : at + 1 + between])
            after = rows[at + 1 + between] if at + 1 + between < len(rows) else None
            if numbered and after and is_full(row, self._common) and is_han(row.last):
                over = after._replace(blank_before=False)
                if not self._is_margin(row) and self.continues(row, over):
                    found.append((row, after))
        return found

    def _is_page_number(self, row: Row) -> bool:
        return _PAGE_NUMBER.fullmatch(self._lines.line(row.number).strip(BLANKS)) is not None

    def _is_margin(self, row: Row) -> bool:
        """A page's number, or a short line set in from the edge or without a sign, as running heads are."""
        line = self._lines.line(row.number)
        return self._is_page_number(row) or (row.indent > 0 and row.width <= _HEAD and not _OPEN.search(line))

    def _tears_point(self, row: Row, after: Row) -> bool:
        """利税|18. 4亿元: in a full line's next one a number with a stray blank, and no list mark."""
        full = is_full(row, self._common) and is_han(row.last)
        return full and _TORN_POINT.match(self._lines.line(after.number).strip(BLANKS)) is not None

    def _is_open(self, row: Row, after: Row) -> bool:
        if after.first in HANGING and not after.blank_before:
            return is_han(row.last) or row.last.isalnum() or row.last in "%％"
        if (
            row.last in SENTENCE_ENDS
            or after.indent
            or not (is_han(after.first) or after.first.isalnum() or after.first in _OPENING)
        ):
            return False
        full = is_full(row, self._common)
        carried = row.last in _COMMAS and row.width >= _LONG  # over a blank line, too
        whole = full and is_han(row.last) and not self._lines.marked(row.number)
        if after.blank_before and not (is_han(after.first) and (whole or carried)):
            return False
        if not (full or carried or self._tears_word(row, after)):
            return False
        return not self._lines.line(row.number).lstrip().startswith(_MARKUP)

    def _tears_word(self, row: Row, after: Row) -> bool:
        """病险水|库除险加固7件: a long line in the middle of a sentence, and of a word."""
        if row.width < _TORN or not bigrams().is_pair(row.last + after.first) or self._lines.marked(row.number):
            return False
        return bool(_OPEN.search(self._lines.line(row.number))) and bool(_OPEN.search(self._lines.line(after.number)))
