"""Control characters and unusual line ends in a text; the text without the former, with line feeds for the latter.

A lone carriage return (old Macintosh files), NEL and the separators of Unicode end lines. Vertical tabs and form feeds
are soft line ends and page breaks: beside a line end, and inside a word or number, they go without a trace.
"""

from __future__ import annotations

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lookup import is_han, rule_id
from policyx.rules import Rules
from policyx.text import RepairedText

_LINE_ENDS = "\u0085\u2028\u2029"
_SOFT = "\x0b\x0c"
_DROPPED = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_CONTROL = compiled(rf"\x1b\[[0-9;?]{{0,12}}[A-Za-z]|\r+(?=\r\n)|\r(?!\n)|[{_LINE_ENDS}{_SOFT}]|[{_DROPPED}]+")
_OPEN = compiled("[，；]")
_CODES = (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0))
CONTROL_SIGNS = frozenset("\r" + _LINE_ENDS + _SOFT).union(map(chr, _CODES))


def repair_controls(text: RepairedText, rules: Rules) -> RepairedText:
    """Make every line end a line feed (CRLF stays) and drop other control characters with their escape sequences."""
    line_end, control = rule_id(rules, "line_end"), rule_id(rules, "control")
    edits = []
    for match in _CONTROL.finditer(text.text):
        sign = match[0]
        if sign[0] in _SOFT:
            to = _soft_end(text.text, match.start())
        else:
            doubled = sign[0] == "\r" and text.text.startswith("\r\n", match.end())  # what a conversion left behind
            to = "\n" if not doubled and (sign == "\r" or sign in _LINE_ENDS) else ""
        edits.append(Edit(*match.span(), to, (line_end if to else control,), bool(to)))
    return text.apply(edits)


def _soft_end(text: str, at: int) -> str:
    """A line feed where the vertical tab or form feed at `at` ends a line; nothing inside a line."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before in "\r\n" or after in "\r\n":
        return ""
    line = text[max(0, text.rfind("\n", 0, at), at - 60) : at]
    if is_han(before) and is_han(after) and _OPEN.search(line):
        return ""  # in the middle of a sentence
    number = before in "0123456789.," and after in "0123456789.,"
    return "" if number else "\n"
