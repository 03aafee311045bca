"""The period of a figure: how far each time of the text reaches, and which of those that reach the figure is
nearest."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.clause import Clause
from policyx.clause.lists import Place
from policyx.construct import Constructions, Figure
from policyx.model import Baseline, Mention, Period, TimeExpression
from policyx.outline import times
from policyx.outline.frame import DocumentFrame
from policyx.outline.sections import Section
from policyx.outline.status import PLANNED_YEARS, TELLS_FACTS
from policyx.tuples import NamedTuple

_ANNOUNCES = "reach.announces"
_LOOKS_BACK = frozenset({"period.past", "period.past.tail", "period.past.near"})
_BEYOND = ("paragraph", "section", "document")  # what reaches beyond its sentence
_VAGUE = "period.recent_years"
_PAST = "period.past.tail"
_COMING = "period.coming"
_TOLD_ON_A_DAY = frozenset({"news", "plan"})
_FEWEST_YEARS = 2
_AHEAD = ("foretells", "modal", "until", "meant", "cue")
_FISCAL = 1  # 2013-14年度 ends in the year behind that in which it begins
_OPENS = 2  # words of a sentence among which a time opens it
_STANDS = frozenset({"in", "as_of"})
_TOLD_YEAR_BY_YEAR = TELLS_FACTS | {"plan"}
_HISTORY = 10  # years back
_FARTHEST_NAMED = 60  # words back to a year that the sentence only names
_YEAR_MARKS = frozenset({"item", "enum", "joint"})
_SECOND_HALF = "07"
_STRETCH = "period.year_range"
_WHOLE_YEAR = "period.whole_year"
_JANUARY = "01"
_WHOLE_DATE = len("2024-01-31")
_LATELY = 31  # days
_SPRING = "03"  # the last month in which news still looks back on the year before


class Timed(NamedTuple):
    """A period with the construction by which it reaches the figure, and how far that construction carries it;
    `began` is the first year of a stretch whose two ends the text states (1991年到2002年); `over`: it ended before the
    text was written, whenever that was (去年); `ahead`: it ends behind that day (明年); `own`: it is told of its figure
    alone."""

    period: Period
    rule: str
    reach: str = ""
    began: int | None = None
    over: bool = False
    ahead: bool = False
    own: bool = False


class Times(NamedTuple):
    """The times in force within a sentence, from the narrowest: for the next figure, the clause, the sentence; the
    baseline of the next figure; what the sentence leaves to the paragraph; and the last year ahead that was named."""

    figure: Timed | None = None
    clause: Timed | None = None
    sentence: Timed | None = None
    baseline: Baseline | None = None
    left: Timed | None = None
    horizon: Period | None = None

    def nearest(self) -> Timed | None:
        """The narrowest time of the sentence."""
        return self.figure or self.clause or self.sentence


def compared_time(clause: Clause) -> Mention | None:
    """The time with which something is compared that stands right before the brackets that the clause is."""
    host, place = clause.host or (clause, 0)
    mention = host.mentions.get(place - 1)
    return mention if mention and mention.time and mention.time.baseline else None


class PeriodReader:
    """Resolves times against the document's frame and against what holds in the section and the paragraph."""

    def __init__(self, document: DocumentFrame, found: Constructions) -> None:
        self._document = document
        self._found = found

    def meet(self, clause: Clause, at: int, now: Times, standing: Period | None) -> Times:
        """The times in force behind the time at word `at`."""
        mention = clause.mentions[at]
        time = _told_to(clause, at, self._up_to_now(mention), self._document.kind)
        if mention.rejected or (_VAGUE in mention.rules and self._document.kind != "report"):
            return now
        current = now.nearest()
        frame = current.period if current else standing
        if time.baseline:
            return now._replace(baseline=times.baseline(mention, self._document, frame))
        figure = Figure(time.relation, "day" if time.day else "month" if time.months else "", self._document.kind)
        found = self._found.matches("reach", clause, at, figure)
        dated = time.day or time.months  # a day or a month in front of a colon announces nothing
        match = next((match for match in found if not (dated and match.construction.id == _ANNOUNCES)), None)
        reach = str(match.construction.gives["reach"]) if match else "clause"
        if match and match.construction.gives.get("unless_told") and self._document.actual_year:
            reach = "none"  # the page's date, where the text says which year it looks back on
        if not _LOOKS_BACK.isdisjoint(mention.rules) and _ends_before_plan(frame, self._document):
            period = frame  # 五年来 below “十五”回顾
        elif time.anchor == "horizon":
            period = times.carried(now.horizon) if now.horizon else frame
        else:
            counted = self._counted_from(mention, frame)
            if counted and counted.year and self._ran_before(clause, at, time, counted.year):
                counted = times.from_document(counted.year - 1)
            period = self._resolve(time, counted)
            if period is None and time.anchor == "frame":
                period = self._resolve(time, _named_before(clause, at))
        if match is None or (period is None and time.anchor != "document"):
            return now
        period = period or Period(time.text, None, None, time.relation, "relative")
        if reach in _BEYOND and self._ends_here(clause, at, period):
            reach = "sentence"
        began = time.first if _STRETCH in mention.rules else None
        untold = time.anchor == "document" and not period.end
        ahead = time.offset > 0 or (time.offset == 0 and time.relation == "by")
        timed = Timed(period, match.construction.id, reach, began, untold and time.offset < 0, untold and ahead)
        return self._set(now, timed, mention, standing)

    def _ends_here(self, clause: Clause, at: int, period: Period) -> bool:
        """总投资2亿元，年底前竣工: when it is due says nothing of what the next sentence tells; nor does a step on the
        way (，到2018年达到80亿元, in a plan up to 2020)."""
        if clause.has("figure", 0, at) and not clause.has("figure", at + 1):
            return True
        aimed = self._document.target_year if self._document.kind == "plan" and not clause.opens(at) else None
        return bool(aimed and period.relation == "by" and period.year and period.year < aimed)

    def dealt(self, clause: Clause, at: int, listed: Place) -> Timed | None:
        """2019年和2020年分别7亿元、8亿元: the year that a member of a list of figures is told of, where a list of as
        many years stands before it."""
        first = sorted(place for place in clause.mentions if place <= at and clause.mentions[place].kind != "time")
        start = first[-1 - listed.number] if len(first) > listed.number else at
        years: list[int] = []
        for place in range(start - 1, 0, -1):
            roles = clause.roles(place)
            if "any_time" in roles and _is_year(clause.mentions[place]):
                years.append(place)
            elif (years and not roles & _YEAR_MARKS) or roles & {"figure", "stop", "semicolon"}:
                break
        if len(years) < _FEWEST_YEARS or listed.size % len(years):
            return self._of_stretch(clause, start, listed)
        time = clause.mentions[years[-1 - listed.number % len(years)]].time  # 分别为6亿元及8亿元，增长5%及9%
        assert time is not None
        period = self._resolve(time, None)
        return Timed(period, "reach.dealt") if period else None

    def _of_stretch(self, clause: Clause, first: int, listed: Place) -> Timed | None:
        """2018/19至2020/21学年，人数分别为12、13及15人: the year of its number in a stretch of as many years."""
        mention = clause.mentions.get(max((at for at in clause.mentions if at < first), default=0))
        time = mention.time if mention and listed.dealt and not mention.rejected else None
        if time is None or time.baseline or time.months or not time.first or not time.last:
            return None
        fiscal = time.last - time.first == listed.size  # a stretch of such years ends one later
        if not fiscal and time.last - time.first + 1 != listed.size:
            return None
        return Timed(times.year(time.first + listed.number + fiscal), "reach.dealt")

    def bracketed(self, clause: Clause, at: int) -> Timed | None:
        """人口3.2万人（2020年末）: the year that brackets right behind a figure tell of it."""
        mention = clause.mentions.get(at + 1)
        time = mention.time if mention and "aside" in clause.roles(at + 1) and not mention.rejected else None
        if time is None or time.baseline or time.last is None or time.relation not in _STANDS:
            return None
        period = self._resolve(time, None)
        return Timed(period, "period.bracketed", own=True) if period else None

    def compared(self, clause: Clause, frame: Period | None) -> Timed | None:
        """比上年（42.7%）下降: the time right before the brackets that the figure stands in, told to compare with."""
        mention = compared_time(clause)
        base = times.baseline(mention, self._document, frame) if mention else None
        return Timed(times.year(base.year), "period.compared", own=True) if base and base.year else None

    def _up_to_now(self, mention: Mention) -> TimeExpression:
        """五年来 in a news item of November ends in its own year, in one of January in the year before; 未来三年 in one
        of October ends three years later."""
        time, date = mention.time, self._document.date
        assert time is not None
        late = self._document.kind in _TOLD_ON_A_DAY and date and date[5:7] >= _SECOND_HALF
        if not late or time.anchor != "document":
            return time
        back = self._document.kind == "news" and _PAST in mention.rules and time.offset == -1
        ahead = _COMING in mention.rules and time.offset >= 0
        return time._replace(offset=time.offset + 1) if back or ahead else time

    def _set(self, now: Times, timed: Timed, mention: Mention, standing: Period | None) -> Times:
        reach = timed.reach
        if reach == "figure":
            current = now.nearest()
            standing = current.period if current else standing
            last_year = mention.time is not None and mention.time.offset == -1 and mention.time.last is None
            if last_year and standing and standing.year:
                timed = timed._replace(period=times.from_document(standing.year - 1))  # 由上年的40.9%提高到
            return now._replace(figure=timed)
        if reach == "clause":
            return now._replace(clause=timed)
        if reach == "none":
            return now
        left = timed if reach in _BEYOND and now.left is None else now.left
        return now._replace(sentence=timed, clause=None, left=left)

    def _resolve(self, time: TimeExpression, frame: Period | None) -> Period | None:
        document = self._document
        if not document.today_known and time.anchor == "document" and time.offset:
            return None  # 去年 in a text of nobody knows when
        anchor = document.spoken or document.anchor if time.anchor == "document" else document.anchor
        if document.kind == "communique" and document.actual_year and time.anchor == "document" and time.offset == -1:
            anchor = document.actual_year
        dated = frame or self._year_of_month(time)
        return times.resolve(
            time, anchor, dated, document.actual_year if document.kind in ("report", "communique") else None
        )

    def _counted_from(self, mention: Mention, frame: Period | None) -> Period | None:
        """The frame that a month or 全年 counts from: not the day of a news item's page (2026-01-10 ……12月出口)."""
        date, time = self._document.date, mention.time
        assert time is not None
        if frame is not None and not (self._document.kind == "news" and (frame.end == date or self._is_late(time))):
            return frame
        return self._year_just_over(mention) or self._year_of_month(time) or frame

    def _is_late(self, time: TimeExpression) -> bool:
        """3月10日 in an item of 12 March is the day before yesterday, whatever year was told of last."""
        date = self._document.date
        if not time.day or not time.months or not date or len(date) < _WHOLE_DATE:
            return False
        months = int(date[5:7]) - time.months[1]
        return 0 < 31 * months + int(date[8:10]) - time.day + 1 <= _LATELY

    def _ran_before(self, clause: Clause, at: int, time: TimeExpression, year: int) -> bool:
        """第一季上升1%，而第四季的升幅为3.5%, in an item of May: a change that has been told is of the year before."""
        date = self._document.date or ""
        facts = self._document.kind in TELLS_FACTS and time.anchor == "frame" and len(date) >= len("2024-05")
        if not facts or not time.months or (year, time.months[0]) <= (int(date[:4]), int(date[5:7])):
            return False
        end = clause.end(at + 1, len(clause.letters), "hard")
        changed = "by_time" in clause.roles(at - 1) and clause.has("change", at + 1, end)
        told = changed or ("of" in clause.roles(at + 1) and clause.has("rate_noun", at + 1, end))
        return told and not any(clause.has(role, clause.start(at), end) for role in _AHEAD)

    def _year_just_over(self, mention: Mention) -> Period | None:
        """全年 in a news item of January: of the year that has just ended."""
        date = self._document.date
        if self._document.kind != "news" or _WHOLE_YEAR not in mention.rules or not date or date[5:7] != _JANUARY:
            return None
        return times.from_document(int(date[:4]) - 1)

    def _year_of_month(self, time: TimeExpression) -> Period | None:
        """5月24日 in a news item of 4 June, and the second quarter: of its own year; 12月 in an item of January: of the
        year before; 前10个月 in one of which no more than the year is known: of that year."""
        document, date = self._document, self._document.date
        if document.kind not in ("news", "communique", "plan") or time.anchor != "frame" or not time.months:
            return None
        if not date or len(date) < 7:
            year = document.anchor if document.kind == "news" and document.today_known and not date else None
            return times.from_document(year) if year else None
        (first, last), today = time.months, int(date[5:7])
        over = last > today and not 1 < first <= today and time.relation != "by"  # 即日起至2月6日 is still to come
        if document.kind == "plan" and time.months[1] > int(date[5:7]):
            return None  # meant, of this year or of the next
        return times.from_document(int(date[:4]) - over)


