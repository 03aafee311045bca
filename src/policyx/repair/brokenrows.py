"""Rows of a table whose line ends inside them, in a text; whole rows out.

| 水产品产量 | 万吨 | 12.5 | above 3.2 |: each row begins with a bar, so a line without one goes on with the row above
it, where both together have as many bars as the other rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policyx.model import Edit
from policyx.repair.lines import Lines
from policyx.repair.lookup import rule_id
from policyx.rules import Rules
from policyx.text import RepairedText

_BAR = "|"
_LEAST_BARS = 3
_LEAST_ROWS = 3
_MOST_LINES = 4  # of one row
_BLANKS = " \u3000\t\u00a0\r"


def repair_rows(text: RepairedText, rules: Rules) -> RepairedText:
    """Join the lines of each broken row."""
    if "\n|" not in text.text and not text.text.startswith(_BAR):
        return text
    lines = Lines(text.text)
    rule = rule_id(rules, "brokenrows")
    edits: list[Edit] = []
    for rows in _tables(lines):
        bars = [sum(lines.line(number).count(_BAR) for number in row) for row in rows]
        common, times = Counter(bars).most_common(1)[0]
        if common < _LEAST_BARS or times < _LEAST_ROWS:
            continue
        for row, count in zip(rows, bars, strict=True):
            if len(row) > 1 and count == common > lines.line(row[0]).count(_BAR):
                edits += [_joint(lines, number, rule) for number in row[:-1]]
    return text.apply(edits)


def _tables(lines: Lines) -> Iterator[list[list[int]]]:
    """The rows of each table, each the numbers of its lines: the first begins with a bar, the others hold one or follow
    a line that no bar closes."""
    rows: list[list[int]] = []
    closed = True
    for number in range(len(lines.starts)):
        line = lines.line(number).strip(_BLANKS)
        if line.startswith(_BAR):
            rows.append([number])
        elif rows and line and len(rows[-1]) < _MOST_LINES and (_BAR in line or not closed):
            rows[-1].append(number)
        else:
            if rows:
                yield rows
            rows = []
        closed = line.endswith(_BAR)
    if rows:
        yield rows


def _joint(lines: Lines, number: int, rule: str) -> Edit:
    """The edit that puts a line and the next one together."""
    line, below = lines.line(number), lines.line(number + 1)
    start = lines.starts[number] + len(line.rstrip(_BLANKS))
    end = lines.starts[number + 1] + len(below) - len(below.lstrip(_BLANKS))
    return Edit(start, end, " ", (rule,))
