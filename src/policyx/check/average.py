"""Two levels some years apart and the average growth that is told with them: figures in, a finding out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from policyx.check.figures import Figure
from policyx.check.finding import Finding, Verdict, evidence, tolerance_of
from policyx.check.interval import Interval, decimal_text, last_digit
from policyx.check.parts import amount

_FEWEST_YEARS = 2
_MOST_YEARS = 30
_PERCENT = "%"


def average_growth(start: Figure, end: Figure, told: Figure, other_prices: bool) -> Iterator[Finding]:
    """由2019年的100亿元增加到2024年的161亿元，年均增长10%: 100 times 1.1 to the fifth is 161.05."""
    first, last = start.record.year, end.record.year
    if told.kind != ("growth_rate", _PERCENT) or first is None or last is None:
        return
    years = last - first
    if not _FEWEST_YEARS <= years <= _MOST_YEARS or not start.interval.bounded or not told.interval.bounded:
        return
    computed = start.interval * _power(told.interval, years)
    verdict: Verdict = "confirmed" if computed.meets(end.interval) else "contradicted"
    if verdict == "contradicted":
        # cut off instead of rounded, at constant prices, or counted over another number of years
        wider = start.interval * _power(told.interval.widened(last_digit(told.record.quantity)), years)
        others = [start.interval * _power(told.interval, years + more) for more in (-1, 1)]
        if other_prices or wider.meets(end.interval) or any(other.meets(end.interval) for other in others):
            verdict = "undecidable"
    sign = {"confirmed": "=", "contradicted": "≠", "undecidable": "≈"}[verdict]
    rate = decimal_text(1 + Fraction(told.record.quantity.base_value) / 100)
    parts = (
        ("arithmetic", f"{start.quote} × {rate}^{years} {sign} {end.quote}"),
        ("name", end.record.name or end.quote),
        ("from", start.quote),
        ("to", end.quote),
        ("years", str(years)),
        ("stated", told.quote),
        ("computed", amount(computed, end)),
    )
    members = (("from", start), ("to", end), ("growth", told))
    found = tuple(evidence(part, figure.index, figure.record) for part, figure in members)
    yield Finding("from_to", verdict, f"average.{verdict}", parts, found, tolerance_of(computed))


def _power(rate: Interval, years: int) -> Interval:
    low, high = (None if end is None else (1 + end / 100) ** years for end in (rate.low, rate.high))
    return Interval(low, high, rate.closed)
