"""The bytes of a feed (RSS, Atom) go in, the titles and texts of its entries go out, in the order of the feed."""

from __future__ import annotations

import re
from html import unescape

from policyx.errors import ReadError
from policyx.read.html_charset import decode_page
from policyx.read.html_lines import page_lines
from policyx.read.html_tree import parse
from policyx.read.meta import iso_date, plain
from policyx.read.source import Content

# tags of a feed are not those of a page (a <title> inside <entry>, a <link> with text), so its entries are cut out by
# these patterns and only what is inside them is read as a page
_ENTRY = re.compile(r"<(?P<tag>entry|item)(?=[\s>])[^>]*>(?P<body>.*?)</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(
    r"<(?P<tag>title|content:encoded|content|description|summary)(?=[\s>])(?P<attributes>[^>]*)(?<!/)>(?P<body>.*?)"
    r"</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_DATED = re.compile(r"<(?:pubDate|published|issued|updated|modified|dc:date)(?=[\s>])[^>]*>([^<]{4,60})<", re.I)
_DATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_FULL = ("content:encoded", "content", "description", "summary")


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of a feed; its title is the feed's own, its date that of the newest entry. Raises ReadError for one
    without entries."""
    text, name = decode_page(data, path, encoding)
    if "</entry" not in text.lower() and "</item" not in text.lower():
        raise ReadError(path, "is XML, but no feed with entries; only RSS and Atom are read")
    entries = list(_ENTRY.finditer(text))
    head = text[: entries[0].start()] if entries else ""
    lines: list[str] = []
    for entry in entries:
        fields = {field["tag"].lower(): field["body"] for field in reversed(list(_FIELD.finditer(entry["body"])))}
        if "title" in fields:
            lines += _lines(fields["title"], path)
        body = next((fields[tag] for tag in _FULL if tag in fields and fields[tag].strip()), "")
        lines += _lines(body, path)
    if not lines:
        raise ReadError(path, "is a feed without text")
    own = next((field["body"] for field in _FIELD.finditer(head) if field["tag"].lower() == "title"), None)
    title = plain(" ".join(_lines(own, path))) if own else None
    dates = [date for written in _DATED.findall(text) if (date := iso_date(written))]
    return Content("\n".join(lines) + "\n", name, title=title, date=max(dates, default=None))


def _lines(field: str, path: str) -> list[str]:
    """The lines of a field, whether its markup is written as such, escaped, or in a CDATA section."""
    data = _DATA.sub(lambda match: match[1], field)
    if data == field and "<" not in field:
        data = unescape(field)
    return page_lines(parse(f"<body>{data}", path).body)
