"""Which period and part hold below a heading: a fold over headings; a report reviews first and plans then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyx.model import Mention, Period, Segment
from policyx.outline import times
from policyx.outline.frame import DocumentFrame
from policyx.outline.status import Cue, HeadingWords
from policyx.patterns import any_word, compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_PLAIN = "heading.plain"  # without a number: whether it stands beside another or below it is not told


class Section(NamedTuple):
    """What holds for what stands below the last heading. `period` was set at heading level `level`, `document_period`
    at `document_level` by a sentence; `part` (review or plan) by a heading of `part_level` with the mark
    `part_rule`."""

    period: Period | None = None
    level: int = 0
    around: tuple[tuple[Period, int], ...] = ()  # what holds again behind the headings below
    document_period: Period | None = None
    document_level: int = 0
    heading_level: int = 0
    part: Cue | None = None
    part_level: int = 0
    part_rule: str | None = None

    def arranged(self, period: Period, *, over_siblings: bool) -> Section:
        """The section with the period of what a sentence announces: up to the next heading, or also below those beside
        it."""
        return self.holding(period, self.heading_level - over_siblings)

    def left(self, level: int) -> Section:
        """The section without the periods that end where a heading of `level` begins."""
        section = self
        while section.level and level <= section.level:
            period, outer = section.around[-1] if section.around else (None, 0)
            section = section._replace(period=period, level=outer, around=section.around[:-1])
        return section

    def holding(self, period: Period, level: int) -> Section:
        """The section with this period below headings of `level`; what holds above them is kept for those behind."""
        outer = self.period is not None and self.level < level
        around = (*self.around, (self.period, self.level)) if self.period is not None and outer else self.around
        return self._replace(period=period, level=level, around=around)


_ASKS = ("？", "?")


class SectionReader:
    """Enters headings; knows the words by which they look back or plan."""

    def __init__(self, document: DocumentFrame, headings: HeadingWords, rules: Rules) -> None:
        self._document = document
        self._headings = headings
        self._back = _words(rules, "looks_back")
        self._plans = _words(rules, "sets_out")
        self._own = _words(rules, "report_title")
        labels = any_word(_words(rules, "figure_label"))
        self._drawings = compiled(rf"\s?{labels}\s?[0-9]")

    def enter(
        self, section: Section, segment: Segment, title: str, near: Sequence[Mention], *, counts: bool
    ) -> Section:
        """The section that the heading `segment` opens; `near` are its times, `counts`: it holds a figure."""
        if self._drawings.match(title):
            return section  # 图1 2010-2014年渔业产值
        section = section.left(segment.level)
        if segment.level <= section.document_level:
            section = section._replace(document_period=None, document_level=0)
        section = section._replace(heading_level=segment.level)
        document = self._document
        if (document.kind == "news" and counts) or (document.kind == "report" and _holds(title, self._own)):
            return section  # a headline's time is no frame for the rest; a report's own title is no part of it
        asked = document.kind == "news" and title.rstrip().endswith(_ASKS)  # 有否评估未来五年的需求？
        stated = [] if asked else self._periods(title, near)
        if len({period.year for period in stated}) == 1:
            period = replace(stated[0], origin="carried")
            section = section.holding(period, segment.level)._replace(document_period=None)
        return self._part(section, segment, title, stated) if document.kind == "report" else section

    def _periods(self, title: str, near: Sequence[Mention]) -> list[Period]:
        """The periods that the title states; those of a plan whose first year a report looks back on count for none."""
        anchor = self._document.anchor
        found = [times.resolve(m.time, anchor, None) for m in near if m.time and not m.rejected and not m.time.baseline]
        stated = [p for p in found if p and p.relation != "since" and p.start != p.end]  # a day dates the page
        if self._document.kind == "report" and _holds(title, self._back):
            ahead = any(times.spans_years(p) and (p.year or 0) >= (anchor or 0) for p in stated)
            return [] if ahead else stated
        return stated

    def _part(self, section: Section, segment: Segment, title: str, stated: list[Period]) -> Section:
        anchor = self._document.anchor
        cue = self._headings.section((title,))
        ahead = anchor is not None and all(p.year is not None and p.year >= anchor for p in stated)
        if cue is None and stated and ahead:
            cue = Cue("target", stated[0].text, "status.period.future")
        beside = (segment.level, segment.rule) == (section.part_level, section.part_rule) and segment.rule != _PLAIN
        reviewed = section.part is not None and section.part.status == "actual"
        if cue is None and beside and reviewed and _holds(title, self._plans):
            cue = Cue("target", title, "status.section.task")  # 一、回顾 and then 二、坚定不移推动……
        if cue is None or cue.status == "policy" or (section.part and segment.level > section.part_level):
            return section
        return section._replace(part=cue, part_level=segment.level, part_rule=segment.rule)


def _words(rules: Rules, role: str) -> tuple[str, ...]:
    return tuple(rules.words("marker", role))


def _holds(title: str, words: tuple[str, ...]) -> bool:
    return any(word in title for word in words)
