"""The name of a figure: the first construction whose parts are all there, put together from the clause and from what
the text has said before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from policyx.construct import Constructions, Match
from policyx.decide import name_words
from policyx.decide.around import Around, caught_as, said_topic
from policyx.decide.parts import PARTS
from policyx.tuples import NamedTuple

_Part = Callable[[Match, Around], str]


class Named(NamedTuple):
    """A proposal for a name: `topic` is what the text speaks of from here on, `dependent` says that the name leans on
    what was said before, `passing` that the figure is told in passing, and leaves nothing to those behind it."""

    name: str
    topic: str
    dependent: bool
    rule: str
    evidence: str
    passing: bool = False


def names(around: Around, found: Constructions) -> Iterator[Named]:
    """The proposals for the figure's name, the strongest first."""
    for match in found.matches("name", around.clause, around.at, around.figure):
        named = _named(match, around)
        if named is not None:
            yield named


def _named(match: Match, around: Around) -> Named | None:
    """What the construction makes; None where a part of it that it cannot do without is missing."""
    gives = match.construction.gives
    asked, context = _asked(str(gives["name"]))
    said: dict[_Part, str] = {}
    for part in context:
        said[part] = part(match, around)
        if not said[part]:
            return None
    parts: list[str] = []
    for part, needed in asked:
        text = said[part] if part in said else part(match, around)
        if not text and needed:
            return None
        if len(parts) == 1 and part in said and _is_deed_in(parts[0], text, around):
            parts = [text[: text.index(parts[0]) + len(parts[0])]]  # 举办渔民培训班5期，培训300人
        elif text and not (parts and parts[-1].endswith(text)):
            parts.append(text[_overlap(parts[-1], text) if parts else 0 :])
    name = name_words.shortened(name_words.tidy("".join(parts)), around.words)
    if not name or around.words.has(name, "no_name"):
        return None
    dependent = bool(gives.get("dependent"))
    subject = _part(str(gives["topic"]))(match, around) if "topic" in gives else ""
    topic = around.discourse.topic if gives.get("topic") == "" else subject or name
    if dependent or name_words.is_dependent(name, around.words):
        topic = said_topic(around) or around.discourse.topic
    evidence = match.clause.said(*_caught(match))
    return Named(name, topic, dependent, match.construction.id, evidence, bool(gives.get("passing")))


def _overlap(before: str, text: str) -> int:
    """How many signs both share where they meet: 签订技术合同 and 合同成交额."""
    return next((size for size in range(len(text) - 1, 1, -1) if before.endswith(text[:size])), 0)


def _is_deed_in(deed: str, text: str, around: Around) -> bool:
    """Whether a verb stands in what it is done to."""
    return len(deed) > 1 and text.find(deed) > 0 and around.words.has(deed, "action")


@cache
def _asked(name: str) -> tuple[tuple[tuple[_Part, bool], ...], tuple[_Part, ...]]:
    """The parts of a name, each with whether the name cannot do without it; and those of them that it cannot do without
    and the context gives: these are missing most often, and so asked for first."""
    parts = tuple((_part(part.rstrip("?")), not part.endswith("?")) for part in name.split())
    return parts, tuple(_part(part) for part in name.split() if part.startswith("$") and not part.endswith("?"))


def _caught(match: Match) -> tuple[int, int]:
    ranges = [caught for caught in match.caught.values() if caught[0] < caught[1]]
    if len(ranges) == 1:
        return ranges[0]
    return (min(ranges)[0], max([high for _, high in ranges])) if ranges else (0, 0)


@cache
def _part(part: str) -> _Part:
    """What gives a part of a name: a word of its own, the context, or what the construction caught."""
    if part.startswith("'"):
        return lambda match, around: part.strip("'")
    return PARTS[part[1:]] if part.startswith("$") else lambda match, around: caught_as(part, match)
