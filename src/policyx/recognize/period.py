"""Times in a text: years, year ranges, months, quarters, five-year plans, and words such as 去年 or 全年.

What is found says which years the words state or how to count them; resolving against a document's date is the
linker's work.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from policyx.model import Mention, Relation, Span, TimeExpression
from policyx.patterns import compiled
from policyx.recognize.calendar import day_number, republic_years, small_number
from policyx.recognize.dates import figure_dates
from policyx.recognize.spans import SpanSet, matches_near
from policyx.recognize.stretches import stretches
from policyx.recognize.units import unit_table
from policyx.rules import Entry, Rules
from policyx.rules.words import WordFinder

_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_LIST_MARK = r"(?<=^[0-9][.．])|(?<=[\n。；;][0-9][.．])|(?<=[\n。；;][0-9]{2}[.．])"  # 2.2019年
_NOT_INSIDE = rf"(?:(?<![0-9.])|(?<=表[0-9])|(?<=表[0-9]{{2}})|{_LIST_MARK})"
_DASH = r"\s?(?:[-‐‑‒–—―−－﹣─━ー〜∼～~]{1,2}|至|到)\s?"
_HAN_MONTH = r"(?:十[一二]?|[一二三四五六七八九])"
_HAN_DAY = r"(?:三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTHS = (
    rf"(?:(?P<m1>[0-9]{{1,2}})月?份?{_DASH}(?P<m2>[0-9]{{1,2}})月份?"
    rf"|(?P<h1>{_HAN_MONTH})月?份?{_DASH}(?P<h2>{_HAN_MONTH})月份?"
    r"|(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日|份|底|末|初)?"
    rf"|(?P<h>{_HAN_MONTH})月(?:(?P<hd>{_HAN_DAY})日|份|底|末|初)?"
    r"|(?P<half>[上下]半年)|(?P<q>(?:第?[一二三四]|首)季度?)|(?P<q3>前三季度|前三个季度))"
)
_PATTERN = compiled(
    r"(?=[0-9一二三四五六七八九十中民])(?:"  # what any of them begins with
    rf"{_NOT_INSIDE}(?P<f1>{_YEAR})[/／](?P<f2>(?:20)?[0-9]{{2}})(?:年度|财政年度|财年|学年|年)"
    rf"|{_NOT_INSIDE}(?P<y1>{_YEAR})年?{_DASH}(?P<y2>{_YEAR})年(?:度|间|期间)?"
    rf"|{_NOT_INSIDE}(?P<y>{_YEAR})年(?:度)?(?:{_MONTHS}|末|底|初)?"
    r"|(?:中华|中華)?(?:民国|民國)(?P<roc>[0-9]{1,3}|[一二三四五六七八九十百零〇○]{1,6})年(?:度|底|末)?"
    rf"|(?<![0-9.])(?P<n1>1?[0-9])月?份?{_DASH}(?P<n2>1?[0-9])月份?"
    r"|(?<![0-9.])(?P<n>1?[0-9])月(?:(?P<nd>[0-9]{1,2})日|份|底|末|初)"
    rf"|(?<![第一二三四五六七八九十百千数几个])(?:(?P<g1>{_HAN_MONTH})月?份?{_DASH}(?P<g2>{_HAN_MONTH})月份?"
    rf"|(?P<g>{_HAN_MONTH})月(?:(?P<gd>{_HAN_DAY})日|份|底|末|初)))"
)
# 按1990年不变价格计算 says at which prices a value is given; it is neither its period nor its baseline
_PRICE_BASE = compiled(
    rf"(?:按照?|以)?(?<![0-9.])(?:(?:{_YEAR}|[89][0-9])年的?(?:不变|可比)价格?|{_YEAR}年的?价格?(?=计算|计|折算|口径))"
    r"(?:计算|折算|口径|计)?"
    rf"|(?:按照?|以)?(?<![0-9.]){_YEAR}年?(?:年?[底末]|年?平均)?汇率(?:折算|计算|换算)?"
)
_TIME_MARK = compiled("[年月]")  # one stands in every time with figures
_PRICE_MARK = compiled("价|汇率")
# 编制“十五五”规划: the plan is a document here
_WRITTEN_PLAN = compiled(
    r"(?:编制|制定|制订|出台|审议|起草|编写|论证|谋划)(?:完成|好|通过|印发|实施|了|全[市省县区国])?[“\"「‘]?$"
)
_PLANNING = compiled(r"(?:规划|纲要)?(?:的?前期|编制|基本思路|重大问题研究|起草|草案)")
_PLAN_TITLE = compiled(r"^[^，。；、0-9“”]{0,14}?(?:规划|纲要)")
_HAN_DIGITS = {ch: str(i) for i, ch in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_QUARTERS = {"首": (1, 3), "一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
_BEFORE_BY = compiled(r"(?:力争到|争取到|截至到|截至|截止到|截止|到|至|在|于)了?$")
_BEFORE_BASE = compiled(
    r"(?:(?<![占同环对])比(?:[^，。；、0-9]{1,10}的)?|较|与|同|和|是|为|相当于|在|以|按)(?:全[国省市]|历史|原来)?$"
)
_AFTER_BASE = compiled(
    r"^(?:同期|末|底|年底|年末|全年|水平|的?基础)*"
    r"(?:相比|比较|对比|比|的?基础上|为基[期数]|基数上|不变价|可比价|价格)"
)
_GREW_TO = compiled(r"(?:增长|增加|增|提高|扩大|上升|发展|下降|降低|减少|降|升)(?:至|到)了?$")
_AHEAD_OF = compiled(r"(?:之|年?底)?前(?![一二三四五六七八九十0-9几]{1,2}(?:个?季度|个?月|年|天|位|名|批|大))")
_AFTER_OF = compiled(
    r"^(?:同期|期末|期间|时期|末|底|全年|批复|建[区市县成立]{0,2}时|[^，。；0-9]{0,8})?(?:水平)?的?(?:[0-9一二三四五六七八九十两.]+)倍"
)


def find_times(text: str, rules: Rules) -> list[Mention]:
    """Every time expression of `text`, in order, without overlaps."""
    found = [_price_base(match) for match in matches_near(_PRICE_BASE, text, _PRICE_MARK, 20, 12)]
    for more in (
        _republic(text),
        _figures(text),
        _dates(text, rules),
        _stretches(text, rules),
        _word_times(text, rules),
    ):
        taken = SpanSet(mention.span for mention in found)
        found += [mention for mention in more if not taken.touches(mention.span)]
    return _joined(text, sorted(found, key=lambda mention: mention.span))


def _joined(text: str, times: list[Mention]) -> list[Mention]:
    """今年 and 前三季度 that stand together are one time, as 2024年前三季度 is."""
    joined: list[Mention] = []
    for mention in times:
        last = joined[-1] if joined else None
        if last is not None and _names_year(last) and _names_part(mention) and last.span.end == mention.span.start:
            assert last.time and mention.time
            span = Span(last.span.start, mention.span.end)
            relation, baseline = _relation(text, span)
            time = replace(
                last.time, text=text[span.start : span.end], months=mention.time.months, day=mention.time.day,
                relation=relation, baseline=baseline,
            )  # fmt: skip
            joined[-1] = last._replace(span=span, core=span, rules=last.rules + mention.rules, time=time)
        else:
            joined.append(mention)
    return joined


def _names_year(mention: Mention) -> bool:
    time = mention.time
    return time is not None and time.anchor == "document" and abs(time.offset) <= 2 and time.months is None


def _names_part(mention: Mention) -> bool:
    time = mention.time
    return time is not None and time.anchor == "frame" and time.offset == 0


def _price_base(match: re.Match[str]) -> Mention:
    span = Span(*match.span())
    time = TimeExpression(match[0])
    return Mention("time", span, span, ("exclusion.price_base",), time=time, rejected="exclusion.price_base")


def _republic(text: str) -> list[Mention]:
    """113年度, 111年至114年底: years of the Republic, in a text that counts in them."""
    found = []
    for match, first, last, months, day in republic_years(text):
        span = Span(*match.span())
        relation, baseline = _relation(text, span)
        time = TimeExpression(match[0], first, last, 0, "stated", months, day, relation, baseline)
        found.append(Mention("time", span, span, ("period.republic_year",), time=time))
    return found


def _dates(text: str, rules: Rules) -> list[Mention]:
    """2024.03.07, 20240307: dates without 年 and 月."""
    found = []
    for start, end, time in figure_dates(text, unit_table(rules).first):
        span = Span(start, end)
        relation, baseline = _relation(text, span)
        time = replace(time, relation=relation, baseline=baseline)
        found.append(Mention("time", span, span, ("period.date",), time=time))
    return found


def _stretches(text: str, rules: Rules) -> list[Mention]:
    """近三年, 最近6个月, 今后十年: years or months that end or begin now."""
    return [
        Mention("time", Span(start, end), Span(start, end), (rule,), time=time)
        for start, end, rule, time in stretches(text, rules)
    ]


def _figures(text: str) -> list[Mention]:
    near = matches_near(_PATTERN, text, _TIME_MARK, 18, 18)
    return [mention for match in near if (mention := _mention(text, match))]


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    first = last = None
    anchor = "stated"
    months = day = None
    rule = "period.year"
    if match["f1"]:  # 2023/24年度
        first = _year(match["f1"])
        last, rule = first + 1, "period.year_range"
        if int(match["f2"]) % 100 != last % 100:
            return None
    elif match["y1"]:
        first, last, rule = _year(match["y1"]), _year(match["y2"]), "period.year_range"
    elif match["y"]:
        first = last = _year(match["y"])
        low, high = match["m1"] or match["h1"], match["m2"] or match["h2"]
        months = _months(low, high, match["m"] or match["h"], match["half"], match["q"], match["q3"])
        day = day_number(match["d"] or match["hd"])
    elif match["roc"]:
        first = last = 1911 + small_number(match["roc"])
        rule = "period.republic_year"
    else:
        anchor, rule = "frame", "period.months"
        low, high = match["n1"] or match["g1"], match["n2"] or match["g2"]
        months = _months(low, high, match["n"] or match["g"], None, None, None)
        day = day_number(match["nd"] or match["gd"])
        if months is None:
            return None
    span = Span(*match.span())
    relation, baseline = _relation(text, span)
    time = TimeExpression(match[0], first, last, 0, anchor, months, day, relation, baseline)
    return Mention("time", span, span, (rule,), time=time)


def _relation(text: str, span: Span) -> tuple[Relation, bool]:
    before, after = text[max(0, span.start - 14) : span.start], text[span.end : span.end + 12]
    base = _BEFORE_BASE.search(before)
    if base:
        word = base[0][0]
        if word in "比较" or _AFTER_BASE.match(after) or (word in "是为相" and _AFTER_OF.match(after)):
            return "in", True
    if after.startswith(("以来", "起")):
        return "since", False
    if _GREW_TO.search(before) and after.startswith(("的", "底的", "末的", "年底的")):
        return "in", False
    until = compiled(r"(截至?止?)?(?:到|至|截至|截止)了?$").search(before)
    if until or _AHEAD_OF.match(after):
        return ("as_of" if until and "截" in until[0] else "by"), False
    return "in", False


def _year(surface: str) -> int:
    if surface[0].isdigit() and surface.isascii():
        return int(surface)
    return int("".join(_HAN_DIGITS[ch] for ch in surface))


def _months(
    low: str | None, high: str | None, single: str | None, half: str | None, quarter: str | None, three: str | None
) -> tuple[int, int] | None:
    if low and high:
        return _valid(small_number(low), small_number(high))
    if single:
        return _valid(small_number(single), small_number(single))
    if half:
        return (1, 6) if half[0] == "上" else (7, 12)
    if three:
        return (1, 9)
    return _QUARTERS[quarter.rstrip("季度")[-1]] if quarter else None


def _valid(low: int, high: int) -> tuple[int, int] | None:
    return (low, high) if 1 <= low <= high <= 12 else None


def _word_times(text: str, rules: Rules) -> list[Mention]:
    pattern, entries, words = _word_pattern(rules)
    found: list[Mention] = []
    done = 0
    for at in sorted({at for places in words.places(text).values() for at in places}):
        match = pattern.match(text, at) if at >= done else None
        if match is None:
            continue
        done = match.end()
        entry = entries[match["word"]]
        if entry["role"] == "plan" and len(match["word"]) == 2 and not (_is_quoted(text, match) or match["tail"]):
            continue  # 十五 and 九五 are plans only in quotes or before 时期, 期间, 规划
        if text.startswith(tuple(entry.get("not_before", ())), match.end()):
            continue  # “八五”普法 is a campaign with a number of its own
        if "not_after" in entry and text[max(0, match.start() - 2) : match.start()].endswith(tuple(entry["not_after"])):
            continue  # 当前年产值 holds no 前年
        if entry["role"] == "plan" and _is_document(text, match):
            continue
        span = Span(match.start() - _is_quoted(text, match), match.end())
        relation, baseline = _relation(text, span)
        years = entry.get("years") or (None, None)
        if entry["role"] == "plan" and match["tail"] in ("末", "期末"):
            years = (years[1], years[1])
        months = tuple(entry["months"]) if "months" in entry else None
        time = TimeExpression(
            match["word"], years[0], years[1], entry.get("offset", 0), entry.get("anchor", "stated"),
            months, None, relation, baseline,
        )  # fmt: skip
        found.append(Mention("time", span, span, (entry["id"],), time=time))
    return found


def _is_document(text: str, match: re.Match[str]) -> bool:
    if _PLANNING.match(text, match.end()):
        return True  # “十五五”规划前期工作有序启动
    titled = match["tail"] in ("规划", "计划") or _PLAN_TITLE.match(text[match.end() : match.end() + 18])
    return bool(titled and _WRITTEN_PLAN.search(text[max(0, match.start() - 8) : match.start()]))


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    return match.start() > 0 and text[match.start() - 1] in '“"「‘〝' and bool(match["close"])


@lru_cache(maxsize=4)
def _word_pattern(rules: Rules) -> tuple[re.Pattern[str], dict[str, Entry], WordFinder]:
    named = [entry for entry in rules.of("period") if entry["role"] in ("relative", "plan")]
    entries = {word: entry for entry in named for word in entry.get("words", [])}
    words = "|".join(re.escape(word) for word in sorted(entries, key=lambda w: -len(w)))
    pattern = compiled(rf"(?P<word>{words})(?P<close>[”\"」’〞〟])?(?P<tail>期末|时期|期间|规划|计划|末|以来)?")
    return pattern, entries, WordFinder(entries)
