"""Tables as grids: consecutive row segments, or short lines that hold one cell each, in; columns with a role out.

Nothing is read of the figures; a cell is a span of the repaired text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policyx.link.naming import tidy
from policyx.model import Segment, Span, Unit
from policyx.recognize.units import UnitTable

_RULER = re.compile(r"[\s|:\-—–]*$")
_NUMERIC = re.compile(
    r"[<>≤≥＞＜≧≦约＋+±\[［(（【]*\s*[-－−]?\s*[0-9][0-9.,]*\s*(?:[-—~～–至]\s*[-－]?[0-9][0-9.,]*)?\s*(?:[%％‰]|左右|以上|以下|以内|个百分点|[家个项人件户亿万元吨次]{1,3})*[\]］)）】*]*\s*(?:左右|以上|以下|以内|\[累计\]|（累计）)?$"
)
_NO_VALUE = re.compile(r"[-—–/…*\s]*$|(?:持平|完成上级下达任务?|完成(?:国家|省|市)下达.*|按.*执行|无|暂无)$")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])\s*年?")
_IN_BRACKETS = re.compile(r"[（(\[]\s*([^（）()\[\]]{1,10})\s*[）)\]]")
_UNIT_LINE = re.compile(r"单位\s*[：:]\s*([^\s，。；|）)]{1,8})")
_UNIT_HEAD = re.compile(r"^(?:计量)?单\s*位$")
_NAME_HEAD = re.compile(
    r"指\s*标|名\s*称|项\s*目|产\s*品|行\s*业|类\s*别|内\s*容|序\s*号|属\s*性|地\s*区|备\s*注|领\s*域|性\s*质"
)
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title (all header rows joined), the year and the unit that the title gives."""

    title: str
    year: int | None
    unit: tuple[int, Unit] | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its segment, cells, what it is called, and the unit that the row gives."""

    segment: Segment
    cells: tuple[Span, ...]
    name: str
    unit: tuple[int, Unit] | None
    values: tuple[int, ...]
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its columns, its rows, its caption and the unit that the caption gives."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str
    unit: tuple[int, Unit] | None


def read_unit(text: str, units: UnitTable) -> tuple[int, Unit] | None:
    """万件 → (10000, 件); None where `text` is no unit."""
    plain = re.sub(r"[\s（()）]", "", text)
    scale, at = 1, 0
    while at < len(plain):  # 亿千瓦小时: 千 belongs to the unit
        hit = units.match(plain, at, han=False)
        if hit and hit[1] == len(plain):
            return scale, hit[0].unit
        if plain[at] not in _MULTIPLIERS:
            break
        scale *= _MULTIPLIERS[plain[at]]
        at += 1
    return None


def is_numeric(cell: str) -> bool:
    """True where a cell holds one figure and nothing that could be a name."""
    return bool(_NUMERIC.match(cell)) and not _YEAR.fullmatch(cell)


def read_grid(text: str, segments: list[Segment], caption: str, units: UnitTable) -> Grid | None:
    """The grid of consecutive row segments, or None where they hold no figures in columns."""
    body = [s for s in segments if not _RULER.match(text[s.span.start : s.span.end])]
    table = [[_cell(text, span) for span in s.cells] for s in body]
    width = max((len(cells) for cells in table), default=0)
    first = next((i for i, cells in enumerate(table) if any(is_numeric(c) for c in cells[1:])), None)
    if first is None or width < 2:
        return None
    columns = _columns(table[:first], width, units)
    around = _UNIT_LINE.search(caption) or _UNIT_LINE.search(" ".join(" ".join(c) for c in table[:first]))
    unit = read_unit(around[1], units) if around else None
    rows: list[Row] = []
    parent = ""
    for segment, cells in zip(body[first:], table[first:], strict=True):
        row = _row(segment, list(segment.cells), cells, columns, units)
        if row is None:
            continue
        part_of = re.search(r"其\s*中|[\u3000 ]{2}", text[segment.span.start : row.cells[row.values[0]].start])
        if part_of:
            row = replace(row, parent=parent)
        else:
            parent = row.name
        rows.append(row)
    return Grid(columns, tuple(rows), caption, unit)


def _cell(text: str, span: Span) -> str:
    return tidy(text[span.start : span.end].replace("<br>", "")).strip()


def _columns(header: list[list[str]], width: int, units: UnitTable) -> tuple[Column, ...]:
    columns = []
    for index in range(width):
        parts = dict.fromkeys(row[index] for row in header if index < len(row) and row[index])
        columns.append(column(" ".join(parts), units))
    return tuple(columns)


def column(title: str, units: UnitTable) -> Column:
    """The column under `title`: 专利数（万件）, 2025年目标值, 年均增长（%）, 比上年增长%."""
    years = _YEAR.findall(title)
    unit = None
    for inside in _IN_BRACKETS.findall(title):
        unit = unit or read_unit(inside, units)
    if unit is None and title.rstrip().endswith(("%", "％")):
        unit = read_unit("%", units)
    return Column(title, int(years[-1]) if years else None, unit)


def _row(
    segment: Segment, spans: list[Span], cells: list[str], columns: tuple[Column, ...], units: UnitTable
) -> Row | None:
    name, unit, values = "", None, []
    for index, cell in enumerate(cells):
        titled = columns[index].title if index < len(columns) and len(cells) == len(columns) else ""
        if is_numeric(cell) and name and not titled.startswith("序"):
            values.append(index)
        elif values or not cell or _NO_VALUE.match(cell) or titled.startswith("序"):
            continue
        elif (found := read_unit(cell, units)) and name:
            unit = found
        elif re.search(r"[一-鿿A-Za-z]", cell) and not re.fullmatch(r"[预约]期?[期束]性", cell):
            name = cell
    if not name or not values:
        return None
    inside = [read_unit(part, units) for part in _IN_BRACKETS.findall(name)]
    own = next((found for found in inside if found), None)
    if own:
        name = _IN_BRACKETS.sub(lambda m: "" if read_unit(m[1], units) else m[0], name)
    if len(cells) < len(columns):  # a merged cell to the left was written once: align to the right
        shift = len(columns) - len(cells)
        spans = [Span(0, 0)] * shift + spans
        values = [value + shift for value in values]
    return Row(segment, tuple(spans), _clean_name(name), unit or own, tuple(values))


def _clean_name(name: str) -> str:
    return re.sub(
        r"^(?:其\s*中\s*[:：]?|#|[0-9]{1,2}[.、．)]|[（(][0-9一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|—+)\s*",
        "",
        name.replace(" ", ""),
    )


def line_tables(text: str, segments: list[Segment], units: UnitTable) -> dict[int, Grid]:
    """Tables whose cells stand on a line each, by the index of the segment where their first row begins.

    A row is known by its unit: the line before it is its name, the figures behind it are its values."""
    grids: dict[int, Grid] = {}
    lines = [text[s.span.start : s.span.end].strip() for s in segments]
    at = 0
    while at < len(segments):
        head = _head_lines(lines, at)
        if len(head) < 3:
            at += 1
            continue
        titles = [lines[i] for i in head if not _UNIT_HEAD.match(lines[i]) and not _NAME_HEAD.search(lines[i])]
        end, rows = _line_rows(segments, lines, head[-1] + 1, len(titles), units)
        if len(rows) > 1:
            columns = tuple(column(title, units) for title in titles)
            grids[rows[0][0]] = Grid(columns, tuple(row for _, row in rows), lines[at - 1] if at else "", None)
            at = end
        else:
            at = head[-1] + 1
    return grids


def _head_lines(lines: list[str], at: int) -> list[int]:
    """The run of header cells from `at` on: 指标, 单位, 2020年, 2025年, 属性."""
    head = []
    units = years = 0
    for index in range(at, min(at + 12, len(lines))):
        line = lines[index]
        if len(line) > 14:
            break
        if _UNIT_HEAD.match(line):
            units += 1
        elif _YEAR.match(line) or re.search(r"年均|增长|目标|现状|[0-9]{4}年", line):
            years += 1
        elif not _NAME_HEAD.search(line):
            break
        head.append(index)
    return head if units and years else []


def _line_rows(
    segments: list[Segment], lines: list[str], at: int, width: int, units: UnitTable
) -> tuple[int, list[tuple[int, Row]]]:
    rows: list[tuple[int, Row]] = []
    index = at
    while index + 1 < len(lines):
        if len(lines[index]) > 30:
            break
        unit = read_unit(lines[index + 1], units)
        values = index + 2
        while (
            unit
            and values < len(lines)
            and values - index - 2 < width
            and (is_numeric(lines[values]) or _NO_VALUE.match(lines[values]))
        ):
            values += 1
        if unit and values > index + 2 and not is_numeric(lines[index]):
            spans = tuple(s.span for s in segments[index + 2 : values])
            numbers = tuple(i for i, span in enumerate(spans) if is_numeric(lines[index + 2 + i]))
            segment = replace(segments[index], kind="row", span=Span(segments[index].span.start, spans[-1].end))
            rows.append((index, Row(segment, spans, _clean_name(lines[index]), unit, numbers)))
            index = values
        else:
            index += 1
        if rows and index - rows[-1][0] > width + 8:
            break
    return index, rows
