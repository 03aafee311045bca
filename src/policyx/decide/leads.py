"""What a line that ends in a colon announces for the list below it: which benefit and for whom, or what the tiers of a
charge are of (根据诉讼标的额，按照下列比例分段累计收费：)."""

from __future__ import annotations

from policyx.clause import Clause
from policyx.construct import Match
from policyx.decide import headings, name_words, phrases
from policyx.decide.around import Around
from policyx.decide.discourse import Discourse, Lead
from policyx.model import Segment
from policyx.patterns import compiled

_OPENS = "："
_CLOSES = ("。", "！", "？")
_ITEM = compiled(r"\s*(?:[（(]?[一二三四五六七八九十0-9①-⑳]{1,3}[）)、.．]?|[-·•●■◆▪►▶])|[^，。；：]{1,16}：")
_TIER_ENDS = ("hard", "tiered", "charges")


def opens(text: str, segment: Segment) -> bool:
    """Whether the sentence announces what follows it."""
    return text.endswith(_OPENS, 0, segment.span.end)


def opened(clause: Clause, told: Discourse, segment: Segment) -> Discourse:
    """The discourse behind a line that announces a list."""
    measured, charged = _tiers(clause, 1, len(clause.letters))
    depth = len(segment.heading) + (segment.kind == "heading")
    lead = Lead(segment.heading, depth, told.benefit, told.grantee, measured, charged)
    return told._replace(lead=lead if told.benefit or measured else None)


def kept(text: str, before: Segment, segment: Segment, discourse: Discourse) -> Discourse:
    """The discourse without a lead that ends before this segment: outside of its section, or behind the last item."""
    lead = discourse.lead
    if lead is None:
        return discourse
    inside = len(segment.heading) >= lead.depth and segment.heading[: len(lead.path)] == lead.path
    ended = text.endswith(_CLOSES, 0, before.span.end) and before.paragraph != segment.paragraph
    goes_on = not ended or segment.kind != "sentence" or _ITEM.match(text, segment.span.start)
    return discourse if inside and goes_on else discourse._replace(lead=None)


def _tiers(clause: Clause, first: int, last: int) -> tuple[str, str]:
    """What tiers are of, and what is charged by them, as the words say; nothing where they tell no tiers."""
    steps = [at for at in range(first, last) if "tiered" in clause.roles(at)]
    if not steps:
        return "", ""
    charges = [at for at in range(steps[0], last) if clause.roles(at) & {"charges", "benefit"}]
    measured = ""
    for at in range(first, steps[-1]):
        if "by" in clause.roles(at):
            end = clause.end(at + 1, last, *_TIER_ENDS)
            measured = phrases.phrase(clause, *phrases.trimmed(clause, at + 1, end)) or measured
    return measured, clause.said(charges[-1], charges[-1] + 1) if charges else ""


def _told(around: Around) -> tuple[str, str]:
    """The tiers that the words before the last colon tell, else the line above the list."""
    clause = around.clause
    measured, charged = _tiers(clause, 1, clause.start(around.at, "colon") - 1)
    lead = around.discourse.lead
    return (measured, charged) if measured or not lead else (lead.measured, lead.charged)


def tiers_of(match: Match, around: Around) -> str:
    """按成交价分段计收：100万元以下0.5%: what the tiers are of."""
    return _told(around)[0]


def charged(match: Match, around: Around) -> str:
    """What is charged by tiers: of what and how (成交价计收), else the standard that the heading names."""
    measured, deed = _told(around)
    named = "" if deed else name_words.without_form(headings.standard_of(around.heading, around.words), around.words)
    return (named or measured + deed) if measured else ""
