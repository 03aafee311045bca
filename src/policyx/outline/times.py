"""Times resolved: which period and year a figure belongs to, from the words near it and the frames around it."""

from __future__ import annotations

import calendar
from dataclasses import replace
from functools import lru_cache

from policyx.model import Baseline, BaselineKind, Mention, Origin, Period, TimeExpression
from policyx.outline.frame import DocumentFrame
from policyx.patterns import compiled

_DAY = compiled(r"[0-9]{4}\D+[0-9]{1,2}\D+[0-9]")  # 2020年1月1日


def resolve(
    time: TimeExpression, anchor: int | None, frame: Period | None, reviewed: int | None = None
) -> Period | None:
    """The period that `time` names; None where it counts from a year that nobody has told. `reviewed`: the year that
    全年 means in a report behind years that are over."""
    first, last = time.first, time.last
    origin: Origin = "stated"
    if last is None:
        origin = "relative"
        base = anchor if time.anchor == "document" else _counted_from(frame, anchor, reviewed)
        if base is None:
            return None
        first = last = base + time.offset
    start, end = _dates(first, last, time)
    if time.relation in ("by", "as_of"):
        start = None
    if time.relation == "since":
        end = None
    return Period(time.text, start, end, time.relation, origin)


def _counted_from(frame: Period | None, anchor: int | None, reviewed: int | None) -> int | None:
    """The year that 全年 means: the frame's own, or, behind a frame of several years, the document's."""
    if frame is None or not (anchor and spans_years(frame)):
        return frame.year if frame else None
    over = reviewed is not None and (frame.year or 0) <= reviewed
    return reviewed if over else anchor


def names_day(period: Period) -> bool:
    """Whether a day is told, and not only a month or a year."""
    return _DAY.match(period.text) is not None


def is_deadline(period: Period | None, kind: str) -> bool:
    """2023年6月30日前投产的 in a rule: by which day somebody has to have done what it asks."""
    return kind == "policy" and period is not None and period.relation == "by" and names_day(period)


def spans_years(period: Period | None) -> bool:
    """True for a period of several years, as a plan's are."""
    return bool(period and period.start and period.end and period.start[:4] != period.end[:4])


@lru_cache(maxsize=1024)
def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _dates(first: int | None, last: int | None, time: TimeExpression) -> tuple[str | None, str | None]:
    if first is None or last is None:
        return None, None
    low, high = time.months or (1, 12)
    last_day = _last_day(last, high)
    day, first_day = time.day or last_day, time.day or 1
    if day > last_day:
        day, first_day = last_day, 1
    return f"{first:04d}-{low:02d}-{first_day:02d}", f"{last:04d}-{high:02d}-{day:02d}"


@lru_cache(maxsize=64)
def carried(period: Period) -> Period:
    """The same period, marked as carried over from text further up."""
    return period if period.origin in ("carried", "document") else replace(period, origin="carried")


def from_document(year: int) -> Period:
    """The year that the document as a whole speaks of."""
    return Period(str(year), f"{year}-01-01", f"{year}-12-31", "in", "document")


def year(number: int) -> Period:
    """A year as the text states it."""
    return Period(str(number), f"{number}-01-01", f"{number}-12-31", "in", "stated")


def baseline(mention: Mention, context: DocumentFrame, frame: Period | None) -> Baseline | None:
    """What a change is measured from, as a mention of time says it (比上年, 较2022年)."""
    time = mention.time
    if time is None:
        return None
    year = frame.year if frame else None
    if time.last is not None:
        kind: BaselineKind = "previous_year" if year and time.last == year - 1 else "stated"
        return Baseline(time.text, time.last, kind)
    if time.offset == -1:
        base = year or context.actual_year or context.anchor
        return Baseline(time.text, base - 1 if base else None, "previous_year")
    today = time.anchor == "document" and time.offset == 0 and time.months is None  # 较今年
    return Baseline(time.text, context.anchor if today else year, "stated")
