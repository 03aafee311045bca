"""Lines that a program cut at exactly so many characters or columns, in a text; whole paragraphs out.

This comes before other damage is mended, which would change the lengths by which such lines are known.
"""

from __future__ import annotations

from itertools import pairwise

from policyx.patterns import compiled
from policyx.repair.brokenrows import repair_rows
from policyx.repair.counting import counted
from policyx.repair.lines import Lines, ends_in_figures
from policyx.repair.linewrap import joined
from policyx.repair.lookup import rule_id
from policyx.repair.torn import tears_ratio
from policyx.repair.wrapping import BLANKS, Cut, Row, cut, ends_row, may_be_cut, rows_of
from policyx.rules import Rules
from policyx.text import RepairedText

_OPEN = compiled("[，；：,;:、]")
_GAPS = compiled("[^ \u3000][ \u3000]{2,}(?=[^ \u3000])")
_STOPS = frozenset("。！？!?；;：:")
_INDENT = 2  # blanks that set a line off
_GOES_ON_ALIKE = 4  # characters of the line below: the same title may stand there with other brackets or another end
_MARKUP = ("#", ">", "<")
_SECTION = compiled(  # what opens a section or item, wherever a line may have been cut
    r"[（(] ?[一二三四五六七八九十0-9]{1,3} ?[）)]|[一二三四五六七八九十]{1,3}[、．.]|[#>|<]"
    r"|第 ?[一二三四五六七八九十百0-9 ]{1,6} ?[编篇章节条][ \u3000]"
)
_BULLET = compiled("[-•·] [\u4e00-\u9fff]")


def repair_cutlines(text: RepairedText, rules: Rules) -> RepairedText:
    """Join the lines that were cut, what opens a paragraph stays by itself; then those of rows that break in cells,
    which would hide the width of the cut if they came first."""
    return repair_rows(_uncut(text, rules), rules)


def _uncut(text: RepairedText, rules: Rules) -> RepairedText:
    """The text without a cut at a width."""
    if not may_be_cut(text.text):
        return text
    lines = Lines(text.text)
    rows = rows_of(lines)
    how = cut(lines, rows)
    if how is None:
        return text
    joins = []
    barred = False  # inside a row of a table that bars enclose
    whole = _complete(lines, rows)
    items = counted(lines, (row.number for row in rows))
    for row, after in pairwise(rows):
        line = lines.line(row.number).strip(BLANKS)
        cut_off = how.holds(row) and (not after.blank_before or _only_blanks(lines, row, after, how))
        barred = (barred or line.startswith("|")) and cut_off and not ends_row(lines, row, after, how.indent)
        if barred or (cut_off and line not in whole and after.number not in items and _goes_on(lines, row, after, how)):
            joins.append((row, after))
    return text.apply(joined(lines, joins, rule_id(rules, "cutlines"), how.indent))


def _complete(lines: Lines, rows: list[Row]) -> set[str]:
    """The lines that a text repeats, with something else below each time: a page's title, which is no part of what
    follows it even if it is as long as a line that was cut."""
    below: dict[str, str] = {}
    complete = set()
    for row, after in pairwise(rows):
        line = lines.line(row.number).strip(BLANKS)
        begins = lines.line(after.number).strip(BLANKS)[:_GOES_ON_ALIKE]
        if below.setdefault(line, begins) != begins:
            complete.add(line)
    return complete


def _only_blanks(lines: Lines, row: Row, after: Row, how: Cut) -> bool:
    """Whether the empty lines between two rows are blanks of the text that were cut like the rest, as those that fill
    the cells of a table."""
    between = (lines.line(number).rstrip("\r") for number in range(row.number + 1, after.number))
    return all(len(line) in (how.length, how.length + how.indent) for line in between)


def _is_row(line: str) -> bool:
    """Whether the line is a row of a table by its tabs or wide gaps; bare figures alone may be a torn sentence."""
    return "\t" in line or len(_GAPS.findall(line)) > 1


def _goes_on(lines: Lines, row: Row, after: Row, how: Cut) -> bool:
    """Whether the text of a row that may have been cut goes on in the row below it."""
    line, below = lines.line(row.number).strip(BLANKS), lines.line(after.number).strip(BLANKS)
    if _is_row(line) or _is_row(below) or line.startswith(_MARKUP) or _BULLET.match(below):
        return False
    if ends_in_figures(line) and ends_in_figures(below):
        return False
    indented = after.indent >= _INDENT > how.indent or after.indent < min(how.indent, _INDENT)
    if row.last in _STOPS and tears_ratio(line, below):  # 44.9:19.6:|35.5变为: no list mark
        return True
    if row.last in _STOPS:
        return not indented and not lines.marked(after.number) and (after.indent >= _INDENT) == (how.indent >= _INDENT)
    return not indented and (_SECTION.match(below) is None or _OPEN.search(line) is not None)
