"""Figures without anything between them (244.5321423545700) in, one for each column out, where only one way to cut them
makes sense: a series that rises or falls steadily, or two years and the change between them; else nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from policyx.patterns import compiled

_CELL = compiled(r"[＞>≥≤<＜]?[\[〔［]?[0-9]+(?:\.[0-9]+)?[\]〕］]?%?|[/—-]")
_OPENS = compiled(r"[＞>≥≤<＜\[〔［/—-]")
_CLOSES = ("]", "〕", "］", "%")
_NUMBER = compiled(r"(?:0|[1-9][0-9]*)(?:\.[0-9]{1,2})?")
_TOTAL = compiled(r"[\[〔［]([0-9.]+)[\]〕］]$")
_ONE_DECIMAL = compiled(r"[0-9]+\.[0-9]")
_STEADY = Decimal("2.2")  # no planned series more than doubles from one year to the next
_LONGEST = 60
_LONGEST_CHANGE = 5
_TWO = 2
_SLACK = 0.011  # of a rate whose two figures were rounded


def marked(cells: str) -> list[str]:
    """Cells that their own marks set apart: 7.3＞10 → 7.3, ＞10; 426[550] → 426, [550]; /[20] → /, [20]."""
    parts = _CELL.findall(cells)
    apart = all(_OPENS.match(part) or before.endswith(_CLOSES) or before == "/" for before, part in pairwise(parts))
    return parts if len(parts) > 1 and "".join(parts) == cells and apart else []


def split_digits(digits: str, count: int) -> list[str]:
    """The one split of `digits` into `count` numbers that rise or fall steadily; nothing where none or several do. Of
    two numbers with decimals the first has one, and the second two digits: 9.42 may be one number, and 4.915 is 4.9
    and 15.

    >>> split_digits("244.5321423545700", 5)
    ['244.5', '321', '423', '545', '700']
    """
    if len(digits) > _LONGEST or count < _TWO:
        return []
    found = list(_steady(digits, count))
    way = found[0] if len(found) == 1 else []
    sure = count > _TWO or digits.isdigit() or (way and _ONE_DECIMAL.fullmatch(way[0]) and len(way[1]) >= _TWO)
    return way if sure else []


def split_with_change(digits: str, count: int, years: int) -> list[str]:
    """The one split into `count` numbers and what they change by in so many years: a rate for each year, or a total in
    brackets.

    >>> split_with_change("18.2223.9", 2, 5)
    ['18.2', '22', '3.9']
    """
    if len(digits) > _LONGEST or years < 1:
        return []
    found = []
    for change in _changes(digits):
        rest = digits[: -len(change)]
        for way in _ways(rest, count) if count == _TWO else _steady(rest, count):
            if _fits(way, change, years):
                found.append([*way, change])
    return found[0] if len(found) == 1 else []


def _changes(digits: str) -> list[str]:
    total = _TOTAL.search(digits)
    if total:
        return [total[0]]
    end = digits[-1] == "%"
    ends = (digits[-length:] for length in range(1 + end, _LONGEST_CHANGE + 1 + end) if length < len(digits))
    return [change for change in ends if _NUMBER.fullmatch(change.removesuffix("%"))]


def _fits(way: Sequence[str], change: str, years: int) -> bool:
    first, last = float(way[0]), float(way[-1])
    total = _TOTAL.fullmatch(change)
    written = total[1] if total else change.removesuffix("%")
    unit = 10.0 ** -len(written.partition(".")[2])
    rate = float((last / first) ** (1 / years) - 1) * 100 if first else 0.0
    told = last - first if total else rate
    return abs(told - float(written)) < (unit / 2 + _SLACK if not total else unit * 0.51)


def _steady(digits: str, count: int) -> Iterator[list[str]]:
    """The ways that rise or fall steadily; not more than two of each."""
    yield from {tuple(way): way for rising in (True, False) for way in _ways(digits, count, rising)}.values()


def _ways(digits: str, count: int, rising: bool | None = None) -> list[list[str]]:
    """The ways to cut `digits` into `count` numbers, of those that go steadily on (`rising`) two at most."""
    ways: list[list[str]] = []

    def extend(at: int, taken: list[str]) -> None:
        if rising is not None and len(ways) > 1:
            return
        if len(taken) == count:
            if at == len(digits):
                ways.append(list(taken))
            return
        for end in range(at + 1, min(len(digits), at + 10) + 1):
            part = digits[at:end]
            if _NUMBER.fullmatch(part) and (not taken or rising is None or _is_steady(taken[-1], part, rising)):
                extend(end, [*taken, part])

    extend(0, [])
    return ways


def _is_steady(first: str, second: str, rising: bool) -> bool:
    low, high = (Decimal(first), Decimal(second)) if rising else (Decimal(second), Decimal(first))
    return low <= high and (high <= low * _STEADY or (low == 0 and high <= 3))
