"""Tables whose cells are set apart by single blanks: a head line and the rows below it in, a grid out.

粮 食 30475 万吨 28272 万吨 7.8 under 一九七八年产量 一九七七年产量 一九七八年比 / 一九七七年增长％.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import arabic_years, bracket_unit, holds_letters, lines_alone, read_name, read_unit, year_of
from policyx.tables.fitting import NOWHERE, fills, fitted, style_of
from policyx.tables.grid import Column, Found, Grid, Row, named_by, names_cells, read_column, tells_value
from policyx.tables.naming import told, with_inherited_units
from policyx.tables.parts import size_of, with_parents
from policyx.tables.spans import paths_of_groups
from policyx.tables.titles import BULLET, pieces_of
from policyx.tables.words import Scaled, TableWords
from policyx.tuples import NamedTuple

_GAP = compiled(r"[\s（()）]*$")
_PARTED = compiled(r"[\t|]|  |\u3000")
_SERIAL = compiled(r"^\s*[0-9]{1,3}(?=[ .、])[.、]?")
_DIGIT = compiled(r"[0-9]")
_SENTENCE = compiled(r"[，。；;！？：:]")
_STOPS = "。；;！？：:"
_LONGEST = 80
_LONE_DASH = " - "
_MOST = 20
_MOST_ROWS = 200
_COLONS = "：:"
_HEAD_LINES = 3
_FIRST_ROWS = 4
_MOST_TORN = 4  # rows below one another


class _Parsed(NamedTuple):
    """A line as a row: its name's end and its values, of which those without a figure are empty."""

    name: str
    values: tuple[Span, ...]
    unit: Scaled | None
    carries: bool


class _Head(NamedTuple):
    """How many lines a head has, the columns of figures that it names, and those that say what the rows are; whether
    each row opens with its number."""

    size: int
    columns: tuple[Column, ...]
    others: tuple[Column, ...]
    numbers: bool


def listings(text: str, segments: Sequence[Segment], caption: Callable[[int], str], words: TableWords) -> list[Found]:
    """The tables with single blanks among `segments`; `caption` tells what stands above a segment."""
    found: list[Found] = []
    alone = lines_alone(text, segments, _LONGEST)
    lines = ["" if not line or _PARTED.search(line) else line.replace("*", " ").rstrip() for line in alone]
    plain: list[str] = []
    figured = [" " in line and _DIGIT.search(line) is not None for line in lines]
    at = 0
    while at < len(segments):
        headed = lines[at] and any(figured[at + 1 : at + 1 + _HEAD_LINES])
        head = _head(lines, at, words) if headed else None
        alone_above = head and head.size > 1 and " " not in lines[at] and _head(lines, at + 1, words)
        whole = _below_titles(lines[at - 1], head, words) if head and at and not alone_above else head
        start, head = at - (whole is not head), whole
        if head and not alone_above:
            if head.numbers:
                plain = plain or [_SERIAL.sub(lambda match: " " * len(match[0]), line) for line in lines]
            end, rows = _rows(segments, plain if head.numbers else lines, at + head.size, head.columns, words)
            if len(rows) > 1:
                grid = Grid.of(head.columns + head.others, with_parents(named_by(rows, head.others)), caption(start))
                found.append(Found(start, end, grid))
                at = end
                continue
        at += 1
    return found


