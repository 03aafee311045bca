"""Heads of which only the order of their titles is known in, the path of titles above each column out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policyx.tables.cells import is_year
from policyx.tables.grid import Column, read_column
from policyx.tables.naming import told
from policyx.tables.words import TableWords

_LEAST_BELOW = 2


def paths_below(lines: Sequence[Sequence[str]], width: int, words: TableWords) -> list[tuple[str, ...]] | None:
    """The path of heads above each of `width` columns, from lines of which only the order of their titles is known;
    None where that does not tell which stands above which.

    A title that only says that parts follow (其中, 按性别分) stands above those of the line below."""
    lines = [line for number, line in enumerate(lines) if not number or not all(_spans(t, words) for t in line)]
    if not lines:
        return None
    if len(lines) == 1:
        paths: list[tuple[str, ...]] = []
        part: tuple[str, ...] = ()
        for title in lines[0]:
            part = (title,) if _spans(title, words) else part
            paths += [] if part == (title,) else [(*part, title)]
        return paths if len(paths) == width else None
    below = paths_below(lines[1:], width, words)
    if below:
        return _above_all(lines[0], below)
    spans = [at for at, title in enumerate(lines[0]) if _spans(title, words)]
    rest = width - len(lines[0]) + len(spans)
    below = paths_below(lines[1:], rest, words) if spans and rest > 0 else None
    if not below or any(second - first > 1 for first, second in pairwise(spans)):
        return None
    first, last = spans[0], spans[-1]
    before, behind = [(t,) for t in lines[0][:first]], [(t,) for t in lines[0][last + 1 :]]
    return [*before, *((lines[0][first], *path) for path in below), *behind]


def _above_all(titles: Sequence[str], below: list[tuple[str, ...]]) -> list[tuple[str, ...]] | None:
    """Each title above one column, or above as many as any other one where the same heads come again below each."""
    share, over = divmod(len(below), len(titles))
    again = all(path == below[number % share] for number, path in enumerate(below)) if not over else False
    if over or not (share == 1 or again):
        return None
    return [(titles[number // share], *path) for number, path in enumerate(below)]


def paths_of_groups(titles: Sequence[str], below: Sequence[Column], words: TableWords) -> list[tuple[str, ...]] | None:
    """The path of heads above each of the columns `below`: each title above as many as any other where the same heads
    come again, or above a level and its rate, or a rate alone; None where these are no groups of so many titles.

    产值 产量 投资 above 总量 增长% 增长% 增长%: the first stands above two."""
    share, over = divmod(len(below), len(titles) or 1)
    heads = [column.heads for column in below]
    sorts = all(_spans(title, words) for title in titles)  # 按总量分 按比重分
    if not over and share > 1 and (sorts or heads == heads[:share] * len(titles)):
        return [(titles[at // share], *path) for at, path in enumerate(heads)]
    rates = [column.growth is not None for column in below]
    begins = [at for at, rate in enumerate(rates) if not (rate and at and not rates[at - 1])]
    alone = any(not rate and not after for rate, after in pairwise([*rates, False]))
    if alone or len(begins) != len(titles):
        return None
    return [(titles[sum(begin <= at for begin in begins) - 1], *path) for at, path in enumerate(heads)]


def _spans(title: str, words: TableWords) -> bool:
    return words.equals("row.part", title) is not None or bool(words.pattern("pattern.sorted_by").fullmatch(title))


def paths_of_two(titles: Sequence[str], width: int, words: TableWords) -> list[tuple[str, ...]] | None:
    """The path of heads above each of `width` columns, from the titles of two rows, one behind the other; None where
    they do not tell which of the first row stand above those of the second.

    2020年 2010年 比重 年均增速 2020年 2010年 above five figures: the years at the end are those below 比重, since a
    year stands above no other one, and a rate over the years above none."""
    above = len(titles) - width
    readers = (_repeated, _sorted, _shared_out, _subtotalled, _plain_below)
    found = next((paths for read in readers if (paths := read(titles, above, words))), None)
    if found:
        return found
    end = len(titles)
    while end and (is_year(titles[end - 1], words) or words.equals("scope", titles[end - 1])):
        end -= 1
    below = titles[end:]
    share, over = divmod(len(below), above) if above > 0 else (0, 1)
    if over or share < _LEAST_BELOW or len(set(below)) != share or list(below) != list(below[:share]) * above:
        return None
    wide = [at for at, title in enumerate(titles[:end]) if _may_span(title, words)]
    rates = [at for at in wide if words.closes("rate", titles[at])]
    wide = rates if len(rates) == above else wide  # 人口数 比重 2020年 2010年
    if len(wide) != above:
        return None
    return [
        path
        for at, title in enumerate(titles[:end])
        for path in ([(title, inner) for inner in below[:share]] if at in wide else [(title,)])
    ]


def _repeated(titles: Sequence[str], above: int, words: TableWords) -> list[tuple[str, ...]] | None:
    """The paths where all titles of the first row stand above others, and the same ones below each: 限额 余额 合计 一般
    专项 合计 一般 专项."""
    share, over = divmod(len(titles) - above, above) if above > 1 else (0, 1)
    below = list(titles[above:])
    if over or share < _LEAST_BELOW or len(set(titles[:above])) < above:
        return None
    timed = not any(told(title, words) for title in titles[:above]) and not any(is_year(t, words) for t in below)
    if below != below[:share] * above and not timed:  # 2021年 2022年 预算 决算 预算 执行
        return None
    return [(outer, inner) for outer in titles[:above] for inner in below[:share]]


def _sorted(titles: Sequence[str], above: int, words: TableWords) -> list[tuple[str, ...]] | None:
    """The paths where titles say that parts follow: 总人口 按性别分 按城乡分 男 女 城镇 乡村."""
    spans = [at for at, title in enumerate(titles) if _spans(title, words)]
    end = spans[-1] + 1 if spans else 0
    share, over = divmod(len(titles) - end, above) if above and len(spans) == above else (0, 1)
    if over or share < _LEAST_BELOW:
        return None
    paths: list[tuple[str, ...]] = []
    for at, title in enumerate(titles[:end]):
        low = end + share * spans.index(at) if at in spans else 0
        paths += [(title, inner) for inner in titles[low : low + share]] if at in spans else [(title,)]
    return paths


def _plain_below(titles: Sequence[str], above: int, words: TableWords) -> list[tuple[str, ...]] | None:
    """The paths where one title stands above the last, which say nothing without it: 总投资 年度投资 计划 完成, 1-5月
    累计 增长%."""
    begin = len(titles)
    while begin > 1 and not _says(titles[begin - 1], words):
        begin -= 1
    if above != 1 or len(titles) - begin < _LEAST_BELOW or (begin > 1 and not _says(titles[begin - 1], words)):
        return None
    return [*((title,) for title in titles[: begin - 1]), *((titles[begin - 1], inner) for inner in titles[begin:])]


def _shared_out(titles: Sequence[str], above: int, words: TableWords) -> list[tuple[str, ...]] | None:
    """The paths where a share stands above the last, which count nothing themselves: 占总人口比重 性别比 男 女."""
    shares = [at for at, title in enumerate(titles) if words.opens("share", title)]
    begin = len(titles)
    while begin > 1 and not any(words.closes(role, titles[begin - 1]) for role in ("quantity", "rate", "index")):
        begin -= 1
    if above != 1 or len(shares) != 1 or not shares[0] < begin <= len(titles) - _LEAST_BELOW:
        return None
    parts = [(titles[shares[0]], inner) for inner in titles[begin:]]
    return [path for at, title in enumerate(titles[:begin]) for path in (parts if at in shares else [(title,)])]


def _subtotalled(titles: Sequence[str], above: int, words: TableWords) -> list[tuple[str, ...]] | None:
    """The paths where a sum opens the second row, below the title that its parts are most like: 合计 用车费 接待费 小计
    用车购置费 用车运行费."""
    begin = next((at for at in range(len(titles) - 2, 1, -1) if words.equals("total", titles[at])), 0)
    if above != 1 or not begin:
        return None
    top, part = titles[:begin], titles[begin + 1]
    whole = max(range(1, begin), key=lambda at: (len(set(titles[at]) & set(part)), at))
    parts = [(titles[whole], inner) for inner in titles[begin:]]
    return [path for at, title in enumerate(top) for path in (parts if at == whole else [(title,)])]


def _says(title: str, words: TableWords) -> bool:
    return bool(is_year(title, words) or told(title, words, growth=True))


def _may_span(title: str, words: TableWords) -> bool:
    """True for a title that may stand above years: none itself, nor a change between them."""
    column = read_column((title,), words)
    timed = column.year or column.growth or column.change or words.within("span", title)
    return not timed and column.kind == "value"
