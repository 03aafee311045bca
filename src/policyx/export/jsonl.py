"""JSON Lines: a record per line, with the keys of the schema's `record`."""

from __future__ import annotations

from policyx.export.jsontext import json_text
from policyx.export.plain import record_dict
from policyx.export.view import View
from policyx.model import Document

SEPARATOR = ""


def head(view: View) -> str:
    """Nothing: every line stands for itself."""
    return ""


def part(document: Document, view: View) -> str:
    """The document's records, each with its line end."""
    return "".join(json_text(record_dict(record)) + "\n" for record in document.records)


def foot(view: View) -> str:
    """Nothing."""
    return ""
