"""Hard-wrapped lines, as text copied from a PDF has them, in a text; whole paragraphs out.

Two cases: a document whose open lines (no sentence end) are nearly all of one width is wrapped, and its full lines are
joined to what follows; and anywhere, a long line that ends with a comma goes on in the next one, if that is no heading,
item or row.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.bigrams import bigrams
from policyx.repair.lines import SENTENCE_ENDS, Lines
from policyx.repair.lookup import is_han, rule_id
from policyx.rules import Rules
from policyx.text import RepairedText

_COMMAS = frozenset("，、,")
_NARROWEST, _WIDEST = 30, 116  # in half-width columns
_BELOW, _ABOVE = 6, 4  # how far from the common width a full line may be
_LEAST = 6  # open lines that show a wrapped document
_SHARE = 0.6
_TORN = 60  # columns of a line that may end inside a word
_OPEN = compiled("[，；：,;:]")
_FINAL = SENTENCE_ENDS - {"."}  # a point may stand inside a torn number
_LONG = 24  # columns of a line that a comma may carry on into the next
_BLANKS = " \u3000\t\u00a0"
_OPEN_POINT = compiled(r"(?<=[\u4e00-\u9fff])[0-9]{1,5}[.．]$")
_POINT = compiled(r"[.．][0-9]")
_UNIT = compiled(r"[万亿][元吨亩人户平立千]?|[%％]|个百分点|元[，,。；;]|(?:公里|公斤|公顷|吨|亩|家|户)[，,。；;]")
_SLIM = compiled("[^\u2e80-\uffef“”‘’…—]")  # one column wide; all others take two


class _Row(NamedTuple):
    number: int
    width: int
    last: str
    first: str
    indented: bool
    blank_before: bool


def repair_linewrap(text: RepairedText, rules: Rules) -> RepairedText:
    """Join the lines of wrapped paragraphs; tables, headings, items and short lines stay."""
    if "\n" not in text.text:
        return text
    lines = Lines(text.text)
    if len(lines.starts) < 2:
        return text
    rows = _rows(lines)
    common = _common_width(lines, rows)
    rule = rule_id(rules, "linewrap")
    edits = []
    for row, after in pairwise(rows):
        if _continues(lines, row, after, common):
            start = lines.starts[row.number] + len(lines.line(row.number).rstrip(_BLANKS))
            line = lines.line(after.number)
            end = lines.starts[after.number] + len(line) - len(line.lstrip(_BLANKS))
            joint = " " if row.last.isascii() and after.first.isascii() and row.last.isalpha() else ""
            edits.append(Edit(start, end, joint, (rule,)))
    return text.apply(edits)


def _rows(lines: Lines) -> list[_Row]:
    rows: list[_Row] = []
    blank = False
    for number in range(len(lines.starts)):
        line = lines.line(number)
        content = line.strip(_BLANKS + "\r")
        if not content:
            blank = True
            continue
        rows.append(_Row(number, _width(content), content[-1], content[0], line[0] in _BLANKS, blank))
        blank = False
    return rows


def _width(content: str) -> int:
    """Columns without blanks, so that removing stray blanks does not make another width."""
    content = "".join(content.split())
    return 2 * len(content) - (len(_SLIM.findall(content)) if len(content) <= _WIDEST else 0)


def _common_width(lines: Lines, rows: list[_Row]) -> int:
    """The width that the document is wrapped at, or 0."""
    widths = [
        row.width
        for row, after in pairwise(rows)
        if row.last not in SENTENCE_ENDS and not after.blank_before and not after.indented
        and not lines.marked(after.number) and not lines.tabular(row.number)
    ]  # fmt: skip
    if len(widths) < _LEAST:
        return 0
    counts = Counter(widths)
    common = max(counts, key=lambda width: (sum(counts[width + d] for d in range(-_BELOW, _ABOVE + 1)), counts[width]))
    full = sum(common - _BELOW <= width <= common + _ABOVE for width in widths)
    wider = sum(row.width > common + _ABOVE for row in rows)
    if not _NARROWEST <= common <= _WIDEST or full < max(_LEAST, _SHARE * len(widths)) or wider > 0.1 * len(rows):
        return 0
    return common


def _tears_word(lines: Lines, row: _Row, after: _Row) -> bool:
    """病险水|库除险加固7件: a long line in the middle of a sentence, and of a word."""
    if row.width < _TORN or not bigrams().is_pair(row.last + after.first) or lines.marked(row.number):
        return False
    return bool(_OPEN.search(lines.line(row.number))) and bool(_OPEN.search(lines.line(after.number)))


def _tears_number(lines: Lines, row: _Row, after: _Row) -> bool:
    """国内生产总值223961|万元: a sentence's line ends in a number, and the next begins with the unit."""
    if row.width < _TORN:
        return False
    if row.last.isdigit():
        below = lines.line(after.number).lstrip()
        # 377|.4亿元, or the unit
        return _POINT.match(below) is not None or (_UNIT.match(below) is not None and lines.prose(row.number))
    if row.last not in ".．" or not after.first.isdigit():
        return False
    line = lines.line(row.number).rstrip()
    return _OPEN_POINT.search(line[-6:]) is not None and lines.prose(row.number)  # 下降3.|9个百分点


def _continues(lines: Lines, row: _Row, after: _Row, common: int) -> bool:
    if row.last in _FINAL:
        return False
    if not after.indented and not after.blank_before and _tears_number(lines, row, after):
        return not lines.tabular(row.number) and not lines.tabular(after.number)
    if (
        row.last in SENTENCE_ENDS
        or after.indented
        or not (is_han(after.first) or after.first.isalnum() or after.first in "“‘《（(")
    ):
        return False
    full = bool(common) and common - _BELOW <= row.width <= common + _ABOVE
    if after.blank_before and not (full and is_han(row.last) and is_han(after.first) and not lines.marked(row.number)):
        return False
    if not (full or (row.last in _COMMAS and row.width >= _LONG) or _tears_word(lines, row, after)):
        return False
    if lines.marked(after.number) or lines.line(row.number).lstrip().startswith(("#", ">", "|", "<")):
        return False
    return not lines.tabular(row.number) and not lines.tabular(after.number)
