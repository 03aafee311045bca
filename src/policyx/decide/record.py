"""Readings into records: of each slot the strongest proposal, exact spans in the original, the indicator, the year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from policyx.clause.signs import MARKS
from policyx.decide.confidence import confidence
from policyx.decide.indicators import Indicator, indicator_index
from policyx.model import Baseline, Bound, Link, Mention, Number, Period, Quantity, Reading, Record, SourceSpan, Span
from policyx.outline import times
from policyx.outline.frame import DocumentFrame
from policyx.outline.place import places
from policyx.outline.status import PLANNED_YEARS, begins_ahead
from policyx.patterns import any_word, compiled
from policyx.rules import Rules
from policyx.text import RepairedText

_NEAR = 12  # characters before an amount in which it says by what it counts
_DECIDED = ("name", "measure", "status", "period", "bound")
_NO_YEAR = "none"  # in place of a rule: how often it is right that the text does not tell


class RecordBuilder:
    """Builds the records of one document."""

    def __init__(self, repaired: RepairedText, source: str, document: DocumentFrame, rules: Rules) -> None:
        self._repaired = repaired
        self._source = source
        self._document = document
        self._places = places(rules)
        self._names = _parted(rules)
        self._each = frozenset(rules.words("word", "each"))
        self._times = tuple(rules.words("word", "each_time"))
        self._confidence = confidence(rules)
        self._index = indicator_index(rules)
        self._kind = f"{document.kind}{'?' if document.unclear or document.excerpt else ''}"
        self._sentence = lru_cache(maxsize=1)(self._told)  # many figures share one

    def _told(self, span: Span) -> tuple[SourceSpan, str]:
        """Where a sentence stands in the original, and its words there; a row may be a whole text long."""
        sentence = self._repaired.source(span)
        return sentence, self._repaired.original[sentence.start : sentence.end]

    def build(self, reading: Reading, level_dimension: str | None = None) -> Record:
        """The record of a figure; `level_dimension`: the dimension of the level that its name was carried over from."""
        figure, segment, links = reading.figure, reading.segment, reading.links
        values: dict[str, Any] = {}
        deciders: dict[str, str] = {}
        reasons = []
        for slot, value, rule, evidence in links:
            if slot not in values:
                values[slot], deciders[slot] = value, rule
                if evidence:
                    reasons.append((slot, evidence))
        winners = [deciders[slot] for slot in _DECIDED if slot in deciders]
        quantity = _signed(figure.quantity, values.get("sign", 1), values.get("bound"))
        name, measure = values.get("name") or None, values.get("measure", "level")
        status = values.get("status", self._document.status)
        indicator = self._index.find(name, quantity, measure, level_dimension) if name else None
        period, dated = self._period(values.get("period"), status)
        start, end = self._repaired.source(figure.core)
        quote = self._repaired.original[start:end]
        sentence, told = self._sentence(_around(segment.span, figure.core))
        flags = _flags(quantity, indicator, period, figure)
        if quote != self._repaired.text[figure.core.start : figure.core.end]:
            flags.append("repaired_number")
        if "flag" in values:
            flags += [str(link.value) for link in links if link.slot == "flag"]
        if self._document.unclear:
            flags.append("kind_unclear")
        year = self._year(period, status)
        deciders["kind"], deciders["indicator"] = self._kind, f"{measure} {'known' if indicator else 'none'}"
        if year is None and status != "policy":
            deciders["period"] = _NO_YEAR
        rules = [*figure.rules, *winners, *dated, *([indicator.rule] if indicator else ())]
        return Record(
            source=self._source,
            start=start,
            end=end,
            quote=quote,
            name=name,
            indicator=indicator.id if indicator else None,
            label=indicator.label if indicator else None,
            quantity=self._rate(quantity, indicator, Span(segment.span.start, figure.core.start), segment.span)
            if indicator and "/" in indicator.unit
            else quantity,
            measure=measure,
            status=status,
            year=year,
            period=period,
            baseline=_based(values.get("baseline"), None if values.get("period") else year),
            place=self._places.of_name(name) or self._document.place,
            heading=segment.heading,
            sentence=told,
            sentence_start=sentence.start,
            sentence_end=sentence.end,
            rules=tuple(dict.fromkeys(rules)),
            flags=tuple(dict.fromkeys(flags)) if flags else (),
            reasons=tuple(reasons),
            role=values.get("role"),
            clause=values.get("clause"),
            confidence=self._confidence.of(deciders),
            losers=_losers(links) if len(links) > len(values) else (),
        )

    def several(self, reading: Reading) -> list[Record]:
        """The record of a figure, or, where one growth is told of several indicators by name (生产总值、人均GDP均增长7%
        is two), one for each of them."""
        record = self.build(reading)
        names = self._names.split(record.name or "") if record.measure == "growth_rate" else []
        if len(names) < 2:
            return [record]
        found = [self._index.find(name, record.quantity, record.measure) for name in names]
        if not all(found) or len({indicator.id for indicator in found if indicator}) < len(found):
            return [record]
        return [
            replace(record, name=name, indicator=indicator.id, label=indicator.label)
            for name, indicator in zip(names, found, strict=True)
            if indicator
        ]

    def _rate(self, quantity: Quantity, indicator: Indicator, before: Span, sentence: Span) -> Quantity:
        """万人发明专利拥有量36件: the name holds the denominator that the unit leaves out."""
        unit = quantity.unit
        numerator, _, denominator = indicator.unit.partition("/")
        if unit is None or unit.name != numerator or self._by_another(before, sentence, denominator):
            return quantity
        rate = replace(unit, name=indicator.unit, base=f"{unit.base}/{denominator}", dimension="rate")
        return replace(quantity, unit=rate)

    def _by_another(self, before: Span, sentence: Span, by: str) -> bool:
        """True where the sentence, or what stands right before the figure, counts by something else than the indicator
        does: 每人每年 and no 每人每月; 每小时2.6元、每月465元."""
        near = self._repaired.text[max(before.start, before.end - _NEAR) : before.end]
        last = max(self._times, key=near.rfind)
        if near.rfind(last) >= 0 and not last.endswith(by):
            return True
        text = self._repaired.text[slice(*sentence)]
        said = [word for word in self._each if word[: -len(by)] + by in self._each and word in text]
        return bool(said) and not any(word.endswith(by) for word in said)

    def _period(self, period: Period | None, status: str) -> tuple[Period | None, list[str]]:
        """The period, or the year that the document as a whole speaks of, with the rule that gave it."""
        if period is not None:
            return (period if period.text else None), []
        document = self._document
        actual = document.actual_year
        year = {"actual": actual, "target": document.target_year or actual, "forecast": actual}.get(status)
        return (times.from_document(year), ["period.whole"]) if year else (None, [])

    def _year(self, period: Period | None, status: str) -> int | None:
        """The year in which the period ends; what began earlier and goes on is told of the document's own year, what
        begins later of the year in which it does, and so what is in force since a day where the document has no year.
        """
        if period is None or period.relation != "since":
            return period.year if period else None
        if period.start and begins_ahead(period, self._document):
            return int(period.start[:4])
        aimed = self._document.target_year
        if status == "target":
            return aimed
        plan = self._document.kind == "plan" and period.start and aimed
        if plan and aimed and int((period.start or "")[:4]) == aimed - 2 * PLANNED_YEARS + 1:
            return aimed - PLANNED_YEARS  # “十三五”以来 in the plan of the next five years
        in_force = period.start if status == "actual" and times.names_day(period) else None
        return self._document.actual_year or (int(in_force[:4]) if in_force else None)


def _based(baseline: Baseline | None, year: int | None) -> Baseline | None:
    """比上年 of a figure that has its year from the document as a whole."""
    if not baseline or not year or baseline.kind != "previous_year":
        return baseline
    return replace(baseline, year=year - 1)


def _losers(links: Sequence[Link]) -> tuple[Link, ...]:
    """The proposals that are other than the first of their slot."""
    first = {link.slot: link[:3] for link in reversed(links)}
    return tuple(link for link in links if link[:3] != first[link.slot])


def _around(sentence: Span, figure: Span) -> Span:
    """The sentence with the whole of its figure: that of a row which wraps stands in another line, and a blank inside
    a figure may part a text without full stops."""
    if sentence.start <= figure.start and figure.end <= sentence.end:
        return sentence
    return Span(min(sentence.start, figure.start), max(sentence.end, figure.end))


def _signed(quantity: Quantity | None, sign: int, bound: Bound | None) -> Quantity:
    assert quantity is not None
    if bound:
        quantity = replace(quantity, bound=bound)
    if sign >= 0:
        return quantity
    if quantity.upper is None:
        return replace(quantity, value=_negative(quantity.value))
    least, most = sorted((_negative(quantity.value), _negative(quantity.upper)))
    return replace(quantity, value=least, value_max=most, scale_max=quantity.scale)


def _negative(value: Number) -> Number:
    return value if value < 0 else -value


def _flags(quantity: Quantity, indicator: Indicator | None, period: Period | None, figure: Mention) -> list[str]:
    flags = []
    if period and period.origin in ("carried", "document"):
        flags.append("year_carried")
    relative = ("percent", "multiple", "point", "rank")
    if indicator and indicator.typical and quantity.unit and quantity.unit.dimension not in relative:
        low, high = indicator.typical
        if not low <= abs(float(quantity.base_value)) <= high:
            flags.append("value_unusual")
    if figure.shared:
        flags.append("unit_shared")
    if "numeral.torn" in figure.rules:
        flags.append("number_torn")
    return flags


@lru_cache(maxsize=4)
def _parted(rules: Rules) -> re.Pattern[str]:
    """What stands between the names of a list."""
    signs = [sign for sign, role in MARKS.items() if role == "enum"]
    whole = any_word(rules.words("word", "and_its"))  # 橡胶及其制品 is one thing
    return compiled(rf"(?!{whole})(?:{any_word([*signs, *rules.words('word', 'joint')])})")


__all__ = ["Baseline", "RecordBuilder"]
