"""A table for a terminal: a title for each document, a line for each heading, a row for each record.

Everything from a document is printed as `rich.text.Text`, never as markup: a text may well hold `[gdp]` or `[/b]`.
"""

from __future__ import annotations

import io
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from policyx.export.labels import TALLIED, head_of
from policyx.export.rows import RIGHT_ALIGNED, printable, shown_columns, shown_row
from policyx.export.view import View
from policyx.model import Document

SEPARATOR = "\n"

_GAP = 2
_NARROWEST = 8  # no column is squeezed below this
_STYLES = {"amount": "bold", "base": "bold", "label": "cyan", "indicator": "cyan", "sentence": "dim", "status": "green"}

Rows = list[list[str]]


def head(view: View) -> str:
    """Nothing."""
    return ""


def part(document: Document, view: View) -> str:
    """The document's title and table; nothing for a document without records."""
    if not document.records:
        return ""
    columns = shown_columns(view)
    rows = [shown_row(record, columns, view.lang) for record in document.records]
    console = _console(view)
    title = document.source if not document.title else f"{document.title} ({document.source})"
    console.print(Text(printable(title), style="bold underline"))
    widths = _widths(columns, rows, view)
    paths = [record.heading if view.group == "heading" else () for record in document.records]
    _print(console, columns, [], widths, view, heads=True)
    for path, members in groupby(zip(paths, rows, strict=True), key=lambda pair: pair[0]):
        if path:
            console.print(Text(printable(" > ".join(path)), style="italic"))
        _print(console, columns, [row for _, row in members], widths, view)
    return _output(console)


def foot(view: View) -> str:
    """Nothing."""
    return ""


def rows_table(columns: tuple[str, ...], rows: Rows, view: View) -> str:
    """Any rows as one table under the heads of `columns`."""
    console = _console(view)
    _print(console, columns, rows, _widths(columns, rows, view), view, heads=True)
    return _output(console)


def _console(view: View) -> Console:
    return Console(
        file=io.StringIO(),
        width=view.width,
        force_terminal=view.colour,
        color_system="standard" if view.colour else None,
        no_color=not view.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _output(console: Console) -> str:
    lines = console.file.getvalue().split("\n")  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in lines)


def _print(
    console: Console, columns: tuple[str, ...], rows: Rows, widths: list[int], view: View, heads: bool = False
) -> None:
    table = Table(box=None, show_header=heads, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            Text(head_of(column, view.lang)),
            justify="right" if column in RIGHT_ALIGNED or column in TALLIED else "left",
            width=width,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell, style=_STYLES.get(column, "")) for column, cell in zip(columns, row, strict=True)))
    console.print(table)


def _widths(columns: tuple[str, ...], rows: Rows, view: View) -> list[int]:
    """How wide each column is: as its widest cell, the widest columns cut until all fit the screen."""
    widths = [
        max([cell_len(head_of(column, view.lang)), *(cell_len(row[index]) for row in rows)])
        for index, column in enumerate(columns)
    ]
    surplus = sum(widths) + _GAP * len(widths) - view.width
    while surplus > 0 and max(widths) > _NARROWEST:
        widest = max(widths)
        second = max([width for width in widths if width < widest], default=_NARROWEST)
        at = [index for index, width in enumerate(widths) if width == widest]
        cut = min(widest - max(second, _NARROWEST), max(surplus // len(at), 1))
        for index in at:
            widths[index] -= max(cut, 1)
        surplus -= max(cut, 1) * len(at)
    return widths
