"""Levels and their changes: figures of a sentence in, findings of the kinds level_change_growth, from_to and multiple
out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from policyx.check.average import average_growth
from policyx.check.figures import Figure, Statement, same_frame, same_subject
from policyx.check.finding import Finding, Verdict, evidence, tolerance_of
from policyx.check.interval import EVERYTHING, Interval, decimal_text, is_counted, last_digit
from policyx.check.levels import Levels
from policyx.check.parts import amount
from policyx.check.verdict import agreement
from policyx.check.words import Words

_RANK = "位"
_PERCENT = "%"
_POINTS: dict[str | None, str] = {_PERCENT: "百分点"}  # what rates change by
_CORRECTED = Fraction(1, 50)
_FACTOR = 2
_FEWEST = 3  # a level, its change and its growth
_OTHER_SPAN = ("dealt", "cumulative")  # a change over another time, or not of the figure before


def change_findings(statement: Statement, levels: Levels, words: Words) -> Iterator[Finding]:
    """What the levels of one sentence say with their changes; `levels` are all levels of the document, for what is told
    elsewhere."""
    for group in _groups(statement.figures):
        yield from _level_change_growth(group, words)
        yield from _multiple(group, levels)
    yield from _from_to(statement.figures, words)


def _groups(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Runs of figures about one thing at one time."""
    group: list[Figure] = []
    for figure in figures:
        if group and not (same_subject(group[0], figure) and same_frame(group[0], figure)):
            yield group
            group = []
        group.append(figure)
    if group:
        yield group


def _level_change_growth(group: Sequence[Figure], words: Words) -> Iterator[Finding]:
    """1476家，较2022年增加477家，同比增长47.75%: 1476 less 477 is 999, of which 477 are 47.75 %."""
    if len(group) < _FEWEST:
        return
    levels = [figure for figure in group if figure.measure == "level" and figure.unit not in (_PERCENT, _RANK)]
    if len(levels) != 1:
        return
    level = levels[0]
    changes = [figure for figure in group if figure.kind == ("increase", level.unit)]
    growths = [figure for figure in group if figure.kind == ("growth_rate", _PERCENT)]
    if len(changes) != 1 or len(growths) != 1 or not _one_base(changes[0], growths[0], words):
        return
    change, growth = changes[0], growths[0]
    before = level.interval - change.interval
    if before.low is None or before.low <= 0:
        return
    computed = (change.interval / before).scaled(100)
    verdict = agreement(computed, growth.interval, restated(growth))
    if verdict == "contradicted" and (other_prices(level, growth, words) or not alike(computed, growth)):
        verdict = "undecidable"
    base = amount(before, level)
    left = f"{change.quote} ÷ ({level.quote} − {change.quote})"
    parts = (
        ("arithmetic", f"{left} {sign(verdict)} {growth.quote}"),
        ("name", level.record.name or level.quote),
        ("level", level.quote),
        ("change", change.quote),
        ("base", base),
        ("growth", growth.quote),
        ("computed", percent(computed)),
    )
    members = (("level", level), ("change", change), ("growth", growth))
    found = tuple(evidence(part, figure.index, figure.record) for part, figure in members)
    yield Finding("level_change_growth", verdict, f"level_change_growth.{verdict}", parts, found,
                  tolerance_of(computed))  # fmt: skip


def _one_base(change: Figure, growth: Figure, words: Words) -> bool:
    """Whether a change and a growth rate may be counted from the same year."""
    first, second = change.record.baseline, growth.record.baseline
    told = f"{change.before} {growth.before} {growth.record.name}"
    if words.has("share_of", told):
        return False
    if words.has("average", told) or words.has("down", change.before) or words.has("up", change.before):
        return False  # 减到5864人 is the level, whatever it was read as
    years = {base.year for base in (first, second) if base is not None and base.year is not None}
    return len(years) < 2


def restated(growth: Figure) -> Fraction:
    """By how much a growth rate may be off because the level before was corrected since."""
    return max(last_digit(growth.record.quantity), abs(Fraction(growth.record.quantity.base_value)) * _CORRECTED)


def alike(computed: Interval, growth: Figure) -> bool:
    """Whether a computed rate and the stated one are of one size; else they are told of two things."""
    if computed.low is None or computed.high is None:
        return False
    middle, stated = (computed.low + computed.high) / 2, Fraction(growth.record.quantity.base_value)
    return middle * stated > 0 and 1 / _FACTOR < middle / stated < _FACTOR


def other_prices(level: Figure, growth: Figure, words: Words) -> bool:
    """Whether the growth may be told without the rise of prices, or on another basis than the levels."""
    indicator = level.record.indicator or ""
    real = any(indicator == known or indicator.startswith(f"{known}.") for known in words.constant_prices)
    return real or words.has("same_basis", growth.before)


