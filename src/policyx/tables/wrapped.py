"""Head rows whose titles were broken over several of them: rows of cells in, one row of whole titles out.

| 单位 | （按当年价 | 固定资产 | above | 格计算） | 折旧 |: a bracket that opens in one row and closes in the next shows
that the rows are one, and the blank cells of the shorter ones were lost on the way.
"""

from __future__ import annotations

from collections.abc import Sequence

from policyx.patterns import compiled

_OPENS = compiled(r"[（(]")
_CLOSES = compiled(r"[）)]")
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
