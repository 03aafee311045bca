"""Reads a document's segments in order: headings set the section, tables give their cells, sentences their figures."""

from __future__ import annotations

from functools import partial

from policyx.decide import leads
from policyx.decide.discourse import Discourse
from policyx.decide.durations import conditions
from policyx.decide.periods import standing
from policyx.decide.record import RecordBuilder
from policyx.decide.sentence import SentenceReader
from policyx.decide.told import dated
from policyx.model import Mention, Record, Segment, TimeExpression
from policyx.outline import times as periods
from policyx.outline.evidence import Paragraphs
from policyx.outline.frame import DocumentFrame
from policyx.outline.rowtimes import row_times
from policyx.outline.sections import Section, SectionReader
from policyx.outline.status import heading_words
from policyx.outline.within import within
from policyx.rules import Rules
from policyx.tables import read_tables
from policyx.text import RepairedText
from policyx.tuples import NamedTuple

_PRICE_BASE = "exclusion.price_base"  # no time of anything, but no part of a name either


class Found(NamedTuple):
    """What the stages before have found in a document: the repaired text with its way back, the same with wide marks,
    the source's name, segments and mentions."""

    repaired: RepairedText
    text: str
    source: str
    segments: list[Segment]
    mentions: list[Mention]


def read_records(
    found: Found, document: DocumentFrame, rules: Rules, *, thorough: bool = False
) -> tuple[list[Record], list[Mention]]:
    """The records of a document, in order, and the figures that turned out to be part of a name."""
    repaired, text, source, segments, mentions = found
    builder = RecordBuilder(repaired, source, document, rules)
    paragraphs = Paragraphs(text, segments, rules) if document.excerpt else None
    reader = SentenceReader(text, document, rules, paragraphs, thorough=thorough)
    sections = SectionReader(document, heading_words(rules), rules)
    times = within(segments, [m for m in mentions if m.kind == "time" and m.rejected in (None, _PRICE_BASE)])
    rows = row_times(text, segments, times)
    lasting = {m.span: m for m in conditions(text, mentions, document.kind, rules)}
    mentions = [lasting.get(m.span, m) if m.kind == "quantity" else m for m in mentions]
    figures = within(segments, [m for m in mentions if m.kind != "time" and m.rejected is None])
    section, discourse = Section(), Discourse()
    records: list[Record] = []
    left_out: list[Mention] = []
    headings = heading_words(rules)
    told = partial(headings.said, reviews=document.reviews)
    tables = read_tables(text, segments, mentions, document, told, rules)
    for number, segment in enumerate(segments):
        if discourse.lead:
            discourse = leads.kept(text, segments[number - 1], segment, discourse)
        if tables.holds(number):
            frame = standing(discourse.period, section)
            records += [builder.build(cell) for cell in tables.at(number, frame)]
            continue
        near, own = times.get(number, ()), figures.get(number, ())
        if number in rows:
            discourse = _of_row(discourse.at(segment.paragraph), rows[number], document)
            near = near if rows[number] else ()
        if segment.kind == "heading":  # its figures name the section (实施四条转型路径)
            title = text[segment.span.start : segment.span.end]
            section = sections.enter(section, segment, title, near, counts=bool(own))
            discourse = discourse.under(document.kind, tells=bool(near) or headings.section((title,)) is not None)
            discourse = reader.headed(segment, section, discourse)
            continue
        if not own and not near and not reader.announces(segment, discourse):
            continue
        readings, none, section, discourse = reader.read(segment, own, near, section, discourse)
        records += [record for reading in readings for record in builder.several(reading)]
        left_out += none
    return dated(records, document), left_out


def _of_row(discourse: Discourse, time: TimeExpression | None, document: DocumentFrame) -> Discourse:
    """The discourse in a cell of a row of which another tells the time."""
    period = periods.resolve(time, document.anchor, None) if time else None
    return discourse._replace(period=periods.carried(period)) if period else discourse
