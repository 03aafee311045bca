"""The years of a document: the one from which 今年 counts, and those of facts and aims that have no time of their
own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from policyx.outline.evidence import without_strays
from policyx.outline.frame import DocumentFrame
from policyx.outline.planned import ORDINALS, PLAIN_YEAR, latest_plan, planned
from policyx.outline.status import TELLS_FACTS, heading_words
from policyx.patterns import any_word, compiled
from policyx.recognize.calendar import calendar
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_YEAR = r"(?:19|20)[0-9]{2}"
_ANY_YEAR = compiled(rf"(?<![0-9])({_YEAR})(?=年|[-—至~]|_|\.|$)")
_OF_MONTHS = compiled(rf"({_YEAR})年(?=1?[0-9]月)")  # 2018年度施政报告（2017年7月至12月）: what it tells of
_TO_YEAR = compiled(
    rf"年?(?:1?[0-9]月)?[-—－至到~～–]{{1,2}}({_YEAR})(?![0-9])"
)  # a series of facts is of its last year
_PLANS = ("report", "plan")
_SUMMARY_AND_PLAN = "document.communique.summary_and_plan"
_COUNCIL = "document.communique.council"
_ACCOUNTS = "document.communique.accounts"
_BELOW_TITLE = compiled(  # （2021—2023年） in a line of its own
    rf"^[^\S\n]*[（(]\s?{_YEAR}\s?年?\s?[-—–－~～至到]{{1,2}}\s?({_YEAR})\s?年?\s?[)）][^\S\n]*$", re.MULTILINE
)
_NUMBER = compiled(  # 滨渔〔2022〕12号
    rf"^[^\n，。；：、《]{{1,16}}[〔\[［【（(]({_YEAR})[〕\]］】）)]\s?第?[0-9]{{1,4}}号\s*$", re.MULTILINE
)
_LEAD = 2500
_HEAD = 300
_HEADING = compiled(rf"^\W{{0,4}}[（(]?[{ORDINALS}]{{1,3}}[）)、].{{2,30}}$", re.MULTILINE)
_SOON = 60
_SAMPLE = 20_000
_FAR = 10  # years behind the first year that aims are told for
_AFTER_NEXT = 2  # 去年……较2021年减少2% is written in 2023 at the earliest
_FIRST_PAGE = 3000
_REPORT_MONTHS = ("01", "02", "03", "04")
_LATE_MONTHS = ("11", "12")
_EARLY = ("1", "2", "3")  # of months that a report to a congress in spring may tell as over


class Anchor(NamedTuple):
    """The year from which 今年 counts, and the rule that found it."""

    year: int | None
    rule: str


class Whole(NamedTuple):
    """The years of facts and of aims without a time of their own, and the rule that told them."""

    actual: int | None
    target: int | None
    rule: str


class YearReader:
    """Reads the years of documents, with the words of the rules."""

    def __init__(self, rules: Rules) -> None:
        known, self._headings = calendar(rules), heading_words(rules)
        self._sign, sign, month = next(iter(rules.words("context", "year_sign"))), known.year, known.month
        self._over = self._pattern(rules, "just_over", rf"({_YEAR}){sign}")
        self._back = self._pattern(rules, "looks_back_on", rf"({_YEAR})")
        defined, fiscal = any_word(rules.words("word", "definer")), any_word(rules.words("context", "fiscal_year"))
        # 2022年，是……的一年
        self._defined = compiled(rf"({_YEAR})(?:{fiscal}|{sign})[，,]?(?:{defined})[^，。\n]{{2,40}}{sign}")
        han = "".join(known.grammar.digits)
        self._spelled_fiscal = compiled(rf"[{han}]{{4}}(?:[/／—–-]|{known.to})[{han}]{{2}}(?:{fiscal})")
        self._digits = known.grammar.digits
        self._titled_fiscal = compiled(rf"({_YEAR}|[{han}]{{4}})(?:[/／—–-]|{known.to})([0-9{han}]{{2,4}})(?:{fiscal})")
        self._behind = self._suffix(rules, "year_of_facts")
        cited = any_word(rules.words("marker", "year_of_facts"))
        self._facts = compiled(cited)
        self._cited = compiled(rf"《[^》]{{0,12}}({_YEAR}){sign}?[^》]{{0,24}}(?:{cited})》")
        titles = (word for entry in rules.of("document") if entry["id"] == _SUMMARY_AND_PLAN for word in entry["title"])
        self._sums_up = frozenset(word.partition("*")[0] for word in titles)
        self._reviewed = tuple(rules.words("marker", "reviewed"))
        reviews = any_word(self._reviewed)
        self._review = compiled(
            rf"^\W{{0,6}}(?:\w{{1,3}}、\s?)?({_YEAR})\s?{sign}[^，。\n]{{0,16}}(?:{reviews})", re.MULTILINE
        )
        planned = any_word(rules.words("marker", "planned_part"))
        self._plan = compiled(
            rf"^\W{{0,6}}(?:\w{{1,3}}、\s?)?({_YEAR})\s?{sign}[^，。\n]{{0,16}}(?:{planned})\s*$", re.MULTILINE
        )
        self._work = any_word(rules.words("marker", "work_of_year"))
        self._report = tuple(rules.words("marker", "report_word"))
        self._this = tuple(rules.words("marker", "this_year"))
        scopes, verbs = any_word(rules.words("word", "scope")), any_word(rules.words("marker", "year_told"))
        self._spoken = compiled(
            rf"(?:^|[。；;\n，,:：、】])\s{{0,4}}({_YEAR})年(?:度|末|底)?(?=[，,](?!比)|{scopes}|[^，。；\n]{{0,24}}(?:{verbs})"
            rf"|(?!\s?[0-9])[^，。；：:\n]{{2,20}}$)",  # a line that a year heads, but no day
            re.MULTILINE,
        )
        before = any_word(rules.words("marker", "not_our_year"))
        self._begins = compiled(rf"(?:{before})\s?$")
        self._ends = compiled(rf"(?:{known.to})\s?$")
        of = any_word(rules.words("word", "of"))
        self._series = compiled(rf"(?:{known.to})({_YEAR}){sign}(?:{of})\s?[0-9]")  # 由2018年的……增加到2022年的260艘
        last = any_word(rules.words("marker", "last_year"))
        self._last = compiled(f"(?:{last})")
        self._early_day = compiled(rf"(?<![0-9{self._sign}])[1-3]{month}[0-3]?[0-9]{known.day}")
        self._counts_from_today = compiled(f"{last}|{any_word(self._this)}")
        self._than = tuple(rules.words("word", "than"))
        foretold = (w for e in rules.of("status") if e["status"] in ("forecast", "target") for w in e["words"])
        self._founding = tuple(rules.words("word", "founded"))
        self._not_now = (*self._than, *rules.words("word", "until"), *foretold)
        than, edge = any_word(self._than), any_word(rules.words("marker", "year_end"))
        self._compared = compiled(rf"(?:{than})({_YEAR}){sign}?(?:{edge})")  # 较2023年末净增12户
        self._plans = tuple(rules.words("marker", "plan_in_title"))
        as_of = any_word(rules.words("context", "as_of"))
        self._over_by = compiled(rf"(?:{as_of}){known.to}?\s?({_YEAR}){sign}(1?[0-9]){month}")
        said = any_word(rules.words("marker", "this_one_year"))
        self._told_so = compiled(rf"(?:{said})[（(]({_YEAR})[）)]")
        self._last_year = compiled(rf"(?:{last})(1?[0-9]){month}")
        self._last_against = compiled(
            rf"(?:{than})(?:{last})|(?:{last})[^。；\n]{{0,60}}?(?:{than})({_YEAR}){sign}(?!{edge})"
        )
        self._aims = compiled(any_word(
            word for entry in rules.of("status") if (entry["status"], entry["scope"]) == ("target", "sentence")
            for word in entry["words"]
        ))  # fmt: skip
        due = any_word(rules.words("marker", "due"))
        founded = any_word(self._founding)  # 2004年升格为本科院校 says when it began
        acts = any_word(rules.words("marker", "date_of_act"))  # 2011年9月12日公布的 dates a law that is leant on
        self._event = compiled(  # 2025年底前 says when something is due
            rf"{sign}(?:1?[0-9]{month})?(?:{due}|(?:[0-3]?[0-9]{known.day})?(?:{acts})|[^，,。；;\n0-9]{{0,8}}(?:{founded}))"
        )
        looks = ("status.section.actual", "status.section.actual.surroundings", "status.section.background")
        self._present = tuple(word for entry in rules.of("status") if entry["id"] in looks for word in entry["words"])
        # 到2025年，……: the year that a clause opens with
        self._by_year = compiled(rf"(?<![\u4e00-\u9fff])(?:{known.to})\s?({_YEAR}){sign}")
        self._prices = tuple(rules.words("marker", "price_year"))
        timeless = [entry["pattern"] for entry in rules.of("exclusion", "span") if entry.get("times")]
        self._timeless = compiled("|".join(timeless) or "(?!)")
        counts = (word.partition("=") for word in rules.words("marker", "census"))
        self._census = {name: int(year) for name, _, year in counts}

    def _pattern(self, rules: Rules, role: str, year: str) -> re.Pattern[str]:
        words = any_word(rules.words("marker", role))
        return compiled(rf"(?:{words})\s?{year}(?![-./0-9])")

    def _suffix(self, rules: Rules, role: str) -> re.Pattern[str]:
        words = any_word(rules.words("marker", role))
        return compiled(rf"({_YEAR})(?:{calendar(rules).year})?[^，。\n]{{0,24}}(?:{words})")

    def anchor(self, kind: str, date: str | None, title: str, stem: str, text: str) -> Anchor:
        """The year of the document itself: that of a report's title, of its date, of the year just over, of a report's
        review, of its first words, of its file's name, or the one that it names most often."""
        years = [int(year) for year in _ANY_YEAR.findall(title)]
        about_report = any(word in title for word in self._report)
        if len(years) == 1 and about_report:
            given = date is not None and int(date[:4]) == years[0] + 1 and date[5:7] in _REPORT_MONTHS
            return Anchor(years[0] + given, "document.year.title")  # named for the year that it reviews
        review = self._review.search(text[:_LEAD]) if kind == "report" else None
        if date and not (review and int(date[:4]) > int(review[1]) + 1):  # else that of a page made long after
            return Anchor(int(date[:4]), "document.year.date")
        fiscal = self._fiscal(title) if kind == "news" else None
        if fiscal:  # a budget is told in the year that it begins in
            return Anchor(fiscal, "document.year.fiscal")
        number = _NUMBER.search(text[:_LEAD])
        if number:
            return Anchor(int(number[1]), "document.year.number")
        of_two = kind == "communique" or self._headings.tells_two(title)
        if of_two and len(set(years)) > 1 and max(years) == min(years) + 1:
            return Anchor(max(years), "document.year.title")  # 2021年计划执行情况和2022年计划草案
        over = self._over.search(text[:_LEAD])
        if over:
            return Anchor(int(over[1]) + 1, "document.year.just_over")
        told = self._told_so.search(text[:_LEAD])
        if told:
            return Anchor(int(told[1]), "document.year.told")
        if review:
            return Anchor(int(review[1]) + 1, "document.year.reviewed")
        plan = self._plan.search(text) if kind in _PLANS else None
        if plan:
            return Anchor(int(plan[1]), "document.year.planned")
        if kind == "news" and (reported := self._reported(text)):
            return Anchor(reported + 1, "document.year.reported")
        opens = (y for y in _ANY_YEAR.finditer(text[:_SOON]) if self._is_own(y, kind))
        for found, rule in (
            (next(opens, None), "document.year.first_words"),
            (
                None if not stem else next(iter(reversed(list(PLAIN_YEAR.finditer(stem)))), None),
                "document.year.file_name",
            ),
        ):
            if found:
                span = _TO_YEAR.match(found.string, found.end(1)) if kind in TELLS_FACTS else None
                return self._not_before(Anchor(int(span[1] if span else found[1]), rule), text)
        ends = [int(year) for year in self._series.findall(text[:_SAMPLE])] if kind == "report" else []
        if ends:  # a report tells its series up to the year before its own
            return Anchor(max(ends) + 1, "document.year.series")
        return self._not_before(self._most_named(text), text)

    def _fiscal(self, title: str) -> int | None:
        """The year in which the one year begins that a title names with two: 2018/19年度."""
        found = self._titled_fiscal.search(title)
        if found is None:
            return None
        first, last = (int("".join(str(self._digits.get(sign, sign)) for sign in part)) for part in found.groups())
        return first if last % 100 == (first + 1) % 100 else None

    def counts_from_today(self, text: str) -> bool:
        """Whether the text speaks of 去年 or 今年, so that it has a day of its own."""
        return self._counts_from_today.search(text) is not None

    def _not_before(self, anchor: Anchor, text: str) -> Anchor:
        """A text is no older than the months that it tells as over, and is of the year behind them where it calls one
        of them 去年10月; where it compares 去年 with a year, 去年 is a later one."""
        against = max((int(year) for year in self._last_against.findall(text[:_LEAD]) if year), default=0)
        if against and (anchor.year or 0) < against + _AFTER_NEXT:
            return Anchor(against + _AFTER_NEXT, "document.year.after_next")
        over = [(int(m[1]), int(m[2])) for m in self._over_by.finditer(text)]
        if anchor.year is None or not over:
            return anchor
        year, month = max(over)
        year += month in {int(m[1]) for m in self._last_year.finditer(text)}
        return Anchor(year, "document.year.over") if year > anchor.year else anchor

    def _most_named(self, text: str) -> Anchor:
        """The year that an undated text names most often, where it stands out."""
        named = self._named(text)
        told = self._told_of(named) or [int(year[1]) for year in named]
        counts = Counter(year for year in told if not self._priced(str(year), text))
        passing = counts.total() == 1 and self._counts_from_today.search(text)  # 2009年，…… but 去年 and 今年 besides
        compared = {int(year) for year in self._compared.findall(text[:_SAMPLE])}
        if compared and compared == set(counts):
            return Anchor(max(compared) + 1, "document.year.compared")  # now is the year behind
        if not counts or passing:
            return Anchor(None, "")
        (year, often), *others = counts.most_common(2)
        if often <= len(self._spelled_fiscal.findall(text[:_SAMPLE])):
            return Anchor(None, "")  # 二零二二/二三年度 and one year besides
        stands_out = not others or often >= 2 * others[0][1]
        if year < max(counts) and self._counts_from_today.search(text):
            return Anchor(None, "")  # 2014年 twice, 2020年 once, and 今年: nobody knows which
        return (
            Anchor(year if stands_out else max(counts), "document.year.most_named")
            if stands_out or len(counts) <= 2
            else Anchor(None, "")
        )

    def _reported(self, text: str) -> int | None:
        """今日（1月20日）公布，2024年……。去年……: the only year that is told of, where the text bears a day of the first
        months and speaks of last year, and not only to compare with it."""
        if not self._early_day.search(text[:_HEAD]):
            return None
        lasts = self._last.finditer(text[:_LEAD])
        if not any(not text.endswith(self._than, 0, last.start()) for last in lasts):
            return None
        years = set(self._told_of(self._named(text)))
        return years.pop() if len(years) == 1 else None

    def _not_of_now(self, text: str) -> set[str]:
        """The years that a text names but below headings that tell how things are (一、产业现状)."""
        headings = list(_HEADING.finditer(text))
        starts = [heading.start() for heading in headings]
        present = [any(word in heading[0] for word in self._present) for heading in headings]
        years = ((year[1], bisect_right(starts, year.start()) - 1) for year in _ANY_YEAR.finditer(text))
        return {year for year, at in years if at < 0 or not present[at]}

    def _is_own(self, year: re.Match[str], kind: str) -> bool:
        """Whether a year among the first words may be the document's: no beginning, nothing due, no end of a report's
        series (由2018年的……增加到2022年的)."""
        before = year.string[: year.start()]
        ends = kind == "report" and self._ends.search(before)
        return not (ends or self._begins.search(before) or self._is_of_event(year))

    def _is_of_event(self, year: re.Match[str]) -> bool:
        """Whether the year says when something is due, began or was enacted, and not what the figures are of."""
        text = year.string
        return text.endswith(self._founding, 0, year.start()) or self._event.match(text, year.end(1)) is not None

    def _priced(self, year: str, text: str) -> bool:
        said = year + self._sign
        at = text.find(said)
        return at >= 0 and text.startswith(self._prices, at + len(said))

    def latest_told(self, text: str) -> int | None:
        """The last year that a text tells of, and neither means nor compares with."""
        told = sorted(set(self._told_of(self._named(text))), reverse=True)
        return next((year for year in told if not self.means(year, text)), None)

    def _named(self, text: str) -> list[re.Match[str]]:
        """The years that a text names, but for those of events."""
        return [year for year in _ANY_YEAR.finditer(text[:_SAMPLE]) if not self._is_of_event(year)]

    def _told_of(self, named: list[re.Match[str]]) -> list[int]:
        """Those of them that are neither compared with nor still to come."""
        return [int(year[1]) for year in named if not year.string.endswith(self._not_now, 0, year.start())]

    def means(self, year: int | None, text: str) -> bool:
        """Whether a text without a date tells of this year what is meant for it (2024年，全市力争……): then 去年 is the
        year before. Where it only tells what was done, it may be of any later year."""
        sentences = compiled(rf"{year}{self._sign}([^。\n]{{0,80}})").findall(text[:_LEAD])
        return any(self._aims.search(sentence) for sentence in sentences)

    def is_given_late(self, date: str | None, anchor: int, text: str) -> bool:
        """A report given at the year's end looks back on that year and plans the next."""
        if date and int(date[:4]) < anchor:
            return False
        late = bool(date and date[5:7] in _LATE_MONTHS)
        told = compiled(f"{anchor}{self._sign}(?:{self._work})?(?:{any_word(self._reviewed)})")
        return late or bool(told.search(text, 0, _FIRST_PAGE))

    def whole(self, frame: DocumentFrame, title: str, text: str, stem: str) -> Whole:
        """The year of facts and the year of aims, for figures that have no time of their own."""
        anchor, title = frame.anchor, self._timeless.sub("", title)
        if frame.kind == "report":
            if anchor and any(int(m[1]) == anchor and m[2] not in _EARLY for m in self._over_by.finditer(text)):
                return Whole(anchor, anchor, "document.years.running")  # 截至2022年6月底 in a report of 2022
            return Whole(anchor - 1, anchor, "document.years.report") if anchor else Whole(None, None, "")
        if frame.kind == "policy":
            return Whole(None, None, "document.years.rules")
        if frame.kind == "plan":
            ahead = self._not_of_now(text)
            only = int(ahead.pop()) if len(ahead) == 1 else None
            if only and frame.excerpt and frame.date and only < int(frame.date[:4]):
                only = None  # 2018年渔港开港, in a text of 2022 that only sounds like a plan
            below = _BELOW_TITLE.search(text[:_HEAD])
            titled = planned(title)
            aimed = (None if frame.excerpt else titled) or (int(below[1]) if below else None)
            return Whole(None, aimed or self._aimed_at(text) or only or titled, "document.years.plan")
        counted = next((year for name, year in self._census.items() if name in without_strays(title)), None)
        if counted:
            return Whole(counted, None, "document.years.census")
        if frame.status_rule == _SUMMARY_AND_PLAN and (named_years := list(PLAIN_YEAR.finditer(title))):
            return self._summed_up(named_years, title)
        if frame.status_rule == _ACCOUNTS and len(accounted := PLAIN_YEAR.findall(title)) > 1:
            return Whole(int(accounted[0]), int(accounted[-1]), "document.years.title")
        for named, rule in (
            (self._behind.search(without_strays(title)), "document.years.title"),
            (self._cited.search(text[: _LEAD if self._facts.search(title) else _HEAD]), "document.years.cited"),
        ):
            if named:
                return Whole(int(named[1]), None, rule)
        if frame.kind == "communique":  # its year may be all that the title says, or stand in the line below
            head = self._behind.search(text[:_HEAD])
            of_title = _OF_MONTHS.findall(title) or PLAIN_YEAR.findall(title)
            fiscal = self._fiscal(title)
            years = {fiscal + 1} if fiscal else {int(year) for year in of_title} or ({int(head[1])} if head else set())
            if len(years) == 1:
                return Whole(years.pop(), None, "document.years.title")
            if frame.date and not years:  # a bulletin of August tells of its year, one of February of the year before
                early = frame.date[5:7] in _REPORT_MONTHS or not frame.date[5:7]
                return Whole(int(frame.date[:4]) - early, None, "document.years.dated")
            if frame.status_rule == _COUNCIL and not years:
                return Whole(frame.anchor, None, "document.years.only")  # it names most often the year that it tells of
        told = self._told(frame, text, stem)
        reviewed = frame.date is not None and frame.date[5:7] in _REPORT_MONTHS and int(frame.date[:4]) - 1
        if frame.kind == "news" and reviewed and set(PLAIN_YEAR.findall(title)) == {str(reviewed)}:
            return told._replace(actual=reviewed, rule="document.years.title")  # in January: 交出2023成绩单
        if frame.kind == "news" and any(word in title for word in self._plans):
            return told._replace(target=planned(title) or told.target)  # 出台“十四五”规划
        return told

    def _aimed_at(self, text: str) -> int | None:
        """The year that the aims of a plan without a title are told for: the one that clauses open with (到2025年) most
        often, and of two the later, unless that is one of a far vision."""
        counts = Counter(int(year) for year in self._by_year.findall(text[:_SAMPLE]))
        counts.update(filter(None, [latest_plan(text[:_SAMPLE])]))  # 到2018年 and 到“十三五”末
        near = [year for year in counts if year < min(counts) + _FAR]
        return max(near, key=lambda year: (counts[year], year), default=None)

    def _summed_up(self, years: list[re.Match[str]], title: str) -> Whole:
        """2024年工作总结及2025年工作计划: the first year is of the facts, the last of the plan; one behind the summary
        is of the plan alone."""
        first, last = int(years[0][0]), int(years[-1][0])
        if first == last and any(word in title[: years[0].start()] for word in self._sums_up):
            first -= 1
        return Whole(first, last, "document.years.summary")

    def _told(self, frame: DocumentFrame, text: str, stem: str) -> Whole:
        """What a news item or an untitled text looks back on (2022年是……的一年), or the only year that it names."""
        anchor, lead = frame.anchor, text[:_LEAD]
        back = self._over.search(lead) or self._defined.search(lead) or self._back.search(lead)
        told = int(back[1]) if back else None
        ahead = anchor if anchor and any(word in lead for word in (*self._this, f"{anchor}{self._sign}")) else None
        if told is not None and told == anchor and frame.kind == "news" and not self._over.search(lead):
            return Whole(told, told, "document.years.back")
        if told is not None:
            return Whole(told, ahead if ahead != told else None, "document.years.back")
        if not frame.anchor_known:
            spoken = (y[1] for y in self._spoken.finditer(text) if not self._is_of_event(y))
            years = {int(year) for year in spoken if not self._priced(year, text)}
            if len(years) == 1:
                only = years.pop()
                return Whole(only if only == anchor or str(anchor) not in stem else None, ahead, "document.years.only")
        return Whole(None, ahead, "document.years.ahead")


@lru_cache(maxsize=4)
def year_reader(rules: Rules) -> YearReader:
    """The year reader of these rules, made once."""
    return YearReader(rules)
