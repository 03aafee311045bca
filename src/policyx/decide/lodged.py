"""What became of the papers that a whole counts, for its parts: 申请 of 专利申请量, for 发明专利 among them."""

from __future__ import annotations

from policyx.construct import Match
from policyx.decide.around import Around, caught_as

_LONGEST_TAIL = 6
_SHORTEST_SHARED = 2
_ENDS = frozenset({"semicolon", "stop"})


def behind(match: Match, around: Around) -> str:
    """申请受理量 of 专利申请受理量, for 发明专利."""
    core, whole, at = _shared(match, around)
    tail = whole[at + len(core) :]
    return tail if core and len(tail) <= _LONGEST_TAIL and tail.startswith(around.words.lodged) else ""


def before(match: Match, around: Around) -> str:
    """申请 of 申请专利, for 发明专利."""
    _, whole, at = _shared(match, around)
    return next((word for word in around.words.lodged if word in whole[:at]), "")


def by_each(match: Match, around: Around) -> str:
    """每万人 of 每万人发明专利拥有量, for 高价值发明专利 among them."""
    whole = _whole(around)
    core = caught_as("core", match)
    return next((word for word in around.words.by_head if whole.startswith(word) and word not in core), "")


def opening(match: Match, around: Around) -> str:
    """申请 of 申请专利, for 发明 among them, which leans on 专利."""
    whole = _whole(around)
    return next((word for word in around.words.lodged if whole.startswith(word) and whole != word), "")


def _shared(match: Match, around: Around) -> tuple[str, str, int]:
    """What the part's name shares with the whole's: its last word, the whole, and where it stands there; nothing where
    the part tells by itself what became of it."""
    core, words = caught_as("core", match), around.words
    whole = _whole(around)
    parts = words.words(core)
    if not parts or not whole or any(word in core for word in words.lodged):
        return "", "", 0
    thing = core[parts[-1][0] :]
    at = whole.rfind(thing)
    return (thing, whole, at) if at >= 0 and len(thing) >= _SHORTEST_SHARED else ("", "", 0)


def _whole(around: Around) -> str:
    """The name of the figure that stands before 其中, where this one counts the same."""
    clause, named, told = around.clause, around.discourse.said.named, 0
    for at in range(around.at - 1, 0, -1):
        roles = clause.roles(at)
        if "part_mark" in roles:
            return named[-1 - told] if told < len(named) and around.figure.unit == around.discourse.level.unit else ""
        if roles & _ENDS:
            return ""
        told += "figure" in roles
    return ""
