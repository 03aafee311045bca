"""What a program puts around texts that it holds: rows of a database's dump, and line ends written as escapes."""

from __future__ import annotations

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lookup import rule_id
from policyx.rules import Rules

SIGNS = "'\\"
_ROW = compiled(r"\(\s?[0-9]{1,9}\s?,\s?'")
_BETWEEN = compiled(
    r"\(\s?[0-9]{1,9}\s?,\s?'|'(?:\s?,\s?(?:[0-9.]{1,12}|NULL|null|'[!-&(-~\s]{0,40}'))*(?:\s?,\s?'|\s?\)[,;]?)"
)
_ESCAPED_END = compiled(r"(?<![A-Za-z0-9:\\])(?:\\r)?\\n(?![a-z])")


def left_of_programs(text: str, rules: Rules) -> list[Edit]:
    """Line ends for what stands between the texts of a row, and for escaped line ends."""
    found = {}
    if "'" in text and _ROW.search(text):
        found = {match.span(): rule_id(rules, "row_of_texts") for match in _BETWEEN.finditer(text)}
    if "\\n" in text:
        for match in _ESCAPED_END.finditer(text):
            if not any(low < match.end() and match.start() < high for low, high in found):
                found[match.span()] = rule_id(rules, "escaped_end")
    return [Edit(*span, "\n", (rule,)) for span, rule in sorted(found.items())]
