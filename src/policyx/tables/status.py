"""What a table itself says of the status of a cell: its heads, its caption, and the years of its columns together."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from policyx.model import Link, Status
from policyx.tables.document import SectionStatus, TableDocument
from policyx.tables.grid import Cell, Column, Grid
from policyx.tables.words import Hit, TableWords

_HEADS: tuple[tuple[str, Status], ...] = (("target", "target"), ("forecast", "forecast"), ("actual", "actual"))
_PLAN_YEARS = 5
_NOTE_SIGNS = "*＊※▲△★"


class Asked(NamedTuple):
    """The cells whose status is asked for: those of a column of a table in a document."""

    grid: Grid
    column: Column
    document: TableDocument
    section: SectionStatus
    words: TableWords


def cell_status(asked: Asked) -> Link | None:
    """The status that the table gives to the cells of a column, from the first place that tells one; None where it
    says nothing."""
    links = (_SOURCES[source](asked, rule) for source, rule in asked.words.order("status"))
    return next((link for link in links if link), None)


def marked_status(cell: Cell, words: TableWords) -> Link | None:
    """The status that a note gives to the cells with its mark: 注：带*为预计数."""
    mark = next((sign for sign in _NOTE_SIGNS if sign in cell.written and sign in cell.grid.notes), "")
    hit = words.within("forecast", cell.grid.notes[cell.grid.notes.find(mark) :]) if mark else None
    return Link("status", "forecast", hit.rule, hit.word) if hit else None


def _of_communique(asked: Asked, rule: str) -> Link | None:
    return Link("status", "actual", rule, asked.document.title or "") if asked.document.kind == "communique" else None


def _of_award(asked: Asked, rule: str) -> Link | None:
    award = _award(asked.grid, asked.column, asked.document, asked.words)
    return Link("status", "policy", award.rule, award.word) if award else None


def _of_head(asked: Asked, rule: str) -> Link | None:
    words, heads = asked.words, asked.column.heads
    hits = ((words.within(role, asked.column.title), status) for role, status in _HEADS)
    ends: list[tuple[Hit | None, Status]] = [(words.closes("actual.end", head), "actual") for head in heads]
    return next((Link("status", status, hit.rule, hit.word) for hit, status in (*hits, *ends) if hit), None)


def _of_years(asked: Asked, rule: str) -> Link | None:
    planned = _planned(asked)
    return Link("status", planned, rule, asked.column.title) if planned else None


def _of_comparison(asked: Asked, rule: str) -> Link | None:
    compared = _compared(asked.grid, asked.document, asked.words)
    if compared:
        return Link("status", "actual", compared.rule, compared.word)
    looks_back = _latest_first(asked.grid) and asked.document.kind != "plan"
    return Link("status", "actual", rule, asked.column.title) if looks_back else None


def _of_caption(asked: Asked, rule: str) -> Link | None:
    said = asked.section((asked.grid.caption,))
    return Link("status", said[0], said[1], said[2]) if said else None


_SOURCES: dict[str, Callable[[Asked, str], Link | None]] = {
    "communique": _of_communique,
    "award": _of_award,
    "head": _of_head,
    "years": _of_years,
    "comparison": _of_comparison,
    "caption": _of_caption,
}


def _award(grid: Grid, column: Column, document: TableDocument, words: TableWords) -> Hit | None:
    """奖励金额 in a table of what is granted for what; a list of those who were paid tells facts."""
    if document.kind == "report" or words.within("paid", grid.caption + (document.title or "")):
        return None
    award = words.within("award", column.title)
    return award or (words.within("award", grid.caption) if words.within("award.head", column.title) else None)


def _compared(grid: Grid, document: TableDocument, words: TableWords) -> Hit | None:
    """A table that compares with the year before tells facts."""
    if document.kind == "plan":
        return None
    hits = (words.within("since", text) for text in (*(column.title for column in grid.columns), grid.caption))
    return next((hit for hit in hits if hit), None)


def _planned(asked: Asked) -> Status | None:
    """Of a plan's year columns the earliest is where it starts from, the later ones and the growth are its aims.

    An aim for every single year (目标: 2019, 2020, 2021 …) has no such first column."""
    grid, column, document, section, words = asked
    years = sorted({item.year for item in grid.columns if item.year and not item.growth})
    aims = [item.year for item in grid.columns if item.year and words.within("target", item.title)]
    known = any(words.within("actual", item.title) for item in grid.columns)
    nature = any(item.kind == "nature" for item in grid.columns)
    planned = bool(words.within("plan", grid.caption)) or document.kind == "plan" or nature or bool(aims)
    planned = planned or any(words.within("base", item.title) for item in grid.columns)
    planned = planned or _spans_plan(years, document) or section(grid.rows[0].segment.heading[-1:]) is not None
    if _latest_first(grid) and not (aims or nature):
        return None
    if not planned or len(years) + known < 2 or (column.year is None and column.growth is None):
        return None
    if not (nature or aims or known) and years[1] - years[0] < 2 and words.within("target", grid.caption):
        return None
    base = min(aims) if aims else years[0] if known else years[1]
    return _side(column, base, document)


def _latest_first(grid: Grid) -> bool:
    """True for 2021 before 2020 with the growth between them: a table that looks back."""
    years = [column.year for column in grid.columns if column.year and not column.growth]
    growth = any(column.growth for column in grid.columns)
    return growth and len(years) > 1 and years[0] == years[1] + 1


def _side(column: Column, base: int, document: TableDocument) -> Status:
    """actual for a column before the plan's first year, target for the others."""
    anchor = document.anchor if document.anchor_known else None
    year = column.year or 0
    if anchor is not None and year > anchor:
        return "target"  # a plan of 2018 with aims for 2020 and 2025
    over = anchor is not None and year < anchor
    first = column.year is not None and (column.year < base or over) and (column.growth is None or over)
    return "actual" if first else "target"


def _spans_plan(years: list[int], document: TableDocument) -> bool:
    """2020 beside 2025 or 2030, in a text that is not known to be younger: a five-year plan's table."""
    if len(years) < 2 or years[-1] % _PLAN_YEARS or years[-1] - years[0] < _PLAN_YEARS or document.kind == "report":
        return False
    return not (document.anchor_known and document.anchor is not None and years[-1] < document.anchor)
