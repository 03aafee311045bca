"""Lines of gold: a file of annotations and its text go in, the quantities that have to be found go out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_KEYS = {"indicator": "id", "measure": "measure", "status": "status", "bound": "bound", "year": "year"}


@dataclass(frozen=True, slots=True)
class Gold:
    """One line of gold, found in its text. Fields that may have several right answers are tuples of them; a field that
    the line does not tell is not in `fields`."""

    line: int
    quote: str
    start: int
    end: int
    values: tuple[float, ...]
    value_max: float | None
    units: tuple[str | None, ...]
    name: str
    must: tuple[str, ...]
    fields: Mapping[str, tuple[Any, ...]]
    optional: bool


def load_gold(path: Path, text: str) -> list[Gold]:
    """Read a file of gold and find each quote in `text`. Raises ValueError for a quote that is not there."""
    return [gold_line(f"{path.name}:{number}", number, item, text) for number, item in gold_items(path)]


def gold_items(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines of a file of gold with their numbers, without what is empty or a comment."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, json.loads(line)


def gold_line(where: str, number: int, item: Mapping[str, Any], text: str) -> Gold:
    """One line, found in its text. Raises ValueError, which says where, for a quote that is not there."""
    quote, nth = item["quote"], item.get("n", 1)
    places = quote_places(quote, text)
    if len(places) < nth:
        raise ValueError(f"{where}: {quote!r} stands {len(places)} times in the text, not {nth} times")
    return Gold(
        line=number,
        quote=quote,
        start=places[nth - 1],
        end=places[nth - 1] + len(quote),
        values=one_of(item["value"]),
        value_max=item.get("value_max"),
        units=one_of(item["unit"]),
        name=item.get("name", ""),
        must=tuple(item.get("must", ())),
        fields={field: one_of(item[key]) for field, key in _KEYS.items() if key in item},
        optional=bool(item.get("optional")),
    )


def quote_places(quote: str, text: str) -> list[int]:
    """Where a quote begins in a text: one that begins with a digit never within a longer number (5家 in 885家)."""
    edge = r"(?<![0-9.])" if quote[0].isdigit() else ""
    return [match.start() for match in re.finditer(edge + re.escape(quote), text)]


def one_of(answer: Any) -> tuple[Any, ...]:
    """The right answers of a field: several, or the one."""
    return tuple(answer) if isinstance(answer, list) else (answer,)
