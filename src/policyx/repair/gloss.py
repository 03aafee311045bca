"""Pinyin glosses that a reading aid wrote behind characters, 揚(yáng)州, in a text; a text without them out.

A gloss stands behind a Chinese character and is a syllable, or behind a word and has a syllable for each of its
characters at most: 工业(gongye). With a tone mark it is certain; without one it may be a Latin word, (he), so it goes
only where the document shows that it is full of glosses. A page whose glosses stood above the line has them without
brackets, 工 gōng 业 yè: there too the document has to be full of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled, positions
from policyx.repair.lookup import holds, is_han, listed, rule_id
from policyx.rules import Rules
from policyx.text import RepairedText

LETTERS = "a-zａ-ｚA-ZɡāáǎàōóǒòēéěèêīíǐìūúǔùüǖǘǚǜńňǹḿĀÁǍÀŌÓǑÒĒÉĚÈ"
_MOST = 6  # syllables of a gloss
_GLOSS = compiled(f"[(（]([{LETTERS}]{{1,36}})[)）]")
# One bracket lost. Only syllables with a tone mark count, and only between Chinese characters.
_OPEN_LOST = compiled(f"(?<=[\u4e00-\u9fff])([{LETTERS}]{{1,36}})[)）](?=[\u4e00-\u9fff，。、；])")
_CLOSE_LOST = compiled(f"(?<=[\u4e00-\u9fff])[(（]([{LETTERS}]{{1,36}})(?=[\u4e00-\u9fff，。、；])")
_OPENED = compiled("[(（][^()（）\n]*$")  # （五wǔ）: the bracket closes another than the gloss's
_BARE = compiled(f"(?<=[\u4e00-\u9fff])( ?)([{LETTERS}]{{1,6}})( ?)(?![{LETTERS}])")  # above the line in the page
_TONES = {"\u0304", "\u0301", "\u030c", "\u0300"}

TONED = frozenset("āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ")

_NARROW = {code: code - 0xFEE0 for code in range(ord("ａ"), ord("ｚ") + 1)}  # glosses of a page in full width

_LONGEST = 6  # letters of a syllable
_NEAR = 80  # characters before a gloss in which its bracket may be another's
_ENOUGH = 8  # toneless glosses that a document needs to show, of this many different syllables
_DIFFERENT = 5
_SHARE = 0.8  # of the Latin words in brackets behind a character


@lru_cache(maxsize=8)
def _syllables(rules: Rules) -> frozenset[str]:
    return frozenset(" ".join(listed(rules, "syllable")).split())


@lru_cache(maxsize=8)
def _light(rules: Rules) -> frozenset[str]:
    """Characters that are read without a tone, each with its syllable."""
    return frozenset(listed(rules, "light"))


@lru_cache(maxsize=8)
def _several(rules: Rules) -> re.Pattern[str]:
    """Syllables one behind another; the longest are tried first."""
    known = "|".join(sorted(_syllables(rules), key=lambda word: (-len(word), word)))
    return compiled(f"(?:{known}){{1,{_MOST}}}")


@lru_cache(maxsize=4096)
def _read(written: str) -> tuple[str, bool]:
    """The letters of a syllable without its tone mark, and whether it had one."""
    parts = unicodedata.normalize("NFD", written.translate(_NARROW).lower().replace("ɡ", "g"))
    toned = any(part in _TONES for part in parts)
    plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return plain.replace("ê", "e"), toned


def syllable(written: str, rules: Rules) -> tuple[bool, bool]:
    """Whether `written` is a syllable, and whether it carries a tone mark."""
    plain, toned = _read(written)
    return plain in _syllables(rules), toned


def _reading(written: str, before: str, rules: Rules) -> tuple[bool, bool]:
    """Whether `written` may be read for what stands before it, and whether it carries a tone mark."""
    known, toned = syllable(written, rules)
    if known or not (written.islower() and is_han(before[-2:-1])):
        return known, toned
    plain = _read(written)[0]
    spoken = next((size for size, sign in enumerate(reversed(before)) if not is_han(sign)), len(before))
    return len(plain) <= _LONGEST * spoken and _several(rules).fullmatch(plain) is not None, toned


def glosses(text: str, rules: Rules) -> list[re.Match[str]]:
    """Every gloss of `text` with both its brackets."""
    sure, maybe, others = [], [], 0
    end = -1  # of the gloss before: a reading aid that ran twice wrote each gloss twice
    for at in positions(text, "(（"):
        match = _GLOSS.match(text, at)
        if match is None or not at or not (is_han(text[at - 1]) or at == end):
            continue
        end = match.end()
        known, toned = _reading(match.group(1), text[max(0, at - _MOST) : at], rules)
        if known and toned:
            sure.append(match)
        elif known and match.group(1).islower():
            maybe.append(match)
        else:
            others += 1
    if maybe and (len(sure) >= _ENOUGH or _dense(maybe, others)):
        return sorted(sure + maybe, key=lambda match: match.start())
    return sure


def _dense(maybe: list[re.Match[str]], others: int) -> bool:
    kinds = Counter(match.group(1) for match in maybe)
    return len(maybe) >= _ENOUGH and len(kinds) >= _DIFFERENT and len(maybe) >= _SHARE * (len(maybe) + others)


def repair_gloss(text: RepairedText, rules: Rules) -> RepairedText:
    """Drop all glosses, also those that lost one of their brackets."""
    rule = rule_id(rules, "gloss")
    text = text.apply([Edit(match.start(), match.end(), "", (rule,)) for match in glosses(text.text, rules)])
    for pattern in (_CLOSE_LOST, _OPEN_LOST) if holds(text.text, TONED) else ():
        edits = []
        for match in pattern.finditer(text.text):
            at = match.start()
            known, toned = _reading(match.group(1), text.text[max(0, at - _MOST) : at], rules)
            if known and toned and not (pattern is _OPEN_LOST and _OPENED.search(text.text, max(0, at - _NEAR), at)):
                edits.append(Edit(match.start(), match.end(), "", (rule,)))
        text = text.apply(edits)
    return text.apply([Edit(start, end, "", (rule,)) for start, end in _bare(text.text, rules)])


def _bare(text: str, rules: Rules) -> list[tuple[int, int]]:
    """Where the glosses without brackets stand, with the blanks that set them apart, in a text that is full of them."""
    if not holds(text, TONED):
        return []
    found = [(match, syllable(match.group(2), rules)) for match in _BARE.finditer(text)]
    sure = sum(known and toned for _, (known, toned) in found)
    if sure < _ENOUGH:
        return []
    # One without a tone mark is a light syllable, 的de, or set apart like the others.
    light = _light(rules)
    bare = [
        match
        for match, (known, toned) in found
        if known
        and (
            toned
            or (match.group(2).islower() and (match.group(1) or text[match.start() - 1] + match.group(2) in light))
        )
    ]
    # where none stands before a gloss, the blank behind it is the text's own, 万吨dūn 14.7, unless most have one
    close = [match for match in bare if not match.group(1)]
    apart = 2 * sum(bool(match.group(3)) for match in close) > len(close)
    return [(match.start(), match.end() if match.group(1) or apart else match.end(2)) for match in bare]
