"""Markdown: a heading and a table for each document."""

from __future__ import annotations

from policyx.export.labels import head_of
from policyx.export.rows import RIGHT_ALIGNED, printable, shown_columns, shown_row
from policyx.export.view import View
from policyx.model import Document
from policyx.patterns import compiled

SEPARATOR = "\n"

_SPECIAL = compiled(r"[\\`*_\[\]<>|#~&]")


def head(view: View) -> str:
    """Nothing."""
    return ""


def part(document: Document, view: View) -> str:
    """The document's title, its source and its table; nothing for a document without records."""
    if not document.records:
        return ""
    columns = shown_columns(view)
    lines = [f"## {_escaped(document.title or document.source)}", ""]
    if document.title:
        lines += [_escaped(document.source), ""]
    lines.append(_line([head_of(column, view.lang) for column in columns]))
    lines.append(_line(["---:" if column in RIGHT_ALIGNED else "---" for column in columns], escape=False))
    lines += [_line(shown_row(record, columns, view.lang)) for record in document.records]
    return "\n".join(lines) + "\n"


def foot(view: View) -> str:
    """Nothing."""
    return ""


def _line(cells: list[str], escape: bool = True) -> str:
    return "| " + " | ".join(_escaped(cell) if escape else cell for cell in cells) + " |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", printable(text))
