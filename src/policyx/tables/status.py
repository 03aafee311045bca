"""What a table itself says of the status of a cell: its heads, its caption, and the years of its columns together."""

from __future__ import annotations

from itertools import pairwise

from policyx.model import Link, Status
from policyx.tables.cells import without_units
from policyx.tables.document import SectionStatus, TableDocument
from policyx.tables.grid import UNTITLED, Cell, Column, Grid, is_part
from policyx.tables.words import Hit, TableWords

_HEADS: tuple[tuple[str, Status], ...] = (("target", "target"), ("forecast", "forecast"), ("actual", "actual"))
_PLAN_YEARS = 5
_BASE_AND_AIMS = (2, 3)
_LEAST_SERIES, _NEXT = 3, 2  # years, and how far one is from the next
_NOTE_SIGNS = "*＊※▲△★"


def marked_status(cell: Cell, words: TableWords) -> Link | None:
    """The status that a note gives to the cells with its mark: 注：带*为预计数."""
    mark = next((sign for sign in _NOTE_SIGNS if sign in cell.written and sign in cell.grid.notes), "")
    hit = words.within("forecast", cell.grid.notes[cell.grid.notes.find(mark) :]) if mark else None
    return _said("forecast", hit)


class Statuses:
    """The status of each column of one table in a document; what the columns say together is read once."""

    def __init__(self, grid: Grid, document: TableDocument, section: SectionStatus, words: TableWords) -> None:
        self._grid, self._document, self._section, self._words = grid, document, section, words
        columns = grid.columns
        self._years = [column.year for column in columns if column.year and not column.growth]
        self._aims = [column.year for column in columns if column.year and words.within("target", column.title)]
        self._known = any(words.within("actual", column.title) for column in columns)
        self._nature = any(column.kind == "nature" for column in columns)
        self._based = any(words.within("base", column.title) for column in columns)
        texts = (*(column.title for column in columns), grid.caption)
        self._since = next((hit for hit in (words.within("since", text) for text in texts) if hit), None)
        # 2021 before 2020 looks back
        self._back = len(self._years) > 1 and self._years[0] > self._years[1]

    def of(self, column: Column) -> Link | None:
        """The status of the cells of a column, from the first place that tells one; None where none does."""
        for source, rule in self._words.order("status"):
            found: Link | None = getattr(self, f"_of_{source}")(column, rule)
            if found:
                return found
        return None

    def _of_communique(self, column: Column, rule: str) -> Link | None:
        facts = self._document.kind == "communique"
        return Link("status", "actual", rule, self._document.title or "") if facts else None

    def _of_award(self, column: Column, rule: str) -> Link | None:
        """奖励金额 in a table of what is granted for what; a list of those who were paid tells facts."""
        words, caption = self._words, self._grid.caption
        if self._document.kind in ("report", "communique") or words.within(
            "paid", caption + (self._document.title or "")
        ):
            return None
        if any(words.closes("award.counts", without_units(head, words).strip()) for head in column.heads[-1:]):
            return None  # 低保人数, 补贴支出
        award = words.within("award", column.title)
        named = words.within("award.head", column.title) if not award else None
        return _said("policy", words.within("award", caption) if named else award)

    def _of_head(self, column: Column, rule: str) -> Link | None:
        """What its heads say, the inner one first; a change is of the status of the levels to its left."""
        words = self._words
        done = words.within("completion", column.title)
        if done:
            return _said("actual", done)
        for head in reversed(column.heads):
            hits = [(words.within(role, head), status) for role, status in _HEADS]
            hits += [(words.closes(f"{status}.end", head), status) for status in ("actual", "target")]
            if (column.growth or column.change) and words.within("baseline", head):
                hits = [(hit, status) for hit, status in hits if status != "actual"]  # 比上年执行数增长%
            found = next((_said(status, hit) for hit, status in hits if hit), None)
            if found:
                return found
        whole = column.growth or column.change or is_part(column, words)
        told = self._of_head(self._whole(column), rule) if whole else None
        return told or _said("actual", words.within("absolute", column.title))

    def _whole(self, column: Column) -> Column:
        """The column of which another one tells the change or a part: the next one to the left that tells none; a
        column without heads where there is none."""
        columns, words = self._grid.columns, self._words
        left = columns[: next((i for i, other in enumerate(columns) if other is column), 0)]
        values = (other for other in reversed(left) if not (other.growth or other.change or is_part(other, words)))
        other = next(values, None)
        return other if other and other.kind == "value" else UNTITLED

    def _of_title(self, column: Column, rule: str) -> Link | None:
        """What the caption, the headings above or the document's title say of all figures: 分解表, 决算, 收费标准."""
        words, document = self._words, self._document
        if document.kind == "report" or words.within("base", column.title):
            return None
        titles = (self._grid.caption, *reversed(self._grid.rows[0].segment.heading), document.title or "")
        for title in titles:
            hits = [hit for hit in words.apart("title", title) if hit.entry["kind"]]
            hit = next((hit for hit in hits if hit.entry["kind"] == "done"), hits[-1] if hits else None)
            if hit:
                return _said("actual" if hit.entry["kind"] == "done" else hit.entry["kind"], hit)
        return None

    def _of_series(self, column: Column, rule: str) -> Link | None:
        """Rows of one year after another, the last of which had begun when the document was written."""
        years = [row.year for row in self._grid.rows if row.year and row.label]
        anchor = self._document.anchor if self._document.anchor_known else None
        steps = all(0 < second - first <= _NEXT for first, second in pairwise(sorted(years)))
        if (
            len(years) < _LEAST_SERIES
            or not steps
            or self._document.kind == "plan"
            or (anchor or max(years)) < max(years)
        ):
            return None
        return Link("status", "actual", rule, f"{min(years)}-{max(years)}")

    def _of_years(self, column: Column, rule: str) -> Link | None:
        """Of a plan's year columns the earliest is where it starts from, the later ones and the growth are its aims.

        An aim for every single year (目标: 2019, 2020, 2021 …) has no such first column."""
        years, told = sorted(set(self._years)), bool(self._nature or self._aims)
        if self._document.kind == "communique" and not told:
            return None
        if not self._is_plan(years) or (self._back and not told) or len(years) + self._known < 2:
            return None
        if column.year is None and column.growth is None:
            return None
        steps = not (told or self._known) and years[1] - years[0] < 2
        if steps and self._words.within("target", self._grid.caption):
            return None
        base = min(self._aims) if self._aims else years[0] if self._known else years[1]
        return Link("status", self._side(column, base, years[-1] if told else None), rule, column.title)

    def _of_comparison(self, column: Column, rule: str) -> Link | None:
        """A table that compares with the year before tells facts."""
        if self._document.kind == "plan":
            return None
        return _said("actual", self._since) or (Link("status", "actual", rule, column.title) if self._back else None)

    def _of_caption(self, column: Column, rule: str) -> Link | None:
        said = self._section((self._grid.caption,))
        return Link("status", said[0], said[1], said[2]) if said else None

    def _is_plan(self, years: list[int]) -> bool:
        """True where the table or the document says that it plans, or where its years are those of a five-year plan in
        a text that is not known to be younger."""
        document, section = self._document, self._section(self._grid.rows[0].segment.heading[-1:])
        if self._nature or self._aims or self._based or self._words.within("plan", self._grid.caption):
            return True
        if section is not None:
            return section[0] != "actual"  # 发展基础 of a plan too
        if document.kind == "plan":
            return True
        # 1990, 1995, 2000, 2005 is a series of facts
        spans = len(years) in _BASE_AND_AIMS and years[-1] % _PLAN_YEARS == 0 and years[-1] - years[0] >= _PLAN_YEARS
        younger = document.anchor_known and document.anchor is not None and years[-1:] < [document.anchor]
        return spans and document.kind != "report" and not younger

    def _side(self, column: Column, base: int, last: int | None) -> Status:
        """actual for a column before the plan's first year, target for the others; the last one of a table that
        says so is an aim even in a plan that is shown after it."""
        anchor = self._document.anchor if self._document.anchor_known else None
        year = column.year or 0
        if anchor is not None and year > anchor:
            return "target"  # a plan of 2018 with aims for 2020 and 2025
        over = anchor is not None and year < min(anchor, last or anchor)
        first = column.year is not None and (column.year < base or over) and (column.growth is None or over)
        return "actual" if first else "target"


def _said(status: Status, hit: Hit | None) -> Link | None:
    return Link("status", status, hit.rule, hit.word) if hit else None