def _head(lines: Sequence[str], at: int, words: TableWords) -> _Head | None:
    """The head whose lines begin at `at`."""
    titles: list[str] = []
    numbers = fits = False
    for size in range(1, _HEAD_LINES + 1):
        line = lines[at + size - 1] if at + size <= len(lines) else ""
        head = line and line[-1] not in _STOPS and not _states_unit(line, words)
        pieces = pieces_of(arabic_years(line, words)) if head else []
        if size == 1 and len(pieces) > 2 and words.closes("head.serial", pieces[0]):
            numbers, pieces = True, pieces[1:]
        numbered = words.pattern("pattern.table_number").match(line) is not None  # that is the caption
        known = all(_is_title(piece, words) for piece in pieces)
        fits = fits or (size == 1 and not known and _fits_below(lines[at + 1 : at + 1 + _FIRST_ROWS], pieces, words))
        if numbered or not pieces or not (known or (fits and size == 1)):
            break
        if titles and len(titles) == len(pieces) and all(words.closes("head.continues", title) for title in titles):
            titles = [title + piece for title, piece in zip(titles, pieces, strict=True)]
            pieces = []
        elif titles and (words.closes("head.continues", titles[-1]) or pieces[0].startswith(("（", "("))):
            titles[-1] += pieces.pop(0)
        titles += pieces
        naming = _naming(titles, words, first=fits)
        named = [title for title, names in zip(titles, naming, strict=True) if not names]
        first = at + size
        if words.pattern("pattern.group").match("".join(lines[first : first + 1]).strip("-* ")):
            first += 1  # behind the name of a group of rows
        first += _torn(lines, first, len(named), words)
        below = lines[first] if first < len(lines) else ""
        parsed = (_fitting(below, len(named), words) or _parse(below, words)) if below else None
        columns = with_inherited_units([read_column((title,), words, "value") for title in named], words)
        scopes = sum(words.equals("scope", title) is not None for title in named)
        half, over = divmod(len(named), 2)
        again = half > 1 and not over and named[:half] == named[half:]  # below titles that stand above them
        known = scopes > 1 or again or any(column.year or column.growth for column in columns)
        enough = len(titles) > 1 and (known or naming[0])
        if parsed and enough and (len(parsed.values) <= len(named) or _Rows(lines, first, columns, words).row(below)):
            others = tuple(read_column((titles[place],), words) for place, names in enumerate(naming) if names)
            return _Head(size, columns, others, numbers)
    return None


def _naming(titles: Sequence[str], words: TableWords, *, first: bool) -> list[bool]:
    """For each title whether its column names the rows; behind the first of figures only 单位 does (水产品产量 其中：
    海水产品). `first`: the first one does, whatever it says."""
    found: list[bool] = []
    for title in titles:
        behind = (True, False) in pairwise(found) and words.equals("head.unit", title) is None
        found.append((first and not found) or (not behind and _names_rows(title, words)))
    return found


def _below_titles(above: str, head: _Head, words: TableWords) -> _Head | None:
    """The head with the titles of the line above it, where that names the rows and its own line does not: 区县 产值
    产量 above 总量 增长% 总量 增长%; None where the titles stand above nobody knows which columns."""
    pieces = pieces_of(arabic_years(above, words)) if not head.others else []
    if len(pieces) <= 1 or _SENTENCE.search(above) or _DIGIT.search(above):
        return head
    named = names_cells(pieces[0], words)
    naming = [piece for at, piece in enumerate(pieces) if not at or _names_rows(piece, words)]
    paths = None if named else paths_of_groups(pieces, head.columns)
    naming = [] if paths else naming  # 绝对额 增长% above 4季度 1-4季度 4季度 1-4季度
    paths = paths or paths_of_groups([piece for piece in pieces if piece not in naming], head.columns)
    if paths is None:
        return None if named else head
    columns = with_inherited_units([read_column(path, words, "value") for path in paths], words)
    return head._replace(columns=columns, others=tuple(read_column((title,), words) for title in naming))


def _states_unit(line: str, words: TableWords) -> bool:
    """True for 单位：亿元, and none of the head 单位 本月 累计."""
    plain = line.lstrip("（(-•· ").replace(" ", "")
    hit = words.opens("head.unit", plain)
    return hit is not None and (plain[len(hit.word) :][:1] in _COLONS or len(line.split()) == 1)


def _fits_below(below: Sequence[str], pieces: list[str], words: TableWords) -> bool:
    """True where two lines below have a name under the first title and a figure under each other one but 单位."""
    width = sum(not _names_rows(piece, words) for piece in pieces[1:])
    united = width > 1 and all(bracket_unit(piece, words) for piece in pieces[1:])  # 航线 票价（元） 里程（公里）
    named = 0
    for line in filter(None, below):
        rows = (_parse(line, words, most, apart=_LONE_DASH in line) for most in (width, _MOST))
        told = [row for row in rows if row and (holds_letters(row.name) or year_of(row.name, words, bare=True))]
        named += any(fills([line[slice(*value)] for value in row.values], width) for row in told)
    return named > 1 and (united or _names_rows(pieces[0], words))


def _is_title(piece: str, words: TableWords) -> bool:
    return _is_value(piece, words) or _names_rows(piece, words) or piece.startswith(("（", "("))


