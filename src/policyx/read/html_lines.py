"""An element of a page goes in, the lines that a reader sees go out; tables a row a line, merged cells repeated."""

from __future__ import annotations

import re

from policyx.read.cells import Cell, expanded, indented, table_lines
from policyx.read.html_tree import Element

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "ucapcontent", "ucaptitle",
))  # fmt: skip
_SECTIONS = frozenset(("thead", "tbody", "tfoot"))
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_FOLD = r"[ \t]*[\r\n][ \t\r\n\f]*"
_FOLDED = re.compile(rf"(?<=[{_WIDE}]){_FOLD}|(?<=[0-9%]){_FOLD}(?=[{_WIDE}])")  # 突破 and 260亿元 on two lines
_EDGES = " \t\r\n\f\v\xa0\u2002\u2003\u2009\u200b\u3000\ufeff"
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_COUNT = "[0-9一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(rf"{_COUNT}[.、．)）]|[（(]{_COUNT}[)）]|第.{{1,3}}[条章节]|[①-⑳]")
_LARGE = 3  # blocks in a cell from which on a table without head cells is there for the layout


class _Writer:
    """Collects lines: inline text runs together until a block begins or ends."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._open: list[str] = []

    def text(self, text: str) -> None:
        self._open.append(text)

    def end_line(self) -> None:
        if self._open:
            text = _BLANKS.sub(" ", _FOLDED.sub("", "".join(self._open))).strip(_EDGES)
            self._open = []
            if text:
                self.lines.append(text)


def page_lines(element: Element) -> list[str]:
    """The lines of an element, without empty ones."""
    writer = _Writer()
    _write(element, writer)
    writer.end_line()
    return writer.lines


def is_data_table(table: Element) -> bool:
    """Whether a table shows data: old pages use tables, one inside another, to place their parts."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = table_rows(table)
    if len(rows) < 2 and sum(map(len, rows)) < 3:
        return False
    if max(map(len, rows), default=0) < 2:
        return False
    inside = [element for row in rows for cell in row for element in cell.elements()]
    if any(element.tag == "table" for element in inside):
        return False
    if any(cell.tag == "th" for row in rows for cell in row):
        return True
    large = sum(_is_large(cell) for row in rows for cell in row)
    return large * 3 <= sum(map(len, rows)) or len(rows) > 2


def table_rows(table: Element) -> list[list[Element]]:
    """The cells of a table, row by row; the foot last, wherever it stands."""
    rows: list[list[Element]] = []
    foot: list[list[Element]] = []
    for child in _children(table):
        if child.tag == "tr":
            rows.append(_row_cells(child))
        elif child.tag in _SECTIONS:
            target = foot if child.tag == "tfoot" else rows
            target.extend(_row_cells(row) for row in _children(child) if row.tag == "tr")
    return [row for row in rows + foot if row]


def _children(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element)]


def _row_cells(row: Element) -> list[Element]:
    return [cell for cell in _children(row) if cell.tag in ("td", "th")]


def _is_large(cell: Element) -> bool:
    """A cell with several paragraphs and a heading, a list or much text: a part of a page."""
    blocks = [element.tag for element in cell.elements() if element.tag in _BLOCKS]
    return len(blocks) > _LARGE and len(cell.text()) > 400


def _write(element: Element, writer: _Writer) -> None:
    tag = element.tag
    if tag == "br":
        writer.end_line()
        return
    if tag == "table" and is_data_table(element):
        _write_table(element, writer)
        return
    if tag == "pre":
        writer.end_line()
        writer.lines += [line.strip(_EDGES) for line in element.text().split("\n") if line.strip(_EDGES)]
        return
    if tag in ("sup", "sub"):
        writer.text(_shifted(element.text(), tag))
        return
    block = tag in _BLOCKS
    if block:
        writer.end_line()
    if tag == "ol":
        _write_numbered(element, writer)
    else:
        for child in element.children:
            if isinstance(child, str):
                writer.text(child)
            else:
                _write(child, writer)
    if block:
        writer.end_line()


def _shifted(text: str, tag: str) -> str:
    """10<sup>3</sup> is not 103, and a note's mark, [1], is no figure of the text."""
    written = text.strip()
    if tag == "sup" and re.fullmatch(r"[\[［〔【]\s*[0-9,，-]+\s*[\]］〕】]", written):
        return ""
    if re.fullmatch(r"[-+]?[0-9]+", written):
        return written.translate(_RAISED if tag == "sup" else _LOWERED)
    return text


def _write_numbered(element: Element, writer: _Writer) -> None:
    """A list that the browser numbers; items that bring a number of their own keep it."""
    start = element.get("start")
    number = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
    for child in element.children:
        if isinstance(child, str):
            writer.text(child)
        elif child.tag != "li":
            _write(child, writer)
        else:
            lines = page_lines(child)
            if lines and not _NUMBERED.match(lines[0]):
                lines[0] = f"{number}. {lines[0]}"
            writer.end_line()
            writer.lines += lines
            number += 1


def _write_table(table: Element, writer: _Writer) -> None:
    writer.end_line()
    for child in _children(table):
        if child.tag == "caption":
            writer.lines += page_lines(child)
    rows = [[_cell(cell) for cell in row] for row in table_rows(table)]
    writer.lines += table_lines(expanded(rows))


def _cell(cell: Element) -> Cell:
    return Cell(
        indented("\n".join(page_lines(cell)), cell.text()), _span(cell.get("colspan")), _span(cell.get("rowspan"))
    )


def _span(value: str) -> int:
    match = re.match(r"\s*\+?([0-9]{1,9})", value)
    return int(match[1]) if match else 1
