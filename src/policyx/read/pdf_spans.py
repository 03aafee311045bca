"""The parts of a table on one page after another go in, one table goes out: heads that are printed again left out, a
row that the end of a page broke whole again, merged cells filled over it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from policyx.read.pdf_cells import Table, is_figure
from policyx.read.pdf_lines import Line
from policyx.read.pdf_paragraphs import joined

_CONTINUED = re.compile(
    r"[（(\[【]?\s*(?:接|续)\s*(?:上|前)?\s*[页表]?\s*[0-9一二三四五六七八九十\-－.]{0,4}\s*[)）\]】]?"
)
_MOST_REPEATED = 3  # lines above the next part of a table: title, number, unit
_SAME_EDGE = 4.0  # points
_ENDS = frozenset("。；！？;!?")
_Rows = list[tuple[str, ...]]


class JoinedTable:
    """A table that may go on on the next page."""

    def __init__(self, table: Table, page: int) -> None:
        self.rows: _Rows = list(table.rows)
        self.pages: list[int] = [page] * len(self.rows)
        self.certain = _certain(table)
        self.recognized = bool(table.certain)
        self.box = (table.x0, table.top, table.x1, table.bottom)
        self._last, self._page = table, page

    def goes_on(self, table: Table, page: int) -> bool:
        """Whether a table is the next part of this one: on the next page, in the same columns, not the same again."""
        return table.rows != self._last.rows and self._page == page - 1 and self._same_columns(table) is not None

    def add(self, table: Table, page: int) -> None:
        """Put the next part to it."""
        columns = self._same_columns(table)
        if columns is None:
            raise ValueError("not the next part of this table")
        own, its = columns
        self.rows = [tuple(row[i] for i in own) for row in self.rows]
        self.certain = [tuple(row[i] for i in own) for row in self.certain]
        rows: _Rows = [tuple(row[i] for i in its) for row in table.rows]
        certain = [tuple(row[i] for i in its) for row in _certain(table)]
        self.recognized = self.recognized or bool(table.certain)
        count = _common_head(self.rows, rows)
        rows, certain = rows[count:], certain[count:]
        full = tuple(self._last.full[i] for i in own) if len(self._last.full) > max(own) else ()
        broken = self._last.open_bottom and table.open_top
        if not count and rows and _is_rest(self.rows[-1], rows[0], full, broken):
            pairs = zip(self.rows[-1], rows[0], strict=True)
            self.rows[-1] = tuple(joined(a, b) if a and b else a or b for a, b in pairs)
            self.certain[-1] = tuple(map(min, self.certain[-1], certain[0]))
            rows, certain = rows[1:], certain[1:]
        merged = {at for at, column in enumerate(own) if column in self._last.merged}
        rows = _filled(rows, self.rows[-1], merged)
        self.rows += rows
        self.certain += certain
        self.pages += [page] * len(rows)
        self._last, self._page = table, page

    def _same_columns(self, table: Table) -> tuple[list[int], list[int]] | None:
        """For each column of both parts together the columns that it is in them; None for another table."""
        width, its = len(self.rows[0]), len(table.rows[0])
        if width == its:
            return list(range(width)), list(range(width))
        above, below = self._last.xs, table.xs
        if len(above) != width + 1 or len(below) != its + 1:
            return None
        finer, coarser = (above, below) if width > its else (below, above)
        if any(min(abs(edge - other) for other in finer) > _SAME_EDGE for edge in coarser):
            return None
        middles = [(a + b) / 2 for a, b in itertools.pairwise(finer)]
        inside = [sum(edge < middle for edge in coarser) - 1 for middle in middles]
        fine = list(range(len(middles)))
        return (fine, inside) if width > its else (inside, fine)


def _certain(table: Table) -> list[tuple[float, ...]]:
    return list(table.certain) or [(1.0,) * len(row) for row in table.rows]


def repeats_heads(items: Sequence[Line | Table], table: JoinedTable | None, above: Sequence[str]) -> int:
    """How many lines at the top of a page only say again what table goes on below them."""
    if table is None:
        return 0
    for count, item in enumerate(items[: _MOST_REPEATED + 1]):
        if isinstance(item, Table):
            return count
        if item.text not in above and not _CONTINUED.fullmatch(_without(above, item.text)):
            return 0
    return 0


def _without(above: Sequence[str], text: str) -> str:
    """The text without the title that it repeats: 表3 主要指标（续）."""
    for title in above:
        if title and text.startswith(title):
            return text[len(title) :]
    return text


def _common_head(above: _Rows, below: _Rows) -> int:
    """How many rows a table's next part repeats."""
    count = 0
    while count < min(len(above), len(below)) and above[count] == below[count]:
        count += 1
    return count


def _is_rest(above: Sequence[str], below: Sequence[str], full: Sequence[bool], broken: bool) -> bool:
    """Whether a row is what the end of the page broke off the one above: no rule stands between them; or its first cell
    is empty, and the others go on with cells that were full and had not come to an end."""
    pairs = [(start, rest, filled) for start, rest, filled in zip(above, below, full, strict=False) if rest]
    if not pairs or any(is_figure(start) and is_figure(rest) for start, rest, _ in pairs):
        return False
    if broken:
        return True
    if below[0] or len(full) != len(above):
        return False
    return all(
        start and filled and start[-1] not in _ENDS and not is_figure(start) and not is_figure(rest)
        for start, rest, filled in pairs
    )


def _filled(rows: _Rows, above: tuple[str, ...], merged: set[int]) -> _Rows:
    """The rows at the top of a page with the cells that reach down to them from the page before."""
    open_columns = {column for column in merged if above[column]}
    out: _Rows = []
    for row in rows:
        open_columns = {column for column in open_columns if not row[column]} if any(row) else set()
        out.append(tuple(above[i] if i in open_columns else cell for i, cell in enumerate(row)))
    return out
