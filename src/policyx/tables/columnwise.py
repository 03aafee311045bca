"""Tables of which the cells stand on a line each, one column below the other: lines in, the lines of each column out.

指标 / 茶园面积 / 茶叶产量 / 单位 / 万亩 / 吨 / 2020年 / 3.2 / 185 / 2025年 / 4 / 220, each title above its own column;
or all titles first, and the columns below them. Every column has as many cells, and each cell is what its title says,
or the table is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain, islice, takewhile

from policyx.tables.grid import names_cells, read_column, tells_value
from policyx.tables.stack_heads import StackLines
from policyx.tables.titles import is_serial
from policyx.tuples import NamedTuple

_FEWEST = 2  # rows
_MOST = 80
_MOST_COLUMNS = 14
_MOST_WAYS = 8
_LONGEST_TITLE = 8
_WORDS = ("name", "owner", "place", "class", "text", "nature")


class Columns(NamedTuple):
    """Titles, for each the lines of its cells, and the line behind the last one."""

    titles: tuple[str, ...]
    cells: tuple[range, ...]
    end: int

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.cells[0])


def columns_at(lines: StackLines, at: int) -> Columns | None:
    """The columns of the table that begins with a title at line `at`."""
    title = _title(lines, at)
    if not (0 < len(title) <= _LONGEST_TITLE and names_cells(title, lines.words)):
        return None
    ways = chain(_below_own_titles(lines, at), _below_all_titles(lines, at))
    return next((found for found in ways if _is_whole(lines, found)), None)


def _below_own_titles(lines: StackLines, at: int) -> Iterator[Columns]:
    """Each title above its own column, as far as lines that may be titles stand equally far from one another."""
    sizes = (size for size in range(_FEWEST, _MOST) if _is_title(lines, at + 1 + size))
    for size in islice(sizes, _MOST_WAYS):
        titles = [at]
        while len(titles) < _MOST_COLUMNS and _is_title(lines, titles[-1] + size + 1):
            titles.append(titles[-1] + size + 1)
        cells = tuple(range(title + 1, title + 1 + size) for title in titles)
        yield Columns(tuple(_title(lines, title) for title in titles), cells, cells[-1].stop)


def _below_all_titles(lines: StackLines, at: int) -> Iterator[Columns]:
    """All titles first: the cells of the first column go on up to those of the next one."""
    count = sum(1 for _ in takewhile(partial(_is_title, lines), range(at + 1, at + _MOST_COLUMNS)))
    behind = at + 1 + count
    follows = behind + 1 + (behind + 1 < len(lines.cells) and lines.unit(behind + 1) is not None)
    across = lines.named(behind) and lines.value(follows)  # a name and its figures
    for begin in range(behind, at + 1, -1) if not across else ():  # 茶叶产量 may be the first name
        titles = tuple(_title(lines, title) for title in range(at, begin))
        size = next((size for size in range(_MOST) if not _may_stand(lines, titles[0], begin + size)), 0)
        if size >= _FEWEST:
            starts = range(begin, begin + size * len(titles), size)
            yield Columns(titles, tuple(range(start, start + size) for start in starts), starts.stop)


def _title(lines: StackLines, at: int) -> str:
    return lines.cells[at].replace(" ", "")


def _is_title(lines: StackLines, at: int) -> bool:
    """True for a line that names a column and is no name of a row: 单位, 2025年, 属性, 年均增长（%）."""
    title = _title(lines, at) if at < len(lines.cells) else ""
    if not title or (lines.figure(at) and not lines.year(at)):
        return False
    return names_cells(title, lines.words) or tells_value(title, lines.words)


def _names_column(lines: StackLines, at: int) -> bool:
    """True for a line that can be nothing but a title: a year, 单位."""
    return lines.year(at) or names_cells(_title(lines, at), lines.words)


def _is_whole(lines: StackLines, found: Columns) -> bool:
    """True where each cell is what its column holds, one of names is among the columns, one of figures too, and no cell
    is left over."""
    kinds = [read_column((title,), lines.words).kind for title in found.titles]
    told = "name" in kinds and "value" in kinds and found.end <= len(lines.cells)
    columns = zip(found.titles, found.cells, strict=True)
    held = told and all(_may_stand(lines, title, at) for title, cells in columns for at in cells)
    valued = (cells for kind, cells in zip(kinds, found.cells, strict=True) if kind == "value")
    return held and all(any(map(lines.figure, cells)) for cells in valued) and not lines.value(found.end)


def _may_stand(lines: StackLines, title: str, at: int) -> bool:
    """Whether a line may be a cell below a title."""
    cell = lines.cells[at] if at < len(lines.cells) else ""
    kind = read_column((title,), lines.words).kind
    if is_serial(title, lines.words):
        return cell.isdigit()
    if kind == "unit":
        return lines.unit(at) is not None
    if kind == "nature":
        return lines.words.equals("nature", cell) is not None
    return lines.named(at) and not _names_column(lines, at) if kind in _WORDS else lines.value(at)
