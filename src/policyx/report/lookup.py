"""A document of a dataset goes in, the same with its text comes out, if that still stands where it was read."""

from __future__ import annotations

from dataclasses import replace

from policyx.errors import PolicyxError
from policyx.model import Document
from policyx.read.apart import document as read_document
from policyx.repair import repair
from policyx.report.shown import lies_in
from policyx.rules import Rules


def with_text(document: Document, rules: Rules) -> Document | None:
    """The document with its original text, read and repaired anew; None where the file is gone, cannot be read, or
    holds something else by now."""
    try:
        text = read_document(document.source, document.encoding).text
    except PolicyxError:
        return None
    if not lies_in(document.records, text):
        return None
    repaired = repair(text, rules)
    return replace(document, original=text, repaired=repaired.text, edits=repaired.edits)
