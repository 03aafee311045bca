"""The unit of a cell whose figure has none: from its column's heads, its row, the caption, as the rules order them."""

from __future__ import annotations

from collections.abc import Callable

from policyx.model import Mention
from policyx.patterns import compiled
from policyx.recognize.quantity import scaled, with_unit
from policyx.tables.cells import bracket_unit, read_unit, without_brackets
from policyx.tables.grid import Cell, caption_units
from policyx.tables.words import Scaled, TableWords

_FIGURE = compiled(r"^.*[0-9]")
_EITHER = compiled(r"[^\s（(：:][（(][^\s）)]{1,3}[）)]\s*$")  # 单位：套（户）


def in_unit(cell: Cell, figure: Mention, words: TableWords) -> Mention | None:
    """The figure in its own unit, or in the one that the table gives it; None where no unit is known."""
    assert figure.quantity is not None
    unit = figure.quantity.unit
    if words.pattern("pattern.ordinal").fullmatch(cell.written) and words.within("rank", cell.column.title):
        whole = figure._replace(core=cell.row.cells[cell.index])  # 第6位: no 6 persons
        return _given(whole, words.place_in_order, dict(words.order("unit")).get("rank", ""))
    if unit is not None and (unit.base or not cell.column.growth):  # 总指数 98.9 -1.1: the second one is a growth
        return figure
    if not cell.column.heads and cell.index != cell.row.values[0]:
        return None  # without heads nobody knows what the second figure of a row is
    for source, rule in words.order("unit"):
        given = _SOURCES[source](cell, words)
        if given:
            return _given(figure, _whole(given, cell, words), rule)
    return None


def _whole(given: Scaled, cell: Cell, words: TableWords) -> Scaled:
    """A multiplier alone (单位：亿) with the unit of what is counted: money, or people."""
    scale, unit = given
    if unit is not None or scale == 1:
        return given
    counted = _counted(cell, words)
    if counted and counted[0] == 1:
        return scale, counted[1]
    return (scale, words.money[1]) if _dimension(cell, words) == "money" else given


def _given(figure: Mention, given: Scaled, rule: str) -> Mention:
    scale, unit = given
    assert figure.quantity is not None
    if scale > 1 and figure.quantity.scale == 1:
        figure = scaled(figure, scale)
    figure = with_unit(figure, unit) if unit else figure
    return figure._replace(rules=(*figure.rules, rule))


def _from_cell(cell: Cell, words: TableWords) -> Scaled | None:
    """The unit that the cell itself has behind its figure, in brackets or without: 0.1（百分点）, -8.5%."""
    written = words.pattern("pattern.cell_year").sub("", cell.written)
    return bracket_unit(written, words) or read_unit(_FIGURE.sub("", written), words)


def _from_rate(cell: Cell, words: TableWords) -> Scaled | None:
    """A row that tells by how much the one above changed: 较上年增减（%）."""
    return words.percent if cell.row.unit == words.percent and words.within("growth", cell.row.label) else None


def _from_note(cell: Cell, words: TableWords) -> Scaled | None:
    """The unit that a note gives to the totals in brackets: 注：〔〕表示五年累计数，单位为百分点."""
    at = words.within("head.unit", cell.grid.notes) if cell.is_total else None
    if not at:
        return None
    behind = cell.grid.notes[cell.grid.notes.find(at.word) + len(at.word) :]
    hits = (words.units.match(behind, start, han=False) for start in range(min(3, len(behind))))
    return next(((1, hit[0].unit) for hit in hits if hit), None)


def _from_total(cell: Cell, words: TableWords) -> Scaled | None:
    """A total among rates of growth is in the row's unit; of a rate it is in percentage points."""
    if not cell.is_total or not cell.column.growth or cell.row.unit is None:
        return None
    changes = words.closes("growth", cell.row.name)  # 单位产值能耗降低 is a rate of change itself
    return words.point if cell.row.unit == words.percent and not changes else cell.row.unit


def _from_head(cell: Cell, words: TableWords) -> Scaled | None:
    return cell.column.unit


def _from_growth(cell: Cell, words: TableWords) -> Scaled | None:
    return words.percent if cell.column.growth and not cell.is_total else None


def _from_left(cell: Cell, words: TableWords) -> Scaled | None:
    """A column of absolute changes goes on in the unit of the levels to its left."""
    left = (cell.grid.column(index) for index in range(cell.index - 1, -1, -1)) if cell.column.change else ()
    return next((column.unit for column in left if column.unit and column.unit != words.percent), None)


