"""Stray blanks that optical recognition leaves inside words and numbers, in a text; it without them out.

Blanks inside a number, between a number and its unit and before closing punctuation are wrong anywhere. Between
Chinese characters a single blank may separate items (标题 副标题), so there the document decides: only where many
blanks stand in running text, and many of them inside words, are they strays.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.bigrams import bigrams
from policyx.repair.lines import Lines
from policyx.repair.lookup import is_han, listed, rule_id
from policyx.repair.rowunits import unit_gaps
from policyx.rules import Rules
from policyx.text import RepairedText

_BLANK = compiled(r" (?<=[^\s] ) ?(?=[^\s])")
_WIDE = compiled("(?<=[^ \u3000\n\r|])\u3000(?=[^ \u3000\n\r|])")
_CLOSING = frozenset("，。；：、）》】”’！？")
_OPENING = frozenset("（《【“‘")
_BULLETS = ("-", "•", "·")
_ASCII_CLOSING = frozenset(",;:)")
_PERCENT = frozenset("%％‰")

_DENSITY = 0.003  # stray blanks for each character of running text
_LEAST = 4
_INSIDE_WORDS = 0.25  # of the blanks between Chinese characters; by chance it is a tenth
_SPACED_NUMBERS = 3  # numbers set off by blanks that show a habit

_NUMBER_MARK = compiled("第 ?[0-9](?: ?[0-9]){0,3} ?(?=[条章节款编篇部])")
_SPELLED_YEAR = compiled("[一二] ?[九〇零○](?: ?[〇零○一二三四五六七八九]){2} ?年")  # 二 〇 二 〇 年
_TORN_YEAR = compiled(rf"(?<![0-9])(?:1 ?9|2 ?0)(?: ?[0-9]){{2}} ?年|{_SPELLED_YEAR.pattern}")  # 19 82 年
_YEARLY = "年均"
_FULL_DATE = compiled(  # a day is one time anywhere
    "[12](?<![0-9][12])(?:(?<=1)9|(?<=2)0)[0-9]{2} ?年 ?[01]?[0-9] ?月 ?[0-3]?[0-9] ?日"
)
_BEFORE = compiled("[0-9.．]+$")
_WHOLE_PART = compiled("[0-9]{1,12} ?[.．]$")
_DIGITS = 8  # of a number that was torn
_FARTHEST = 80  # characters of its line before a blank that tell what it parts
_AFTER = compiled("[0-9]+")
_WORD = compiled(r"\S+")
_MULTIPLIERS = "十百千万亿"
_AFTER_UNIT = 2  # characters: 户左右
_BESIDE_UNIT = compiled(r"[/／（()）0-9,，;；、]")
_YEAR = compiled("(?:19|20)[0-9]{2}$")
_LABELS = frozenset("表图注第号")
_LABEL_WORDS = ("附件", "文件")
_THOUSANDS = compiled(
    r"[1-9](?<![0-9.．,，][1-9])[0-9]{0,2}(?: [0-9]{3})+(?![0-9])(?=(?:[.．][0-9]+)? ?\n?(?P<unit>[^0-9\s.．]))"
)
_ALONE = compiled(r"(?:^|(?<=\n))[1-9][0-9]{0,2}(?: [0-9]{3})+(?=\r?(?:\n|$))")  # 7 071 576 on a line
_NO_NUMBER = compiled(" 0[0-9]{2}")  # three digits that can only be part of a number
_SPACED_THOUSANDS = 2  # numbers whose thousands are set apart that show a habit


class _Words:
    def __init__(self, rules: Rules) -> None:
        own = listed(rules, "after_number")
        known = [word for entry in rules.of("unit") for word in entry.get("words", [])]
        self.measures = frozenset([*own, *known])
        self.units = frozenset(word[0] for word in [*own, *known] if is_han(word[0]) or word[0] in "㎡㎞㎏℃％%‰")
        phrases = "|".join(" ?".join(phrase) for phrase in listed(rules, "phrase"))
        self.phrases = compiled(f"(?:{phrases})" if phrases else "(?!)")
        titles = "|".join(rf"{title[0]}(?<![^ \n].)" + " ?".join(["", *title[1:]]) for title in listed(rules, "title"))
        self.titles = compiled(f"(?:{titles})(?= )" if titles else "(?!)")


def _labels(before: str) -> bool:
    """表, 附件 before a number: it is the table's own. 代表 and 案件 are counted."""
    return (before[-1:] in _LABELS and not before.endswith("代表")) or before.endswith(_LABEL_WORDS)


