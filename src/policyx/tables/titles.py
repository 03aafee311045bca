"""What a short line says as a title of a table whose cells stand on a line each."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.patterns import compiled
from policyx.tables.cells import arabic_years, bracket_unit, read_unit
from policyx.tables.grid import names_cells, read_column, tells_value
from policyx.tables.words import TableWords

_LONGEST = 14
_BRACKETED = compiled(r"[（(][^（）()]{1,20}[）)]$")
_SHORT_BRACKET = compiled(r"[（(][^（）()]{1,12}[）)]$")
_NOTE = compiled(r"(?<=.)[（(][^（）()]{7,20}[）)]$")  # 目标值（各项目标应达到的水平）
_BROKEN = compiled(r"[0-9，。、]")
_SENTENCE = compiled(r"[，；]")
_BEST = 4
_DASHES = "-—–"
BULLET = compiled(r"^[-－•·]\s")


def opens_head(cells: Sequence[str], words: TableWords) -> bool:
    """指标, 序号, 项目名称: the title of a first column; another short word where two titles with a unit follow."""
    plain = cells[0].replace(" ", "")
    short = len(plain) > 1 or words.equals("head.place", plain)  # 镇
    known = words.equals("head.place", plain) or words.equals("head.name", plain)  # 县（市、区）
    if not short or len(plain) > 8 or (_BROKEN.search(plain) and not known):
        return False
    titles = merged_titles(cells, words)  # 单位数 / （个） / 从业人员 / （人）
    pairs = (pair for pair in (titles[:2], titles[1:3]) if len(pair) > 1)
    united = any(all(bracket_unit(title, words) for title in pair) for pair in pairs)
    return names_cells(plain, words) or (united and not read_unit(plain, words))


def is_serial(title: str, words: TableWords) -> bool:
    return words.closes("head.serial", title.replace(" ", "")) is not None


def is_title(cell: str, words: TableWords) -> bool:
    whole = cell.replace(" ", "")
    plain = arabic_years(_BRACKETED.sub("", whole) or whole, words)
    if not plain or len(plain) > _LONGEST or _SENTENCE.search(plain):
        return False
    if words.pattern("pattern.group").match(plain):
        return False
    known = any(words.equals(role, plain) for role in ("scope", "total"))
    told = known or tells_value(plain, words) or words.closes("quantity", plain)
    return names_cells(plain, words) or bool(told or read_unit(plain, words) or _SHORT_BRACKET.search(whole))


def merged_titles(cells: Sequence[str], words: TableWords) -> tuple[str, ...]:
    """The titles; a line that is all bracket or a unit belongs to the one above: 基数 / （2018年）, 产值 / 亿元."""
    titles: list[str] = []
    for cell in cells:
        plain = cell.replace(" ", "")
        if titles and _BRACKETED.match(plain):
            titles[-1] += plain
        elif len(titles) > 1 and read_unit(plain, words):
            titles[-1] += f"（{plain}）"
        else:
            titles.append(_NOTE.sub("", plain))
    return tuple(titles)


def is_value_title(title: str, words: TableWords) -> bool:
    """True for the title of a column of figures."""
    given = read_column((title,), words)
    if given.kind in ("unit", "serial", "nature", "time") or (given.kind == "text" and given.unit is None):
        return False
    if given.kind == "place" and given.year is None and not bracket_unit(title, words):
        return words.equals("scope", title) is not None  # 乡镇 is no unit here
    if given.unit is not None or given.year is not None or any(words.equals(r, title) for r in ("scope", "total")):
        return True
    told = tells_value(title, words) or (words.closes("quantity", title) and given.kind == "value")
    return bool(told) and given.rank < _BEST


def pieces_of(line: str) -> list[str]:
    """The titles of a head line; letters that were set wide are put together by twos: 指 标 全 国."""
    pieces: list[str] = []
    open_letter = False
    for piece in BULLET.sub("", line).split():
        if piece in _DASHES:
            continue
        if open_letter and (len(piece) == 1 or piece[1] in "（("):
            pieces[-1] += piece
        else:
            pieces.append(piece)
        open_letter = len(piece) == 1 and not open_letter
    return pieces
