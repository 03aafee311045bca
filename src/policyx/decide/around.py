"""Where a figure stands: its clause and what was said before, and what the clauses around it speak of."""

from __future__ import annotations

from policyx.clause import Clause, Lexicon
from policyx.construct import Figure, Match
from policyx.decide import phrases
from policyx.decide.discourse import Discourse
from policyx.tuples import NamedTuple

_ASIDES = frozenset({"running", "beside"})
_ENDS_ASIDE = frozenset({"change", "no_noun"})


class Around(NamedTuple):
    """Where a figure stands: its clause without times, its place there, and what was said before; `heading` is the
    heading above it, `figure` what constructions may ask."""

    clause: Clause
    at: int
    figure: Figure
    discourse: Discourse
    heading: str = ""

    @property
    def words(self) -> Lexicon:
        """The lexicon that the clause was cut with."""
        return self.clause.lexicon


def said_topic(around: Around) -> str:
    """What the clauses without figures since the last figure speak of, the nearest first; nothing where none does. What
    follows a cause is told of what the cause touches: 餐馆业因业者拓点，加上买气活络，年增6%."""
    clause = around.clause
    end = start_of_clause(around)
    if "figure" in clause.roles(end):
        return ""
    stop, nearest = end, ""
    while stop > 0:
        first = clause.start(stop)
        found = phrases.subject(clause, first, stop) if stop < end or first < stop else ""
        found = "" if _is_aside(clause, first, stop) else found
        if found and (not nearest or clause.has("cause", first + 1, stop)):
            nearest = found
        if first == 0 or "figure" in clause.roles(first - 1):
            return nearest
        stop = first - 1
    return nearest


def _is_aside(clause: Clause, first: int, last: int) -> bool:
    """，连续7个月正成长，or ，续创同期新高，: how long it has gone on, or what it has come to, is no subject."""
    opens = clause.roles(first) | clause.roles(first + ("adverb" in clause.roles(first)))
    return bool(opens & _ASIDES and clause.roles(last - 1) & _ENDS_ASIDE)


def promoted_topic(around: Around) -> str:
    """What the clauses since the last figure are about that begin with a verb, the first of them: 渔港 of
    推进渔港建设，强化调度，建成5个."""
    clause, stop, farthest = around.clause, start_of_clause(around), ""
    while stop > 0 and "figure" not in clause.roles(stop):
        first = clause.start(stop)
        farthest = phrases.promoted(clause, first, stop) or farthest
        stop = first - 1
    return farthest


def start_of_clause(around: Around) -> int:
    """The place of the mark that opens the figure's own clause."""
    return around.clause.start(around.at) - 1


def caught_as(part: str, match: Match) -> str:
    """The words that a construction caught under this name, without what leads in to them; `part!`: as they stand."""
    found = match.caught.get(part.rstrip("!"))
    if found is None:
        return ""
    if part.endswith("!"):
        return phrases.phrase(match.clause, *found)
    return phrases.phrase(match.clause, *phrases.trimmed(match.clause, *found))
