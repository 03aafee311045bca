"""A repaired text and its mentions go in, the quantities found go out, each with its place in the original.

This is recognition only: no names, no periods, no status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policyx.export.plain import Plain, quantity_dict
from policyx.model import Bound, Mention, Number, Quantity, exact
from policyx.text import RepairedText


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A number with its unit: `start` and `end` are offsets in the original text, `quote` stands there. `kind` is
    quantity or rank."""

    start: int
    end: int
    quote: str
    quantity: Quantity
    kind: str
    rules: tuple[str, ...]

    @property
    def value(self) -> Number:
        """The magnitude as written, in `unit`; of a range its lower end."""
        return self.quantity.value

    @property
    def value_max(self) -> Number | None:
        """The upper end of a range, in `unit`."""
        return self.quantity.upper

    @property
    def unit(self) -> str | None:
        """The unit as written, normalized."""
        return self.quantity.unit_text or None

    @property
    def base_value(self) -> Number:
        """The magnitude in base units, exact."""
        return exact(self.quantity.base_value)

    @property
    def base_unit(self) -> str | None:
        """The base unit."""
        return self.quantity.base_unit

    @property
    def bound(self) -> Bound:
        """What the comparator says."""
        return self.quantity.bound


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
