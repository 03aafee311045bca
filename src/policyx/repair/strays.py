"""Signs scattered between the characters of words, and marks of slices inside them: a text in; a text without them out.

Pages that shall not be copied hold a sign behind every so-and-so-manyth character (增*长); a program that cuts a text
into slices numbers them where it cuts (达到2⏎3、个). A sign that a writer put stands between words: of the characters
beside it few are a pair of one word, of those beside a scattered one about half.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled, positions
from policyx.repair.bigrams import bigrams
from policyx.repair.lines import SENTENCE_ENDS
from policyx.repair.lookup import is_han, listed, rule_id
from policyx.repair.script import simplified
from policyx.repair.torn import neighbours
from policyx.rules import Rules
from policyx.text import RepairedText

_FEWEST = 2  # different words that a sign cuts, before it is one that was scattered
_SHARE, _LARGE_SHARE = 0.4, 0.5  # of the places between two characters at which it cuts a word; where these are few
_SEVERAL = 3  # words
_FEWEST_SLICES = 2
_SLICE = compiled("(?<=[^ \u3000\t\r\n])\r?\n(?P<mark>[0-9]{1,3})、(?=[^ \u3000\t\r\n])")
_LISTED = compiled("\n[0-9]{1,3}、")  # is found at once, unlike what looks back first
_BETWEEN = compiled(
    "(?<=[\u4e00-\u9fff0-9])(?!(?<=[一二三四五六七八九])○).(?=[\u4e00-\u9fff0-9])"
)  # in 二○三○年 it is a zero
_NUMBER = compiled("[0-9]{1,3}$")


@lru_cache(maxsize=8)
def stray_signs(rules: Rules) -> frozenset[str]:
    """The signs that may be scattered, and the line break without which nothing was sliced."""
    return frozenset(listed(rules, "scattered")) | {"\n"}


def repair_strays(text: RepairedText, rules: Rules) -> RepairedText:
    """Drop the signs that cut words, and join the slices of a text that was cut inside words."""
    text = text.apply(_scattered(text.text, rules))
    return text.apply(_slices(text.text, rules))


def _scattered(text: str, rules: Rules) -> list[Edit]:
    places: dict[str, list[int]] = {}
    for sign in listed(rules, "scattered"):
        places[sign] = [at for at in positions(text, sign) if _BETWEEN.match(text, at)]
    rule = rule_id(rules, "scattered")
    edits = []
    for sign, found in places.items():
        beside = [text[at - 1] + text[at + 1] for at in found]
        words = [pair for pair in beside if is_han(pair[0]) and is_han(pair[1])]
        cut = [pair for pair in words if bigrams().is_pair(simplified(pair))] if len(words) >= _FEWEST else []
        different = len(set(cut))
        share = _SHARE if different >= _SEVERAL else _LARGE_SHARE
        if different >= _FEWEST and len(cut) >= share * len(words):
            anywhere = not sign.isascii() or different >= _SEVERAL  # 3*4米, 5~10 may say something
            edits += [
                Edit(at, at + 1, "", (rule,))
                for at, pair in zip(found, beside, strict=True)
                if anywhere or not pair.isdigit()
            ]
    return sorted(edits, key=lambda edit: edit.start)


def _slices(text: str, rules: Rules) -> list[Edit]:
    """The marks 2、, 3、 that stand in words: no item of a list begins inside one. The number of the leaf before may
    stand at its end."""
    marks = list(_SLICE.finditer(text)) if _LISTED.search(text) else []
    if not marks:
        return []
    rule = rule_id(rules, "slice")
    series = [mark for before, mark in zip([None, *marks], marks, strict=False) if _follows(before, mark)]
    spans = [_span(text, mark) for mark in series]
    cut = sum(_tears(text, span, rules) for span in spans)
    paged = sum(span[0] < mark.start() and is_han(text[span[0] - 1]) for span, mark in zip(spans, series, strict=True))
    if paged < _FEWEST_SLICES and (cut < (_FEWEST_SLICES if paged < cut else 1) or cut < _SHARE * len(spans)):
        return []
    return [Edit(*span, "", (rule,)) for span in spans if text[span[0] - 1] not in SENTENCE_ENDS]


def _follows(before: re.Match[str] | None, mark: re.Match[str]) -> bool:
    """Whether the marks count on."""
    return before is None or int(mark["mark"]) == int(before["mark"]) + 1


def _span(text: str, mark: re.Match[str]) -> tuple[int, int]:
    """What the cut put in: the mark, and before the line's end the number of the leaf that ends there."""
    ended = _NUMBER.search(text, max(0, mark.start() - 3), mark.start())
    leaf = str(int(mark["mark"]) - 1)
    if ended and ended[0].endswith(leaf) and (ended[0] == leaf or len(leaf) > 1):
        return mark.start() - len(leaf), mark.end()
    return mark.start(), mark.end()


def _tears(text: str, span: tuple[int, int], rules: Rules) -> bool:
    before, after = text[span[0] - 1], text[span[1]]
    if is_han(before) and is_han(after):
        return bigrams().is_pair(simplified(before + after))
    return before.isdigit() and after in neighbours(rules).after
