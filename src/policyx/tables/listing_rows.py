"""A line whose cells single blanks part in, its name and the place of its figures out; for the lines below a head a
figure for each column.

The figures stand at the end of a line, with their units as long as nothing else stands between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from policyx.model import Span
from policyx.patterns import compiled
from policyx.tables.cells import holds_letters, is_empty, is_figure, read_name, read_unit, year_of
from policyx.tables.fitting import NOWHERE, fitted, style_of
from policyx.tables.grid import Column
from policyx.tables.titles import BULLET
from policyx.tables.words import Scaled, TableWords
from policyx.tuples import NamedTuple

_GAP = compiled(r"[\s（()）]*$")
_DIGIT = compiled(r"[0-9]")
_DATED = compiled(r"[（(]\s?(?:19|20)[0-9]{2}\s?年?[）)]")
_SENTENCE = compiled(r"[，。；;！？：:]")
LONE_DASH = " - "
MOST = 20
_MOST_ROWS = 200
_MOST_TORN = 4  # rows below one another


class Parsed(NamedTuple):
    """A line as a row: its name's end and its values, of which those without a figure are empty."""

    name: str
    values: tuple[Span, ...]
    unit: Scaled | None
    carries: bool


class ListedRows:
    """The lines below a head, read as its rows."""

    def __init__(self, lines: Sequence[str], at: int, columns: Sequence[Column], words: TableWords) -> None:
        self._columns, self._words = columns, words
        end = next((number for number in range(at, len(lines)) if not lines[number]), len(lines))
        parsed = ((line, parse(line, words)) for line in lines[at : min(end, at + _MOST_ROWS)])
        written = [[line[slice(*value)] for value in row.values] for line, row in parsed if row]
        self._style = style_of(written, columns)

    def row(self, line: str) -> Parsed | None:
        """The line as a row with a place for each column; None where it is none, or does not tell its columns."""
        width = len(self._columns)
        plain = fitting(line, width, self._words)
        if plain and not self._style.parted and len(plain.values) == width:
            return plain
        if plain and stands_for(plain.name, self._words):
            return plain._replace(values=(*plain.values, *(NOWHERE,) * (width - len(plain.values))))
        ways = [False, True] if LONE_DASH in line else [False]
        readings = [plain, *(parse(line, self._words, apart=apart) for apart in ways if not self._style.plain)]
        known = [reading for reading in readings if reading]
        values = fitted(line, [reading.values for reading in known], self._columns, self._style)
        return known[-1]._replace(values=values) if values else None

    def unsettled(self, line: str) -> bool:
        """True for a line of a name and figures, whatever columns these stand in, and for one in brackets."""
        parsed = parse(line, self._words)
        figures = parsed is not None and (parsed.carries or len(parsed.values) > 1)
        return figures or (line[0] in "（(" and line[-1] in "）)")


def fitting(line: str, width: int, words: TableWords) -> Parsed | None:
    """The line as a row of at most `width` figures: without the dash that stands in its column of units (服装 — — — 771
    28.4), and with a name that ends in a figure (18-35岁 28.08 30.3)."""
    parsed = parse(line, words, width + 1)
    if LONE_DASH in line and (parsed is None or len(parsed.values) < width):
        apart = parse(line, words, width, apart=True)
        parsed = apart if apart and len(apart.values) == width else parsed
    if parsed and len(parsed.values) <= width:
        return parsed
    if parsed and not _DIGIT.search(line[slice(*parsed.values[0])]):
        return parsed._replace(values=parsed.values[1:])
    parsed = parse(line, words, width)
    return parsed if parsed and (not parsed.name[-1].isdigit() or year_of(parsed.name, words, bare=True)) else None


def parse(line: str, words: TableWords, most: int = MOST, *, apart: bool = False) -> Parsed | None:
    """The line as a row: from its end back, figures with their units as long as nothing else stands between them.
    `apart`: a dash between blanks is an empty cell."""
    line = without_tail(line, 0, words)
    values: list[Span] = []
    after = len(line)
    carries = written = False
    for match in reversed(_values(line, words, apart=apart)):
        told = _value(line, match, after, words) if len(values) < most else None
        if told is None or (values and _is_dated(line, match, words)):
            break
        value, unit = told
        carries = carries or unit is not None
        written = written or unit not in (None, words.percent)
        values.insert(0, value)
        after = value.start
    if not values:
        return None
    parsed = _named(line[:after], tuple(values), written, words)
    return parsed._replace(carries=parsed.carries or carries) if parsed else None


