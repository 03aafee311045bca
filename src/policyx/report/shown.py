"""A document goes in, what the report shows of it comes out, as plain values that another process can send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from policyx.check import Finding, check, sentence_of
from policyx.export.dataset import storable
from policyx.export.labels import LANGUAGES
from policyx.export.numbers import exact, number_text
from policyx.export.plain import Plain, repair_counts
from policyx.export.rows import amount_text
from policyx.model import Document, Number, Record
from policyx.panel import wanted_ids
from policyx.report.evidence import Evidence, Mark
from policyx.rules import Rules, builtin_rules

# the columns of a record, in their order. `at` is where the quote starts in the document's text, `long` its length;
# `sentence` and `span` are where its sentence starts and ends, counted from `at`. `marks` holds for each mark its
# kind (a number of evidence.KINDS), its start counted from `at`, and its length. Numbers are text, as they are exact.
# `moved` is how much further behind the quote stands in the original than in the text that is shown.
COLUMNS = (
    "at", "long", "sentence", "span", "page", "year", "confidence", "marks",
    "name", "indicator", "label", "amount", "value", "value_max", "unit", "base", "base_max", "base_unit", "bound",
    "measure", "status", "period", "baseline", "place", "heading", "rules", "flags", "role", "clause", "moved",
)  # fmt: skip
GAP = "\n……\n"  # between the sentences of a document whose text is not at hand


class Headline(NamedTuple):
    """A document with its records of headline indicators alone, and their positions among all of its records."""

    document: Document
    numbers: tuple[int, ...]


class ShownDocument(NamedTuple):
    """`facts` has the keys of the page's documents; `edits` are start, end, replacement, rules and whether characters
    correspond one to one; `records` have COLUMNS; a finding has kind, verdict, sentences by language, tolerance, the
    positions of its records in `records` and, in `parts`, what each is in the arithmetic. `whole` says that `text` is
    the document's and not its sentences only; `headline` is what the panel needs."""

    facts: Plain
    text: str
    edits: list[tuple[int, int, str, list[str], bool]]
    records: list[tuple[Any, ...]]
    findings: list[Plain]
    headline: Headline
    whole: bool = True


def shown_document(document: Document, rules: Rules | None = None) -> ShownDocument:
    """What the report shows of a document, with what the checks find in it. Where its records do not lie in its text (a
    part of a long file, a document of a dataset), the text is made of their sentences."""
    rules = rules or builtin_rules()
    found = _in_its_text(document)
    whole = found is not None
    placed = _excerpt(document) if found is None else found
    evidence = Evidence(placed, rules)
    moved = [old.start - new.start for old, new in zip(document.records, placed.records, strict=True)]
    records = [_row(record, by, evidence.of(record)) for record, by in zip(placed.records, moved, strict=True)]
    facts = {
        "source": storable(document.source),
        "title": storable(document.title),
        "date": document.date,
        "year": document.year,
        "place": storable(document.place),
        "encoding": document.encoding,
        "format": document.format,
        "characters": len(document.original),
        "repairs": repair_counts(document),
    }
    edits = [(e.start, e.end, e.replacement, list(e.rules), e.aligned) for e in placed.edits]
    findings = [_finding(finding) for finding in check(document, rules=rules)]
    return ShownDocument(
        facts, placed.original, edits, records, findings, _headline(document, placed.original, rules), whole
    )


def _headline(document: Document, text: str, rules: Rules) -> Headline:
    wanted = frozenset(wanted_ids(rules, ()))
    numbers = tuple(at for at, record in enumerate(document.records) if record.indicator in wanted)
    kept = tuple(document.records[at] for at in numbers)
    # without a text the panel would look for the file
    bare = replace(document, original=text or "\n", repaired="", edits=(), segments=(), rejected=(), records=kept)
    return Headline(bare, numbers)


def _finding(finding: Finding) -> Plain:
    return {
        "kind": finding.kind,
        "verdict": finding.verdict,
        "sentence": {lang: storable(sentence_of(finding, lang)) for lang in LANGUAGES},
        "records": [item.number for item in finding.records],
        "parts": [item.part for item in finding.records],
        "tolerance": finding.tolerance,
    }


def lies_in(records: Iterable[Record], text: str) -> bool:
    """Whether each record's quote stands at its place in a text."""
    return all(text[record.start : record.end] == record.quote for record in records)


def _row(record: Record, moved: int, marks: list[Mark]) -> tuple[Any, ...]:
    """The record's COLUMNS; its place is one in the text that is shown, `moved` before that in the original."""
    quantity, period, baseline = record.quantity, record.period, record.baseline
    top, base_top = quantity.value_max, quantity.base_value_max
    at = record.start
    return (
        at,
        record.end - at,
        record.sentence_start - at,
        record.sentence_end - at,
        record.page,
        record.year,
        None if record.confidence is None else Decimal(f"{record.confidence:.3f}"),
        [number for mark in marks for number in (mark.kind, mark.start - at, mark.end - mark.start)],
        storable(record.name),
        record.indicator,
        record.label,
        amount_text(quantity.bound, quantity.value, top, quantity.unit_text or None),
        number_text(quantity.value),
        _digits(top),
        quantity.unit_text or None,
        number_text(exact(quantity.base_value)),
        _digits(base_top),
        quantity.base_unit,
        quantity.bound,
        record.measure,
        record.status,
        period and [period.text, period.start, period.end, period.relation, period.origin],
        baseline and [baseline.text, baseline.year, baseline.kind],
        storable(record.place),
        list(record.heading),
        list(record.rules),
        list(record.flags),
        record.role,
        record.clause,
        moved,
    )


def _digits(value: Number | None) -> str | None:
    return None if value is None else number_text(exact(value))


def _in_its_text(document: Document) -> Document | None:
    """The document with its records at their places in the text that it has, which of a part of a long file lie before
    those that they name; None where they do not lie in it."""
    records, text = document.records, document.original
    if lies_in(records, text):
        return document
    at = text.find(records[0].sentence) if records[0].sentence else -1
    while at >= 0:
        by = records[0].sentence_start - at
        moved = tuple(_moved_by(record, by) for record in records)
        if lies_in(moved, text):
            return replace(document, records=moved)
        at = text.find(records[0].sentence, at + 1)
    return None


def _moved_by(record: Record, by: int) -> Record:
    return replace(
        record,
        start=record.start - by,
        end=record.end - by,
        sentence_start=record.sentence_start - by,
        sentence_end=record.sentence_end - by,
    )


def _excerpt(document: Document) -> Document:
    """The document with a text that is made of its records' sentences, and the records at their places in that. A quote
    that is not in its sentence, as may be with a cell of a table, gets an empty place at its beginning."""
    pieces: list[str] = []
    places: dict[int, int] = {}
    at = 0
    found = {(record.sentence_start, record.sentence) for record in document.records}
    for start, sentence in sorted(found, key=lambda item: (item[0], -len(item[1]))):
        if start not in places:
            places[start] = at
            pieces.append(sentence)
            at += len(sentence) + len(GAP)
    text = GAP.join(pieces)
    moved = tuple(_moved(record, places[record.sentence_start]) for record in document.records)
    return replace(document, original=text, repaired=text, edits=(), records=moved)


def _moved(record: Record, sentence: int) -> Record:
    """The record with its sentence at a place of another text."""
    inside, size = record.start - record.sentence_start, len(record.quote)
    if inside < 0 or record.sentence[inside : inside + size] != record.quote:
        inside = size = 0
    return replace(
        record,
        start=sentence + inside,
        end=sentence + inside + size,
        sentence_start=sentence,
        sentence_end=sentence + len(record.sentence),
    )
