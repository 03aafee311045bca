"""The bytes of a CSV or TSV file go in, its rows go out as a sheet; the delimiter is found."""

from __future__ import annotations

import csv
import io

from policyx.errors import ReadError
from policyx.read.encoding import decode
from policyx.read.limits import LARGEST_MEMBER
from policyx.read.sheet import Sheet

# a column with whole documents goes far beyond the 131,072 characters that the csv module takes for a slip
csv.field_size_limit(max(csv.field_size_limit(), LARGEST_MEMBER))

_DELIMITERS = ",\t;|"
_SAMPLE = 200_000  # characters by which the delimiter is found
_ROWS = 40
_ALIKE = 0.9  # of the rows of a table have the same number of cells
_SEPARATOR = "sep="  # the first line by which Excel is told the delimiter


def sheets(data: bytes, path: str, encoding: str | None) -> tuple[list[Sheet], str, list[str]]:
    """The one sheet of the file, the encoding, and what is doubtful. Raises ReadError for bytes that are no text."""
    found = decode(data, path, encoding)
    text, name, notes = found.text.removeprefix("\ufeff"), found.encoding, list(found.notes)
    first = text[: text.find("\n")].strip().strip('"').lower() if "\n" in text[:40] else ""
    if first.startswith(_SEPARATOR) and len(first) == len(_SEPARATOR) + 1:
        delimiter = first[-1]
        text = text[text.find("\n") + 1 :]
    else:
        delimiter = _delimiter(text)
    rows = _rows(text, delimiter, path)
    if not _is_closed(text, delimiter):
        notes.append(f"a quotation mark is never closed; the last cell, in row {len(rows)}, may hold several")
    return [Sheet.of("", rows, path=path)], name, notes


def _rows(text: str, delimiter: str, path: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ReadError(path, f"cannot be read as CSV: {error}") from None


def _delimiter(text: str) -> str:
    """The sign that cuts the first rows into the same number of columns, and of such the one that gives the most."""
    sample = text[:_SAMPLE]
    best, most = ",", (False, 1.0)
    for sign in _DELIMITERS:
        if sign not in sample:
            continue
        widths: list[int] = []
        try:
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign):
                widths += [len(row)] if row else []
                if len(widths) == _ROWS:
                    break
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count)
        alike = widths.count(usual) / len(widths)
        score = (alike >= _ALIKE, usual * alike)
        if usual > 1 and score > most:
            best, most = sign, score
    return best


def _is_closed(text: str, delimiter: str) -> bool:
    if text.count('"') % 2 == 0:
        return True
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" not in str(error)
    return True
