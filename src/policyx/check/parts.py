"""Wholes and their parts: figures of a sentence in, findings of the kinds sum, share and distribution out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce

from policyx.check.figures import Figure, Statement, same_subject
from policyx.check.finding import Evidence, Finding, Verdict, evidence, tolerance_of
from policyx.check.interval import HUNDRED, Interval, decimal_text, last_digit
from policyx.check.verdict import agreement, near
from policyx.check.words import Words

_ADDED = frozenset(("level", "increase"))
_PERCENT = "%"
_FEWEST = 2
_MOST = 60  # figures of a list; a sentence that goes on longer is damaged
_LIST_END = "；;"
_BRACKET_END = "）)"
_RANK = "位"
_SHARED = "unit_shared"  # a list shares its unit, also where a damaged text does not have the word


def part_findings(statement: Statement, previous: Statement | None, words: Words) -> Iterator[Finding]:
    """What the lists of one sentence add up to. Where it opens with the parts, the whole is in the sentence before."""
    figures = statement.figures
    for position, figure in enumerate(figures):
        known = _opened_set(figures[position : position + _MOST], words)
        if known or words.has("parts", figure.before):
            whole = _whole_before(figures[max(position - _MOST, 0) : position], figure)
            if whole is None and position == 0 and previous is not None:
                whole = _only_whole(previous, figure)
            if whole is not None and not any(word in (whole.record.name or "") for word in known):
                yield from _parts_of(whole, _members(figures[position : position + _MOST], whole, words), words)
        if position >= _FEWEST and words.ends("total", figure.before):
            yield from _total(figure, _members_before(figures[max(position - _MOST, 0) : position], figure))
    yield from _complete_shares(figures, words)
    yield from _dealt_out(figures, words)


def total(members: Sequence[Figure]) -> Interval:
    """The sum of the figures' intervals."""
    return reduce(lambda a, b: a + b, (member.interval for member in members))


def sum_finding(kind: str, whole: Figure, members: Sequence[Figure], verdict: Verdict) -> Finding:
    """A finding about a whole and its parts; `kind` is sum or table_total."""
    left = " + ".join(member.quote for member in members)
    sign = {"confirmed": "=", "contradicted": "≠"}.get(verdict, "?")
    computed = total(members)
    parts = (
        ("arithmetic", f"{left} {sign} {whole.quote}"),
        ("whole", whole.record.name or whole.quote),
        ("sum", amount(computed, whole)),
        ("stated", whole.quote),
        ("left", left),
    )
    found = (evidence("whole", whole.index, whole.record), *_parts(members))
    return Finding(
        "table_total" if kind == "table_total" else "sum",
        verdict,
        f"sum.{verdict}",
        parts,
        found,
        tolerance_of(computed),
    )


def amount(interval: Interval, like: Figure) -> str:
    """The middle of a computed interval in the unit of a figure that it is compared with."""
    quantity = like.record.quantity
    if interval.low is None or interval.high is None:
        return "?"
    worth = quantity.scale * (quantity.unit.factor if quantity.unit else Fraction(1))
    return f"{decimal_text((interval.low + interval.high) / 2 / worth)}{quantity.unit_text}"


def _parts(members: Sequence[Figure]) -> tuple[Evidence, ...]:
    return tuple(evidence("part", member.index, member.record) for member in members)


def _opened_set(figures: Sequence[Figure], words: Words) -> tuple[str, ...]:
    """The set that makes up a whole with which the figures of one measure and unit begin."""
    first = figures[0]
    if not words.of_set.search(first.record.name or ""):
        return ()
    alike = [figure for figure in figures if figure.kind == first.kind]
    return next((known for known in words.sets if _is_set(alike[: len(known)], known, words)), ())


def _is_set(members: Sequence[Figure], known: tuple[str, ...], words: Words) -> bool:
    """Whether the figures are those of a known set: their names are the same but for its members, each of which is in
    one of them."""
    if len(members) != len(known):
        return False
    names = [member.record.name or "" for member in members]
    if any(words.has("separator", name) for name in names):
        return False  # the name of several things
    rests = {name.replace(word, "", 1) for word in known for name in names if word in name}
    return len(rests) == 1 and all(sum(word in name for name in names) == 1 for word in known)


def _can_be_added(figure: Figure) -> bool:
    """Whether figures of this kind have a sum: not shares, ranks and rates."""
    return figure.measure in _ADDED and figure.unit not in (_PERCENT, _RANK) and "/" not in (figure.unit or "/")


def _whole_before(before: Sequence[Figure], first: Figure) -> Figure | None:
    """The last figure before a list that its members can be parts of; not the change of a level, but the level."""
    for position, figure in reversed(list(enumerate(before))):
        if _can_be_added(figure) and _can_be_added(first) and figure.unit == first.unit:
            level = before[position - 1] if position else None
            changed = level is not None and level.kind == ("level", figure.unit) and same_subject(level, figure)
            return level if changed and figure.measure == "increase" else figure
        if figure.measure == "level" and figure.unit != first.unit:
            return None
    return None


