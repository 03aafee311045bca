"""Consecutive row segments in, grids out: where the head ends, which columns name the rows, what a short row lacks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from policyx.model import Segment
from policyx.patterns import compiled
from policyx.tables.aligned import aligned
from policyx.tables.cells import (
    bracket_unit,
    holds_letters,
    is_age_group,
    is_empty,
    is_figure,
    is_year,
    read_name,
    read_unit,
    without_units,
    year_of,
)
from policyx.tables.fitting import NOWHERE, whole_figures
from policyx.tables.grid import Column, Grid, Row, caption_units, read_column, tells_value
from policyx.tables.heads import blocks, columns_below, settled
from policyx.tables.lines import Line, read_lines
from policyx.tables.lists import is_list, is_told
from policyx.tables.parts import size_of, with_parents
from policyx.tables.row_cells import read_row
from policyx.tables.words import Scaled, TableWords
from policyx.tables.wrapped import behind_numbers, placed, spread, whole_titles, with_whole_names

_NAMED = ("name", "owner", "place", "class", "text")
_STATED_UNIT = compiled(r"[（(]?(?:计量)?单\s?位\s*[：:]\s*[^\s）)]+[）)]?")
_TOLD = compiled(r"[0-9]\s?(?:[%％]|[\u4e00-\u9fff](?<![年月日号]))")  # 每人30元; not 2023年
_SHORTEST_CAPTION = 5
_MOST_UNITS = 3
_LONGEST_TITLE = 14


def read_grids(
    text: str, segments: Sequence[Segment], caption: str, words: TableWords, before: Grid | None = None
) -> list[Grid]:
    """The grids of consecutive row segments; a second head begins a second grid. `before`: the grid right above, which
    the first one may go on with."""
    lines = whole_figures(text, aligned(text, read_lines(text, segments, words)), partial(_is_value, words))
    lines = with_whole_names(lines, partial(_is_value, words))
    at = next((i for i, line in enumerate(lines) if not _states_units(line, words)), 0)
    caption = " ".join([caption, *(cell for line in lines[:at] for cell in line.cells if cell)]).strip()
    grids: list[Grid] = []
    while at < len(lines):
        first = next((i for i in range(at, len(lines)) if _opens_body(lines, at, i, words)), None)
        first = at + 1 if first is None and _lists_below(lines[at:]) else first
        if first is None:
            break
        first = _behind_head(lines, at, first, words)
        at = _behind_labels(lines, at, first, words)
        end = next((i for i in range(first + 1, len(lines)) if _is_head(lines[i], words)), len(lines))
        grid = _grid(lines[at:first], lines[first:end], caption, words, None if grids else before)
        if grid.rows:
            grids.append(grid)
        at = end
    return grids


def _is_value(words: TableWords, cell: str) -> bool:
    return is_figure(cell, words) and not is_year(cell, words)


def _states_units(line: Line, words: TableWords) -> bool:
    """True for a line of a caption that blanks part: 2023年 | 单位：亿元; not for the head 单位：亿元 | 2023年."""
    filled = [cell for cell in line.cells if cell]
    stated = (at for at, cell in enumerate(filled) if words.within("head.unit", cell) and _STATED_UNIT.search(cell))
    at = next(stated, -1)
    return at > 0 or (at == 0 and len(filled) == 1)


def _opens_body(lines: list[Line], at: int, number: int, words: TableWords) -> bool:
    """True for a line with figures, and one with a number below 序号 or a year below 年份, whatever
    its other cells say."""
    line = lines[number]
    title, first = lines[at].cells[0], line.cells[0] if line.cells[:1] else ""
    counted = number > at and first.isdigit() and words.closes("head.serial", title)
    dated = number > at and year_of(first, words, bare=True) and read_column((title,), words).kind == "year"
    return bool(counted or dated) or line.has_figures(words) or (number > at and _tells(line, lines[at], words))


def _tells(line: Line, head: Line, words: TableWords) -> bool:
    """True for a row of a name and of texts with figures (护理费 | 一级50%、二级40%), below titles without any."""
    plain = not any(map(str.isdigit, "".join(head.cells))) and len(line.cells) == len(head.cells)
    named = line.cells[:1] and line.cells[0] and words.closes("head.name", head.cells[0]) is not None
    cells = (cell for cell in line.cells[1:] if not (is_year(cell, words) or is_age_group(cell, words)))
    return bool(plain and named and any(map(_TOLD.search, cells)))


def _lists_below(lines: list[Line]) -> bool:
    """True for a head above rows of names and of cells that list figures, all as wide as the head."""
    head, body = lines[0].cells, lines[1:]
    plain = all(head) and not any(map(str.isdigit, "".join(head))) and max(map(len, head)) <= _LONGEST_TITLE
    even = all(len(line.cells) == len(head) > 1 and line.cells[0] and not line.merged for line in body)
    told = all(is_told(cell) for line in body for cell in line.cells[1:])
    return plain and even and told and any(is_list(cell) for line in body for cell in line.cells[1:])


def _behind_head(lines: list[Line], at: int, first: int, words: TableWords) -> int:
    """Where the body begins: a line with one text above the first figures is a group of rows, unless it opens."""
    while first - 1 > at and lines[first - 1].merged and not _is_head(lines[first - 1], words):
        first -= 1
    return first


def _behind_labels(lines: list[Line], at: int, first: int, words: TableWords) -> int:
    """Where the head begins: behind the rows of labels that a page writes above a table, narrower ones (索引号 | 文号)
    or such as say one thing over many columns (主管部门 | 渔业局 | 渔业局 | 渔业局)."""
    for number in range(at + 1, first):
        cells, above = lines[number].cells, lines[at:number]
        opens = cells[:1] and cells[0] and words.closes("head.name", cells[0]) and _is_head(lines[number], words)
        if opens and all(len(line.cells) < len(cells) and line.cells[:1] != cells[:1] for line in above):
            return number
    while at < first - 1 and _labels(lines[at], lines[at + 1], words):
        at += 1
    return at


def _labels(line: Line, below: Line, words: TableWords) -> bool:
    """True for a row of which a name and what is called so fill more than half, above one that begins otherwise."""
    cells, under = line.cells, below.cells[:1]
    wide = 2 * len(set(cells)) <= len(cells)
    alone = wide and cells[0] and under and under[0] not in ("", cells[0])
    counts = (tells_value(cell, words) or words.closes("quantity", cell) or bracket_unit(cell, words) for cell in cells)
    return bool(alone) and not any(counts)


def _is_head(line: Line, words: TableWords) -> bool:
    """A row that names columns: years, the word 单位, or titles of figures beside other words, and no figures."""
    if line.has_figures(words) or not line.cells:
        return False
    years = [cell for cell in line.cells[1:] if is_year(cell, words)]
    written = any(not cell[-1].isdigit() for cell in years)
    written = written or any(words.equals("head.unit", cell) is not None for cell in line.cells[1:])
    opens = not line.cells[0] or words.closes("head.name", line.cells[0]) is not None
    titled = sum(bracket_unit(cell, words) is not None or tells_value(cell, words) for cell in line.cells[1:])
    known = written or len(years) > 1 or (titled > 1 and bool(line.cells[0]))
    return opens and known and not is_figure(line.cells[0], words)


def _grid(head: list[Line], body: list[Line], caption: str, words: TableWords, before: Grid | None) -> Grid:
    titles, units = _without_units([line for line in head if not line.merged], words)
    named = partial(_names, words)
    corner = next((line.merged for line in head if line.merged and named(line.merged)), "")
    above = (line.merged for line in head if line not in titles and line.merged != corner)
    caption = " ".join([caption, *above]).strip()
    width = max((at + 1 for line in body for at, cell in enumerate(line.cells) if cell), default=0)
    whole = whole_titles([line.written for line in titles], width)
    cells = [line.cells for line in body]
    over = spread([line.cells for line in titles], width, named)
    heads = [whole] if whole else placed(behind_numbers(over, cells, named), width, named)
    if heads and corner and not any(row[0] for row in heads if row):
        heads = [[corner, *heads[0][1:]], *heads[1:]]
    if heads is None:
        return Grid.of((), (), caption)
    columns = tuple(_in_units(column, units, words) for column in columns_below(heads, cells, words))
    untitled = sum(map(str.isalpha, caption)) < _SHORTEST_CAPTION  # 第12页
    goes_on = before is not None and (not titles or (untitled and columns == before.columns))
    if before and goes_on and len(before.columns) == len(columns):
        columns, caption = before.columns, before.caption
    elif before and [column.heads for column in columns] == [column.heads for column in before.columns]:
        stated = [] if caption_units(caption, words) else _STATED_UNIT.findall(before.caption)
        caption = " ".join([*stated[-1:], caption])
    lines = [_aligned(line, columns, words) for line in body]
    columns = settled(columns, [line.cells for line in lines], words)
    rows = [row for block in blocks(columns) for row in _block_rows(lines, columns, block, words)]
    return Grid.of(columns, tuple(sorted(rows, key=lambda row: row.segment.span.start)), caption)


def _without_units(titles: list[Line], words: TableWords) -> tuple[list[Line], list[Scaled]]:
    """The rows of titles without one that holds nothing but two or three units for more columns than that, and those
    units: 单位（元/公斤） | （%） below 上周 | 本周 | 环比."""
    for number, line in enumerate(titles):
        cells = [cell for cell in line.cells if cell]
        units = [_only_unit(cell, words) for cell in cells]
        wider = any(sum(map(bool, other.cells)) > len(cells) + 1 for other in titles[:number])
        if wider and 1 < len(cells) <= _MOST_UNITS and all(units):
            return [*titles[:number], *titles[number + 1 :]], [unit for unit in units if unit]
    return titles, []


def _only_unit(cell: str, words: TableWords) -> Scaled | None:
    """The unit that a cell holds and nothing else: 元/公斤, （%）, 单位（元）; none of 医师（人）."""
    named = without_units(cell, words).strip()
    alone = not named or words.equals("head.unit", named)
    return (bracket_unit(cell, words) if alone else None) or read_unit(cell, words)


def _in_units(column: Column, units: Sequence[Scaled], words: TableWords) -> Column:
    """The column in the unit of those that fits it: changes are in per cent, levels in another one."""
    if column.unit or column.kind != "value" or not units:
        return column
    rated = bool(column.growth)
    return column._replace(unit=next((unit for unit in units if (unit == words.percent) == rated), None))


def _names(words: TableWords, title: str) -> bool:
    """True for the title of a column that says what the rows are, or counts them."""
    return read_column((title,), words).kind != "value"


def _block_rows(lines: list[Line], columns: Sequence[Column], block: range, words: TableWords) -> list[Row]:
    """The rows of one of the tables that stand side by side; a line with one text names the group of those below."""
    above, group, listed = Row(lines[0].segment, (), "", None, ()), "", False
    unit: Scaled | None = None
    rows: list[Row] = []
    for line in lines:
        if line.merged and not line.has_figures(words):
            sorted_by = words.pattern("pattern.sorted_by").fullmatch(line.merged)  # 按行业分 names no group
            if sorted_by or not is_year(line.merged, words):
                group, unit = read_name(line.merged, words)  # 一、渔业（万元）
                group = "" if sorted_by else group
            continue
        row = read_row(line, columns, block, above, words)
        if row:
            before = line.cells[: row.values[0] if row.values else 1]
            marked = any(words.opens("row.part", cell) or words.pattern("pattern.by").match(cell) for cell in before)
            mark = words.pattern("pattern.list_mark")
            numbered = not marked and any(mark.match(cell) and holds_letters(cell) for cell in before)
            marked = marked or (listed and above.marked and not numbered)  # 一、增加值 其中：采矿业 制造业 二、投资
            listed = listed or numbered
            size = size_of(line.cells[row.values[0]]) if row.values else None
            row = row._replace(unit=row.unit or unit, indent=line.indent, marked=marked, size=size)
            above = row._replace(group=row.group or group)
            rows.append(above)
    return list(with_parents(rows))


def _aligned(line: Line, columns: tuple[Column, ...], words: TableWords) -> Line:
    """A short row lacks its last cells, or the merged ones to the left that were written once: what fits better. So
    does a row that blank cells at its end fill up, where it fits further right only (延米 below 座)."""
    filled = max((at + 1 for at, cell in enumerate(line.cells) if cell), default=0)
    missing = len(columns) - len(line.cells)
    if missing == 0 and line.cells[:1] and 1 < filled < len(columns) and not line.merged:
        return _shifted(line, columns, words)
    if missing <= 0 or not line.cells or line.merged:
        return line
    if _fit(line.cells, columns, words) > _fit(line.cells, columns[missing:], words):
        gap, blank = (NOWHERE,) * missing, ("",) * missing
        return line._replace(spans=line.spans + gap, cells=line.cells + blank)
    return _moved(line, missing, columns, words)


def _shifted(line: Line, columns: tuple[Column, ...], words: TableWords) -> Line:
    """The row one cell further right, where it begins with a unit and the second column is that of units."""
    unit = columns[1].kind == "unit" and not line.cells[-1] and read_unit(line.cells[0], words)
    if not unit or read_unit(line.cells[1], words) or not is_figure(next(filter(None, line.cells[1:])), words):
        return line
    return _moved(line._replace(spans=line.spans[:-1], cells=line.cells[:-1]), 1, columns, words)


def _moved(line: Line, by: int, columns: tuple[Column, ...], words: TableWords) -> Line:
    """The row further right; the row's number stays first, the merged cell stands behind it."""
    kept = 1 if columns[0].kind == "serial" and is_figure(line.cells[0], words) else 0
    spans = line.spans[:kept] + (NOWHERE,) * by + line.spans[kept:]
    return line._replace(spans=spans, cells=line.cells[:kept] + ("",) * by + line.cells[kept:])


def _fit(cells: Sequence[str], columns: Sequence[Column], words: TableWords) -> int:
    return sum(_fits(cell, column, words) for cell, column in zip(cells, columns, strict=False))


def _fits(cell: str, under: Column, words: TableWords) -> int:
    """How well a cell stands under a title: figures under years and units, units under 单位, names under names."""
    if not cell or not under.heads:
        return 0
    figure = is_figure(cell, words)
    if under.kind == "unit":
        return 2 if read_unit(cell, words) else -2
    if under.kind == "serial":
        return 1 if figure else -2
    if under.kind in _NAMED:
        return -2 if figure else 1
    return 1 if figure or is_empty(cell, words) else -1