def _from_rank(cell: Cell, words: TableWords) -> Scaled | None:
    """A rank has a unit of its own, and a score none, whatever their row is in."""
    if cell.column.heads and words.equals("score", cell.column.heads[-1].replace(" ", "")):
        return 1, None
    return words.place_in_order if words.within("rank", cell.column.title) else None


def _from_row(cell: Cell, words: TableWords) -> Scaled | None:
    changed = cell.column.change is not None and cell.row.unit == words.percent
    return words.point if changed else cell.row.unit


def _from_caption(cell: Cell, words: TableWords) -> Scaled | None:
    """The unit that the caption gives to levels; of several it is clear only which are rates."""
    units = caption_units(cell.grid.caption, words)
    if any(words.closes("index", without_brackets(name)) for name in (cell.row.parent, cell.row.name, cell.name)):
        return None  # an index among so many 亿元 has no unit
    percent = [unit for unit in units if unit[1] and unit[1].dimension == "percent"]
    others = [unit for unit in units if unit not in percent]
    if percent and others and words.closes("rate", cell.name):
        return percent[0]
    if len(others) > 1:  # 亿元、户: what is counted tells which
        counted = _counted(cell, words)
        same = next((unit for unit in others if counted and unit[1] == counted[1]), None)
        if same:
            return same
        if _EITHER.search(cell.grid.caption):
            return others[0]
        said = _dimension(cell, words)
        kinds = [unit[1].dimension if unit[1] else "" for unit in others]
        others = [
            u for u, kind in zip(others, kinds, strict=True) if kind and (kind == said if said else kind != "money")
        ]
    return others[0] if len(others) == 1 else percent[0] if percent and not others else None


def _dimension(cell: Cell, words: TableWords) -> str:
    """What kind of unit the name needs, 面积 one of area; of a part that counts nothing itself (其中：夏粮) the columns
    to its left tell it."""
    part = not words.closes("quantity", cell.name)
    left = (column.title for column in reversed(cell.grid.columns[: cell.index]) if column.kind == "value")
    hits = (words.closes("of.unit", name) for name in (cell.name, *(left if part else ())))
    hit = next((hit for hit in hits if hit), None)
    given = read_unit(hit.entry["kind"], words) if hit else None
    return given[1].dimension if given and given[1] else ""


def _from_kind(cell: Cell, words: TableWords) -> Scaled | None:
    """An index or a coefficient needs no unit; so do the cells of a table of one. Else what is counted has its unit: a
    share is in per cent, 户数 in 户."""
    whole = words.closes("index", without_brackets(cell.row.parent))
    if whole or words.closes("index", without_brackets(cell.name)) or words.within("index", cell.grid.caption):
        return 1, None
    return _counted(cell, words) or ((1, None) if _is_number(cell, words) else None)


def _is_number(cell: Cell, words: TableWords) -> bool:
    """True for a head that says that things are counted (渔港数), and not only which figure it is (预算数)."""
    said = cell.column.heads[-1].replace(" ", "") if cell.column.heads else ""
    ending = words.closes("number", said)
    return ending is not None and len(said) > len(ending.word) + 1 and not words.closes("plain", said)


def _counted(cell: Cell, words: TableWords) -> Scaled | None:
    """The unit that the words for what is counted hold: 人口 and 学生数 are in 人, 比重 in per cent, 户数 in 户."""
    for said in (*reversed(cell.column.heads), cell.row.name):
        plain = said.replace(" ", "")  # not 死亡率（1/10万）
        hit = words.closes("counted", plain)
        ending = None if hit or words.equals("plain", plain) else words.closes("number", plain)  # not 绝对数
        unit = read_unit(hit.entry["kind"], words) if hit else None
        for size in (2, 1) if ending else ():
            end = len(plain) - len(ending.word) if ending else 0
            unit = unit or (read_unit(plain[max(0, end - size) : end], words) if end >= size else None)
        if unit:
            return unit
    return None


def _from_per_person(cell: Cell, words: TableWords) -> Scaled | None:
    """人均 of so many 亿元 is nonsense: the cell of its unit was left blank below one of 亿元."""
    unit = cell.row.unit
    large = unit is not None and unit[0] > 1 and unit[1] is not None and unit[1].dimension == "money"
    if not large or not words.opens("per.person", cell.row.name):
        return None
    return 1, unit[1] if unit else None


_SOURCES: dict[str, Callable[[Cell, TableWords], Scaled | None]] = {
    "cell": _from_cell,
    "rate": _from_rate,
    "note": _from_note,
    "total": _from_total,
    "left": _from_left,
    "rank": _from_rank,
    "per_person": _from_per_person,
    "head": _from_head,
    "growth": _from_growth,
    "row": _from_row,
    "caption": _from_caption,
    "kind": _from_kind,
}