def _is_value(piece: str, words: TableWords) -> bool:
    """True for the title of a column of figures."""
    known = words.equals("scope", piece) or words.closes("quantity", piece) or bracket_unit(piece, words)
    timed = holds_letters(piece) and not (told(piece, words) or names_cells(piece, words))  # 本月, 1-本月
    return known is not None or timed or tells_value(piece, words)


def _names_rows(piece: str, words: TableWords) -> bool:
    if words.equals("head.unit", piece) or words.equals("head.place", piece):
        return True
    return words.within("head.name", piece) is not None and not _is_value(piece, words) and len(piece) <= 8


def _rows(
    segments: Sequence[Segment], lines: Sequence[str], at: int, columns: tuple[Column, ...], words: TableWords
) -> tuple[int, list[Row]]:
    """The rows from `at` on and where they end; a line in brackets goes on with the row above."""
    rows: list[Row] = []
    end = index = at
    full = False
    table = _Rows(lines, at, columns, words)
    while index < len(lines) and lines[index]:
        segment, line = segments[index], lines[index]
        parsed = table.row(line)
        shift = segment.span.start
        if parsed:
            spans = tuple(Span(shift + start, shift + stop) for start, stop in parsed.values)
            figures = tuple(i for i, span in enumerate(parsed.values) if _DIGIT.search(line[span.start : span.end]))
            name, part = parsed.name, words.opens("row.part", line) is not None
            if _stands_for(name, words):
                if not rows:
                    break
                rows.append(rows[-1]._replace(segment=segment, cells=spans, unit=parsed.unit, values=figures))
            else:
                size = size_of(line[slice(*parsed.values[0])])
                row = Row(segment, spans, name, parsed.unit, figures, marked=part, size=size)
                year = year_of(name, words, bare=True)
                rows.append(row._replace(name="", label=name, year=year) if year else row)
            full = full or (NOWHERE not in parsed.values and _LONE_DASH not in line)
            end = index + 1
        elif not (table.unsettled(line) or _is_between(lines, index, len(columns), words)):
            break
        index += 1
    return end, rows if full else []


class _Rows:
    """The lines below a head, read as its rows."""

    def __init__(self, lines: Sequence[str], at: int, columns: Sequence[Column], words: TableWords) -> None:
        self._columns, self._words = columns, words
        end = next((number for number in range(at, len(lines)) if not lines[number]), len(lines))
        parsed = ((line, _parse(line, words)) for line in lines[at : min(end, at + _MOST_ROWS)])
        written = [[line[slice(*value)] for value in row.values] for line, row in parsed if row]
        self._style = style_of(written, columns)

    def row(self, line: str) -> _Parsed | None:
        """The line as a row with a place for each column; None where it is none, or does not tell its columns."""
        width = len(self._columns)
        plain = _fitting(line, width, self._words)
        if plain and not self._style.parted and len(plain.values) == width:
            return plain
        if plain and _stands_for(plain.name, self._words):
            return plain._replace(values=(*plain.values, *(NOWHERE,) * (width - len(plain.values))))
        ways = [False, True] if _LONE_DASH in line else [False]
        readings = [plain, *(_parse(line, self._words, apart=apart) for apart in ways if not self._style.plain)]
        known = [reading for reading in readings if reading]
        values = fitted(line, [reading.values for reading in known], self._columns, self._style)
        return known[-1]._replace(values=values) if values else None

    def unsettled(self, line: str) -> bool:
        """True for a line of a name and figures, whatever columns these stand in, and for one in brackets."""
        parsed = _parse(line, self._words)
        figures = parsed is not None and (parsed.carries or len(parsed.values) > 1)
        return figures or (line[0] in "（(" and line[-1] in "）)")


def _fitting(line: str, width: int, words: TableWords) -> _Parsed | None:
    """The line as a row of at most `width` figures: without the dash that stands in its column of units (服装 — — — 771
    28.4), and with a name that ends in a figure (18-35岁 28.08 30.3)."""
    parsed = _parse(line, words, width + 1)
    if _LONE_DASH in line and (parsed is None or len(parsed.values) < width):
        apart = _parse(line, words, width, apart=True)
        parsed = apart if apart and len(apart.values) == width else parsed
    if parsed and len(parsed.values) <= width:
        return parsed
    if parsed and not _DIGIT.search(line[slice(*parsed.values[0])]):
        return parsed._replace(values=parsed.values[1:])
    parsed = _parse(line, words, width)
    return parsed if parsed and (not parsed.name[-1].isdigit() or year_of(parsed.name, words, bare=True)) else None


