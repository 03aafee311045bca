"""Unit and magnitude against the name and the indicator: figures in, findings of the kind unit out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from policyx.check.figures import Figure, Statement
from policyx.check.finding import Finding, evidence
from policyx.check.interval import decimal_text
from policyx.check.words import Words
from policyx.patterns import compiled
from policyx.rules import Rules

_PERCENT = "%"
_PHRASE = compiled(r"[，,；;。、]")
_BEHIND = 12  # characters behind a percentage that may say what it is
_LONGEST = 400  # characters of a sentence that are looked at for what a figure is
_FAR = 100  # times below what is usual: a unit was lost, not a record set


def unit_findings(all_statements: Sequence[Statement], words: Words, rules: Rules) -> Iterator[Finding]:
    """Levels whose unit or magnitude their name does not allow."""
    usual = _usual(rules, words.place_totals)
    for statement in all_statements:
        for number, figure in enumerate(statement.figures):
            # what a rule grants may be a rate of the amount: 按租金总额50%申请补助
            told = figure.measure == "level" and figure.record.status != "policy"
            if told and figure.unit == _PERCENT:
                yield from _share_of_amount(figure, statement.figures[:number], words)
            elif told:
                yield from _magnitude(figure, usual, words)


def _share_of_amount(figure: Figure, before: Sequence[Figure], words: Words) -> Iterator[Finding]:
    """A percentage under a name that ends in a word for an amount (经费, 总额) and says nothing of a share, nor does
    the sentence up to it."""
    record = figure.record
    name = record.name or ""
    if not words.ends("amount", name):
        return
    told_before = "".join(other.before for other in (*before, figure))[-_LONGEST:]
    if words.has("rate_name", f"{name} {told_before}"):
        return
    reached = words.patterns["up"].sub("", words.patterns["down"].sub("", told_before))
    if words.has("change_word", f"{name} {reached}") or words.ends("of", figure.before) or not figure.before:
        return
    behind = _PHRASE.split(record.sentence[record.end - record.sentence_start :][:_BEHIND])[0]
    if words.has("rate_name", behind) or words.has("change_word", behind):
        return  # 采购预算总额35%以上份额
    # the amount is named right before, or what stands between is how many times as much it is
    if not words.has("amount", figure.before) and (not before or before[-1].measure != "multiple"):
        return
    parts = (
        ("arithmetic", f"{name}: {figure.quote}"),
        ("name", name),
        ("stated", figure.quote),
    )
    found = (evidence("figure", figure.index, figure.record),)
    yield Finding("unit", "contradicted", "unit.share.contradicted", parts, found)


def _magnitude(figure: Figure, usual: Mapping[str, tuple[Fraction, Fraction, str]], words: Words) -> Iterator[Finding]:
    known = usual.get(figure.record.indicator or "")
    if known is None or figure.unit != known[2] or words.has("per", figure.record.name):
        return
    if (figure.record.name or "") not in figure.before:
        return  # a name that is only carried along may be another figure's
    value = abs(Fraction(figure.record.quantity.base_value))
    low, high = known[0], known[1]
    unit_written = bool(figure.record.quantity.unit_text) and not figure.quote[-1:].isdigit()
    if not value or value >= low / _FAR or not unit_written:
        return
    parts = (
        ("arithmetic", f"{figure.record.name}: {figure.quote}"),
        ("name", figure.record.name or ""),
        ("stated", figure.quote),
        ("low", f"{decimal_text(low)}{known[2]}"),
        ("high", f"{decimal_text(high)}{known[2]}"),
    )
    found = (evidence("figure", figure.index, figure.record),)
    yield Finding("unit", "contradicted", "unit.magnitude.contradicted", parts, found)


@lru_cache(maxsize=4)
def _usual(rules: Rules, wanted: frozenset[str]) -> dict[str, tuple[Fraction, Fraction, str]]:
    """What is usual of each of the `wanted` indicators, in its base unit."""
    bases = {word: entry["base"] for entry in rules.of("unit") for word in entry.get("words", [])}
    found = {}
    for entry in rules.of("indicator"):
        base = _base(entry["unit"], bases) if entry["id"] in wanted and "typical" in entry else None
        if base is not None:
            low, high = (Fraction(str(value)) for value in entry["typical"])
            found[entry["id"]] = (low, high, base)
    return found


def _base(unit: str, bases: Mapping[str, str]) -> str | None:
    """The base unit of a unit that may have a multiplier before it (亿元)."""
    return next((bases[unit[start:]] for start in range(len(unit)) if unit[start:] in bases), None)
