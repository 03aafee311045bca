"""Rows whose cells ran together (数字经济总产值亿元244.5321423545700 under five years): split where only one split
makes a steady series, or where numbers that count up open the rows and one figure ends them; otherwise left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import read_unit
from policyx.tables.grid import Column, Found, Grid, Row, read_column
from policyx.tables.words import Scaled, TableWords

_GLUED = compiled(r"[0-9/＞＞>≥≤<＜[〔［][0-9.＞>≥≤<＜\[\]〔〕［］/]{1,60}$")
_CELL = compiled(r"[＞>≥≤<＜]?[\[〔［]?[0-9]+(?:\.[0-9]+)?[\]〕］]?|/")
_OPENS = compiled(r"[＞>≥≤<＜\[〔［/]")
_APART = compiled(r" (?=(?:19|20)[0-9]{2} ?年)")
_CLOSERS = "]〕］"
_SENTENCE = compiled(r"[，。；]")
_STEADY = Decimal("2.2")  # no planned series more than doubles from one year to the next
_LONGEST = 60
_HEAD = compiled(r"(?P<titles>[^0-9，。；]{2,40})[（(](?P<unit>[^（）()]{1,6})[）)]$")
_NUMBERED_ROW = compiled(
    r"(?P<number>[0-9]{1,3})(?P<name>[^0-9\s.、．].{1,80}[^0-9.\s])(?P<figure>[0-9]{1,7}(?:\.[0-9]{1,4})?)$"
)
_NUMBER = compiled(r"(?:0|[1-9][0-9]*)(?:\.[0-9]{1,2})?")
_FEWEST = 3
_FARTHEST = 50  # a digit of the name that runs into a figure makes it ten or a hundred times as large
_SHORTEST_NAME = 3


def glued_tables(
    text: str, segments: Sequence[Segment], caption: Callable[[int], str], words: TableWords
) -> list[Found]:
    """The tables whose cells ran together among `segments`; `caption` tells what stands above a segment."""
    found = []
    for number, segment in enumerate(segments):
        start, end = segment.span
        if end - start > 2 * _LONGEST:
            continue
        line = text[start:end].replace(" ", "")
        numbered = _numbered_rows(text, segments, number, line, words)
        apart = _APART.search(text, start, end) is not None
        columns, rows = numbered or (() if apart else _columns(line, words), [])
        end = number + 1 + len(rows)
        if columns and not numbered:
            rows, end = _rows(text, segments, number + 1, columns, words)
        if rows:
            found.append(Found(number, end, Grid.of(columns, tuple(rows), caption(number))))
    return found


def _rows(
    text: str, segments: Sequence[Segment], at: int, columns: tuple[Column, ...], words: TableWords
) -> tuple[list[Row], int]:
    """The rows from `at` on that can be cut, and where the last one ends; a row that can be cut in two ways is left
    out, and the table goes on behind it."""
    rows: list[Row] = []
    end = at
    for number in range(at, len(segments)):
        row = _row(text, segments[number], columns, words)
        if row is None and not _may_be_row(text, segments[number], words):
            break
        rows += [row] if row else []
        end = number + 1
    return rows, end


def _may_be_row(text: str, segment: Segment, words: TableWords) -> bool:
    """True for a short line that ends in digits, but for the word that says what kind of aim it is."""
    line = text[segment.span.start : segment.span.end]
    nature = words.closes("nature", line)
    return nature is not None and len(line) <= _LONGEST and line[: -len(nature.word)].rstrip(_CLOSERS)[-1:].isdigit()


def _columns(line: str, words: TableWords) -> tuple[Column, ...]:
    """The year columns that a header line without separators names, or nothing: 2020年2025年, 2020年基数2025年目标."""
    if line.count("20") + line.count("19") < 2:
        return ()
    run = words.pattern("pattern.years_run").search(line)
    years = words.pattern("pattern.year").findall(run[0]) if run else []
    if len(years) >= _FEWEST:
        return tuple(read_column((year,), words) for year in years)
    named = words.opens("head.name", line) or words.opens("head.serial", line)
    starts = [match.start() for match in words.pattern("pattern.year").finditer(line)]
    if not named or len(starts) < 2 or len(line) > _LONGEST or _SENTENCE.search(line):
        return ()
    titles = [line[start:end] for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
    return tuple(read_column((title,), words, "value") for title in titles)


def _row(text: str, segment: Segment, columns: tuple[Column, ...], words: TableWords) -> Row | None:
    """The row that a line without separators holds, its cells the parts of its digits; None where no single split
    makes a steady series."""
    line = text[segment.span.start : segment.span.end]
    nature = words.closes("nature", line)
    line = line[: -len(nature.word)] if nature else line
    match = _GLUED.search(line)
    if not match or not match.start():
        return None
    named = _name_and_unit(line[: match.start()], words)
    parts = _marked(match[0]) or split_digits(match[0], len(columns))
    if not named or len(parts) != len(columns):
        return None
    name, unit = named
    spans, at = [], segment.span.start + match.start()
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part)
    figures = (index for index, part in enumerate(parts) if any(map(str.isdigit, part)))
    return Row(segment, tuple(spans), name, unit, tuple(figures))


def _marked(cells: str) -> list[str]:
    """Cells that their own marks set apart: 7.3＞10 → 7.3, ＞10; 426[550] → 426, [550]; /[20] → /, [20]."""
    parts = _CELL.findall(cells)
    return parts if len(parts) > 1 and "".join(parts) == cells and all(_OPENS.match(part) for part in parts[1:]) else []


def _numbered_rows(
    text: str, segments: Sequence[Segment], at: int, line: str, words: TableWords
) -> tuple[tuple[Column, ...], list[Row]] | None:
    """The rows below 序号项目单位项目名称资助金额（万元）: 1, 2, 3 …, words, and a figure at the end of each line."""
    serial = words.opens("head.serial", line) if line.endswith(("）", ")")) else None
    head = _HEAD.match(line, len(serial.word)) if serial else None
    unit = read_unit(head["unit"], words) if head else None
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
        owner, thing = _owned(match["name"], words)
        rows.append(Row(segment, (span,), thing, None, (0,), owner=owner))
    title = words.closes("bare", head["titles"])
    before = words.closes("award", head["titles"][: -len(title.word)]) if title else None
    money = (before.word if before else "") + (title.word if title else "")
    if len(rows) < _FEWEST or not _alike(text, rows):
        return None
    return (read_column((f"{money}（{head['unit']}）",), words),), rows


def _owned(name: str, words: TableWords) -> tuple[str, str]:
    """Whose a row is, and what it is of, where the name of an organization opens it: 某某有限公司|大数据平台."""
    ends = [at + len(word) for at, word in words.all("organization", name)]
    end = max(ends, default=0)
    parted = len(name) - end >= _SHORTEST_NAME and not name[end:].startswith(("（", "("))
    return (name[:end], name[end:]) if parted else ("", name)


def _alike(text: str, rows: list[Row]) -> bool:
    """True where no figure is so far from the others that a digit of the name may have run into it."""
    figures = sorted(Decimal(text[row.cells[0].start : row.cells[0].end]) for row in rows)
    middle = figures[len(figures) // 2]
    return figures[-1] <= middle * _FARTHEST


def _name_and_unit(text: str, words: TableWords) -> tuple[str, Scaled] | None:
    for length in range(min(6, len(text) - 2), 0, -1):
        unit = read_unit(text[-length:], words)
        if unit:
            return text[:-length].strip(), unit
    return None


def split_digits(digits: str, count: int) -> list[str]:
    """The one split of `digits` into `count` numbers that rise or fall steadily; nothing where none or several do. Two
    numbers, of which one has decimals, are never sure.

    >>> split_digits("244.5321423545700", 5)
    ['244.5', '321', '423', '545', '700']
    """
    if len(digits) > _LONGEST or count < 2 or (count == 2 and not digits.isdigit()):
        return []
    rising = _splits(digits, count, rising=True)
    falling = _splits(digits, count, rising=False)
    found = {tuple(split) for split in rising + falling}
    return list(found.pop()) if len(found) == 1 else []


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
    return bool(_NUMBER.fullmatch(part))


def _is_steady(first: str, second: str, rising: bool) -> bool:
    low, high = (Decimal(first), Decimal(second)) if rising else (Decimal(second), Decimal(first))
    return low <= high and (high <= low * _STEADY or (low == 0 and high <= 3))
