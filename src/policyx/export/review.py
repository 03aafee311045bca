"""A workbook in which a reviewer has judged records goes in, the tally of the verdicts comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from policyx.errors import ReadError
from policyx.export.labels import LANGUAGES, VERDICTS, code_of, head_of
from policyx.export.plain import Plain
from policyx.export.registry import require

_PLACES = Decimal("0.0001")


@dataclass(slots=True)
class Count:
    """How many records there are, and how many were judged how."""

    records: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)

    @property
    def reviewed(self) -> int:
        """How many were judged."""
        return self.verdicts.total()

    @property
    def precision(self) -> Decimal | None:
        """The share of those judged that is right, to four places; None where none was judged."""
        if not self.reviewed:
            return None
        return (Decimal(self.verdicts["right"]) / self.reviewed).quantize(_PLACES)

    def add(self, verdict: str | None) -> None:
        """Count one record."""
        self.records += 1
        if verdict is not None:
            self.verdicts[verdict] += 1


@dataclass(slots=True)
class Tally:
    """What a reviewer found. `indicators` by label, records without one under None, in the order of the workbook;
    `problems` name the cells that hold no verdict that is known."""

    total: Count = field(default_factory=Count)
    indicators: dict[str | None, Count] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def review(path: str | Path) -> Tally:
    """Count the verdicts of the workbook at `path`, in whichever of our languages it is.

    Raises ReadError where it is no such workbook, MissingExtraError where openpyxl is not installed.

    >>> import policyx
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "figures.xlsx")
    ...     with policyx.open_writer(path) as writer:
    ...         writer.add(policyx.extract("2024年，研发投入1.5亿元。"))
    ...     tally = review(path)
    >>> tally.total.records, tally.total.reviewed, tally.total.precision
    (1, 0, None)
    """
    require("review", "openpyxl", "xlsx")
    tally = Tally()
    reviewed = False
    for name, rows in sheets(Path(path)):
        heads = {_column_of(cell): at for at, cell in enumerate(next(rows, ())) if cell is not None}
        if "verdict" not in heads:
            continue
        reviewed = True
        verdict_at, label_at = heads["verdict"], heads.get("label")
        for number, row in enumerate(rows, 2):
            if all(cell is None for cell in row):
                continue
            word = _cell(row, verdict_at)
            verdict = code_of("verdict", word) if word else None
            if word and verdict is None:
                known = ", ".join(code.replace("_", " ") for code in VERDICTS)
                cell = f"{_letters(verdict_at)}{number}"
                tally.problems.append(f"{name}!{cell}: {word!r} is no verdict; known are {known}")
            label = _cell(row, label_at) if label_at is not None else None
            tally.total.add(verdict)
            tally.indicators.setdefault(label or None, Count()).add(verdict)
    if not reviewed:
        heads_known = " or ".join(repr(head_of("verdict", lang)) for lang in LANGUAGES)
        raise ReadError(str(path), f"no sheet has a column {heads_known}; is it one that policyx wrote?")
    return tally


def tally_dict(tally: Tally, source: str) -> Plain:
    """The tally as `policyx review -f json` prints it; indicators that nobody judged are left out."""
    return {
        "source": source,
        **_count_dict(tally.total),
        "indicators": [
            {"label": label, **_count_dict(count)} for label, count in tally.indicators.items() if count.reviewed
        ],
        "problems": list(tally.problems),
    }


def _count_dict(count: Count) -> Plain:
    return {
        "records": count.records,
        "reviewed": count.reviewed,
        "precision": count.precision,
        "verdicts": {verdict: count.verdicts[verdict] for verdict in VERDICTS},
    }


def sheets(path: Path) -> Iterator[tuple[str, Iterator[tuple[Any, ...]]]]:
    """The sheets of a workbook, each as its rows of values."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise ReadError(str(path), "does not exist") from None
    except OSError as error:
        raise ReadError(str(path), f"cannot be read: {error.strerror or error}") from None
    except (InvalidFileException, BadZipFile, KeyError, ValueError):
        raise ReadError(str(path), "is no XLSX workbook") from None
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # other programs may leave a wrong size behind
            yield sheet.title, sheet.iter_rows(values_only=True)
    finally:
        book.close()


def _column_of(head: Any) -> str:
    """The key of the column with that head, which may be in any of our languages."""
    for key in ("verdict", "label"):
        if str(head).strip().casefold() in {key, *(head_of(key, lang).casefold() for lang in LANGUAGES)}:
            return key
    return str(head)


def _cell(row: tuple[Any, ...], at: int) -> str:
    """The text of a cell; rows may end before it."""
    return "" if at >= len(row) or row[at] is None else str(row[at]).strip()


def _letters(column: int) -> str:
    """The letters of a column that is counted from 0: A, B, …, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