def _is_between(lines: Sequence[str], index: int, width: int, words: TableWords) -> bool:
    """A short line between two rows: the name of a group of rows, or a row with a slip of the pen (112，1万吨); and a
    row of which figures are torn."""
    line = lines[index]
    if _torn(lines, index, width, words):
        return True
    below = index + 1 + _torn(lines, index + 1, width, words)
    following = _parse(lines[below], words) if below < len(lines) else None
    return (
        bool(following)
        and len(line) <= 20
        and line[-1] not in _STOPS
        and len(following.values if following else ()) == width
    )


def _torn(lines: Sequence[str], index: int, width: int, words: TableWords) -> int:
    """How many rows from here on have more figures than there are columns (烤烟 21 3 3.9), above one that has as many:
    blanks tore their figures, and nothing can be read of them."""
    for number, line in enumerate(lines[index : index + _MOST_TORN + 1]):
        parsed = _parse(line, words) if line else None
        if parsed is None or len(parsed.values) < width:
            return 0
        if len(parsed.values) == width:
            return number
    return 0


def _parse(line: str, words: TableWords, most: int = _MOST, *, apart: bool = False) -> _Parsed | None:
    """The line as a row: from its end back, figures with their units as long as nothing else stands between them.
    `apart`: a dash between blanks is an empty cell."""
    line = line.rstrip()
    tail = line.rpartition(" ")
    if words.equals("nature", tail[2]):
        line = tail[0].rstrip()
    values: list[Span] = []
    after = len(line)
    carries = written = False
    for match in reversed(_values(line, words, apart=apart)):
        if len(values) == most:
            break
        gap = line[match.end : after]
        unit = None if _GAP.match(gap) else read_unit(gap, words)
        if unit is None and not _GAP.match(gap):
            break
        if (
            values
            and not line[: match.start].strip()
            and year_of(line[match.start : match.end].strip(), words, bare=True)
        ):
            break  # 1985 205.1 52.8
        carries = carries or unit is not None
        written = written or unit not in (None, words.percent)
        start = match.end - len(line[match.start : match.end].lstrip())
        values.insert(0, Span(start, match.end + (len(gap.rstrip(" （()）")) if unit else 0)))
        after = start
    if not values:
        return None
    parsed = _named(line[:after], tuple(values), written, words)
    return parsed._replace(carries=parsed.carries or carries) if parsed else None


def _values(line: str, words: TableWords, *, apart: bool) -> list[Span]:
    """Where figures stand in a line, and words that stand for one (持平)."""
    spans = [Span(*match.span()) for match in words.figures[apart].finditer(line)]
    last = line.rpartition(" ")[2]
    if words.equals("no_value", last):
        spans.append(Span(len(line) - len(last), len(line)))
    return spans


def _stands_for(name: str, words: TableWords) -> bool:
    """（折102.86亿平方米） gives the row above in another unit."""
    return not name or words.equals("row.again", name) is not None


def _named(before: str, values: tuple[Span, ...], carries: bool, words: TableWords) -> _Parsed | None:
    written = BULLET.sub("", before.strip())
    plain = written.strip("（( ")
    if _stands_for(plain, words) and written[:1] in ("（", "("):
        return _Parsed(plain, values, None, carries)
    head, _, last = written.rpartition(" ")
    if head[-1:] in words.multipliers and head[-2:-1] == " ":  # 亿 吨
        head, last = head[:-2], head[-1] + last
    spread = len(last) == 1 and len(head.rpartition(" ")[2]) == 1  # 机 床, 食 品 类: the letters of one word
    unit = read_unit(last, words) if head and not carries and not spread else None
    name, own = read_name(head if unit else written, words)
    if year_of(written, words, bare=True):
        return _Parsed(written, values, None, carries)  # 1985 205.1 52.8
    if not holds_letters(name) or _SENTENCE.search(name) or len(name) > 30:
        return None
    return _Parsed(name, values, unit or own, carries or bool(unit or own))
