"""The bytes of a feed (RSS, Atom) go in, the titles and texts of its entries go out, in the order of the feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from policyx.errors import ReadError
from policyx.read.html_charset import decode_page
from policyx.read.html_lines import page_lines
from policyx.read.html_tree import parse
from policyx.read.meta import iso_date, plain
from policyx.read.source import Content

# tags of a feed are not those of a page (a <title> inside <entry>, a <link> with text), so its entries are cut out by
# these patterns and only what is inside them is read as a page
_ENTRY = re.compile(r"<(?P<end>/?)(?P<tag>entry|item)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_FIELD = re.compile(
    r"<(?P<end>/?)(?P<tag>title|content:encoded|content|description|summary)(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_DATED = re.compile(r"<(?:pubDate|published|issued|updated|modified|dc:date)(?=[\s>])[^<>]*>([^<]{4,60})<", re.I)
_DATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_FULL = ("content:encoded", "content", "description", "summary")


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of a feed; its title is the feed's own, its date that of the newest entry. Raises ReadError for one
    without entries."""
    text, name, notes = decode_page(data, path, encoding)
    if "</entry" not in text.lower() and "</item" not in text.lower():
        raise ReadError(path, "is XML, but no feed with entries; only RSS and Atom are read")
    entries = list(_bodies(text, _ENTRY))
    head = text[: entries[0].start] if entries else ""
    lines: list[str] = []
    for entry in entries:
        fields = {field.tag: field.body for field in reversed(list(_bodies(entry.body, _FIELD)))}
        if "title" in fields:
            lines += _lines(fields["title"], path)
        body = next((fields[tag] for tag in _FULL if tag in fields and fields[tag].strip()), "")
        lines += _lines(body, path)
    if not lines:
        raise ReadError(path, "is a feed without text")
    own = next((field.body for field in _bodies(head, _FIELD) if field.tag == "title"), None)
    title = plain(" ".join(_lines(own, path))) if own else None
    dates = [date for written in _DATED.findall(text) if (date := iso_date(written))]
    return Content("\n".join(lines) + "\n", name, title=title, date=max(dates, default=None), notes=notes)


class _Body(NamedTuple):
    """What stands between the tags of an element, and where its opening tag begins."""

    tag: str
    body: str
    start: int


def _bodies(text: str, tags: re.Pattern[str]) -> Iterator[_Body]:
    """The elements of these tags that are closed, one after the other; those inside another are part of it. In one
    pass, however many are never closed."""
    found = list(tags.finditer(text))
    ends: dict[str, list[re.Match[str]]] = {}
    for tag in found:
        if tag["end"]:
            ends.setdefault(tag["tag"].lower(), []).append(tag)
    for closing in ends.values():
        closing.reverse()
    at = 0
    for tag in found:
        if tag["end"] or tag.start() < at or tag[0].endswith("/>"):
            continue
        closing = ends.get(tag["tag"].lower(), [])
        while closing and closing[-1].start() < tag.end():
            closing.pop()
        if closing:
            yield _Body(tag["tag"].lower(), text[tag.end() : closing[-1].start()], tag.start())
            at = closing[-1].end()


def _lines(field: str, path: str) -> list[str]:
    """The lines of a field, whether its markup is written as such, escaped, or in a CDATA section."""
    data = _DATA.sub(lambda match: match[1], field)
    if data == field and "<" not in field:
        data = unescape(field)
    return page_lines(parse(f"<body>{data}", path).body)
