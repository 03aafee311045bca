"""Leftovers of web pages: entities, line-break tags and invisible characters in a text; a text without them out."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair import program
from policyx.repair.lookup import Word, holds, rule_id, words
from policyx.repair.tags import SIGNS, left_tags
from policyx.rules import Rules
from policyx.text import RepairedText

# An ampersand that was escaped several times over is undone in one go: &amp;amp;nbsp;
_ENTITY = compiled(r"&(?:(?:amp|#38|#x26);)*(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,15});)?")
_BREAK = compiled(r"<[bB][rR] {0,2}/?>")
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = compiled("\u00ad+")
_FIGURE_ENDS = compiled(r"[0-9%％‰][0-9%％‰万亿元年月日家个名项]?$")
_DIGITS = frozenset("0123456789")
_LONGEST_QUOTATION = 80
_WIDE_ROW = compiled(r"^[ \u3000]*｜[^\n]*|^[^｜\n]{1,60}｜[ \u3000\r]*$", re.MULTILINE)
_WIDE_MARKUP = compiled(
    r"＜／?[ａ-ｚＡ-Ｚ]{1,10}[ \u3000]{0,2}／?＞|(?<!＊)＊＊(?!＊)|^＃{1,6}(?= )|^ {0,8}－(?= )"
    r"|［[0-9０-９]{1,3}］|＆[ａ-ｚ]{2,8}；|＆＃[０-９]{2,6}；",
    re.MULTILINE,
)
_WIDE_STAR = compiled("(?<!＊)＊(?!＊)")
_WIDE_SIGNS = frozenset("｜＜＊＃［＆－")
_NARROW = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_NARROW_IN_ROWS = {ord(sign): ord(sign) - 0xFEE0 for sign in "｜＊＼－＜＞［］＋／＆＃"} | {
    ord(sign): ord(sign) - 0xFEE0 for sign in "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
}
_ROUNDS = 4  # what is decoded may itself be a leftover; nobody nests deeper


@lru_cache(maxsize=8)
def _invisible(rules: Rules) -> tuple[re.Pattern[str], dict[str, Word]]:
    table = words(rules, "invisible")
    return compiled(f"[{re.escape(''.join(table))}]"), table


@lru_cache(maxsize=8)
def markup_signs(rules: Rules) -> frozenset[str]:
    """The characters without which there is nothing to do here."""
    return frozenset("&" + SIGNS + program.SIGNS + _SOFT_HYPHEN) | _WIDE_SIGNS | frozenset(_invisible(rules)[1])


def repair_markup(text: RepairedText, rules: Rules) -> RepairedText:
    """Drop tags, decode entities, turn <br> into a line break (a table cell's is dropped) and drop
    invisible characters."""
    text = text.apply(_wide(text.text, rules))
    text = text.apply(program.left_of_programs(text.text, rules))
    text = text.apply(left_tags(text.text, rule_id(rules, "left_tag")))
    for _ in range(_ROUNDS):
        before = text
        text = _apply_invisible(text, rules)
        text = text.apply(_entities(text.text, rules))
        text = text.apply(_breaks(text.text, rules))
        text = text.apply(_soft_hyphens(text.text, rules))
        if text is before:
            break
    return text


def _wide(text: str, rules: Rules) -> list[Edit]:
    """Markup and the rows of tables in full width (＊＊, ＜ｂｒ＞, ［１］, ｜ 合计 ｜): the same signs in their own
    width."""
    if not holds(text, _WIDE_SIGNS):
        return []
    rule = rule_id(rules, "wide_markup")
    narrow = {match.span(): match[0].translate(_NARROW_IN_ROWS) for match in _WIDE_ROW.finditer(text)}
    rows = sorted(narrow)
    if rows:  # ＊ in a cell is told by a note below the table
        narrow |= {m.span(): "*" for m in _WIDE_STAR.finditer(text) if not _within(rows, m.start())}
    for match in _WIDE_MARKUP.finditer(text):
        if not _within(rows, match.start()):
            narrow[match.span()] = match[0].translate(_NARROW)
    return [Edit(*span, to, (rule,), True) for span, to in sorted(narrow.items())]


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether one of the sorted spans holds the position."""
    number = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return number >= 0 and at < spans[number][1]


def _apply_invisible(text: RepairedText, rules: Rules) -> RepairedText:
    pattern, table = _invisible(rules)
    edits = []
    for match in pattern.finditer(text.text) if holds(text.text, frozenset(table)) else ():
        word = table[match.group()]
        edits.append(Edit(match.start(), match.end(), word.to, (word.rule,), len(word.to) == 1))
    return text.apply(edits)


def _soft_hyphens(text: str, rules: Rules) -> list[Edit]:
    """A soft hyphen between two figures is the dash of a range; elsewhere it is nothing."""
    if _SOFT_HYPHEN not in text:
        return []
    rule = rule_id(rules, "soft_hyphen")
    edits = []
    for match in _HYPHENS.finditer(text):
        start, end = match.span()
        between = text[end : end + 1] in _DIGITS and _FIGURE_ENDS.search(text[max(0, start - 2) : start])
        edits.append(Edit(start, end, "-" if between else "", (rule,)))
    return edits


def _entities(text: str, rules: Rules) -> list[Edit]:
    if "&" not in text:
        return []
    rule = rule_id(rules, "entity")
    edits = []
    for match in _ENTITY.finditer(text):
        decoded = _decoded(match, rules)
        if decoded is not None:
            if decoded == '"' and _quotation_is_open(text, match.start()):
                decoded = "”"  # pages escape the closing mark alone: “一网通办&quot;
            edits.append(Edit(match.start(), match.end(), decoded, (rule,)))
    return edits


def _decoded(match: re.Match[str], rules: Rules) -> str | None:
    name = match.group(1)
    if name is None:
        return "&" if len(match.group()) > 1 else None
    from html import unescape  # its table of names is read only where one stands

    decoded = unescape(f"&{name};")
    if decoded.endswith(";") or len(decoded) != 1 or (ord(decoded) < 32 and decoded != "\n"):
        return None
    word = _invisible(rules)[1].get(decoded)
    return word.to if word else decoded


def _quotation_is_open(text: str, at: int) -> bool:
    start = max(text.rfind("\n", 0, at), at - _LONGEST_QUOTATION, 0)
    return text.rfind("“", start, at) > max(
        text.rfind("”", start, at), text.rfind('"', start, at), text.rfind("&quot;", start, at)
    )


def _breaks(text: str, rules: Rules) -> list[Edit]:
    if "<" not in text:
        return []
    rule = rule_id(rules, "break")
    edits = []
    for match in _BREAK.finditer(text):
        line_end = text.find("\n", match.end())
        line = text[text.rfind("\n", 0, match.start()) + 1 : line_end if line_end >= 0 else len(text)]
        edits.append(Edit(match.start(), match.end(), "" if "|" in line else "\n", (rule,)))
    return edits
