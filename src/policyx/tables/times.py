"""The period of a cell: from its column's heads, its row, the other columns, the caption, in the order of the rules."""

from __future__ import annotations

from collections.abc import Callable

from policyx.model import Link, Origin, Period
from policyx.tables.cells import arabic_years
from policyx.tables.document import TableDocument
from policyx.tables.grid import Cell
from policyx.tables.words import TableWords
from policyx.tuples import NamedTuple

_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = 12


class _Told(NamedTuple):
    """A year, the text that tells it, and whether it is told outright or counted from another one."""

    year: int
    evidence: str
    origin: Origin = "stated"


def cell_period(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> Link | None:
    """The period that the table gives to a cell; None where it tells none. `frame`: what the text around says."""
    for source, rule in words.order("year"):
        found = _SOURCES[source](cell, frame, document, words)
        if found:
            return Link("period", _period(found, cell, words), rule, found.evidence)
    return None


def _period(told: _Told, cell: Cell, words: TableWords) -> Period:
    """The whole year, or the months of it that the head names (1-6月累计), or else the row or the caption."""
    head, dated = _timed_head(cell, words), told.evidence == cell.row.label
    own = f"{told.evidence} {head}" if dated else told.evidence
    named = _months(head, words, alone=True) or _months(own, words, alone=dated)
    first, last = named or (1, _MONTHS)
    if words.within("year.whole", head) and not words.within("completion", head):
        first, last = 1, _MONTHS  # 年度目标 beside 1-8月完成
    if named and words.within("month.own", head) and not words.within("year.so_far", head):
        first = last  # 本月 beside 1-9月累计
    year, day = told.year, 29 if last == 2 and told.year % 4 == 0 else _LAST_DAYS[last - 1]
    text = f"{year}年" if told.origin == "stated" else told.evidence
    return Period(text, f"{year}-{first:02d}-01", f"{year}-{last:02d}-{day}", "in", told.origin)


def _timed_head(cell: Cell, words: TableWords) -> str:
    """The head of a column; of a growth that names no month (12月 | 同比增长) that of the level to its left."""
    index = cell.index
    while (
        index > 0 and cell.grid.column(index).growth and not _months(cell.grid.column(index).title, words, alone=True)
    ):
        index -= 1
    return cell.grid.column(index).title


def _months(text: str, words: TableWords, *, alone: bool) -> tuple[int, int] | None:
    """The months that a text names, by word (上半年) or in figures; `alone`: a single one too (6月)."""
    named = words.within("months", text)
    if named:
        first, last = named.entry["months"]
        return first, last
    match = words.pattern("pattern.month_range").search(text)
    if not match or not (alone or match["first"]):
        return None
    last = int(match["last"])
    first = int(match["first"]) if match["first"] else 1 if words.within("year.so_far", text) else last
    return (first, last) if 1 <= first <= last <= _MONTHS else None


def _from_cell(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    """The year in a bracket behind the figure: 1.52（2019年） below 2020年."""
    match = words.pattern("pattern.cell_year").search(cell.written)
    return _Told(int(match[1]), match[0].strip("（）() ")) if match else None


def _from_head(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    return _Told(cell.column.year, cell.column.title) if cell.column.year else None


def _from_row(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    return _Told(cell.row.year, cell.row.label) if cell.row.year else None


def _from_total(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    """The sum below rows that are years."""
    total = words.equals("total", cell.row.name)
    years = [row.year for row in cell.grid.rows if row.year and row.label] if total else []
    return _Told(max(years), cell.row.name, "relative") if len(years) > 1 else None


def _from_columns(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    """What is said of the years of the other columns together (年均, 五年累计) belongs to the last of them; a growth,
    or how much of a plan was done, to the latest of the levels right before it."""
    column, title = cell.column, cell.column.title
    months = words.pattern("pattern.month_range").search(title)
    summed = words.equals("total", title) and len({c.year for c in cell.grid.columns if c.year}) > 1
    if summed:
        told = [year for year in (cell.grid.last_year, _year_of_caption(cell, words)) if year]
        return _Told(max(told), title)
    if words.within("span", title) and not (months or words.within("year.own", title)):
        return _Told(cell.grid.last_year, title) if cell.grid.last_year else None
    if not (column.growth or column.change or words.within("completion", title)) or months:
        return None
    index, years = cell.index, []
    while index > 0 and (before := cell.grid.column(index - 1)).kind == "value" and not before.growth:
        index -= 1
        years += [before.year] if before.year else []
    return _Told(max(years), title) if years else None


def _from_caption(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    year = _year_of_caption(cell, words)
    return _Told(year, cell.grid.caption) if year else None


def _year_of_caption(cell: Cell, words: TableWords) -> int | None:
    """The last year that the caption names, but for that of prices and that of the day on which it was filled in."""
    caption = words.pattern("pattern.filed").sub("", arabic_years(cell.grid.caption, words))
    caption = words.pattern("pattern.price_base").sub("", caption)
    years = words.pattern("pattern.caption_year").findall(caption)
    return int(years[-1]) if years else None


def _from_title(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    """The one year, or the last of the span, that a heading above or the document's title names. A report is named for
    the year in which it is given, and what there is today is told of no plan's years."""
    if document.kind == "report" or words.within("base", cell.column.title):
        return None
    for title in (*reversed(cell.row.segment.heading), document.title or ""):
        plain = arabic_years(title, words)
        years = words.pattern("pattern.title_year").findall(plain)
        if years:
            span = words.pattern("pattern.dated").search(plain)
            one = len(set(years)) == 1 or (span and years[-1] in span[0] and len(set(years)) == 2)
            return _Told(int(years[-1]), title) if one else None
    return None


def _from_relative(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    """上年实际 and 上年同期: the year before the one that the caption, the text around or the document speaks of."""
    hit = words.within("year.before", cell.column.title)
    column = cell.column
    share = len(column.heads) > 1 and words.opens("year.before", column.heads[-1])  # 比重 above 去年同期(%)
    if not hit or column.growth or column.change or (column.unit == words.percent and not share):
        return None
    own = _from_caption(cell, frame, document, words)
    year = own.year if own else frame.year if frame else document.actual_year
    return _Told(year - 1, hit.word, "relative") if year else None


def _from_frame(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    """What the text around says, where the table itself tells nothing; a rule holds for no year."""
    known = frame if document.kind != "policy" and _is_timeless(cell, words) else None
    return _Told(known.year, known.text, "carried") if known and known.year else None


def _is_timeless(cell: Cell, words: TableWords) -> bool:
    """True where no column is of a year (建国初期 beside 2010年 is of another one) nor of what there is today."""
    return not (cell.grid.last_year or words.within("base", cell.column.title))


def _from_notes(cell: Cell, frame: Period | None, document: TableDocument, words: TableWords) -> _Told | None:
    """The one year of a note that says for which day the figures hold: 注：数据截至2022年12月31日."""
    if not words.within("note.dated", cell.grid.notes):
        return None
    years = set(words.pattern("pattern.caption_year").findall(cell.grid.notes))
    return _Told(int(years.pop()), cell.grid.notes) if len(years) == 1 else None


_Source = Callable[[Cell, Period | None, TableDocument, TableWords], _Told | None]
_SOURCES: dict[str, _Source] = {
    "cell": _from_cell,
    "head": _from_head,
    "row": _from_row,
    "total": _from_total,
    "columns": _from_columns,
    "relative": _from_relative,
    "caption": _from_caption,
    "notes": _from_notes,
    "title": _from_title,
    "frame": _from_frame,
}
