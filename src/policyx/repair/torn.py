"""Blanks inside numbers, and between a number and its unit where they are ideographic, in a text; whole numbers out.

Two numbers may stand side by side in a row of a table, behind a label (附件2 15家) or as years; in running text,
behind a word and before a unit, figures with a blank between them are one number.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled, matches_at
from policyx.repair.columns import column_gaps
from policyx.repair.counting import counted_gaps
from policyx.repair.lines import Lines
from policyx.repair.lookup import is_han, listed, rule_id
from policyx.repair.rowgaps import row_gaps
from policyx.repair.rowshape import shaped_gaps
from policyx.repair.runtogether import run_together
from policyx.repair.spread import spread
from policyx.repair.tornlines import line_gaps
from policyx.rules import Rules
from policyx.text import RepairedText
from policyx.tuples import NamedTuple

_RUN = compiled(r"[0-9](?:[0-9]|[ \u3000]?[.,][ \u3000]?(?=[0-9])|[ \u3000](?=[0-9])){1,60}")
_TORN = compiled(r"[ \u3000](?=[0-9.,，%％\u4e00-\u9fff])(?<=[0-9.,，].)(?:(?=[0-9.,，])|(?<=\u3000))")
_POINT_GAP = compiled(r"[0-9](?:[ \u3000]\.|\.[ \u3000])[0-9]")  # 提高到0. 5，
_BLANKS = compiled("[ \u3000]")
_CAPITALS = compiled("[A-Z]{3,}$")  # GDP1 9 60亿元
_NOTE = compiled("[\u4e00-\u9fff][①-⑳]")  # 总产值①1 385亿元
_PLAIN_PART = compiled(r"[0-9]+")
_YEAR = compiled("(?:19|20)[0-9]{2}")
_TABLE_YEAR = compiled("[0-9]{1,2}(?:19|20)[0-9]{2}")
_LONGEST = 16  # digits of a number that was torn
_FARTHEST = 80  # characters before a number that tell what it is
_LABELS = frozenset("表图注第号")
_NO_LABELS = ("代表", "地图")  # these are counted
_LABEL_WORDS = ("附件", "文件")
_FEWEST_TORN, _SHARE_TORN = 4, 0.02  # figures of running text, from which on those of tables may be torn as well
_BEFORE = frozenset(",;，。；：（([“”’》《+-－—―–~～约≥≤<>％%:∶、）)]】〕！")
_DATE = compiled(  # 2024-0 4-2 8
    r"[12](?:[ \u3000]?[0-9]){3}[ \u3000]?[-/.][ \u3000]?[01]?(?:[ \u3000]?[0-9])"
    r"[ \u3000]?[-/.][ \u3000]?(?:[0-3][ \u3000]?)?[0-9](?![0-9])"
)
_WHOLE_DATE = compiled(r"(?:19|20)[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])")
_BEHIND_YEAR = frozenset("年)）-—–~～至到、/")
_BEHIND = frozenset("、-—―–~～:：∶”’")
_DATE_SIGNS = frozenset("年月日")
_DIALLED = compiled("0[0-9]+")  # a telephone's code
_ORDINAL = frozenset("位名届次批条章节款编篇部期年季大")
_CELL = compiled(r"\|(?: |<br ?/?>|[-−+])*$")
_CELL_END = compiled(r"[ \u3000%％]*(?:[（(][^|（）()]{1,12}[）)][ \u3000]*)?\|")
_YEAR_CELL = compiled(r"年[^|\n0-9]{0,8}\|")
_LAST_CELL = compiled(r"[^|\n]{0,16}\|[ \u3000\r]*(?:\n|$)")  # the only one of its line
_WIDE_BLANK = compiled(r"(?<=[0-9])\u3000(?=[\u4e00-\u9fff%％])")

_ENDS_DATE = compiled(r"(?<![0-9])(?:19|20)[0-9]{2}([-/.])[01]?[0-9]\1[0-3][0-9]$")  # 2024-03-12|3月11日
_TIME_OF_DAY = compiled(r"[-/.][0-9]{1,2}[ \u3000][0-2]?[0-9][:：][0-5][0-9]")  # 05-12 09:30
_ENDS_NUMBER = compiled(r"(?P<before>.?)(?P<number>[0-9][0-9.,]*(?: [0-9]{3})*)$", re.DOTALL)
_BEGINS_NUMBER = compiled(r"(?P<number>[0-9]+(?:[.,][0-9]+)*)(?P<after>.?)", re.DOTALL)
_RANGE_BEGINS = compiled(r"[-—–~～－]{1,2}[0-9]")
_SPACED_POINT = compiled(r"(?<=[0-9]) ?[.．] ?(?=[0-9])")  # 21 . 9|亿元
_MAY_BE_LOW = compiled(r"[\u4e00-\u9fff] ?[0-9](?: ?[0-9.,])* ?[万亿%％]?$")  # 150万|－290万套
_POINT_BEGINS = compiled(r"[.．][0-9]")
_STOPS = compiled("[，。；、,]")
_RATIO_ENDS = compiled(r"[0-9][:：∶][0-9. \u3000]{1,7}[:：∶]$")  # 6.9∶24.2∶ before its third number
_RATIO_TORN = compiled(r"[0-9](?:[:：∶]\n[0-9]|\n[:：∶][0-9])")
_RATIO = compiled(r"[0-9.]{1,5}(?:[:：∶]\n?[0-9.]{1,5}|\n[:：∶][0-9.]{1,5}){2,7}")
_COLONS = frozenset(":：∶")
_COLON_ENDS = compiled("[0-9][:：∶]$")
_TWO_MORE = compiled(r"[:：∶][0-9.]{1,5}[:：∶][0-9]")
_RATIO_BEHIND = frozenset("。，；、）,;)")
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
        if tears_ratio(line, below):
            return True
        if _ENDS_DATE.search(line):
            return False
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
        if _in_ratio(line[-24 : -len(ended["number"])], begins["after"], below[begins.end("number") :][:24]):
            return (ended["number"] + begins["number"]).count(".") <= 1
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


def _in_ratio(before: str, after: str, behind: str) -> bool:
    """Whether a number between these is one of three and more that are a ratio: 6.9∶24.2∶68.9."""
    if after in _COLONS and after:
        return _COLON_ENDS.search(before) is not None or _TWO_MORE.match(behind) is not None
    return after in _RATIO_BEHIND and _RATIO_ENDS.search(before[-12:]) is not None


def tears_ratio(line: str, below: str) -> bool:
    """Whether the break between two lines falls inside a ratio: 6.9∶24.2∶|68.9, where the three are a ratio; of two
    numbers (12:|30) nothing is known."""
    both = f"{line[-24:]}\n{below[:24]}"
    torn = _RATIO_TORN.search(both)
    return torn is not None and any(m.start() < torn.start() + 2 < m.end() for m in _RATIO.finditer(both))


@lru_cache(maxsize=8)
def neighbours(rules: Rules) -> Neighbours:
    """The neighbours for these rules, made once."""
    known = {word[0] for entry in rules.of("unit") for word in entry.get("words", []) if not word[0].isascii()}
    after = frozenset({*known, *(word[0] for word in listed(rules, "after_number")), "%"})
    measures = frozenset(word[0] for word in listed(rules, "measure_start"))
    return Neighbours(after, measures)


def may_be_torn(text: str) -> bool:
    """Whether any number could have a blank in it."""
    return next(matches_at(_TORN, text, " \u3000"), None) is not None


def repair_torn(text: RepairedText, rules: Rules) -> RepairedText:
    """Remove the blanks inside numbers, and ideographic ones between a number and its unit; all where a text is
    spread."""
    text = text.apply(spread(text.text, rule_id(rules, "space")))
    rule = rule_id(rules, "torn")
    lines = Lines(text.text)
    in_rows = row_gaps(lines, rule)
    if in_rows:
        text = text.apply(sorted(in_rows))
        lines = Lines(text.text)
    work, beside = text.text, neighbours(rules)
    edits: list[Edit] = []
    done: set[int] = set()
    for match in _DATE.finditer(work):
        if _BLANKS.search(match[0]) and _WHOLE_DATE.fullmatch(_BLANKS.sub("", match[0])):
            edits += _without_blanks(match, rule)
            done.update(range(*match.span()))
    together = run_together(lines, rule)
    edits += together
    done.update(edit.start for edit in together)
    for edit in (*counted_gaps(lines, rule), *shaped_gaps(lines, rule)):
        edits += [edit] if edit.start not in done else []
        done.add(edit.start)
    runs = [run for run in _RUN.finditer(work) if _BLANKS.search(run[0]) and done.isdisjoint(range(*run.span()))]
    runs = [run for run in runs if not _TIME_OF_DAY.match(work, max(0, run.start() - 1))]
    torn = [run for run in runs if _is_one_number(work, run, lines, beside)]
    if len(torn) >= _FEWEST_TORN and len(torn) >= _SHARE_TORN * len(_RUN.findall(work)):
        torn = [run for run in runs if _is_one_number(work, run, lines, beside, likely=True)]
        in_torn = (*column_gaps(lines, rule), *line_gaps(lines, beside.after, rule))
        done.update(at for run in torn for at in range(*run.span()))
        edits += [edit for edit in in_torn if edit.start not in done]
    for run in torn:
        edits += _without_blanks(run, rule)
    for match in _WIDE_BLANK.finditer(work):
        if match.start() not in done and lines.prose(lines.number(match.start())) and work[match.end()] in beside.after:
            edits.append(Edit(*match.span(), "", (rule,)))
    return text.apply(sorted(edits))


def _without_blanks(match: re.Match[str], rule: str) -> list[Edit]:
    return [Edit(at, at + 1, "", (rule,)) for at, sign in enumerate(match[0], match.start()) if sign in " \u3000"]


def _is_one_number(text: str, match: re.Match[str], lines: Lines, beside: Neighbours, *, likely: bool = False) -> bool:
    """Whether a run is one number; `likely`: where the text tears others, also what could be a year and a number, or
    has no unit."""
    start, end = match.span()
    number = lines.number(start)
    parts = _BLANKS.split(match[0])
    whole = "".join(parts)
    if whole.count(".") > 1 or len(whole) > _LONGEST:
        return False
    before = text[max(lines.starts[number], start - _FARTHEST) : start]
    in_cell = _in_cell(before, text, end, parts)
    if in_cell is not None:
        return in_cell
    following = text[end : end + 2].lstrip(" \u3000")[:1]
    if _YEAR.fullmatch(whole) and not _YEAR.fullmatch(parts[0]) and following and following in _BEHIND_YEAR:
        return not lines.parted(number)
    told = _is_told(parts, before, following)
    if told is not None:
        return told
    if following in beside.after and _goes_on_with_zero(parts, following):
        return not lines.tabular(number) and not _DIALLED.fullmatch(parts[0])
    if not _is_measured(match[0], following, beside) and not (likely and following and following in _RATIO_BEHIND):
        return False
    if following == "年" and (not _PLAIN_PART.fullmatch(whole) or len(whole) > 2):
        return False
    if lines.tabular(number) or not lines.prose(number) or not _stands_in_sentence(before):
        return False
    year = _YEAR.fullmatch(parts[0]) and not parts[1].startswith(".")
    return not _DIALLED.fullmatch(parts[0]) and (not year or (likely and following not in _DATE_SIGNS))


def _is_told(parts: list[str], before: str, following: str) -> bool | None:
    """Whether a run is one number because it is a table's, a day, a month, an ordinal or one of a ratio; None where it
    is none of these."""
    whole = "".join(parts)
    if following == "年" and before.rstrip(" ")[-1:] in _LABELS and _TABLE_YEAR.fullmatch(whole):
        # 表16202 1年, the number of a table and a year that run together; not 表16 202 1年
        return not any(_YEAR.fullmatch("".join(parts[number:])) for number in range(1, len(parts)))
    if before[-1:] in _DATE_SIGNS and following in _DATE_SIGNS and len(whole) <= 2 and before:
        return True  # 1月1 0日
    if before.rstrip(" ").endswith("第") and following in _ORDINAL:
        return True
    if following in _RATIO_BEHIND and following and _RATIO_ENDS.search(before[-12:]):
        return True
    return None


def _goes_on_with_zero(parts: list[str], following: str) -> bool:
    """2000 0人, 45 0 0万只: no number begins with a zero but a decimal, a day and a month."""
    return following not in _DATE_SIGNS and any(part[0] == "0" and part[1:2] != "." for part in parts[1:])


def _is_measured(run: str, following: str, beside: Neighbours) -> bool:
    """Whether what follows a run of figures follows numbers only: a unit, a word, the sign of a range."""
    if is_han(following or " ") or following in beside.after or following in _BEHIND:
        return True
    pointed = following and (following in _RATIO_BEHIND or following.isalpha())  # 提高到0. 5， 带宽36. 8T
    return bool(pointed) and _POINT_GAP.search(run) is not None


def _in_cell(before: str, text: str, end: int, parts: list[str]) -> bool | None:
    """Whether digits that fill the cell of a table are one number, as a cell by itself holds; None outside of cells."""
    if not _CELL.search(before[-12:]) and (before.strip(" \u3000") or not _LAST_CELL.match(text, end)):
        return None
    if _YEAR.fullmatch(parts[0]):  # 4 1978 are one number, 2013 2014 two
        return False
    year = _YEAR.fullmatch("".join(parts)) is not None and _YEAR_CELL.match(text, end) is not None
    return year or _CELL_END.match(text, end) is not None


def _stands_in_sentence(before: str) -> bool:
    """Whether what stands before a number on its line is a word, and no label that the number belongs to."""
    before = before[:-2] + before[-2:].rstrip(" \u3000")
    before = before[:-1] if _NOTE.search(before[-2:]) else before
    last = before[-1:]
    if _CAPITALS.search(before):
        return True
    return bool(last) and (is_han(last) or last in _BEFORE) and not _is_label(before)


def _is_label(before: str) -> bool:
    """表, 附件 before a number: it is the table's own. 代表 and 案件 are counted."""
    return (before[-1:] in _LABELS and not before.endswith(_NO_LABELS)) or before.endswith(_LABEL_WORDS)
