"""Made-up documents that are hard to write, and what of a record has to come back from wherever it was written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from policyx.export.flat import flat_dict
from policyx.export.numbers import number_text
from policyx.model import Document, Period, Quantity, Record
from tests.conftest import HOME, MU, YUAN, make_document, make_record

HUGE = Decimal("123456789012345678901234567890.5")  # more digits than any column of numbers holds
FORMULA = '=HYPERLINK("http://example.org","x")'


def quantity(value: str, **changes: Any) -> Quantity:
    """A magnitude in yuan."""
    made: dict[str, Any] = {"value_max": None, "scale": 1, "scale_max": 1, "unit": YUAN, "unit_text": "元", **changes}
    return Quantity(value=Decimal(value), **made)


def hard_document(**changes: Any) -> Document:
    """A document with exact, huge and broken numbers, formulas, markup, quotes, line ends and other scripts."""
    target: dict[str, Any] = {"status": "target", "year": 2030}
    bare: dict[str, Any] = dict.fromkeys(
        ("name", "indicator", "label", "year", "period", "baseline", "place", "confidence", "role", "clause")
    )
    records = (
        make_record(quantity=quantity("1.50", scale=10**8, scale_max=10**8, unit_text="亿元")),
        make_record(quantity=quantity("0.1"), **target),
        make_record(quantity=quantity("1234567890123.456789")),
        make_record(quantity=quantity(str(HUGE))),
        make_record(quantity=quantity("0.0000000000000000123")),
        make_record(quantity=quantity("-0.30", bound="le")),
        make_record(quantity=Quantity(Decimal(127), None, 1, 1, MU, "亩")),
        make_record(quantity=Quantity(Fraction(1, 3), None, 1, 1, HOME, "家")),
        make_record(quantity=quantity("3", value_max=Decimal("5.0"), bound="range"), year=2023),
        make_record(name=FORMULA, sentence="@cmd|' /C calc'!A0 达到2500家", heading=("＝甲", "+乙 > 丙")),
        make_record(name="a\"b'c;d,e\n</script><b>&amp;", place="某\t市", rules=("a", "b; c"), flags=("x", "y")),
        make_record(name="𠮷野家 Ünïté 🏭", sentence="一" * 5000),
        make_record(**bare, checks=("sum of parts",), heading=(), flags=(), rules=()),
        make_record(period=Period("到2025年", None, "2025-12-31", "by", "relative")),
    )
    return make_document(*records, **{"title": '<i>"题\'目"</i>', **changes})


def flat(record: Record) -> dict[str, Any]:
    """The record with the columns of CSV, each number as the digits that have to come back; confidence as it is."""
    return {
        key: number_text(value) if isinstance(value, (Decimal, Fraction)) and key != "confidence" else value
        for key, value in flat_dict(record).items()
    }


def lists(record: Record) -> dict[str, list[str]]:
    """What is a list in formats that know lists."""
    return {key: list(getattr(record, key)) for key in ("heading", "rules", "checks", "flags")}
