"""Whether a figure is a fact, an aim, an expectation or a rule's own: the nearest word that says so wins."""

from __future__ import annotations

import re
from bisect import bisect_left

from policyx.link import grants, times
from policyx.link.clauses import Surroundings
from policyx.link.context import DocumentContext
from policyx.link.naming import strip_start
from policyx.link.state import Draft, State
from policyx.link.status import OBJECT_MARKER, Cue, StatusWords, by_period
from policyx.link.tidying import tidy
from policyx.model import Mention, Period, Segment
from policyx.patterns import compiled
from policyx.rules.words import NameWords

_WHOLE_YEAR = compiled(r"全年|今年|年内|到?年底|明年|下半年")
_AIM_BEHIND = compiled(r"的(?:年度|全年|预期|控制|既定|预定|规划|奋斗){0,2}目标(?![一-鿿])")
_REACHED = compiled(r"(?:实现|完成|达到|超过)了")
_WITHIN_YEARS = compiled(r"(?<![近去一二三四五六七八九十0-9])[一二两三四五六七八九十0-9]{1,2}年内(?!来|共|累计|已)")
_PLAN = "(?<!还款)(?<!生产)(?<!招生)(?<!调整)计划"  # these plans are things of their own
_TASK = compiled(rf"(?:任务|考核指标|{_PLAN}|目标)(?:数|为|是)?$")
_SET = compiled(rf"(?:目标|任务|{_PLAN})(?:任务)?[数值]?(?:为|是|定为)?$")  # 全年产值目标201亿元
_TASK_ENDS = frozenset("务标划数值为是")  # what either ends with
_DOES = compiled(r"完成|争取|承担|获批|承接|超|占|比|达成|实现了|按|[高低快慢好优]于|高出|低出")
_DONE = compiled(r"[^，。；]{0,6}[，,](?:已|实际)?完成")
_TASKS_ARE = compiled(r"(?:任务|目标|指标)(?:是|为)?[：:]")
# a document that is told of: what it says in the next sentences is meant to be done
_PROVIDES = compiled(
    r"(?:文件|方案|规划|意见|措施|政策|纲要|计划|通知|实施细则)》?(?:还|同时)?(?:指出|提出|明确|要求|规定|强调)"
)
_OPENS_PLANS = compiled(
    r"(?:关于|对于?|围绕|展望|部署)(?:20[0-9]{2}年|今年|明年|新一年|下一步)的?[^，。]{0,6}(?:工作|任务)"
)
# a meeting that arranges the work of a year: what the next paragraphs count is meant
_ARRANGES = compiled(
    r"(?:部署|安排|谋划|明确)了?[^，。；]{0,10}(?:20[0-9]{2}年度?|今年|明年|下一?步|下阶段)[^，。；]{0,6}(?:工作|任务|目标)(?:目标|任务)?[。：:]"
)
# what may stand before 预计 that governs its whole sentence
_LEAD_IN = compiled(r"[（(]?[一二三四五六七八九十0-9]{0,2}[）)、.]?|初步|今年|全年|目前|[0-9]{4}年|，|\s")
_COUNTS = compiled(
    r"[个家项所名座处件户台套条](?:以上|左右)?$"
)  # 预计 speaks of totals and rates, not of single things
_DONE_BEHIND = compiled(r"超额完成|已|完成了|实现了")
_NOT_IN_RULES = frozenset({"status.actual.won", "status.forecast.built"})
_LOWEST_LEVEL = 99
_TOLD = compiled(r"上半年|季度|[0-9]月|截[至止]|目前|已|累计|去年|上年|同比|完成了|实现了")
_PART_OF_YEAR = compiled(r"上半年|[一二三四首前]季度?|[0-9]月")
_SEMICOLON = compiled(r"[；;]")
_MARK = compiled(r"[，,；;：:。、]")
_CLAUSE_BETWEEN = compiled(r"[，,；;].*[，,；;]")
# what a plan grants, in so many words: it also speaks of 配套 and 扶持 that it aims at
_GRANTS = compiled(
    r"给予|奖励(?!政策|机制|办法)|补[助贴偿](?!政策|机制|办法)|资助|报销|贴息|减免|(?:最高|不超过)[^，。；]{0,8}[扶支]持"
)
_DONE_TASKS = compiled(r"(?:完成|实现)了?[^，。；]{0,14}(?:目标任务|预期目标|奋斗目标)")
_SPOKEN = compiled(r"“[^”]{1,14}”|「[^」]{1,14}」|《[^》]{1,60}》")


