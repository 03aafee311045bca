"""What the last member of a list that is dealt out says for all of them (研究所、高等学校经费支出分别为).

The first one says by what all are counted (每千人口医师、护士)."""

from __future__ import annotations

from policyx.clause.clause import Clause
from policyx.clause.lexicon import Lexicon

_LONGEST_EACH = 4  # words
_LISTS = frozenset({"enum", "joint"})
_TAILS = frozenset({"facet", "whole_name", "dependent", "rate_noun", "money_spent", "in_sum"})
_NO_TAIL = frozenset({"generic", "adverb", "thing_measure"})
_RATES = frozenset({"rate_noun", "share"})
_COUNTED = frozenset({"count", "people"})


def measures(clause: Clause, figure: int, count: int) -> bool:
    """Whether the figures of the list are of one dimension that is measured, not counted."""
    figures = [m for at, m in clause.mentions.items() if at >= figure and m.kind != "time"][:count]
    units = [m.quantity.unit for m in figures if m.quantity]
    return len({unit.dimension if unit else None for unit in units}) == 1 and not (
        units[0] and units[0].dimension in _COUNTED
    )


def with_tail(clause: Clause, names: tuple[str, ...], start: int, end: int) -> tuple[str, ...]:
    """研究所、高等学校经费支出: several words that say what is measured, which stand only with the last member."""
    own = end
    while own > start and tells_measure(clause.lexicon, clause.said(own - 1, own)):
        own -= 1
    tail, last = clause.said(own, end), clause.said(end - 1, end)
    things = [name.removesuffix(tail if name.endswith(tail) else last) for name in names[:-1]]
    told = tail and names[-1].endswith(tail) and names[-1] != tail
    ends = [at for at in range(start + 1, own) if clause.roles(at) & _LISTS]
    measured = any(_is_measured(clause.lexicon, clause.said(max(start, at - 2), at)) for at in ends)
    if not told or measured or _is_loose(clause, own, end):
        return names
    return (*(thing + tail for thing in things), names[-1])


def by_each(clause: Clause, names: tuple[str, ...], start: int) -> tuple[str, ...]:
    """每千名渔民医师、护士: by what all are counted, which stands with the first alone."""
    if not names or "step" not in clause.roles(start):
        return names
    end = next((at + 1 for at in range(start, start + _LONGEST_EACH) if "counted" in clause.roles(at)), start)
    by = clause.said(start, end)
    return tuple(name if name.startswith(by) else by + name for name in names)


def tells_measure(words: Lexicon, word: str) -> bool:
    """Whether a word says what is measured of whatever stands before it: 经费, 蓄积量; no 企业."""
    roles = words.roles[words.letter_of.get(word, words.unknown)]
    told = roles & _TAILS and not roles & _NO_TAIL
    return bool(told) or (len(word) > 1 and "noun" in roles and word.endswith(words.measure_ends))


def _is_loose(clause: Clause, own: int, end: int) -> bool:
    """研发人员、研发经费分别增长3%和5%: a word that need not be said of all, for rates."""
    unit = next(m.quantity.unit for at, m in clause.mentions.items() if at >= end and m.quantity)
    rated = unit is not None and unit.dimension == "percent"
    return rated and own == end - 1 and not clause.roles(own) & _RATES and not _is_rate(clause, own)


def _is_rate(clause: Clause, at: int) -> bool:
    return clause.said(at, at + 1).endswith(clause.lexicon.rate_ends)


def _is_measured(words: Lexicon, name: str) -> bool:
    """Whether a name says by itself what is measured."""
    parts = words.words(name)
    if not parts or "thing_measure" in words.roles[parts[-1][2]]:
        return False
    return name.endswith(words.measure_ends) or tells_measure(words, name[parts[-1][0] :])


def shared_share(clause: Clause, ranges: list[tuple[int, int]], measured_roles: frozenset[str]) -> str:
    """捕捞业、养殖业产值占渔业产值比重: the share of a whole that only the last member says, with what is measured."""
    low, high = ranges[-1]
    share = clause.end(low, high, "share")
    told = any("share" in clause.roles(at) for bounds in ranges[:-1] for at in range(*bounds))
    if told or share - low < 2 or share >= high - 1 or not clause.roles(share - 1) & measured_roles:
        return ""
    measured = any(clause.roles(end - 1) & measured_roles for _, end in ranges[:-1])
    return clause.said(share if measured else share - 1, high)
