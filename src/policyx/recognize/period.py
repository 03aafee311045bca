"""Times in a text: years, year ranges, months, quarters, five-year plans, and words such as 去年 or 全年.

What is found says which years the words state or how to count them; resolving against a document's date is the
linker's work.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.model import Mention, Span, TimeExpression
from policyx.recognize.spans import SpanSet
from policyx.rules import Entry, Rules

_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_NOT_INSIDE = r"(?:(?<![0-9.])|(?<=表[0-9])|(?<=表[0-9]{2}))"
_DASH = r"\s?(?:[-—–~～－]{1,2}|至|到)\s?"
_MONTHS = (
    rf"(?:(?P<m1>[0-9]{{1,2}})月?份?{_DASH}(?P<m2>[0-9]{{1,2}})月份?"
    r"|(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日|份|底|末|初)?"
    r"|(?P<half>[上下]半年)|(?P<q>第?[一二三四]季度)|(?P<q3>前三季度|前三个季度))"
)
_PATTERN = re.compile(
    rf"{_NOT_INSIDE}(?P<y1>{_YEAR})年?{_DASH}(?P<y2>{_YEAR})年(?:度|间|期间)?"
    rf"|{_NOT_INSIDE}(?P<y>{_YEAR})年(?:度)?(?:{_MONTHS}|末|底|初)?"
    r"|(?:民国|民國)(?P<roc>[0-9]{1,3}|[一二三四五六七八九十百零〇○]{1,6})年(?:度|底|末)?"
    rf"|(?<![0-9.年])(?P<n1>1?[0-9])月?份?{_DASH}(?P<n2>1?[0-9])月份?"
    r"|(?<![0-9.])(?P<n>1?[0-9])月(?:(?P<nd>[0-9]{1,2})日|份|底|末|初)"
)
_HAN_DIGITS = {ch: str(i) for i, ch in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_QUARTERS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
_BEFORE_BY = re.compile(r"(?:力争到|争取到|截至到|截至|截止到|截止|到|至|在|于)了?$")
_BEFORE_BASE = re.compile(r"(?:(?<![占同环对])比|较|与|同|和|是|为|相当于|在|以|按)(?:全[国省市]|历史|原来)?$")
_AFTER_BASE = re.compile(
    r"^(?:同期|末|底|年底|年末|全年|水平|的?基础)*"
    r"(?:相比|比较|对比|比|的?基础上|为基[期数]|基数上|不变价|可比价|价格)"
)
_AFTER_OF = re.compile(r"^(?:同期|末|底|全年)?(?:水平)?的?(?:[0-9一二三四五六七八九十两.]+)倍")


def find_times(text: str, rules: Rules) -> list[Mention]:
    """Every time expression of `text`, in order, without overlaps."""
    found = [_mention(text, match) for match in _PATTERN.finditer(text)]
    taken = SpanSet(mention.span for mention in found)
    found += [mention for mention in _word_times(text, rules) if not taken.touches(mention.span)]
    return sorted(found, key=lambda mention: mention.span)


def _mention(text: str, match: re.Match[str]) -> Mention:
    group = match.groupdict()
    first = last = None
    anchor = "stated"
    months = day = None
    rule = "period.year"
    if group["y1"]:
        first, last, rule = _year(group["y1"]), _year(group["y2"]), "period.year_range"
    elif group["y"]:
        first = last = _year(group["y"])
        months = _months(group["m1"], group["m2"], group["m"], group["half"], group["q"], group["q3"])
        day = int(group["d"]) if group["d"] else None
    elif group["roc"]:
        first = last = 1911 + _small(group["roc"])
        rule = "period.republic_year"
    else:
        anchor, rule = "frame", "period.months"
        months = _months(group["n1"], group["n2"], group["n"], None, None, None)
        day = int(group["nd"]) if group["nd"] else None
    span = Span(*match.span())
    relation, baseline = _relation(text, span)
    time = TimeExpression(match[0], first, last, 0, anchor, months, day, relation, baseline)
    return Mention("time", span, span, (rule,), time=time)


def _relation(text: str, span: Span) -> tuple[str, bool]:
    before, after = text[max(0, span.start - 6) : span.start], text[span.end : span.end + 12]
    base = _BEFORE_BASE.search(before)
    if base:
        word = base[0][0]
        if word in "比较" or _AFTER_BASE.match(after) or (word in "是为相" and _AFTER_OF.match(after)):
            return "in", True
    if after.startswith(("以来", "起")):
        return "since", False
    if after.startswith(("前", "之前", "底前", "年底前")) or re.search(r"(?:到|至|截至|截止)了?$", before):
        return ("as_of" if before.endswith(("截至", "截止")) else "by"), False
    return "in", False


def _year(surface: str) -> int:
    if surface[0].isdigit() and surface.isascii():
        return int(surface)
    return int("".join(_HAN_DIGITS[ch] for ch in surface))


def _small(surface: str) -> int:
    """A number up to 999 in figures or characters: 102, 一百零二, 一〇二."""
    if surface.isascii():
        return int(surface)
    if not set(surface) & set("十百"):
        return int("".join(_HAN_DIGITS[ch] for ch in surface))
    total, digit = 0, 0
    for ch in surface:
        if ch in "十百":
            total += (digit or 1) * (10 if ch == "十" else 100)
            digit = 0
        else:
            digit = int(_HAN_DIGITS[ch])
    return total + digit


def _months(
    low: str | None, high: str | None, single: str | None, half: str | None, quarter: str | None, three: str | None
) -> tuple[int, int] | None:
    if low and high:
        return _valid(int(low), int(high))
    if single:
        return _valid(int(single), int(single))
    if half:
        return (1, 6) if half[0] == "上" else (7, 12)
    if three:
        return (1, 9)
    return _QUARTERS[quarter[-3]] if quarter else None


def _valid(low: int, high: int) -> tuple[int, int] | None:
    return (low, high) if 1 <= low <= high <= 12 else None


def _word_times(text: str, rules: Rules) -> list[Mention]:
    pattern, entries = _word_pattern(rules)
    found = []
    for match in pattern.finditer(text):
        entry = entries[match["word"]]
        if entry["role"] == "plan" and len(match["word"]) == 2 and not (match["open"] or match["tail"]):
            continue  # 十五 and 九五 are plans only in quotes or before 时期, 期间, 规划
        span = Span(*match.span())
        relation, baseline = _relation(text, span)
        years = entry.get("years") or (None, None)
        if entry["role"] == "plan" and match["tail"] == "末":
            years = (years[1], years[1])
        months = tuple(entry["months"]) if "months" in entry else None
        time = TimeExpression(
            match["word"], years[0], years[1], entry.get("offset", 0), entry.get("anchor", "stated"),
            months, None, relation, baseline,
        )  # fmt: skip
        found.append(Mention("time", span, span, (entry["id"],), time=time))
    return found


@lru_cache(maxsize=4)
def _word_pattern(rules: Rules) -> tuple[re.Pattern[str], dict[str, Entry]]:
    entries = {word: entry for entry in rules.of("period") for word in entry.get("words", [])}
    words = "|".join(re.escape(word) for word in sorted(entries, key=lambda w: -len(w)))
    return re.compile(rf"(?P<open>[“\"「‘])?(?P<word>{words})[”\"」’]?(?P<tail>时期|期间|规划|计划|末|以来)?"), entries
