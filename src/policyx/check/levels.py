"""Figures of a document go in, its levels come out, to be found by what they are of and their year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from policyx.check.figures import Figure, Statement

_NO_LEVELS = frozenset(("%", "位"))

Key = tuple[str | None, str | None, str | None, int | None]


class Levels:
    """The levels of a document by name, unit, place and year; shares and ranks are none."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._found: dict[Key, list[Figure]] = defaultdict(list)
        for statement in statements:
            for figure in statement.figures:
                if figure.measure == "level" and figure.unit not in _NO_LEVELS:
                    self._found[_key(figure, figure.record.year)].append(figure)

    def only(self, like: Figure, year: int | None, status: str | None = None) -> Figure | None:
        """The level of a year of what another figure is of, if all that the document tells of it is alike. With
        `status` only such as have it."""
        if year is None or not like.record.name:
            return None
        found = [
            figure
            for figure in self._found.get(_key(like, year), ())
            if figure.index != like.index and status in (None, figure.record.status)
        ]
        return found[0] if len({figure.interval for figure in found}) == 1 else None


def _key(figure: Figure, year: int | None) -> Key:
    return figure.record.name, figure.unit, figure.record.place, year