def _told_to(clause: Clause, at: int, time: TimeExpression, kind: str) -> TimeExpression:
    """至2014年6月30日，已实施……; 至1990年底，全市有……: by a day, or in the news a year's end, that what there is, or
    was done, is told up to."""
    if time.relation != "by" or time.baseline or not (time.day or kind == "news"):
        return time
    end = clause.end(at + 1, len(clause.letters), "figure", "modal", "meant", "cue")
    first = clause.end(at + 1, end, "verb", "have", "action", "predicate")
    stands = first < end and "have" in clause.roles(first)
    done = time.day and clause.has("perfect", at + 1, end + 1)
    return time._replace(relation="as_of") if stands or done else time


def _named_before(clause: Clause, at: int) -> Period | None:
    """随着2024年经济复苏，全年失业率1.8%: the last year that the sentence names a little before, whatever of."""
    for place in range(at - 1, max(0, at - _FARTHEST_NAMED), -1):
        mention = clause.mentions.get(place)
        time = mention.time if mention is not None else None
        if time is not None and time.first and time.relation == "in":
            return times.from_document(time.first)
    return None


def _is_year(mention: Mention) -> bool:
    time = mention.time
    if time is None or time.first is None or time.last is None or time.months:
        return False
    return time.last - time.first <= _FISCAL and not time.baseline and not mention.rejected


