"""A record goes in, one row with a cell per column goes out: for formats that know no nesting."""

from __future__ import annotations

from policyx.export.plain import Plain, record_dict
from policyx.model import Record

_NESTED = {
    "period": ("text", "start", "end", "relation", "origin"),
    "baseline": ("text", "year", "kind"),
}

COLUMNS: tuple[str, ...] = (
    "source", "start", "end", "quote", "name", "indicator", "label", "value", "value_max", "unit", "base_value",
    "base_value_max", "base_unit", "bound", "measure", "status", "year", "period_text", "period_start", "period_end",
    "period_relation", "period_origin", "baseline_text", "baseline_year", "baseline_kind", "place", "heading",
    "sentence", "sentence_start", "sentence_end", "page", "cell", "rules", "checks", "flags", "confidence",
    "role", "clause",
)  # fmt: skip


def flat_dict(record: Record) -> Plain:
    """The record with the keys of COLUMNS: what is nested gets a key of its own, a list becomes one text."""
    flat: Plain = {}
    for key, value in record_dict(record).items():
        if key in _NESTED:
            flat.update({f"{key}_{inner}": value and value[inner] for inner in _NESTED[key]})
        elif isinstance(value, list):
            flat[key] = (" > " if key == "heading" else "; ").join(value)
        else:
            flat[key] = value
    return flat
