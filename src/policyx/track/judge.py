"""An aim and an outcome go in, whether it was met comes out, with the arithmetic.

An aim is a limit and counts as it is written; an outcome is an interval of its written digits, so that 8.0 may be
7.96."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from policyx.check.interval import Interval, decimal_text, last_digit, written_interval
from policyx.export.numbers import exact
from policyx.panel.chart import scaled
from policyx.panel.choose import Candidate

_LIMITS = frozenset(("le", "lt"))
_AT_LEAST = frozenset(("ge", "gt"))
_PERCENT = "%"


class Judgement(NamedTuple):
    """Whether an aim was met (None: the outcome does not tell), outcome less aim, and the arithmetic in signs."""

    met: bool | None
    difference: Fraction
    arithmetic: str


def judge(aim: Candidate, outcome: Candidate, lower_is_better: bool, lang: str = "zh") -> Judgement:
    """The outcome against the aim: at least its value, or at most where it is a limit or less is better."""
    quantity = aim.record.quantity
    wanted, most = Fraction(quantity.base_value), quantity.base_value_max
    downward = quantity.bound in _LIMITS or lower_is_better
    if downward and most is not None:
        wanted = Fraction(most)
    slack = last_digit(quantity) / 2 if quantity.bound == "approx" else Fraction(0)
    reached = Fraction(outcome.record.quantity.base_value)
    interval = written_interval(outcome.record.quantity)
    if outcome.record.quantity.bound in _AT_LEAST:
        interval = Interval(reached, None)
    met = _met(interval, wanted, slack, downward)
    difference = reached - wanted
    unit = quantity.base_unit or ""
    sign = "−" if difference < 0 else "+"
    divisor, name = (Fraction(1), _POINTS[lang]) if unit == _PERCENT else scaled([exact(difference)], unit)
    told = f"{sign}{decimal_text(abs(difference) / divisor)}{name}"
    return Judgement(met, difference, f"{outcome.record.quote} − {aim.record.quote} = {told}")


def average_judgement(aim: Candidate, outcomes: Sequence[Candidate]) -> Judgement:
    """The growth of several years against an aim for their average: the product of the years against the aim's power,
    exact."""
    rate = Fraction(aim.record.quantity.base_value)
    wanted = (1 + rate / 100) ** len(outcomes)
    product = Interval(Fraction(1), Fraction(1))
    middle = Fraction(1)
    for outcome in outcomes:
        grown = written_interval(outcome.record.quantity)
        product = product * _factor(grown)
        middle *= 1 + Fraction(outcome.record.quantity.base_value) / 100
    met = None if product.high is None else product.high >= wanted
    factors = " × ".join(decimal_text(1 + Fraction(item.record.quantity.base_value) / 100) for item in outcomes)
    sign = "≥" if met else "<"
    power = f"{decimal_text(1 + rate / 100)}^{len(outcomes)}"
    arithmetic = f"{factors} = {decimal_text(middle)} {sign} {power} = {decimal_text(wanted)}"
    return Judgement(met, (middle - wanted) * 100, arithmetic)


def less_ambitious(aim: Candidate, than: Candidate, lower_is_better: bool) -> bool:
    """Whether an aim asks for less than an earlier one."""
    later, earlier = (Fraction(item.record.quantity.base_value) for item in (aim, than))
    return later > earlier if lower_is_better else later < earlier


_POINTS = {"zh": "个百分点", "en": " points"}


def _factor(rate: Interval) -> Interval:
    low, high = (None if end is None else 1 + end / 100 for end in (rate.low, rate.high))
    return Interval(low, high, rate.closed)


def _met(outcome: Interval, wanted: Fraction, slack: Fraction, downward: bool) -> bool | None:
    if downward:
        outcome, wanted = -outcome, -wanted
    if outcome.low is not None and outcome.low >= wanted - slack:
        return True
    if outcome.high is None:
        return None
    return outcome.high > wanted - slack or (outcome.closed and outcome.high == wanted - slack)