def _ends_before_plan(frame: Period | None, document: DocumentFrame) -> bool:
    """A period that the text has set and that was over when the plan was made."""
    aimed = document.target_year
    over = frame is not None and frame.year is not None and aimed is not None and frame.year <= aimed - PLANNED_YEARS
    return over and document.kind == "plan"


def standing(period: Period | None, section: Section) -> Period | None:
    """The period that the text further up has set: the paragraph's, the section's, the document's."""
    return period or section.period or section.document_period


def horizon(document: DocumentFrame, mentions: Sequence[Mention], before: Period | None) -> Period | None:
    """The last year ahead that a sentence names: what 届时 means in the next."""
    for mention in mentions:
        time = None if mention.rejected else mention.time
        if time and time.last and (time.relation == "by" or time.last > (document.anchor or time.last)):
            before = times.resolve(time, document.anchor, None)
    return before


def left_behind(
    now: Times, document: DocumentFrame, section: Section, *, facts: bool = False
) -> tuple[Period | None, Section]:
    """What a sentence leaves to the paragraph and to the section below its heading; `facts`: the heading says that
    facts stand below it, which 截至2020年底 at their head may date."""
    if now.left is None:
        return None, section
    found = _moved_on(now.left.period, now.sentence, document)
    if found.relation == "since":
        return None, section
    if now.left.reach == "document":
        return found, section._replace(document_period=found, document_level=0)
    known = document.anchor if document.anchor_known else None
    if document.kind == "news" and known and found.year and not known - _HISTORY <= found.year <= known:
        return found, section  # a news item speaks of the future, and of times long past, in passing
    if document.kind == "communique" and document.actual_year and found.year and found.year < document.actual_year:
        return found, section  # and a communiqué of the past: 2016年末25%的村有渔港 says nothing of 全年 further down
    if document.kind == "plan" and known and found.year != known == document.target_year:
        return found, section  # and what is planned for one year tells of others in passing: 未来十年觅得土地……
    if facts and found.relation == "as_of" and _within(found, section.period):
        section = section._replace(period=found)  # 截至2024年底 below “十四五”规划实施情况
    if now.left.reach == "section":
        section = section._replace(period=found, level=section.heading_level)
    passing = found.relation == "by" and times.names_day(found)  # 医疗费算到2014年8月31日
    first = document.kind == "news" and section.document_period is None and not passing
    lead = first and found.relation in ("in", "by")
    spans = ("in", "by", "as_of") if facts else ("in", "by")
    whole = (found.relation in spans and _spans_year(found) and found.origin == "stated") or lead
    if whole or _looks_back(found, document):
        section = section._replace(document_period=found, document_level=section.heading_level)
    return found, section


