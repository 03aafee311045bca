"""Records and documents go in, plain dicts with the published keys in their published order go out.

Numbers stay Decimal or Fraction, spans are offsets in the original text; whoever writes the dict decides on the rest.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from policyx.export.numbers import exact
from policyx.model import Document, Quantity, Record

Plain = dict[str, Any]


def record_dict(record: Record) -> Plain:
    """The record with exactly the keys of the schema's `record`: what a line of JSON Lines holds.

    >>> import policyx
    >>> plain = record_dict(policyx.extract("2024年，研发投入1.5亿元。").records[0])
    >>> plain["unit"], plain["base_value"], plain["period"]["origin"]
    ('亿元', Decimal('150000000'), 'stated')
    """
    period, baseline = record.period, record.baseline
    return {
        "source": record.source,
        "start": record.start,
        "end": record.end,
        "quote": record.quote,
        "name": record.name,
        "indicator": record.indicator,
        "label": record.label,
        **quantity_dict(record.quantity),
        "measure": record.measure,
        "status": record.status,
        "year": record.year,
        "period": period
        and {
            "text": period.text,
            "start": period.start,
            "end": period.end,
            "relation": period.relation,
            "origin": period.origin,
        },
        "baseline": baseline and {"text": baseline.text, "year": baseline.year, "kind": baseline.kind},
        "place": record.place,
        "heading": list(record.heading),
        "sentence": record.sentence,
        "sentence_start": record.sentence_start,
        "sentence_end": record.sentence_end,
        "page": record.page,
        "cell": record.cell,
        "rules": list(record.rules),
        "checks": list(record.checks),
        "flags": list(record.flags),
        "confidence": None if record.confidence is None else Decimal(str(record.confidence)),
        "role": record.role,
        "clause": record.clause,
    }


def quantity_dict(quantity: Quantity) -> Plain:
    """The quantity as written and in base units, and its bound.

    Both ends of a range are in the one unit that is given: 8000万—1亿元 is 8000 to 10000 万元."""
    top = quantity.base_value_max
    return {
        "value": quantity.value,
        "value_max": quantity.upper,
        "unit": quantity.unit_text or None,
        "base_value": exact(quantity.base_value),
        "base_value_max": None if top is None else exact(top),
        "base_unit": quantity.base_unit,
        "bound": quantity.bound,
    }


def document_facts(document: Document) -> Plain:
    """What is known of the document itself, by its keys."""
    return {
        "source": document.source,
        "title": document.title,
        "date": document.date,
        "year": document.year,
        "place": document.place,
        "encoding": document.encoding,
        "format": document.format,
    }


def document_dict(document: Document) -> Plain:
    """The document with its records, as one of the `documents` of the JSON format."""
    return {
        **document_facts(document),
        "repairs": repair_counts(document),
        "indicators": [record_dict(record) for record in document.records],
    }


def repair_counts(document: Document) -> dict[str, int]:
    """How many edits each repair rule had a part in, by rule id."""
    counts = Counter(rule for edit in document.edits for rule in edit.rules)
    return dict(sorted(counts.items()))
