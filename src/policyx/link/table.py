"""Figures in tables: name from the row, unit from column, row or caption, year and status from the column's head."""

from __future__ import annotations

from policyx.link.context import DocumentContext
from policyx.link.grid import GROWTH, Column, Grid, Row, arabic_years
from policyx.link.nouns import LONGEST
from policyx.link.state import Draft
from policyx.link.status import Cue, StatusWords, by_period
from policyx.link.titles import counted, with_head
from policyx.model import Mention, Period, Segment, Span, Unit
from policyx.patterns import compiled
from policyx.recognize.quantity import part, scaled, with_unit
from policyx.rules.words import NameWords

_TARGET = compiled(r"目标|规划|预期|计划|力争")
_ACTUAL = compiled(r"实际|完成|现状|现有|已有|基期|基准|实绩|现值|基数|绝对数")
_PLAN = compiled(r"[十一二三四五六]五[”」]?(?:时期|期间|规划|发展|科技|主要|经济|国民)|规划|目标|预期|约束")
_MEASURED = ("量", "额", "数", "值", "率")  # 发电量 under 产量 says what is counted
_SINCE_LAST_YEAR = compiled(r"比上年|同比|较上年|增长速度|涨跌幅度")
_AWARD = compiled(r"奖励|奖补|补助|补贴|资助")
_PAID = compiled(r"名单|公示|下达|安排|拨付|兑现|情况")
_NATURE = compiled(r"属性|指标性质|类型")
_YEAR = compiled(r"(?<![0-9])(?:表\s?[0-9]{1,2})?((?:19|20)[0-9]{2})(?![0-9])")


Cell = tuple[Segment, Mention, Draft, Period | None]


