"""The status of a figure: what its clause, its period, the headings, and the kind of document propose, the strongest
first. Which proposal wins is a rule of kind `decision`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from policyx.clause import Clause, lexicon
from policyx.construct import Figure, constructions
from policyx.decide.accounts import AccountReader
from policyx.decide.discourse import Discourse
from policyx.model import Link, Period, Segment
from policyx.outline import times
from policyx.outline.evidence import Paragraphs
from policyx.outline.frame import DocumentFrame
from policyx.outline.sections import Section
from policyx.outline.status import PLANNED_YEARS, REVIEWED, TELLS_FACTS, Cue, by_period, heading_words
from policyx.rules import Entry, Rules
from policyx.tuples import NamedTuple

_LIMITS = frozenset({"ge", "gt", "le", "lt", "range"})
_ASKED = frozenset({"ge", "le", "lt", "range"})
_COUNTS = frozenset({"count", "people"})
_RATES = frozenset({"percent", "point", "multiple"})
_ANNOUNCED = "document.news.announced"
_SUMS_UP = frozenset({"report", "communique"})  # below a heading that names a benefit they tell what was paid
_APRIL = "04"  # a fiscal year begins in it
_MANY_AIMS = 3  # from which on a text speaks of aims
_BY_ITSELF = ("document.", "status.paragraph", "goes_on.")  # rules that hold where nothing is said of the figure


class Situation(NamedTuple):
    """What a status is decided from: the figure's place, its period (and by what it was found), the segment, what was
    said, what holds in the section; `granted`: a rule gives the figure; `grants`: the sentence grants something;
    `over`: the period is over, though nobody knows its year, or (`ahead`) still to come."""

    clause: Clause
    at: int
    figure: Figure
    period: Period | None
    segment: Segment
    discourse: Discourse
    section: Section
    granted: str
    grants: bool
    over: bool = False
    ahead: bool = False


class StatusReader:
    """Proposes the statuses of figures of one document."""

    def __init__(
        self,
        document: DocumentFrame,
        rules: Rules,
        paragraphs: Paragraphs | None,
        *,
        thorough: bool,
    ):
        self._document = document
        self._thorough = thorough
        self._words = lexicon(rules)
        self._found = constructions(rules)
        self.accounts = AccountReader(document, self._found)
        self._headings = heading_words(rules)
        self._paragraphs = paragraphs
        self._applied = tuple(rules.words("marker", "applied_year"))
        self._cues = _cues(rules, document.kind)
        self._planned_below = frozenset(entry["id"] for entry in self._cues.values() if entry.get("planned_below"))
        self._strong = frozenset(
            word
            for word, entry in self._cues.items()
            if entry["status"] == "target" and entry["scope"] == "sentence" and not entry.get("weak")
        )
        self._order = next(
            tuple(entry["order"])
            for entry in reversed(rules.of("decision"))
            if entry["slot"] == "status" and document.kind in entry.get("kinds", (document.kind,))
        )
        self._proposers: dict[str, Callable[[Situation], Cue | None]] = {
            "grant": self._grant,
            "construction": self._construction,
            "set": self._set,
            "cue": self._cue,
            "condition": self._condition,
            "own_period": self._own_period,
            "announced": lambda s: s.discourse.planned,
            "period": self._carried_period,
            "section": self._section,
            "mode": lambda s: s.discourse.mode,
            "goes_on": self._goes_on,
            "paragraph": self._paragraph,
            "document": self._default,
        }

    def links(self, situation: Situation) -> list[Link]:
        """Every proposal for the figure's status, the winner first."""
        found = []
        for source in self._order:
            cue = self._proposers[source](situation)
            if cue is not None:
                found.append(Link("status", cue.status, cue.rule, cue.word))
                if not self._thorough:
                    break
        return found

    def cue(self, clause: Clause, at: int, before: Cue | None, *, fresh: bool) -> Cue | None:
        """The status word at word `at` of the clause, or None where it decides nothing there; `before` is the last one,
        `fresh` where no figure has stood since."""
        start, end = clause.starts[at], clause.ends[at]
        said = clause.text[start:end]
        if at in clause.mentions:
            said = next((said[low:] for low in range(len(said)) if said[low:] in self._cues), "")
        word = next((said[:size] for size in range(len(said), 0, -1) if said[:size] in self._cues), "")
        if not word:
            return None
        entry, behind = self._cues[word], end - len(said) + len(word)  # 将|达到12个
        if clause.text.endswith(tuple(entry.get("not_after", ())), 0, start) or clause.text.startswith(
            tuple(entry.get("not_before", ())), behind
        ):
            return None
        if self._found.first("no_cue", clause, at, Figure(entry["status"], said, self._document.kind)):
            return None
        status = entry["status"]
        weak = entry.get("weak") and (fresh or clause.has("change", at + 1, at + 3))
        if weak and before is not None and before.status == "forecast":
            return before  # 预计将, 预测全球增长2%，美国将增长1%: the modal says nothing of its own
        aimed = before is not None and before.word in self._strong and not before.local
        if not fresh and aimed and status == "forecast":
            return None  # what an aim would come to is aimed at too
        return Cue(status, said, entry["id"], entry["scope"] == "clause")

    def _grant(self, s: Situation) -> Cue | None:
        if s.granted:
            return Cue("policy", s.granted, "status.policy")
        if not s.grants or self._aimed(s) or self._told_first(s) or self._foretold(s) or self.accounts.tell(*_told(s)):
            return None  # 力争培育100家，每家奖励50万元: only what is behind is granted
        limits = self._document.kind == "plan" and self._limits(s)
        limits = limits or (self._document.kind == "news" and self._lasts(s))
        return Cue("policy", "", "status.policy") if limits or self._document.kind == "policy" else None

    def _foretold(self, s: Situation) -> bool:
        """今年预计支出2.3亿元 beside what is given; not 对预计投资3亿元的渔港给予……."""
        cue = s.discourse.said.cue
        foretold = cue is not None and cue.status == "forecast" and s.figure.bound not in _LIMITS
        asked = s.clause.has("to", s.clause.start(s.at), s.at) or "of" in s.clause.roles(s.at + 1)
        return foretold and not asked

    def _told_first(self, s: Situation) -> bool:
        """Whether a count, or what was given, closes a clause of its own, which may tell a fact or an aim:
        目前已有渔港12家，对新增的给予……; 已发放补贴300万元."""
        start = s.clause.start(s.at)
        told = s.figure.dimension in _COUNTS or s.clause.has("perfect", start, s.at)
        closes = s.clause.has("hard", s.at + 1, s.at + 2) and not s.clause.has("to", start, s.at)
        return told and closes and (s.figure.bound not in _LIMITS or self._document.kind == "plan")

    @staticmethod
    def _lasts(s: Situation) -> bool:
        """How long, or on how large an area, it is given that the news tell of: ……补贴，期限最长36个月."""
        return s.figure.dimension == "duration" or (s.figure.dimension == "area" and s.figure.bound in _ASKED)

    def _limits(self, s: Situation) -> bool:
        """In a plan 项目500项 and 递增6% are meant all the same, and what is over is no limit."""
        counted = s.figure.bound == "eq" and s.figure.dimension in _COUNTS
        changes = s.figure.dimension in _RATES and s.clause.has("change", s.clause.start(s.at), s.at)
        return not (counted or changes or self.accounts.over(s.period))

    def _aimed(self, s: Situation) -> bool:
        """Whether a strong word of aim stands before the figure, and no word of a grant."""
        cue = s.discourse.said.cue
        return (
            cue is not None
            and cue.status == "target"
            and cue.word in self._strong
            and not s.clause.has("grant", 0, s.at)
        )

    def _cue(self, s: Situation) -> Cue | None:
        """The last status word. 已回国且工作满3个月; 截至上年底职工300人以上: what a rule asks is no fact, whatever was
        done before."""
        cue = s.discourse.said.cue
        asked = self._document.kind == "policy" and (s.figure.dimension == "duration" or s.figure.bound in _ASKED)
        if cue is not None and cue.rule in self._planned_below and self._plans_ahead(s):
            return None  # 预算草案: ……收入预期5亿元
        if cue is None and s.period is not None and self.accounts.tell(*_told(s)):
            return Cue("actual", s.period.text, "status.period.past")
        return None if asked and cue is not None and cue.status == "actual" else cue

    def _construction(self, s: Situation) -> Cue | None:
        match = self._found.first("status", s.clause, s.at, s.figure)
        if match is None or (match.construction.gives.get("unless_over") and self._past(s.period)):
            return None
        cue = s.discourse.said.cue
        if match.construction.gives.get("unless_foretold") and cue is not None and cue.status == "forecast":
            return None  # 预计三年内实现产值3亿元
        return Cue(str(match.construction.gives["status"]), match.said("cue"), match.construction.id, local=True)

    def _past(self, period: Period | None) -> bool:
        """A stated period of a year before the document's; what was set on a day of its own year goes on."""
        anchor = self._document.anchor
        return self.accounts.over(period) and not (period and period.year and anchor and period.year >= anchor)

    def _set(self, s: Situation) -> Cue | None:
        """In an item that announces benefits, fees or limits: what is set, and what is asked of those who get it."""
        if not self._document.sets_rates or self._past(s.period):
            return None
        match = self._found.first("set", s.clause, s.at, s.figure)
        return Cue("policy", "", match.construction.id, local=True) if match else None

    def _condition(self, s: Situation) -> Cue | None:
        """In the news a headline of a benefit sets the amounts, and not how many gain: 惠及118万人."""
        counted = self._document.kind == "news" and s.figure.dimension in _COUNTS
        if counted or self._document.kind not in ("policy", "news"):
            return None
        cue = self._said_above(s.segment)
        return cue if cue and cue.status == "policy" else None

    def _own_period(self, s: Situation) -> Cue | None:
        """What the period says that the sentence itself states; in a report any period. From when a rule holds says
        nothing."""
        if self._is_condition(s.period):
            return None
        if self._applies(s) or self._has_begun(s.period):
            return None
        if (s.over or s.ahead) and s.period is not None:
            said = ("actual", "status.period.past") if s.over else ("target", "status.period.future")
            return Cue(said[0], s.period.text, said[1])
        stated = s.period is not None and s.period.origin in ("stated", "relative")
        return (
            by_period(s.period, self._document)
            if (stated or self._document.kind == "report") and not self._told(s)
            else None
        )

    def _is_condition(self, period: Period | None) -> bool:
        """In a rule, from when it holds, or by which day somebody has to do what it asks."""
        kind = self._document.kind
        begins = period is not None and period.relation == "since" and kind == "policy"
        return begins or times.is_deadline(period, kind)

    def _applies(self, s: Situation) -> bool:
        """上年度产值不低于500万元 in a rule: a limit for the year before whoever applies does so; what a rule asks to
        last is a condition in any year."""
        if s.period is None or self._document.kind != "policy":
            return False
        if s.figure.dimension == "duration":
            return True
        return s.figure.bound in _LIMITS and s.period.text.startswith(self._applied)

    def _has_begun(self, period: Period | None) -> bool:
        """2021/2022学年 in a news item of September 2021, or 2023-24年度 in one of October and in accounts of 2023: it
        ends in the next year, and is no aim."""
        anchor, kind, date = self._document.anchor, self._document.kind, self._document.date or ""
        if period is None or not period.start or not anchor or kind not in TELLS_FACTS:
            return False
        spans = bool(period.end and int(period.end[:4]) == int(period.start[:4]) + 1 and period.relation == "in")
        told = kind == "communique" or date[5:7] > _APRIL or (not date and self._document.status_rule == _ANNOUNCED)
        return spans and int(period.start[:4]) <= anchor and told

    def _carried_period(self, s: Situation) -> Cue | None:
        begins = self._is_condition(s.period)
        meant = s.discourse.mode is not None and s.discourse.mode.opens  # 2021年定下这些目标↓, on a page of 2022
        silent = begins or meant or self._applies(s) or self._told(s) or self._has_begun(s.period)
        return None if silent else by_period(s.period, self._document)

    def _told(self, s: Situation) -> bool:
        """A period carried into a part whose heading tells facts or plans says nothing of them."""
        carried = s.period is not None and s.period.origin == "carried"
        return carried and (
            self._is_background(s.segment)
            or (self._in_review(s) and times.spans_years(s.period))
            or self._plans_ahead(s)
        )

    def _plans_ahead(self, s: Situation) -> bool:
        """Under 下半年工作计划 in a summary, in the year that the summary is of."""
        if self._document.kind != "communique":
            return False
        cue = self._section(s)
        year, told = s.period.year if s.period else None, self._document.actual_year
        return bool(cue and cue.status == "target" and year and told and year >= told)

    def _section(self, s: Situation) -> Cue | None:
        """What the headings say; in a report the part (review or plan) that the last telling heading opened."""
        report, mode = self._document.kind == "report", s.discourse.mode
        cue = self._said_above(s.segment, from_top=report)
        if cue and (
            (mode is not None and mode.opens and cue.status == "actual")  # 2024年将做好以下工作, below 2023年工作总结
            or (cue.status == "policy" and self._document.kind in _SUMS_UP)
            or (self._document.kind in ("communique", "policy") and cue.rule == "status.section.task")
        ):
            cue = None  # a summary's headings sound like tasks, and a notice's title: 关于做好申报工作的通知
        return s.section.part if cue is None and report else cue

    def heads_facts(self, segment: Segment) -> bool:
        """Whether the heading above says that what stands below it was done, also among rules: 目前参保情况如何？"""
        cue = self._said_above(segment)
        return cue is not None and cue.status == "actual"

    def _said_above(self, segment: Segment, *, from_top: bool = False) -> Cue | None:
        """What the headings above say; those of a news item are headlines, and only words that look ahead or back count
        in its title."""
        said = partial(self._headings.section, reviews=self._document.reviews)
        if self._document.kind != "news":
            return said(segment.heading, from_top=from_top)
        cue = said(segment.heading, headlines=True)
        if cue is None or cue.rule == REVIEWED or self._headings.looks_ahead(cue):
            return cue
        if not _alike(segment.heading[0], self._document.title or ""):
            return cue
        return said(segment.heading[1:], headlines=True)

    def _goes_on(self, s: Situation) -> Cue | None:
        """What is said to be done, without a word that it was, where the text has spoken of aims until now."""
        if s.discourse.aimed < _MANY_AIMS:
            return None
        match = self._found.first("goes_on", s.clause, s.at, s.figure)
        return Cue(str(match.construction.gives["status"]), "", match.construction.id) if match else None

    def _paragraph(self, s: Situation) -> Cue | None:
        """In a text without a head, what its paragraph tells."""
        said = self._paragraphs.status(s.segment) if self._document.excerpt and self._paragraphs else None
        return Cue(said[0], said[1], "status.paragraph") if said else None

    def _default(self, s: Situation) -> Cue | None:
        return Cue(self._document.status, "", self._document.status_rule)

    def _in_review(self, s: Situation) -> bool:
        """In a report's part that looks back, a period that is not over."""
        part, document = s.section.part, self._document
        if part is None or part.status != "actual" or document.kind != "report":
            return False
        year = s.period.year if s.period else None
        return bool(year and document.anchor and year >= document.anchor)

    def _is_background(self, segment: Segment) -> bool:
        """Under 发展基础 and the like in a plan, whose own period does not make its figures aims."""
        cue = self._headings.section(segment.heading) if self._document.kind == "plan" else None
        return cue is not None and cue.status == "actual"

    def _is_over(self, period: Period) -> bool:
        document = self._document
        known = document.kind == "news" and document.anchor_known
        return bool(known and period.year and document.anchor and period.year < document.anchor)

    def is_background(self, status: str, s: Situation) -> bool:
        """A fact under such a heading is not of the years that the plan is for, nor one in a review of those of a plan
        that the review mentions; nor is an aim of the news of a year that is over (下一步，将……)."""
        if s.period is None or s.period.origin != "carried":
            return False
        if status == "target":
            mode, cue = s.discourse.mode, s.discourse.said.cue
            told = mode is not None and mode.opens  # 2021年定下这些目标↓, on a page of 2022
            aside = cue is not None and cue.local  # 申报36个，拟立项29个
            return not (told or aside) and self._is_over(s.period)
        if status != "actual" or not times.spans_years(s.period):
            return False
        aimed = self._document.target_year if self._document.kind == "plan" else None
        over = max(self._document.anchor or 0, aimed - PLANNED_YEARS + 1 if aimed else 0)
        if s.period.year and s.period.year < over:
            return False  # of years that are over it may well be
        return self._is_background(s.segment) or self._in_review(s) or self.accounts.tell(*_told(s))


def _told(s: Situation) -> tuple[Clause, int, Figure, Period | None, Discourse]:
    return s.clause, s.at, s.figure, s.period, s.discourse


def _alike(heading: str, title: str) -> bool:
    """Whether two lines hold the same characters, whatever their marks."""
    return [*filter(str.isalnum, heading)] == [*filter(str.isalnum, title)]


def aims_so_far(before: int, status: Link) -> int:
    """How many figures in a row were said to be meant, behind one with this status."""
    if status.rule.startswith(_BY_ITSELF):
        return before
    return before + 1 if status.value == "target" else 0


@lru_cache(maxsize=24)
def _cues(rules: Rules, kind: str) -> dict[str, Entry]:
    """The status words of clauses and sentences in such documents with their entries."""
    return {
        word: entry
        for entry in rules.of("status")
        if entry["scope"] in ("clause", "sentence") and entry["status"] != "policy"
        if kind not in entry.get("not_in", ())
        for word in entry.get("words", ())
    }
