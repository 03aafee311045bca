"""The period in force: what a sentence's own times say, and what paragraphs, headings and the document set before."""

from __future__ import annotations

from policyx.link import times
from policyx.link.clauses import is_bracketed
from policyx.link.context import DocumentContext
from policyx.link.naming import strip_start
from policyx.link.state import State
from policyx.link.tidying import tidy
from policyx.model import Baseline, Mention, Period, Segment, TimeExpression
from policyx.patterns import compiled
from policyx.rules.words import NameWords

_REPORTED = compiled(
    r"^(?:[^。]{2,24}?(?:(?:指出|显示|表示|认为|透露|介绍|获悉|公布|称|说|提到|提出|讲到|了解到|强调)[，,：:]?"
    r"|(?:消息|监测|统计|数据|测算)[，,：:]))+"
)
_DATELINE = compiled(
    r"^\s*(?:本报|本网|[^，。；：（()]{2,10}(?:日|社|网))?[^，。；：（()]{0,12}[讯电](?:[（(][^（）()]{1,24}[）)])?\s*"
)
_UNTIL = compiled(
    r"(?:(?:力争|争取|计划|规划|提出|明确|确保|要求|预计|目标是)?(?:到|至)|(?:力争|争取|计划|确保|预计))$"
)
# who plans: a place, or a document in title marks
_PLANNER = compiled(r"[一-鿿]{0,8}?(?:省|市|县|区|州|盟|旗|国)|《[^》]{2,40}》(?:提出|明确|要求|指出)?|[一-鿿]{2,6}")
_OURS = compiled(r"(?:我|全|本)[市省区县国州镇院局]|截|力争|全国|综观")
_ANNOUNCES = compiled(r"(?:工作|任务|几个?方面|目标|安排|重点)[：:。]?$|[：:]$")
_ARRANGED = compiled(r"(?:部署|安排|谋划|明确)了?[^，。；]{0,10}$")
_WORK = compiled(r"度?[^，。；]{0,6}(?:工作|任务|目标)(?:目标|任务)?[。：:]")
_ITS_OWN = compiled(r"的约?")
_RATIO = compiled(r"[约近]?[0-9.]{1,12}\s?(?:多|余)?(?:倍|番|[%％]|个百分点)")
_BECAME = compiled(r"(?:提高|增加|增长|下降|降低|减少|上升|调整|优化|发展|扩大|缩小|增|升|降)(?:到|至|为)")
_NOW = compiled(r"目前|如今|当前|至今|现已|现有|当今|现在")
_OPENS_NOW = compiled(rf"\s{{0,8}}(?:截[至止]到?)?(?:{_NOW.pattern})")
_TITLE_BEFORE = compiled(r"(?:规划|方案|计划|纲要|意见|措施|办法)[（(]$")
_JUST_OVER = compiled(r"^(?:各位(?:代表|委员|同志)[，,！!、]?)?(?:在?(?:刚刚|已经|即将)?过去的)?$")
_SEPARATOR = compiled(r"[，,；;。]|(?<![0-9])[：:](?![0-9])")
_MARK = compiled(r"[，,；;。：:]")
_SETS_ALL = compiled(r"[^，,；;。]{0,24}(?<![0-9])[：:](?![0-9])")  # 提出2019年预期目标：
_DEFINES = compiled(r"[，,]?(?:正?是|作为)")
_MAY_OPEN_NOW = frozenset("截目如当至现今 \u3000")
_BY_SOURCE = ("根据", "据", "依据", "按照", "按")


def _unless_over(period: Period | None, anchor: int) -> Period | None:
    return None if period and period.year and period.year < anchor else period


