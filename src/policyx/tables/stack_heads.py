"""The heads of tables whose cells stand on a line each: lines in, the titles and where the first row begins out."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.model import Segment
from policyx.patterns import compiled
from policyx.tables.cells import holds_letters, is_empty, is_figure, is_year, read_unit, year_of
from policyx.tables.grid import names_cells, read_column
from policyx.tables.spans import paths_of_two
from policyx.tables.titles import is_serial, is_title, is_value_title, merged_titles, opens_head
from policyx.tables.words import Scaled, TableWords
from policyx.tuples import NamedTuple

_EMPTY = "—"
_MOST_YEARS = 60
_MOST_TITLES = 14
_NEAR = 4  # lines that two titles take with their units
_NOTE_MARK = compiled(r"(?<=[\u4e00-\u9fff）)])[\[［〔][0-9]{1,2}[\]］〕]$")  # 比重[3]


class StackHead(NamedTuple):
    """The titles of a stacked table, those of two rows with a blank between them, and where its first row begins."""

    titles: tuple[str, ...]
    begin: int
    counted: bool = False  # each row has a figure for every title but the first
    coded: bool = False  # a number that is no figure stands before each name
    least: int = 2  # rows


class StackLines(NamedTuple):
    """The short lines of a document by segment number; empty where a segment is no line of its own. `text`: what the
    segments stand in."""

    segments: Sequence[Segment]
    cells: Sequence[str]
    words: TableWords
    text: str

    def figure(self, at: int) -> bool:
        return at < len(self.cells) and is_figure(self.cells[at], self.words)

    def value(self, at: int) -> bool:
        cell = self.cells[at] if at < len(self.cells) else ""
        return bool(cell) and (is_figure(cell, self.words) or is_empty(cell, self.words))

    def year(self, at: int) -> bool:
        return at < len(self.cells) and is_year(self.cells[at], self.words)

    def unit(self, at: int) -> Scaled | None:
        return read_unit(self.cells[at], self.words) if at < len(self.cells) and self.cells[at] else None

    def united(self, at: int) -> bool:
        """Whether the line is a unit in brackets, of the title above it: （人）."""
        cell = self.cells[at] if at < len(self.cells) else ""
        return cell[:1] in ("（", "(") and read_unit(cell, self.words) is not None

    def captions(self, at: int) -> bool:
        """Whether the line stands above a table: 表3 各镇渔业产值, 单位：亿元."""
        cell = self.cells[at]
        unit = self.words.opens("head.unit", cell)
        return bool(self.words.pattern("pattern.table_number").match(cell) or (unit and cell[len(unit.word) + 1 :]))

    def part(self, at: int) -> bool:
        return self.words.opens("row.part", self.cells[at].replace(" ", "")) is not None

    def named(self, at: int) -> bool:
        cell = self.cells[at] if at < len(self.cells) else ""
        nature = self.words.equals("nature", cell) is not None
        return holds_letters(cell) and not (nature or self.value(at) or self.unit(at))


def stack_head(lines: StackLines, at: int) -> StackHead | None:
    """The head that begins at line `at`: a title for the names, then titles up to the first row."""
    told = _head_of_years(lines, at) if lines.year(at + 1) and lines.year(at + 2) else _head_of_pairs(lines, at)
    told = told or _head_of_codes(lines, at)
    if told:
        return told
    if not opens_head(lines.cells[at : at + _NEAR], lines.words):
        return None
    end = at + 1
    while end < min(at + _MOST_TITLES, len(lines.cells)) and (
        is_title(lines.cells[end], lines.words) or lines.united(end + 1)
    ):
        end += 1
    near = range(at + 1, min(at + _MOST_TITLES + 4, len(lines.cells)))
    first = next((i for i in near if lines.figure(i) and not (i < end and lines.year(i))), None)
    if first is None:
        return None
    serial = is_serial(lines.cells[at], lines.words) and lines.cells[first] == "1"
    name = first if serial else first - 2 if lines.unit(first - 1) else first - 1
    while not serial and name > at and lines.value(name):
        name -= 1  # a row whose first cells hold no figure
    whole = merged_titles(lines.cells[at:name], lines.words)  # 大学 / （大专及以上） is one
    if end < name and not serial and _counts_columns(lines, len(whole), at, name, first):
        return StackHead(whole, name, counted=True)
    paths = None if serial else _two_rows(lines, at, name, first)
    if paths:
        united = lines.words.equals("head.unit", lines.cells[at + 1]) is not None
        names = lines.cells[at : at + 1 + united]
        return StackHead((*(cell.replace(" ", "") for cell in names), *map(" ".join, paths)), name, counted=True)
    titles = merged_titles(lines.cells[at : min(end, name)], lines.words)
    if len(titles) < 2 or not any(is_value_title(title, lines.words) for title in titles):
        return None
    if serial:
        return StackHead(titles, first)
    over = _over(lines, titles, first) if min(end, name) == name else 0  # 产量 above the first of its rows
    return StackHead(titles[: len(titles) - over], name - over if over else min(end, name))


def _over(lines: StackLines, titles: Sequence[str], first: int) -> int:
    """1 where the head seems to have one title more than the first row has figures: the last names a group of rows."""
    width = next((place for place in range(_MOST_TITLES + 1) if not lines.value(first + place)), 0)
    valued = sum(is_value_title(title, lines.words) for title in titles)
    last = read_column((titles[-1],), lines.words)
    plain = not (last.year or last.growth or last.unit or last.change)
    return int(plain and width > 0 and valued == width + 1)


def _head_of_years(lines: StackLines, at: int) -> StackHead | None:
    """人口 / 2011 / 2016: any name and nothing but years, above a row that has a figure for each."""
    end = at + 1
    while lines.year(end) and end - at <= _MOST_YEARS:
        end += 1
    if lines.year(at) or lines.year(end):
        return None
    years, width = [year_of(lines.cells[place], lines.words) or 0 for place in range(at + 1, end)], end - at - 1
    values = [lines.value(end + 1 + place) for place in range(width + 1)]
    corner = lines.named(at) or lines.cells[at] == _EMPTY
    if not (corner and lines.named(end) and values == [True] * width + [False]):
        return None
    if sorted(set(years)) not in (years, years[::-1]):
        return None
    return StackHead(tuple(lines.cells[at:end]), end, counted=True, least=1)


def _head_of_pairs(lines: StackLines, at: int) -> StackHead | None:
    """收入 / 执行数 / 支出 / 执行数, or 收入 / 支出 above 项目 / 执行数 twice: two tables side by side, above names
    that have a figure each."""
    titles = [cell.replace(" ", "") for cell in lines.cells[at : at + 6]]
    below = (
        len(titles) == 6 and titles[2:] == titles[2:4] * 2 and titles[0] != titles[1]
    )  # 收入 / 支出 / 项目 / 预算数 / 项目 / 预算数
    twice = len(titles) > 3 and titles[1] == titles[3] and titles[0] != titles[2]
    behind = at + (6 if below else 4)
    if not ((twice or below) and all(map(lines.named, range(at, behind)))):
        return None
    paired = all(lines.named(place) and lines.value(place + 1) for place in (behind, behind + 2))
    told = (titles[2], titles[3]) if below else (titles[0], titles[1])
    return StackHead(told, behind, counted=True) if paired else None


def _head_of_codes(lines: StackLines, at: int) -> StackHead | None:
    """科目编码 / 科目名称 / 合计 / 基本支出: a code, a name and a figure for each other title."""
    title = lines.cells[at + 1] if at + 1 < len(lines.cells) else ""
    if not (is_serial(lines.cells[at], lines.words) and names_cells(title, lines.words)):
        return None
    near = range(at + 2, min(at + _MOST_TITLES, len(lines.cells)))
    first = next((i for i in near if lines.figure(i) and not lines.year(i)), at)
    width = first - at - 2
    if width < 1 or lines.cells[first] == "1" or not all(map(lines.named, range(at + 1, first))):
        return None
    values = range(2, width + 2)
    rows = (first, first + width + 2)
    known = all(lines.figure(i) and lines.named(i + 1) and all(lines.value(i + n) for n in values) for i in rows)
    return StackHead(tuple(lines.cells[at + 1 : first]), first + 1, counted=True, coded=True) if known else None


def _counts_columns(lines: StackLines, titles: int, at: int, name: int, first: int) -> bool:
    """True where what stands between the title of the names and the first name are as many short words as each of the
    first two rows has figures: they are titles, whatever they say. Behind its name a row has its unit, where 单位 is
    the second title."""
    united = lines.words.equals("head.unit", lines.cells[at + 1]) is not None
    width = titles - 1 - united
    if first != name + 1 + united or width < 2 or not all(map(lines.named, range(at, name))):
        return False
    return _is_wide(lines, name, width, united=united)


def _is_wide(lines: StackLines, name: int, width: int, *, united: bool = False) -> bool:
    """True where the first two rows have a name and so many values each, the first name at `name`; `united`: with a
    unit between."""
    return all(
        lines.named(row)
        and (not united or lines.unit(row + 1) is not None)
        and all(lines.value(row + united + place) for place in range(1, width + 1))
        and not lines.value(row + united + width + 1)
        for row in (name, name + united + width + 1)
    )


def _two_rows(lines: StackLines, at: int, name: int, first: int) -> list[tuple[str, ...]] | None:
    """The path of titles above each column, where the head from `at` on is two rows of titles; None where it is not, or
    where nobody knows which titles stand above which."""
    united = lines.words.equals("head.unit", lines.cells[at + 1]) is not None
    begin, behind = at + 1 + united, name + 1 + united
    width = next((place for place in range(_MOST_TITLES) if not lines.value(behind + place)), 0)
    if first != behind or not 1 < width < name - begin or not _is_wide(lines, name, width, united=united):
        return None
    written = [_NOTE_MARK.sub("", cell).replace(" ", "") for cell in lines.cells[begin:name]]
    if len(written) == 2 * width and all(read_unit(cell, lines.words) for cell in written[width:]):
        return [(title, f"（{unit}）") for title, unit in zip(written[:width], written[width:], strict=True)]
    return paths_of_two(merged_titles(written, lines.words), width, lines.words)
