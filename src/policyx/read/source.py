"""What a reader hands on: the decoded text of one document, and how it was found. No reading happens here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one document. `path` is as given (`-` for standard input); `encoding` is None where the format has
    none of its own; `format` is the name under which the reader is registered. Line ends stay as they are, because
    every offset of a record counts code points of exactly this text."""

    path: str
    text: str
    encoding: str | None
    format: str
