"""Figures as they are written go in, exact intervals and their arithmetic come out.

1.2万亿 is every number from 1.15万亿 up to, but without, 1.25万亿; a bound opens a side. No floats."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from policyx.model import Number, Quantity

_APPROXIMATE = Fraction(1, 10)  # of the value: what `about` may be off
_COUNTED = frozenset(("count", "people"))
_SHOWN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`; None is no end. With `closed` the upper end belongs to it."""

    low: Fraction | None
    high: Fraction | None
    closed: bool = True

    def __add__(self, other: Interval) -> Interval:
        return Interval(_sum(self.low, other.low), _sum(self.high, other.high), self.closed and other.closed)

    def __neg__(self) -> Interval:
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.closed)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """The products; both must be bounded, else all numbers."""
        ends = _ends(self, other)
        if ends is None:
            return EVERYTHING
        products = [a * b for a in ends[0] for b in ends[1]]
        return Interval(min(products), max(products), self.closed and other.closed)

    def __truediv__(self, other: Interval) -> Interval:
        """The quotients; all numbers where the divisor may be 0 or one of both has no end."""
        ends = _ends(self, other)
        if ends is None or ends[1][0] <= 0 <= ends[1][1]:
            return EVERYTHING
        quotients = [a / b for a in ends[0] for b in ends[1]]
        return Interval(min(quotients), max(quotients), self.closed and other.closed)

    @property
    def bounded(self) -> bool:
        """Whether it has two ends."""
        return self.low is not None and self.high is not None

    def scaled(self, by: Fraction | int) -> Interval:
        """The interval times a positive number."""
        low, high = (None if end is None else end * by for end in (self.low, self.high))
        return Interval(low, high, self.closed)

    def widened(self, by: Fraction) -> Interval:
        """The interval with both ends moved outward."""
        return Interval(None if self.low is None else self.low - by, None if self.high is None else self.high + by)

    def meets(self, other: Interval) -> bool:
        """Whether a number lies in both."""
        return self._reaches(other) and other._reaches(self)

    def below(self, other: Interval) -> bool:
        """Whether every number of this one is less than every one of the other."""
        return not self._reaches(other)

    def whole_number(self) -> bool:
        """Whether a whole number of at least 1 lies in it."""
        if self.high is None:
            return True
        low = max(self.low or Fraction(1), Fraction(1))
        first = -(-low.numerator // low.denominator)
        return first < self.high or (self.closed and first == self.high)

    def _reaches(self, other: Interval) -> bool:
        if self.high is None or other.low is None:
            return True
        return self.high > other.low or (self.closed and self.high == other.low)


EVERYTHING = Interval(None, None)
HUNDRED = Interval(Fraction(100), Fraction(100))


def written_interval(quantity: Quantity) -> Interval:
    """What a quantity says, in base units. A count that is written out (156家) is exact; everything else was rounded to
    its last digit; `about`, `more than` and ranges are as wide as they say."""
    step = last_digit(quantity)
    low = exact(quantity.base_value)
    high = low if quantity.base_value_max is None else exact(quantity.base_value_max)
    half = Fraction(0) if is_counted(quantity) else step / 2
    if quantity.bound == "approx":
        half = max(half, abs(low) * _APPROXIMATE)
    if quantity.bound in ("gt", "ge"):
        return Interval(low - half, None)
    if quantity.bound in ("lt", "le"):
        return Interval(None, high + half)
    return Interval(low - half, high + half, closed=not half)


def is_counted(quantity: Quantity) -> bool:
    """Whether the quantity is a number of things, written without 万 or decimals."""
    if quantity.unit is None or quantity.unit.dimension not in _COUNTED or quantity.bound == "approx":
        return False
    return quantity.scale == 1 and quantity.unit.factor == 1 and exact(quantity.value).denominator == 1


def last_digit(quantity: Quantity) -> Fraction:
    """What one unit of the last written digit is worth, in base units; 0 for a fraction, which is exact."""
    if isinstance(quantity.value, Fraction):
        return Fraction(0)
    exponent = min(int(quantity.value.as_tuple().exponent), 0)
    factor = quantity.unit.factor if quantity.unit else Fraction(1)
    return Fraction(10) ** exponent * quantity.scale * factor


def exact(value: Number) -> Fraction:
    """The number as a fraction."""
    return Fraction(value)


def decimal_text(value: Fraction) -> str:
    """The number in at most six significant digits after a leading integer part, without zeros at its end."""
    whole = len(str(abs(int(value)))) if abs(value) >= 1 else 0
    places = max(_SHOWN_DIGITS - whole, 2 if whole else _SHOWN_DIGITS)
    text = format(Decimal(round(value * 10**places)).scaleb(-places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sum(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b


def _ends(a: Interval, b: Interval) -> tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]] | None:
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return None
    return (a.low, a.high), (b.low, b.high)
