"""Heads of which cells were lost: rows of cells in, the same rows with each title above its column out, or one row of
titles that were broken over several.

| 单位 | （按当年价 | 固定资产 | above | 格计算） | 折旧 |: a bracket that opens in one row and closes in the next shows
that the rows are one, and the blank cells of the shorter ones were lost on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from policyx.patterns import compiled

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
