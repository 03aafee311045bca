"""Rows of which each cell has a line, with bars between, in the lines of a text; the edits that make lines of rows out.

Two layouts. Lines of a lone bar (渔港 / | / 个 / | / 12 / |), an empty cell being two bars below one another: how many
cells a row has is what makes most rows begin with a name and go on in figures; a row whose first cell is merged with
the one above is shorter. And a head with a bar behind each title above a line of dashes (指标 | / 单位 | / ---|---|):
the dashes tell how many titles there are, and how many bars a row has whose cells hold line ends of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import SENTENCE_ENDS, Lines
from policyx.tuples import NamedTuple

_BAR = "|"
_BLANKS = " \u3000\t\u00a0\r"
_FEWEST_BARS = 8
_FEWEST_ROWS = 3
_NARROWEST, _WIDEST = 2, 24  # cells of a row
_MOST_MERGED = 2  # cells that a row may lack
_MOST_CELLS = 6000
_FIGURE = compiled(r"[<>≤≥≈±+\-－−]?\s?[0-9][0-9.,\s]*[%％‰]?|[-—–…./]+")
_YEAR = compiled(r"(?:19|20)[0-9]{2}")
_SERIAL = compiled(r"[0-9]{1,3}")
_RULER = compiled(r"\|?\s*(?::?-{2,}:?\s*\|\s*){2,}(?::?-{2,}:?)?\s*")
_MOST_LINES = 4  # of a title
_LONGEST_ROW = 60  # lines
_NO_NAME, _NO_TITLE, _NAME_BEHIND, _SHORTER, _BLANK_FIRST, _NUMBERED = 3.0, 3.0, 1.0, 1.0, 0.7, 0.2
_NO_FIGURE = 2.0
_ONE_WIDTH = 0.7


class _Cell(NamedTuple):
    """A cell: what it holds, its first line (that of its bar, where it is empty), and the line of the bar behind it."""

    text: str
    first: int
    bar: int


def lone_bars(lines: Lines, rule: str) -> list[Edit] | None:
    """The edits that put the cells between lone bars together to rows; None where the text has too few such bars."""
    written = [lines.line(number).strip(_BLANKS) for number in range(len(lines.starts))]
    if sum(line == _BAR for line in written) < _FEWEST_BARS:
        return None
    edits = [edit for first, last in _parted_rows(written) for edit in _together(lines, first, last, rule)]
    if edits:
        return edits
    found = False
    for cells in _stretches(written):
        if len(cells) < _FEWEST_BARS:
            continue
        found = True
        rows = _opened_rows(cells) or _rows(cells)
        if all(above[-1].bar < below[0].first for above, below in pairwise(rows)):
            edits += [edit for row in rows for edit in _together(lines, row[0].first, row[-1].bar, rule)]
    return edits if found else None


def _parted_rows(written: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The rows, by their first and last line, of tables in which a bar stands only between two cells: a row ends where
    two cells follow each other without one."""
    rows: list[tuple[int, int, int]] = []  # and how many bars
    cell = False
    for number, line in enumerate(written):
        if line == _BAR:
            if rows:
                rows[-1] = (rows[-1][0], number, rows[-1][2] + 1)
        elif line and (cell or not rows):
            rows.append((number, number, 0))
        elif line:
            rows[-1] = (rows[-1][0], number, rows[-1][2])
        cell = line != _BAR if line else cell
    for bars, block in groupby(rows, key=lambda row: row[2]):
        table = list(block)
        if bars and len(table) >= _FEWEST_ROWS:
            yield from ((first, last) for first, last, _ in table)


def _stretches(written: Sequence[str]) -> Iterator[list[_Cell]]:
    """The runs of cells with a bar behind each; a second line without a bar between ends a run."""
    cells: list[_Cell] = []
    open_at = -1
    for number, line in enumerate(written):
        if line and not line.strip(_BAR + _BLANKS):  # a bar, or several that close empty cells
            cells.append(_Cell(written[open_at] if open_at >= 0 else "", open_at if open_at >= 0 else number, number))
            cells += [_Cell("", number, number)] * (line.count(_BAR) - 1)
            open_at = -1
        elif line:
            if open_at >= 0 or _BAR in line:
                yield cells
                cells = []
            open_at = -1 if _BAR in line else number
    yield cells


def _opened_rows(cells: list[_Cell]) -> list[list[_Cell]]:
    """The rows of cells that a bar opens, too, so that two bars stand between rows; nothing where most rows are not of
    one width. Two parts of a row around an empty cell are put together."""
    rows: list[list[_Cell]] = []
    for cell in cells:
        if not cell.text or not rows:
            rows.append([cell])
        else:
            rows[-1].append(cell)
    width, times = Counter(map(len, rows)).most_common(1)[0]
    if len(rows) < _FEWEST_ROWS or len(rows[0]) > width:
        return []
    if cells[0].text:  # what stands above the table, before its first bar
        rows[0][0] = _Cell("", cells[0].bar, cells[0].bar)
    whole: list[list[_Cell]] = []
    for row in rows:
        if whole and len(whole[-1]) < width and len(whole[-1]) + len(row) <= width:
            whole[-1] += row
        else:
            whole.append(row)
    return whole if width > _NARROWEST and times >= _ONE_WIDTH * len(whole) else []


