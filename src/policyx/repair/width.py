"""Full-width digits, letters and number signs, and compatibility characters, in a text; their ordinary forms out.

Only listed classes are folded: general normalisation would read the list mark of ①1000万元 as a digit.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled, positions
from policyx.repair.lookup import Word, any_of, holds, rule_id, unusual, words
from policyx.rules import Rules
from policyx.text import RepairedText

_WIDE_RUN = compiled("[０-９Ａ-Ｚａ-ｚ％＂]+(?:＆[Ａ-Ｚａ-ｚ]+)?")
_FEW = 3  # different characters up to which looking for each is faster than the pattern
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_COMPATIBILITY = compiled("[\uf900-\ufa6d\ufa70-\ufad9]")
_COMPATIBLE = frozenset(map(chr, range(0xF900, 0xFADA)))
WIDE = frozenset(chr(code + 0xFEE0) for code in b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%"')

# 1．2012年 at the start of a line is item 1 and a year; 33．9 elsewhere is one number.
_THOUSANDS = compiled("(?<![0-9.．，,])[1-9][0-9]{0,2}(?:，[0-9]{3}|(?:[,，][0-9]{3}){2,})+(?![0-9，])")
_COMMA = compiled("，(?<=[0-9]，)(?=[0-9])")
_DIGITS = frozenset("0123456789")
_LONGEST_NUMBER = 24
_TORN_POINT = compiled("[0-9][ \u3000]．|[0-9]．[ \u3000][0-9]")  # 2608 ．7, 5． 8
_LIST_MARK = compiled(r"(?:^|[\n。；！？])[ 　\t]*(?:[（(]?[0-9]{1,2})$")
_SIGNS = frozenset("．﹒，－／")


@lru_cache(maxsize=8)
def _radicals(rules: Rules) -> dict[str, Word]:
    return words(rules, "radical")


@lru_cache(maxsize=8)
def width_signs(rules: Rules) -> frozenset[str]:
    """The characters without which there is nothing to do here."""
    return WIDE | _SIGNS | frozenset(_radicals(rules)) | _COMPATIBLE


def repair_width(text: RepairedText, rules: Rules) -> RepairedText:
    """Fold full-width digits, letters and percent signs, then the points and commas inside numbers."""
    wide = unusual(text.text) & WIDE
    if wide:
        text = text.apply(_wide(text.text, wide, rule_id(rules, "width")))
    if holds(text.text, _SIGNS):
        text = text.apply(_number_signs(text.text, rule_id(rules, "width_sign")))
    radicals = _radicals(rules)
    signs, edits = frozenset(radicals), []
    for match in any_of(signs).finditer(text.text) if holds(text.text, signs) else ():
        word = radicals[match[0]]
        edits.append(Edit(match.start(), match.end(), word.to, (word.rule,), True))
    text = text.apply(edits)
    if not holds(text.text, _COMPATIBLE):
        return text
    return text.apply(_compatible(text.text, rule_id(rules, "compatibility")))


def _wide(text: str, present: frozenset[str], rule: str) -> list[Edit]:
    if len(present) > _FEW:
        runs = [match.span() for match in _WIDE_RUN.finditer(text)]
    else:
        runs = [(at, at + 1) for at in positions(text, present)]
    return [Edit(start, end, text[start:end].translate(_NARROW), (rule,), True) for start, end in runs]


def _number_signs(text: str, rule: str) -> list[Edit]:
    found: dict[int, str] = {}
    for at in positions(text, "．﹒－／"):
        sign = text[at]
        if sign == "．" and _TORN_POINT.search(text[max(0, at - 2) : at + 3]) and not _is_list_mark(text, at):
            found[at] = "."
        elif (
            at
            and text[at - 1] in _DIGITS
            and text[at + 1 : at + 2] in _DIGITS
            and at + 1 < len(text)
            and (sign != "．" or not _is_list_mark(text, at))
        ):
            found[at] = {"．": ".", "﹒": ".", "－": "-", "／": "/"}[sign]
    for comma in _COMMA.finditer(text):
        if (at := comma.start()) not in found:
            for thousands in _THOUSANDS.finditer(text, max(0, at - 12), at + _LONGEST_NUMBER):
                if thousands.start() < at < thousands.end():
                    found.update((i, ",") for i in range(*thousands.span()) if text[i] == "，")
    return [Edit(at, at + 1, found[at], (rule,), True) for at in sorted(found)]


def _is_list_mark(text: str, point: int) -> bool:
    """Whether the full-width point ends an item's number and the digits after it are a number of their own."""
    if not _LIST_MARK.search(text[max(0, point - 12) : point]):
        return False
    return compiled("[0-9]{3}|[ \u3000]").match(text[point + 1 : point + 4]) is not None


def _compatible(text: str, rule: str) -> list[Edit]:
    return [
        Edit(match.start(), match.end(), unicodedata.normalize("NFC", match.group()), (rule,), True)
        for match in _COMPATIBILITY.finditer(text)
    ]
