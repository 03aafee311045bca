"""Tables ruled with the signs of boxes (│指标│2020年│ below ┌──┬──┐) in a text; the edits that make rows of bars out.

Lines of nothing but rules go. Where a rule stands between any two rows, the lines between two rules are one row, of
which the words were broken over them."""

from __future__ import annotations

from itertools import groupby

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import Lines
from policyx.repair.lookup import rule_id
from policyx.rules import Rules
from policyx.text import RepairedText

BOX_SIGNS = frozenset("│┃║")
_BAR = compiled("[│┃║]")
_RULE = compiled(
    "[ \u3000\t\r─━═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝│┃║]*[─━═]{2}[ \u3000\t\r─━═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝│┃║]*"
)
_DIGIT = compiled("[0-9０-９]")
_LEAST_RULES = 4  # of a table whose rows are each between two
_BLANKS = " \u3000\t\r"


def repair_boxes(text: RepairedText, rules: Rules) -> RepairedText:
    """Make rows of bars of the lines of each ruled table."""
    lines, rule = Lines(text.text), rule_id(rules, "box")
    edits: list[Edit] = []
    for ruled, block in groupby(range(len(lines.starts)), lambda number: _shown(lines.line(number)) != ""):
        numbers = list(block) if ruled else []
        kinds = [_shown(lines.line(number)) for number in numbers]
        if kinds.count("rule") and kinds.count("row") > 1:
            edits += _of_table(lines, numbers, kinds, rule)
    return text.apply(sorted(edits, key=lambda edit: (edit.start, edit.end)))


def _shown(line: str) -> str:
    """Whether a line is a rule, a row, or nothing of a ruled table."""
    if _RULE.fullmatch(line):
        return "rule"
    return "row" if len(_BAR.findall(line)) > 1 else ""


def _of_table(lines: Lines, numbers: list[int], kinds: list[str], rule: str) -> list[Edit]:
    edits = []
    for kind, number in zip(kinds, numbers, strict=True):
        start = lines.starts[number]
        if kind == "rule":
            edits.append(Edit(start, start + len(lines.line(number)), "", (rule,)))
    each = kinds.count("rule") >= _LEAST_RULES
    pairs = zip(kinds, numbers, strict=True)
    for kind, group in groupby(pairs, lambda pair: pair[0]):
        rows = [number for _, number in group] if kind == "row" else []
        edits += (_of_row(lines, rows, rule) if each else []) or [e for n in rows for e in _bars(lines, n, rule)]
    return edits


def _bars(lines: Lines, number: int, rule: str) -> list[Edit]:
    start = lines.starts[number]
    return [Edit(start + m.start(), start + m.end(), "|", (rule,)) for m in _BAR.finditer(lines.line(number))]


def _of_row(lines: Lines, numbers: list[int], rule: str) -> list[Edit]:
    """The lines of one row as one: the words of the others go into the cells of the one that holds the figures."""
    cells = [_BAR.split(lines.line(number)) for number in numbers]
    figured = [at for at, row in enumerate(cells) if _DIGIT.search("".join(row))]
    if len(numbers) < 2 or len({len(row) for row in cells}) > 1 or len(figured) > 1:
        return []
    base = figured[0] if figured else 0
    at = lines.starts[numbers[base]]
    written: dict[int, str] = {}  # for each place of a sign what stands there then
    for column, cell in enumerate(cells[base]):
        first, last = len(cell) - len(cell.lstrip(_BLANKS)), len(cell.rstrip(_BLANKS))
        before = "".join(row[column].strip(_BLANKS) for row in cells[:base])
        behind = "".join(row[column].strip(_BLANKS) for row in cells[base + 1 :])
        if cell.strip(_BLANKS):
            written[at + first] = before + lines.text[at + first]
            written[at + last - 1] = written.get(at + last - 1, lines.text[at + last - 1]) + behind
        elif column:
            written[at - 1] += before + behind
        at += len(cell) + 1
        if column + 1 < len(cells[base]):
            written[at - 1] = "|"
    edits = [Edit(place, place + 1, words, (rule,)) for place, words in written.items()]
    for number in (number for number in numbers if number != numbers[base]):
        start = lines.starts[number]
        edits.append(Edit(start, start + len(lines.line(number)), "", (rule,)))
    return edits
