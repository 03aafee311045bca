"""Matches constructions against clauses: for a figure, which constructions hold and what they catch.

A construction proposes values for slots of one figure; those of a slot are asked in the order of the rules, and the
first that holds is the strongest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from policyx.clause import Clause, Lexicon, lexicon
from policyx.construct.shape import Shape, compile_shapes
from policyx.rules import Entry, Rules

_MOST_KEPT = 8192
Captured = dict[str, tuple[int, int]]


class Figure(NamedTuple):
    """What constructions may ask of the figure and its document: the dimension of its unit (`number` without one,
    `rank` for ranks; for a time its relation), the unit as written, the kind of document, the bound,
    and for a figure without a unit whether it stands in ten thousands (`yes`, `no`)."""

    dimension: str
    unit: str
    kind: str
    bound: str = "eq"
    scaled: str = ""


class Construction(NamedTuple):
    """A rule of kind `construction`, ready to be matched. `gives` are the slots with what they are given; `where` names
    for a property of the figure the values that it holds for."""

    id: str
    slot: str
    shape: Shape
    gives: dict[str, object]
    where: tuple[tuple[str, frozenset[str], bool], ...]

    def fits(self, figure: Figure) -> bool:
        """Whether it holds for figures of this kind at all."""
        return all((getattr(figure, name) in values) is wanted for name, values, wanted in self.where)


class Match(NamedTuple):
    """A construction that holds for a figure: the words it caught, by name, as half-open ranges of the clause."""

    construction: Construction
    clause: Clause
    caught: Captured

    def said(self, name: str) -> str:
        """The text of what was caught under `name`; empty where nothing was."""
        found = self.caught.get(name)
        return self.clause.said(*found) if found else ""


class _Slot:
    """The constructions for one slot, the strongest first. Which of them may hold for a figure, and which behind and
    before a letter, is kept as the bits of a number."""

    def __init__(self) -> None:
        self.made: list[Construction] = []
        self.near = lru_cache(maxsize=_MOST_KEPT)(self._near)
        self._fitting = lru_cache(maxsize=_MOST_KEPT)(lambda figure: self._bits(lambda made: made.fits(figure)))
        self._behind = cache(lambda before: self._bits(lambda made: made.shape.may_follow(before)))
        self._before = cache(lambda behind: self._bits(lambda made: made.shape.may_precede(behind)))
        self._chosen = lru_cache(maxsize=_MOST_KEPT)(self._of_bits)

    def _near(self, figure: Figure, before: str, behind: str) -> tuple[Construction, ...]:
        """The constructions that may hold for such a figure between these letters."""
        bits = self._behind(before) & self._before(behind)
        return self._chosen(bits & self._fitting(figure)) if bits else ()

    def _of_bits(self, bits: int) -> tuple[Construction, ...]:
        return tuple(made for number, made in enumerate(self.made) if bits >> number & 1)

    def _bits(self, holds: Callable[[Construction], bool]) -> int:
        return sum(1 << number for number, made in enumerate(self.made) if holds(made))


class Constructions:
    """All constructions of some rules, by the slot that they are for."""

    def __init__(self, rules: Rules, words: Lexicon) -> None:
        phrases = {entry["id"].removeprefix("phrase."): entry["shape"] for entry in rules.of("phrase")}
        self._by_slot: defaultdict[str, _Slot] = defaultdict(_Slot)
        class_of = cache(words.class_of)
        entries = _in_order(rules.of("construction"))
        key = rules.key and rules.key + words.mark_of_letters()
        shapes = compile_shapes([entry["shape"] for entry in entries], phrases, class_of, key)
        for entry, shape in zip(entries, shapes, strict=True):
            self._by_slot[entry["slot"]].made.append(_construction(entry, shape))

    def shapes(self) -> Iterator[Shape]:
        """The shape of each construction."""
        return (made.shape for slot in self._by_slot.values() for made in slot.made)

    def matches(self, slot: str, clause: Clause, at: int, figure: Figure) -> Iterator[Match]:
        """The constructions for `slot` that hold for the figure at word `at`, the strongest first."""
        for construction in self._near(slot, clause, at, figure):
            match = _held(construction, clause, at)
            if match is not None:
                yield match

    def first(self, slot: str, clause: Clause, at: int, figure: Figure) -> Match | None:
        """The strongest construction that holds, or None."""
        for construction in self._near(slot, clause, at, figure):
            match = _held(construction, clause, at)
            if match is not None:
                return match
        return None

    def _near(self, slot: str, clause: Clause, at: int, figure: Figure) -> tuple[Construction, ...]:
        letters = clause.letters
        return self._by_slot[slot].near(figure, letters[at - 1], letters[at + 1])


def _held(construction: Construction, clause: Clause, at: int) -> Match | None:
    """What the construction catches around word `at`; None where it does not hold."""
    shape, size = construction.shape, len(clause.letters)
    left = shape.left.match(clause.backwards, size - at)
    if left is None:
        return None
    right = shape.right.match(clause.letters, at + 1) if shape.right is not None else None
    if right is None and shape.right is not None:
        return None
    caught = {name: (size - left.end(name), size - left.start(name)) for name in _taken(left)}
    if right is not None:
        caught.update({name: right.span(name) for name in _taken(right)})
    return Match(construction, clause, caught)


def _taken(match: re.Match[str]) -> list[str]:
    names = match.re.groupindex
    return [name for name in names if match.end(name) >= 0] if names else []


def _construction(entry: Entry, shape: Shape) -> Construction:
    where = tuple(
        (name.removeprefix("not_"), frozenset(values), not name.startswith("not_"))
        for name, values in entry.get("where", {}).items()
    )
    return Construction(entry["id"], entry["slot"], shape, entry.get("gives", {}), where)


def _in_order(entries: list[Entry]) -> list[Entry]:
    """The entries in the order of the files, but each behind those that it names in `after`."""
    placed: dict[str, Entry] = {}
    waiting = list(entries)
    known = {entry["id"] for entry in entries}
    while waiting:
        ready = [e for e in waiting if all(name in placed or name not in known for name in e.get("after", ()))]
        for entry in ready or waiting:
            placed[entry["id"]] = entry
        waiting = [entry for entry in waiting if entry["id"] not in placed]
    return list(placed.values())


@lru_cache(maxsize=4)
def constructions(rules: Rules) -> Constructions:
    """The constructions of these rules, compiled once."""
    return Constructions(rules, lexicon(rules))
