"""What a table is made of: columns with a role, rows with a name, and how a cell, a title and a unit are read.

Nothing is read of the figures; a cell is a span of the repaired text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyx.link.tidying import tidy
from policyx.model import Segment, Span, Unit
from policyx.patterns import compiled
from policyx.recognize.units import UnitTable

_FIGURE = compiled(
    r"[<>≤≥＞＜≧≦约近超＋+±\[［（(【〔]{0,4}\s{0,4}[-－−]?\s{0,4}[0-9][0-9.,]{0,24}(?:\s{0,4}[-—~～–－至]\s{0,4}[-－]?[0-9][0-9.,]{0,24})?\s{0,4}"
    r"(?P<rest>[^0-9]{0,12})$"
)
_REMARK = compiled(
    r"(?<=[0-9])\s?[（(][^（）()]*[一-鿿][^（）()]*[）)]$|^(?:大于|小于|不低于|不少于|高于|超过|达到?)\s*"
)
_AROUND_UNIT = compiled(
    r"左右|以上|以下|以内|[\[（]累计[\]）]|[\]］)）】〕*\s]"
)  # 550（累计）, [550], 2.5左右: the cell's own unit stands between the marks
_NO_VALUE = compiled(r"[-—–/…*\s]*$|(?:[一\-—]|持平|完成上级下达任务?|完成(?:国家|省|市)下达.*|按.*执行|无|暂无)$")
_YEAR = compiled(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])\s*年?")
_DATED = compiled(r"[（(]?\s{0,4}(?:19|20)[0-9]{2}\s?年度?\s{0,4}[）)]?")
_HAN_YEAR = compiled(r"一?九[〇零○一二三四五六七八九]{2}(?=年)|二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_IN_BRACKETS = compiled(r"[（(\[]\s*([^（）()\[\]]{1,10})\s*[）)\]]")
_CUMULATIVE = compiled(r"[\[［【〔][0-9.,]+[\]］】〕]")  # [160] in a row of figures is no note
_UNIT_HEAD = compiled(r"^(?:计量)?单\s*位$")
_NATURE_CELL = compiled(r"[预约]期?[期束]性?(?:指标)?")
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
GROWTH = compiled(r"年均|增长|增速|增幅|上涨|比上年|同比|±|涨跌|环比")
_OPENS_NAME = compiled(
    r"^(?:其\s*中\s*[:：]?|#|[0-9]{1,2}[.、．)](?![0-9])|[（(][0-9一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|—+)\s*"
)
_TIME = compiled(r"年份|年度(?!目标|任务|计划|投资)|时间|年限|期限|起止|日期")
_SERIAL = compiled(r"序\s*号?$|编\s*号$")
_NAMING = (  # what a column's title says of its cells, with how well they name a row
    (compiled(r"名称"), 4),
    (
        compiled(
            r"类别|类型|领域|一级|分类|对象|地点|部门|单位|性质|属性|备注|责任|负责|牵头|条件|期限|年限|来源|依据|主体"
        ),
        0,
    ),
    (compiled(r"指标|项目|产品|商品|行业|地区|国家|区县|县区|平台"), 3),
    (compiled(r"内容|事项|任务|措施"), 2),
)


_NAME_TITLE = compiled(
    r"(?:名称|类别|类型|领域|分类|对象|地点|地址|部门|单位|性质|属性|备注|主体|条件|[年期]限|来源|依据|指标|项目|产品|商品|行业|地区"
    r"|国家|区县|县区|平台|内容|事项|任务|措施|负责人|时间)(?:[（(][^（()）]*[）)])?$"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title (all header rows joined), the year and the unit that the title gives."""

    title: str
    year: int | None
    unit: tuple[int, Unit] | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its segment, cells, what it is called, and the unit that the row gives."""

    segment: Segment
    cells: tuple[Span, ...]
    name: str
    unit: tuple[int, Unit] | None
    values: tuple[int, ...]
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its columns, its rows, its caption and the unit that the caption gives."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str
    unit: tuple[int, Unit] | None


def read_unit(text: str, units: UnitTable) -> tuple[int, Unit] | None:
    """万件 → (10000, 件); None where `text` is no unit."""
    plain = compiled(r"[\s（()）]").sub("", text)
    scale, at = 1, 0
    while at < len(plain):  # 亿千瓦小时: 千 belongs to the unit
        hit = units.match(plain, at, han=False)
        if hit and hit[1] == len(plain):
            return scale, hit[0].unit
        if plain[at] not in _MULTIPLIERS:
            break
        scale *= _MULTIPLIERS[plain[at]]
        at += 1
    return None


def caption_unit(caption: str, units: UnitTable) -> tuple[int, Unit] | None:
    """The unit that a caption gives to all figures: 单位：亿元, or the last bracket of 企业培育任务数（家）."""
    stated = compiled(r"单\s*位\s*[：:]\s*([^\s，。；|）)]{1,8})").search(caption)
    inside = [stated[1]] if stated else _IN_BRACKETS.findall(caption)[::-1]
    return next((unit for unit in (read_unit(part, units) for part in inside) if unit), None)


def is_figure(cell: str, units: UnitTable) -> bool:
    """True where a cell holds one figure, perhaps with its unit, and nothing that could be a name or a year."""
    match = _FIGURE.match(_REMARK.sub("", cell))
    if not match or _DATED.fullmatch(cell):
        return False
    rest = _AROUND_UNIT.sub("", match["rest"])
    return not rest or rest in "十百千万亿" or read_unit(rest, units) is not None


def is_year(cell: str) -> bool:
    """True for a cell that may be a year: 2020, 2020年."""
    return bool(_YEAR.fullmatch(cell))


def is_empty(cell: str) -> bool:
    """True for a cell that says that there is no figure: blank, a dash, 持平."""
    return bool(_NO_VALUE.match(cell))


def is_nature(cell: str) -> bool:
    """预期性 and 约束性 say what kind of aim a row is."""
    return bool(_NATURE_CELL.fullmatch(cell))


def holds_letters(cell: str) -> bool:
    """True where a cell may be a name."""
    return bool(compiled(r"[一-鿿A-Za-z]").search(cell))


def is_unit_title(title: str) -> bool:
    """True for the title of the column that holds the units."""
    return bool(_UNIT_HEAD.match(title))


def is_serial_title(title: str) -> bool:
    """True for the title of the column that counts the rows."""
    return bool(_SERIAL.search(title))


def is_time_title(title: str) -> bool:
    """True for the title of a column that holds dates: 建设起止年限, 完成时间."""
    return bool(_TIME.search(title))


def is_name_title(title: str) -> bool:
    """True for 指标名称, 奖励对象（类别）: a title of names, not a name that holds such a word (国家级孵化器)."""
    return bool(_NAME_TITLE.search(title))


def naming_rank(title: str) -> int:
    """How well the cells of a column name their rows: 指标名称 best, 奖励对象 last; a title of neither kind between."""
    return next((rank for pattern, rank in _NAMING if pattern.search(title.replace(" ", ""))), 1)


def arabic_years(text: str) -> str:
    """一九八二年 as 1982年."""
    return _HAN_YEAR.sub(lambda m: ("1" if m[0][0] == "九" else "") + m[0].translate(_HAN_DIGITS), text)


def column(title: str, units: UnitTable) -> Column:
    """The column under `title`: 专利数（万件）, 2025年目标值, 年均增长（%）, 一九八二年比一九八一年增长%."""
    title = arabic_years(title)
    years = [int(year) for year in _YEAR.findall(title)]
    unit = None
    for inside in _IN_BRACKETS.findall(title):
        unit = unit or read_unit(inside, units)
    if unit is None and title.rstrip().endswith(("%", "％")):
        unit = read_unit("%", units)
    year = (max(years) if GROWTH.search(title) else years[-1]) if years else None
    return Column(title, year, unit)


def with_inherited_units(columns: list[Column]) -> tuple[Column, ...]:
    """现有数（家） | 2023年 | 2025年: a column titled by a year alone goes on with the unit to its left."""
    out: list[Column] = []
    for item in columns:
        left = out[-1] if out else None
        if item.unit is None and left and left.unit and is_year(item.title) and not GROWTH.search(left.title):
            item = replace(item, unit=left.unit)
        out.append(item)
    return tuple(out)


def read_name(cell: str, units: UnitTable) -> tuple[str, tuple[int, Unit] | None]:
    """A row's name without its number and its unit, and that unit: 2.研发投入强度（%） → 研发投入强度, %."""
    inside = [read_unit(part, units) for part in _IN_BRACKETS.findall(cell)]
    own = next((found for found in inside if found), None)
    if own:
        cell = _IN_BRACKETS.sub(lambda m: "" if read_unit(m[1], units) else m[0], cell)
    return _OPENS_NAME.sub("", cell.replace(" ", "").replace("\u3000", "")), own


def cell_text(text: str, span: Span) -> str:
    """What a cell holds, without marks and blanks."""
    written = text[span.start : span.end].replace("<br>", "").strip()
    return written if _CUMULATIVE.fullmatch(written) else tidy(written).strip()


def lines_alone(text: str, segments: Sequence[Segment], longest: int) -> list[str]:
    """The text of each segment that is the only one of its line, and no longer than that; nothing for the others."""
    lines = []
    paragraphs = [-1, *(segment.paragraph for segment in segments), -1]
    for number, segment in enumerate(segments):
        start, end = segment.span
        alone = end - start <= longest and paragraphs[number] != segment.paragraph != paragraphs[number + 2]
        lines.append(text[start:end] if alone else "")
    return lines
