"""Matches constructions against clauses: for a figure, which constructions hold and what they catch.

A construction proposes values for slots of one figure; those of a slot are asked in the order of the rules, and the
first that holds is the strongest."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial, reduce
from itertools import repeat
from operator import or_

from policyx.clause import Clause, Lexicon, lexicon
from policyx.construct.shape import Parts, Shape, ShapeError, compile_shapes
from policyx.errors import RuleError
from policyx.rules import Entry, Rules
from policyx.tuples import NamedTuple

_MOST_KEPT, _CLAUSES = 8192, 8
_MOST_TELLING = 64  # letters: one of more stands in nearly every clause
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


class _Filter:
    """Which constructions may hold, as the bits of a number: for a property of a figure, behind and before a letter,
    and in a clause with a letter, those that ask nothing, without those that ask for something else."""

    def __init__(self, made: Sequence[Construction]) -> None:
        self._all = (1 << len(made)) - 1
        self._asking: dict[str, list[tuple[int, frozenset[str], bool]]] = {name: [] for name in _PROPERTIES}
        ends, begins = Counter[str](), Counter[str]()
        self._having: dict[str, int] = {}  # by letter, what needs it or another
        for number, construction in enumerate(made):
            bit, shape = 1 << number, construction.shape
            telling = shape.needs if shape.needs and len(shape.needs) <= _MOST_TELLING else None
            for asking, letters in ((ends, shape.ends), (begins, shape.begins)):
                if letters is not None:
                    asking[letters] += bit
            for letter in telling or "":
                self._having[letter] = self._having.get(letter, 0) | bit
            for name, values, wanted in construction.where:
                self._asking[name].append((bit, values, wanted))
        self._fitting = lru_cache(maxsize=_MOST_KEPT)(self._of_figure)
        self._of_property = lru_cache(maxsize=_MOST_KEPT)(self._of_value)
        self._behind, self._before = (cache(partial(self._without, asking)) for asking in (ends, begins))
        self._without_needs = self._all & ~reduce(or_, self._having.values(), 0)
        self._within = lru_cache(maxsize=_CLAUSES)(self._of_clause)
        self.at = lru_cache(maxsize=_CLAUSES)(self._at)  # each slot of a figure is asked for

    def _at(self, figure: Figure, letters: str, kinds: frozenset[str], at: int) -> int:
        """The constructions that may hold for such a figure at this place of a clause with letters of these kinds."""
        beside = self._behind(letters[at - 1]) & self._before(letters[at + 1])
        return beside & self._fitting(figure) & self._within(kinds)

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

    def _of_clause(self, kinds: frozenset[str]) -> int:
        return reduce(or_, map(self._having.get, kinds, repeat(0)), self._without_needs)

    def _without(self, asking: Mapping[str, int], letter: str) -> int:
        return self._all - sum([bits for letters, bits in asking.items() if letter not in letters])


def _compiled(
    entries: Sequence[Entry],
    phrases: dict[str, str],
    class_of: Callable[[str], str],
    key: str,
    origins: Mapping[str, str],
) -> list[Shape]:
    """The shape of each entry. Raises RuleError, which names the entry and its file."""
    try:
        return compile_shapes([entry["shape"] for entry in entries], phrases, class_of, key)
    except ShapeError:
        for entry in entries:
            try:
                compile_shapes([entry["shape"]], phrases, class_of, "")
            except ShapeError as error:
                raise RuleError(origins.get(entry["id"], ""), entry["id"], "shape", str(error)) from None
        raise


class Constructions:
    """All constructions of some rules, by the slot that they are for."""

    def __init__(self, rules: Rules, words: Lexicon) -> None:
        phrases = {entry["id"].removeprefix("phrase."): entry["shape"] for entry in rules.of("phrase")}
        by_slot: defaultdict[str, list[Construction]] = defaultdict(list)
        class_of = cache(words.class_of)
        entries = _in_order(rules.of("construction"))
        key = rules.key and rules.key + words.mark_of_letters()
        shapes = _compiled(entries, phrases, class_of, key, rules.origins)
        for entry, shape in zip(entries, shapes, strict=True):
            by_slot[entry["slot"]].append(_construction(entry, shape))
        self._made = [made for slot in by_slot.values() for made in slot]
        self._slots: dict[str, int] = {}  # the bits of the constructions for each
        at = 0
        for slot, made in by_slot.items():
            self._slots[slot] = ((1 << len(made)) - 1) << at
            at += len(made)
        self._likely = _Filter(self._made)
        self._chosen = lru_cache(maxsize=_MOST_KEPT)(self._of_bits)

    def shapes(self) -> Iterator[Shape]:
        """The shape of each construction."""
        return (made.shape for made in self._made)

    def matches(self, slot: str, clause: Clause, at: int, figure: Figure) -> Iterator[Match]:
        """The constructions for `slot` that hold for the figure at word `at`, the strongest first."""
        bits = self._likely.at(figure, clause.letters, clause.kinds, at) & self._slots.get(slot, 0)
        return _holding(self._chosen(bits), clause, at)

    def first(self, slot: str, clause: Clause, at: int, figure: Figure) -> Match | None:
        """The strongest construction that holds, or None."""
        bits = self._likely.at(figure, clause.letters, clause.kinds, at) & self._slots.get(slot, 0)
        return next(_holding(self._chosen(bits), clause, at), None) if bits else None

    def _of_bits(self, bits: int) -> tuple[Construction, ...]:
        found = []
        while bits:
            lowest = bits & -bits
            found.append(self._made[lowest.bit_length() - 1])
            bits ^= lowest
        return tuple(found)


def _holding(likely: Sequence[Construction], clause: Clause, at: int) -> Iterator[Match]:
    letters, backwards = clause.letters, clause.backwards
    size = len(letters)
    for construction in likely:
        shape = construction.shape
        left = shape.left.match(backwards, size - at)
        if left is None:  # so it is with two of three
            continue
        right = shape.right and shape.right.match(letters, at + 1)
        if shape.right is None or right:
            caught: Captured = {}
            for name, (start, end) in _caught(left, shape.parts_left):
                caught[name] = size - end, size - start
            if right:
                caught.update(_caught(right, shape.parts_right))
            yield Match(construction, clause, caught)


def _caught(match: re.Match[str], parts: Parts) -> Sequence[tuple[str, tuple[int, int]]]:
    """The names of the parts that were caught, each with its range."""
    if match.lastindex is None:
        return ()
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
