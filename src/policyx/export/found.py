"""A repaired text and its mentions go in, the quantities found go out, each with its place in the original.

This is recognition only: no names, no periods, no status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policyx.export.plain import Plain, quantity_dict
from policyx.model import Amount, Mention, Quantity
from policyx.text import RepairedText


@dataclass(frozen=True, slots=True)
class FoundQuantity(Amount):
    """A number with its unit: `start` and `end` are offsets in the original text, `quote` stands there. `kind` is
    quantity or rank."""

    start: int
    end: int
    quote: str
    quantity: Quantity
    kind: str
    rules: tuple[str, ...]


def found_quantities(text: RepairedText, mentions: Iterable[Mention]) -> list[FoundQuantity]:
    """The mentions that are quantities and were not rejected, in the order of the text."""
    found = []
    for mention in mentions:
        if mention.quantity is not None and mention.rejected is None:
            start, end = text.source(mention.core)
            found.append(
                FoundQuantity(start, end, text.original[start:end], mention.quantity, mention.kind, mention.rules)
            )
    return sorted(found, key=lambda quantity: (quantity.start, quantity.end))


def found_dict(quantity: FoundQuantity, line: int) -> Plain:
    """The quantity with the keys that `policyx quantities` prints; `line` counts from 1."""
    return {
        "line": line,
        "start": quantity.start,
        "end": quantity.end,
        "quote": quantity.quote,
        **quantity_dict(quantity.quantity),
        "kind": quantity.kind,
        "rules": list(quantity.rules),
    }