@lru_cache(maxsize=8)
def _words(rules: Rules) -> _Words:
    return _Words(rules)


def repair_spacing(text: RepairedText, rules: Rules) -> RepairedText:
    """Remove stray blanks."""
    if "\u3000" in text.text:
        text = text.apply(_narrow(text.text, rule_id(rules, "space")))
    work = text.text
    blanks = [(match.start(), match.end()) for match in _BLANK.finditer(work)]
    if not blanks:
        return text
    page = _Page(work, blanks, rules)
    rule = rule_id(rules, "space")
    edits = [Edit(start, end, "", (rule,)) for start, end in blanks if page.stray(start, end)]
    text = text.apply(edits)
    return text.apply(unit_gaps(Lines(text.text), rules, rule)) if page.torn else text


def _narrow(text: str, rule: str) -> list[Edit]:
    """Ordinary blanks for ideographic ones where these stand inside words and numbers of running text; titles, marks
    and names are set apart by single ones too, so that many have to."""
    lines = Lines(text)
    strays = [match.start() for match in _WIDE.finditer(text)]
    places = [at for at in strays if lines.prose(lines.number(at))]
    if len(places) < _LEAST or len(places) < _DENSITY * len(text):
        return []
    inside = sum(text[at - 1].isdigit() or bigrams().is_pair(text[at - 1] + text[at + 1]) for at in places)
    if inside < _INSIDE_WORDS * len(places):
        return []
    return [Edit(at, at + 1, " ", (rule,), True) for at in strays if not lines.opens(at)]


