"""Linking: segments and mentions in, records out. Which name, period, status and measure belongs to which figure."""

from __future__ import annotations

from dataclasses import replace

from policyx.link import times
from policyx.link.context import DocumentContext
from policyx.link.indicators import indicator_index
from policyx.link.limits import without_limits
from policyx.link.place import figure_place
from policyx.link.prose import Prose
from policyx.link.record import build
from policyx.link.state import State
from policyx.link.status import Cue
from policyx.link.tables import Tables
from policyx.link.units import settle_unit
from policyx.link.within import Within
from policyx.model import Mention, Period, Record, Segment
from policyx.patterns import compiled
from policyx.rules import Rules
from policyx.rules.words import name_words
from policyx.text import RepairedText

__all__ = ["link"]

_LOOKS_BACK = compiled(r"开局|起步|收官|回顾|成效|成就|胜利|圆满")
# what a report means to do, in the heading that follows its review
_PLANS = compiled(
    r"坚定不移|确保|推[动进]|加快|着力|全力|奋力|努力|决[战胜]|开创|谱写|促进|深入|扎实|聚焦|强化|打造|实施|建设"
)
_PRICE_BASE = "exclusion.price_base"  # no time of anything, but no part of a name either


def link(
    repaired: RepairedText,
    text: str,
    source: str,
    context: DocumentContext,
    segments: list[Segment],
    mentions: list[Mention],
    rules: Rules,
) -> tuple[list[Record], list[Mention]]:
    """The records of a document, in order, and the figures that turned out to be part of a name. `text` is the repaired
    text as it is read: of the same length, with Chinese marks for narrow ones."""
    state = State()
    prose = Prose(text, rules, context, state)
    index = indicator_index(rules)
    words = name_words(rules)
    all_times = Within([m for m in mentions if m.kind == "time" and m.rejected in (None, _PRICE_BASE)])
    figures = Within([m for m in mentions if m.kind != "time" and m.rejected is None])
    records: list[Record] = []
    left_out: list[Mention] = []
    tables = Tables(text, segments, mentions, context, rules)
    for number, segment in enumerate(segments):
        if tables.holds(number):
            for cell in tables.at(number, state.period or state.section_period or state.document_period):
                records.append(build(repaired, source, context, *cell, None, index, figure_place(cell[2].name, rules)))
            continue
        near = all_times.of(segment.span)
        own = figures.of(segment.span)
        if segment.kind == "heading":  # its figures name the section (实施四条转型路径)
            _enter_heading(state, segment, text[segment.span.start : segment.span.end], near, own, prose)
            continue
        if own:
            own = [f for f in (settle_unit(text, segment.span, figure, rules, words) for figure in own) if f]
        own, limits = without_limits(text, own)
        left_out.extend(limit._replace(rejected="exclusion.class") for limit in limits)
        if not own:
            prose.pass_over(segment, near)
            continue
        for figure, draft, period, base in prose.read(segment, own, near):
            place = figure_place(draft.name, rules)
            records.append(build(repaired, source, context, segment, figure, draft, period, base, index, place))
    return records, left_out


def _enter_heading(
    state: State, segment: Segment, title: str, near: list[Mention], figures: list[Mention], prose: Prose
) -> None:
    """A heading's own period holds for its section; a heading of the same or a higher level ends it."""
    context = prose.context
    if state.section_level and segment.level <= state.section_level:
        state.section_period, state.section_level = None, 0
    if segment.level <= state.document_level:
        state.document_period, state.document_level = None, 0
    state.heading_level = segment.level
    state.mode = None
    state.period = None
    found = [
        times.resolve(m.time, context.anchor, None) for m in near if m.time and not m.rejected and not m.time.baseline
    ]
    stated = [p for p in found if p and p.relation != "since" and p.start != p.end]  # a day dates the page
    if context.kind == "news" and figures:
        return  # a headline tells one figure; its time is no frame for the rest
    if context.kind == "report" and "工作报告" in title:
        return  # its own title: no frame, and no part
    if context.kind == "report" and _LOOKS_BACK.search(title):
        # “十二五”发展实现良好开局 tells of its first year
        ahead = any(times.spans_years(p) and (p.year or 0) >= (context.anchor or 0) for p in stated)
        stated = [] if ahead else stated
    if len({p.year for p in stated}) == 1:
        state.section_period, state.section_level = replace(stated[0], origin="carried"), segment.level
        state.document_period = None
    if context.kind == "report":
        _enter_part(state, segment, title, stated, prose)


def _enter_part(state: State, segment: Segment, title: str, stated: list[Period], prose: Prose) -> None:
    """A report reviews first and plans then: a heading that says so opens the part for all that follow on its level."""
    anchor = prose.context.anchor
    cue = prose.stance.statuses.section((title,))
    ahead = anchor is not None and any(p.year is not None and p.year >= anchor for p in stated)
    if cue is None and ahead:
        cue = Cue("target", 0, stated[0].text, "status.period.future")
    beside = (segment.level, segment.rule) == (state.part_level, state.part_rule)
    if cue is None and beside and state.part and state.part.status == "actual" and _PLANS.search(title):
        cue = Cue("target", 0, title, "status.section.task")  # 一、回顾 and then 二、坚定不移推动……
    if cue is None or cue.status == "policy" or (state.part and segment.level > state.part_level):
        return
    state.part, state.part_level, state.part_rule = cue, segment.level, segment.rule
