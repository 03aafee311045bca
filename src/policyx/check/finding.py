"""What a check found: the arithmetic between some records of one document, and its verdict. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policyx.check.interval import Interval, decimal_text
from policyx.model import Record
from policyx.tuples import NamedTuple

Kind = Literal[
    "sum", "share", "level_change_growth", "multiple", "from_to", "table_total", "repeated", "unit", "distribution"
]
Verdict = Literal["confirmed", "contradicted", "undecidable"]

KINDS: tuple[Kind, ...] = (
    "sum", "share", "level_change_growth", "multiple", "from_to", "table_total", "repeated", "unit", "distribution",
)  # fmt: skip
VERDICTS: tuple[Verdict, ...] = ("contradicted", "undecidable", "confirmed")


class Evidence(NamedTuple):
    """A record that takes part in a finding, by its place: `number` is its position in the document's records, `part`
    what it is in the arithmetic (whole, part, level, change, growth, from, to, multiple, base, figure)."""

    part: str
    number: int
    source: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of arithmetic and what came of it.

    Its sentence in a language (`sentence_of`) is made of `template`, the key of an entry of sentences.toml, and
    `parts`, the texts for its places. `tolerance` is half the width of the interval that the computed side may lie in,
    in base units, as decimal text; empty where nothing is computed."""

    kind: Kind
    verdict: Verdict
    template: str
    parts: tuple[tuple[str, str], ...]
    records: tuple[Evidence, ...]
    tolerance: str = ""

    @property
    def source(self) -> str:
        """The document that it is about."""
        return self.records[0].source

    @property
    def arithmetic(self) -> str:
        """The calculation in signs, the same in all languages."""
        return dict(self.parts).get("arithmetic", "")


def evidence(part: str, number: int, record: Record) -> Evidence:
    """The record's place in a finding."""
    return Evidence(part, number, record.source, record.start, record.end, record.quote)


def tolerance_of(interval: Interval) -> str:
    """Half the width of an interval, as a decimal; empty where it has no end."""
    if interval.low is None or interval.high is None:
        return ""
    return decimal_text((interval.high - interval.low) / 2)
