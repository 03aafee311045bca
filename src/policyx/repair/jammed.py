"""Random signs that a forum hides at the ends of lines against copying (^: Z! q0 @9 u), in a text; it without them out.

The forum's program writes a sign or digit, a blank and a letter or sign of the upper half of ASCII, five times and
more. Where such a string opens a line of its own that goes on, the line break in it was the forum's too.
"""

from __future__ import annotations

import re

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lookup import is_han, rule_id
from policyx.rules import Rules
from policyx.text import RepairedText

JAMMER_SIGNS = frozenset("^~`{}@_\\")
_LOW, _HIGH = "[!-;]", r"(?:[?-{}~]|\|(?=[!-;]))"
_STRING = compiled(rf"(?:\n[ \u3000]?|(?<![0-9A-Za-z.])){_LOW}?(?: {{1,2}}{_HIGH}{_LOW}?){{4,16}}(?![0-9A-Za-z])")
_TWO = compiled(rf" {_HIGH}{_LOW}? ")  # stands in every string, and is found at once
_ODD = compiled(r"[!#-&*+/<=>?@\[-`{-~]")
_FEWEST = 2  # strings in a text
_MOST_LONE = 1  # signs of one kind between two blanks: the other one was a blank


def repair_jammed(text: RepairedText, rules: Rules) -> RepairedText:
    """Drop the strings, where a text has two and more of them."""
    if _TWO.search(text.text) is None:
        return text
    found = [match for match in _STRING.finditer(text.text) if _is_noise(match[0])]
    rare = any(not JAMMER_SIGNS.isdisjoint(match[0]) for match in found)
    edits = [_edit(match, rule_id(rules, "jammer")) for match in found] if rare and len(found) >= _FEWEST else []
    return text.apply(edits)


def _is_noise(string: str) -> bool:
    """True for a string in which the signs of both kinds take turns, odd ones among them."""
    pieces = string.split()
    return sum(len(piece) == 1 for piece in pieces[1:-1]) <= _MOST_LONE and _ODD.search(string) is not None


def _edit(match: re.Match[str], rule: str) -> Edit:
    """The edit that takes a string out; its line break stays where the line ends with it."""
    text, end = match.string, match.end()
    goes_on = text[end : text.find("\n", end) if "\n" in text[end:] else len(text)].strip()
    opens = match[0][0] == "\n" and goes_on != "" and not is_han(goes_on[0])
    return Edit(match.start() + (match[0][0] == "\n" and not opens), end, "", (rule,))
