"""What a table is made of: columns with the path of their heads, rows with the path of their names, what stands around.

Nothing is read of the figures; a cell is a span of the repaired text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import (
    BRACKETED_TEXT,
    arabic_years,
    bracket_unit,
    is_bracketed,
    read_unit,
    without_brackets,
)
from policyx.tables.words import Hit, Scaled, TableWords
from policyx.tuples import NamedTuple

_NAMING = 3
_QUOTES = '“"「'
_PERCENT_END = ("%", "％")
_MEMBER = compiled(r"[、，,；;/]")
_STATED = compiled(r"\s*[：:]\s*((?:[^\s。；|（）()]|[（(][^\s。；|（）()]{1,6}[）)]){1,16})")
_EITHER = compiled(r"([^（(]+)[（(]([^）)]+)[）)]")


class Size(NamedTuple):
    """A figure as it is written, and the unit written with it: to be compared with one of the same unit."""

    number: Decimal
    unit: str


class Column(NamedTuple):
    """A column: the path of its heads from the outer to the inner one, and what they say of its cells.

    `kind`: name (a row is called so), owner (whose figures they are), place, class, text, year, time, serial, unit,
    nature or value. `rank`: how well its cells name a row. `growth`: the word that makes it a rate of change, `change`:
    the one that makes it an absolute change. `year` and `unit` as the heads state them."""

    heads: tuple[str, ...]
    kind: str
    rank: int
    year: int | None
    unit: Scaled | None
    growth: Hit | None = None
    change: Hit | None = None

    @property
    def title(self) -> str:
        """All heads in one."""
        return " ".join(self.heads)


class Row(NamedTuple):
    """A row, or the part of it that one of two tables side by side holds.

    `name`: what it is of; `owner`: whose it is, where another column tells; `parent`: the row that it is a part of;
    `group`: the line without figures above it; `year`: of a row that stands for a year, which `label` names; `head`:
    the title of the column that names the row. `values`: the numbers of the cells with figures, `texts`: of those with
    figures in words. `indent`: how far it is set in; `marked`: it is a part (其中, #); `size`: its first figure."""

    segment: Segment
    cells: tuple[Span, ...]
    name: str
    unit: Scaled | None
    values: tuple[int, ...]
    texts: tuple[int, ...] = ()
    parent: str = ""
    owner: str = ""
    group: str = ""
    label: str = ""
    head: str = ""
    year: int | None = None
    place: bool = False
    indent: int = 0
    marked: bool = False
    size: Size | None = None


class Grid(NamedTuple):
    """A table: its columns, its rows, the lines above it, and the notes below it. `grows`: a column tells growth;
    `last_year`: the last one that a column names."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str
    notes: str = ""

    grows: bool = False
    last_year: int | None = None

    @classmethod
    def of(cls, columns: tuple[Column, ...], rows: tuple[Row, ...], caption: str) -> Grid:
        """The table of these columns and rows below a caption."""
        years = [column.year for column in columns if column.year]
        return cls(columns, rows, caption, "", any(column.growth for column in columns), max(years, default=None))

    def column(self, index: int) -> Column:
        """The column of a cell; one without heads for what stands right of all columns."""
        return self.columns[index] if index < len(self.columns) else UNTITLED


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure's cell: where it stands, how it is written, and what it counts."""

    grid: Grid
    row: Row
    index: int
    written: str
    name: str

    @property
    def column(self) -> Column:
        """The column that the cell stands in."""
        return self.grid.column(self.index)

    @property
    def is_total(self) -> bool:
        """True for [550], which marks the total over a period."""
        return is_bracketed(self.written)


UNTITLED = Column((), "value", 1, None, None)


class Found(NamedTuple):
    """A table among the segments of a document: the first that it takes, the one behind its last, and its grid.
    `split`: its cells were cut from figures that ran together."""

    start: int
    end: int
    grid: Grid
    split: bool = False


def read_column(heads: Iterable[str], words: TableWords, known: str = "") -> Column:
    """The column under these heads: 专利数（万件）, 2025年目标值, 年均增长（%）, 一九八二年比一九八一年增长%. `known`:
    its kind, where that is known from its cells."""
    path = tuple(dict.fromkeys(arabic_years(head, words) for head in heads if head))
    title = " ".join(path)
    dated = words.pattern("pattern.price_base").sub("", title)
    years = [int(year) for year in words.pattern("pattern.year").findall(dated)]
    plans = (words.opens("plan_years", head.lstrip(_QUOTES)) for head in path if not years)
    years += [hit.entry["years"][-1] for hit in plans if hit]  # “十四五”末
    unit = next((unit for unit in (_unit_of(head, words) for head in reversed(path)) if unit), None)
    change, growth = words.within("change", title), words.within("growth", title)
    growth = None if words.within("no_growth", title) else growth
    if change and growth:  # 增减 is a change, 同比增减 a rate
        change, growth = (None, growth) if change.word in growth.word else (change, None)
    if (change and unit == words.percent) or (growth and unit not in (None, words.percent)):
        change, growth = growth, change
    kind, rank = _kind(path, words, titled=bool(years or growth or change))
    year = (max(years) if growth or change or len(set(years)) > 1 else years[-1]) if years else None
    return Column(path, known or kind, rank, year, unit, growth, change)


def _unit_of(head: str, words: TableWords) -> Scaled | None:
    unit = bracket_unit(head, words) or read_unit(head, words)
    return words.percent if unit is None and head.rstrip().endswith(_PERCENT_END) else unit


def _kind(path: tuple[str, ...], words: TableWords, *, titled: bool) -> tuple[str, int]:
    """What a column's innermost telling head says that its cells are, and how well they name a row."""
    for head in reversed(path):
        plain = without_brackets(head).replace(" ", "").replace("\u3000", "")
        if words.equals("head.unit", plain):
            return "unit", 1
        if words.closes("head.serial", plain):
            return "serial", 1
        if words.equals("head.place", plain):
            return "place", _NAMING
        if words.equals("head.group", plain):
            return "name", _NAMING
        hit = words.closes("head.name", plain)
        if hit and not titled:
            return hit.entry["kind"], hit.entry["rank"]
    return "value", 1


def named_by(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """The rows with what the column that names them best says of them."""
    naming = max((column for column in columns if column.kind != "value"), key=lambda c: c.rank, default=UNTITLED)
    return [row._replace(head=naming.title, place=naming.kind == "place") for row in rows]


def is_part(column: Column, words: TableWords) -> bool:
    """True for a column that is a part of one to its left: #稻谷产量, 其中 | 山羊."""
    inner = column.heads[-1] if column.heads else ""
    return bool(words.opens("row.part", inner)) or any(words.equals("row.part", head) for head in column.heads)


def names_cells(title: str, words: TableWords) -> bool:
    """True for the title of a column of names, numbers or units."""
    plain = without_brackets(title)
    ends = words.closes("head.name", plain) or words.closes("head.serial", plain)
    return bool(ends or any(words.equals(role, plain) for role in ("head.place", "head.group", "head.unit")))


def tells_value(title: str, words: TableWords) -> bool:
    """True for a title that speaks of a year or of figures: 2025年, “十四五”末, 目标, 增幅."""
    timed = words.pattern("pattern.year").search(title) or words.opens("plan_years", title.lstrip(_QUOTES))
    return bool(timed or words.within("value", title))


def caption_units(caption: str, words: TableWords) -> list[Scaled]:
    """The units that a caption gives to the figures: 单位：亿元、%, or the last bracket of 企业培育任务数（家）."""
    at = words.within("head.unit", caption)
    stated = _STATED.match(caption, caption.find(at.word) + len(at.word)) if at else None
    if stated:
        whole = read_unit(stated[1], words)  # 元/人 is one unit, 亿元/% are two
        bracketed = _EITHER.fullmatch(stated[1])
        if bracketed:  # 万头（只）: 万头 or 万只
            first, second = read_unit(bracketed[1], words), read_unit(bracketed[2], words)
            return [first, (max(first[0], second[0]), second[1])] if first and second else [first] if first else []
        parts = [whole] if whole else [read_unit(part, words) for part in _MEMBER.split(stated[1])]
        return [unit for unit in parts if unit]
    inside = [read_unit(part, words) for part in BRACKETED_TEXT.findall(caption)]
    return [unit for unit in inside if unit][-1:]
