"""The body of a DOCX document goes in, its lines go out: a paragraph or a row of a table a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from policyx.read.cells import Cell, expanded, indented, table_lines
from policyx.read.docx_numbering import Numbering, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = f"{W}txbxContent"
_LEFT_OUT_NAMES = (
    "{W}{name}", "del", "moveFrom", "delText", "instrText", "fldData", "rt", "rPr", "pPr", "sectPr", "tblPr",
    "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "commentReference", "annotationRef",
)  # fmt: skip
_LEFT_OUT = frozenset(f"{W}{name}" for name in _LEFT_OUT_NAMES)
_CELL_END = re.compile(r"[ \t]*\n[ \t]*")
_TABS = re.compile(r"\t+")
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0FC": "√", "F052": "☑", "F0A3": "□", "F06C": "●"}


class Body:
    """Reads paragraphs in their order: the numbers of lists go on from one to the next."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._kept = ""  # text of a paragraph whose end was deleted: it goes on in the next one
        self._boxes: list[list[str]] = []

    def lines(self, root: Element) -> list[str]:
        """The lines of a document."""
        lines = list(self._blocks(root))
        return lines + ([self._kept] if self._kept.strip() else [])

    def note_lines(self, root: Element) -> list[str]:
        """The lines of foot or end notes; the separators that the part holds as well say nothing."""
        return [line for note in root if note.get(f"{W}type") in (None, "normal") for line in self._blocks(note)]

    def _blocks(self, parent: Element) -> Iterator[str]:
        """The lines of all paragraphs and tables below, whatever is put around them (content controls, changes)."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{_MC}AlternateContent":
                chosen = _chosen(child)
                if chosen is not None:
                    yield from self._blocks(chosen)
            elif child.tag not in _LEFT_OUT:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        properties = paragraph.find(f"{W}pPr")
        text = "".join(self._runs(paragraph))
        boxes, self._boxes = self._boxes, []
        mark = None if properties is None else properties.find(f"{W}rPr")
        merged = mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)
        if text.strip() or not merged:
            number = self._numbering.number(properties) if text.strip() else ""
            gap = " " if number and (number[-1].isdigit() or number[-1] in ".)") else ""
            text = f"{number}{gap}{text.lstrip()}" if number else text
        text = self._kept + text
        self._kept = text if merged else ""
        if not merged:
            yield from (line for part in text.split("\n") if (line := _tidy(part)))
        for box in boxes:
            yield from box

    def _runs(self, parent: Element) -> Iterator[str]:
        """The text of the runs below an element."""
        for child in parent:
            tag = child.tag
            if tag in (f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"):
                yield child.text or ""
            elif tag == f"{W}r":
                if not _is_hidden(child):
                    yield from _raised(child, "".join(self._runs(child)))
            elif tag in (f"{W}tab", f"{W}ptab"):
                yield "\t"
            elif tag in (f"{W}br", f"{W}cr"):
                yield "\n"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}sym":
                yield _SYMBOLS.get(child.get(f"{W}char", "").upper(), "")
            elif tag == _BOX:
                outer, self._boxes = self._boxes, []
                lines = list(self._blocks(child))
                self._boxes = [*outer, lines]
            elif tag == f"{_MC}AlternateContent":
                chosen = _chosen(child)
                if chosen is not None:
                    yield from self._runs(chosen)
            elif tag not in _LEFT_OUT:
                yield from self._runs(child)

    def _table(self, table: Element) -> Iterator[str]:
        rows = [cells for row in _rows(table) if (cells := self._cells(row))]
        yield from table_lines(expanded(_with_row_spans(rows)))

    def _cells(self, row: Element) -> list[tuple[Cell, str | None]]:
        """The cells of a row with what they say of merging downwards: restart, continue or nothing."""
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            return []
        before = 0 if properties is None else _count(properties.find(f"{W}gridBefore"), 0)
        cells: list[tuple[Cell, str | None]] = [(Cell(""), None)] * before
        for cell in _children(row, f"{W}tc"):
            given = cell.find(f"{W}tcPr")
            merge = None if given is None else given.find(f"{W}vMerge")
            width = 1 if given is None else _count(given.find(f"{W}gridSpan"), 1)
            text = _CELL_END.sub("\n", "\n".join(self._blocks(cell)))
            if not cells:
                text = indented(text, "".join(piece.text or "" for piece in cell.iter(f"{W}t")))
            down = None if merge is None else merge.get(f"{W}val") or "continue"
            cells.append((Cell(text, width), down))
        return cells


def _with_row_spans(rows: list[list[tuple[Cell, str | None]]]) -> list[list[Cell]]:
    """The rows with `rows` set on cells that begin a vertical merge, and without the cells that continue one."""
    starts: dict[int, tuple[int, int]] = {}  # grid column -> row and index of the cell that the merge began with
    out: list[list[Cell]] = []
    for number, row in enumerate(rows):
        line: list[Cell] = []
        column = 0
        for cell, merge in row:
            if merge == "continue" and column in starts:
                above, index = starts[column]
                out[above][index] = out[above][index]._replace(rows=number - above + 1)
            else:
                starts.pop(column, None)
                if merge is not None:
                    starts[column] = (number, len(line))
                line.append(cell)
            column += cell.columns
        out.append(line)
    return out


def _rows(table: Element) -> Iterator[Element]:
    return _children(table, f"{W}tr")


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """The children of that name, through content controls and marks of changes around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"):
            yield from _children(child, tag)


def _chosen(alternate: Element) -> Element | None:
    """One of several ways to write the same: the first; the fallback only where there is nothing else."""
    choice = alternate.find(f"{_MC}Choice")
    return choice if choice is not None else alternate.find(f"{_MC}Fallback")


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val") not in ("0", "false")


def _raised(run: Element, text: str) -> Iterator[str]:
    """10³ is written as a raised 3."""
    place = run.find(f"{W}rPr/{W}vertAlign")
    if place is not None and re.fullmatch(r"[-+]?[0-9]+", text):
        high = place.get(f"{W}val") == "superscript"
        low = place.get(f"{W}val") == "subscript"
        digits = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" if high else "₀₁₂₃₄₅₆₇₈₉₊₋" if low else "0123456789+-"
        yield text.translate(str.maketrans("0123456789+-", digits))
    else:
        yield text


def _count(element: Element | None, default: int) -> int:
    text = None if element is None else element.get(f"{W}val")
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,4}", text) else default


def _tidy(line: str) -> str:
    """A line without blanks around it; a tab at its beginning sets it in."""
    return _TABS.sub("\t", line.strip(" \t\r\xa0\u3000"))