class _Page:
    """A text and what its blanks tell about it."""

    def __init__(self, text: str, blanks: list[tuple[int, int]], rules: Rules) -> None:
        self.text = text
        self.lines = Lines(text)
        self.units, self.measures = _words(rules).units, _words(rules).measures
        marks = [match.span() for match in _NUMBER_MARK.finditer(text)]
        self.behind_marks = {at for low, high in marks for at in range(low + 1, high + 2)}
        between = inside = numbers = 0
        table = None
        for start, end in blanks:
            left, right = text[start - 1], text[end]
            if end - start > 1 or not (is_han(left) or left.isdigit()) or not (is_han(right) or right.isdigit()):
                continue
            if not self.lines.prose(self.lines.number(start)):
                continue
            if is_han(left) and is_han(right):
                table = table or bigrams()
                between += 1
                inside += table.is_pair(left + right)
            elif is_han(left):
                numbers += 1
        self.torn = between >= _LEAST and between >= _DENSITY * len(text) and inside >= _INSIDE_WORDS * between
        self.spaced = numbers >= _SPACED_NUMBERS or self.torn
        years = [match.span() for match in (_TORN_YEAR if self.torn else _SPELLED_YEAR).finditer(text)]
        phrases = [match.span() for match in _words(rules).phrases.finditer(text)] if self.torn else []
        # 一九八二年 一九八二年比 above two columns, 单位 数量
        self.parting = {low - 1 for low, _ in years if self.torn and text[low - 2 : low - 1] == "年"}
        self.parting.update(match.end() for match in (_words(rules).titles.finditer(text) if self.torn else ()))
        grouped = [match.span() for match in _THOUSANDS.finditer(text) if self._is_grouped(match)]
        alone = list(_ALONE.finditer(text)) if _NO_NUMBER.search(text) else []
        if any(_NO_NUMBER.search(match[0]) for match in alone):
            grouped += [match.span() for match in alone]
        dates = [match.span() for match in _FULL_DATE.finditer(text)]
        whole = [*marks, *dates, *years, *phrases, *(grouped if len(grouped) >= _SPACED_THOUSANDS else [])]
        self.whole = {at for low, high in whole for at in range(low, high)}

    def stray(self, start: int, end: int) -> bool:
        """Whether the blank or two at `start` should not be there."""
        left, right = self.text[start - 1], self.text[end]
        number = self.lines.number(start)
        if start in self.whole:
            return True
        if self.lines.tabular(number):
            return (
                end - start == 1
                and left in "0123456789"
                and self._unit_follows(start, end)
                and self._is_unit(end)
                and "|" not in self.lines.line(number)
            )
        if end - start > 1 and not self.torn:
            return False
        if right in _CLOSING or (left in _OPENING and right not in _OPENING):
            return self._textual(left, right) and (self.torn or self.lines.prose(number))
        if right in _ASCII_CLOSING and is_han(left) and self.lines.prose(number):
            return True
        if left in "0123456789.．" and right in "0123456789.．":
            return end - start == 1 and self._one_number(start, end)
        if left in "0123456789" and (is_han(right) or right in _PERCENT):
            return self._unit_follows(start, end)
        if is_han(left) and right in "0123456789":
            return self.spaced and self._running(number) and start not in self.behind_marks
        return self.torn and self._torn_apart(left, right, start, end, number)

    def _running(self, number: int) -> bool:
        """Whether a line is running text, in a document full of strays also a title."""
        return self.lines.prose(number) or (self.torn and self.lines.titled(number))

    def _is_grouped(self, match: re.Match[str]) -> bool:
        """4 950吨 in running text: blanks between thousands, with a unit behind."""
        number = self.lines.number(match.start())
        before = self.text[max(self.lines.starts[number], match.start() - _FARTHEST) : match.start()].rstrip(" ")
        known = match["unit"] in self.units or match["unit"] in _PERCENT
        return known and self.lines.prose(number) and is_han(before[-1:]) and not _labels(before)

    @staticmethod
    def _textual(left: str, right: str) -> bool:
        return is_han(left) or is_han(right) or left in "0123456789%％)）”’》"

    def _unit_follows(self, start: int, end: int) -> bool:
        """Whether the word behind the blank belongs to the number before it, and the number is no list mark."""
        right = self.text[end]
        if right in _PERCENT:
            return True
        if self.text.startswith(_YEARLY, end):  # 2020 2025 年均增长%
            return False
        digits = _BEFORE.search(self.text[max(0, start - 20) : start])
        if digits is None:
            return False
        begin = max(0, start - 20) + digits.start()
        opens = self.lines.begins(self.lines.number(start)) >= begin
        if right in self.units:
            return not opens or len(digits.group()) >= 3
        return self.lines.prose(self.lines.number(start)) and self.spaced and not opens

    def _is_unit(self, at: int) -> bool:
        """Whether the word that begins here, up to the next blank, is a unit; none is 尾水达标率 behind the figures of
        the row above."""
        word = _WORD.match(self.text, at)
        plain = _BESIDE_UNIT.split(word[0])[0].lstrip(_MULTIPLIERS) if word else ""
        ends = (plain[:size] in self.measures for size in range(max(1, len(plain) - _AFTER_UNIT), len(plain) + 1))
        return not plain or any(ends)

    def _one_number(self, start: int, end: int) -> bool:
        """Whether the digits on both sides of the blank are one number."""
        text = self.text
        number = self.lines.number(start)
        line = text[max(self.lines.starts[number], start - _FARTHEST) : start]
        if text[end] in ".．":
            return text[end + 1 : end + 3].strip()[:1].isdigit() and line.strip(" 　0123456789") != ""
        after = _AFTER.match(text, end)
        before = (_WHOLE_PART if text[start - 1] in ".．" else _BEFORE).search(line)
        if before is None or after is None:
            return False
        head = line[: before.start()].rstrip()
        if not head.strip(" 　") or _labels(head) or head[-1] in "。；！？":
            return False  # an item's number, or that of a table or an annex
        if text[start - 1] in ".．":
            return not (len(after.group()) == 4 and text[after.end() : after.end() + 1] == "年")
        if not self.spaced or not self.lines.prose(number) or not is_han(line[: before.start()][-1:]):
            return False
        unit = text[after.end() : after.end() + 2].strip()[:1]
        measured = unit != "" and (unit in self.units or unit in "%％.．")
        return measured and not _YEAR.search(before.group()) and len(before.group()) + len(after.group()) <= _DIGITS

    def _torn_apart(self, left: str, right: str, start: int, end: int, number: int) -> bool:
        """Whether a blank in a document full of strays is one of them."""
        if start in self.behind_marks:
            return False
        signs = "，。；：、）》】”’“（《(),;"
        if not (is_han(left) or left in signs or left in _PERCENT or left in "0123456789+") or not (
            is_han(right) or right in signs or right in _PERCENT or right in "0123456789"
        ):
            return False
        if end - start > 1:
            return self.lines.prose(number) and (left in signs or right in "0123456789")
        if left in ",;:" and not is_han(right):
            return False
        listed = self.lines.line(number).lstrip(" \u3000").startswith(_BULLETS)  # may be a table's head: - 指 标 全 国
        if self._running(number) or (self.lines.marked(number) and not listed):
            return True
        if left in "（(" or (right in "）)（(" and left not in "）)"):
            return True
        if start in self.parting:
            return False
        # what a line ends with is no column of one character
        last = self.text[end + 1 : end + 5].lstrip(" ")[:1] in ("", "\r", "\n")
        return is_han(left) and (right in _PERCENT or (is_han(right) and (last or bigrams().is_pair(left + right))))
