"""Exact numbers go in, their decimal text goes out; no float on the way."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from policyx.model import Number

_DIGITS = 20  # significant digits of a fraction that no decimal can hold, such as 84666 and two thirds
_ROUNDING = Context(prec=_DIGITS)


def exact(value: Number) -> Number:
    """The value without superfluous zeros and without exponent; a fraction becomes a decimal where that is exact."""
    if isinstance(value, Fraction):
        value = _finite(value)
        if isinstance(value, Fraction):
            return value
    text = format(value, "f")
    return value if str(value) == text and "." not in text and text != "-0" else Decimal(_trimmed(text))


def number_text(value: Number | int) -> str:
    """The number as digits, valid in JSON, and exact but for fractions that no finite decimal can hold."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Fraction):
        value = _finite(value)
        if isinstance(value, Fraction):
            quotient = _ROUNDING.divide(Decimal(value.numerator), Decimal(value.denominator))
            return _trimmed(format(quotient, "f"))
    return format(value, "f")


def _finite(value: Fraction) -> Number:
    """The fraction as a decimal if its denominator has no factors but 2 and 5, else as it is."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return value
    places = max(twos, fives)
    digits = value.numerator * 10**places // value.denominator
    sign = int(digits < 0)
    return Decimal((sign, tuple(int(digit) for digit in str(abs(digits))), -places))


def _trimmed(text: str) -> str:
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
