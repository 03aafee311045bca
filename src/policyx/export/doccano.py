"""doccano (sequence labelling): a line of JSON for each document, with the places of its quantities and their status.

`policyx review FILE --as-gold` reads what doccano exports."""

from __future__ import annotations

from policyx.export.jsontext import json_text
from policyx.export.labels import word_of
from policyx.export.view import View
from policyx.model import Document

SEPARATOR = ""


def head(view: View) -> str:
    """Nothing."""
    return ""


def part(document: Document, view: View) -> str:
    """The document with a label for each of its records."""
    spans = [[record.start, record.end, word_of("status", record.status, view.lang)] for record in document.records]
    return json_text({"source": document.source, "text": document.original, "label": spans}) + "\n"


def foot(view: View) -> str:
    """Nothing."""
    return ""
