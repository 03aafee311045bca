"""Rows go in, columns of a compact JSON come out: what repeats stands once and is pointed to by its number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from policyx.export.jsontext import json_text

PLAIN = frozenset({"at", "long", "sentence", "span", "page", "year", "confidence", "marks", "document"})


class Columns:
    """Columns that are filled a row at a time. Those of PLAIN keep their values, the others numbers of them."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._cells: list[list[Any]] = [[] for _ in names]
        self._known: list[dict[str, int]] = [{} for _ in names]

    def __len__(self) -> int:
        return len(self._cells[0])

    def add(self, row: Iterable[Any]) -> None:
        """Add a row with a value for each column: None, text, whole numbers, or lists of them."""
        for name, cells, known, value in zip(self._names, self._cells, self._known, row, strict=True):
            cells.append(value if name in PLAIN else known.setdefault(json_text(value), len(known)))

    def values(self, name: str) -> list[Any]:
        """The different values of a column that is not of PLAIN."""
        return [json.loads(text) for text in self._known[self._names.index(name)]]

    def json(self) -> str:
        """An object of the columns: a list, or {"values": [...], "codes": [...]}."""
        parts = []
        for name, cells, known in zip(self._names, self._cells, self._known, strict=True):
            listed = json_text(cells).replace(", ", ",")  # numbers only
            if name in PLAIN:
                parts.append(f'"{name}":{listed}')
            else:
                parts.append(f'"{name}":{{"values":[{",".join(known)}],"codes":{listed}}}')
        return "{" + ",\n".join(parts) + "}"
