"""What the clauses before a bare standard speak of: 门诊用药不设起付线，报销比例为70%."""

from __future__ import annotations

from policyx.clause import Clause
from policyx.construct import Match
from policyx.decide import labels, phrases
from policyx.decide.around import Around, caught_as, start_of_clause

_ITEM_ENDS = ("semicolon", "stop", "boundary", "colon")
_WHOSE_ENDS = ("predicate", "verb", "action", "light_verb", "have", "adverb", "copula", "modal", "to", "by", "figure")
_BARE = frozenset({"standard", "upper", "amount", "ceiling", "doc_noun", "form_label", "within"})
_STANDARDS = frozenset({"standard", "upper", "ceiling", "ratio"})
_THINGS = frozenset({"noun", "head", "group", "verbal_noun", "benefit"})
_TIERS = frozenset({"ordinal", "bare_grade", "aged_at", "numeral"})


def opener(match: Match, around: Around) -> str:
    """What the nearest clause of the item names, whose standards these are: 大病保险起付线1万元，封顶线2万元."""
    clause, core = around.clause, caught_as("core", match)
    parts = [around.words.roles[letter] for _, _, letter in around.words.words(core)]
    if (
        not parts
        or "standard" not in parts[-1]
        or core.endswith(around.words.fee_ends)
        or any(map(_BARE.isdisjoint, parts))
    ):
        return ""
    first = clause.start(around.at, *_ITEM_ENDS)
    stop = start_of_clause(around)
    while stop > first:
        low = clause.start(stop)
        said = _thing(clause, low, stop)
        if said:
            return labels.prefix(said, core)
        stop = low - 1
    return ""


def _thing(clause: Clause, low: int, high: int) -> str:
    """The noun that a clause begins with, without the standard that it is told of."""
    first, last = phrases.trimmed(clause, low, clause.end(low, high, *_WHOSE_ENDS))
    while first < last and clause.roles(last - 1) & _STANDARDS:
        last -= 1
    bare = all(clause.roles(at) & _BARE for at in range(first, last))  # 政策范围内费用
    if bare or not clause.roles(last - 1) & _THINGS or clause.roles(first) & _TIERS:
        return ""
    return phrases.phrase(clause, first, last)
