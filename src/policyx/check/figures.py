"""Records of a document go in, figures by sentence come out: each with its interval and the words before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from policyx.check.interval import Interval, written_interval
from policyx.model import Record
from policyx.tuples import NamedTuple

_TABLE = "table."
_BRACKETS = frozenset("（([")
_IN_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True)  # no slots: the interval is kept in the instance
class Figure:
    """A record as a check sees it: its number in the document, and the text from the figure before it (or the beginning
    of the sentence) to it, without blanks and what is said in brackets; its measure and base unit, and both as one:
    what figures have in common that can be added."""

    index: int
    record: Record
    before: str
    measure: str
    unit: str | None
    kind: tuple[str, str | None]

    @cached_property
    def interval(self) -> Interval:
        """What its value may be, in base units."""
        return written_interval(self.record.quantity)

    @property
    def quote(self) -> str:
        """The figure as written, without blanks."""
        return "".join(self.record.quote.split())


class Statement(NamedTuple):
    """The figures of one sentence or one row of a table, in their order."""

    figures: tuple[Figure, ...]
    is_row: bool

    @property
    def heading(self) -> tuple[str, ...]:
        """The headings above it."""
        return self.figures[0].record.heading

    @property
    def start(self) -> int:
        """Where its sentence begins."""
        return self.figures[0].record.sentence_start

    @property
    def end(self) -> int:
        """Where its sentence ends."""
        return self.figures[0].record.sentence_end


def statements(records: Sequence[Record]) -> list[Statement]:
    """The document's figures by the sentence they stand in, in the order of the text."""
    numbered = sorted(enumerate(records), key=lambda item: (item[1].sentence_start, item[1].start))
    found = []
    for _, group in groupby(numbered, key=lambda item: item[1].sentence_start):
        members = list(group)
        found.append(Statement(tuple(_figures(members)), any(_is_of_table(record.rules) for _, record in members)))
    return found


@lru_cache(maxsize=4096)  # few records differ in their rules
def _is_of_table(rules: tuple[str, ...]) -> bool:
    return any(rule.startswith(_TABLE) for rule in rules)


def _figures(members: Iterable[tuple[int, Record]]) -> Iterable[Figure]:
    end = None
    for index, record in members:
        begin = record.sentence_start
        text = record.sentence[(begin if end is None else end) - begin : record.start - begin]
        before = "".join(text.split())
        if not _BRACKETS.isdisjoint(before):
            before = _IN_BRACKETS.sub("", before)
        kind = record.measure, record.quantity.base_unit
        yield Figure(index, record, before, *kind, kind)
        end = max(record.end, end or 0)


def same_subject(a: Figure, b: Figure) -> bool:
    """Whether two figures of one text are about one thing: by name, else by an indicator that both have and names of
    which one holds the other."""
    one, other = a.record.name, b.record.name
    if one is None or other is None:
        return False
    if one == other:
        return True
    indicator = a.record.indicator
    return indicator is not None and indicator == b.record.indicator and (one in other or other in one)


def same_frame(a: Figure, b: Figure) -> bool:
    """Whether two figures are of the same year, status and place."""
    first, second = a.record, b.record
    return (first.year, first.status, first.place) == (second.year, second.status, second.place)
