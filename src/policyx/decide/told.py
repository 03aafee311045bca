"""The year of what a news item tells without a time of its own: 目前, 现有, and facts that a later paragraph adds.

A news item tells of one year: that of most of its dated facts. A figure without any time is of that year too, or of the
year of the item's date where nothing else is dated. This is known only when all has been read. What has no date tells
no year that way: it may be a part of anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from policyx.model import Record
from policyx.outline import times
from policyx.outline.frame import DocumentFrame

RULE = "period.told"
_START = "status.start"
_FEWEST = 3  # dated facts by which an item looks back on the year before its date


def dated(records: Sequence[Record], document: DocumentFrame) -> list[Record]:
    """The records; in a news item the facts without a time have the year that it tells of."""
    year = _year_told(records, document) if document.kind == "news" else None
    if year is None:
        return list(records)
    return [_of(record, year) if _tells_no_year(record) else record for record in records]


def _tells_no_year(record: Record) -> bool:
    """Whether it is a fact without a year; from when a change began is not told by the year in which it ended."""
    return record.status == "actual" and record.year is None and _START not in record.rules


def _of(record: Record, year: int) -> Record:
    """The record with this year; what began at a time and goes on (自7月起) keeps its own period."""
    if record.period is not None and record.period.relation != "since":
        return record
    return replace(
        record,
        year=year,
        period=record.period or times.from_document(year),
        rules=tuple(dict.fromkeys((*record.rules, RULE))),
        flags=tuple(dict.fromkeys((*record.flags, "year_carried"))),
    )


def _year_told(records: Sequence[Record], document: DocumentFrame) -> int | None:
    if not document.date:
        return _only_year(records)
    told = Counter(record.year for record in records if record.status == "actual" and record.year)
    best = max(told, key=lambda year: (told[year], year), default=None)
    written = int(document.date[:4])
    return best if best == written - 1 and told[best] >= _FEWEST else written


def _only_year(records: Sequence[Record]) -> int | None:
    """The year of an undated item that opens with a fact of it, where its facts name no other."""
    facts = [record for record in records if record.status == "actual"]
    years = {record.year for record in facts if record.period is not None}
    opens = bool(facts) and facts[0].year is not None
    return years.pop() if opens and len(years) == 1 else None
