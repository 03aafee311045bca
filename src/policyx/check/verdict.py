"""A computed interval and a stated figure go in, the verdict comes out."""

from __future__ import annotations

from fractions import Fraction

from policyx.check.finding import Verdict
from policyx.check.interval import Interval

_NEAR = Fraction(1, 20)  # of the stated value: a slip of the pen is seldom larger, a list of other things mostly is


def agreement(computed: Interval, stated: Interval, digit: Fraction = Fraction(0)) -> Verdict:
    """Confirmed where the two meet. Where they miss each other by no more than one unit of the last digit that was
    written (`digit`) somebody has cut digits off and not rounded: undecidable."""
    if computed.meets(stated):
        return "confirmed"
    return "undecidable" if digit and computed.widened(digit).meets(stated) else "contradicted"


def near(computed: Interval, stated: Interval) -> bool:
    """Whether two intervals that do not meet are still so close that they were meant to be the same."""
    ends = (computed.low, computed.high, stated.low, stated.high)
    if any(end is None for end in ends):
        return False
    low, high, least, most = (end or Fraction(0) for end in ends)
    gap = max(least - high, low - most, Fraction(0))
    return gap <= max(abs(least), abs(most)) * _NEAR
