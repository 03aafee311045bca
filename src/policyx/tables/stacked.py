"""Tables whose cells stand on a line each: head cells and the lines below them in, a grid out.

指标 / 2020年 / 2025年 / 研发投入强度（%） / 2.1 / 3.0: a row is a name, perhaps a unit, and as many figures as the
head has columns for; lines that count 1, 2, 3 begin rows where the head says 序号.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.broken import whole
from policyx.tables.cells import holds_letters, is_empty, is_figure, is_year, lines_alone, read_name, read_unit, year_of
from policyx.tables.grid import Column, Found, Grid, Row, named_by, names_cells, read_column
from policyx.tables.naming import with_inherited_units
from policyx.tables.parts import size_of, with_parents
from policyx.tables.spans import paths_of_two
from policyx.tables.titles import is_serial, is_title, is_value_title, merged_titles, opens_head
from policyx.tables.words import Scaled, TableWords
from policyx.tuples import NamedTuple

_LONGEST_CELL = 40
_LONGEST_LINE = _LONGEST_CELL + 8  # with a bar that closes it
_EMPTY = "—"
_MOST_YEARS = 60
_MOST_TITLES = 14
_BRACKETED = compiled(r"[（(][^（）()]{1,20}[）)]$")
_NOTE_MARK = compiled(r"(?<=[\u4e00-\u9fff）)])[\[［〔][0-9]{1,2}[\]］〕]$")  # 比重[3]


class _Head(NamedTuple):
    """The titles of a stacked table, those of two rows with a blank between them, and where its first row begins."""

    titles: tuple[str, ...]
    begin: int
    counted: bool = False  # each row has a figure for every title but the first
    coded: bool = False  # a number that is no figure stands before each name
    least: int = 2  # rows


class _Lines(NamedTuple):
    """The short lines of a document by segment number; empty where a segment is no line of its own."""

    segments: Sequence[Segment]
    cells: Sequence[str]
    words: TableWords

    def figure(self, at: int) -> bool:
        return at < len(self.cells) and is_figure(self.cells[at], self.words)

    def value(self, at: int) -> bool:
        cell = self.cells[at] if at < len(self.cells) else ""
        return bool(cell) and (is_figure(cell, self.words) or is_empty(cell, self.words))

    def year(self, at: int) -> bool:
        return at < len(self.cells) and is_year(self.cells[at], self.words)

    def unit(self, at: int) -> Scaled | None:
        return read_unit(self.cells[at], self.words) if at < len(self.cells) and self.cells[at] else None

    def part(self, at: int) -> bool:
        return self.words.opens("row.part", self.cells[at].replace(" ", "")) is not None

    def named(self, at: int) -> bool:
        cell = self.cells[at] if at < len(self.cells) else ""
        nature = self.words.equals("nature", cell) is not None
        return holds_letters(cell) and not (nature or self.value(at) or self.unit(at))


def stacks(text: str, segments: Sequence[Segment], caption: Callable[[int], str], words: TableWords) -> list[Found]:
    """The stacked tables among `segments`; `caption` tells what stands above a segment."""
    alone = lines_alone(text, segments, _LONGEST_LINE)
    page = whole(segments, [_cell(*pair) for pair in zip(segments, alone, strict=True)], words)
    lines = _Lines(page.segments, page.cells, words)
    found: list[Found] = []
    at = done = 0
    while at < len(lines.cells):
        head = _head(lines, at) if lines.cells[at] else None  # most are no line of their own
        if head:
            end, rows, columns = _rows(lines, head)
            if rows:
                begin, behind = page.begins[at], page.begins[end]
                above = "" if found and at == done else caption(begin)  # what stands above is a table of its own
                found.append(Found(begin, behind, Grid.of(columns, with_parents(rows), above)))
                at = done = end
                continue
        at += 1
    return found


def _cell(segment: Segment, line: str) -> str:
    """The line where it may be a cell, without the bars that a page closes it with (指标 |); else nothing."""
    if not line or segment.kind == "row":
        return ""
    line = line.strip()
    if line.endswith("|") and line.count("|") <= 1 + line.startswith("|"):
        line = line.strip("| ") or _EMPTY
    return "" if len(line) > _LONGEST_CELL or line.endswith(("。", "；", "：", ":")) else line


def _head(lines: _Lines, at: int) -> _Head | None:
    """The head that begins at line `at`: a title for the names, then titles up to the first row."""
    told = _head_of_years(lines, at) if lines.year(at + 1) and lines.year(at + 2) else _head_of_pairs(lines, at)
    told = told or _head_of_codes(lines, at)
    if told:
        return told
    if not opens_head(lines.cells[at : at + 3], lines.words):
        return None
    end = at + 1
    while end < min(at + _MOST_TITLES, len(lines.cells)) and is_title(lines.cells[end], lines.words):
        end += 1
    near = range(at + 1, min(at + _MOST_TITLES + 4, len(lines.cells)))
    first = next((i for i in near if lines.figure(i) and not (i < end and lines.year(i))), None)
    if first is None:
        return None
    serial = is_serial(lines.cells[at], lines.words) and lines.cells[first] == "1"
    name = first if serial else first - 2 if lines.unit(first - 1) else first - 1
    while not serial and name > at and lines.value(name):
        name -= 1  # a row whose first cells hold no figure
    if end < name and not serial and _counts_columns(lines, at, name, first):
        return _Head(tuple(cell.replace(" ", "") for cell in lines.cells[at:name]), name, counted=True)
    paths = None if serial else _two_rows(lines, at, name, first)
    if paths:
        united = lines.words.equals("head.unit", lines.cells[at + 1]) is not None
        names = lines.cells[at : at + 1 + united]
        return _Head((*(cell.replace(" ", "") for cell in names), *map(" ".join, paths)), name, counted=True)
    titles = merged_titles(lines.cells[at : min(end, name)], lines.words)
    if len(titles) < 2 or not any(is_value_title(title, lines.words) for title in titles):
        return None
    if serial:
        return _Head(titles, first)
    over = _over(lines, titles, first) if min(end, name) == name else 0  # 产量 above the first of its rows
    return _Head(titles[: len(titles) - over], name - over if over else min(end, name))


def _over(lines: _Lines, titles: Sequence[str], first: int) -> int:
    """1 where the head seems to have one title more than the first row has figures: the last names a group of rows."""
    width = next((place for place in range(_MOST_TITLES + 1) if not lines.value(first + place)), 0)
    valued = sum(is_value_title(title, lines.words) for title in titles)
    last = read_column((titles[-1],), lines.words)
    plain = not (last.year or last.growth or last.unit or last.change)
    return int(plain and width > 0 and valued == width + 1)


def _head_of_years(lines: _Lines, at: int) -> _Head | None:
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
    return _Head(tuple(lines.cells[at:end]), end, counted=True, least=1)


def _head_of_pairs(lines: _Lines, at: int) -> _Head | None:
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
    return _Head(told, behind, counted=True) if paired else None


def _head_of_codes(lines: _Lines, at: int) -> _Head | None:
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
    return _Head(tuple(lines.cells[at + 1 : first]), first + 1, counted=True, coded=True) if known else None


def _counts_columns(lines: _Lines, at: int, name: int, first: int) -> bool:
    """True where what stands between the title of the names and the first name are as many short words as each of the
    first two rows has figures: they are titles, whatever they say. Behind its name a row has its unit, where 单位 is
    the second title."""
    united = lines.words.equals("head.unit", lines.cells[at + 1]) is not None
    width = name - at - 1 - united
    if first != name + 1 + united or width < 2 or not all(map(lines.named, range(at, name))):
        return False
    return _is_wide(lines, name, width, united=united)


def _is_wide(lines: _Lines, name: int, width: int, *, united: bool = False) -> bool:
    """True where the first two rows have a name and so many values each, the first name at `name`; `united`: with a
    unit between."""
    return all(
        lines.named(row)
        and (not united or lines.unit(row + 1) is not None)
        and all(lines.value(row + united + place) for place in range(1, width + 1))
        and not lines.value(row + united + width + 1)
        for row in (name, name + united + width + 1)
    )


def _two_rows(lines: _Lines, at: int, name: int, first: int) -> list[tuple[str, ...]] | None:
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


def _rows(lines: _Lines, head: _Head) -> tuple[int, list[Row], tuple[Column, ...]]:
    """The rows below `head`, where they end, and the columns of figures."""
    every = range(1, len(head.titles)) if head.counted else range(len(head.titles))
    united = [lines.words.equals("head.unit", title) is not None for title in head.titles]
    told = (index for index in every if not (head.counted and united[index]))
    valued = [index for index in told if head.counted or is_value_title(head.titles[index], lines.words)]
    by_serial = is_serial(head.titles[0], lines.words) and lines.cells[head.begin] == "1"
    naming = int(by_serial and lines.words.equals("head.place", head.titles[1].replace(" ", "")) is not None)
    valued = [index for index in valued if not (naming and index == 1)]
    ranks = (index for index in range(valued[0] + 1 if valued else 0, len(head.titles)) if valued)
    valued = sorted({*valued, *(index for index in ranks if lines.words.within("rank", head.titles[index]))})
    titles = [head.titles[index] for index in valued]
    paths = [tuple(title.split()) for title in titles]
    columns = with_inherited_units([read_column(path, lines.words, "value") for path in paths], lines.words)
    found = _serial_rows(lines, head, valued) if by_serial else _named_rows(lines, head, valued)
    least = 1 if by_serial and len(head.titles) > 2 else head.least
    if len(found) < least:
        return head.begin, [], columns
    others = [title for index, title in enumerate(head.titles) if index not in valued]  # they say what the rows are
    named = tuple(read_column((title,), lines.words) for title in others)
    return found[-1][0], named_by([row for _, row in found], named), columns + named


def _named_rows(lines: _Lines, head: _Head, valued: list[int]) -> list[tuple[int, Row]]:
    """Rows by their shape: a name, perhaps a unit, and a figure for each column. Each with the line behind it."""
    found: list[tuple[int, Row]] = []
    between = _between(head.titles, valued, lines.words)
    index = done = head.begin
    while index < len(lines.cells) and lines.cells[index] and index - done <= len(head.titles) + 6:
        if lines.year(index + 1) and lines.year(index + 2):  # the head of the next table
            break
        first = index + 1
        unit = lines.unit(first) if lines.named(index) else None
        first += 1 if unit else 0
        last = first
        while lines.named(index) and last - first < len(valued) and lines.value(last):
            last += 1
        nested = _nested_rows(lines, index, first, len(valued), done) if lines.named(index) else []
        if nested:
            found += nested
            index = done = nested[-1][0]
        elif last - first == len(valued) and any(lines.figure(i) for i in range(first, last)):
            if (
                found and lines.value(last) and not (head.coded and lines.named(last + 1))
            ):  # more figures than titles: this head is not understood
                break
            name = index - between
            if not (done <= name and all(lines.named(i) for i in range(name, index))):
                name = index
            row = _row(lines, name, unit, range(first, last))
            if row:
                group = (
                    lines.cells[done] if name == done + 1 and lines.named(done) else found[-1][1].group if found else ""
                )
                found.append((last, row._replace(group=group)))
            index = done = last
        else:
            index += 1
    return found


def _nested_rows(lines: _Lines, index: int, first: int, width: int, done: int) -> list[tuple[int, Row]]:
    """Rows of which each cell holds several lines, of the whole and of 其中: their names stand one below another, then
    the figures of the first column, then those of the next."""
    last = first
    while lines.value(last):
        last += 1
    size = (last - first) // width
    names = range(index - size + 1, index + 1)
    if width < 2 or size not in (2, 3) or (last - first) % width or names.start < done:
        return []
    if not all(map(lines.named, names)) or not any(lines.part(at) for at in names):
        return []
    above, parent, unit = names.start - 1, "", None
    if lines.part(names.start) and above >= done and lines.named(above):
        parent, unit = read_name(lines.cells[above], lines.words)
    rows = [_row(lines, at, None, range(first + place, last, size)) for place, at in enumerate(names)]
    return [(last, row._replace(parent=parent or row.parent, unit=row.unit or unit)) for row in rows if row]


def _between(titles: tuple[str, ...], valued: list[int], words: TableWords) -> int:
    """How many text columns stand between the one that names the rows and the first figure."""
    before = [read_column((title,), words) for title in titles[: valued[0]]]
    ranks = [column.rank for column in before if column.kind not in ("unit", "serial")]
    return len(ranks) - 1 - max(i for i, rank in enumerate(ranks) if rank == max(ranks)) if ranks else 0


def _serial_rows(lines: _Lines, head: _Head, valued: list[int]) -> list[tuple[int, Row]]:
    """Rows that begin with 1, 2, 3 …: each up to the next number, its figures in the order of the columns."""
    found: list[tuple[int, Row]] = []
    index, number = head.begin, 1
    while index < len(lines.cells) and lines.cells[index] == str(number):
        stop = index + 1
        most = min(len(lines.cells), index + 2 * len(head.titles) + 3)
        seen = 0
        while stop < most and lines.cells[stop]:
            if seen >= len(valued) and lines.cells[stop] == str(number + 1) and lines.named(stop + 1):
                break
            seen += lines.value(stop)
            stop += 1
        whole = stop < most and lines.cells[stop] == str(number + 1)
        block = range(index + 1, stop)
        row, behind = _block_row(lines, head, valued, block)
        if row:
            found.append((stop if whole else behind, row))
        if not whole:
            break
        index, number = stop, number + 1
    return found


def _block_row(lines: _Lines, head: _Head, valued: list[int], block: range) -> tuple[Row | None, int]:
    """The row of one block of lines, and the line behind its last figure."""
    exact = len(block) == len(head.titles) - 1
    if exact and all(lines.value(block[index - 1]) for index in valued):
        figures = [block[index - 1] for index in valued]
    else:
        figures = [i for i in block if lines.value(i)][: len(valued)]
    if len(figures) != len(valued) or not any(lines.figure(i) for i in figures):
        return None, block.stop
    names = [i for i in block if i < figures[0] and lines.named(i)]
    if not names:
        return None, block.stop
    texts = sum(not lines.words.equals("head.unit", title) for title in head.titles[1 : valued[0]])
    name = names[min(texts - 1 - _between(head.titles, valued, lines.words), len(names) - 1)] if texts else names[-1]
    unit = next((unit for unit in (lines.unit(i) for i in range(name + 1, figures[0])) if unit), None)
    row = _row(lines, name, unit, figures)
    kinds = [read_column((title,), lines.words).kind for title in head.titles]
    owner = next(
        (i for i, kind in zip(block, kinds[1:], strict=False) if exact and kind == "owner" and i != name), None
    )
    return row and row._replace(owner=lines.cells[owner] if owner else ""), figures[-1] + 1


def _row(lines: _Lines, at: int, unit: Scaled | None, figures: Sequence[int]) -> Row | None:
    written = lines.cells[at]
    if at and _BRACKETED.match(written) and holds_letters(lines.cells[at - 1]):
        written = lines.cells[at - 1] + written
    name, own = read_name(written, lines.words)
    if not name:
        return None
    spans = tuple(lines.segments[i].span for i in figures)
    numbers = tuple(place for place, i in enumerate(figures) if lines.figure(i))
    whole = Span(lines.segments[at].span.start, spans[-1].end)
    row = Row(lines.segments[at]._replace(kind="row", span=whole), spans, name, unit or own, numbers)
    return row._replace(marked=lines.part(at), size=size_of(lines.cells[figures[0]]))
