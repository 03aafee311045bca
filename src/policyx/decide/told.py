"""The year of what a news item tells without a time of its own: 目前, 现有, and facts that a later paragraph adds.

A news item tells of one year: that of most of its dated facts. A figure without any time is of that year too, or of the
year of the item's date where nothing else is dated. This is known only when all has been read. What has no date tells a
year that way only where it opens with it and names no other: it may be a part of anything. Where it opens with a fact
of no year it introduces something (村民345户), and a year holds no further than the paragraph that names it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from policyx.model import Record
from policyx.outline import times
from policyx.outline.frame import DocumentFrame

RULE = "period.told"
_ONLY = "document.years.only"
_WHOLE = "period.whole"
_FROM_ABOVE = frozenset({_WHOLE, "period.document"})
_OWN = frozenset({"status.start", "period.now"})
_CARRIED = "year_carried"
_TOLD = ("actual", "forecast")
_LATE = "07"  # the month from which an item that tells of the year before does so in passing
_FEWEST = 3  # dated facts by which an item looks back on the year before its date


def dated(records: Sequence[Record], document: DocumentFrame) -> list[Record]:
    """The records; in a news item the facts without a time have the year that it tells of, in an undated one also what
    is foretold the year of what is foretold first."""
    if document.kind != "news":
        return list(records)
    if _introduces(records, document):
        records = [_freed(record) for record in records]
    years = {status: None if document.date else _only_year(records, status) for status in _TOLD}
    if document.date:
        years["actual"] = _year_told(records, document)
    return [
        _of(record, year) if (year := years.get(record.status)) and _tells_no_year(record) else record
        for record in records
    ]


def _introduces(records: Sequence[Record], document: DocumentFrame) -> bool:
    """Whether an undated text opens with a fact of no year of its own."""
    if document.date or document.anchor_known or not records:
        return False
    alone = records[0].year is None or _WHOLE in records[0].rules
    return alone and (document.links[-1].rule == _ONLY or document.actual_year is None)


def _freed(record: Record) -> Record:
    """The record without a year that was told of something else further up."""
    if _FROM_ABOVE.isdisjoint(record.rules):
        return record
    rules = tuple(rule for rule in record.rules if rule not in _FROM_ABOVE)
    return replace(record, year=None, period=None, rules=rules, flags=tuple(f for f in record.flags if f != _CARRIED))


def _tells_no_year(record: Record) -> bool:
    """Whether it has no year; from when a change began is not told by the year in which it ended, nor what is so now
    by a year named before."""
    return record.year is None and _OWN.isdisjoint(record.rules)


def _of(record: Record, year: int) -> Record:
    """The record with this year; what began at a time and goes on (自7月起) keeps its own period."""
    if record.period is not None and record.period.relation != "since":
        return record
    return replace(
        record,
        year=year,
        period=record.period or times.from_document(year),
        rules=tuple(dict.fromkeys((*record.rules, RULE))),
        flags=tuple(dict.fromkeys((*record.flags, _CARRIED))),
    )


def _year_told(records: Sequence[Record], document: DocumentFrame) -> int | None:
    told = Counter(record.year for record in records if record.status == "actual" and record.year)
    best = max(told, key=lambda year: (told[year], year), default=None)
    written, late = int((document.date or "")[:4]), (document.date or "")[5:7] >= _LATE
    return best if best == written - 1 and told[best] >= _FEWEST and not late else written


def _only_year(records: Sequence[Record], status: str) -> int | None:
    """The year of what an undated item tells with this status, where it opens with it and names no other."""
    alike = [record for record in records if record.status == status]
    years = {record.year for record in alike if record.period is not None}
    opens = bool(alike) and alike[0].year is not None
    return years.pop() if opens and len(years) == 1 else None
