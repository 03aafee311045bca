"""Drafts into records: exact spans in the original, the indicator, the year, the flags."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from policyx.link.context import DocumentContext
from policyx.link.indicators import Indicator, IndicatorIndex
from policyx.link.state import Draft
from policyx.model import (
    Baseline,
    Bound,
    Measure,
    Mention,
    Number,
    Period,
    Quantity,
    Record,
    Segment,
    Status,
)
from policyx.text import RepairedText


def build(
    repaired: RepairedText,
    source: str,
    context: DocumentContext,
    segment: Segment,
    figure: Mention,
    draft: Draft,
    period: Period | None,
    baseline: Baseline | None,
    index: IndicatorIndex,
    place: str | None = None,
) -> Record:
    """The record for one figure of `segment`; `place`: its own, where it is not the document's."""
    quantity = figure.quantity
    assert quantity is not None
    if draft.bound:
        quantity = replace(quantity, bound=cast(Bound, draft.bound))
    if draft.sign < 0:
        most = None if quantity.value_max is None else _negative(quantity.value_max)
        quantity = replace(quantity, value=_negative(quantity.value), value_max=most)
    name = draft.name or None
    indicator = index.find(name, quantity, draft.measure, draft.level_dimension) if name else None
    period = period if draft.undated else _with_default(period, draft, context)
    start, end = repaired.source(figure.core)
    sentence = repaired.source(segment.span)
    flags = [*draft.flags, *_flags(quantity, indicator, period, figure)]
    if repaired.original[start:end] != repaired.text[figure.core.start : figure.core.end]:
        flags.append("repaired_number")
    rules = [*figure.rules, *draft.rules, *([indicator.rule] if indicator else [])]
    return Record(
        source=source,
        start=start,
        end=end,
        quote=repaired.original[start:end],
        name=name,
        indicator=indicator.id if indicator else None,
        label=indicator.label if indicator else None,
        quantity=_rate(quantity, indicator),
        measure=cast(Measure, draft.measure),
        status=cast(Status, draft.status),
        year=_year(period, draft, context),
        period=period,
        baseline=baseline,
        place=place or context.place,
        heading=segment.heading,
        sentence=repaired.original[sentence.start : sentence.end],
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        rules=tuple(dict.fromkeys(rules)),
        flags=tuple(dict.fromkeys(flags)) if flags else (),
        reasons=tuple(draft.reasons + _reasons(period, indicator)),
    )


def _negative(value: Number) -> Number:
    return value if value < 0 else -value


def _with_default(period: Period | None, draft: Draft, context: DocumentContext) -> Period | None:
    """The year that the document as a whole speaks of, where nothing nearer tells one."""
    if period is not None:
        return period
    year = {
        "actual": context.actual_year,
        "target": context.target_year or context.actual_year,
        "forecast": context.actual_year,
    }.get(draft.status)
    return Period(str(year), f"{year}-01-01", f"{year}-12-31", "in", "document") if year else None


def _year(period: Period | None, draft: Draft, context: DocumentContext) -> int | None:
    """The year in which the period ends; what began earlier and goes on is told of the document's own year."""
    if period is None or period.relation != "since":
        return period.year if period else None
    return context.target_year if draft.status == "target" else context.actual_year


def _rate(quantity: Quantity, indicator: Indicator | None) -> Quantity:
    """万人发明专利拥有量36件: the name holds the denominator that the unit leaves out."""
    unit = quantity.unit
    if not unit or not indicator or "/" not in indicator.unit or "/" in unit.name:
        return quantity
    numerator, _, denominator = indicator.unit.partition("/")
    if numerator != unit.name:
        return quantity
    rate = replace(unit, name=indicator.unit, base=f"{unit.base}/{denominator}", dimension="rate")
    return replace(quantity, unit=rate)


def _flags(quantity: Quantity, indicator: Indicator | None, period: Period | None, figure: Mention) -> list[str]:
    flags = []
    if period and period.origin in ("carried", "document"):
        flags.append("year_carried")
    if (
        indicator
        and indicator.typical
        and quantity.unit
        and quantity.unit.dimension not in ("percent", "multiple", "point", "rank")
    ):
        low, high = indicator.typical
        if not low <= abs(float(quantity.base_value)) <= high:
            flags.append("value_unusual")
    if figure.shared:
        flags.append("unit_shared")
    if "numeral.torn" in figure.rules:
        flags.append("number_torn")
    return flags


def _reasons(period: Period | None, indicator: Indicator | None) -> list[tuple[str, str]]:
    reasons = []
    if period:
        reasons.append(("year", f"{period.text!r}, {period.origin}"))
    if indicator:
        reasons.append(("indicator", f"{indicator.id}: an alias is the head of the name"))
    return reasons
