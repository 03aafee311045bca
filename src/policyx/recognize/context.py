"""Whether the words around a number allow its unit: a unit that is also an ordinary word says what it needs."""

from __future__ import annotations

from policyx.recognize.units import WrittenUnit

_STOPS = frozenset("。；;\n！？")


def fits(text: str, start: int, end: int, written: WrittenUnit) -> bool:
    """Whether `written`, with its number at `start`..`end`, has around it what its rule asks for."""
    if written.not_after and text[max(0, start - 2) : start].endswith(written.not_after):
        return False
    if not (written.alone or written.needs):
        return True
    clause = clause_around(text, start, end)
    if written.alone:
        return clause.strip(" 。") == text[start:end].strip()
    return any(word in clause for word in written.needs)


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
