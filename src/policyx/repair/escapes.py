r"""Escapes of program text (\n, \", \u6e14) and strings that a plus sign joins, in a text; what they stand for out.

An article that was saved inside a program or a data file is one line of escapes; as text, none of them has a meaning.
"""

from __future__ import annotations

from policyx.model import Edit
from policyx.patterns import compiled, matches_at
from policyx.repair.lookup import rule_id
from policyx.rules import Rules
from policyx.text import RepairedText

_FEWEST = 2
_CODE = r"\\u(?P<code>[0-9a-fA-F]{4})"
_END = r"\\{1,2}r\\{1,2}n|\\{1,2}[nr](?![a-z])"
_ESCAPE = compiled(rf"(?:{_CODE})|(?P<end>{_END})|\\{{1,2}}t(?![a-z])|\\(?P<sign>[\"'/])")
_ALONE = compiled(r"(?<![A-Za-z0-9:\\])(?:\\r)?\\n(?![a-z])")  # no path: C:\news
_JOINED = compiled(r"(?P<quote>[\"'])[ \t]*\+[ \t]*\r?\n[ \t]*(?P=quote)")
_SURROGATES = range(0xD800, 0xE000)


def repair_escapes(text: RepairedText, rules: Rules) -> RepairedText:
    """Write characters for their escapes, where two of them stand, a line end also for its only one, and join strings
    that were added up."""
    rule = rule_id(rules, "escape")
    found = list(matches_at(_ESCAPE, text.text, "\\"))
    if len(found) >= _FEWEST:
        edits = []
        for match in found:
            code = int(match["code"], 16) if match["code"] else 0
            if code not in _SURROGATES:
                to = chr(code) if code else "\n" if match["end"] else match["sign"] or " "
                edits.append(Edit(*match.span(), to, (rule,)))
        text = text.apply(edits)
    elif found and (end := _ALONE.search(text.text)):
        text = text.apply([Edit(*end.span(), "\n", (rule_id(rules, "escaped_end"),))])
    return text.apply([Edit(*match.span(), "", (rule,)) for match in matches_at(_JOINED, text.text, "\"'")])
