"""The parts of one document, read one after the other, go in; rows go out that are numbered as those of one document.

A text too large for memory comes in parts. Its records go on counting from part to part, and its line in `documents`
tells of all parts so far, under the title, date and place of the first one."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import Any

from policyx.export.dataset import DOCUMENT_COLUMNS, DocumentRows, document_rows
from policyx.export.jsontext import json_text
from policyx.export.plain import repair_counts
from policyx.model import Document

_NAMES = [column.name for column in DOCUMENT_COLUMNS]


class JoinedRows:
    """The rows of a document whose parts are added in order."""

    def __init__(self) -> None:
        self._facts: dict[str, Any] = {}
        self._digest = hashlib.sha256()
        self._characters = self._records = 0
        self._repairs: Counter[str] = Counter()

    def add(self, part: Document) -> DocumentRows:
        """The rows of the next part. Those of the first are what `document_rows` gives; the others `continue` it."""
        rows = document_rows(part)
        before = self._records
        self._digest.update(part.original.encode("utf-8", "backslashreplace"))
        self._characters += len(part.original)
        self._records += len(part.records)
        self._repairs.update(repair_counts(part))
        if not self._facts:
            self._facts = dict(zip(_NAMES, rows.document, strict=True))
            return rows
        identity = self._facts["document_id"]
        return replace(
            rows,
            document=self._document(),
            records=tuple((identity, row[1] + before, *row[2:]) for row in rows.records),
            checks=tuple((identity, row[1] + before, *row[2:]) for row in rows.checks),
            continues=True,
        )

    def _document(self) -> tuple[Any, ...]:
        told = {
            "content_hash": self._digest.hexdigest(),
            "characters": self._characters,
            "records": self._records,
            "repairs": json_text(dict(sorted(self._repairs.items()))),
        }
        return tuple((self._facts | told).values())
