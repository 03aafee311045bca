"""Sheets go in; their documents go out: a document for each row where a column holds whole texts, else one with the
tables of all sheets, a row a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from policyx.errors import ReadError
from policyx.read.columns import Columns, Found, found_columns, is_unnamed
from policyx.read.meta import iso_date, issuer_name, plain
from policyx.read.registry import Member
from policyx.read.sheet import Sheet
from policyx.read.sheet_text import sheet_lines
from policyx.read.source import Content

_HEAD_ROWS = 5  # in which the heads are looked for: a title may stand above them
_LONGEST_HEAD = 40
_OWN_HEADS = 4
_SAME_YEAR = 1  # a report on a year may be published in the next


def members(
    sheets: Sequence[Sheet], path: str, encoding: str | None, columns: Columns, notes: Sequence[str] = ()
) -> Iterator[Member | ReadError]:
    """The documents of a workbook. Those of rows are named by the row's number, as a spreadsheet counts it, behind the
    sheet's name: `Sheet1/2`; the tables stand under no name of their own.

    Raises ReadError for a workbook without text, and for one without the columns that are wanted."""
    if any(map(_is_own, sheets)):
        raise ReadError(path, "is a table of records that policyx wrote, not a document")
    tables: list[Sheet] = []
    missing: list[ReadError] = []
    documents: list[Iterator[Member | ReadError]] = []
    for sheet in sheets:
        try:
            head, found = _documents_in(sheet, columns, path)
        except ReadError as error:
            missing.append(error)
            continue
        if found is None:
            tables.append(sheet)
        else:
            documents.append(_rows(sheet, head, found, path, encoding))
    if columns.given() and not documents:
        if missing:
            raise missing[0]
        raise ReadError(path, "has no column with the text of a document; name it with --text-column")
    if not columns.given():
        content = _tables(tables, encoding, notes)
        if content is not None:
            yield Member("", b"", content)
        elif not documents:
            raise ReadError(path, "holds no text: all its cells are empty")
    yield from chain.from_iterable(documents)


def _is_own(sheet: Sheet) -> bool:
    """Whether it is a result of ours: read again, each record would come back as several."""
    for row in sheet.rows[:_HEAD_ROWS]:
        found = found_columns(row, Columns(), "").roles.get("own", ())
        if len(found) >= _OWN_HEADS:
            return True
    return False


def _documents_in(sheet: Sheet, wanted: Columns, path: str) -> tuple[int, Found | None]:
    """The number of the row of heads, and the columns where the rows below are documents."""
    missing: ReadError | None = None
    for number, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        if sum(bool(cell.strip()) for cell in row) < 2 or max(map(len, row)) > _LONGEST_HEAD:
            continue
        try:
            found = found_columns(row, wanted, path)
        except ReadError as error:
            missing = missing or error
            continue
        text = found.first("text")
        if text is None:
            continue
        texts = [row[text].strip() for row in sheet.rows[number + 1 :]]
        filled = [len(text) for text in texts if text]
        if filled and sum(filled) >= found.least * len(filled):
            return number, found
    if missing is not None:
        raise missing
    return 0, None


def _rows(sheet: Sheet, head: int, found: Found, path: str, encoding: str | None) -> Iterator[Member | ReadError]:
    column = found.first("text")
    assert column is not None
    empty: list[int] = []
    for number in range(head + 1, len(sheet.rows)):
        row = sheet.rows[number]
        if not row[column].strip():
            if any(cell.strip() for cell in row):
                empty.append(number + 1)
            continue
        name = f"{sheet.name}/{number + 1}" if sheet.name else str(number + 1)
        content = Content(
            row[column],
            encoding,
            title=_cell(row, found, "title"),
            date=_date(row, found),
            issuer=issuer_name(_cell(row, found, "issuer")),
            place=_place(row, found),
            cells=((0, sheet.cell_name(number, column)),),
        )
        yield Member(name, b"", content)
    if empty:
        where = f"row {empty[0]}" if len(empty) == 1 else f"{len(empty)} rows, the first of them {empty[0]}"
        yield ReadError(path, f"{sheet.name + ': ' if sheet.name else ''}no text in {where}")


def _cell(row: Sequence[str], found: Found, role: str) -> str | None:
    texts = (plain(row[column]) for column in found.roles.get(role, ()))
    return next((text for text in texts if text), None)


def _date(row: Sequence[str], found: Found) -> str | None:
    """The date of a document; where it is that of another year than the column of years says (the day on which an old
    report was put on the web), the year."""
    written = _cell(row, found, "date") or ""
    date = iso_date(written) or (written if written.isdecimal() and len(written) == 4 else None)
    year = (_cell(row, found, "year") or "").rstrip("年")
    if not (year.isdecimal() and len(year) == 4):
        return date
    return date if date and 0 <= int(date[:4]) - int(year) <= _SAME_YEAR else year


def _place(row: Sequence[str], found: Found) -> str | None:
    """The place of a document, the larger one before the smaller: 广东省广州市."""
    place = ""
    for column in found.roles.get("place", ()):
        name = plain(row[column]) or ""
        if name and not name.isascii() and name not in place:
            place = name if place and name.startswith(place) else place + name
    return place or None


def _tables(sheets: Sequence[Sheet], encoding: str | None, notes: Sequence[str]) -> Content | None:
    """The lines of all sheets; the name of one stands above it where somebody gave it one."""
    parts: list[str] = []
    cells: list[tuple[int, str]] = []
    at = 0
    for sheet in sheets:
        lines = sheet_lines(sheet)
        head = [""] if lines and parts else []
        name = sheet.name.strip()
        if lines and not is_unnamed(name) and (name not in lines[0].text or lines[0].text.startswith("| ")):
            head.append(name)
        parts += head
        at += sum(len(line) + 1 for line in head)
        for line in lines:
            cells += [(at + offset, name) for offset, name in line.cells]
            parts.append(line.text)
            at += len(line.text) + 1
    if not parts:
        return None
    return Content("\n".join(parts) + "\n", encoding, notes=tuple(notes), cells=tuple(cells))