def _within(found: Period, around: Period | None) -> bool:
    """Whether it ends in one of the years that another period spans."""
    if around is None or not times.spans_years(around) or not found.end:
        return False
    return (around.start or "")[:4] <= found.end[:4] <= (around.end or "")[:4]


def _looks_back(found: Period, document: DocumentFrame) -> bool:
    """去年 in a news item of the first months: what follows tells of that year too, whatever else the lead said."""
    date = document.date or ""
    early = document.kind == "news" and "01" <= date[5:7] <= _SPRING
    return early and found.origin == "relative" and _spans_year(found) and found.year == int(date[:4]) - 1


def _moved_on(found: Period, last: Timed | None, document: DocumentFrame) -> Period:
    """1978年……，2023年……: facts told year by year, and a plan's steps, leave the last year to what follows."""
    ended = last.period if last is not None else found
    told = _stated_year(found) and _stated_year(ended) and document.kind in _TOLD_YEAR_BY_YEAR
    known = document.anchor if document.kind in TELLS_FACTS else None
    later = told and (found.year or 0) < (ended.year or 0) <= (known or ended.year or 0)
    return ended if later else found


def _stated_year(period: Period) -> bool:
    return period.origin == "stated" and period.relation == "in" and _spans_year(period)


def _spans_year(period: Period) -> bool:
    return bool(period.end and period.end.endswith("-12-31") and (not period.start or period.start.endswith("-01-01")))
