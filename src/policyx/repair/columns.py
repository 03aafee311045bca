"""Blanks inside the figures of a table whose columns only single blanks part (烤烟 万吨 21 3 3.9), in a document whose
figures are torn: the lines of a text in, the edits that take them out.

The rows that nothing tore tell how many figures a row has, and how each column writes its own: with how many decimals,
with how many digits at most. A row with more figures is mended where its parts can be put together in one way only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import Lines
from policyx.tuples import NamedTuple

_FIGURES = compiled(r"(?: -?[0-9][0-9,]*(?:\.[0-9]+)?){1,12}$")
_NUMBER = compiled(r"-?(?P<whole>0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<decimals>[0-9]+))?")
_YEAR = compiled("(?:19|20)[0-9]{2}")
_HAN = compiled("[\u4e00-\u9fff]")
_LONGEST = 80
_FEWEST = 4  # rows of a table
_FEWEST_WHOLE = 3  # of them that nothing tore, and their share
_WHOLE = 0.15
_ANY = frozenset(range(5))  # decimals


class _Row(NamedTuple):
    """Where the figures of a line begin, and what stands between its blanks from there on."""

    start: int
    parts: tuple[str, ...]


class _Column(NamedTuple):
    """How the figures of a column are written."""

    decimals: frozenset[int]
    digits: int
    signed: bool

    def holds(self, figure: str) -> bool:
        """Whether a figure is written as the others."""
        written = _NUMBER.fullmatch(figure)
        return (
            written is not None
            and len(written["decimals"] or "") in self.decimals
            and len(written["whole"].replace(",", "")) <= self.digits
            and (self.signed or figure[0] != "-")
        )


def column_gaps(lines: Lines, rule: str) -> list[Edit]:
    """The edits of a text."""
    edits: list[Edit] = []
    for rows in _tables(lines):
        columns = _columns(rows)
        for row in rows if columns else ():
            if len(row.parts) > len(columns):
                edits += _edits(row, columns, rule)
    return edits


def _tables(lines: Lines) -> Iterator[list[_Row]]:
    """The rows that stand below one another, blank lines aside."""
    rows: list[_Row] = []
    for number in range(len(lines.starts)):
        line = lines.line(number).replace("\u3000", " ").rstrip()
        row = _row(line, lines.starts[number]) if len(line) <= _LONGEST and lines.tabular(number) else None
        if row:
            rows.append(row)
        elif line:
            yield from [rows] if len(rows) >= _FEWEST else []
            rows = []
    yield from [rows] if len(rows) >= _FEWEST else []


def _row(line: str, start: int) -> _Row | None:
    figures = _FIGURES.search(line) if line[-1:].isdigit() and "|" not in line and "\t" not in line else None
    if figures is None or not _HAN.search(line, 0, figures.start()):
        return None
    return _Row(start + figures.start() + 1, tuple(figures[0][1:].split(" ")))


def _columns(rows: Sequence[_Row]) -> list[_Column]:
    """The columns of two figures and more that enough of the rows have; nothing where none tells."""
    counts = Counter(len(row.parts) for row in rows)
    enough = max(_FEWEST_WHOLE, _WHOLE * len(rows))
    width = min((count for count, seen in counts.items() if seen >= enough), default=0)
    if width < 2 or max(counts) == width:
        return []
    whole = [row.parts for row in rows if len(row.parts) == width]
    return [_column([parts[at] for parts in whole]) for at in range(width)]


def _column(figures: Sequence[str]) -> _Column:
    written = [match for match in map(_NUMBER.fullmatch, figures) if match]
    decimals = frozenset(len(match["decimals"] or "") for match in written)
    digits = max((len(match["whole"].replace(",", "")) for match in written), default=0)
    return _Column(decimals if len(decimals) == 1 else _ANY, digits, any(figure[0] == "-" for figure in figures))


def _edits(row: _Row, columns: Sequence[_Column], rule: str) -> list[Edit]:
    """The edits of a row that can be read in one way only."""
    ways = _ways(row.parts, columns)
    first, second = next(ways, None), next(ways, None)
    if first is None or second is not None:
        return []
    edits: list[Edit] = []
    at, begins = row.start, set(first)
    for number, part in enumerate(row.parts):
        if number and number not in begins:
            edits.append(Edit(at - 1, at, "", (rule,)))
        at += len(part) + 1
    return edits


def _ways(parts: Sequence[str], columns: Sequence[_Column], begin: int = 0) -> Iterator[tuple[int, ...]]:
    """The numbers of the parts that begin a figure, for every way to put them together that suits the columns."""
    if not columns:
        yield from [()] if begin == len(parts) else []
        return
    figure = ""
    for end in range(begin + 1, len(parts) - len(columns) + 2):
        if end > begin + 1 and (parts[end - 1][0] == "-" or ("." in figure and "." in parts[end - 1])):
            return
        figure += parts[end - 1]
        if columns[0].holds(figure) and not (end > begin + 1 and any(map(_YEAR.fullmatch, parts[begin:end]))):
            for rest in _ways(parts, columns[1:], end):
                yield (begin, *rest)
