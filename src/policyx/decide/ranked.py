"""Parts of names in lists that are told from the most to the least, after a label, or in brackets before a noun."""

from __future__ import annotations

from policyx.clause import Clause
from policyx.construct import Match
from policyx.decide import headings, name_words, phrases
from policyx.decide.around import Around, caught_as, start_of_clause

_ORDERS = ("superlative", "foremost_by")
_LONGEST_MEMBER = 6  # words between two brackets of a list
_BETWEEN = frozenset({"enum", "joint", "item"})
_NO_HEADS = frozenset({"predicate", "verb", "action", "copula", "adverb", "change", "joint", "enum", "of", "beside"})


def compared(match: Match, around: Around) -> str:
    """粗出生率 of 粗出生率最高为彰化县9.29，其次为澎湖县: what is compared, where a clause before says it."""
    clause = around.clause
    stop = start_of_clause(around)
    while stop > 0:
        first = clause.start(stop)
        order = clause.end(first, stop, *_ORDERS)
        said = phrases.phrase(clause, *phrases.trimmed(clause, first, order)) if order < stop else ""
        if said:
            return "" if set(said) <= set(caught_as("core", match)) else said
        stop = first - 1
    return ""


def listed_noun(match: Match, around: Around) -> str:
    """旅客 of 香港（58万人次）、日本（3万人次）旅客: what the members of a list with brackets are, behind the last."""
    if around.clause.host is None:
        return ""
    clause, at = around.clause.host
    while "counted_aside" in clause.roles(at):
        following = _next_aside(clause, at + 1)
        if following is None:
            return _noun(clause, at + 1)
        at = following
    return ""


def _next_aside(clause: Clause, at: int) -> int | None:
    """The next brackets of the list; None where it ends before word `at`."""
    if not clause.roles(at) & _BETWEEN:
        return None
    end = min(at + _LONGEST_MEMBER, len(clause.letters))
    place = clause.end(at + 1, end, "counted_aside", "hard", "figure")
    return place if place < end and "counted_aside" in clause.roles(place) else None


def _noun(clause: Clause, at: int) -> str:
    """The noun at word `at`, of one word."""
    roles = clause.roles(at)
    return clause.said(at, at + 1) if "noun" in roles and not roles & _NO_HEADS else ""


def listed_under(match: Match, around: Around) -> str:
    """失业率 of 失业率如下：法国10.4%，英国7.1%: what a label says is measured of each."""
    said = headings.label(around.clause, around.at)
    own = caught_as("core", match)
    told = name_words.is_measured(own, around.words) or not name_words.is_measured(said, around.words)
    parts = around.words.words(said)
    sorts = bool(parts) and "generic" in around.words.roles[parts[-1][2]]  # 【创新平台】 says what kind they are
    if parts and "main" in around.words.roles[parts[0][2]]:
        said = name_words.measured_head(said, around.words)  # 主要产品产量：水泥
    return "" if told or sorts else said
