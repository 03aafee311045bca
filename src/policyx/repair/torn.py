"""Blanks inside numbers, and between a number and its unit where they are ideographic, in a text; whole numbers out.

Two numbers may stand side by side in a row of a table, behind a label (附件2 15家) or as years; in running text,
behind a word and before a unit, figures with a blank between them are one number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import Lines
from policyx.repair.lookup import is_han, listed, rule_id
from policyx.rules import Rules
from policyx.text import RepairedText

_RUN = compiled(r"[0-9](?:[0-9]|[ \u3000]?[.,][ \u3000]?(?=[0-9])|[ \u3000](?=[0-9])){1,60}")
_TORN = compiled(r"[ \u3000](?=[0-9.,%％\u4e00-\u9fff])(?<=[0-9.,].)(?:(?=[0-9.,])|(?<=\u3000))")
_BLANKS = compiled("[ \u3000]")
_PLAIN_PART = compiled(r"[0-9]+")
_YEAR = compiled("(?:19|20)[0-9]{2}")
_LONGEST = 16  # digits of a number that was torn
_LABELS = frozenset("表图注第号")
_LABEL_WORDS = ("附件", "文件")
_BEFORE = frozenset("，。；：（“”’》《+-－—–~～约≥≤<>％%:∶、）)]】〕！")
_DATE = compiled(  # 2024-0 4-2 8
    r"[12](?:[ \u3000]?[0-9]){3}[ \u3000]?[-/.][ \u3000]?[01]?(?:[ \u3000]?[0-9])"
    r"[ \u3000]?[-/.][ \u3000]?(?:[0-3][ \u3000]?)?[0-9](?![0-9])"
)
_WHOLE_DATE = compiled(r"(?:19|20)[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])")
_BEHIND_YEAR = frozenset("年)）-—–~～至到、/")
_BEHIND = frozenset("、-—–~～:：∶”’")
_DATE_SIGNS = frozenset("年月日")
_TABULAR = compiled(r"[|\t]| {2,}(?=[0-9])")
_DIALLED = compiled("0[0-9]+")  # a telephone's code
_ORDINAL = frozenset("位名届次批条章节款编篇部期年季大")
_CELL = compiled(r"\|(?: |<br ?/?>|[-−+])*$")
_CELL_END = compiled(r"[ %％]*\|")
_WIDE_BLANK = compiled(r"(?<=[0-9])\u3000(?=[\u4e00-\u9fff%％])")

_ENDS_NUMBER = compiled(r"(?P<before>.?)(?P<number>[0-9][0-9.,]*(?: [0-9]{3})*)$", re.DOTALL)
_BEGINS_NUMBER = compiled(r"(?P<number>[0-9]+(?:[.,][0-9]+)*)(?P<after>.?)", re.DOTALL)
_RANGE_BEGINS = compiled(r"[-—–~～－]{1,2}[0-9]")
_SPACED_POINT = compiled(r"(?<=[0-9]) ?[.．] ?(?=[0-9])")  # 21 . 9|亿元
_MAY_BE_LOW = compiled(r"[\u4e00-\u9fff] ?[0-9][0-9.,]* ?[万亿%％]?$")  # 150万|－290万套
_POINT_BEGINS = compiled(r"[.．][0-9]")
_STOPS = compiled("[，。；、,]")
_THOUSANDS = compiled("[0-9]{3}(?![0-9])")


class Neighbours(NamedTuple):
    """What stands beside a number: the first characters of units and of what else follows figures."""

    after: frozenset[str]
    measures: frozenset[str]

    def tears_number(self, line: str, below: str) -> bool:
        """Whether the break between two lines falls inside a number, or between it and its unit: 3729|4亿元,
        3.9|8%, 下降3.|9个百分点, 223961|万元."""
        if _RANGE_BEGINS.match(below):
            return _MAY_BE_LOW.search(line) is not None and _STOPS.search(line) is not None
        ended = _ENDS_NUMBER.search(_SPACED_POINT.sub(".", line[-24:]))
        if ended is None or not (is_han(ended["before"]) or (ended["before"] and ended["before"] in _BEFORE)):
            return False
        if _is_label(line[: len(line) - len(ended["number"])]):
            return False
        if _POINT_BEGINS.match(below):
            return "." not in ended["number"]
        prose = bool(_STOPS.search(line) or _STOPS.search(below[:60]))
        begins = _BEGINS_NUMBER.match(below)
        if begins is None:
            return prose and ended["number"][-1].isdigit() and below[:1] in self.measures
        return prose and self._is_one(ended["number"].replace(" ", ""), begins["number"], begins["after"])

    def _is_one(self, left: str, right: str, after: str) -> bool:
        if left[-1] == ",":
            return bool(_THOUSANDS.match(right)) and after in self.after
        whole = left + right
        if whole.count(".") > 1 or len(whole) > _LONGEST or (left[-1] == "." and right.count(".")):
            return False
        if after == "年":
            return _YEAR.fullmatch(whole) is not None
        if after == "" or after not in self.after:
            return False
        return _YEAR.fullmatch(left) is None


@lru_cache(maxsize=8)
def neighbours(rules: Rules) -> Neighbours:
    """The neighbours for these rules, made once."""
    known = {word[0] for entry in rules.of("unit") for word in entry.get("words", []) if not word[0].isascii()}
    after = frozenset({*known, *(word[0] for word in listed(rules, "after_number")), "%"})
    measures = frozenset(word[0] for word in listed(rules, "measure_start"))
    return Neighbours(after, measures)


def may_be_torn(text: str) -> bool:
    """Whether any number could have a blank in it."""
    return _TORN.search(text) is not None


def repair_torn(text: RepairedText, rules: Rules) -> RepairedText:
    """Remove the blanks inside numbers, and ideographic ones between a number and its unit."""
    work = text.text
    lines, beside = Lines(work), neighbours(rules)
    rule = rule_id(rules, "torn")
    edits: list[Edit] = []
    dates: set[int] = set()
    for match in _DATE.finditer(work):
        if _BLANKS.search(match[0]) and _WHOLE_DATE.fullmatch(_BLANKS.sub("", match[0])):
            edits += _without_blanks(match, rule)
            dates.update(range(*match.span()))
    for match in _RUN.finditer(work):
        if _BLANKS.search(match[0]) and match.start() not in dates and _is_one_number(work, match, lines, beside):
            edits += _without_blanks(match, rule)
    for match in _WIDE_BLANK.finditer(work):
        if lines.prose(lines.number(match.start())) and work[match.end()] in beside.after:
            edits.append(Edit(*match.span(), "", (rule,)))
    return text.apply(sorted(edits))


def _without_blanks(match: re.Match[str], rule: str) -> list[Edit]:
    return [Edit(at, at + 1, "", (rule,)) for at, sign in enumerate(match[0], match.start()) if sign in " \u3000"]


def _is_one_number(text: str, match: re.Match[str], lines: Lines, beside: Neighbours) -> bool:
    start, end = match.span()
    number = lines.number(start)
    parts = _BLANKS.split(match[0])
    whole = "".join(parts)
    if whole.count(".") > 1 or len(whole) > _LONGEST:
        return False
    before = text[lines.starts[number] : start]
    if _CELL.search(before[-12:]):  # a cell by itself holds one number
        return _CELL_END.match(text, end) is not None and not any(map(_YEAR.fullmatch, parts))
    following = text[end : end + 2].lstrip(" \u3000")[:1]
    if _YEAR.fullmatch(whole) and not _YEAR.fullmatch(parts[0]) and following and following in _BEHIND_YEAR:
        return not _TABULAR.search(lines.line(number).strip())
    if before[-1:] in _DATE_SIGNS and following in _DATE_SIGNS and len(whole) <= 2 and before:
        return True  # 1月1 0日
    if before.rstrip(" ").endswith("第") and following in _ORDINAL:
        return True
    if not is_han(following or " ") and following not in beside.after and following not in _BEHIND:
        return False
    if following == "年" and (not _PLAIN_PART.fullmatch(whole) or len(whole) > 2):
        return False
    if lines.tabular(number) or not lines.prose(number) or not _stands_in_sentence(before):
        return False
    return not (_YEAR.fullmatch(parts[0]) or _DIALLED.fullmatch(parts[0]))


def _stands_in_sentence(before: str) -> bool:
    """Whether what stands before a number on its line is a word, and no label that the number belongs to."""
    last = before[-1:]
    if last in " \u3000" and last:
        before = before[:-1]
        last = before[-1:]
    return bool(last) and (is_han(last) or last in _BEFORE) and not _is_label(before)


def _is_label(before: str) -> bool:
    """表, 附件 before a number: it is the table's own. 代表 and 案件 are counted."""
    return (before[-1:] in _LABELS and not before.endswith("代表")) or before.endswith(_LABEL_WORDS)
