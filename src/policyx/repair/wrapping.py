"""How a text's lines were wrapped: its rows in, the width out at which they were cut, if they were.

Two kinds of evidence. Most open lines (no sentence end) of a document may share a width within the few columns that
rules of typesetting allow. A program cuts at exactly so many characters or columns; there the cuts fall inside words
and numbers, which lines that a writer ended do by chance only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from policyx.patterns import compiled
from policyx.repair.bigrams import bigrams
from policyx.repair.lines import SENTENCE_ENDS, Lines
from policyx.repair.lookup import is_han
from policyx.repair.script import simplified
from policyx.tuples import NamedTuple

BLANKS = " \u3000\t\u00a0\r"
_NARROWEST, _WIDEST = 30, 116  # in half-width columns
_BELOW, _ABOVE = 6, 4  # how far from the common width a full line may be
_LEAST = 6  # open lines that show a wrapped document
_SHARE = 0.6
_FEWEST_CUT = 2  # rows of exactly one length that show a document cut by a program
_FEWEST_EXACT = 3  # longest lines of one length, in a text of many short ones
_SHORTEST_CUT, _LONGEST_CUT = 12, 160  # characters
_NEARLY_ALL = 0.9  # of the rows that break off, where few of the cuts need to fall inside words
_INSIDE = 0.25  # share of the cuts that fall inside words or numbers; by chance it is a tenth
_ALIKE, _FULL_SHARE = 0.75, 0.2  # how near in length rows are that a program cut, and how many of all these are
_LONGER = 0.1  # share of the rows that may be longer than the cut
_BROKEN_ROWS = 0.8  # of the bars' rows of exactly one length, those that break off inside a row of a table
_SLIM = compiled("[^\u2e80-\uffef“”‘’…—]")  # one column wide; all others take two
HANGING = frozenset("，。；、：）”》")  # no writer begins a line with these
_POINTS = frozenset(".．,，")
_BEHIND_OR_IN_FIGURE = frozenset("%％‰万亿元年月日个家户人亩吨:：∶")  # 35.3|:23.8:40.9


class Row(NamedTuple):
    """A line that holds something: its width in columns, its length in characters without the blanks around it, and as
    it stands with those before it."""

    number: int
    width: int
    length: int
    whole: int
    last: str
    first: str
    indent: int
    blank_before: bool


class Cut(NamedTuple):
    """How a program cut the lines of a text: the length of a row that goes on, what measures it, and by how many blanks
    what goes on is indented."""

    length: int
    measure: Callable[[Row], tuple[int, ...]]
    indent: int

    def holds(self, row: Row) -> bool:
        """Whether the row is exactly as long as those that were cut; a blank at the cut belongs to it."""
        return self.length in self.measure(row) or row.whole - self.indent == self.length


def rows_of(lines: Lines) -> list[Row]:
    """The lines that hold something."""
    rows: list[Row] = []
    blank = False
    for number in range(len(lines.starts)):
        line = lines.line(number)
        content = line.strip(BLANKS)
        if not content:
            blank = True
            continue
        length = len(content)
        whole = len(line.rstrip("\r"))
        indent = len(line) - len(line.lstrip(BLANKS))
        rows.append(Row(number, _width(content), length, whole, content[-1], content[0], indent, blank))
        blank = False
    return rows


def may_be_cut(text: str) -> bool:
    """Whether all but a few lines are short enough that a program may have cut them: a look at their lengths alone."""
    lengths = sorted(len(line) for line in text.split("\n") if line)
    few = max(1, int(_LONGER * len(lengths)))
    if len(lengths) >= _LEAST and lengths[-1] <= _LONGEST_CUT and lengths[-1] == lengths[-_FEWEST_EXACT]:
        return True
    if len(lengths) <= _FEWEST_CUT or lengths[-1 - few] > _LONGEST_CUT:
        return False
    long = lengths[-1 - few]
    alike = bisect_right(lengths, long) - bisect_left(lengths, int(_ALIKE * long))
    return alike >= max(_FEWEST_CUT, _FULL_SHARE * len(lengths))


def cut(lines: Lines, rows: Sequence[Row]) -> Cut | None:
    """How a program cut the rows, or None where none did."""
    if len(rows) < _FEWEST_CUT:  # blanks alone make lines of one length, too
        return None
    for measure in (_characters, _columns):
        length = _cut_length(lines, rows, measure)
        if length:
            pairs = [(row, after) for row, after in pairwise(rows) if length in measure(row)]
            plain = [pair for pair in pairs if not any("|" in lines.line(row.number) for row in pair)]
            indents = Counter(after.indent for _, after in plain or pairs)  # before a cell stand blanks of its own
            return Cut(length, measure, indents.most_common(1)[0][0])
    return _table_cut(lines, rows)


def _table_cut(lines: Lines, rows: Sequence[Row]) -> Cut | None:
    """How a program cut the rows of a table between bars, blanks and all: most rows of the text break off at one
    length, and that inside a row."""
    longest = max(row.whole for row in rows)
    indents = sorted(after.indent for row, after in pairwise(rows) if row.whole == longest)
    indent = indents[len(indents) // 10] if indents else 0
    if sum(row.whole == longest - indent and not row.indent for row in rows) < _FEWEST_CUT:
        indent = 0  # blanks of cells
    how = Cut(longest - indent, _characters, indent)
    exact = [(row, after) for row, after in pairwise(rows) if how.holds(row)]
    barred = [pair for pair in exact if any("|" in lines.line(row.number) for row in pair)]
    broken = sum(not ends_row(lines, row, after, indent) for row, after in barred)
    if not _SHORTEST_CUT <= how.length <= _LONGEST_CUT or len(exact) < _ALIKE * _SHARE * len(rows):
        return None
    return how if broken >= max(_LEAST, _BROKEN_ROWS * len(barred)) else None


def ends_row(lines: Lines, row: Row, after: Row, indent: int) -> bool:
    """Whether a line that ends with a bar is the end of its row: another row begins below it, or text does. A blank at
    the cut belongs to a cell."""
    if row.last != "|" or after.indent > indent or lines.line(row.number).rstrip("\r").endswith(tuple(BLANKS)):
        return False
    return after.first == "|" or "|" not in lines.line(after.number)


def _characters(row: Row) -> tuple[int, ...]:
    return (row.length, row.whole)


def _columns(row: Row) -> tuple[int, ...]:
    return (row.width, row.width + 1)  # a wide character that did not fit leaves one column


def _cut_length(lines: Lines, rows: Sequence[Row], measure: Callable[[Row], tuple[int, ...]]) -> int:
    """The length at which a program cut rows: the longest that occurs often, where enough cuts fall inside words."""
    lengths = [measure(row)[0] for row in rows]
    counts = Counter(lengths)
    for length in sorted((n for n, seen in counts.items() if seen >= _FEWEST_CUT), reverse=True)[:3]:
        if length < _SHORTEST_CUT or sum(own > length for own in lengths) > max(1, _LONGER * len(rows)):
            break
        cuts = [
            (row, after)
            for row, after in pairwise(rows)
            if length in measure(row) and not after.blank_before and not lines.tabular(row.number)
        ]
        inside = sum(_tears(row.last, after.first) for row, after in cuts)
        exact = _exact_share(lines, rows, length, measure)
        telling = inside >= _INSIDE * len(cuts) or (exact >= _NEARLY_ALL and len(cuts) >= _LEAST)
        hung = any(after.first in HANGING for _, after in cuts)
        if (exact >= _SHARE and inside >= _FEWEST_CUT and telling) or (exact >= _NEARLY_ALL and hung):
            return length
    return 0


def _exact_share(lines: Lines, rows: Sequence[Row], length: int, measure: Callable[[Row], tuple[int, ...]]) -> float:
    """How many of the longer rows that break off inside a sentence have exactly this length. What is left of a row
    that was cut breaks off where the text had a line end of its own, and tells nothing, where nearly all others are
    exact."""
    broken = [
        (row, before is not None and not row.blank_before and length in measure(before))
        for before, row, after in zip((None, *rows), rows, rows[1:], strict=False)
        if row.last not in SENTENCE_ENDS and measure(row)[0] > _SHARE * length and not after.blank_before
        and not lines.tabular(row.number)
    ]  # fmt: skip
    exact = sum(length in measure(row) for row, _ in broken)
    others = sum(length not in measure(row) and not left for row, left in broken)
    share = exact / max(1, exact + others)
    return share if share >= _NEARLY_ALL else exact / max(1, len(broken))


def _tears(last: str, first: str) -> bool:
    """Whether a line break between these characters falls inside a word or number."""
    if last.isdigit() or last in _POINTS:
        return first.isdigit() or first in _POINTS or (last.isdigit() and first in _BEHIND_OR_IN_FIGURE)
    if last.isalpha() and first.isalpha() and not is_han(last):
        return not is_han(first)
    if first in HANGING:
        return is_han(last) or last.isalnum() or last in "%％"
    return last in "(（" or (is_han(last) and is_han(first) and bigrams().is_pair(simplified(last + first)))


def _width(content: str) -> int:
    """Columns without blanks, so that removing stray blanks does not make another width."""
    content = "".join(content.split())
    return 2 * len(content) - (len(_SLIM.findall(content)) if len(content) <= _WIDEST else 0)


def common_width(lines: Lines, rows: Sequence[Row]) -> int:
    """The width in columns that most open lines share, or 0."""
    widths = [
        row.width
        for row, after in pairwise(rows)
        if row.last not in SENTENCE_ENDS and not after.blank_before and not after.indent
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


def is_full(row: Row, common: int) -> bool:
    """Whether the row is about as wide as most."""
    return bool(common) and common - _BELOW <= row.width <= common + _ABOVE