def _only_whole(statement: Statement, first: Figure) -> Figure | None:
    """The whole in the sentence before, if only one figure there can be it."""
    if statement.is_row or not _can_be_added(first):
        return None
    fitting = [figure for figure in statement.figures if _can_be_added(figure) and figure.unit == first.unit]
    return fitting[0] if len(fitting) == 1 else None


def _members(figures: Sequence[Figure], whole: Figure, words: Words) -> list[Figure]:
    """The parts from the first on: figures of the whole's unit. The growth of each is passed over; another figure of
    the unit that is no part (a change, a total, a part of a part) ends the list."""
    members: list[Figure] = []
    for figure in figures:
        if (members and any(mark in figure.before for mark in _BRACKET_END)) or _new_list(members, figure):
            break
        if figure.unit != whole.unit or figure.measure not in _ADDED:
            continue
        change = figure.measure == "increase" and whole.measure == "level"
        if change and members and figure.record.name == members[-1].record.name:
            continue
        if members and (words.has("parts", figure.before) or words.has("not_whole", figure.before)):
            break
        if change or figure.record.status != whole.record.status or figure.record.year != whole.record.year:
            break
        members.append(figure)
    return members


def _new_list(members: Sequence[Figure], figure: Figure) -> bool:
    """Whether a semicolon ends the list, because it does not part its first two members."""
    if len(members) < _FEWEST:
        return False
    return any(mark in figure.before for mark in _LIST_END) and not any(mark in members[1].before for mark in _LIST_END)


def _members_before(before: Sequence[Figure], whole: Figure) -> list[Figure]:
    members: list[Figure] = []
    for figure in reversed(before):
        if figure.kind != whole.kind or not _can_be_added(figure) or not figure.interval.bounded:
            break
        members.insert(0, figure)
    return members


def _parts_of(whole: Figure, members: list[Figure], words: Words) -> Iterator[Finding]:
    """Parts that make up the whole confirm it. Fewer may be a choice of them; a little more are a contradiction, a lot
    more are things of another kind."""
    if not members or any(not figure.interval.bounded for figure in (whole, *members)):
        return
    computed = total(members)
    for length in range(len(members), _FEWEST - 1, -1):
        if total(members[:length]).meets(whole.interval):
            yield sum_finding("sum", whole, members[:length], "confirmed")
            return
    if len(members) == 1:
        return
    more = len(members) > _FEWEST and whole.interval.below(computed)
    more = more and not any(words.has("overlapping", member.before) for member in members)
    complete = any(_is_set(members, known, words) for known in words.sets) and not words.has("not_whole", whole.before)
    off = near(computed, whole.interval) and (more or complete)
    yield sum_finding("sum", whole, members, "contradicted" if off else "undecidable")


def _total(whole: Figure, members: list[Figure]) -> Iterator[Finding]:
    """`A, B and C, together D`: the longest list before the total that makes it up."""
    if not whole.interval.bounded:
        return
    for length in range(len(members), _FEWEST - 1, -1):
        if total(members[-length:]).meets(whole.interval):
            yield sum_finding("sum", whole, members[-length:], "confirmed")
            return


def _complete_shares(figures: Sequence[Figure], words: Words) -> Iterator[Finding]:
    """The shares of a set that makes up a whole come to 100."""
    shares = [figure for figure in figures if figure.unit == _PERCENT and figure.measure == "level"]
    for known in words.sets:
        for start in range(len(shares) - len(known) + 1):
            window = shares[start : start + len(known)]
            if _is_set(window, known, words) and all(words.has("ratio", member.record.name) for member in window):
                yield _share_sum(window)


def _share_sum(members: Sequence[Figure]) -> Finding:
    computed = total(members)
    verdict = agreement(computed, HUNDRED, max(last_digit(member.record.quantity) for member in members))
    left = " + ".join(member.quote for member in members)
    middle = decimal_text(((computed.low or 0) + (computed.high or 0)) / Fraction(2))
    sign = "=" if verdict == "confirmed" else "≠"
    parts = (("arithmetic", f"{left} {sign} 100%"), ("left", left), ("sum", f"{middle}%"))
    return Finding("share", verdict, f"share_sum.{verdict}", parts, _parts(members), tolerance_of(computed))


def _dealt_out(figures: Sequence[Figure], words: Words) -> Iterator[Finding]:
    """Names and figures of a list that is dealt out: as many names as figures, none of them twice."""
    taken = 0
    for position, first in enumerate(figures):
        if position < taken or not (words.has("dealt", first.before) or _SHARED in first.record.flags):
            continue
        members = [first]
        for figure in figures[position + 1 : position + _MOST]:
            if figure.kind != first.kind or not words.patterns["separator"].fullmatch(figure.before):
                break
            members.append(figure)
        taken = position + len(members)
        names = {member.record.name for member in members}
        if len(members) >= _FEWEST and None not in names and len(names) == len(members):
            pairs = ", ".join(f"{member.record.name} {member.quote}" for member in members)
            parts = (("arithmetic", f"{len(names)} : {len(members)}"), ("names", str(len(names))),
                     ("figures", str(len(members))), ("pairs", pairs))  # fmt: skip
            yield Finding("distribution", "confirmed", "distribution.confirmed", parts, _parts(members))
