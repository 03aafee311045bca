"""XLSX for people: a sheet of records with evidence, links and a column for a reviewer's verdict, and sheets that show
indicators by year and place, what is to be looked at, and the documents.

Nothing of a text becomes a formula. The sheets hold what Excel can take: rows beyond a sheet's last go on in a further
sheet, characters beyond a cell's last are left out, and control characters give way to U+FFFD."""

from __future__ import annotations

import os
import re
from collections import Counter
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from policyx.errors import PolicyxError
from policyx.export.dataset import NUMBERS, findings
from policyx.export.flat import COLUMNS
from policyx.export.labels import STATUSES, VERDICTS, head_of, word_of
from policyx.export.pivot import KEYS, LISTED, Figure, Pivot, figures_of
from policyx.export.plain import Plain, document_facts, repair_counts
from policyx.export.rows import LEAST_SURE, is_unsure, row_dict
from policyx.export.sheet import Aside, Book, Evidence, Head, Link
from policyx.export.view import View
from policyx.model import Document, Record

IN_PLACE = False

SHEETS = {  # what each sheet is called
    "records": {"en": "records", "zh": "记录"},
    "pivot": {"en": "pivot", "zh": "透视"},
    "several": {"en": "several", "zh": "多值"},
    "checks": {"en": "checks", "zh": "核对"},
    "documents": {"en": "documents", "zh": "文档"},
}
# what a reader sees: the figure as it was read, in base units beside it; everything else is folded away
_FIRST = ("name", "label", "amount", "base_value", "base_unit", "year", "status", "measure", "place", "sentence",
          "source", "confidence", "flags")  # fmt: skip
_ALL = (*_FIRST, *(column for column in COLUMNS if column not in _FIRST))
_NO_NAME = re.compile(r"[ %#?\"<>\[\]^`{|}]")
_AMOUNTS = ("amount", "base")
_NUMERIC = frozenset({*_AMOUNTS, *NUMBERS})
_CHECKS = ("finding", "text", "confidence", "row", "name", "amount", "year", "place", "source")
_DOCUMENTS = ("source", "title", "date", "year", "place", "records", *STATUSES, "doubtful", "problem", "format",
              "encoding", "repairs")  # fmt: skip
_UNKNOWN = Decimal(str(LEAST_SURE))  # where records of unknown confidence stand among the others


class WorkbookPart(NamedTuple):
    """A document as it goes into a workbook: its rows by column, the places of the quotes in their sentences, the
    findings by the number of their record, and its figures for the pivot."""

    document: Plain
    rows: list[Plain]
    quotes: list[tuple[int, int] | None]
    findings: list[tuple[int, str, str]]
    figures: list[Figure]


def part(document: Document, view: View) -> WorkbookPart:
    """The document's rows."""
    counts: Counter[str] = Counter(record.status for record in document.records)
    return WorkbookPart(
        {
            **document_facts(document),
            "records": len(document.records),
            **{status: counts[status] for status in STATUSES},
            "doubtful": sum(map(_is_doubtful, document.records)),
            "repairs": "; ".join(f"{rule} × {count}" for rule, count in repair_counts(document).items()),
        },
        [row_dict(record) for record in document.records],
        [_quote_in_sentence(record) for record in document.records],
        [(at, kind, text) for at, record in enumerate(document.records) for kind, text in _findings(record)],
        list(figures_of(document)),
    )


def open_file(path: Path, view: View) -> Workbook:
    """A new workbook at `path`."""
    return Workbook(path, view)


