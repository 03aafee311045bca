"""Heads of which cells were lost: rows of cells in, the same rows with each title above its column out, or one row of
titles that were broken over several.

| 单位 | （按当年价 | 固定资产 | above | 格计算） | 折旧 |: a bracket that opens in one row and closes in the next shows
that the rows are one, and the blank cells of the shorter ones were lost on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from policyx.patterns import compiled
from policyx.tables.lines import Line

_OPENS = compiled(r"[（(]")
_CLOSES = compiled(r"[）)]")
_SERIAL = compiled("[0-9]{1,6}")  # ③ and ² are digits to Python, and no number
_NEEDED = 2


def whole_titles(head: Sequence[Sequence[str]], width: int) -> list[str]:
    """The titles of `width` columns, each put together from the rows of `head`; nothing where the rows are no parts of
    titles, or could stand above other columns."""
    rows = [_trimmed(cells) for cells in head]
    open_cells = any(_open(cell) for cells in rows for cell in cells)
    full = next((cells for cells in rows if len(cells) == width and all(cells)), None)
    if not open_cells or full is None or len(rows) < _NEEDED or any(len(cells) > width for cells in rows):
        return []
    titles = [""] * width
    for cells in rows:
        for index, cell in zip(_places(cells, full), cells, strict=True):
            titles[index] += cell
    return [] if any(_open(title) for title in titles) else titles


def _trimmed(cells: Sequence[str]) -> list[str]:
    end = max((index + 1 for index, cell in enumerate(cells) if cell), default=0)
    return [cell.replace(" ", "").replace("\u3000", "") for cell in cells[:end]]


def _places(cells: list[str], full: list[str]) -> list[int]:
    """The columns of a row: of one with fewer cells those that wait for a word before their bracket, then the last."""
    missing = len(full) - len(cells)
    if not missing or not all(cells):
        return list(range(len(cells)))
    waiting = [index for index, title in enumerate(full) if _OPENS.match(title)] if missing > 1 else []
    first = waiting[: len(cells)]
    rest = [index for index in range(len(full)) if index not in first]
    return sorted([*first, *rest[len(rest) - (len(cells) - len(first)) :]])


def _open(text: str) -> bool:
    return len(_OPENS.findall(text)) != len(_CLOSES.findall(text))


def placed(head: Sequence[Sequence[str]], width: int, named: Callable[[str], bool]) -> list[list[str]] | None:
    """The rows of a head above `width` columns, each cell above its column, where blank cells were lost and the rest
    filled up at the end; None where nobody knows above which columns the cells of a row stand. `named`: a title that
    says what the first columns hold.

    | 小计 | 一般 | | below | 地区 | 债务限额 | 债务限额 |: the first cell was merged with the one above."""
    full = next((cells for cells in head if len(cells) >= width and all(cells[:width])), None)
    out = []
    for cells in head:
        filled = [cell for cell in cells if cell]
        lost = list(cells[: len(filled)]) == filled and len(filled) < min(width, len(cells))
        if not lost or named(cells[0]) or len(head) < _NEEDED:
            out.append(list(cells))
            continue
        missing = width - len(filled)
        if any(not other[0] and all(other[len(filled) : width]) for other in head if len(other) >= width):
            out.append(list(cells))  # 基准地价 | | above | 元/平方米 | 万元/亩: the blank is below no title of its own
            continue
        if full is None or not all(map(named, full[:missing])):
            return None
        out.append([""] * missing + filled)
    return out


def spread(head: Sequence[Sequence[str]], width: int, named: Callable[[str], bool]) -> list[list[str]]:
    """The rows of a head, each title of one with no blank cells above as many as any other one, where the same titles
    come again below each: 出口 | 进口 above 金额 | 增长% | 金额 | 增长%."""
    rows = [list(cells) for cells in head]
    for number, (cells, below) in enumerate(pairwise(head)):
        upper, lower = [c for c in cells if c], [c for c in below if c]
        first = upper[:1] if upper and len(lower) == width - 1 and named(upper[0]) and cells[0] else []
        upper = upper[len(first) :]
        share, over = divmod(len(lower), len(upper)) if upper else (0, 1)
        dense = len(first) + len(upper) == len(_trimmed(cells)) and len(lower) == len(_trimmed(below)) <= width
        if over or share < _NEEDED or len(upper) < _NEEDED or not dense or lower != lower[:share] * len(upper):
            continue
        blank = [""] * (width - len(lower))
        rows[number] = (first or blank) + [title for title in upper for _ in range(share)]
        rows[number + 1] = blank + lower
    return rows


def with_whole_names(lines: Sequence[Line], is_figure: Callable[[str], bool]) -> list[Line]:
    """The lines of a table, those that lack their name with what stands alone right above and right below them:
    战略性新兴产业增加值占 / 2 | 12.5 | 15.2 / 生产总值比重（%）."""
    out: list[Line] = []
    taken = -1
    for at, line in enumerate(lines):
        if at == taken:
            continue
        place = _name_missing(line, is_figure)
        above = out[-1] if out and place is not None and out[-1].merged and len(out) > 1 else None
        below = lines[at + 1] if place is not None and at + 1 < len(lines) and lines[at + 1].merged else None
        if place is None or not (above or below):
            out.append(line)
            continue
        parts = [part for part in (above, below) if part]
        name = "".join(part.written[index] for part in parts for index in _filled(part))
        if above:
            out.pop()
        taken = at + 1 if below else taken
        span = next(span for part in parts for span, cell in zip(part.spans, part.cells, strict=False) if cell)
        keep = place + (len(line.cells) > place and not line.cells[place])
        out.append(
            line._replace(
                spans=(*line.spans[:place], span, *line.spans[keep:]),
                cells=(*line.cells[:place], name, *line.cells[keep:]),
                written=(*line.written[:place], name, *line.written[keep:]),
            )
        )
    return out


def _filled(line: Line) -> list[int]:
    return [index for index, cell in enumerate(line.written) if cell][:1]


def _name_missing(line: Line, is_figure: Callable[[str], bool]) -> int | None:
    """Where the name of a row of figures belongs that has none: in front, or behind its number."""
    filled = [cell for cell in line.cells if cell]
    if len(filled) < _NEEDED or not all(map(is_figure, filled[:2])):
        return None
    serial = _SERIAL.fullmatch(filled[0]) and line.cells[:1] == (filled[0],) and len(filled) > _NEEDED
    return 1 if serial and len(line.cells) > 1 and not line.cells[1] else 0 if not serial else None


def behind_numbers(
    head: Sequence[Sequence[str]], body: Sequence[Sequence[str]], named: Callable[[str], bool]
) -> list[list[str]]:
    """The rows of a head, behind the column of the rows' numbers where the head has no title for it: | 地区 | 产量 | |
    above | 1 | 东港市 | 35 |."""
    width = max(map(len, body), default=0)
    numbers = [cells[0] for cells in body if len(cells) == width]
    counted = len(numbers) >= _NEEDED and all(map(_SERIAL.fullmatch, numbers))
    rising = counted and all(int(first) < int(second) for first, second in pairwise(numbers))
    words = rising and all(any(map(str.isalpha, cells[1])) for cells in body if len(cells) == width > 1)
    short = all(len(cells) < width or not cells[width - 1] for cells in head)
    if not (words and short and head and named(head[0][0])):
        return [list(cells) for cells in head]
    return [["", *cells[: width - 1]] for cells in head]