def _rows(cells: list[_Cell]) -> list[list[_Cell]]:
    """The cells by rows, as they fit best; each cell alone where none fit."""
    first = next((at for at, cell in enumerate(cells) if cell.text), 0)
    cells = cells[first : first + _MOST_CELLS]
    widths = range(_NARROWEST, min(_WIDEST, len(cells) // 2) + 1)
    cuts = [cut for cut in (_cut(cells, width) for width in widths) if cut]
    if not cuts:
        return [[cell] for cell in cells]
    starts = min(cuts)[1]
    return [cells[start:end] for start, end in zip(starts, [*starts[1:], len(cells)], strict=True)]


def _cut(cells: Sequence[_Cell], width: int) -> tuple[float, list[int]] | None:
    """How badly the cells fit into rows of this width, and where the rows begin: the best of all ways to shorten rows
    by the cells that were merged with those above."""
    kinds = [_kind(cell.text) for cell in cells]
    head = sum(_NO_TITLE for cell in cells[:width] if _kind(cell.text) == "figure" and not _YEAR.fullmatch(cell.text))
    best: list[tuple[float, int]] = [(float("inf"), 0)] * (len(cells) + 1)
    best[width] = (head, 0)
    names, figures = (_counted(kinds, kind) for kind in ("name", "figure"))
    for end in range(width + 1, len(cells) + 1):
        for merged in range(min(_MOST_MERGED, width - _NARROWEST) + 1):
            start = end - width + merged
            if start < width or best[start][0] == float("inf"):
                continue
            cost = best[start][0] + merged * _SHORTER + _opens(cells[start].text, kinds[start])
            cost += _NAME_BEHIND * (names[end] - names[min(end, start + 2 - min(merged, 1))])
            told = names[end] > names[start + 1] and figures[end] == figures[start + 1]
            cost += _NO_FIGURE if told else 0
            best[end] = min(best[end], (cost, start))
    if best[-1][0] == float("inf"):
        return None
    starts, end = [], len(cells)
    while end > 0:
        end = best[end][1]
        starts.append(end)
    return best[-1][0], starts[::-1]


def _counted(kinds: Sequence[str], kind: str) -> list[int]:
    """How many cells of a kind stand before each."""
    return [0, *accumulate(int(own == kind) for own in kinds)]


def _kind(text: str) -> str:
    if not text:
        return "empty"
    return "figure" if _FIGURE.fullmatch(text) else "name" if any(map(str.isalpha, text)) else "sign"


def _opens(text: str, kind: str) -> float:
    """How badly a cell stands first in a row."""
    if kind == "name":
        return 0
    if kind == "empty":
        return _BLANK_FIRST
    return _NUMBERED if _SERIAL.fullmatch(text) or _YEAR.fullmatch(text) else _NO_NAME


def ruled_rows(lines: Lines, rule: str) -> list[Edit]:
    """The edits that put the titles above each line of dashes together, and the lines of the rows below it."""
    edits: list[Edit] = []
    for number in range(len(lines.starts)):
        line = lines.line(number).strip(_BLANKS)
        if line[:1] in ("-", ":", _BAR) and _RULER.fullmatch(line):
            bars = line.count(_BAR)
            first = _first_title(lines, number, bars)
            edits += _together(lines, first, number - 1, rule) if first is not None else []
            rows = _ruled(lines, number + 1, bars)
            edits += [edit for row in rows for edit in _together(lines, *row, rule, wrapped=True)]
    return edits


def _ruled(lines: Lines, at: int, bars: int) -> list[tuple[int, int]]:
    """The rows below a line of dashes, by their first and last line: one that holds line ends goes on up to as many
    bars as the dashes have."""
    rows: list[tuple[int, int]] = []
    while at < len(lines.starts):
        seen, last = lines.line(at).count(_BAR), at
        while 0 < seen < bars and last + 1 < min(len(lines.starts), at + _LONGEST_ROW):
            last += 1
            seen += lines.line(last).count(_BAR)
        if seen != bars or not lines.line(last).rstrip(_BLANKS).endswith(_BAR):
            break
        rows.append((at, last))
        at = last + 1
    return rows


def _first_title(lines: Lines, ruler: int, bars: int) -> int | None:
    """The line on which the head above a line of dashes begins; None where it is one line, or does not fit."""
    if not ruler or lines.line(ruler - 1).count(_BAR) >= bars:
        return None
    seen, loose = 0, 0
    for number in range(ruler - 1, max(-1, ruler - 1 - _MOST_LINES * bars), -1):
        line = lines.line(number).strip(_BLANKS)
        loose = 0 if _BAR in line else loose + 1
        if not line or loose > _MOST_LINES:
            return None
        seen += line.count(_BAR)
        if seen >= bars:
            return number if seen == bars else None
    return None


def _joint(above: str, below: str) -> str:
    """What stands between two lines of one row: nothing inside a word or a figure of a cell that was wrapped."""
    inside = _BAR not in (above[-1], below[0]) and above[-1] not in SENTENCE_ENDS
    latin = above[-1].isascii() and below[0].isascii() and not (above[-1].isdigit() and below[0].isdigit())
    return "" if inside and not latin else " "


def _together(lines: Lines, first: int, last: int, rule: str, *, wrapped: bool = False) -> list[Edit]:
    """The edits that make one line of some; `wrapped`: their ends may stand inside words."""
    filled = [number for number in range(first, last + 1) if lines.line(number).strip(_BLANKS)]
    edits = []
    for above, below in pairwise(filled):
        line, after = lines.line(above), lines.line(below)
        start = lines.starts[above] + len(line.rstrip(_BLANKS))
        end = lines.starts[below] + len(after) - len(after.lstrip(_BLANKS))
        joint = _joint(line.rstrip(_BLANKS), after.lstrip(_BLANKS)) if wrapped else " "
        edits.append(Edit(start, end, joint, (rule,)))
    return edits
