"""What a program puts around texts that it holds: rows of a database's dump."""

from __future__ import annotations

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lookup import rule_id
from policyx.rules import Rules

SIGNS = "'"
_ROW = compiled(r"\(\s?[0-9]{1,9}\s?,\s?'")
_BETWEEN = compiled(
    r"\(\s?[0-9]{1,9}\s?,\s?'|'(?:\s?,\s?(?:[0-9.]{1,12}|NULL|null|'[!-&(-~\s]{0,40}'))*(?:\s?,\s?'|\s?\)[,;]?)"
)


def left_of_programs(text: str, rules: Rules) -> list[Edit]:
    """Line ends for what stands between the texts of a row."""
    if "'" not in text or not _ROW.search(text):
        return []
    rule = rule_id(rules, "row_of_texts")
    return [Edit(*match.span(), "\n", (rule,)) for match in _BETWEEN.finditer(text)]
