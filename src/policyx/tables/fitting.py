"""The figures of a row that single blanks part in, one for each column of its table out, or nothing where they could
stand in other columns too.

A blank may part the thousands of a figure (19 278.1), or a cell may have been left blank, so that a row holds more or
fewer figures than there are columns. How the other rows are written tells which.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from policyx.model import Span
from policyx.patterns import compiled
from policyx.tables.grid import Column
from policyx.tables.lines import Line
from policyx.tuples import NamedTuple

_HEAD = compiled(r"[-－−]?\s?[1-9][0-9]{0,2}")
_GROUP = compiled(r"[0-9]{3}(?:\.[0-9]+)?")
_LONG = compiled(r"[0-9]{4,}")
_DECIMALS = compiled(r"\.([0-9]+)[%％]?$")
_NUMBER = compiled(r"[-－−]?\s?[0-9][0-9,]*(?:\.[0-9]+)?")
_PLAIN = compiled(r"[^0-9.]")
_FARTHEST = 8  # times the largest rate
_APART = compiled(r"[|\t\u3000]|  ")
_SIGNS = "-－−"
_BEFORE = " （("
_DASHES = "-—–"
_PERCENT = ("%", "％")
_MOST_RUNS = 6
_MOST_COLUMNS = 10
_LEAST = 2
_RATES = ("percent", "point")
NOWHERE = Span(0, 0)


class Style(NamedTuple):
    """How the figures of a table are written.

    `parted`: a blank parts thousands; `plain`: nothing does. `rates`: with how many decimals rates are, where that is
    known; `most`: the largest that one may be. `even`: the levels of one row have equally many decimals."""

    parted: bool
    plain: bool
    rates: frozenset[int]
    even: bool
    most: float


def style_of(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> Style:
    """The style of a table, from the figures of its rows as blanks part them."""
    width = len(columns)
    plain = any(_LONG.search(figure) for row in rows for figure in row)
    runs = [row for row in rows if _runs(row)]
    whole = [row for row in rows if len(row) == width and not _runs(row)]
    told = [[(f, _is_rate(c)) for f, c in zip(row, columns, strict=True) if f[-1:] not in _DASHES] for row in whole]
    rates = [figure for row in told for figure, rate in row if rate]
    decimals = frozenset(map(_decimals, rates))
    known = len(whole) >= _LEAST
    return Style(
        not plain and _is_parted(rows, runs, width),
        plain,
        decimals if known and len(decimals) == 1 else frozenset(),
        known and all(len({_decimals(figure) for figure, rate in row if not rate}) <= 1 for row in told),
        _FARTHEST * max(map(_size, rates)) if known and rates else math.inf,
    )


def _is_parted(rows: Sequence[Sequence[str]], runs: Sequence[Sequence[str]], width: int) -> bool:
    """True where no figure has four digits in a row, and blanks before three digits leave more figures than columns,
    or figures without the decimals that all others have."""
    if any(len(row) > width and any(len(way) == width for way in _joins(row)) for row in runs):
        return True
    ends = [f for row in rows for at, f in enumerate(row) if f[-1:].isdigit() and at not in _runs(row)]
    return bool(runs) and len(ends) > _LEAST and all("." in figure for figure in ends)


def fills(figures: Sequence[str], width: int) -> bool:
    """Whether so many figures stand in a row, when the parts of thousands are put together."""
    if len(figures) == width or any(map(_LONG.search, figures)):
        return len(figures) == width
    return len(figures) > width and any(len(way) == width for way in _joins(figures))


def fitted(
    line: str, readings: Iterable[Sequence[Span]], columns: Sequence[Column], style: Style
) -> tuple[Span, ...] | None:
    """A span for each column, an empty one for a blank cell; `readings`: the figures as blanks part them, in each way
    to read a dash. None where two ways suit the columns, and something else is said of a figure."""
    width = len(columns)
    found: dict[int, list[tuple[Span, ...]]] = {}
    for values in dict.fromkeys(map(tuple, readings)):
        written = [line[slice(*value)] for value in values]
        may_join = style.parted or (len(values) != width and not style.plain)
        for way in _joins(written) if may_join else [tuple((at, at + 1) for at in range(len(written)))]:
            if not len(way) <= width <= _MOST_COLUMNS:
                continue
            spans = [Span(values[first].start, values[stop - 1].end) for first, stop in way]
            if len(way) < width and line[spans[0].start - 1] not in _BEFORE:  # 第5期
                continue
            figures = [line[slice(*span)] for span in spans]
            for places in combinations(range(width), len(way)):
                under = [columns[place] for place in places]
                if _suit(figures, under, style):
                    rank = 0 if len(way) == width else 1 if _in_pairs(places, columns) else 2
                    cells = dict(zip(places, spans, strict=True))
                    found.setdefault(rank, []).append(tuple(cells.get(place, NOWHERE) for place in range(width)))
    ways = found[min(found)] if found else []
    return ways[-1] if ways and len({_told(way, columns) for way in ways}) == 1 else None


def _joins(row: Sequence[str]) -> Iterator[tuple[tuple[int, int], ...]]:
    """The ways to put the parts of thousands together: for each the first part of a figure and the one behind its
    last; none joined comes first."""
    runs = _runs(row)
    if len(runs) > _MOST_RUNS * _LEAST:
        return
    for count in range(len(runs) + 1):
        for joined in combinations(runs, count):
            starts = [at for at in range(len(row)) if at - 1 not in joined]
            if all(_HEAD.fullmatch(row[at]) for at in starts if at in joined):
                yield tuple(zip(starts, [*starts[1:], len(row)], strict=True))


def _runs(row: Sequence[str]) -> list[int]:
    """The parts that the next one may go on with."""
    return [
        at
        for at in range(len(row) - 1)
        if _GROUP.fullmatch(row[at + 1])
        and (_HEAD.fullmatch(row[at]) or (at and _GROUP.fullmatch(row[at]) and "." not in row[at]))
    ]


def _suit(figures: Sequence[str], under: Sequence[Column], style: Style) -> bool:
    """Whether each figure may stand in its column: a fall is no level, a sum in thousands no rate."""
    levels = set()
    for figure, column in zip(figures, under, strict=True):
        number = _NUMBER.match(figure)
        if number is None:  # a dash
            continue
        rate = _is_rate(column)
        if not rate and (
            (figure[0] in _SIGNS and not column.change) or (figure.endswith(_PERCENT) and not column.unit)
        ):
            return False
        plain = number.end() == len(figure) or figure.endswith(_PERCENT)
        if rate and (not plain or _LONG.search(figure.replace(" ", "").replace(",", ""))):
            return False
        if rate and _size(figure) > style.most:
            return False
        if rate and style.rates and _decimals(figure) not in style.rates:
            return False
        levels |= set() if rate else {_decimals(figure)}
    return not style.even or len(levels) <= 1


def _size(figure: str) -> float:
    return float(_PLAIN.sub("", figure) or 0)


def _decimals(figure: str) -> int:
    match = _DECIMALS.search(figure)
    return len(match[1]) if match else 0


def _is_rate(column: Column) -> bool:
    """True for growth and for shares, which are no place for thousands; not for a change of so many 亿元."""
    dimension = column.unit[1].dimension if column.unit and column.unit[1] else ""
    return dimension in _RATES or (column.growth is not None and not column.change)


def _in_pairs(places: Sequence[int], columns: Sequence[Column]) -> bool:
    """True where each level stands beside its rate, in a table that repeats both: 本月 增长 | 累计 增长."""
    rates = [_is_rate(column) for column in columns]
    repeated = len(rates) > _LEAST and rates == [False, True] * (len(rates) // _LEAST)
    return repeated and all((place ^ 1) in places for place in places)


def _told(way: Sequence[Span], columns: Sequence[Column]) -> tuple[tuple[Span, bool, int | None, object], ...]:
    """What a way to place figures says of them."""
    cells = ((span, column) for span, column in zip(way, columns, strict=True) if span != NOWHERE)
    return tuple((span, _is_rate(column), column.year, column.unit) for span, column in cells)


def whole_figures(text: str, lines: Sequence[Line], is_figure: Callable[[str], bool]) -> list[Line]:
    """The lines of a table that only single blanks part, below no head that tells how many figures a row has: in one
    with more figures than most, the parts of thousands put together where that can be done in one way."""
    ends = [
        next((at for at in range(len(line.cells), 0, -1) if not is_figure(line.cells[at - 1])), 0) for line in lines
    ]
    rows = [line.cells[end:] for line, end in zip(lines, ends, strict=True)]
    parted = not any(_APART.search(text[slice(*line.segment.span)]) for line in lines)
    counts = Counter(len(row) for row in rows if row)
    width = min((count for count, seen in counts.items() if seen >= _LEAST), default=0)
    if not parted or not width or max(counts) == width or any(_LONG.search(f) for row in rows for f in row):
        return list(lines)
    return [
        _joined(line, end, width) if len(line.cells) - end > width else line
        for line, end in zip(lines, ends, strict=True)
    ]


def _joined(line: Line, end: int, width: int) -> Line:
    ways = [way for way in _joins(line.cells[end:]) if len(way) == width]
    if len(ways) != 1:
        return line
    spans = [Span(line.spans[end + first].start, line.spans[end + stop - 1].end) for first, stop in ways[0]]
    cells = ["".join(line.cells[end + first : end + stop]) for first, stop in ways[0]]
    return line._replace(
        spans=(*line.spans[:end], *spans),
        cells=(*line.cells[:end], *cells),
        written=(*line.written[:end], *cells),
    )
