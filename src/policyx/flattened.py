"""Lines that are rows of a table or hold some, without what would set them apart: a line in, the places of its parts
out.

A table that a page ran together into one line, 指标 年末数（万人） 比重（%） 总人口 92.77 100.0 男性 47.84 51.6: a
title for the names, a title for each column, then rows of a name and as many figures. And a row whose cells tell in
sentences what is to be done and what was done: it is read as text, each cell below the head of its column; of a row of
figures, the last cell alone where it holds sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from policyx.model import Span
from policyx.patterns import compiled

_WORD = compiled(r"\S+")
_FIGURE = compiled(r"[-－−]?[0-9][0-9.,]*[%％]?")
_CELL = compiled(r"[<>≤≥＞＜≧≦±约\[［〔（(]{0,2}[-－−]?[0-9][0-9.,]*[^\s0-9，。；年月日]{0,3}|[-—–/]")
_YEAR = compiled("(?:19|20)[0-9]{2}")
_NAMES_ROWS = compiled(r"序号|(?:主要)?(?:指标|项目|名称|产品|类别|地区|行业|单位|品种)(?:名称)?")
_TITLE = compiled(r"[^，。；]{2,24}")
_DIGIT = compiled("[0-9]")
_GLUED_HEAD = compiled(  # 序号指标2020年2025年目标值年均增速（%）属性
    r"(?:序号)?(?:主要)?(?:指标|项目)(?:名称)?[^0-9\s，。；]{0,8}(?:20[0-9]{2}年[^0-9\s，。；]{0,16}?){2,6}(?:指标)?(?:属性|性质)"
)
_NATURE = compiled(r"(?:预期|约束)性(?:指标)?")
_LONGEST_ROW = 60
_NAME = compiled(r"[^。]{1,24}")
_LEAST_ROWS = 3
_WIDEST = 14
_STOP = "。"
_COUNTING = compiled(r"[^\s0-9，,；;、]{2}[0-9][0-9.]*[^\s0-9.，,；;%％][^，,；;]*(?=[，；]|$)")  # 改造渔港7个
_CLAUSES = compiled(r"[^，]{4}，[^，]*[0-9]")  # 库容1000吨以上的，奖励20万元
# 小船0.95元/吨，大船1.4元/吨
_RATES = compiled(r"(?:[^0-9，；的]{1,10}[0-9][0-9.]*元[^0-9，；的以]{0,8}(?:[，；]|$)){2,8}")
_SERIAL = compiled(r"[0-9]{1,2}")
_SHORTEST_SENTENCE = 10
_FEWEST_SENTENCES = 2


def row_starts(line: str) -> tuple[int, ...]:
    """Where the head of a table in `line` begins, each of its rows, and where the last ends; nothing without one. The
    rows have as many words as the head, and figures in the same places."""
    jammed = _GLUED_HEAD.search(line)
    glued = _glued_starts(line, jammed) if jammed else ()
    if glued or line.count(" ") < 3 * _LEAST_ROWS:
        return glued
    words = list(_WORD.finditer(line))
    shown = "".join(_shown(word[0]) for word in words)
    for head in (at for at, word in enumerate(words) if _NAMES_ROWS.fullmatch(word[0])):
        width, end = _shape(shown, head)
        cells = [word[0] for word in words[head:end]]
        names = (cell for cell, kind in zip(cells, shown[head:end], strict=True) if kind == "x")
        if width and all(map(_TITLE.fullmatch, cells[:width])) and all(map(_NAME.fullmatch, names)):
            return (*(word.start() for word in words[head:end:width]), words[end - 1].end())
    return ()


def _glued_starts(line: str, head: re.Match[str]) -> tuple[int, ...]:
    """The same for one without blanks, of which each row ends in what kind of aim it is: 指标2020年2025年属性渔业产值
    （亿元）36.550预期性."""
    ends = [head.end(), *(nature.end() for nature in _NATURE.finditer(line, head.end()))]
    rows = [line[start:end] for start, end in pairwise(ends)]
    if len(rows) < _FEWEST_SENTENCES or not all(len(row) <= _LONGEST_ROW and _DIGIT.search(row) for row in rows):
        return ()
    return (head.start(), *ends)


def _shown(word: str) -> str:
    if _YEAR.fullmatch(word):
        return "y"  # a title, or a figure
    return "0" if _CELL.fullmatch(word) else "x"


def _shape(shown: str, head: int) -> tuple[int, int]:
    """How many words each row has of the table whose head begins at this word, and the word behind the last row."""
    titles = len(shown[head : head + _WIDEST].partition("0")[0])
    shown = shown.replace("y", "0")
    for width in range(2, titles + 1):
        row = shown[head + width : head + 2 * width]
        end = head + width
        while "0" in row and shown.startswith(row, end):
            end += width
        if end - head > _LEAST_ROWS * width:
            return width, end
    return 0, head


def holds_sentences(cells: Sequence[str]) -> bool:
    """True for a row of which a cell tells in clauses and none is a figure, but for the row's number in front."""
    told = any(_STOP in cell and len(cell) >= _SHORTEST_SENTENCE for cell in cells)
    told = told or sum(_counts_things(cell) for cell in cells) > 1  # what was to be done, and what was
    clauses = (cell for cell in cells if _CLAUSES.search(cell) and not _RATES.fullmatch(cell))
    told = told or (bool(_SERIAL.fullmatch(cells[0])) and any(clauses))
    numbered = 2 if cells[1:] and _SERIAL.fullmatch(cells[1]) else 1
    return told and not any(_FIGURE.fullmatch(cell.replace(" ", "")) for cell in cells[numbered:])


def last_told(text: str, cells: Sequence[Span]) -> Span | None:
    """The last cell of a row of figures, where it tells in sentences what these are for: a budget's notes."""
    last = cells[-1]
    return last if len(cells) > 2 and text.count(_STOP, *last) >= _FEWEST_SENTENCES else None


def told_cells(text: str, cells: Sequence[Span], heads: Sequence[str]) -> list[tuple[Span, tuple[str, ...]]]:
    """The filled cells of a row, each with the head of its column and the name of its row; a short row lacks the cells
    to the left, which were merged with those above."""
    missing = max(0, len(heads) - len(cells))
    padded = [*heads[missing:], *("" for _ in range(len(cells) - len(heads)))]
    filled = [(cell, head) for cell, head in zip(cells, padded, strict=True) if cell.end > cell.start]
    said = [text[slice(*cell)].strip() for cell, _ in filled]
    named = next((at for at, cell in enumerate(said) if not _SERIAL.fullmatch(cell)), 0)
    name = said[named] if _TITLE.fullmatch(said[named]) and not any(map(str.isdigit, said[named])) else ""
    titles = [
        (head.strip(), name if at > named else "") if _tells(said[at]) else () for at, (_, head) in enumerate(filled)
    ]
    return [(cell, tuple(filter(None, own))) for (cell, _), own in zip(filled, titles, strict=True)]


def _tells(cell: str) -> bool:
    return _STOP in cell or _counts_things(cell)


def _counts_things(cell: str) -> bool:
    """Whether a cell tells in clauses of which two hold figures: 改造渔港7个，完成投资3亿元."""
    return len(_COUNTING.findall(cell)) > 1
