"""Tables whose cells stand on a line each: head cells and the lines below them in, a grid out.

指标 / 2020年 / 2025年 / 研发投入强度（%） / 2.1 / 3.0: a row is a name, perhaps a unit, and as many figures as the
head has columns for; lines that count 1, 2, 3 begin rows where the head says 序号.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.broken import whole
from policyx.tables.cells import holds_letters, lines_alone, read_name
from policyx.tables.columnwise import Columns, columns_at
from policyx.tables.grid import Column, Found, Grid, Row, named_by, read_column
from policyx.tables.lines import indent
from policyx.tables.naming import with_inherited_units
from policyx.tables.parts import size_of, with_parents
from policyx.tables.stack_heads import StackHead, StackLines, stack_head
from policyx.tables.titles import is_serial, is_value_title
from policyx.tables.words import Scaled, TableWords

_LONGEST_CELL = 40
_LONGEST_LINE = _LONGEST_CELL + 8  # with a bar that closes it
_EMPTY = "—"
_THOUSANDS = compiled(r"[-－]?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:\.[0-9]+)?")
_BRACKETED = compiled(r"[（(][^（）()]{1,20}[）)]$")


def stacks(text: str, segments: Sequence[Segment], caption: Callable[[int], str], words: TableWords) -> list[Found]:
    """The stacked tables among `segments`; `caption` tells what stands above a segment."""
    alone = lines_alone(text, segments, _LONGEST_LINE)
    page = whole(segments, [_cell(*pair) for pair in zip(segments, alone, strict=True)], words)
    lines = StackLines(page.segments, page.cells, words, text)
    found: list[Found] = []
    at = done = 0
    while at < len(lines.cells):
        below = columns_at(lines, at) if lines.cells[at] else None  # most are no line of their own
        head = stack_head(lines, at) if lines.cells[at] and not below else None
        if below or head:
            end, rows, columns = _rows_across(lines, below) if below else _rows(lines, head) if head else (at, [], ())
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
    line = line.replace(" ", "") if _THOUSANDS.fullmatch(line) else line
    if line.endswith("|") and line.count("|") <= 1 + line.startswith("|"):
        line = line.strip("| ") or _EMPTY
    return "" if len(line) > _LONGEST_CELL or line.endswith(("。", "；", "：", ":")) else line


def _rows(lines: StackLines, head: StackHead) -> tuple[int, list[Row], tuple[Column, ...]]:
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


def _rows_across(lines: StackLines, found: Columns) -> tuple[int, list[Row], tuple[Column, ...]]:
    """The rows across columns that stand below one another, where they end, and the columns of figures."""
    columns = [read_column((title,), lines.words) for title in found.titles]
    named = max((column for column in columns if column.kind != "value"), key=lambda column: column.rank)
    valued = [at for at, column in enumerate(columns) if column.kind == "value"]
    name = columns.index(named)
    united = next((at for at, column in enumerate(columns) if column.kind == "unit"), None)
    rows = []
    for place in range(found.size):
        unit = lines.unit(found.cells[united][place]) if united is not None else None
        rows.append(_row(lines, found.cells[name][place], unit, [found.cells[at][place] for at in valued]))
    told = with_inherited_units([columns[at] for at in valued], lines.words)
    others = tuple(column for column in columns if column.kind != "value")
    return found.end, named_by([row for row in rows if row], others), told + others


def _named_rows(lines: StackLines, head: StackHead, valued: list[int]) -> list[tuple[int, Row]]:
    """Rows by their shape: a name, perhaps a unit, and a figure for each column. Each with the line behind it."""
    found: list[tuple[int, Row]] = []
    between = _between(head.titles, valued, lines.words)
    index = done = head.begin
    while index < len(lines.cells) and lines.cells[index] and index - done <= len(head.titles) + 6:
        if (lines.year(index + 1) and lines.year(index + 2)) or lines.captions(index):  # the next table
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


def _nested_rows(lines: StackLines, index: int, first: int, width: int, done: int) -> list[tuple[int, Row]]:
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


def _serial_rows(lines: StackLines, head: StackHead, valued: list[int]) -> list[tuple[int, Row]]:
    """Rows that begin with 1, 2, 3 …: each up to the next number, its figures in the order of the columns."""
    found: list[tuple[int, Row]] = []
    index, number = head.begin, 1
    while index < len(lines.cells) and lines.cells[index] == str(number):
        stop = index + 1
        most = min(len(lines.cells), index + 2 * len(head.titles) + 3)
        seen = 0
        while stop < most and lines.cells[stop]:
            full = seen >= len(valued) or stop - index == len(head.titles)
            if full and lines.cells[stop] == str(number + 1) and lines.named(stop + 1):
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


def _block_row(lines: StackLines, head: StackHead, valued: list[int], block: range) -> tuple[Row | None, int]:
    """The row of one block of lines, and the line behind its last figure."""
    exact = len(block) == len(head.titles) - 1
    below = [block[index - 1] for index in valued] if exact else []
    if exact and any(map(lines.value, below)) and sum(map(lines.value, block)) == sum(map(lines.value, below)):
        figures = below
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


def _row(lines: StackLines, at: int, unit: Scaled | None, figures: Sequence[int]) -> Row | None:
    written = lines.cells[at]
    if at and _BRACKETED.match(written) and holds_letters(lines.cells[at - 1]):
        written = lines.cells[at - 1] + written
    name, own = read_name(written, lines.words)
    if not name:
        return None
    spans = tuple(lines.segments[i].span for i in figures)
    numbers = tuple(place for place, i in enumerate(figures) if lines.figure(i))
    texts = tuple(place for place, i in enumerate(figures) if not lines.value(i))  # 年均增长10% for a level
    whole = Span(lines.segments[at].span.start, spans[-1].end)
    row = Row(lines.segments[at]._replace(kind="row", span=whole), spans, name, unit or own, numbers, texts)
    return row._replace(
        marked=lines.part(at), indent=indent(lines.text, row.segment.span), size=size_of(lines.cells[figures[0]])
    )
