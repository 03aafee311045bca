"""What a reader hands on: the text of one document, and what the file itself says of it. No reading happens here."""

from __future__ import annotations

from bisect import bisect_right

from policyx.tuples import NamedTuple

DOUBTFUL = 0.9  # certainty of a recognized character under which it may well be another


class Region(NamedTuple):
    """A half-open range of a text that was recognized in a picture: its page, its box there (left, top, right and
    bottom, in points from the upper left corner), and how certain (0 to 1) its least certain character is."""

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    certainty: float


class Content(NamedTuple):
    """What a format's reader makes of the bytes of a file.

    `encoding` is None where the format has none of its own. `title`, `date` (ISO: year, month or day) and `issuer` are
    what the file states beside its text: meta elements, mail headers; None where it states nothing; so is `place`, the
    place of a document that a table names beside its text. `pages` holds the offset at which each page begins; it is
    empty where the format has no pages. `cells` holds the offsets at which the text of each cell of a spreadsheet
    begins, with the cell's name (Sheet1!C5). `notes` say what of the file could not be read. `regions` say where text
    was recognized in pictures, in order; empty for a text that was stored as one."""

    text: str
    encoding: str | None = None
    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    place: str | None = None
    cells: tuple[tuple[int, str], ...] = ()
    regions: tuple[Region, ...] = ()


class Source(NamedTuple):
    """The text of one document. `path` is as given (`-` for standard input; `archive.zip!/inner/page.html` for a
    document inside a file); `format` is the name under which the reader is registered; the rest is as in Content. Of a
    plain text the line ends stay as they are, because every offset of a record counts code points of exactly this
    text. A part of a text too large to be read at once begins at `offset` of the whole; `begins` is false where it goes
    on with the document of the part before it."""

    path: str
    text: str
    encoding: str | None
    format: str
    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    offset: int = 0
    begins: bool = True
    place: str | None = None
    cells: tuple[tuple[int, str], ...] = ()
    regions: tuple[Region, ...] = ()

    @classmethod
    def of(cls, path: str, format: str, content: Content) -> Source:
        """The document at `path` that a reader made `content` of."""
        told = (content.title, content.date, content.issuer, content.pages, content.notes)
        return cls(
            path,
            content.text,
            content.encoding,
            format,
            *told,
            place=content.place,
            cells=content.cells,
            regions=content.regions,
        )

    def page(self, offset: int) -> int | None:
        """The page on which the character at `offset` stands, from 1; None where the format has no pages."""
        return bisect_right(self.pages, offset) if self.pages else None

    def cell(self, offset: int) -> str | None:
        """The cell of a spreadsheet in which the character at `offset` stands (Sheet1!C5); None for other formats."""
        number = bisect_right(self.cells, offset, key=lambda cell: cell[0])
        return self.cells[number - 1][1] if number else None

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether a character of a range was recognized with less than sufficient certainty."""
        certainty = self.certainty(start, end)
        return certainty is not None and certainty < DOUBTFUL

    def certainty(self, start: int, end: int) -> float | None:
        """How certain the least certain recognized character of a range is; None where none of it was recognized."""
        first = bisect_right(self.regions, start, key=lambda region: region.end)
        found = []
        for region in self.regions[first:]:
            if region.start >= end:
                break
            found.append(region.certainty)
        return min(found, default=None)