def _multiple(group: Sequence[Figure], levels: Levels) -> Iterator[Finding]:
    """增长至3倍，达到180家: where the level before is told, it has to fit; else a number of things is the multiple of a
    whole number of them."""
    multiples = [figure for figure in group if figure.measure == "multiple"]
    if len(multiples) != 1:
        return
    reached = [figure for figure in group if figure.measure == "level" and figure.unit not in (_PERCENT, _RANK)]
    if len(reached) != 1:
        return
    times, level = multiples[0], reached[0]
    base = level.interval / times.interval
    if base == EVERYTHING:
        return
    baseline = times.record.baseline
    known = levels.only(level, baseline.year) if baseline is not None else None
    if known is not None:
        verdict = agreement(level.interval / known.interval, times.interval, last_digit(times.record.quantity))
        grown = (level.interval - known.interval) / known.interval
        if verdict == "contradicted" and grown.meets(times.interval):
            verdict = "undecidable"  # `grew by three times` may mean that it is four times as much
    elif is_counted(level.record.quantity) and not base.whole_number():
        return  # no such number of things can have been there before, so they are two statements
    else:
        verdict = "confirmed"
    told = known.quote if known is not None else amount(base_middle(level, times), level)
    parts = (
        ("arithmetic", f"{level.quote} ÷ {times.quote} {sign(verdict)} {told}"),
        ("name", level.record.name or level.quote),
        ("level", level.quote),
        ("times", times.quote),
        ("base", told),
    )
    found = [evidence("level", level.index, level.record), evidence("multiple", times.index, times.record)]
    if known is not None:
        found.append(evidence("base", known.index, known.record))
    template = f"multiple.{'known' if known is not None else 'implied'}.{verdict}"
    yield Finding("multiple", verdict, template, parts, tuple(found), tolerance_of(base))


def base_middle(level: Figure, times: Figure) -> Interval:
    """The level that the multiple was counted from, as written figures give it."""
    quotient = Fraction(level.record.quantity.base_value) / Fraction(times.record.quantity.base_value)
    return Interval(quotient, quotient)


def _from_to(figures: Sequence[Figure], words: Words) -> Iterator[Finding]:
    """由210亿元提高到320亿元，增长52.4%: the direction of the verb, and the growth that is told with it."""
    for position, (start, end) in enumerate(pairwise(figures)):
        if start.kind != end.kind or start.measure != "level" or start.unit == _RANK or not _one_name(start, end):
            continue
        up, down = words.has("up", end.before), words.has("down", end.before)
        if up == down or not words.has("from", start.before):
            continue
        behind = figures[position + 2] if position + 2 < len(figures) else None
        follows = behind if behind is not None and _is_of(behind, end) else None
        if not words.has("reversed", f"{start.record.name} {start.before}"):
            yield from _direction(start, end, up)
        if follows is not None and words.has("average", follows.before):
            yield from average_growth(start, end, follows, other_prices(end, follows, words))
        elif follows is not None and not any(words.has(role, follows.before) for role in _OTHER_SPAN):
            yield from _difference(start, end, follows, other_prices(end, follows, words))


def _is_of(told: Figure, end: Figure) -> bool:
    """Whether a change is told of the figure before it, and not of a part of it; shares change by points."""
    narrower = len(told.record.name or "") > len(end.record.name or "")
    return same_subject(told, end) and not narrower and not (end.unit == _PERCENT and told.unit == _PERCENT)


def _one_name(start: Figure, end: Figure) -> bool:
    """Whether two ends of a change have one name, as far as it was read: the one may hold the other."""
    one, other = start.record.name or "", end.record.name or ""
    return one in other or other in one


def _direction(start: Figure, end: Figure, up: bool) -> Iterator[Finding]:
    wrong = end.interval.below(start.interval) if up else start.interval.below(end.interval)
    verdict: Verdict = "contradicted" if wrong else "confirmed"
    sign = ">" if Fraction(start.record.quantity.base_value) > Fraction(end.record.quantity.base_value) else "<"
    parts = (
        ("arithmetic", f"{start.quote} {sign} {end.quote}"),
        ("name", end.record.name or end.quote),
        ("from", start.quote),
        ("to", end.quote),
    )
    found = (evidence("from", start.index, start.record), evidence("to", end.index, end.record))
    yield Finding("from_to", verdict, f"from_to.{'up' if up else 'down'}.{verdict}", parts, found)


def _difference(start: Figure, end: Figure, told: Figure, other_prices: bool) -> Iterator[Finding]:
    """The change or the growth that is told right behind; the growth perhaps without the rise of prices."""
    if told.measure == "increase" and told.unit in (end.unit, _POINTS.get(end.unit)):
        computed, digit = end.interval - start.interval, Fraction(0)
        result = amount(computed, told)
        left = f"{end.quote} − {start.quote}"
    elif told.kind == ("growth_rate", _PERCENT) and start.interval.low is not None and start.interval.low > 0:
        computed = ((end.interval - start.interval) / start.interval).scaled(100)
        digit = last_digit(told.record.quantity)
        result = percent(computed)
        left = f"({end.quote} − {start.quote}) ÷ {start.quote}"
    else:
        return
    stated = told.interval
    if (computed.high or 0) < 0 < (stated.low or 0):
        computed = -computed  # 减少了47.5%: the verb has the sign
    verdict = agreement(computed, stated, digit)
    if verdict == "contradicted" and other_prices and digit:
        verdict = "undecidable"
    parts = (
        ("arithmetic", f"{left} {sign(verdict)} {told.quote}"),
        ("name", end.record.name or end.quote),
        ("from", start.quote),
        ("to", end.quote),
        ("stated", told.quote),
        ("computed", result),
    )
    members = (("from", start), ("to", end), ("change", told))
    found = tuple(evidence(part, figure.index, figure.record) for part, figure in members)
    yield Finding("from_to", verdict, f"from_to.{verdict}", parts, found, tolerance_of(computed))


def sign(verdict: Verdict) -> str:
    return {"confirmed": "=", "contradicted": "≠", "undecidable": "≈"}[verdict]


def percent(interval: Interval) -> str:
    if interval.low is None or interval.high is None:
        return "?"
    return f"{decimal_text((interval.low + interval.high) / 2)}%"