class TableReader:
    """Reads the figures of one document's grids."""

    def __init__(
        self, text: str, context: DocumentContext, words: NameWords, statuses: StatusWords, percent: tuple[int, Unit]
    ) -> None:
        self.text = text
        self.context = context
        self.words = words
        self.statuses = statuses
        self._percent = percent

    def read(
        self, grid: Grid, figures: list[Mention], frame: Period | None, heading: tuple[str, ...], *, split: bool = False
    ) -> list[Cell]:
        """The figures in the cells of `grid`; `split`: its cells were cut from run-together digits."""
        found: list[Cell] = []
        for row in grid.rows:
            for index in row.values:
                span = row.cells[index]
                figure = part(self.text, span, figures)
                if figure is None:
                    continue
                cell = self._cell(grid, row, index, figure, frame, heading)
                if cell:
                    if split:
                        cell[2].flags.append("cells_split")
                    found.append(cell)
        return found

    def _cell(
        self, grid: Grid, row: Row, index: int, figure: Mention, frame: Period | None, heading: tuple[str, ...]
    ) -> Cell | None:
        column = grid.columns[index] if index < len(grid.columns) else Column("", None, None)
        quantity = figure.quantity
        assert quantity is not None
        growth = bool(GROWTH.search(column.title or grid.caption))
        cumulative = growth and _is_bracketed(self.text, row.cells[index])
        if quantity.unit is None:
            given = (row.unit if cumulative else None) or column.unit or (None if growth else row.unit) or grid.unit
            given = given or (self._percent if growth else None)
            if given is None:
                return None
            figure = _with(figure, given)
        growth = growth and not cumulative
        draft = Draft(name=self._name(grid, row, index), rules=["table.cell"])
        assert figure.quantity is not None
        percent = figure.quantity.unit is not None and figure.quantity.unit.dimension == "percent"
        draft.reasons.append(("name", "the row's name and the column's title"))
        if percent and (growth or compiled(r"(?:增长|增速|增幅|下降|降低)(?:率|幅度)?$").search(row.name)):
            draft.measure = "growth_rate"
            if compiled(r"(?:下降|降低|减少|降幅)").search(row.name + column.title) and figure.quantity.value > 0:
                draft.sign = -1
        period = self._period(grid, column, frame)
        self._status(draft, grid, column, period, heading)
        return row.segment, figure, draft, period

    def _name(self, grid: Grid, row: Row, index: int) -> str:
        """The row's name, under its parent where it says little alone, and what the column counts (投资额, 产量)."""
        alone = len(row.name) > 4 and sum(other.name == row.name for other in grid.rows) < 2
        name = row.name if alone or row.parent in row.name else row.parent + row.name
        title = with_head(counted(grid.columns, index), grid)
        said = any(title[i : i + 2] in name for i in range(len(title) - 1))
        whole_of = name.removesuffix(row.name) or name
        said = said or (whole_of[-1] in _MEASURED and title[-1:] in _MEASURED)
        for whole in (name if said else name + title, name):
            if len(whole) <= LONGEST:
                return whole
        return row.name[-LONGEST:]

    def _period(self, grid: Grid, column: Column, frame: Period | None) -> Period | None:
        years = _YEAR.findall(arabic_years(grid.caption))
        last = [c.year for c in grid.columns if c.year] if GROWTH.search(column.title) else []
        year = column.year or (max(last) if last else None) or (int(years[-1]) if years else None)
        if year:
            return Period(f"{year}年", f"{year}-01-01", f"{year}-12-31", "in", "stated")
        return frame

    def _status(
        self, draft: Draft, grid: Grid, column: Column, period: Period | None, heading: tuple[str, ...]
    ) -> None:
        cue = None
        if self.context.kind == "communique":
            cue = Cue("actual", 0, "", self.context.status_rule)
        elif self._is_award(grid, column):
            cue = Cue("policy", 0, column.title, "table.column")
        elif _TARGET.search(column.title):
            cue = Cue("target", 0, column.title, "table.column")
        elif _ACTUAL.search(column.title):
            cue = Cue("actual", 0, column.title, "table.column")
        cue = (
            cue
            or self._planned(grid, column, heading)
            or self._compared(grid)
            or self.statuses.section((grid.caption,))
            or by_period(period, self.context)
            or self.statuses.section(heading)
        )
        cue = cue or Cue(self.context.status, 0, "", self.context.status_rule)
        draft.status = cue.status
        draft.rules.append(cue.rule)
        draft.reasons.append(
            ("status", f"{cue.word!r} above the cell" if cue.word else f"a {self.context.kind}'s figures")
        )

    def _is_award(self, grid: Grid, column: Column) -> bool:
        """奖励金额 in a table of what is granted for what; a list of those who were paid tells facts."""
        if self.context.kind == "report" or _PAID.search(grid.caption + (self.context.title or "")):
            return False
        return bool(
            _AWARD.search(column.title)
            or (_AWARD.search(grid.caption) and compiled("金额|标准|额度").search(column.title))
        )

    def _compared(self, grid: Grid) -> Cue | None:
        """A table that compares with the year before tells facts."""
        found = next((c.title for c in grid.columns if _SINCE_LAST_YEAR.search(c.title)), None)
        known = found is not None or bool(_SINCE_LAST_YEAR.search(grid.caption))
        return (
            Cue("actual", 0, found or grid.caption, "table.column") if known and self.context.kind != "plan" else None
        )

    def _planned(self, grid: Grid, column: Column, heading: tuple[str, ...]) -> Cue | None:
        """Of a plan's year columns the earliest is where it starts from, the later ones and the growth are its aims.

        An aim for every single year (目标: 2019, 2020, 2021 …) has no such first column."""
        years = sorted({c.year for c in grid.columns if c.year and not GROWTH.search(c.title)})
        aims = [c.year for c in grid.columns if c.year and _TARGET.search(c.title)]
        known = any(_ACTUAL.search(c.title) for c in grid.columns)
        nature = any(_NATURE.search(c.title) for c in grid.columns)
        planned = bool(_PLAN.search(grid.caption)) or self.context.kind == "plan"
        planned = (
            planned
            or nature
            or bool(aims)
            or self._spans_plan(years)
            or self.statuses.section(heading[-1:]) is not None
        )
        growth = bool(GROWTH.search(column.title))
        if not planned or len(years) + known < 2 or (column.year is None and not growth):
            return None
        if not (nature or aims or known) and years[1] - years[0] < 2 and _TARGET.search(grid.caption):
            return None
        anchor = self.context.anchor if self.context.anchor_known else None
        over = anchor is not None and (column.year or 0) < anchor
        ahead = anchor is not None and (column.year or 0) > anchor
        base = min(aims) if aims else years[0] if known else years[1]
        first = column.year is not None and (column.year < base or over) and not (growth and planned and not over)
        first = first and not ahead  # a plan of 2018 with aims for 2020 and 2025
        return Cue("actual" if first else "target", 0, column.title, "table.column")

    def _spans_plan(self, years: list[int]) -> bool:
        """2020 beside 2025 or 2030, in a text that is not known to be younger: a five-year plan's table."""
        if len(years) < 2 or years[-1] % 5 or years[-1] - years[0] < 5 or self.context.kind == "report":
            return False
        return not (self.context.anchor_known and self.context.anchor is not None and years[-1] < self.context.anchor)


def _is_bracketed(text: str, cell: Span) -> bool:
    """[550] marks the total over the period, not a rate."""
    return text[cell.start : cell.end].strip().startswith(("[", "［", "【", "〔"))


def _with(figure: Mention, given: tuple[int, Unit]) -> Mention:
    scale, unit = given
    assert figure.quantity is not None
    if scale > 1 and figure.quantity.scale == 1:
        figure = scaled(figure, scale)
    return with_unit(figure, unit)