class Stance:
    """Decides the status of each figure while a document's sentences are read in order."""

    def __init__(
        self, text: str, context: DocumentContext, state: State, words: NameWords, statuses: StatusWords
    ) -> None:
        self.text = text
        self.context = context
        self.state = state
        self.words = words
        self.statuses = statuses
        self._provided = [match.start() for match in _PROVIDES.finditer(text)]

    def enter(self, segment: Segment) -> None:
        """文件指出……: what follows in the paragraph is meant. 关于2011年工作，报告提出……: in a report such a sentence
        opens the part that plans, as a heading would."""
        at = bisect_left(self._provided, segment.span.start)
        if at < len(self._provided) and self._provided[at] < segment.span.end:
            self.state.planned = Cue("target", 0, "提出", "status.target")
        if self.context.kind == "report" and _OPENS_PLANS.match(self.text, segment.span.start):
            self.state.part, self.state.part_level = Cue("target", 0, "工作", "status.target"), _LOWEST_LEVEL

    def settle(self, draft: Draft, around: Surroundings, period: Period | None, segment: Segment) -> None:
        """Set the draft's status: from its clause, its period, the headings above, the kind of document, in order."""
        if draft.status == "policy":
            draft.reasons.append(("status", "what the rule grants"))
            return
        past = period is not None and period.origin in ("stated", "relative") and by_period(period, self.context)
        over = bool(past and past.status == "actual")
        kind = self.context.kind
        conditional = kind == "policy" and grants.GRANT.search(around.rest)  # of 2014, for what is granted
        said = around.rest + around.earlier
        granting = kind == "policy" or (kind == "plan" and _GRANTS.search(said))
        if conditional or (granting and not over and grants.GRANT.search(said)):
            draft.status = "policy"
            draft.rules.append("status.policy")
            draft.reasons.append(("status", "a condition or a limit of what the sentence grants"))
            return
        cue = self._behind(around, over=over) or self._cue(draft, around)
        why = f"the word {cue.word!r}" if cue else ""
        if cue is None and self._is_condition(segment):
            cue = self.statuses.section(segment.heading)
            why = "a condition under a heading of conditions"
        carried = bool(period and period.origin == "carried")
        told = carried and (self._is_background(segment) or (self._in_review(period) and times.spans_years(period)))
        nearer = self.context.kind == "report" or (period is not None and period.origin in ("stated", "relative"))
        if cue is None and nearer and not told:
            cue = by_period(period, self.context)
            why = f"the period {cue.word!r}" if cue else ""
        if cue is None and self.context.kind != "policy":
            cue = self._announced(segment)
            why = "tasks that the paragraph announces"
        if cue is None and not told:
            cue = by_period(period, self.context)
            why = f"the period {cue.word!r}" if cue else ""
        if cue is None:
            cue = self._section(segment)
            why = f"the heading's word {cue.word!r}" if cue else ""
        if cue is None and self.context.kind in ("news", "communique"):
            cue = self.state.mode
            why = f"the word {cue.word!r} further up" if cue else ""
        if cue is None:
            cue = Cue(self.context.status, 0, "", self.context.status_rule)
            why = f"a {self.context.kind}'s figures are {self.context.status} unless something says otherwise"
        if cue.status == "target" and _TASKS_ARE.search(around.earlier + around.left):
            self.state.planned = cue
        draft.status = cue.status
        draft.rules.append(cue.rule)
        draft.reasons.append(("status", why))

    def _behind(self, around: Surroundings, *, over: bool) -> Cue | None:
        """低于3.5%的控制目标: what stands behind the figure calls it an aim; not where it was reached, or years ago."""
        found = None if _REACHED.search(around.left) else _AIM_BEHIND.match(around.right)
        if not found and not over and "年内" in around.raw_left:
            found = _WITHIN_YEARS.search(around.raw_left)
        if not found and around.left[-1:] in _TASK_ENDS:
            found = self._set(around)
        return Cue("target", 0, found[0], "status.target", local=True) if found else None

    def _set(self, around: Surroundings) -> re.Match[str] | None:
        """The word before the figure that calls it an aim: 任务, 目标为."""
        found = None
        if around.bracketed:
            found = _TASK.search(around.left) or _SET.search(around.left)  # 造林17015亩（任务14815亩）
        if not found and not _DOES.search(around.left):
            found = _SET.search(around.left)
        if not found and _TASK.search(around.left):
            found = _DONE.match(around.rest)
        return found

    def _announced(self, segment: Segment) -> Cue | None:
        """主要任务是：……。实现……: tasks go on in the next sentence, until one tells what was done."""
        sentence = self.text[segment.span.start : segment.span.end]
        if self.state.planned and _TOLD.search(sentence):
            self.state.planned = None
        return self.state.planned

    def _section(self, segment: Segment) -> Cue | None:
        """What the headings say; in a report the part (review or plan) that the last telling heading opened."""
        report = self.context.kind == "report"
        cue = self.statuses.section(segment.heading, from_top=report)
        if report and cue and cue.status == "policy":
            cue = None
        if self.context.kind == "communique" and cue and cue.rule == "status.section.task":
            cue = None  # a summary's headings sound like tasks
        if cue is None and report:
            return self.state.part
        return cue

    def _is_condition(self, segment: Segment) -> bool:
        if self.context.kind not in ("policy", "news"):
            return False
        cue = self.statuses.section(segment.heading)
        return cue is not None and cue.status == "policy"

    def is_background(self, draft: Draft, period: Period | None, segment: Segment) -> bool:
        """A fact under 发展基础 and the like is not of the years that the plan is for, nor one in a report's review of
        those of a plan that the review mentions."""
        carried = period is not None and period.origin == "carried" and times.spans_years(period)
        if carried and period and period.year and period.year < (self.context.anchor or 0):
            return False  # of years that are over it may well be
        return draft.status == "actual" and carried and (self._is_background(segment) or self._in_review(period))

    def _in_review(self, period: Period | None) -> bool:
        """In a report's part that looks back, a period that is not over."""
        part, anchor = self.state.part, self.context.anchor
        ahead = bool(period and period.year and anchor and period.year >= anchor)
        return ahead and part is not None and part.status == "actual" and self.context.kind == "report"

    def _is_background(self, segment: Segment) -> bool:
        """True under 发展基础 and the like in a plan: the plan's own period does not make its figures aims."""
        if self.context.kind != "plan":
            return False
        cue = self.statuses.section(segment.heading)
        return cue is not None and cue.status == "actual"

    def _cue(self, draft: Draft, around: Surroundings) -> Cue | None:
        """The deciding word since the last figure; else the one that still reaches this figure."""
        state = self.state
        gap = _SEMICOLON.split(around.gap)[-1]
        behind = self.text[around.stop : around.stop + 24]
        if "将" in gap and OBJECT_MARKER.match(gap[gap.rfind("将") :] + "□" + behind):
            gap = gap.replace("将", "\u3000")
        found = self.statuses.cue(_without_spoken(gap))
        if found and found.rule in _NOT_IN_RULES and self.context.kind == "policy":
            found = None
        if found and found.status == "forecast" and state.cue and state.cue.status == "target" and not state.cue.local:
            found = None  # 目标任务是：……，预计比上年增长24.8%: what an aim would come to is aimed at too
        if found:
            if found.status == "target" and state.part and state.part.status == "actual":
                found = found._replace(local=True)  # in a review an aim is an aside
            opening = self.text[around.start - len(around.earlier) : around.stop]
            lead_in = opening[: max(0, opening.find(found.word))]
            state.cue = found = found._replace(opens=found.status == "forecast" and not _LEAD_IN.sub("", lead_in))
            lead = _WHOLE_YEAR.sub("", _MARK.split(around.gap[: found.at])[-1])
            state.cue_topic = "" if len(strip_start(tidy(lead), self.words)) < 2 else state.topic
            return found
        if state.cue and not self._still_reaches(state.cue, draft, around):
            state.cue = None
        return state.cue

    def _still_reaches(self, cue: Cue, draft: Draft, around: Surroundings) -> bool:
        """An aim reaches to the end of its sentence; 拟 its own list; an expectation until another thing, or a clause
        without figures, comes between."""
        if cue.status == "actual":
            return False
        if cue.local:
            return around.mark in "、和" or draft.dependent
        if cue.status == "target":
            return not (self.context.kind == "news" and _PART_OF_YEAR.search(around.gap))
        if cue.opens:
            counted = _COUNTS.search(self.text, max(0, around.stop - 6), around.stop)
            if not counted and not _DONE_BEHIND.search(around.right):
                return True
        same = not self.state.cue_topic or draft.dependent or self.state.topic == self.state.cue_topic
        skipped = _CLAUSE_BETWEEN.search(around.gap)
        return same and not skipped and bool(around.left.strip("、，, ") or draft.dependent)

    def remember(self, segment: Segment, all_times: list[Mention]) -> None:
        """今年……将全面实施……: what follows is planned, until a time that is over, or a heading, comes."""
        spans = [m for m in all_times if m.time and segment.span.start <= m.span.start < segment.span.end]
        anchor = self.context.anchor
        for mention in spans:
            assert mention.time is not None
            if mention.rejected or mention.time.baseline or mention.time.anchor == "frame":
                continue
            known = anchor is not None and self.context.anchor_known
            stated = known and mention.time.last is not None and mention.time.last >= (anchor or 0)
            told = mention.time.text.endswith("来") or (mention.time.months or (1, 12))[1] < 12
            self.state.ahead = stated or (mention.time.anchor == "document" and mention.time.offset >= 0 and not told)
            if not self.state.ahead:
                self.state.mode = None
        if self.state.ahead:
            cue = self.statuses.cue(_without_spoken(self.text[segment.span.start : segment.span.end]))
            if cue and cue.status == "target":
                self.state.mode = cue
        if self.context.kind == "news" and _ARRANGES.search(self.text, segment.span.start, segment.span.end):
            self.state.mode = Cue("target", 0, "部署", "status.target")


def _without_spoken(text: str) -> str:
    """With blanks for quotations and titles, and for aims that were reached, which decide nothing."""
    if "“" in text or "《" in text or "「" in text:
        text = _SPOKEN.sub(_blank, text)
    return _DONE_TASKS.sub(_blank, text) if "目标" in text else text


def _blank(match: re.Match[str]) -> str:
    return "\u3000" * len(match[0])
