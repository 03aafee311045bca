"""Lines and tables in reading order go in, the text of the document goes out: lines that the width of the page broke
are one paragraph again, over the end of a page too, and a table that a page broke is one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyx.read.cells import numbered_lines, one_line
from policyx.read.pdf_cells import Table
from policyx.read.pdf_layout import PageLayout
from policyx.read.pdf_lines import Line
from policyx.read.pdf_paragraphs import SAME_SIZE, goes_on, joined, usual_pitch, usual_size
from policyx.read.pdf_spans import JoinedTable, repeats_heads
from policyx.read.source import DOUBTFUL, Region


@dataclass(frozen=True, slots=True)
class PagedText:
    """The text, the offset at which each page begins, and where recognized text stands."""

    text: str
    pages: tuple[int, ...]
    regions: tuple[Region, ...]


def document_text(pages: list[PageLayout]) -> PagedText:
    """The text of the pages."""
    lines = [[item for item in page.items if isinstance(item, Line)] for page in pages]
    writer = _Writer(usual_size(lines), usual_pitch(lines))
    for page in pages:
        writer.begin_page()
        left_out = repeats_heads(page.items, writer.table, writer.lines_above_table)
        for item in page.items[left_out:]:
            if isinstance(item, Table):
                writer.add_table(item)
            else:
                writer.add_line(item)
        writer.add_notes(page.notes)
    return writer.finished()


def doubtful_characters(regions: Sequence[Region]) -> int:
    """How many recognized characters are doubtful."""
    return sum(region.end - region.start for region in regions if region.certainty < DOUBTFUL)


@dataclass(slots=True)
class _Piece:
    """A line's part of a paragraph, and the page that it stands on."""

    page: int
    text: str
    line: Line


class _Writer:
    """Collects the text, and keeps the last paragraph, the last table and the notes of a page open."""

    def __init__(self, usual: float, pitch: float | None) -> None:
        self._usual = usual  # size of type
        self._pitch = pitch
        self._parts: list[str] = []
        self._length = 0
        self._pages: list[int] = []
        self._regions: list[Region] = []
        self._page = 0
        self._open: list[_Piece] = []
        self._notes: list[list[_Piece]] = []
        self._above: list[str] = []  # the last lines that were written
        self.table: JoinedTable | None = None
        self.lines_above_table: tuple[str, ...] = ()

    def begin_page(self) -> None:
        self._page += 1

    def add_line(self, line: Line) -> None:
        self._end_table()
        last = self._open[-1] if self._open else None
        pitch = self._pitch_to(line)
        if last is not None and goes_on(last.line, line, self._usual, pitch, self._page != last.page):
            self._append(self._open, line)
        else:
            self._end_paragraph()
            self._open = [_Piece(self._page, line.text, line)]

    def add_notes(self, notes: tuple[Line, ...]) -> None:
        """Notes at a page's foot, which are not to part a paragraph that goes on on the next one."""
        for line in notes:
            last = self._notes[-1][-1] if self._notes else None
            if last is not None and last.page == self._page and goes_on(last.line, line, line.size, None):
                self._append(self._notes[-1], line)
            else:
                self._notes.append([_Piece(self._page, line.text, line)])

    def add_table(self, table: Table) -> None:
        if self.table is not None and self.table.goes_on(table, self._page):
            self.table.add(table, self._page)
            return
        self._end_table()
        self._end_paragraph()
        self.table = JoinedTable(table, self._page)
        self.lines_above_table = tuple(self._above)

    def finished(self) -> PagedText:
        self._end_table()
        self._end_paragraph()
        self._begin_pages(self._page)
        return PagedText("".join(self._parts), tuple(self._pages), tuple(self._regions))

    def _append(self, pieces: list[_Piece], line: Line) -> None:
        """Put a line to the paragraph that it goes on."""
        before = pieces[-1].text
        whole = joined(before, line.text)
        kept = len(whole) - len(line.text)  # the hyphen goes, or a blank comes between
        pieces[-1].text = whole[:kept]
        pieces.append(_Piece(self._page, line.text, line))

    def _pitch_to(self, line: Line) -> float | None:
        """The usual distance between lines, for type of the usual size."""
        return self._pitch if abs(line.size - self._usual) <= SAME_SIZE * self._usual else None

    def _end_paragraph(self) -> None:
        pieces, self._open = self._open, []
        notes, self._notes = self._notes, []
        # what goes on behind the page of a note comes behind the note
        first = [note for note in notes if pieces and pieces[0].page == note[0].page < pieces[-1].page]
        for paragraph in [*first, pieces, *(note for note in notes if note not in first)]:
            self._write_paragraph(paragraph)

    def _write_paragraph(self, pieces: list[_Piece]) -> None:
        if not pieces:
            return
        for piece in pieces:
            start = self._length
            self._write(piece.text, piece.page)
            self._regions += _regions(piece, start)
        self._write("\n", pieces[-1].page)
        self._above = [*self._above[-1:], "".join(piece.text for piece in pieces)]

    def _end_table(self) -> None:
        table, self.table = self.table, None
        if table is None:
            return
        for number, line in numbered_lines(tuple(table.rows)):
            start = self._length
            self._write(line + "\n", table.pages[number])
            if table.recognized:
                self._regions += _cell_regions(table, number, line, start)

    def _begin_pages(self, page: int) -> None:
        self._pages += [self._length] * (page - len(self._pages))

    def _write(self, text: str, page: int) -> None:
        self._begin_pages(page)
        self._parts.append(text)
        self._length += len(text)


def _regions(piece: _Piece, start: int) -> list[Region]:
    """Where a recognized line stands in the text; doubtful characters apart."""
    line, out = piece.line, []
    certain = line.certain[: len(piece.text)]
    begin = 0
    for at in range(1, len(certain) + 1):
        if at == len(certain) or (certain[at] < DOUBTFUL) != (certain[begin] < DOUBTFUL):
            box = (line.x0, line.top, line.x1, line.bottom)
            out.append(Region(start + begin, start + at, piece.page, box, min(certain[begin:at])))
            begin = at
    return out


def _cell_regions(table: JoinedTable, number: int, line: str, start: int) -> list[Region]:
    """Where the cells of a recognized row stand in the line that it is written as."""
    out, at = [], 0
    for cell, certainty in zip(table.rows[number], table.certain[number], strict=True):
        text = one_line(cell)
        found = line.find(text, at) if text else -1
        if found >= 0:
            at = found + len(text)
            out.append(Region(start + found, start + at, table.pages[number], table.box, certainty))
    return out
