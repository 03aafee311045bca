"""Rows of a dataset go in, records and documents come out as they were when they were written.

A row has the columns of CSV; where a number has its digits beside it (`value_exact`), those count."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any, cast

from policyx.errors import PolicyxError
from policyx.model import Baseline, Bound, Document, Number, Period, Quantity, Record, Unit
from policyx.rules import builtin_rules

Row = Mapping[str, Any]

_LISTS = ("heading", "rules", "checks", "flags")
_ROUNDED = 18  # digits from which on a written number may be a fraction that was cut off
_LARGEST_DENOMINATOR = 1000  # of a unit's factor; one mu is 2000/3 square metres
_OWN = frozenset(("heading", "rules", "checks", "flags", "quantity", "period", "baseline", "reasons"))
_PLAIN = tuple(item.name for item in fields(Record) if item.name not in _OWN)
_NEEDED = ("source", "start", "end", "quote", "measure", "status")


def record_of(row: Row) -> Record:
    """The record of a flat row. Raises PolicyxError where the row is none."""
    missing = [name for name in _NEEDED if row.get(name) is None]
    if missing:
        raise PolicyxError(f"is no dataset of policyx: a record has no {missing[0]}")
    plain: dict[str, Any] = {name: row[name] for name in _PLAIN if name in row}
    plain.update({name: _whole(plain[name]) for name in ("start", "end", "year", "page") if name in plain})
    sentence = plain.get("sentence") or ""
    plain["sentence"] = sentence
    for name, otherwise in (("sentence_start", row["start"]), ("sentence_end", row["end"])):
        plain[name] = int(otherwise if plain.get(name) is None else plain[name])
    if plain.get("confidence") is not None:
        plain["confidence"] = float(plain["confidence"])
    plain.update({name: _listed(row.get(name), name) for name in _LISTS})
    return Record(**plain, quantity=_quantity(row), period=_period(row), baseline=_baseline(row))


def document_of(row: Row, records: Iterable[Record]) -> Document:
    """The document of a row of `documents`; its text is not in a dataset."""
    return Document(
        source=str(row.get("source") or "-"),
        title=row.get("title"),
        date=row.get("date") and str(row["date"]),
        year=_whole(row.get("year")),
        place=row.get("place"),
        encoding=row.get("encoding"),
        format=str(row.get("format") or ""),
        original="",
        repaired="",
        edits=(),
        records=tuple(records),
    )


def flattened(record: Row) -> Row:
    """A record of JSON as a flat row."""
    flat = dict(record)
    for name in ("period", "baseline"):
        inner = flat.pop(name, None) or {}
        flat.update({f"{name}_{key}": value for key, value in inner.items()})
    return flat


def _quantity(row: Row) -> Quantity:
    value, base = _number(row, "value"), _number(row, "base_value")
    if value is None or base is None:
        raise PolicyxError("is no dataset of policyx: a record has no value")
    name = row.get("unit") or ""
    factor = _factor(value, base)
    base_unit = row.get("base_unit")
    unit = None if base_unit is None else Unit(name, base_unit, factor, _dimensions().get(base_unit, ""), "")
    scale = 1 if unit or factor.denominator != 1 else factor.numerator
    bound = cast(Bound, row.get("bound") or "eq")
    return Quantity(value, _number(row, "value_max"), scale, scale, unit, name, bound)


def _factor(value: Number, base: Number) -> Fraction:
    """How many base units one unit is, also where the base value was written with its last digits cut off."""
    if not value:
        return Fraction(1)
    factor = Fraction(base) / Fraction(value)
    if isinstance(base, Decimal) and len(base.as_tuple().digits) >= _ROUNDED:
        return factor.limit_denominator(_LARGEST_DENOMINATOR)
    return factor


def _number(row: Row, name: str) -> Decimal | None:
    value = row.get(f"{name}_exact")
    if value is None:
        value = row.get(name)
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        raise PolicyxError(f"is no dataset of policyx: {name} is {value!r}") from None


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _listed(value: Any, name: str) -> tuple[str, ...]:
    if not value:
        return ()
    if isinstance(value, str):
        value = json.loads(value) if value.startswith("[") else value.split(" > " if name == "heading" else "; ")
    return tuple(value)


def _period(row: Row) -> Period | None:
    text = row.get("period_text")
    if text is None and row.get("period_end") is None:
        return None
    start, end = (row.get(name) and str(row[name]) for name in ("period_start", "period_end"))
    return Period(text or "", start, end, row.get("period_relation") or "in", row.get("period_origin") or "stated")


def _baseline(row: Row) -> Baseline | None:
    kind = row.get("baseline_kind")
    return kind and Baseline(row.get("baseline_text") or "", _whole(row.get("baseline_year")), kind)


@lru_cache(maxsize=1)
def _dimensions() -> dict[str, str]:
    """The dimension of each base unit."""
    return {entry["base"]: entry["dimension"] for entry in builtin_rules().of("unit")}
