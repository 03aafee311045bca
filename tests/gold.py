"""Lines of gold: a file of annotations and its text go in, the quantities that have to be found go out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        _gold_line(path.name, number, json.loads(line), text)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]


def _gold_line(file: str, number: int, item: Mapping[str, Any], text: str) -> Gold:
    quote, nth = item["quote"], item.get("n", 1)
    # 5家 is not found inside 885家
    edge = r"(?<![0-9.])" if quote[0].isdigit() else ""
    places = [match.start() for match in re.finditer(edge + re.escape(quote), text)]
    if len(places) < nth:
        raise ValueError(f"{file}:{number}: {quote!r} stands {len(places)} times in the text, not {nth} times")
    keys = {"indicator": "id", "measure": "measure", "status": "status", "bound": "bound", "year": "year"}
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
        fields={field: one_of(item[key]) for field, key in keys.items() if key in item},
        optional=bool(item.get("optional")),
    )


def one_of(answer: Any) -> tuple[Any, ...]:
    return tuple(answer) if isinstance(answer, list) else (answer,)
