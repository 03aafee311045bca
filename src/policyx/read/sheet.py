"""A sheet of a workbook or a CSV file as a rectangle of texts, and the names of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policyx.errors import ReadError
from policyx.read.limits import LARGEST_SHEET, LARGEST_TABLE

_SPARSE = 4  # cells of the rectangle for each that a file has, up to which a large sheet counts as full

Place = tuple[int, int]  # row and column, from 0
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column, all inside


@dataclass(frozen=True, slots=True)
class Sheet:
    """The texts that the cells of a sheet show, row by row from its first cell (A1) on; a merged cell's text stands in
    every place that it covers, and `merged` says where such a place has it from. `name` is empty for a file without
    sheets."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: dict[Place, Place] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, rows: Iterable[Sequence[str]], merges: Iterable[Merge] = (), path: str = "") -> Sheet:
        """The sheet with these texts, in which the cells of each range of `merges` are one.

        Raises ReadError, naming `path`, where the rectangle around few cells would fill the memory."""
        grid = [list(row) for row in rows]
        width = max((len(row) for row in grid), default=0)
        if width * len(grid) > max(LARGEST_SHEET, _SPARSE * sum(map(len, grid))):
            raise ReadError(path, f"has a sheet of {len(grid)} rows and {width} columns, mostly empty; no more than "
                                  f"{LARGEST_SHEET} cells are read")  # fmt: skip
        grid = [row + [""] * (width - len(row)) for row in grid]
        merged: dict[Place, Place] = {}
        covered = 0
        for top, left, bottom, right in merges:
            if top >= len(grid) or left >= width or not grid[top][left]:
                continue
            covered += (min(bottom, len(grid) - 1) - top + 1) * (min(right, width - 1) - left + 1)
            if covered > LARGEST_TABLE:
                break
            text = grid[top][left]
            for row in range(top, min(bottom + 1, len(grid))):
                for column in range(left, min(right + 1, width)):
                    grid[row][column] = text
                    merged[row, column] = (top, left)
        while grid and not any(cell.strip() for cell in grid[-1]):
            grid.pop()
        return cls(name, tuple(map(tuple, grid)), merged)

    def cell_name(self, row: int, column: int) -> str:
        """The name of a cell as spreadsheets write it: Sheet1!C5, or C5 without sheets; of a merged one its first."""
        row, column = self.merged.get((row, column), (row, column))
        name = f"{column_name(column)}{row + 1}"
        return f"{self.name}!{name}" if self.name else name


def column_name(column: int) -> str:
    """The letters of a column that is counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
