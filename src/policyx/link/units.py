"""Figures whose unit is left out: money after a word of money, a coefficient after 系数; the others are no records."""

from __future__ import annotations

from policyx.link.naming import clean_left
from policyx.model import Mention, Span
from policyx.patterns import compiled
from policyx.recognize.quantity import with_unit
from policyx.recognize.units import unit_table
from policyx.rules import Rules
from policyx.rules.words import NameWords

_MEASURED = r"(?:系数|指数|比值|得分|首位度)"
_COEFFICIENT = compiled(
    rf"{_MEASURED}[^，。；0-9]{{0,8}}?(?:为|到|至|达|是|约|在|以下|以内|于|[:：])$"
    rf"|{_MEASURED}[由从][^，。；]{{0,12}}?$|{_MEASURED}[由从][^，。；]{{0,12}}?[0-9.]{{1,6}}[^，。；0-9]{{0,6}}[到至为](?:[0-9]{{4}}年的?)?$"
)
_CLOSES = compiled(r"[^一-鿿A-Za-z0-9%％]|$")
_NO_NUMBER_TAIL = compiled(r"[A-Za-z0-9%％‰°/]|[个家条项]|[、.．)）]")


def settle_unit(text: str, sentence: Span, figure: Mention, rules: Rules, words: NameWords) -> Mention | None:
    """The figure with the unit that its clause gives it, without one where it is a coefficient, or None."""
    quantity = figure.quantity
    if quantity is None:
        return None
    if quantity.unit is not None:
        return figure
    before = text[max(sentence.start, figure.span.start - 30) : figure.span.start]
    clause = compiled(r"[，,。；;]").split(before)[-1]
    if quantity.scale >= 10**4:
        if words.money.find(clause):
            hit = unit_table(rules).match("元", 0, han=False)
            assert hit is not None
            return with_unit(figure, hit[0].unit)
        named = words.counted.end(clean_left(clause, words).core)
        return figure if named and _CLOSES.match(text, figure.span.end) else None
    if (
        _COEFFICIENT.search(before)
        and not _NO_NUMBER_TAIL.match(text, figure.span.end)
        and len(str(quantity.value)) < 8
    ):
        return figure
    return None
