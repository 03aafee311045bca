"""The bytes of a Markdown file go in, its text goes out as it is written: marks of headings, bold and table bars are
understood further on, and so every offset is one of the file. Title and date are those of its front matter."""

from __future__ import annotations

import re

from policyx.read.encoding import decode
from policyx.read.meta import institution, iso_date
from policyx.read.source import Content

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<body>.*?)\n(?:---|\.\.\.)[ \t]*\r?(?:\n|$)", re.DOTALL)
_YEAR = re.compile("(?:19|20)[0-9]{2}年?")  # alone it names no document: the first lines of the text do
_ENTRY = re.compile(r"^(title|date|author|source|publisher)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_LONGEST_FRONT = 4000


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text, its encoding, and what the front matter says. Raises ReadError for bytes that are no text."""
    text, name, notes = decode(data, path, encoding)
    front = _FRONT.match(text[:_LONGEST_FRONT])
    told = {key.lower(): value.strip("\"'") for key, value in _ENTRY.findall(front["body"])} if front else {}
    issuer = told.get("publisher") or told.get("source") or institution(told.get("author"))
    title = told.get("title", "")
    title = None if _YEAR.fullmatch(title) else title
    return Content(text, name, title or None, iso_date(told.get("date", "")), issuer or None, notes=notes)
