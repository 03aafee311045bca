"""Matches constructions against clauses: for a figure, which constructions hold and what they catch.

A construction proposes values for slots of one figure; those of a slot are asked in the order of the rules, and the
first that holds is the strongest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from policyx.clause import Clause, Lexicon, lexicon
from policyx.construct.shape import Parts, Shape, compile_shapes
from policyx.rules import Entry, Rules
from policyx.tuples import NamedTuple

_MOST_KEPT, _MOST_NEAR = 8192, 32768
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


_PROPERTIES = Figure._fields


class Construction(NamedTuple):
    """A rule of kind `construction`, ready to be matched. `gives` are the slots with what they are given; `where` names
    for a property of the figure the values that it holds for."""

    id: str
    slot: str
    shape: Shape
    gives: dict[str, object]
    where: tuple[tuple[str, frozenset[str], bool], ...]


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
    """The constructions for one slot, the strongest first. Which of them may hold for a property of a figure, and which
    behind and before a letter, is kept as the bits of a number: those that ask nothing, without those that ask for
    something else."""

    def __init__(self, made: Sequence[Construction]) -> None:
        self.made = made
        self._all = (1 << len(made)) - 1
        self._asking: dict[str, list[tuple[int, frozenset[str], bool]]] = {name: [] for name in _PROPERTIES}
        self._ends: list[tuple[int, str]] = []
        self._begins: list[tuple[int, str]] = []
        for number, construction in enumerate(made):
            bit, shape = 1 << number, construction.shape
            self._ends += [(bit, shape.ends)] if shape.ends is not None else []
            self._begins += [(bit, shape.begins)] if shape.begins is not None else []
            for name, values, wanted in construction.where:
                self._asking[name].append((bit, values, wanted))
        self._fitting = lru_cache(maxsize=_MOST_KEPT)(self._of_figure)
        self._of_property = lru_cache(maxsize=_MOST_KEPT)(self._of_value)
        self._behind = cache(lambda before: self._without(self._ends, before))
        self._before = cache(lambda behind: self._without(self._begins, behind))
        self._chosen = lru_cache(maxsize=_MOST_KEPT)(self._of_bits)

    def near(self, figure: Figure, before: str, behind: str) -> tuple[Construction, ...]:
        """The constructions that may hold for such a figure between these letters."""
        return self._chosen(self._behind(before) & self._before(behind) & self._fitting(figure))

    def _of_figure(self, figure: Figure) -> int:
        bits = self._all
        for name, value in zip(_PROPERTIES, figure, strict=True):
            bits &= self._of_property(name, value)
        return bits

    def _of_value(self, name: str, value: str) -> int:
        bits = self._all
        for bit, values, wanted in self._asking[name]:
            if (value in values) is not wanted:
                bits &= ~bit
        return bits

    def _without(self, asking: list[tuple[int, str]], letter: str) -> int:
        return self._all - sum([bit for bit, letters in asking if letter not in letters])

    def _of_bits(self, bits: int) -> tuple[Construction, ...]:
        return tuple(made for number, made in enumerate(self.made) if bits >> number & 1)


class Constructions:
    """All constructions of some rules, by the slot that they are for."""

    def __init__(self, rules: Rules, words: Lexicon) -> None:
        phrases = {entry["id"].removeprefix("phrase."): entry["shape"] for entry in rules.of("phrase")}
        by_slot: defaultdict[str, list[Construction]] = defaultdict(list)
        self._near = lru_cache(maxsize=_MOST_NEAR)(self._find_near)
        class_of = cache(words.class_of)
        entries = _in_order(rules.of("construction"))
        key = rules.key and rules.key + words.mark_of_letters()
        shapes = compile_shapes([entry["shape"] for entry in entries], phrases, class_of, key)
        for entry, shape in zip(entries, shapes, strict=True):
            by_slot[entry["slot"]].append(_construction(entry, shape))
        self._by_slot = {slot: _Slot(made) for slot, made in by_slot.items()}

    def shapes(self) -> Iterator[Shape]:
        """The shape of each construction."""
        return (made.shape for slot in self._by_slot.values() for made in slot.made)

    def matches(self, slot: str, clause: Clause, at: int, figure: Figure) -> Iterator[Match]:
        """The constructions for `slot` that hold for the figure at word `at`, the strongest first."""
        letters, backwards = clause.letters, clause.backwards
        size = len(letters)
        for construction in self._near(slot, figure, letters[at - 1], letters[at + 1]):
            shape = construction.shape
            left = shape.left.match(backwards, size - at)
            if left is None:  # so it is with nine of ten
                continue
            right = shape.right and shape.right.match(letters, at + 1)
            if shape.right is None or right:
                caught = {name: (size - end, size - start) for name, (start, end) in _caught(left, shape.parts_left)}
                caught.update(_caught(right, shape.parts_right) if right else ())
                yield Match(construction, clause, caught)

    def _find_near(self, slot: str, figure: Figure, before: str, behind: str) -> tuple[Construction, ...]:
        return self._by_slot[slot].near(figure, before, behind) if slot in self._by_slot else ()

    def first(self, slot: str, clause: Clause, at: int, figure: Figure) -> Match | None:
        """The strongest construction that holds, or None."""
        return next(self.matches(slot, clause, at, figure), None)


def _caught(match: re.Match[str], parts: Parts) -> list[tuple[str, tuple[int, int]]]:
    """The names of the parts that were caught, each with its range."""
    if match.lastindex is None:
        return []
    spans = match.regs
    return [(name, spans[number]) for name, number in parts if spans[number][1] >= 0]


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
