"""How much a file may hold: what goes beyond is refused, so that a hostile or broken file cannot fill the memory.

The largest documents met in practice (yearbooks as PDF, plans with scanned annexes) stay far below."""

from __future__ import annotations

MEGABYTE = 1_000_000

LARGEST_MEMBER = 200 * MEGABYTE  # one file of an archive, unpacked
LARGEST_ARCHIVE = 1_000 * MEGABYTE  # all files of an archive together, unpacked, those of inner archives included
MOST_MEMBERS = 10_000  # files of an archive, those of inner archives included
DEEPEST_NESTING = 3  # archives and mails inside one another
LARGEST_RATIO = 200  # unpacked to packed; texts reach 20, repetitive XML 100
RATIO_COUNTS_FROM = 10 * MEGABYTE  # a small file may well be one long run of blanks

LARGEST_TABLE = 200_000  # cells of one table when spans are expanded; colspan="1000" is often a slip
LARGEST_SHEET = 5_000_000  # cells of the rectangle around all that a sheet holds
WIDEST_SPAN = 1_000  # columns or rows that a merged cell covers; HTML's own bound for columns
DEEPEST_PAGE = 10_000  # elements of a web page inside one another; the parser's time grows with the square of it
MOST_ATTRIBUTES = 500  # of one element of a web page; the parser's time grows with the square of it, too
LONGEST_CONVERSION = 120  # seconds that LibreOffice may take for a document

MOST_CHARACTERS = 100_000  # of one page of a PDF; a page of a newspaper has ten thousand
MOST_DRAWN = 100_000  # objects of a page of a PDF that are searched for rules
MOST_RULES = 20_000  # rules of a page: beyond that it is a drawing or a map, no table
DEEPEST_FORM = 12  # groups of objects of a page inside one another
LARGEST_DRAWING = 20 * MEGABYTE  # what a page's drawing commands unpack to, each group as often as it is drawn
LARGEST_STREAM = 64 * MEGABYTE  # what any other part of a PDF unpacks to (a font, a list of objects), pictures aside
LARGEST_PICTURE = 200_000_000  # points of a picture of text; A3 scanned at 600 dpi has 70 million
LONGEST_SIDE = 3400  # points to which a picture is made smaller before text is looked for: A4 at 290 dpi
MOST_PICTURES = 500  # pages of one file of pictures
