"""Rows whose cells ran together (数字经济总产值亿元244.5321423545700 under five years): split where only one split
makes a steady series, or where numbers that count up open the rows and one figure ends them; otherwise left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import is_figure, read_unit
from policyx.tables.digits import marked, split_digits, split_with_change
from policyx.tables.grid import Column, Found, Grid, Row, read_column
from policyx.tables.words import Scaled, TableWords
from policyx.tuples import NamedTuple

_GLUED = compiled(r"[0-9/＞>≥≤<＜[〔［—-][0-9.＞>≥≤<＜\[\]〔〕［］/%—-]{1,60}$")
_APART = compiled(r"[0-9] +[0-9.]+\S*$")  # 18.2 22: no cells that ran together
_FIRST_DIGIT = compiled(r"[0-9]")
_FIRST_FIGURE = compiled(r"[＞>≥≤<＜]?[0-9]")
_NEXT_FIGURE = compiled(r"(?<=[^0-9.,＞>≥≤<＜-])(?=[＞>≥≤<＜-]?[0-9])")
_BETWEEN = "、 "  # a repair parts 32.1%45%
_CLOSERS = "]〕］"
_SENTENCE = compiled(r"[，。；]")
_LONGEST = 60
_LONGEST_CLASS = 12
_LONGEST_STATE = 3  # 基期值 before its year
_LONGEST_BEFORE = 16  # years of a head
_HEAD = compiled(r"(?P<titles>[^0-9，。；]{2,40})[（(](?P<unit>[^（）()]{1,6})[）)]$")
_NUMBERED_ROW = compiled(
    r"(?P<number>[0-9]{1,3})(?P<name>[^0-9\s.、．].{1,80}[^0-9.\s])(?P<figure>[0-9]{1,7}(?:\.[0-9]{1,4})?)$"
)
_FEWEST = 3
_FARTHEST = 50  # a digit of the name that runs into a figure makes it ten or a hundred times as large
_SHORTEST_NAME = 3


class _Line(NamedTuple):
    """A line without the word that says what kind of aim it is; how many of its characters are the row's number."""

    segment: Segment
    text: str
    lead: int


class _Head(NamedTuple):
    """The columns of figures that a head without separators names, and whether rows open with their number."""

    columns: tuple[Column, ...] = ()
    numbers: bool = False


def glued_tables(
    text: str, segments: Sequence[Segment], caption: Callable[[int], str], words: TableWords
) -> list[Found]:
    """The tables whose cells ran together among `segments`; `caption` tells what stands above a segment."""
    found = []
    for number, segment in enumerate(segments):
        start, end = segment.span
        if end - start > 2 * _LONGEST:
            continue
        line = text[start:end].replace(" ", "")
        numbered = _numbered_rows(text, segments, number, line, words)
        if numbered:
            columns, rows = numbered
            grid = Grid.of(columns, tuple(rows), caption(number))
            found.append(Found(number, number + 1 + len(rows), grid, split=True))
        head = _Head() if numbered else _head(line, words)
        if not head.columns:
            continue
        rows, end, split = _rows(text, segments, number + 1, head, words)
        if rows or end > number + _FEWEST:  # rows that cannot be cut are no sentences either
            found.append(Found(number, end, Grid.of(head.columns, tuple(rows), caption(number)), split))
    return found


def _rows(
    text: str,
    segments: Sequence[Segment],
    at: int,
    head: _Head,
    words: TableWords,
) -> tuple[list[Row], int, bool]:
    """The rows from `at` on that can be read, where the last one ends, and whether their figures were cut; a row that
    can be cut in two ways is left out, and the table goes on behind it."""
    for read in (_cut_row, _row_in_units):
        rows: list[Row] = []
        end = at
        for number in range(at, len(segments)):
            line = _line(text, segments[number], number - at + 1 if head.numbers else 0, words)
            row = read(line, head.columns, words)
            if row is None and not _may_be_row(line):
                break
            rows += [row] if row else []
            end = number + 1
        if rows:
            break
    return rows, end, read is _cut_row


