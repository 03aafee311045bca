"""The one place that knows the order of the stages: text in, a document with its records out."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from policyx.check import with_checks
from policyx.decide import Found, read_records
from policyx.model import Document, Mention, Record
from policyx.outline import Given, read_document
from policyx.read.source import Source
from policyx.recognize import recognize
from policyx.repair import furniture, own_text, repair
from policyx.rules import Rules, builtin_rules
from policyx.segment import segment, wide_marks
from policyx.text import RepairedText
from policyx.tuples import NamedTuple


class Options(NamedTuple):
    """What a user may tell about a document: its title, date (YYYY, YYYY-MM or YYYY-MM-DD) and place; the repairs to
    leave out; and how sure a record has to be: those below `min_confidence`, or of unknown confidence, are left
    out. `thorough`: records also keep the proposals that lost."""

    title: str | None = None
    date: str | None = None
    place: str | None = None
    skip_repairs: frozenset[str] = frozenset()
    min_confidence: float | None = None
    thorough: bool = False

    def takes(self, record: Record) -> bool:
        """Whether a record is sure enough."""
        least = self.min_confidence
        return least is None or (record.confidence is not None and record.confidence >= least)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let the cyclic garbage collector wait until a document is read: that makes thousands of values, which it would
    look through again and again, and a few hundred objects of garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_without_collector()
def read_text(
    text: str,
    *,
    source: str = "-",
    encoding: str | None = None,
    format: str = "txt",
    options: Options | None = None,
    rules: Rules | None = None,
) -> Document:
    """Read a document: repair, segment, recognize, link. `source` is a path or `-`; its name may tell the year."""
    rules = rules or builtin_rules()
    options = options or Options()
    repaired = repair(text, rules, options.skip_repairs)
    current = wide_marks(repaired.text)
    around = furniture(current, rules)
    page = [item.span for item in around]
    segments = segment(current, rules, page)
    mentions = recognize(current, rules, page)
    own = own_text(current, around, rules)
    page_text = current if own is not current else ""
    given = Given(source, options.title, options.date, options.place, page_text)
    frame = read_document(own, segments, rules, given)
    found = Found(repaired, current, source, segments, mentions)
    records, limits = read_records(found, frame, rules, thorough=options.thorough)
    return Document(
        source=source,
        title=frame.title,
        date=frame.date,
        year=frame.actual_year or frame.anchor,
        place=frame.place,
        encoding=encoding,
        format=format,
        original=text,
        repaired=repaired.text,
        edits=repaired.edits,
        records=tuple(record for record in with_checks(records, rules) if options.takes(record)),
        rejected=tuple(m for m in [*mentions, *limits] if m.rejected),
        segments=tuple(segments),
    )


def read_source(source: Source, *, options: Options | None = None, rules: Rules | None = None) -> Document:
    """Read a document as a reader hands it over. The title, date and place that the file states count where the
    user gives none; every record gets the page or the cell that it stands on. Offsets are those of the whole file,
    where the source is a part of one."""
    options = options or Options()
    told = options._replace(
        title=options.title or source.title,
        date=options.date or source.date,
        place=options.place or source.place,
    )
    document = read_text(
        source.text, source=source.path, encoding=source.encoding, format=source.format, options=told, rules=rules
    )
    if source.pages or source.cells:
        found = (replace(r, page=source.page(r.start), cell=source.cell(r.start)) for r in document.records)
        document = replace(document, records=tuple(found))
    if source.regions:
        document = replace(document, records=tuple(_with_doubt(r, source) for r in document.records))
    if source.offset:
        document = replace(document, records=tuple(_moved(r, source.offset) for r in document.records))
    return document


def _with_doubt(record: Record, source: Source) -> Record:
    """The record, flagged where a character of its quantity was recognized with little certainty."""
    if not source.is_doubtful(record.start, record.end):
        return record
    return replace(record, flags=(*record.flags, "ocr_doubtful"))


def _moved(record: Record, by: int) -> Record:
    return replace(
        record,
        start=record.start + by,
        end=record.end + by,
        sentence_start=record.sentence_start + by,
        sentence_end=record.sentence_end + by,
    )


def read_quantities(text: str, *, rules: Rules | None = None) -> tuple[RepairedText, list[Mention]]:
    """Recognition alone: the repaired text and every mention; those with `rejected` are no quantities."""
    rules = rules or builtin_rules()
    repaired = repair(text, rules)
    return repaired, recognize(repaired.text, rules)
