"""What kind of figure a cell holds: a rate of change, an absolute change, a rank; a level where nothing says so."""

from __future__ import annotations

from policyx.model import Baseline, Link, Mention, Period
from policyx.tables.grid import Cell
from policyx.tables.naming import told
from policyx.tables.words import Hit, TableWords


def cell_measure(cell: Cell, figure: Mention, words: TableWords) -> list[Link]:
    """The measure that the table gives to a cell, and the sign where a word says that it fell; nothing for a level."""
    assert figure.quantity is not None
    dimension = figure.quantity.unit.dimension if figure.quantity.unit else ""
    if cell.is_total and dimension != "point" and not words.closes("growth", cell.row.name):
        return _of_total(cell, words) or _of_new(cell, words)
    if dimension == "rank":
        hit = words.within("rank", cell.column.title)
        return [Link("measure", "rank", hit.rule, hit.word)] if hit else []
    done = words.within("completion", cell.column.title) if dimension == "percent" else None
    if done:
        return [Link("measure", "completion_rate", done.rule, done.word)]
    if dimension == "percent" and words.within("ratio", cell.column.title):
        return []
    hit = _growth(cell, words) if dimension == "percent" else cell.column.change
    if dimension == "point":
        hit = hit or cell.column.growth
    if not hit:
        return _of_new(cell, words)
    links = [Link("measure", "growth_rate" if dimension == "percent" else "increase", hit.rule, hit.word)]
    fall = words.within("fall", cell.row.name + cell.column.title + cell.written)
    if fall and figure.quantity.value > 0:
        links.append(Link("sign", -1, fall.rule, fall.word))
    return links


def cell_baseline(cell: Cell, measures: list[Link], period: Link | None, words: TableWords) -> list[Link]:
    """What a change or a percentage is measured from, as heads, row or caption say: 比上年."""
    changed = [link for link in measures if link.value in ("growth_rate", "increase")]
    ratio = words.within("ratio", cell.column.title)
    if not ratio and not changed:
        return []
    said = cell.column.title + cell.row.label + cell.row.name
    if any(link.value == "growth_rate" and link.evidence not in said for link in changed):
        said = cell.grid.caption
    hit = words.within("baseline", said)
    if not hit:
        return []
    kind, dated = hit.entry["kind"], period.value if period else None
    year = dated.year if isinstance(dated, Period) and kind == "previous_year" else None
    return [Link("baseline", Baseline(hit.word, year - 1 if year else None, kind), (ratio or hit).rule, hit.word)]


def _of_total(cell: Cell, words: TableWords) -> list[Link]:
    """A note says what the figures in brackets are: the total, or what is newly added, over the period."""
    hit = words.within("note.total", cell.grid.notes)
    return [Link("measure", "increase", hit.rule, hit.word)] if hit else []


def _of_new(cell: Cell, words: TableWords) -> list[Link]:
    """A row or a head that counts what was newly added: 城镇新增就业, 2023年新增目标."""
    heads = cell.column.heads
    hit = words.within("new", cell.row.name) or words.opens("new", told(heads[-1], words) if heads else "")
    return [Link("measure", "increase", hit.rule, hit.word)] if hit else []


def _growth(cell: Cell, words: TableWords) -> Hit | None:
    """The word that makes a percentage one of growth: in the cell itself (年均增长10%), in the heads, in the row, or in
    the caption of a table that is all in per cent."""
    changed = cell.column.change if cell.row.unit not in (None, words.percent) else None  # -8.5% among so many 万吨
    found = (
        words.opens("growth", cell.written)
        or cell.column.growth
        or changed
        or (not words.within("no_growth", cell.row.name) and words.closes("growth", cell.row.name))
        or words.within("growth", cell.row.label)
    )
    if found or cell.row.unit or cell.grid.grows or words.closes("rate", cell.name):
        return found
    return words.within("growth", cell.grid.caption)