class Workbook:
    """A workbook that documents are written to. Rows leave memory as they come; the pivot is made at the end."""

    def __init__(self, path: Path, view: View) -> None:
        self._path, self._lang = path, view.lang
        self._book = Book(path)
        self._columns = ("verdict", *(view.columns or _ALL))
        shown = 0 if view.columns else len(_FIRST) + 1
        self._records = self._book.sheet(self._sheet_name("records"), self._heads(self._columns), frozen=2, shown=shown)
        self._pivot_sheet = self._book.sheet(self._sheet_name("pivot"), [], frozen=len(KEYS))
        self._several = self._book.sheet(self._sheet_name("several"), self._heads(LISTED))
        self._checks = self._book.sheet(self._sheet_name("checks"), self._heads(_CHECKS))
        self._documents = self._book.sheet(self._sheet_name("documents"), self._heads(_DOCUMENTS))
        self._pivot = Pivot()
        self._doubts: list[tuple[Decimal, list[Any]]] = []

    def add(self, part: WorkbookPart) -> None:
        """Write a document's rows."""
        link = _link(part.document["source"], self._path.parent)
        rows = []
        for row, quote in zip(part.rows, part.quotes, strict=True):
            rows.append(self._records.write([self._cell(column, row, quote, link) for column in self._columns]))
        for at, kind, text in part.findings:
            row = {**part.rows[at], "finding": kind, "text": text, "row": rows[at]}
            cells = [self._cell(column, row, None, None) for column in _CHECKS]
            self._doubts.append(
                (_UNKNOWN if part.rows[at]["confidence"] is None else part.rows[at]["confidence"], cells)
            )
        self._documents.write([self._cell(column, part.document, None, link) for column in _DOCUMENTS])
        self._pivot.add(figure._replace(link=rows[figure.at]) for figure in part.figures)

    def add_problem(self, path: str, reason: str) -> None:
        """List a document that could not be read."""
        row = {"source": path, "problem": reason}
        self._documents.write([self._cell(column, row, None, None) for column in _DOCUMENTS])

    def close(self) -> None:
        """Finish the workbook: the least sure records stand first among those to be looked at."""
        self._pivot.write(self._pivot_sheet, self._several, self._lang)
        for _, cells in sorted(self._doubts, key=itemgetter(0)):
            self._checks.write(cells)
        words = [word_of("verdict", code, self._lang) for code in VERDICTS]
        self._records.choices(0, words, good=words[0])
        self._finish()

    def discard(self) -> None:
        """Let go of the file."""
        self._book.discard()

    def _finish(self) -> None:
        try:
            self._book.close()
        except OSError as error:
            raise PolicyxError(f"{self._path}: cannot be written: {error.strerror or error}") from None

    def _sheet_name(self, sheet: str) -> str:
        return SHEETS[sheet][self._lang]

    def _heads(self, columns: tuple[str, ...]) -> list[Head]:
        return [Head(head_of(column, self._lang), column in _NUMERIC) for column in columns]

    def _cell(self, column: str, row: Plain, quote: tuple[int, int] | None, link: str | None) -> Any:
        value = row.get(column)
        if isinstance(value, Link) or not isinstance(value, str):
            return value
        if column == "sentence" and quote:
            return Evidence(value, *quote)
        if column == "source" and link:
            return Link(value, link)
        return Aside(value) if column in _AMOUNTS else word_of(column, value, self._lang)


def _is_doubtful(record: Record) -> bool:
    return bool(record.flags) or is_unsure(record)


def _findings(record: Record) -> list[tuple[str, str]]:
    """What is to be looked at: checks, doubts, and that a record is not sure."""
    return [*findings(record), *([("confidence", "")] if is_unsure(record) else [])]


def _quote_in_sentence(record: Record) -> tuple[int, int] | None:
    start, end = record.start - record.sentence_start, record.end - record.sentence_start
    return (start, end) if start >= 0 and record.sentence[start:end] == record.quote else None


def _link(source: str, folder: Path) -> str | None:
    """What leads from a workbook in `folder` to the source, if anything does."""
    if source.startswith(("http://", "https://")):
        return source
    try:
        source.encode()
        if not Path(source).is_file():
            return None
        path = _relative(Path(source), folder)
        # what a link would read as something else than a part of a name: a place within the file, a query
        return "external:" + _NO_NAME.sub(lambda found: f"%{ord(found[0]):02X}", path)
    except (OSError, ValueError):
        return None


def _relative(path: Path, folder: Path) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # another drive
        return str(path.absolute())