class Frames:
    """Keeps the period while a document's sentences are read in order."""

    def __init__(self, text: str, context: DocumentContext, state: State, words: NameWords) -> None:
        self.text = text
        self.context = context
        self.state = state
        self.words = words

    def enter(self, segment: Segment) -> None:
        """截至目前 at the head of a sentence ends the past year that a news item has told of."""
        state, anchor = self.state, self.context.anchor
        if self.text[segment.span.start] not in _MAY_OPEN_NOW or not _OPENS_NOW.match(self.text, segment.span.start):
            return
        if self.context.kind in ("plan", "news", "policy") and times.spans_years(state.period or state.document_period):
            state.period = state.section_period = state.document_period = None
        if self.context.kind != "news" or anchor is None:
            return
        state.period = _unless_over(state.period, anchor)
        state.section_period = _unless_over(state.section_period, anchor)
        state.document_period = _unless_over(state.document_period, anchor)

    def inherited(self) -> Period | None:
        """The period that the text further up has set, or None."""
        found = self._standing()
        return times.carried(found) if found else None

    def _resolve(self, time: TimeExpression, frame: Period | None) -> Period | None:
        context = self.context
        if time.anchor == "horizon":
            return frame if self.state.horizon is None else times.carried(self.state.horizon)
        anchor = context.spoken or context.anchor if time.anchor == "document" else context.anchor
        if context.kind == "communique" and context.actual_year and time.text in ("上年", "上一年", "上年度"):
            anchor = context.actual_year
        dated = frame or self._year_of_month(time)
        return times.resolve(time, anchor, dated, context.actual_year if context.kind == "report" else None)

    def _year_of_month(self, time: TimeExpression) -> Period | None:
        """5月24日 in a news item of 4 June: of its own year; 12月 in an item of January: of the year before."""
        date = self.context.date
        if self.context.kind != "news" or time.anchor != "frame" or not time.months or not date or len(date) < 7:
            return None
        return times.from_document(int(date[:4]) - (time.months[1] > int(date[5:7])))

    def _standing(self) -> Period | None:
        state = self.state
        return state.period or state.section_period or state.document_period

    def advance(
        self, segment: Segment, low: int, high: int, all_times: list[Mention], current: Period | None
    ) -> tuple[Period | None, Period | None, Baseline | None]:
        """What the times between two offsets of a sentence set: the period from here on, one that holds for the next
        figure alone, and the baseline."""
        base = once = None
        for mention in all_times:
            if not low <= mention.span.start < high or mention.time is None or mention.rejected:
                continue
            if self._is_vague(mention) or self._is_titled(mention):
                continue
            if mention.time.baseline:
                base = times.baseline(mention, self.context, current or self.inherited())
                compared = self.text[max(0, mention.span.start - 1) : mention.span.start] in ("比", "较")
                own = compared and _ITS_OWN.fullmatch(self.text, mention.span.end, high)
                if mention.time.last and own and not _RATIO.match(self.text, high):
                    once = self._resolve(mention.time, None)  # 比2010年的1吨标准煤降低: the 1吨 is of 2010
                continue
            if not self._reaches(mention, segment, high) or self._is_start(mention, high):
                continue
            found = self._resolve(mention.time, current or self.inherited())
            standing = current or self.inherited()
            if found and self._of_one_figure(mention, high) and mention.time.offset == -1 and standing:
                found = times.from_document((standing.year or 0) - 1) if standing.year else found  # 由上年的40.9%
            if found and (self._of_one_figure(mention, high) or self._in_brackets(mention, segment)):
                once = found
            elif found:
                current = found
            elif mention.time.anchor == "document":
                current = Period(mention.time.text, None, None, mention.time.relation, "relative")
        if current is not self.state.period and self._now(low, high, all_times):
            current = self.state.period
        return current, once, base

    def _now(self, low: int, high: int, all_times: list[Mention]) -> bool:
        """于2022年3月落户，目前已建成2个: 目前 ends what an earlier date began."""
        last = max((m.span.end for m in all_times if low <= m.span.start < high), default=low)
        return bool(_NOW.search(self.text, last, high))

    def _is_vague(self, mention: Mention) -> bool:
        """近年来 is a year of its own only in the review of a report."""
        return "period.recent_years" in mention.rules and self.context.kind != "report"

    def _is_aside(self, mention: Mention, segment: Segment) -> bool:
        """In brackets that do not open the sentence."""
        return self.text[segment.span.start] not in "（(" and self._in_brackets(mention, segment)

    def _is_titled(self, mention: Mention) -> bool:
        """建设方案（2022－2025年）: the years that a document is for are part of its title."""
        return bool(_TITLE_BEFORE.search(self.text, max(0, mention.span.start - 6), mention.span.start))

    def _is_start(self, time: Mention, figure: int) -> bool:
        """由2018年的5.7:49.3:45.0调整为……: where a change began, said of no figure that is read."""
        begins = self.text[max(0, time.span.start - 2) : time.span.start].endswith(("由", "从", "自"))
        if not begins or time.time is None or time.time.relation != "in" or self._of_one_figure(time, figure):
            return False
        return bool(_BECAME.search(self.text, time.span.end, time.span.end + 40))

    def _in_brackets(self, time: Mention, segment: Segment) -> bool:
        return is_bracketed(self.text[segment.span.start : time.span.start])

    def _of_one_figure(self, time: Mention, figure: int) -> bool:
        """由2017年的210亿元提高到320亿元: 2017 belongs to the figure that it stands before, not to the next."""
        before = self.text[max(0, time.span.start - 2) : time.span.start]
        return (
            before.endswith(("由", "从", "自"))
            and figure - time.span.end <= 12
            and "，" not in self.text[time.span.end : figure]
        )

    def _reaches(self, time: Mention, segment: Segment, figure: int) -> bool:
        """A time reaches a later clause only where it leads its own: in 于2022年3月落户，已建成2个 the 2 are not
        of 2022. A time in brackets stays inside them."""
        between = self.text[time.span.end : figure]
        if between.count("）") + between.count(")") > between.count("（") + between.count("("):
            return False
        separator = _SEPARATOR.search(between)
        if not separator or separator[0] in "：:":
            return True
        opening = _DATELINE.sub("", self.text[segment.span.start : time.span.start])
        before = _UNTIL.sub("", _MARK.split(opening)[-1])
        if time.time and time.time.relation == "by" and _PLANNER.fullmatch(before):
            return True
        lead = strip_start(tidy(before), self.words)
        return not lead or bool(_OURS.fullmatch(lead)) or lead in _BY_SOURCE

    def remember(self, segment: Segment, all_times: list[Mention]) -> None:
        """A period that opens a sentence holds for the rest of the paragraph; one that opens a paragraph also for the
        next, until another takes its place."""
        if not all_times:
            return
        self._look_ahead(segment, all_times)
        line = self.text[segment.span.start : segment.span.end]
        if self.context.kind == "report" and line.strip() == self.context.title:
            return  # named for the year that it plans, it tells of the one before
        found = None
        for lead in (self._leading_time(segment, all_times), self._announced_time(segment, all_times)):
            if lead is not None and lead.time is not None:
                found = self._resolve(lead.time, self._standing())
            if found is not None:
                break
        if (
            lead is None
            or lead.time is None
            or self._only_defines(lead)
            or found is None
            or found.relation == "since"
            or self._is_signature(segment, lead)
        ):
            return
        self.state.period = found
        section = self.state.section_period
        if section and (section.year or 0) > (found.year or 0) and self.text.startswith("是", lead.span.end):
            self.state.section_period = found  # 2008年是开局年: from the next five years to the first of them
        known = self.context.anchor if self.context.anchor_known else None
        if self.context.kind == "news" and lead.time.first and known and lead.time.first > known:
            return  # a news item speaks of the future in passing
        lasts = lead.time.day is None or self.text.startswith(("至", "到", "—", "-"), lead.span.end)
        if lasts and (year := self._year_of_month(lead.time)):
            self.state.document_period = self.state.document_period or year  # an item of one week or month
        if _ANNOUNCES.search(self.text[segment.span.start : segment.span.end]):
            self.state.section_period, self.state.section_level = found, self.state.heading_level
        if lead.time.first and lead.time.day is None and found.relation in ("in", "by") and lead.time.months is None:
            self.state.document_period, self.state.document_level = found, self.state.heading_level

    def _look_ahead(self, segment: Segment, all_times: list[Mention]) -> None:
        """到2035年 in any sentence is what 届时 means in the next."""
        for mention in all_times:
            inside = segment.span.start <= mention.span.start < segment.span.end
            time = mention.time if inside and not mention.rejected else None
            if time and time.last and (time.relation == "by" or time.last > (self.context.anchor or time.last)):
                self.state.horizon = times.resolve(time, self.context.anchor, None)

    def _only_defines(self, lead: Mention) -> bool:
        """“十四五”时期，是……的关键时期: says what the years are, not what happens in them, if they are not over."""
        over = lead.time is not None and (lead.time.last or 0) < (self.context.anchor or 0)
        plan = lead.time is not None and lead.time.first != lead.time.last and not over
        return plan and bool(_DEFINES.match(self.text, lead.span.end, lead.span.end + 4))

    def _announced_time(self, segment: Segment, all_times: list[Mention]) -> Mention | None:
        """The year that a clause of the sentence sets for what follows: 提出2019年预期目标：, or 其中提到，到2025年."""
        for mention in all_times:
            if not segment.span.start <= mention.span.start < segment.span.end or mention.time is None:
                continue
            if mention.rejected or mention.time.baseline or mention.time.months or mention.time.day:
                continue
            if self._in_brackets(mention, segment):
                continue
            if self._is_start(mention, segment.span.end) or self.text.startswith("的", mention.span.end):
                continue
            rest = self.text[mention.span.end : segment.span.end]
            clause = _MARK.split(self.text[segment.span.start : mention.span.start])[-1]
            leads = not strip_start(tidy(clause), self.words)
            if self.context.kind == "news" and _ARRANGED.search(clause) and _WORK.match(rest):
                return mention
            if (leads and mention.time.relation == "by") or _SETS_ALL.match(rest):
                return mention
        return None

    def _is_signature(self, segment: Segment, time: Mention) -> bool:
        """A line that is only a date signs the document; it says nothing of the figures."""
        line = self.text[segment.span.start : segment.span.end]
        return len(line.strip("（）() 。")) <= time.span.end - time.span.start + 2

    def _leading_time(self, segment: Segment, all_times: list[Mention]) -> Mention | None:
        """The time that a sentence opens with, behind a reporting verb or the place at most."""
        for mention in all_times:
            if mention.span.start >= segment.span.end:
                break
            if mention.span.start < segment.span.start or mention.rejected or not mention.time or mention.time.baseline:
                continue
            if self._is_vague(mention) or self._is_aside(mention, segment):
                continue
            before = _UNTIL.sub("", _DATELINE.sub("", self.text[segment.span.start : mention.span.start]))
            plain = strip_start(_REPORTED.sub("", tidy(before)), self.words).strip('—-－ ：:，,“"')
            plain = _JUST_OVER.sub("", plain)
            if before.endswith(("由", "从", "自")) or self.text.startswith("的", mention.span.end):
                return None
            if not plain or _OURS.fullmatch(plain):
                return mention
        return None
