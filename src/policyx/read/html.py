"""The bytes of a web page go in, its main text goes out, a paragraph or a row of a table a line, with the title that
the page states in the first line."""

from __future__ import annotations

from dataclasses import replace

from policyx.errors import ReadError
from policyx.read.html_charset import decode_page
from policyx.read.html_lines import page_lines
from policyx.read.html_main import main_element
from policyx.read.html_meta import page_date, page_issuer, page_title
from policyx.read.html_neighbours import without_neighbours
from policyx.read.html_script import script_date, script_issuer
from policyx.read.html_tree import parse
from policyx.read.source import Content

_HEAD_LINES = 6  # in which the title is looked for


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of a page and what it says of itself. Raises ReadError for a page without text."""
    found = decode_page(data, path, encoding)
    return page_content(found.text, found.encoding, path)._replace(notes=found.notes)


def page_content(text: str, encoding: str | None, path: str) -> Content:
    """The main text of a page that is decoded already."""
    page = parse(text, path)
    page = replace(page, body=without_neighbours(page.body))
    lines = page_lines(main_element(page.body))
    if not lines:
        raise ReadError(path, "is a web page without text (what it shows may be loaded by a script)")
    around = page_lines(page.body)
    title = page_title(page)
    if title and not any(_same(title, line) for line in lines[:_HEAD_LINES]):
        lines.insert(0, title)
    return Content(
        "\n".join(lines) + "\n",
        encoding,
        title=title,
        date=page_date(page, around, title) or script_date(text),
        issuer=page_issuer(page, around) or script_issuer(text),
    )


def _same(title: str, line: str) -> bool:
    """Whether a line is the title, however it is set: spaced out, with a mark, or only its beginning on this line."""
    wanted, written = "".join(title.split()), "".join(line.split())
    return wanted in written if len(written) < len(wanted) + 8 else written.startswith(wanted)
