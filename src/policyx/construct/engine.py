"""Matches constructions against clauses: for a figure, which constructions hold and what they catch.

A construction proposes values for slots of one figure; those of a slot are asked in the order of the rules, and the
first that holds is the strongest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from policyx.clause import Clause, Lexicon, lexicon
from policyx.construct.shape import Shape, compile_shape
from policyx.rules import Entry, Rules

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


class Constructions:
    """All constructions of some rules, by the slot that they are for."""

    def __init__(self, rules: Rules, words: Lexicon) -> None:
        phrases = {entry["id"].removeprefix("phrase."): entry["shape"] for entry in rules.of("phrase")}
        self._by_slot: dict[str, list[Construction]] = {}
        class_of = lru_cache(maxsize=None)(words.class_of)
        for entry in _in_order(rules.of("construction")):
            made = _construction(entry, phrases, class_of)
            self._by_slot.setdefault(made.slot, []).append(made)
        self._of = lru_cache(maxsize=1024)(self._select)

    def matches(self, slot: str, clause: Clause, at: int, figure: Figure) -> Iterator[Match]:
        """The constructions for `slot` that hold for the figure at word `at`, the strongest first."""
        found = self._of(slot, figure)
        if not found:
            return
        size, behind = len(clause.letters), clause.letters[at + 1 : at + 2]
        backwards = clause.backwards
        for construction in found:
            shape = construction.shape
            if shape.begins is not None and behind not in shape.begins:
                continue
            left = shape.left.match(backwards, size - at)
            if left is None:
                continue
            right = shape.right.match(clause.letters, at + 1) if shape.right is not None else None
            if right is None and shape.right is not None:
                continue
            caught = {name: (size - left.end(name), size - left.start(name)) for name in _taken(left)}
            if right is not None:
                caught.update({name: right.span(name) for name in _taken(right)})
            yield Match(construction, clause, caught)

    def first(self, slot: str, clause: Clause, at: int, figure: Figure) -> Match | None:
        """The strongest construction that holds, or None."""
        return next(self.matches(slot, clause, at, figure), None)

    def _select(self, slot: str, figure: Figure) -> tuple[Construction, ...]:
        return tuple(made for made in self._by_slot.get(slot, ()) if made.fits(figure))


def _taken(match: re.Match[str]) -> list[str]:
    return [name for name in match.re.groupindex if match.end(name) >= 0]


def _construction(entry: Entry, phrases: dict[str, str], class_of: Callable[[str], str]) -> Construction:
    where = tuple(
        (name.removeprefix("not_"), frozenset(values), not name.startswith("not_"))
        for name, values in entry.get("where", {}).items()
    )
    shape = compile_shape(entry["shape"], phrases, class_of)
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
