"""A figure that may count goes in, what is told of it comes out: its value in base units and its source."""

from __future__ import annotations

from policyx.export.numbers import exact
from policyx.panel.choose import Candidate
from policyx.track.model import Told


def told(candidate: Candidate) -> Told:
    """The figure with its source."""
    record = candidate.record
    quantity = record.quantity
    top = quantity.base_value_max
    return Told(
        exact(quantity.base_value),
        None if top is None else exact(top),
        quantity.bound,
        record.source,
        record.start,
        record.end,
        record.quote,
        record.sentence,
    )
