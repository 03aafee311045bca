"""Lines of which a page set figures apart: its rows in, the pairs out between which the break says nothing.

An editor that puts every figure into an element of its own leaves a line break before it, behind it, or both
(公用经费⏎8059.35⏎万元，受益学生⏎1286⏎人). Cells that stand one a line look alike, but no sentence goes on in them."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.patterns import compiled
from policyx.repair.lines import CLAUSE_SIGNS, SENTENCE_ENDS, Lines
from policyx.repair.lookup import is_han
from policyx.repair.torn import Neighbours
from policyx.repair.wrapping import BLANKS, Row

_FEWEST = 3  # figures set apart, from which on a page is one that does so
_ALONE = compiled(r"[0-9][0-9,]{0,14}(?:\.[0-9]{1,6})?")
_LED = compiled(r"([0-9][0-9,]{0,14}(?:\.[0-9]{1,6})?) ?(?![0-9.,])(.)")
_YEAR = compiled("(?:19|20)[0-9]{2}")


def set_apart(lines: Lines, rows: Sequence[Row], beside: Neighbours) -> list[tuple[Row, Row]]:
    """The pairs of rows that belong together, where at least three figures were set apart."""
    found: list[tuple[Row, Row]] = []
    figures = 0
    units = beside.after | beside.measures
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        said = lines.line(row.number).strip(BLANKS)
        opened = before is not None and _goes_on(lines, before, row)
        if after is not None and _ALONE.fullmatch(said):
            below = lines.line(after.number).strip(BLANKS)
            if opened and not after.blank_before and below[:1] in units and CLAUSE_SIGNS.search(below):
                assert before is not None
                found += [(before, row), (row, after)]
                figures += 1
        elif opened and before is not None and _leads(said, units) and _is_prose(lines, before, units):
            found.append((before, row))
            figures += 1
    return found if figures >= _FEWEST else []


def _goes_on(lines: Lines, before: Row, row: Row) -> bool:
    """Whether the line before is none that ends: no row of a table, no heading with a number."""
    if row.blank_before or before.last in SENTENCE_ENDS or not is_han(before.last):
        return False
    said = lines.line(before.number)
    return not lines.tabular(before.number) and not (lines.marked(before.number) and not CLAUSE_SIGNS.search(said))


def _leads(said: str, units: frozenset[str]) -> bool:
    """5 年，具体标准为: a figure with its unit, in a line in which a sentence goes on; no year that opens one."""
    led = _LED.match(said)
    year = led is not None and _YEAR.fullmatch(led[1]) is not None
    return led is not None and not year and led[2] in units and CLAUSE_SIGNS.search(said) is not None


def _is_prose(lines: Lines, before: Row, units: frozenset[str]) -> bool:
    said = lines.line(before.number).strip(BLANKS)
    return CLAUSE_SIGNS.search(said) is not None or _leads(said, units)
