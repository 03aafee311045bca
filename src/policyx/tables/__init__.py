"""Tables: which segments of a document belong to one, and the figures of each table where it begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from policyx.model import Mention, Period, Reading, Segment
from policyx.patterns import compiled
from policyx.recognize.calendar import calendar
from policyx.rules import Rules
from policyx.tables.abstract import abstracts
from policyx.tables.cells import without_brackets
from policyx.tables.document import Said, SectionStatus, TableDocument
from policyx.tables.glued import glued_tables
from policyx.tables.grid import Found, Grid, caption_units
from policyx.tables.listing import listings
from policyx.tables.reading import TableReader
from policyx.tables.rows import read_grids
from policyx.tables.runs import as_row, is_nested, row_runs
from policyx.tables.stacked import stacks
from policyx.tables.words import TableWords, table_words
from policyx.tables.yearbook import yearbooks

__all__ = ["Said", "SectionStatus", "TableDocument", "Tables", "read_tables"]

_CAPTION_LINES = 4
_NOTE_LINES = 4
_NOTE_BEGINS = 24  # characters that hold the word which opens a note, with the marks before it
_BEFORE_NOTE = "*（( "
_PAGE_LINES = 3  # between the parts of a table that goes on over a page's end
_LONGEST_CAPTION = 40
_PICTURE = "]("
_PAIR = 2
# English that a caption says again: a line of it, what stands in brackets (10000 households), or behind the Chinese
_GLOSS = compiled(
    r"[(（][^()（）\u4e00-\u9fff]*[A-Za-z]{4}[^()（）\u4e00-\u9fff]*[)）]|^[^\u4e00-\u9fff]*[A-Za-z]{4}[^\u4e00-\u9fff]*$"
    r"|(?<=[\u4e00-\u9fff）)])\s+[A-Z][A-Za-z]*[^\u4e00-\u9fff()（）]*[A-Za-z]{4}[^\u4e00-\u9fff()（）]*$"
)


def read_tables(
    text: str,
    segments: Sequence[Segment],
    mentions: Sequence[Mention],
    document: TableDocument,
    section_status: SectionStatus,
    rules: Rules,
) -> Tables:
    """The tables of a document. `mentions` are all of it, in order; `section_status` tells which status the headings
    of a path give to what stands below them."""
    words = table_words(rules)
    words = words.in_republic() if calendar(rules).counts_so(text) else words
    figures = [m for m in mentions if m.kind == "quantity" and m.rejected in (None, "exclusion.context")]
    return Tables(text, segments, TableReader(text, figures, document, section_status, words), words, document)


class Tables:
    """The tables of one document, found once; asked segment by segment."""

    def __init__(
        self,
        text: str,
        segments: Sequence[Segment],
        reader: TableReader,
        words: TableWords,
        document: TableDocument,
    ) -> None:
        self._text = text
        self._segments = segments
        self._reader = reader
        self._words = words
        self._grids: dict[int, tuple[Grid, bool]] = {}
        self._ends: dict[int, int] = {}
        self._held: set[int] = set()
        self._notes = _notes_below(text, segments, words)
        for read in (yearbooks, abstracts, listings):
            self._keep(read(text, segments, self._caption, words))
        self._find_rows()
        for read in (glued_tables, stacks):
            self._keep(read(text, segments, self._caption, words))
        for start, end in self._ends.items():
            self._read_below(start, end)
        self._read_foot(document)

    def holds(self, number: int) -> bool:
        """True where segment `number` is part of a table, so that it is not read as prose."""
        return number in self._held

    def at(self, number: int, frame: Period | None) -> tuple[Reading, ...]:
        """The figures of the table that begins at segment `number`; `frame`: the period that the text around gives."""
        if number not in self._grids:
            return ()
        grid, split = self._grids[number]
        return self._reader.read(grid, frame, split=split) if grid.rows else ()

    def _find_rows(self) -> None:
        begins = [segment.span.start for segment in self._segments]
        before, behind = None, 0
        for start, end in row_runs(self._text, self._segments, self._held, self._words):
            nested = [number for number in range(start, end) if is_nested(self._segments, number)]
            rows = [as_row(self._text, self._segments[n]) for n in range(start, end) if n not in nested]
            near = before if start - behind <= _PAGE_LINES else None
            grids = read_grids(self._text, rows, self._caption(start), self._words, near)
            before, behind = grids[-1] if grids else None, end
            later = [bisect_left(begins, grid.rows[0].segment.span.start) for grid in grids[1:]]
            self._keep(map(Found, [start, *later], [*later, end], grids))
            self._held.difference_update(nested)  # they are read as sentences

    def _keep(self, tables: Iterable[Found]) -> None:
        """Keep the tables of which no other one holds a segment."""
        for start, end, grid, split in tables:
            if self._held.isdisjoint(range(start, end)):
                self._grids[start] = (grid._replace(notes=self._notes[end]), split)
                united = start > 0 and self._words.opens("head.unit", self._line(start - 1)) is not None
                self._held.update(range(start - united, end))
                self._ends[start] = end

    def _read_below(self, start: int, end: int) -> None:
        """Give a table the unit that stands in the line below it, where no other table follows."""
        grid, split = self._grids[start]
        line = self._line(end).strip("| ")
        stated = self._words.opens("head.unit", line.lstrip("（(")) and caption_units(line, self._words)
        follows = any(number in self._grids for number in range(end, end + _CAPTION_LINES + 1))
        values = [column for column in grid.columns if column.kind == "value"]
        known = any(column.unit and column.unit != self._words.percent for column in values)
        if stated and not (known or follows or caption_units(grid.caption, self._words)) and self._no_title(end + 1):
            self._grids[start] = (grid._replace(caption=f"{grid.caption} {line}"), split)
            self._held.add(end)

    def _read_foot(self, document: TableDocument) -> None:
        """Give the tables the year that the foot of the page tells, where nothing above does."""
        end = max(self._ends.values(), default=len(self._segments))
        foot = [self._line(number) for number in range(end, len(self._segments))]
        if document.anchor_known or len(foot) > _NOTE_LINES:
            return
        told = [hit[0] for line in foot for hit in self._words.pattern("pattern.foot_time").finditer(line)]
        for start, (grid, split) in self._grids.items() if len(set(told)) == 1 else ():
            if not self._words.pattern("pattern.year").search(grid.caption):
                self._grids[start] = (grid._replace(caption=f"{told[0]} {grid.caption}"), split)

    def _line(self, number: int) -> str:
        return self._text[slice(*self._segments[number].span)] if number < len(self._segments) else ""

    def _no_title(self, number: int) -> bool:
        """True where the line is not one that could stand above another table."""
        line = self._line(number).strip("| ")
        return len(line) > _LONGEST_CAPTION or not line or line[-1] in "。：:" or "：" in line

    def _caption(self, number: int) -> str:
        """The short lines right above: 表16 2021年专利授权情况, 单位：亿元."""
        lines: list[str] = []
        for segment in reversed(self._segments[max(0, number - _CAPTION_LINES) : number]):
            line = self._text[segment.span.start : segment.span.end]
            above = segment.kind == "row" and len(segment.cells) == _PAIR and not any(map(str.isdigit, line))
            if _PICTURE in line or (above and not lines):  # 收入 | 支出 above the head of two tables
                continue
            line = _GLOSS.sub("", line.strip("| "))
            if not line:
                continue
            announces = self._words.closes("caption.announces", without_brackets(line).rstrip("。：:")) is not None
            long = len(line) > _LONGEST_CAPTION or line.endswith("。")
            if segment.kind == "row" or (long and not announces):
                break
            years = set(self._words.pattern("pattern.caption_year").findall(line[:-_LONGEST_CAPTION]))
            lines += [line[-_LONGEST_CAPTION:], *(f"{year}年" for year in years if len(years) == 1)]
        return " ".join(reversed(lines))


def _notes_below(text: str, segments: Sequence[Segment], words: TableWords) -> list[str]:
    """For each segment the notes that follow it, behind rows and headings: 注：〔〕表示五年累计数."""
    notes = [""] * (len(segments) + 1)
    begins = (*_BEFORE_NOTE, *words.words("note.opens"))
    for number in range(len(segments) - 1, -1, -1):
        segment = segments[number]
        start, end = segment.span
        told = text.startswith(begins, start) and text[start : min(end, start + _NOTE_BEGINS)].lstrip(_BEFORE_NOTE)
        if told and words.opens("note.opens", told):
            following = segments[number + 1 : number + _NOTE_LINES]
            more = (other for other in following if other.paragraph == segment.paragraph)
            notes[number] = " ".join([text[start:end], *(text[slice(*other.span)] for other in more)])
        elif segment.kind in ("row", "heading"):
            notes[number] = notes[number + 1]
    return notes
