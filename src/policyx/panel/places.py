"""Names of places go in, divisions with their codes go out: GB/T 2260 as of a year, and an id that lasts.

The table (places.tsv) has every division of China down to counties with the years of its codes and names. A place keeps
its id when it is renamed or gets a new code; one that was taken over by another says by which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePath
from typing import NamedTuple

_COMMENT = "#"
_ROOT = "100000"
_LONGEST_ENDING = 3  # characters that a common short name may put behind the stem: 黔东南州, 新疆自治区


class Division(NamedTuple):
    """One code and name of a place. `since` and `until` are years, None where they lie outside the table."""

    code: str
    id: str
    name: str
    short: str
    since: int | None
    until: int | None
    into: str

    @property
    def level(self) -> int:
        """0 the nation, 1 a province, 2 a prefecture, 3 a county or less."""
        if self.code == _ROOT:
            return 0
        if not self.code:
            return 3
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3

    def holds(self, year: int | None) -> bool:
        """Whether the code and the name were in force in a year."""
        return year is None or ((self.since or 0) <= year <= (self.until or 9999))


class Places:
    """All divisions, to be found by name."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._all = tuple(divisions)
        self._by_name: dict[str, list[Division]] = defaultdict(list)
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        for division in self._all:
            self._by_name[division.name].append(division)
            if division.short != division.name:
                self._by_name[division.short].append(division)
            self._by_code[division.code].append(division)

    def find(self, name: str, year: int | None = None) -> Division | None:
        """The place of a name as it was in a year: a full name, a short one (云南), one with the places above it before
        it (广东省广州市), or a common abbreviation (黔东南州). None where it is unknown or there are several."""
        return self._named(name, year) or self._below(name, year) or self._abbreviated(name, year)

    def nation(self) -> Division:
        """The whole country."""
        return self._by_code[_ROOT][0]

    def as_of(self, division: Division, year: int | None) -> Division:
        """The same place with the code and name of a year."""
        return self._fitting([item for item in self._all if item.id == division.id], year) or division

    def parent(self, division: Division) -> Division | None:
        """The place that it lies in: a county's prefecture or province, a prefecture's province."""
        above = (f"{division.code[:4]}00", f"{division.code[:2]}0000")
        known = [code for code in above if division.code and code != division.code and code in self._by_code]
        found = [self._by_code[code][0] for code in known]
        return found[0] if found else None

    def _named(self, name: str, year: int | None) -> Division | None:
        found = self._by_name.get(name, [])
        if found:
            highest = min(division.level for division in found)
            found = [division for division in found if division.level == highest]
        return self._fitting(found, year)

    def _below(self, name: str, year: int | None) -> Division | None:
        """A name behind those of the places above it."""
        for length in range(2, len(name) - 1):
            above = self._named(name[:length], year)
            if above is None:
                continue
            within = [
                item
                for item in self._by_name.get(name[length:], [])
                if item.code.startswith(above.code[: 2 * above.level])
            ]
            if found := self._fitting(within, year):
                return found
            if (deeper := self._below(name[length:], year)) is not None:
                return deeper
        return None

    def _abbreviated(self, name: str, year: int | None) -> Division | None:
        for cut in range(1, _LONGEST_ENDING + 1):
            found = [item for item in self._by_name.get(name[:-cut], []) if item.name.endswith(name[-cut:])]
            if fitting := self._fitting(found, year):
                return fitting
        return None

    @staticmethod
    def _fitting(found: list[Division], year: int | None) -> Division | None:
        """The one that held in a year, else the nearest; None where several places have the name."""
        if len({division.id for division in found}) != 1:
            return None
        holding = [division for division in found if division.holds(year)]
        if holding:
            return holding[-1]
        return min(found, key=lambda item: abs((year or 0) - (item.until or item.since or 0)))


@lru_cache(maxsize=1)
def places() -> Places:
    """The table of the package."""
    text = files("policyx.panel").joinpath("places.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith(_COMMENT)]
    head = rows[0]
    return Places(_division(dict(zip(head, row, strict=True))) for row in rows[1:])


def place_of(place: str | None, title: str | None, source: str, year: int | None) -> Division | None:
    """The place of a document: the one that was read, if its title has it; else the one that its title begins with;
    else the one that its file or a folder above it is called; else the one that was read in the text.

    One that the table does not have (a new area, a town) has no code and its name as id."""
    table = places()
    if place and place in (title or ""):
        return table.find(place, year) or unlisted(place)
    for name in _beginnings(title or ""):
        # a short name of a county may begin the name of another place
        if (found := table.find(name, year)) and (found.name == name or found.level == 1):
            return found
    for part in reversed(PurePath(source.replace("!/", "/")).parts):
        stem = part.rpartition(".")[0] or part
        if (found := table.find(stem, year)) and found.name == stem:
            return found
    if place:
        return table.find(place, year) or unlisted(place)
    return None


def unlisted(name: str) -> Division:
    """A place that the table does not have."""
    return Division("", name, name, name, None, None, "")


def _beginnings(title: str) -> list[str]:
    """What a title may begin with, the longest first."""
    return [title[:length] for length in range(min(len(title), 12), 1, -1)]


def _division(row: dict[str, str]) -> Division:
    since, until = (int(row[name]) if row[name] else None for name in ("since", "until"))
    return Division(row["code"], row["id"], row["name"], row["short"], since, until, row["into"])