def _value(line: str, figure: Span, after: int, words: TableWords) -> tuple[Span, Scaled | None] | None:
    """The place of a figure with its comparator, unit and year (＞50, 22万亩左右, 1.5（2019年）), and that unit;
    None where something else stands before `after`."""
    dated = _DATED.match(line, figure.end)
    gap = line[dated.end() if dated else figure.end : after].rstrip()
    bound = words.closes("bound.after", gap)
    plain = gap[: -len(bound.word)] if bound else gap
    unit = None if _GAP.match(plain) else read_unit(plain, words)
    if unit is None and not _GAP.match(plain):
        return None
    start = figure.end - len(line[figure.start : figure.end].lstrip())
    opened = line[:start].rpartition(" ")[2]
    start -= len(opened) if words.equals("bound.before", opened) else 0
    end = after - len(line[:after]) + len(line[:after].rstrip(" （()）")) if unit or bound else figure.end
    return Span(start, dated.end() if dated and not (unit or bound) else end), unit


def _is_dated(line: str, figure: Span, words: TableWords) -> bool:
    """True for a year that opens a row: 1985 205.1 52.8."""
    return not line[: figure.start].strip() and year_of(line[slice(*figure)].strip(), words, bare=True) is not None


def without_tail(line: str, most: int, words: TableWords) -> str:
    """The line without the word that says what kind of aim it is (预期性), and at most so many others, behind its last
    figure."""
    line = before = line.rstrip()
    while " " in before:
        rest, _, last = before.rpartition(" ")
        told = words.equals("nature", last) is not None
        if not told and (most < 1 or not holds_letters(last) or is_figure(last, words) or read_unit(last, words)):
            break
        before, most = rest.rstrip(), most - (not told)
    name, _, last = before.strip().rpartition(" ")
    return before if name and (_DIGIT.search(last) or is_empty(last, words)) else line


def without_class(line: str, words: TableWords, *, numbers: bool) -> str:
    """The line with blanks for the class that stands before its number (`numbers`) or its name."""
    tokens = line.split()
    first = next((at for at, token in enumerate(tokens) if _DIGIT.search(token)), 0)
    named = first - (first > 1 and read_unit(tokens[first - 1], words) is not None)
    classed = first == 1 and tokens[1].isdigit() if numbers else named > 1 and min(map(len, tokens[:named])) > 1
    return line.replace(tokens[0], " " * len(tokens[0]), 1) if classed else line


def _values(line: str, words: TableWords, *, apart: bool) -> list[Span]:
    """Where figures stand in a line, and words that stand for one (持平)."""
    dated = {place for year in _DATED.finditer(line) for place in range(*year.span())}
    spans = [Span(*match.span()) for match in words.figures[apart].finditer(line) if match.start() not in dated]
    last = line.rpartition(" ")[2]
    if words.equals("no_value", last):
        spans.append(Span(len(line) - len(last), len(line)))
    return spans


def stands_for(name: str, words: TableWords) -> bool:
    """（折102.86亿平方米） gives the row above in another unit."""
    return not name or words.equals("row.again", name) is not None


def _named(before: str, values: tuple[Span, ...], carries: bool, words: TableWords) -> Parsed | None:
    written = BULLET.sub("", before.strip())
    plain = written.strip("（( ")
    if stands_for(plain, words) and written[:1] in ("（", "("):
        return Parsed(plain, values, None, carries)
    head, _, last = written.rpartition(" ")
    if head[-1:] in words.multipliers and head[-2:-1] == " ":  # 亿 吨
        head, last = head[:-2], head[-1] + last
    spread = len(last) == 1 and len(head.rpartition(" ")[2]) == 1  # 机 床, 食 品 类: the letters of one word
    unit = read_unit(last, words) if head and not carries and not spread else None
    name, own = read_name(head if unit else written, words)
    if year_of(written, words, bare=True):
        return Parsed(written, values, None, carries)  # 1985 205.1 52.8
    if not holds_letters(name) or _SENTENCE.search(name) or len(name) > 30:
        return None
    return Parsed(name, values, unit or own, carries or bool(unit or own))


def torn(lines: Sequence[str], index: int, width: int, words: TableWords) -> int:
    """How many rows from here on have more figures than there are columns (烤烟 21 3 3.9), above one that has as many:
    blanks tore their figures, and nothing can be read of them."""
    for number, line in enumerate(lines[index : index + _MOST_TORN + 1]):
        parsed = parse(line, words) if line else None
        if parsed is None or len(parsed.values) < width:
            return 0
        if len(parsed.values) == width:
            return number
    return 0
