"""JSON: one object with the version and all documents, readable by people and machines."""

from __future__ import annotations

from policyx._version import __version__
from policyx.export.jsontext import json_text
from policyx.export.plain import document_dict
from policyx.export.view import View
from policyx.model import Document

SEPARATOR = ",\n    "


def head(view: View) -> str:
    """The object up to its first document."""
    return f'{{\n  "policyx": {json_text(__version__)},\n  "documents": [\n    '


def part(document: Document, view: View) -> str:
    """The document as an object, indented to its place."""
    return json_text(document_dict(document), indent=2, level=2)


def foot(view: View) -> str:
    """The object from behind its last document."""
    return "\n  ]\n}\n"
