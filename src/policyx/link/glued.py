"""Rows whose cells ran together (数字经济总产值亿元244.5321423545700 under five years): split where only one split
makes a steady series, or where numbers that count up open the rows and one figure ends them; otherwise left alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from policyx.link.grid import Column, Grid, Row, column, read_unit
from policyx.model import Segment, Span, Unit
from policyx.patterns import compiled
from policyx.recognize.units import UnitTable

_YEARS = compiled(r"(?:(?:19|20)[0-9]{2}年?){3,}")
_TWO_YEARS = compiled(r"[12][09][0-9]{2}年?[12][09][0-9]{2}")
_YEAR = compiled(r"(?:19|20)[0-9]{2}")
_GLUED = compiled(r"(?P<digits>[0-9][0-9.]{2,60})$")
_STEADY = Decimal("2.2")  # no planned series more than doubles from one year to the next
_LONGEST = 60
_SERIAL = compiled(r"序\s?号")
_NUMBERED_HEAD = compiled(r"序\s?号(?P<titles>[^0-9，。；]{2,40})[（(](?P<unit>[^（）()]{1,6})[）)]$")
_NUMBERED_ROW = compiled(
    r"(?P<number>[0-9]{1,3})(?P<name>[^0-9\s.、．].{1,80}[^0-9.\s])(?P<figure>[0-9]{1,7}(?:\.[0-9]{1,4})?)$"
)
_MONEY_TITLE = compiled(
    r"(?:资助|补助|奖励|奖补|补贴|扶持|投资|总投资|拨付|安排|计划)?(?:金额|资金|额度|总额|投资|数量)$"
)
_ORGANIZATION = compiled(r"(?:公司|集团|研究院|研究所|大学|学院|学校|医院|中心|合作社|合伙）)(?=[^（(])")
_FEWEST = 3
_FARTHEST = 50  # a digit of the name that runs into a figure makes it ten or a hundred times as large
_SHORTEST_NAME = 3


def may_be_glued(text: str) -> bool:
    """False for a text in which no header of such rows stands."""
    return _TWO_YEARS.search(text) is not None or _SERIAL.search(text) is not None


def glued_columns(text: str, segment: Segment, units: UnitTable) -> tuple[Column, ...]:
    """The year columns that a header line without separators names, or nothing."""
    run = _YEARS.search(text[segment.span.start : segment.span.end])
    return tuple(column(year + "年", units) for year in _YEAR.findall(run[0])) if run else ()


def glued_row(text: str, segment: Segment, columns: tuple[Column, ...], units: UnitTable) -> Row | None:
    """The row that a line without separators holds, its cells the parts of its digits; None where no single split
    makes a steady series."""
    line = text[segment.span.start : segment.span.end]
    match = _GLUED.search(line)
    if not match or not match.start():
        return None
    named = _name_and_unit(line[: match.start()], units)
    parts = split_digits(match["digits"], len(columns))
    if not named or not parts:
        return None
    name, unit = named
    spans, at = [], segment.span.start + match.start()
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part)
    return Row(segment, tuple(spans), name, unit, tuple(range(len(parts))))


def glued_grid(columns: tuple[Column, ...], rows: list[Row], caption: str) -> Grid:
    """The grid of such rows."""
    return Grid(columns, tuple(rows), caption, None)


def numbered_rows(
    text: str, segments: Sequence[Segment], at: int, units: UnitTable
) -> tuple[tuple[Column, ...], list[Row]] | None:
    """The rows below 序号项目单位项目名称资助金额（万元）: 1, 2, 3 …, words, and a figure at the end of each line."""
    head = _NUMBERED_HEAD.match(text[segments[at].span.start : segments[at].span.end])
    unit = read_unit(head["unit"], units) if head else None
    if not head or not unit:
        return None
    rows: list[Row] = []
    for number in range(1, len(segments) - at):
        segment = segments[at + number]
        line = text[segment.span.start : segment.span.end]
        match = _NUMBERED_ROW.match(line)
        if not match or not line.startswith(str(number)) or match["number"] != str(number):
            break
        start, end = match.span("figure")
        span = Span(segment.span.start + start, segment.span.start + end)
        rows.append(Row(segment, (span,), _thing(match["name"]), None, (0,)))
    title = _MONEY_TITLE.search(head["titles"])
    if len(rows) < _FEWEST or not _alike(text, rows):
        return None
    return (Column((title[0] if title else "") + f"（{head['unit']}）", None, unit),), rows


def _thing(name: str) -> str:
    """What a row is of, where the name of an organization stands before it: 某某有限公司|大数据平台."""
    parts = _ORGANIZATION.split(name)
    return parts[-1] if len(parts[-1]) >= _SHORTEST_NAME else name


def _alike(text: str, rows: list[Row]) -> bool:
    """True where no figure is so far from the others that a digit of the name may have run into it."""
    figures = sorted(Decimal(text[row.cells[0].start : row.cells[0].end]) for row in rows)
    middle = figures[len(figures) // 2]
    return figures[-1] <= middle * _FARTHEST


def _name_and_unit(text: str, units: UnitTable) -> tuple[str, tuple[int, Unit]] | None:
    for length in range(min(6, len(text) - 2), 0, -1):
        unit = read_unit(text[-length:], units)
        if unit:
            return text[:-length].strip(), unit
    return None


def split_digits(digits: str, count: int) -> list[str] | None:
    """The one split of `digits` into `count` numbers that rise or fall steadily; None where there is none or several.

    >>> split_digits("244.5321423545700", 5)
    ['244.5', '321', '423', '545', '700']
    """
    if len(digits) > _LONGEST or count < 2:
        return None
    rising = _splits(digits, count, rising=True)
    falling = _splits(digits, count, rising=False)
    found = {tuple(split) for split in rising + falling}
    return list(found.pop()) if len(found) == 1 else None


def _splits(digits: str, count: int, *, rising: bool) -> list[list[str]]:
    results: list[list[str]] = []

    def extend(at: int, taken: list[str]) -> None:
        if len(results) > 1:
            return
        if len(taken) == count:
            if at == len(digits):
                results.append(list(taken))
            return
        for end in range(at + 1, min(len(digits), at + 10) + 1):
            part = digits[at:end]
            if _is_number(part) and (not taken or _is_steady(taken[-1], part, rising)):
                extend(end, [*taken, part])

    extend(0, [])
    return results


def _is_number(part: str) -> bool:
    return bool(compiled(r"(?:0|[1-9][0-9]*)(?:\.[0-9]{1,2})?").fullmatch(part))


def _is_steady(first: str, second: str, rising: bool) -> bool:
    low, high = (Decimal(first), Decimal(second)) if rising else (Decimal(second), Decimal(first))
    return low <= high and (high <= low * _STEADY or (low == 0 and high <= 3))
