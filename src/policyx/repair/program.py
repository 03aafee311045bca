"""What a program puts around texts that it holds: rows of a database's dump, fields of records."""

from __future__ import annotations

from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lookup import listed, rule_id
from policyx.rules import Rules

SIGNS = "'\""
_ROW = compiled(r"\(\s?[0-9]{1,9}\s?,\s?'")
_BETWEEN = compiled(
    r"\(\s?[0-9]{1,9}\s?,\s?'|'(?:\s?,\s?(?:[0-9.]{1,12}|NULL|null|'[!-&(-~\s]{0,40}'))*(?:\s?,\s?'|\s?\)[,;]?)"
)
_FEWEST_FIELDS = 3
_FIELD = compiled(  # { title: '渔船补贴', "amount": "每艘5万元" },
    r"(?P<open>[\[{(,]{0,3}[ \t]?[\"']?(?<![\w$])(?P<key>[A-Za-z_]\w{0,30})[\"']?[ \t]?:[ \t]?(?P<quote>[\"'`]))"
    r"(?P<value>[^\"'`\n]{0,60}[\u4e00-\u9fff](?:(?!(?P=quote)(?:[ \t]?[,}\])\n]|$))[^\n]){0,3000})"
    r"(?P<close>(?P=quote)(?:[ \t]?[}\])])*,?)"
)
_QUOTES = compiled(r":[ \t]?[\"'`]")  # stands in every field, and is found at once
_TITLE = "\n## "  # as a page marks a heading
_LONGEST_TITLE = 40


def left_of_programs(text: str, rules: Rules) -> list[Edit]:
    """Line ends for what stands between the texts of a row or the fields of a record; a record's name heads the
    others."""
    if "'" in text and _ROW.search(text):
        rule = rule_id(rules, "row_of_texts")
        return [Edit(*match.span(), "\n", (rule,)) for match in _BETWEEN.finditer(text)]
    fields = list(_FIELD.finditer(text)) if _QUOTES.search(text) else []
    if len(fields) < _FEWEST_FIELDS:
        return []
    rule, titles, edits = rule_id(rules, "field_of_record"), _titles(rules), []
    for field in fields:
        heads = field["key"].lower().endswith(titles) and len(field["value"]) <= _LONGEST_TITLE
        edits.append(Edit(*field.span("open"), _TITLE if heads else "\n", (rule,)))
        edits.append(Edit(*field.span("close"), "\n", (rule,)))
    return edits


@lru_cache(maxsize=4)
def _titles(rules: Rules) -> tuple[str, ...]:
    return tuple(listed(rules, "title_of_record"))
