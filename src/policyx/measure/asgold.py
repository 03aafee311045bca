"""What people said of quantities goes in, lines of gold come out: a file that policyx is measured against.

A record that was judged right is gold as it is. One of which a field is wrong is gold without that field: nobody said
what is right. One that is no indicator, or has a wrong value, is no gold; what nobody judged is optional."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from policyx.errors import ReadError
from policyx.export.found import FoundQuantity, found_quantities
from policyx.export.plain import Plain
from policyx.measure.gold import quote_places
from policyx.measure.judged import Judged
from policyx.model import exact
from policyx.pipeline import read_quantities

_DROPPED = frozenset({"wrong_value", "not_an_indicator"})
_UNSAID = {"wrong_name": "name", "wrong_year": "year", "wrong_status": "status"}


def gold_of(judged: Iterable[Judged], text_of: Callable[[str], str]) -> Iterator[Plain | ReadError]:
    """The lines of gold in their order; in the place of what does not stand in its text any more the reason why.
    `text_of` reads the text of a document by its source, and raises ReadError where it cannot."""
    texts: dict[str, str | ReadError] = {}
    found: dict[str, list[FoundQuantity]] = {}
    for one in judged:
        if one.source not in texts:
            texts[one.source] = _text(one, text_of)
            if isinstance(texts[one.source], ReadError):
                yield texts[one.source]  # type: ignore[misc]
        text = texts[one.source]
        if isinstance(text, ReadError) or one.verdict in _DROPPED:
            continue
        if text[one.start : one.end] != one.quote:
            yield ReadError(one.source, f"{one.quote!r} does not stand at {one.start} any more")
            continue
        if one.source not in found:
            found[one.source] = found_quantities(*read_quantities(text))
        yield _line(one, text, found[one.source])


def _text(one: Judged, text_of: Callable[[str], str]) -> str | ReadError:
    if one.text is not None:
        return one.text
    try:
        return text_of(one.source)
    except ReadError as error:
        return error


def _line(one: Judged, text: str, found: list[FoundQuantity]) -> Plain | ReadError:
    quantity = _quantity(one, found)
    if quantity is None:
        return ReadError(one.source, f"{one.quote!r} at {one.start} is no quantity that policyx can read")
    line: Plain = {"source": one.source, "quote": one.quote, "n": quote_places(one.quote, text).index(one.start) + 1}
    line |= quantity
    told = {key: value for key, value in one.fields.items() if key != _UNSAID.get(one.verdict or "")}
    if told.get("name"):
        line |= {"name": told["name"], "must": [re.escape(str(told["name"]))]}
    if "indicator" in told:
        line["id"] = told["indicator"]
    line |= {key: told[key] for key in ("measure", "status", "bound", "year") if key in told}
    if one.verdict is None:
        line["optional"] = True
    return line


def _quantity(one: Judged, found: list[FoundQuantity]) -> Plain | None:
    """Value and unit in base units: as judged, else as they are read at this place."""
    if one.fields.get("base_value") is not None:
        most = one.fields.get("base_value_max")
        told: Plain = {"value": _number(one.fields["base_value"])} | (
            {} if most is None else {"value_max": _number(most)}
        )
        return {**told, "unit": one.fields.get("base_unit")}
    there = [item for item in found if item.start < one.end and one.start < item.end]
    if not there:
        return None
    top = there[0].quantity.base_value_max
    value: Plain = {"value": there[0].base_value} | ({} if top is None else {"value_max": exact(top)})
    return {**value, "unit": there[0].base_unit, "bound": there[0].bound}


def _number(cell: Any) -> Decimal:
    try:
        return Decimal(str(cell))
    except InvalidOperation:
        raise ReadError("-", f"{cell!r} is no number") from None
