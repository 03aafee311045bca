"""Exact numbers go in, their decimal text goes out; no float on the way."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from policyx.model import Number, exact, finite, trimmed

__all__ = ["exact", "number_text"]

_DIGITS = 20  # significant digits of a fraction that no decimal can hold, such as 84666 and two thirds
_ROUNDING = Context(prec=_DIGITS)


def number_text(value: Number | int) -> str:
    """The number as digits, valid in JSON, and exact but for fractions that no finite decimal can hold."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Fraction):
        value = finite(value)
        if isinstance(value, Fraction):
            quotient = _ROUNDING.divide(Decimal(value.numerator), Decimal(value.denominator))
            return trimmed(format(quotient, "f"))
    return format(value, "f")
