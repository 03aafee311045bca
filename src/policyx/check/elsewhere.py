"""Figures of different sentences: all of a document in, findings of the kinds repeated, share and sum out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from policyx.check.figures import Figure, Statement, same_frame
from policyx.check.finding import Finding, evidence, tolerance_of
from policyx.check.interval import decimal_text, last_digit
from policyx.check.verdict import agreement, near
from policyx.check.words import Words
from policyx.model import Record

_PERCENT = "%"
_ADDED = frozenset(("level", "increase"))
_STATED = frozenset(("level", "growth_rate"))
_SHORTEST_NAME = 3

Key = tuple[object, ...]


def repeated_findings(all_statements: Sequence[Statement], words: Words) -> Iterator[Finding]:
    """One figure that is told several times: each telling against the first one."""
    told: dict[Key, list[Figure]] = defaultdict(list)
    for statement in all_statements:
        for figure in statement.figures:
            key = _key(figure, words)
            if key is not None:
                told[key].append(figure)
    for figures in told.values():
        first = figures[0]
        for other in figures[1:]:
            if other.record.sentence_start == first.record.sentence_start:
                continue
            yield from _repeated(first, other)


def _key(figure: Figure, words: Words) -> Key | None:
    """What has to be the same for two figures to be the same fact; None where the text leaves too much open."""
    record = figure.record
    name, period = record.name, record.period
    if record.indicator not in words.place_totals or name is None or len(name) < _SHORTEST_NAME or record.year is None:
        return None
    if record.measure not in _STATED or record.status != "actual" or record.quantity.bound != "eq":
        return None
    if any(words.has(role, f"{name} {figure.before}") for role in ("average", "not_whole", "same_basis")):
        return None
    if words.has("revised", record.sentence):
        return None
    span = (period.start, period.end, period.relation) if period else None
    base = (record.baseline.kind, record.baseline.year) if record.baseline else None
    return name, record.indicator, record.place, record.year, span, figure.kind, base


def _repeated(first: Figure, other: Figure) -> Iterator[Finding]:
    digit = max(last_digit(figure.record.quantity) for figure in (first, other))
    verdict = agreement(first.interval, other.interval, digit)
    # far apart they are rather two things of one name, and rates of one name often are those of a part and the whole
    if verdict != "confirmed" and not (first.measure == "level" and near(first.interval, other.interval)):
        return
    sign = {"confirmed": "=", "contradicted": "≠", "undecidable": "?"}[verdict]
    parts = (
        ("arithmetic", f"{first.quote} {sign} {other.quote}"),
        ("name", first.record.name or ""),
        ("first", first.quote),
        ("second", other.quote),
    )
    found = (evidence("figure", first.index, first.record), evidence("figure", other.index, other.record))
    yield Finding("repeated", verdict, f"repeated.{verdict}", parts, found, tolerance_of(first.interval))


def share_findings(all_statements: Sequence[Statement], words: Words) -> Iterator[Finding]:
    """A占B比重 with both levels there: their quotient is the share."""
    levels: dict[tuple[str, str | None], list[Figure]] = defaultdict(list)
    for statement in all_statements:
        for figure in statement.figures:
            if figure.measure == "level" and figure.unit != _PERCENT and figure.record.name:
                levels[figure.record.name, figure.unit].append(figure)
    for statement in all_statements:
        for position, figure in enumerate(statement.figures):
            if figure.unit == _PERCENT and figure.measure == "level":
                yield from _share(figure, statement.figures[:position], levels, words)


def _share(
    share: Figure, before: Sequence[Figure], levels: dict[tuple[str, str | None], list[Figure]], words: Words
) -> Iterator[Finding]:
    named = _numerator_and_denominator(share.record.name or "", words)
    if named is None or words.has("not_whole", share.before):
        return
    top = _part_of_share(named[0], before, share)
    if top is None:
        return
    fitting = [f for f in levels.get((named[1], top.unit), []) if same_frame(f, top) and f.index != top.index]
    if len({figure.interval for figure in fitting}) != 1:
        return
    bottom = fitting[0]
    computed = (top.interval / bottom.interval).scaled(100)
    verdict = agreement(computed, share.interval, last_digit(share.record.quantity))
    if not computed.bounded or (verdict == "contradicted" and not near(computed, share.interval)):
        return  # levels of other years or of things that are counted otherwise
    middle = decimal_text(((computed.low or 0) + (computed.high or 0)) / Fraction(2))
    sign = {"confirmed": "=", "contradicted": "≠", "undecidable": "?"}[verdict]
    parts = (
        ("arithmetic", f"{top.quote} ÷ {bottom.quote} {sign} {share.quote}"),
        ("top", f"{top.record.name} {top.quote}"),
        ("bottom", f"{bottom.record.name} {bottom.quote}"),
        ("share", share.quote),
        ("computed", f"{middle}%"),
    )
    members = (("part", top), ("whole", bottom), ("share", share))
    found = tuple(evidence(part, figure.index, figure.record) for part, figure in members)
    yield Finding("share", verdict, f"share.{verdict}", parts, found, tolerance_of(computed))


def _numerator_and_denominator(name: str, words: Words) -> tuple[str, str] | None:
    """The names before and behind the word that makes a share of two; without what closes the second."""
    link = words.patterns["share_of"].search(name)
    if link is None:
        return None
    closing = words.patterns["ratio"].search(name, link.end())
    bottom = name[link.end() : closing.start() if closing else len(name)]
    return (name[: link.start()], bottom) if bottom else None


def _part_of_share(name: str, before: Sequence[Figure], share: Figure) -> Figure | None:
    """The level that a share is of: of that name, else the figure right before, told of the same thing."""
    for figure in reversed(before):
        told = figure.measure == "level" and figure.unit != _PERCENT and same_frame(figure, share)
        if told and (figure.record.name == name or not name):
            return figure
    return None


def cumulative_findings(all_statements: Sequence[Statement], words: Words) -> Iterator[Finding]:
    """What has come together over years is not less than what one of them brought."""
    sums: dict[Key, Figure] = {}
    single: dict[Key, Figure] = {}
    for statement in all_statements:
        for figure in statement.figures:
            record = figure.record
            if not record.name or record.indicator is None or record.year is None or figure.measure not in _ADDED:
                continue
            bare = words.patterns["cumulative"].sub("", record.name)
            key: Key = (bare, record.place, record.year, record.status, figure.kind, record.indicator)
            together = bare != record.name or words.has("cumulative", figure.before)
            (sums if together else single).setdefault(key, figure)
    for key, whole in sums.items():
        part = single.get(key)
        if part is not None and part.unit != _PERCENT and _one_year(part.record) and not _one_year(whole.record):
            yield _cumulative(whole, part)


def _one_year(record: Record) -> bool:
    period = record.period
    return period is None or period.start is None or period.end is None or period.start[:4] == period.end[:4]


def _cumulative(whole: Figure, part: Figure) -> Finding:
    wrong = whole.interval.below(part.interval)
    verdict = "contradicted" if wrong else "confirmed"
    sign = "<" if wrong else "≥"
    parts = (
        ("arithmetic", f"{whole.quote} {sign} {part.quote}"),
        ("name", part.record.name or ""),
        ("whole", whole.quote),
        ("part", part.quote),
    )
    found = (evidence("whole", whole.index, whole.record), evidence("part", part.index, part.record))
    return Finding("sum", "contradicted" if wrong else "confirmed", f"cumulative.{verdict}", parts, found)
