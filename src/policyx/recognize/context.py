"""Whether the words around a number allow its unit: a unit that is also an ordinary word says what it needs."""

from __future__ import annotations

from policyx.recognize.units import WrittenUnit

_STOPS = frozenset("。；;\n！？")
_ENUM = "、"
_LONGEST_LIST = 12  # numbers that one word may speak for
_FARTHEST = 24  # characters between two numbers of a list


def fits(text: str, start: int, end: int, written: WrittenUnit) -> bool:
    """Whether `written`, with its number at `start`..`end`, has around it, or around the first number of its list,
    what its rule asks for."""
    if written.not_after and text[max(0, start - 2) : start].endswith(written.not_after):
        return False
    if not (written.alone or written.needs):
        return True
    if written.alone:
        return clause_around(text, start, end).strip(" 。") == text[start:end].strip()
    place: tuple[int, int] | None = (start, end)
    for _ in range(_LONGEST_LIST):
        if place is None:
            return False
        clause = clause_around(text, *place)
        if any(word in clause for word in written.needs):
            return True
        place = _listed_before(text, place[0], written.word)
    return False


def _listed_before(text: str, start: int, unit: str) -> tuple[int, int] | None:
    """The number of the same unit right before in a list: 东港学院435分、西港学院414分."""
    low = max(0, start - _FARTHEST)
    end = text.rfind(unit + _ENUM, low, start)
    if end <= 0 or not text[end - 1].isdecimal() or not _STOPS.isdisjoint(text[end:start]):
        return None
    first = end
    while first > 0 and (text[first - 1].isdecimal() or text[first - 1] == "."):
        first -= 1
    return first, end + len(unit)


def clause_around(text: str, start: int, end: int) -> str:
    """The words around a number, back to the last stop (24 characters at most) and 10 characters on."""
    high = min(len(text), end + 10)
    for position in range(end, high):
        if text[position] in _STOPS:
            high = position
            break
    return clause_before(text, start) + text[start:high]


def clause_before(text: str, at: int) -> str:
    """The words before `at`, back to the last stop (24 characters at most)."""
    low = max(0, at - 24)
    for position in range(at - 1, low - 1, -1):
        if text[position] in _STOPS:
            return text[position + 1 : at]
    return text[low:at]
