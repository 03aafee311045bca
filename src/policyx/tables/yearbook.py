"""Tables of a yearbook, which are read from below: rows of a year or a name and equally many figures, and the lines of
heads above them.

年份 总户数 总人口 其中 / Year Households Population of Which / 男性 女性 / 1978 123.30 457.70 234.18 223.52; or each of
these cells on a line of its own. What is known of the heads is only how many columns they have to name: heads that
could stand above other columns are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import arabic_years, is_empty, is_figure, is_year, lines_alone, read_name, read_unit, year_of
from policyx.tables.grid import Found, Grid, Row, named_by, names_cells, read_column
from policyx.tables.naming import told, with_inherited_units
from policyx.tables.parts import size_of, with_parents
from policyx.tables.spans import paths_below, paths_of_two
from policyx.tables.titles import BULLET, pieces_of
from policyx.tables.words import TableWords
from policyx.tuples import NamedTuple

_TOKEN = compiled(r"\S+")
_VALUE = compiled(r"[-－−]?[0-9][0-9,]*(?:\.[0-9]+)?[%％]?|[-—–…]{1,6}")
_BROKEN = compiled(r"[-－−]?[0-9][0-9,]*\.[0-9]+[%％]?")
_HAN = compiled(r"[\u4e00-\u9fff]")
_GLOSS = compiled(r"[^\u4e00-\u9fff]*[A-Za-z&][^\u4e00-\u9fff]*")
_SHORT_FORM = compiled(r"[A-Z&]{2,4}")  # GDP, R&D
_SENTENCE = compiled(r"[，。；;！？：:|]")
_STOPS = "。；;！？：:"
_LONGEST = 120
_LONGEST_NAME = 24
_LEAST_ROWS = 3
_LEAST_BESIDE = 2
_SHORTEST_TITLE = 2
_TWO = 2
_BEST = 4
_MOST = 24
_HEAD_LINES = 8
_FARTHEST = 10  # years from one row to the next


class _Line(NamedTuple):
    """A row: what stands before its figures, and the figures, empty cells among them; the segments that it takes; the
    line without figures above it."""

    key: str
    values: tuple[Span, ...]
    first: int
    stop: int
    group: str = ""


class _Page(NamedTuple):
    """The short lines of a document by segment number, without bars; empty where a segment is no line of its own."""

    segments: Sequence[Segment]
    lines: Sequence[str]
    words: TableWords


def yearbooks(text: str, segments: Sequence[Segment], caption: Callable[[int], str], words: TableWords) -> list[Found]:
    """The tables among `segments` that are told by their rows; `caption` tells what stands above a segment."""
    alone = lines_alone(text, segments, _LONGEST)
    page = _Page(segments, [_bare(line) for line in alone], words)
    found: list[Found] = []
    at = done = 0
    while at < len(segments):
        if not page.lines[at]:  # as most are
            at += 1
            continue
        lines = _rows_beside(page, at) or _rows_in_lines(page, at) or _rows_of_cells(page, at)
        top, titles = _head(page, lines, done) if lines else (at, None)
        if titles:
            found.append(Found(top, lines[-1].stop, _grid(page, lines, titles, caption(top))))
        at = lines[-1].stop if lines else at + 1
        done = at if lines else done
    return found


def _bare(line: str) -> str:
    """The line without the bar that closes it (1978 |); nothing where bars stand inside."""
    line = line.strip()
    if line.endswith("|") and line.count("|") <= 1 + line.startswith("|"):
        return line.strip("| ") or "—"
    return "" if "|" in line or "\t" in line else line


def _rows_in_lines(page: _Page, at: int) -> list[_Line]:
    """The rows from `at` on, each a line of a year or a name and as many figures as the first."""
    rows: list[_Line] = []
    group = ""
    for number in range(at, len(page.segments)):
        row = _row_in_line(page, number)
        title = _group(page, number) if row is None and rows and not rows[-1].stop < number else ""
        if title:
            group = title
            continue
        if row is None or (rows and not _goes_on(rows[-1], row, page.words)):
            break
        rows.append(row._replace(group=group))
    return rows if len(rows) >= _LEAST_ROWS else []


def _row_in_line(page: _Page, number: int) -> _Line | None:
    tokens = list(_TOKEN.finditer(page.lines[number]))
    begin = len(tokens)
    while begin and _VALUE.fullmatch(tokens[begin - 1][0]):
        begin -= 1
    if not begin and tokens and year_of(tokens[0][0], page.words, bare=True):
        begin = 1
    if BULLET.match(page.lines[number]):
        return None  # a listing's
    if not begin or len(tokens) - begin < 2 or all(is_year(token[0], page.words) for token in tokens[begin:]):
        return None
    shift = _shift(page, number)
    values = tuple(Span(shift + token.start(), shift + token.end()) for token in tokens[begin:])
    written = [token[0] for token in tokens[:begin]]
    gloss = next((at for at, token in enumerate(written) if at and _is_gloss(token)), len(written))
    kept = [token for at, token in enumerate(written) if at < gloss or _HAN.search(token)]
    key = "".join(kept)
    part = page.words.opens("row.part", key)
    told = key[len(part.word) :] if part else key  # 其中：城镇
    if not key or len(key) > _LONGEST_NAME or _SENTENCE.search(told) or any(map(_VALUE.fullmatch, kept[1:])):
        return None
    if len(kept) > 1 and read_unit(kept[-1], page.words):
        key = f"{''.join(kept[:-1])}（{kept[-1]}）"
    dated = year_of(key, page.words, bare=True)
    return _Line(key, values, number, number + 1) if dated or _HAN.search(key) else None


def _group(page: _Page, number: int) -> str:
    """The line where it is one short word, which may name the rows below it."""
    line = page.lines[number]
    words = [token for token in line.split() if not _is_gloss(token)]
    plain = len(words) == 1 and len(words[0]) <= _LONGEST_NAME and _HAN.search(words[0]) and not _SENTENCE.search(line)
    return words[0] if plain and not any(map(str.isdigit, line)) and line[-1] not in _STOPS else ""


def _shift(page: _Page, number: int) -> int:
    """Where the bare line of a segment begins in the text."""
    span = page.segments[number].span
    return span.end - len(page.lines[number]) if span.end - span.start >= len(page.lines[number]) else span.start


def _goes_on(above: _Line, below: _Line, words: TableWords) -> bool:
    if len(above.values) != len(below.values):
        return False
    first, second = (year_of(row.key, words, bare=True) for row in (above, below))
    if first and not second:  # 较上年增减（%） below the last year
        return words.within("growth", below.key) is not None and not told(below.key, words, growth=True)
    if not first or not second:
        return first == second
    return 0 < second - first <= _FARTHEST


def _rows_of_cells(page: _Page, at: int) -> list[_Line]:
    """The rows from `at` on whose cells are lines: a year, the figures up to the next year, and so on."""
    lines, words = page.lines, page.words
    if not is_year(lines[at], words):
        return []
    for width in range(1, _MOST):
        rows: list[_Line] = []
        first = at
        while first + width < len(lines) and is_year(lines[first], words):
            cells = range(first + 1, first + 1 + width)
            if not all(_is_value(lines[cell], words) for cell in cells):
                break
            row = _Line(lines[first], tuple(page.segments[cell].span for cell in cells), first, cells.stop)
            if rows and not _goes_on(rows[-1], row, words):
                break
            rows.append(row)
            first = cells.stop
        if len(rows) >= _LEAST_ROWS:
            columns = zip(*(lines[row.first + 1 : row.stop] for row in rows), strict=True)
            beside = any(all(is_year(cell, words) for cell in cells) for cells in columns)
            return [] if beside else rows
        if not rows:
            return []
    return []


def _rows_beside(page: _Page, at: int) -> list[_Line]:
    """The rows of tables that stand side by side: 东港镇 1200 西港镇 620, each line of a name and figures, twice."""
    rows: list[_Line] = []
    full = 0
    for number in range(at, len(page.segments)):
        parts = _parts(page, number)
        widths = {len(part.values) for part in (*rows[:1], *parts)}
        if not parts or len(widths) > 1 or (not rows and len(parts) < _LEAST_BESIDE):
            break
        full += len(parts) >= _LEAST_BESIDE
        rows += parts
    return rows if full >= _LEAST_BESIDE else []


def _parts(page: _Page, number: int) -> list[_Line]:
    """The rows that stand side by side in a line, a word and the figures behind it each."""
    shift = _shift(page, number)
    parts: list[_Line] = []
    for token in _TOKEN.finditer(page.lines[number]):
        if _VALUE.fullmatch(token[0]):
            if not parts:
                return []
            span = Span(shift + token.start(), shift + token.end())
            parts[-1] = parts[-1]._replace(values=(*parts[-1].values, span))
        elif _HAN.search(token[0]) and not _SENTENCE.search(token[0]) and len(token[0]) <= _LONGEST_NAME:
            parts.append(_Line(token[0], (), number, number + 1))
        else:
            return []
    return parts if all(part.values for part in parts) else []


def _is_value(cell: str, words: TableWords) -> bool:
    return bool(cell) and (is_figure(cell, words) or is_empty(cell, words))


def _is_gloss(token: str) -> bool:
    return _GLOSS.fullmatch(token) is not None and not _SHORT_FORM.fullmatch(token)


def _head(page: _Page, rows: Sequence[_Line], done: int) -> tuple[int, list[tuple[str, ...]] | None]:
    """Where the head above `rows` begins, and the path of titles of each column of figures, that of the names first;
    None where the lines above could be the heads of other columns."""
    width, stacked, beside = len(rows[0].values), rows[0].stop - rows[0].first > 1, rows[0].first == rows[1].first
    levels: list[list[list[str]]] = []
    top = rows[0].first
    for number in range(top - 1, max(done, top - (_MOST if stacked else _HEAD_LINES)) - 1, -1):
        line = page.lines[number]
        if not line or line[-1] in _STOPS or page.words.opens("head.unit", line.lstrip("（(")) or line == "—":
            break
        if page.words.pattern("pattern.table_number").match(line):
            break
        tokens = [line.replace(" ", "")] if stacked else line.split()
        if any(map(_BROKEN.fullmatch, tokens)):  # a row of another shape, and no head
            break
        wide = tokens if stacked else pieces_of(line)
        ways = [[arabic_years(t, page.words) for t in way if not _is_gloss(t)] for way in (wide, tokens)]
        ways = [_once(way) for way in ways] if beside else ways
        if ways[0]:
            levels.insert(0, ways)
        if ways[0] and names_cells(ways[0][0], page.words) and not _is_caption(ways[0][0], page.words):
            over = _over(page, number, levels, width) if len(ways[0]) == 1 and not stacked else None
            if over:
                return number - 1, over
            titles = _told(levels, width, page.words, stacked=stacked)
            grouped = len(levels) > 1 and len(levels[-1][0]) == 1 and not stacked
            return number, titles or (_told(levels[:-1], width, page.words, stacked=False) if grouped else None)
    return top, None


def _is_caption(title: str, words: TableWords) -> bool:
    """True for 2022年主要指标, which is no title of a column."""
    return words.pattern("pattern.year").search(title) is not None


def _over(page: _Page, number: int, levels: list[list[list[str]]], width: int) -> list[tuple[str, ...]] | None:
    """The paths where the title of the names stands on a line of its own, between those of two others that come again
    and the line that stands above them: 出口 进口 / 商品名称 / 金额 增长% 金额 增长%."""
    upper = pieces_of(page.lines[number - 1]) if number and page.lines[number - 1] else []
    lower = levels[1][0] if len(levels) == _TWO else []
    share, over = divmod(width, len(upper)) if len(upper) >= _TWO else (0, 1)
    if over or len(lower) != width or lower != lower[:share] * len(upper) or len(set(upper)) < len(upper):
        return None
    outer = [title for title in upper for _ in range(share)]
    return [(levels[0][0][0],), *zip(outer, lower, strict=True)]


def _once(titles: list[str]) -> list[str]:
    """The titles of one of two tables side by side."""
    half = len(titles) // 2
    return titles[:half] if half > 1 and titles == titles[:half] * 2 else titles


def _told(
    levels: list[list[list[str]]], width: int, words: TableWords, *, stacked: bool
) -> list[tuple[str, ...]] | None:
    for way in (0, 1):
        lines = [level[way] for level in levels]
        name, lines[0] = lines[0][0], lines[0][1:]
        if stacked:
            lines = [[title for line in lines for title in line]]
            short = (title for title in lines[0] if len(title) < _SHORTEST_TITLE and not words.equals("scope", title))
            if any(short) or any(read_unit(title, words) for title in lines[0]):
                return None  # titles that were broken over several cells
        if any(words.equals("head.unit", title) for line in lines for title in line):
            return None  # 人 12 345 below 单位 数量: no two figures
        paths = paths_below([line for line in lines if line], width, words)
        paths = paths or (paths_of_two(lines[0], width, words) if stacked else None)
        if paths and not any(read_column(path, words).rank == _BEST for path in paths):  # 项 目 名 称 合 计
            return [(name,), *paths]
    return None


def _grid(page: _Page, lines: Sequence[_Line], titles: list[tuple[str, ...]], caption: str) -> Grid:
    words = page.words
    columns = with_inherited_units([read_column(path, words, "value") for path in titles[1:]], words)
    others = (read_column(titles[0], words),)
    rows = []
    for line in lines:
        segment = page.segments[line.first]._replace(kind="row")
        segment = segment._replace(span=Span(segment.span.start, page.segments[line.stop - 1].span.end))
        cells = [page.lines[number] for number in range(line.first + 1, line.stop)] or None
        shift = _shift(page, line.first)
        written = cells or [page.lines[line.first][start - shift : end - shift] for start, end in line.values]
        figures = tuple(at for at, cell in enumerate(written) if is_figure(cell, words))
        row = Row(segment, line.values, "", None, figures, group=line.group, size=size_of(written[0]))
        year = year_of(line.key, page.words, bare=True)
        if year:
            rows.append(row._replace(label=line.key, year=year))
        elif rows and rows[-1].year:  # how much they changed since
            name, unit = read_name(line.key, words)
            rows.append(row._replace(label=name, year=rows[-1].year, unit=unit))
        else:
            name, unit = read_name(line.key, words)
            rows.append(row._replace(name=name, unit=unit, marked=words.opens("row.part", line.key) is not None))
    named = named_by([row for row in rows if row.values], others)
    return Grid.of(columns + others, with_parents(named), caption)
