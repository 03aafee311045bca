"""Times in a text: years, year ranges, months, quarters, five-year plans, and words such as 去年 or 全年.

What is found says which years the words state or how to count them; resolving against a document's date is the
linker's work.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.model import Mention, Span, TimeExpression
from policyx.patterns import compiled, matches_at
from policyx.recognize.calendar import EPOCH, calendar, republic_years
from policyx.recognize.dates import figure_dates
from policyx.recognize.numeral import small_number
from policyx.recognize.relation import relations
from policyx.recognize.spans import SpanSet, matches_near
from policyx.recognize.stretches import stretches
from policyx.recognize.timeshapes import time_shapes
from policyx.recognize.units import unit_table
from policyx.recognize.wording import alternation, is_han, wording
from policyx.rules import Entry, Rules
from policyx.rules.words import WordFinder

_FISCAL = compiled(r"20[0-9]{2}[-/／–](?:20)?[0-9]{2}")
_PLAIN = compiled(r"20[0-9]{2}|1[01][0-9]|[89][0-9]")
_GAP = 4  # characters between two times that are one
_CLOSES = ("）", ")")
_NEAR = 2  # years from the document's own in which a part of the year is named


def find_times(text: str, rules: Rules) -> list[Mention]:
    """Every time expression of `text`, in order, without overlaps."""
    shapes = time_shapes(rules)
    prices = matches_at(shapes.price_mark, text, shapes.price_words)
    found = [_price_base(match) for match in matches_near(shapes.price_base, text, prices, 20, 12)]
    republic = calendar(rules).counts_so(text)
    listed, years = _listed(text, rules, republic=republic), _republic(text, rules) if republic else []
    figures = listed, years, _figures(text, rules), _dates(text, rules)
    for more in (*figures, _stretches(text, rules), _word_times(text, rules)):
        taken = SpanSet(mention.span for mention in found)
        found += [mention for mention in more if not taken.touches(mention.span)]
    return _joined(text, sorted(found, key=lambda mention: mention.span), rules)


def _joined(text: str, times: list[Mention], rules: Rules) -> list[Mention]:
    """今年 and 前三季度 that stand together are one time, as 2024年前三季度 is; and so are the two ends of a stretch
    (2022年12月至2023年2月) and a time with the years in brackets that explain it (未来五年（2024至2028年）)."""
    joined: list[Mention] = []
    for mention in times:
        last = joined[-1] if joined else None
        whole = _stretched(text, last, mention, rules) if last is not None else None
        if whole is not None:
            joined[-1] = whole
        elif last is not None and _names_year(last) and _names_part(mention) and last.span.end == mention.span.start:
            assert last.time and mention.time
            span = Span(last.span.start, mention.span.end)
            relation, baseline = relations(rules).of(text, span)
            time = last.time._replace(
                text=text[span.start : span.end], months=mention.time.months, day=mention.time.day,
                relation=relation, baseline=baseline,
            )  # fmt: skip
            joined[-1] = last._replace(span=span, core=span, rules=last.rules + mention.rules, time=time)
        else:
            joined.append(_compared_too(text, last, mention, rules))
    return joined


def _compared_too(text: str, last: Mention | None, mention: Mention, rules: Rules) -> Mention:
    """较前年及2011年分别减少: the second of two times that a change is measured from."""
    if last is None or last.time is None or not last.time.baseline or mention.time is None:
        return mention
    gap = text[last.span.end : mention.span.start]
    if gap not in wording(rules).words("times_joined"):
        return mention
    return mention._replace(time=mention.time._replace(baseline=True))


def _stretched(text: str, last: Mention, mention: Mention, rules: Rules) -> Mention | None:
    """Two times that are one: from a month to another, or a time and its years in brackets."""
    first, second, gap = last.time, mention.time, text[last.span.end : mention.span.start]
    if first and second and _runs_to_now(first, second) and calendar(rules).between.fullmatch(gap):
        span = Span(last.span.start, mention.span.end)
        time = second._replace(text=text[span.start : span.end], relation="as_of")
        return last._replace(span=span, core=span, rules=last.rules + mention.rules, time=time)
    if first is None or second is None or second.last is None or len(gap) > _GAP or last.rejected or mention.rejected:
        return None
    months, begins = second.months, second.first
    if calendar(rules).between.fullmatch(gap) and _runs_to(first, second):
        assert first.months and second.months
        span, begins = Span(last.span.start, mention.span.end), first.first
        months = (first.months[0], second.months[1])
    elif first.last is None and calendar(rules).opens.fullmatch(gap) and text[mention.span.end :][:1] in _CLOSES:
        span = Span(last.span.start, mention.span.end + 1)
    else:
        return None
    relation, baseline = relations(rules).of(text, span)
    time = second._replace(
        text=text[span.start : span.end], first=begins, months=months, relation=relation, baseline=baseline
    )
    return last._replace(span=span, core=span, rules=last.rules + mention.rules, time=time)


def _runs_to_now(first: TimeExpression, second: TimeExpression) -> bool:
    """2018年 and 今年8月, with 到 between them: told up to then."""
    counted = second.last is None and second.anchor == "document" and second.offset <= 0 and not second.baseline
    return counted and first.last is not None and not first.baseline


def _runs_to(first: TimeExpression, second: TimeExpression) -> bool:
    """Whether a month of a stated year may begin what a later month of a stated year ends."""
    if first.first is None or second.first is None or not first.months or not second.months:
        return False
    return (first.first, first.months) < (second.first, second.months)


def _names_year(mention: Mention) -> bool:
    time = mention.time
    return time is not None and time.anchor == "document" and abs(time.offset) <= _NEAR and time.months is None


def _names_part(mention: Mention) -> bool:
    time = mention.time
    return time is not None and time.anchor == "frame" and time.offset == 0


def _price_base(match: re.Match[str]) -> Mention:
    span = Span(*match.span())
    time = TimeExpression(match[0])
    return Mention("time", span, span, ("exclusion.price_base",), time=time, rejected="exclusion.price_base")


def _republic(text: str, rules: Rules) -> list[Mention]:
    """113年度, 111年至114年底: years of the Republic, in a text that counts in them."""
    found = []
    for match, first, last, months, day in republic_years(text, rules):
        span = Span(*match.span())
        relation, baseline = relations(rules).of(text, span)
        time = TimeExpression(match[0], first, last, 0, "stated", months, day, relation, baseline)
        found.append(Mention("time", span, span, ("period.republic_year",), time=time))
    return found


def _dates(text: str, rules: Rules) -> list[Mention]:
    """2024.03.07, 20240307: dates without 年 and 月."""
    found = []
    for start, end, time in figure_dates(text, unit_table(rules).first):
        span = Span(start, end)
        relation, baseline = relations(rules).of(text, span)
        time = time._replace(relation=relation, baseline=baseline)
        found.append(Mention("time", span, span, ("period.date",), time=time))
    return found


def _stretches(text: str, rules: Rules) -> list[Mention]:
    """近三年, 最近6个月, 今后十年: years or months that end or begin now."""
    return [
        Mention("time", Span(start, end), Span(start, end), (rule,), time=time)
        for start, end, rule, time in stretches(text, rules)
    ]


def _figures(text: str, rules: Rules) -> list[Mention]:
    shapes = time_shapes(rules)
    near = matches_near(shapes.time, text, matches_at(shapes.mark, text, shapes.signs), 18, 18)
    return [mention for match in near if (mention := _mention(text, match, rules))]


def _listed(text: str, rules: Rules, *, republic: bool) -> list[Mention]:
    """2019、2020、2021三年: the years of a list of which only the last has its sign; `republic`: the text counts in
    years of the Republic."""
    shapes, found = time_shapes(rules), []
    kinds = (shapes.listed, 0, _PLAIN), (shapes.listed_fiscal, 0, _FISCAL), (shapes.listed_republic, EPOCH, _PLAIN)
    for shape, epoch, one in kinds[: 2 + republic]:
        for match in shape.finditer(text):
            years = list(one.finditer(match[0]))
            for number, year in enumerate(years):
                last = number + 1 == len(years)
                span = Span(match.start() + year.start(), match.end() if last else match.start() + year.end())
                told = epoch + int(year[0][:4])
                time = TimeExpression(text[span.start : span.end], told, told + (one is _FISCAL), 0, "stated")
                found.append(Mention("time", span, span, ("period.year",), time=time))
    return found


def _mention(text: str, match: re.Match[str], rules: Rules) -> Mention | None:
    read = _years(match, rules)
    if read is None:
        return None
    first, last, rule = read
    anchor = "stated" if first else "frame"
    months = None if rule in ("period.year_range", "period.republic_year") else _months(match, rules)
    if first is None and months is None:
        return None
    day = calendar(rules).day_number(match["d"] or match["hd"] or match["nd"] or match["gd"])
    span = Span(*match.span())
    relation, baseline = relations(rules).of(text, span)
    time = TimeExpression(match[0], first, last, 0, anchor, months, day, relation, baseline)
    return Mention("time", span, span, (rule,), time=time)


def _years(match: re.Match[str], rules: Rules) -> tuple[int | None, int | None, str] | None:
    """First and last year that the match names, and the rule; None where it is no time."""
    shapes = time_shapes(rules)
    if match["q1"]:  # 2023-24至2032-33年度
        first, last = shapes.year(match["q1"]), shapes.year(match["q3"])
        same = shapes.year(match["q4"]) % 100 == (last + 1) % 100
        return (first, last + 1, "period.year_range") if same and first < last else None
    if match["f1"]:  # 2023/24年度
        first = shapes.year(match["f1"])
        same = shapes.year(match["f2"] or match["f3"]) % 100 == (first + 1) % 100
        return (first, first + 1, "period.year_range") if same else None
    if match["y1"]:
        return shapes.year(match["y1"]), shapes.year(match["y2"]), "period.year_range"
    if match["y"]:
        year = shapes.year(match["y"])
        return year, year, "period.year"
    if match["roc"]:
        year = EPOCH + small_number(match["roc"], calendar(rules).grammar)
        return year, year, "period.republic_year"
    return None, None, "period.months"


def _months(match: re.Match[str], rules: Rules) -> tuple[int, int] | None:
    known = calendar(rules)
    if match["part"]:
        return known.halves[match["part"]]
    single = match["m"] or match["h"] or match["n"] or match["g"] or match["e"] or match["eh"]
    low = match["m1"] or match["h1"] or match["n1"] or match["g1"] or single
    high = match["m2"] or match["h2"] or match["n2"] or match["g2"] or single
    if not low or not high:
        return None
    first, last = small_number(low, known.grammar), small_number(high, known.grammar)
    return (first, last) if 1 <= first <= last <= 12 else None


class _Words:
    """Words that name a time by themselves, and what stands around the names of plans."""

    def __init__(self, rules: Rules) -> None:
        words = wording(rules)
        named = [entry for entry in rules.of("period") if entry["role"] in ("relative", "plan")]
        alone: dict[str, Entry] = {word: entry for entry in named for word in entry.get("words", [])}
        self.entries = {word: entry for entry in named for word in entry.get("behind_year", [])} | alone
        self.behind = frozenset(self.entries) - frozenset(alone)
        self.leading = frozenset(word for entry in named for word in entry.get("leading", []))
        self.years = tuple(word for word, entry in alone.items() if entry.get("anchor") == "document")
        self.finder = WordFinder(self.entries)
        tails = words.either("plan_tail", "plan_end", "plan_paper")
        self.pattern = compiled(rf"(?P<word>{alternation(self.entries)})(?P<close>[”\"」’〞〟])?(?P<tail>{tails})?")
        self.ends = frozenset(words.words("plan_end"))
        self.papers = frozenset(words.words("plan_paper"))
        self.since = frozenset(words.words("since"))
        self.begun = compiled(rf"(?:{words.either('since_lead')})?{words.either('since')}")
        of, done = words.either("of"), words.either("plan_written_done")
        paper = words.either("plan_paper")
        # 编制“十五五”规划: the plan is a document here
        self.written = compiled(rf"{words.either('plan_written')}(?:{done})?[“\"「‘]?$")
        self.planning = compiled(rf"{paper}?{of}?{words.either('plan_prepared')}")
        self.title = compiled(rf"^[^，。；、0-9“”]{{0,14}}?{words.either('plan_title')}")

    def is_document(self, text: str, match: re.Match[str]) -> bool:
        """Whether the plan's name is that of a paper (“十五五”规划前期工作)."""
        if self.planning.match(text, match.end()):
            return True
        titled = match["tail"] in self.papers or self.title.match(text[match.end() : match.end() + 18])
        return bool(titled and self.written.search(text[max(0, match.start() - 8) : match.start()]))


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    return _Words(rules)