def _line(text: str, segment: Segment, number: int, words: TableWords) -> _Line:
    """The line as far as its last figure; `number`: the one that the row should have, perhaps behind a class."""
    line = text[slice(*segment.span)]
    digit = _FIRST_DIGIT.search(line)
    counted = number and digit and digit.start() <= _LONGEST_CLASS and line.startswith(str(number), digit.start())
    natures = [at for at, _ in words.all("nature", line) if at > 0 and not any(map(str.isdigit, line[at:]))]
    end = min(natures, default=len(line))
    return _Line(segment, line[:end], digit.start() + len(str(number)) if counted and digit else 0)


def _may_be_row(line: _Line) -> bool:
    """True for a short line that ends in digits, but for the word that says what kind of aim it is, and for one that
    opens with its number."""
    whole = line.segment.span.end - line.segment.span.start
    known = len(line.text) < whole or (line.lead and not _SENTENCE.search(line.text))
    return (
        bool(known) and not _APART.search(line.text) and whole <= _LONGEST and line.text.rstrip(_CLOSERS)[-1:].isdigit()
    )


def _head(line: str, words: TableWords) -> _Head:
    """What a head without separators names: 2020年2025年, 序号指标单位2020年基数2025年目标年均增速（%）属性."""
    if line.count("20") + line.count("19") < 2:
        return _Head()
    starts = _starts(line, words)
    before = line[: starts[0]] if starts else ""
    named = words.within("head.name", before) or words.opens("head.serial", before)
    if not named or len(before) > _LONGEST_BEFORE or len(starts) < 2 or len(line) > _LONGEST or _SENTENCE.search(line):
        run = words.pattern("pattern.years_run").search(line)
        years = words.pattern("pattern.year").findall(run[0]) if run else []
        return _Head(tuple(read_column((year,), words) for year in years) if len(years) >= _FEWEST else ())
    titles = [line[start:end] for start, end in pairwise([*starts, len(line)])]
    nature = words.closes("head.name", titles[-1])
    last = titles[-1][: -len(nature.word)] if nature else titles[-1]
    spans = (words.find(role, last) for role in ("span", "growth"))
    at = min((place for place in spans if place is not None), default=len(last))
    titles[-1:] = [title for title in (last[:at], last[at:]) if title]
    columns = tuple(read_column((title,), words, "value") for title in titles)
    return _Head(columns, words.within("head.serial", before) is not None)


def _starts(line: str, words: TableWords) -> list[int]:
    """Where the titles begin that name years: 2020年基数2025年目标, 基期值（2020年）目标值（2025年）."""
    years = list(words.pattern("pattern.year").finditer(line))
    bracketed = all(line[year.start() - 1] in "（(" and line[year.end() :][:1] in ("）", ")") for year in years)
    if not bracketed or not years:
        return [year.start() for year in years]
    return [max(0, years[0].start() - 1 - _LONGEST_STATE), *(year.end() + 1 for year in years[:-1])]


def _cut_row(line: _Line, columns: Sequence[Column], words: TableWords) -> Row | None:
    """The row that a line without separators holds, its cells the parts of its digits; None where there is not one way
    to cut them."""
    segment, text, lead = line
    bound = words.closes("bound.after", text)
    body = text[: -len(bound.word)] if bound else text
    match = _GLUED.search(body, lead)
    if not match or match.start() <= lead or _APART.search(body, lead):
        return None
    named = _name_and_unit(text[lead : match.start()], words)
    parts = _cells(match[0], columns)
    if not named or len(parts) != len(columns):
        return None
    name, unit = named
    spans, at = [], segment.span.start + match.start()
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part)
    spans[-1] = Span(spans[-1].start, at + len(text) - len(body))
    figures = (index for index, part in enumerate(parts) if any(map(str.isdigit, part)))
    return Row(segment, tuple(spans), name, unit, tuple(figures))


