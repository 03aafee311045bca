"""Values go in row by row, sheets of a workbook come out: what Excel allows, how wide columns are, how numbers look.

This knows cells and no records. Text is written as text, whatever it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from policyx.export.numbers import exact, number_text
from policyx.model import Number

MOST_ROWS = 1_048_576  # of a sheet, the head among them
MOST_CHARACTERS = 32_767  # of a cell, as UTF-16 counts them
_MOST_LINKS = 65_530  # of a sheet
_EXACT_DIGITS = 15  # that a number in a sheet keeps

_NARROWEST, _WIDEST, _EVIDENCE = 6, 42, 72
_LINE, _MOST_LINES = 16.5, 4  # the height of a line of han characters; how many lines of evidence a row shows
# XML knows no control characters but tab and line ends, no surrogates and no U+FFFE, U+FFFF
_CREATED = datetime(2000, 1, 1)
_BYTES = re.compile("[\udc80-\udcff]")  # of a file's name that are no text
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Head(NamedTuple):
    """What stands above a column, and whether its cells are numbers, which stand at the right."""

    text: str
    right: bool = False


class Evidence(NamedTuple):
    """A sentence with a stretch of it to be shown in bold."""

    text: str
    start: int
    end: int


class Aside(NamedTuple):
    """A text to be set at the right of its cell, as numbers are."""

    text: str


class Link(NamedTuple):
    """A text that leads to a file, a page or a row of the workbook; at the right of its cell, shaded, where it stands
    in place of a number."""

    text: str
    target: str
    right: bool = False


class Signed(NamedTuple):
    """A number with a sign before it; or a range, if there is an upper end."""

    value: Number
    sign: str = ""
    value_max: Number | None = None


class Book:
    """A workbook whose rows leave memory as they are written."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                        "strings_to_numbers": False, "nan_inf_to_errors": True},
        )  # fmt: skip
        self._book.set_properties({"created": _CREATED})
        self._sheets: list[Sheet] = []
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str, heads: Sequence[Head], frozen: int = 1, shown: int = 0) -> Sheet:
        """A sheet under these heads, the first `frozen` columns of which stay in sight. The first `shown` (none: all)
        are seen and printed; the rest is folded away."""
        sheet = Sheet(self, name, heads, frozen, shown)
        self._sheets.append(sheet)
        return sheet

    def format(self, **properties: Any) -> Any:
        """The cell format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **properties})
        return self._formats[key]

    def page(self, name: str) -> Any:
        """A new page of a sheet; they stand in the order in which they are made."""
        return self._book.add_worksheet(name)

    def close(self) -> None:
        """Write the file. Raises OSError where that fails."""
        from xlsxwriter.exceptions import FileCreateError

        for sheet in self._sheets:
            sheet.finish()
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from None

    def discard(self) -> None:
        """Let go of the temporary files; nothing is written."""
        for page in self._book.worksheets():
            with suppress(Exception):
                page._opt_close()
                Path(page.row_data_filename).unlink(missing_ok=True)
        self._book.fileclosed = True  # or the end of the program would complain


class Sheet:
    """Rows under heads, on as many pages as they need."""

    def __init__(self, book: Book, name: str, heads: Sequence[Head], frozen: int, shown: int) -> None:
        self._book, self._name, self._frozen, self._shown = book, name, frozen, shown
        self._pages: list[Any] = []
        self._sizes: list[int] = []
        self._choices: tuple[int, list[str], str] | None = None
        self._text = book.format()
        self._bold = book.format(bold=True, font_color="#9C0006")
        self._wrapped = book.format(text_wrap=True)
        self._link = book.format(font_color="#0563C1", underline=1)
        self._several = book.format(font_color="#0563C1", underline=1, align="right", indent=1, bg_color="#FFEB9C")
        self._right = book.format(align="right", indent=1)
        self._whole = book.format(num_format="0", align="center")
        self.begin(heads)

    def begin(self, heads: Sequence[Head]) -> None:
        """The heads; until there are any, nothing can be written."""
        self._heads = heads
        self._widths = [width_of(head.text) + 3 for head in heads]  # and the button of the filter
        self._evidence: set[int] = set()
        if not self._pages:
            self._turn()
        elif self._heads:
            self._write_heads(self._pages[0])

    def write(self, cells: Iterable[Any]) -> Link:
        """Write a row; returns what leads to it, which says its number on its page."""
        if self._row >= MOST_ROWS:
            self._turn()
        for column, cell in enumerate(cells):
            if cell is not None and cell != "":
                self._write_cell(column, cell)
        self._row += 1
        self._sizes[-1] = self._row
        return Link(str(self._row), f"internal:'{self._page_name(len(self._pages))}'!A{self._row}")

    def choices(self, column: int, words: list[str], good: str) -> None:
        """Let a column's cells be chosen from words, of which one is good."""
        self._choices = (column, words, good)

    def finish(self) -> None:
        """Set what can be known only now: widths, filters, choices."""
        last = max(len(self._heads) - 1, 0)
        for page, size in zip(self._pages, self._sizes, strict=True):
            for column, width in enumerate(self._widths):
                wide = _EVIDENCE if column in self._evidence else min(max(width, _NARROWEST), _WIDEST)
                folded = {"level": 1, "hidden": True} if 0 < self._shown <= column else {}
                page.set_column(column, column, wide, None, folded)
            page.autofilter(0, 0, max(size - 1, 0), last)
            if 0 < self._shown < last:
                page.print_area(0, 0, size - 1, self._shown - 1)
            if self._choices and size > 1:
                self._offer(page, size, *self._choices)

    def _offer(self, page: Any, size: int, column: int, words: list[str], good: str) -> None:
        page.set_column(column, column, max(map(width_of, words)) + 4)
        page.data_validation(1, column, size - 1, column, {"validate": "list", "source": words})
        colours = (("==", "#C6EFCE", "#006100"), ("!=", "#FFC7CE", "#9C0006"))
        page.conditional_format(
            1, column, size - 1, column,
            {"type": "blanks", "format": self._book.format(bg_color="#FFF9E5"), "stop_if_true": True},
        )  # fmt: skip
        for criteria, ground, ink in colours:
            look = self._book.format(bg_color=ground, font_color=ink)
            page.conditional_format(
                1, column, size - 1, column,
                {"type": "cell", "criteria": criteria, "value": f'"{good}"', "format": look},
            )  # fmt: skip

    def _turn(self) -> None:
        """Begin a page."""
        number = len(self._pages) + 1
        page = self._book.page(self._page_name(number))
        self._pages.append(page)
        self._sizes.append(1)
        self._row = 1
        self._links = 0
        page.freeze_panes(1, self._frozen)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})  # years as heads, numbers of many digits
        if self._heads:
            self._write_heads(page)

    def _page_name(self, number: int) -> str:
        return self._name if number == 1 else f"{self._name} {number}"

    def _write_heads(self, page: Any) -> None:
        left = self._book.format(bold=True, bg_color="#DDEBF7", bottom=1, valign="vcenter")
        right = self._book.format(bold=True, bg_color="#DDEBF7", bottom=1, valign="vcenter", align="right", indent=1)
        page.set_row(0, 21)
        for column, head in enumerate(self._heads):
            page.write_string(0, column, clean_text(head.text), right if head.right else left)

    def _write_cell(self, column: int, cell: Any) -> None:
        page = self._pages[-1]
        if isinstance(cell, Signed):
            self._write_number(page, column, cell)
        elif isinstance(cell, Evidence):
            self._write_evidence(page, column, cell)
        elif isinstance(cell, Link):
            text = clean_text(cell.text)
            self._widen(column, text)
            look, plain = (self._several, self._right) if cell.right else (self._link, self._text)
            if self._links >= _MOST_LINKS or page.write_url(self._row, column, cell.target, look, text) != 0:
                page.write_string(self._row, column, text, plain)
            self._links += 1
        elif isinstance(cell, (Decimal, Fraction)):
            self._write_number(page, column, Signed(cell))
        elif isinstance(cell, int):
            page.write_number(self._row, column, cell, self._whole)
        else:
            text, look = (cell.text, self._right) if isinstance(cell, Aside) else (cell, self._text)
            text = clean_text(text)
            self._widen(column, text)
            page.write_string(self._row, column, text, look)

    def _write_number(self, page: Any, column: int, cell: Signed) -> None:
        value = cell.value if isinstance(cell.value, Decimal) else exact(cell.value)
        text = number_text(value)
        if cell.value_max is not None:
            shown = f"{grouped(value)}–{grouped(cell.value_max)}"
            page.write_string(self._row, column, shown, self._book.format(align="right", indent=1))
        elif isinstance(value, Decimal) and len(text.strip("-0.").replace(".", "")) > _EXACT_DIGITS:
            # a number would lose digits
            shown = cell.sign + text
            page.write_string(self._row, column, shown, self._book.format(align="right", indent=1))
        else:
            shown = cell.sign + grouped(value)
            places = len(shown.partition(".")[2])
            pattern = "#,##0" + ("." + "0" * places if places else "")
            if cell.sign:  # two patterns: in one alone, the minus of a negative number would stand before the sign
                pattern = f'"{cell.sign}"{pattern};"{cell.sign}"-{pattern}'
            look = self._book.format(num_format=pattern, align="right", indent=1)
            page.write_number(self._row, column, float(value), look)
        self._widen(column, shown)

    def _write_evidence(self, page: Any, column: int, cell: Evidence) -> None:
        self._evidence.add(column)
        text = clean_text(cell.text)
        # a line holds less than its width says: it may not end within a number, nor begin with a comma
        lines = -(-width_of(text) * 12 // (_EVIDENCE * 10)) + text.count("\n")
        page.set_row(self._row, _LINE * min(max(lines, 1), _MOST_LINES))
        pieces = [text[: cell.start], text[cell.start : cell.end], text[cell.end :]]
        if len(text) != len(cell.text) or sum(map(bool, pieces)) < 2:
            page.write_string(self._row, column, text, self._wrapped)
            return
        styled: list[Any] = []
        for piece, look in zip(pieces, (None, self._bold, None), strict=True):
            if piece:
                styled += [look, piece] if look else [piece]
        page.write_rich_string(self._row, column, *styled, self._wrapped)

    def _widen(self, column: int, text: str) -> None:
        width = width_of(text[:_WIDEST]) + 1
        if width > self._widths[column]:
            self._widths[column] = width


def clean_text(text: str) -> str:
    """The text as a cell can hold it."""
    if not text.isprintable():
        text = _BYTES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) * 2 > MOST_CHARACTERS and len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
        text = text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
    return text


def grouped(value: Number) -> str:
    """The number with commas between thousands; a fraction that no decimal holds to two places."""
    value = value if isinstance(value, Decimal) else exact(value)
    return f"{value:,f}" if isinstance(value, Decimal) else f"{float(value):,.2f}"


def width_of(text: str) -> int:
    """How wide a text is in cells of a screen: a han character, three bytes in UTF-8, takes two."""
    return (len(text) + len(text.encode("utf-8", "replace")) + 1) // 2
