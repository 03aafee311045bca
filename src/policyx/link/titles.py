"""What a column counts, said in words that complete a row's name: 采矿业 under 投资额 is 采矿业固定资产投资额."""

from __future__ import annotations

from policyx.link.grid import GROWTH, Column, Grid, naming_rank
from policyx.patterns import compiled

_PLAIN = compiled(
    r"绝对数|数值|年末数|(?:指标|目标|现状|基期|基准|基础)值|基数|基期|现状|现有数|实际|实绩|实有|达到|完成|总量|属性|年|[0-9\s（()）%％\[\]:：/-]|目标|规划|预期|计划"
)
_NAME_HEAD = compiled(r"指\s*标|名称|项目|产品|行业|单位|性质")
_AWARD = compiled(r"奖励|奖补|补助|补贴|资助")
_BARE = compiled(r"(?:金额|投资额?|总额|产值|额度|标准|数量|数额|个数|任务数?|分解数|分解任务|指标数|目标数|任务目标)$")
_PLACES = compiled(r"地区|区县|县区|区市|市州|镇|街道|辖区|县市|园区|单位|城市|区域")
_CAPTION_EDGE = compiled(
    r"^(?:附?[表件][0-9一二三四五六七八九十]{0,3}[:：.、]?)?\s*(?:(?:19|20)[0-9]{2}年?度?)?(?:全[市省区县]|各[区县市镇街道园州（）、()]+|分[区县市]+)*"
    r"|(?:目标)?(?:任务|分解|指标|计划|情况|汇总|统计|一览|培育|完成|目标|增长速度|及其)*表?$"
)


def counted(columns: tuple[Column, ...], index: int) -> str:
    """What the column counts; for a column of growth what the column before it counts."""
    while index > 0 and index < len(columns) and GROWTH.search(columns[index].title):
        index -= 1
    title = columns[index].title if index < len(columns) else ""
    if GROWTH.search(title):
        return ""
    plain = _PLAIN.sub("", compiled(r"[（(][^）)]{0,80}[）)]").sub("", title)).strip()
    return plain if 2 <= len(plain) <= 8 and not _NAME_HEAD.search(plain) else ""


def with_head(title: str, grid: Grid) -> str:
    """A title that says little alone with what the caption says of it: 金额 under 奖励标准 is 奖励金额, 投资额 under
    分行业固定资产投资 is 固定资产投资额, 分解数 of a region under 高新技术企业培育任务 is 高新技术企业."""
    caption = compiled(r"[（(][^）)]{0,80}[）)]").sub("", grid.caption.replace("*", ""))
    if compiled(r"金额|标准|额度").fullmatch(title):
        award = _AWARD.search(caption)
        if award:
            return award[0] + title
    rows = _rows_title(grid)
    if (not title or _BARE.fullmatch(title)) and _PLACES.search(rows):
        thing = caption.split()[-1] if caption.split() else ""
        for _ in range(2):
            thing = _CAPTION_EDGE.sub("", thing)
        return thing if 2 <= len(thing) <= 16 and not compiled(r"[0-9，。：:单]").search(thing) else title
    if not _BARE.fullmatch(title):
        return title
    head = _between(rows, title, grid, caption)
    return head + title if head or title != "数量" else ""


def _rows_title(grid: Grid) -> str:
    """The title of the column that names the rows."""
    return max((item.title for item in grid.columns), key=naming_rank, default="").replace(" ", "")


def _between(rows: str, title: str, grid: Grid, caption: str) -> str:
    """The words of the caption between what the rows are and what a column counts: 主要|商品|出口|数量、金额."""
    kind = compiled(r"名称|分类|类别|项目|种类").sub("", rows)
    at = caption.find(kind) if len(kind) > 1 else -1
    if at < 0 or not (title in caption or title.rstrip("额数量") in caption):
        return ""
    begin = at + len(kind)
    ends = []
    for index in range(len(grid.columns)):
        stem = counted(grid.columns, index)
        place = caption.find(stem.rstrip("额") or stem, begin) if stem else -1
        ends += [place] if place >= 0 else []
    head = caption[begin : min(ends)] if ends else ""
    return head if 2 <= len(head) <= 6 and compiled(r"[一-鿿]+").fullmatch(head) and head not in title else ""
