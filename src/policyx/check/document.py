"""A document goes in, the findings of all checks come out, and records that know their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from policyx.check.change import change_findings
from policyx.check.elsewhere import cumulative_findings, repeated_findings, share_findings
from policyx.check.figures import statements
from policyx.check.finding import KINDS, Finding
from policyx.check.growth import growth_findings
from policyx.check.levels import Levels
from policyx.check.parts import part_findings
from policyx.check.tables import table_findings
from policyx.check.units import unit_findings
from policyx.check.words import words_of
from policyx.model import Document, Record
from policyx.rules import Rules, builtin_rules


def check(document: Document | Sequence[Record], *, rules: Rules | None = None) -> tuple[Finding, ...]:
    """What the figures of one document say about each other, in the order of the text. `rules` come from `load_rules`.

    Confirmed, contradicted, or undecidable, where what is stated leaves open whether it should agree.

    >>> import policyx
    >>> document = policyx.extract("2023年，新增三类企业156家，其中雏鹰91家，瞪羚57家，准独角兽8家。")
    >>> [(finding.kind, finding.verdict) for finding in policyx.check(document)]
    [('sum', 'confirmed')]
    """
    records = document.records if isinstance(document, Document) else tuple(document)
    found = sorted(_findings(records, rules or builtin_rules()), key=_place)
    unique = {(item.kind, frozenset(one.number for one in item.records)): item for item in reversed(found)}
    return tuple(sorted(unique.values(), key=_place))


def with_checks(records: Sequence[Record], rules: Rules) -> tuple[Record, ...]:
    """The records, each with the results of the checks that it takes part in as `kind verdict: arithmetic`."""
    results: dict[int, list[str]] = defaultdict(list)
    for finding in check(records, rules=rules):
        for item in finding.records:
            results[item.number].append(f"{finding.kind} {finding.verdict}: {finding.arithmetic}")
    return tuple(
        replace(record, checks=tuple(dict.fromkeys(results[index]))) if index in results else record
        for index, record in enumerate(records)
    )


def _findings(records: Sequence[Record], rules: Rules) -> Iterator[Finding]:
    words = words_of(rules)
    found = statements(records)
    prose = [statement for statement in found if not statement.is_row]
    levels = Levels(found)
    for previous, statement in pairwise(chain([None], found)):
        if statement is not None and not statement.is_row and len(statement.figures) > 1:
            yield from part_findings(statement, previous, words)
            yield from change_findings(statement, levels, words)
    yield from growth_findings(found, levels, words)
    yield from table_findings(found, words)
    yield from repeated_findings(prose, words)
    yield from share_findings(prose, words)
    yield from cumulative_findings(prose, words)
    yield from unit_findings(found, words, rules)


def _place(finding: Finding) -> tuple[int, int, int]:
    return finding.records[0].start, KINDS.index(finding.kind), len(finding.records)
