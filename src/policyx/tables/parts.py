"""Rows in the order of a table in, the same rows out, each part with the row that it is a part of, and its unit.

A part is marked, or set in, or is one of those that add up to the row above them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from policyx.patterns import compiled
from policyx.tables.grid import Row, Size

_NUMBER = compiled(r"-?[0-9][0-9,]{0,24}(?:\.[0-9]{1,12})?")
_FARTHEST = 40
_ROUNDING = Decimal("0.001")
_LEAST_BLOCK, _LEAST_BLOCKS = 3, 2  # rows of a block, blocks of a table
_LEAST_SUM = 20  # smaller figures add up by chance


def size_of(cell: str) -> Size | None:
    """The figure in a cell; None where there is none."""
    match = _NUMBER.search(cell)
    return Size(Decimal(match[0].replace(",", "")), cell[match.end() :].strip()) if match else None


def with_parents(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Each row with its whole, where it is a part; rows without a unit behind a part go on in the unit of its whole."""
    base = min((row.indent for row in rows), default=0)
    wholes: list[Row] = []
    out: list[Row] = []
    summed_up_to, whole, open_part = -1, None, False
    for number, row in enumerate(rows):
        if number and row.group != rows[number - 1].group:
            wholes, whole, open_part = [], None, False
        if row.marked:
            near, last = reversed(wholes[-_FARTHEST:]), whole
            whole = next((other for other in near if _is_within(row, other)), wholes[-1] if wholes else None)
            end = _end_of_sum(rows, number, whole) if whole else number
            summed_up_to = max(end, summed_up_to) if whole is last else end
        elif row.indent > base and wholes:
            whole = wholes[-1]
        part = row.marked or row.indent > base or number <= summed_up_to
        open_part = part or (open_part and row.unit is None)
        unit = row.unit or (whole.unit if whole and open_part else None)
        out.append(row._replace(parent=row.parent or (whole.name if whole and part else ""), unit=unit))
        if not part:
            whole = out[-1]
            wholes.append(whole)
            summed_up_to = _end_of_sum(rows, number + 1, whole)
    return _in_blocks(out)


def _in_blocks(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, those below a total in the unit and under the name of that total, where the rows below the first total
    come again in their order: 总产值, 甲, 乙, 总产值指数, 甲, 乙."""
    names = [row.name for row in rows]
    size = names.index(names[1], 2) - 1 if len(names) > _LEAST_BLOCK and names[1] in names[2:] else 0
    starts = range(0, len(rows), size) if size >= _LEAST_BLOCK else ()
    blocks = [names[at + 1 : at + size] for at in starts]
    if len(blocks) < _LEAST_BLOCKS or any(block != blocks[0] for block in blocks) or len(set(names[::size])) == 1:
        return tuple(rows)
    out = list(rows)
    for at in starts[1:]:
        for number in range(at + 1, at + size):
            out[number] = rows[number]._replace(parent=rows[at].name, unit=rows[number].unit or rows[at].unit)
    return tuple(out)


def _alike(row: Row, whole: Row) -> bool:
    """True where the figures of both rows can be compared."""
    return row.unit == whole.unit and row.size is not None and whole.size is not None and row.size[1] == whole.size[1]


def _is_within(row: Row, whole: Row) -> bool:
    """False where a row is larger than the other one in the same unit: it cannot be a part of it."""
    return not (_alike(row, whole) and row.size and whole.size) or row.size.number <= whole.size.number


def _end_of_sum(rows: Sequence[Row], start: int, whole: Row) -> int:
    """The number of the last row that, with all since `start` in the same unit, adds up to the whole; the one before
    `start` where none does."""
    total, parts, aim = Decimal(0), 0, whole.size.number if whole.size else Decimal(0)
    rounding = abs(aim) * _ROUNDING
    for number in range(start, min(len(rows), start + _FARTHEST)):
        row = rows[number]
        if total > aim or row.group != whole.group:
            break
        if row.marked and number > start:  # a part of a part: what it stands among adds up to the last digit
            rounding = min(rounding, _last_digit(aim))
            continue
        if not _alike(row, whole) or row.size is None:
            continue
        total, parts = total + row.size.number, parts + 1
        if parts > 1 and total > _LEAST_SUM and abs(total - aim) <= rounding:
            return number
    return start - 1


def _last_digit(number: Decimal) -> Decimal:
    """One of the last digit that a number is written with: 0.1 for 133.4."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))