def _word_times(text: str, rules: Rules) -> list[Mention]:
    words = _words(rules)
    found: list[Mention] = []
    done = 0
    for at in sorted({at for places in words.finder.places(text).values() for at in places}):
        match = words.pattern.match(text, at) if at >= done else None
        if match is None:
            continue
        done = match.end()
        entry = words.entries[match["word"]]
        leads = match["word"] in words.leading and not is_han(text[at - 1 : at])
        if match["word"] in words.behind and not (leads or text.endswith(words.years, 0, at)):
            continue  # 今年第三季, but 第三季 of a series
        if _is_other_word(text, match, entry) or (entry["role"] == "plan" and words.is_document(text, match)):
            continue
        titled = match["tail"] in words.papers and entry["role"] != "plan"  # 今年计划 holds no plan's name
        span = Span(match.start() - _is_quoted(text, match), match.start("tail") if titled else match.end())
        relation, baseline = relations(rules).of(text, span)
        if entry["role"] == "plan" and (match["tail"] in words.since or words.begun.match(text, match.end())):
            relation = "since"  # “十四五”以来, “十四五”规划实施以来
        years = entry.get("years") or (None, None)
        if entry["role"] == "plan" and match["tail"] in words.ends:
            years = (years[1], years[1])
        months = tuple(entry["months"]) if "months" in entry else None
        time = TimeExpression(
            match["word"], years[0], years[1], entry.get("offset", 0), entry.get("anchor", "stated"),
            months, None, relation, baseline,
        )  # fmt: skip
        found.append(Mention("time", span, span, (entry["id"],), time=time))
    return found


def _is_other_word(text: str, match: re.Match[str], entry: Entry) -> bool:
    if entry["role"] == "plan" and len(match["word"]) == 2 and not (_is_quoted(text, match) or match["tail"]):
        return True  # 十五 and 九五 are plans only in quotes or before 时期, 期间, 规划
    if text.startswith(tuple(entry.get("not_before", ())), match.end()):
        return True  # “八五”普法 is a campaign with a number of its own
    before = text[max(0, match.start() - 2) : match.start()]
    return before.endswith(tuple(entry.get("not_after", ())))  # 当前年产值 holds no 前年


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    return match.start() > 0 and text[match.start() - 1] in '“"「‘〝' and bool(match["close"])
