"""A level, its growth, and the level of the year before that the document tells elsewhere: figures in, findings of the
kind level_change_growth out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyx.check.change import alike, other_prices, percent, restated, sign
from policyx.check.figures import Figure, Statement
from policyx.check.finding import Finding, evidence, tolerance_of
from policyx.check.levels import Levels
from policyx.check.verdict import agreement
from policyx.check.words import Words

_PERCENT = "%"


def growth_findings(statements: Sequence[Statement], levels: Levels, words: Words) -> Iterator[Finding]:
    """2024年进口额达到110亿元，增长10%, and somewhere 2023年进口额100亿元."""
    for statement in statements:
        for level, growth in _pairs(statement.figures):
            year = level.record.year
            before = None if year is None else levels.only(level, year - 1, "actual")
            if before is not None and not words.has("average", growth.before):
                yield from _finding(level, growth, before, words)


def _pairs(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """A level and the growth right behind it, both of one name, year and status. A level that follows a growth of its
    name has that one: 增长13%，达到147亿元，力争增长15%."""
    for position, level in enumerate(figures[:-1]):
        growth = figures[position + 1]
        taken = position > 0 and _is_growth_of(figures[position - 1], level)
        if level.measure == "level" and level.unit != _PERCENT and _is_growth_of(growth, level) and not taken:
            yield level, growth


def _is_growth_of(figure: Figure, level: Figure) -> bool:
    one, other = figure.record, level.record
    same = (one.name, one.year, one.status) == (other.name, other.year, other.status)
    return same and figure.kind == ("growth_rate", _PERCENT)


def _finding(level: Figure, growth: Figure, before: Figure, words: Words) -> Iterator[Finding]:
    base = growth.record.baseline
    if base is not None and base.year is not None and base.year != before.record.year:
        return
    if before.interval.low is None or before.interval.low <= 0 or not level.interval.bounded:
        return
    computed = ((level.interval - before.interval) / before.interval).scaled(100)
    if not computed.bounded or not alike(computed, growth):
        return
    verdict = agreement(computed, growth.interval, restated(growth))
    if verdict == "contradicted" and other_prices(level, growth, words):
        verdict = "undecidable"
    parts = (
        ("arithmetic", f"({level.quote} − {before.quote}) ÷ {before.quote} {sign(verdict)} {growth.quote}"),
        ("name", level.record.name or level.quote),
        ("level", level.quote),
        ("before", before.quote),
        ("growth", growth.quote),
        ("computed", percent(computed)),
    )
    members = (("level", level), ("base", before), ("growth", growth))
    found = tuple(evidence(part, figure.index, figure.record) for part, figure in members)
    yield Finding("level_change_growth", verdict, f"growth.{verdict}", parts, found, tolerance_of(computed))
