"""What a rule file may hold: the kinds of rule, their keys, and the check of one entry against them.

A rule file is TOML with arrays of tables; the table's name is the kind of the rules in it:

    [[unit]]
    id = "unit.mu"
    words = ["亩"]
    base = "平方米"
    factor = "2000/3"
    dimension = "area"
    examples = ["占地127亩"]

Keys that every kind knows: `id` (unique, dotted), `words`, `note` (why it holds for texts nobody has seen), `source`,
`examples` (texts in which the rule must fire) and `counter` (texts in which it must not).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from policyx.errors import RuleError

Entry = dict[str, Any]

_COMMON: dict[str, type] = {
    "id": str,
    "words": list,
    "note": str,
    "source": str,
    "examples": list,
    "counter": list,
}

_BOUNDS = {"eq", "gt", "ge", "lt", "le", "approx", "range"}
_STATUSES = {"actual", "target", "forecast", "policy"}
_MEASURES = {"level", "increase", "growth_rate", "multiple", "rank", "completion_rate"}
_BY_TABLE = {"construction", "document", "decision"}  # whose examples say what is right
_RELATIONS = {"in", "by", "since", "as_of"}

# role of a table rule -> the places in which it may look for a fact of a cell
_TABLE_SOURCES = {
    "unit": {"cell", "rate", "note", "total", "left", "rank", "per_person", "head", "growth", "row", "caption", "kind"},
    "year": {"cell", "head", "row", "total", "columns", "relative", "caption", "title", "notes", "frame"},
    "status": {"communique", "award", "head", "years", "series", "comparison", "caption", "title"},
}

# kind -> its own keys with their types; a key marked * is required
KINDS: dict[str, dict[str, type]] = {
    "unit": {
        "base*": str,
        "factor": str,
        "dimension*": str,
        "needs": list,
        "alone": bool,
        "han": bool,
        "not_before": list,
        "not_after": list,
        "prefix": list,
        "implied": list,
        "ends": bool,
        "clause_end": bool,
        "role": str,
        "after": list,
        "parts": list,
    },
    "numeral": {"value*": str, "role*": str},
    "bound": {"bound*": str, "side*": str, "not_after": list, "but_after": list, "not_before": list},
    "period": {
        "role*": str,
        "years": list,
        "offset": int,
        "anchor": str,
        "months": list,
        "relation": str,
        "not_before": list,
        "not_after": list,
        "behind_year": list,
        "leading": list,
    },
    "status": {
        "status*": str,
        "scope*": str,
        "not_after": list,
        "not_before": list,
        "not_in": list,
        "not_like": str,
        "weak": bool,
        "planned_below": bool,
        "ahead": list,
    },
    "measure": {"measure*": str, "sign": int},
    "exclusion": {"pattern": str, "role*": str, "times": bool},
    "context": {"role*": str, "not_after": list},
    "heading": {"pattern*": str, "level*": int},
    "document": {
        "kind*": str,
        "weight*": int,
        "title": list,
        "anywhere": bool,
        "not_with": list,
        "head": list,
        "per_thousand": dict,
        "against": dict,
        "lines": dict,
        "layout": str,
        "stance": dict,
        "years_within": int,
    },
    "stance": {"weight*": int, "verbs": list, "near": bool, "opens": bool},
    "place": {"level*": str},
    "indicator": {
        "label*": str,
        "label_en*": str,
        "unit*": str,
        "dimension*": list,
        "typical": list,
        "not_with": list,
        "not_units": list,
        "grows": list,
        "definition": str,
        "measures": list,
    },
    "replacement": {"pairs": list, "role*": str, "pattern": str, "to": str, "needs": str},
    "furniture": {"pattern*": str, "scope*": str},
    "lexicon": {"tag*": str},
    "column": {"role*": str, "least": int},
    "table": {"role*": str, "from": str, "kind": str, "rank": int, "pattern": str, "cells": list},
    "check": {"role*": str},
    "page": {"role*": str, "least": int},
    "panel": {"role*": str},
    "headline": {
        "indicator*": str,
        "measures*": list,
        "needs": list,
        "prefers": list,
        "refined": str,
        "label": str,
        "label_en": str,
    },
    "word": {"role*": str},
    "marker": {"role*": str},
    "phrase": {"shape*": str},
    "decision": {"slot*": str, "order*": list, "kinds": list},
    "heading_pair": {"behind*": list},
    "default": {},
    "confidence": {"slot*": str, "base": float, "rates": dict, "curve": list},
    "construction": {"slot*": str, "shape*": str, "where": dict, "gives": dict, "after": list},
}

_CHOICES: dict[tuple[str, str], set[str]] = {
    ("bound", "bound"): _BOUNDS,
    ("bound", "side"): {"before", "after", "both"},
    ("status", "status"): _STATUSES,
    ("status", "scope"): {"clause", "sentence", "paragraph", "section", "done", "review"},
    ("measure", "measure"): _MEASURES,
    ("period", "relation"): _RELATIONS,
}


def check_entry(path: str, kind: str, number: int, entry: object) -> Entry:
    """Return `entry` if it is a valid rule of `kind`. Raises RuleError naming file, entry and key."""
    if not isinstance(entry, dict):
        raise RuleError(path, f"[[{kind}]] number {number}", kind, "is not a table")
    name = str(entry.get("id", f"[[{kind}]] number {number}"))
    own = {key.rstrip("*"): value for key, value in KINDS[kind].items()}
    required = ["id"] + [key[:-1] for key in KINDS[kind] if key.endswith("*")]
    for key in required:
        if key not in entry:
            raise RuleError(path, name, key, "is missing")
    for key, value in entry.items():
        wanted = own.get(key) or _COMMON.get(key)
        if wanted is None:
            known = ", ".join(sorted({*own, *_COMMON}))
            raise RuleError(path, name, key, f"is not a key of [[{kind}]]; it knows {known}")
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise RuleError(path, name, key, f"must be {_type_name(wanted)}, not {type(value).__name__}")
        choices = _CHOICES.get((kind, key))
        if choices and value not in choices:
            raise RuleError(path, name, key, f"is {value!r}; it may be {', '.join(sorted(choices))}")
    sources = _TABLE_SOURCES.get(str(entry.get("role")), set()) if kind == "table" else set()
    if sources and entry.get("from") not in sources:
        raise RuleError(path, name, "from", f"may be {', '.join(sorted(sources))}")
    for case in entry.get("cells", []):
        if not isinstance(case, dict) or not {"text", "cell"} <= case.keys():
            raise RuleError(path, name, "cells", "must hold tables with a text and a cell")
    for key in ("words", "examples", "counter"):
        wanted = dict if kind in _BY_TABLE and key != "words" else str
        if any(not isinstance(item, wanted) or not item for item in entry.get(key, [])):
            raise RuleError(path, name, key, f"must hold non-empty {'tables' if wanted is dict else 'strings'} only")
    if "factor" in entry:
        try:
            Fraction(entry["factor"])
        except (ValueError, ZeroDivisionError):
            raise RuleError(path, name, "factor", f"{entry['factor']!r} is not a number or a fraction") from None
    return entry


def _type_name(wanted: type) -> str:
    names = {str: "text", list: "a list", dict: "a table", int: "a whole number", bool: "true or false"}
    return names.get(wanted, "a number" if wanted is float else wanted.__name__)