def _cells(written: str, columns: Sequence[Column]) -> list[str]:
    """The figures of a row, one for each column."""
    parts = marked(written)
    if len(parts) == len(columns):
        return parts
    years = [column.year for column in columns if column.year]
    if len(years) == len(columns) - 1 > 1:
        return split_with_change(written, len(years), years[-1] - years[0])
    return split_digits(written, len(columns))


def _row_in_units(line: _Line, columns: Sequence[Column], words: TableWords) -> Row | None:
    """The row of a line in which each figure has its unit: 茶园面积18.2万亩22万亩."""
    segment, text, lead = line
    first = _FIRST_FIGURE.search(text, lead)
    if not first or first.start() == lead:
        return None
    starts = [first.start(), *(match.start() for match in _NEXT_FIGURE.finditer(text, first.start() + 1))]
    pieces = [text[start:end].rstrip(_BETWEEN) for start, end in pairwise([*starts, len(text)])]
    cells = [Span(start, start + len(piece)) for start, piece in zip(starts, pieces, strict=True)]
    united = all(is_figure(text[slice(*cell)], words) and not text[cell.end - 1].isdigit() for cell in cells)
    if len(cells) != len(columns) or not united:
        return None
    shift = segment.span.start
    spans = tuple(Span(shift + start, shift + end) for start, end in cells)
    return Row(segment, spans, text[lead : first.start()].strip(), None, tuple(range(len(spans))))


def _numbered_rows(
    text: str, segments: Sequence[Segment], at: int, line: str, words: TableWords
) -> tuple[tuple[Column, ...], list[Row]] | None:
    """The rows below 序号项目单位项目名称资助金额（万元）: 1, 2, 3 …, words, and a figure at the end of each line."""
    serial = words.opens("head.serial", line) if line.endswith(("）", ")")) else None
    head = _HEAD.match(line, len(serial.word)) if serial else None
    unit = read_unit(head["unit"], words) if head else None
    if not head or not unit:
        return None
    rows: list[Row] = []
    for number in range(1, len(segments) - at):
        segment = segments[at + number]
        line = text[segment.span.start : segment.span.end]
        match = _NUMBERED_ROW.match(line)
        if not match or not line.startswith(str(number)) or match["number"] != str(number):
            break
        start, end = match.span("figure")
        span = Span(segment.span.start + start, segment.span.start + end)
        owner, thing = _owned(match["name"], words)
        rows.append(Row(segment, (span,), thing, None, (0,), owner=owner))
    title = words.closes("bare", head["titles"])
    before = words.closes("award", head["titles"][: -len(title.word)]) if title else None
    money = (before.word if before else "") + (title.word if title else "")
    if len(rows) < _FEWEST or not _alike(text, rows):
        return None
    return (read_column((f"{money}（{head['unit']}）",), words),), rows


def _owned(name: str, words: TableWords) -> tuple[str, str]:
    """Whose a row is, and what it is of, where the name of an organization opens it: 某某有限公司|大数据平台."""
    ends = [at + len(word) for at, word in words.all("organization", name)]
    end = max(ends, default=0)
    parted = len(name) - end >= _SHORTEST_NAME and not name[end:].startswith(("（", "("))
    return (name[:end], name[end:]) if parted else ("", name)


def _alike(text: str, rows: list[Row]) -> bool:
    """True where no figure is so far from the others that a digit of the name may have run into it."""
    figures = sorted(Decimal(text[row.cells[0].start : row.cells[0].end]) for row in rows)
    middle = figures[len(figures) // 2]
    return figures[-1] <= middle * _FARTHEST


def _name_and_unit(text: str, words: TableWords) -> tuple[str, Scaled] | None:
    for length in range(min(6, len(text) - 2), 0, -1):
        unit = read_unit(text[-length:], words)
        if unit:
            return text[:-length].strip(), unit
    return None
