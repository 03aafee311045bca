"""The lines of a text, and the cells of those that are rows of a table: short pieces set apart by pipes, tabs or wide
blanks, a name before its figures, pairs below one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from policyx.flattened import row_starts
from policyx.model import Span
from policyx.patterns import any_word, compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple

BLANK = " \t\u3000\xa0*_>"
END = "。；;，,、：:！？!?."
DATE_SIGNS = "年月日"
MULTIPLIERS = "十百千万亿"
NUMERALS = "〇零○一二三四五六七八九十"
ONLY_DATE = compiled(rf"[\s（(）)0-9{NUMERALS}{DATE_SIGNS}:：/-]+|[（(〔][^）)〕]{{0,80}}[）)〕]")
_SET_WIDE = r"(?!(?<=^[\u4e00-\u9fff])[ \u3000]{1,2}[\u4e00-\u9fff](?:[\s（(]|$))"  # 粮　食 is one cell
_CELL_GAP = compiled(rf"{_SET_WIDE}(?:\t+|[ \u3000]{{2,}}|(?<=[^\s])\u3000(?=[^\s]))")
_TAB = compiled(r"\t")
_WIDE = compiled(rf"{_SET_WIDE}(?:\t|[ \u3000]{{2,}})")
_BLANKS = compiled(r"\s+")
_PIPE = compiled(r"\|")
_LISTED_ROW = compiled(
    r"(?:[-•·]\s)?(?P<name>[^0-9，。；：!！?？]{2,24}?|[0-9]{1,4}(?:[-—–~～][0-9]{1,4})?[\u4e00-\u9fff]{1,6}(?<![年月日号]))\s(?P<figures>-?[0-9][0-9.,]*%?(?:\s-?[0-9][0-9.,]*%?){1,8})$"
)
_ENDS_FIGURE = frozenset("0123456789.,%")


class Line(NamedTuple):
    """A line without the blanks and emphasis marks around it, and its place in the text (code points, half-open)."""

    start: int
    end: int
    text: str
    bold: bool = False
    row: bool = False  # of a table that was run together


_LIMITS = frozenset({("before", "le"), ("before", "ge")})


class LineWords(NamedTuple):
    """What the rules know that lines are read with: heading marks with level and rule, every unit's word, and the
    patterns for a figure that something is counted by, a cell that begins with one, the title of a column, and a length
    of time that is no date."""

    marks: list[tuple[re.Pattern[str], int, str]]
    units: frozenset[str]
    longest: int
    figure: re.Pattern[str]
    begins_figure: re.Pattern[str]
    column_title: re.Pattern[str]
    lasting: re.Pattern[str]


def lines_of(text: str) -> Iterator[Line]:
    """The lines that hold something, without the blanks and emphasis marks around them; of a table that was run
    together into one line, its rows."""
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip(BLANK + "\r")
        if stripped:
            start = at + raw.index(stripped)
            if stripped[0].isdigit() and text[start - 1 : start] == ">":
                start, stripped = start - 1, ">" + stripped  # >6.5 in a cell; else a mark of quotation
            bold = raw.lstrip(" \t\u3000\xa0>").startswith("**")
            rows = row_starts(stripped)
            for low, high in pairwise((0, *rows, len(stripped))):
                piece = stripped[low:high].strip(BLANK)
                if piece:
                    at_piece = start + stripped.index(piece, low)
                    yield Line(at_piece, at_piece + len(piece), piece, bold, low in rows[:-1] and " " in piece)
        at += len(raw) + 1


def cells_of(line: Line, words: LineWords) -> tuple[Span, ...]:
    """The cells of a table row: a line of short pieces set apart by pipes, tabs or wide blanks; else nothing."""
    if line.row:
        return _pieces(line, _BLANKS, keep_empty=False)
    if "|" in line.text:
        cells = _pieces(line, _PIPE, keep_empty=True)
        return cells if sum(cell.end > cell.start for cell in cells) > 1 else ()
    if "\t" in line.text or "  " in line.text or "\u3000" in line.text:
        tabbed = "\t" in line.text
        cells = _pieces(line, _TAB if tabbed else _CELL_GAP, keep_empty=tabbed)
        cells = cells if tabbed else _with_unit(line, cells, words)
        longest = max((cell.end - cell.start for cell in cells), default=0)
        filled = sum(cell.end > cell.start for cell in cells)
        gapped = filled == 2 and len(cells) > 2 and bool(words.begins_figure.match(line.text.rpartition("\t")[2]))
        return cells if (filled > 2 or gapped) and longest <= 30 and "。" not in line.text else ()
    listed = line.text[-1] in _ENDS_FIGURE and _LISTED_ROW.match(line.text)
    if listed:
        return _listed_cells(line, listed, words)
    return ()


def tabbed(line: Line) -> tuple[Span, ...]:
    """The pieces of a line that tabs part, however long: a row whose cells may tell in sentences."""
    cells = _pieces(line, _TAB, keep_empty=True) if "\t" in line.text else ()
    return cells if sum(cell.end > cell.start for cell in cells) > 2 else ()


def cells_of_two(lines: list[Line], number: int, words: LineWords) -> tuple[Span, ...]:
    """The cells of a row in a table of two columns: a name and a figure, with such a row or their titles next to it;
    or of a head that leaves the first column without a title."""
    own = _pair(lines[number])
    if not own:
        return ()
    if any(comes_again(line.text, cells_of(line, words), line.start) for line in lines[number + 1 : number + 3]):
        return own  # 出口 | 进口 above 金额 | 增长% | 金额 | 增长%
    below = lines[number + 1] if number + 1 < len(lines) else None
    if below and (_holds_figure(below, _pair(below), words) or (_is_head(lines[number]) and cells_of(below, words))):
        return own
    above = lines[number - 1] if number else None
    if above and below and "|" not in above.text and cells_of(above, words) and cells_of(below, words):
        return own  # 计划 | 完成 below 投资 in a head of two rows
    return own if above and _pair(above) and _holds_figure(lines[number], own, words) else ()


def comes_again(text: str, cells: Sequence[Span], begin: int = 0) -> bool:
    """True for the cells of a row of which the second half says what the first does: titles below two others. `begin`:
    where `text` begins."""
    written = [text[start - begin : end - begin].strip() for start, end in cells]
    half, over = divmod(len(written), 2)
    return half > 1 and not over and written[:half] == written[half:] and not any(map(str.isdigit, "".join(written)))


def _is_head(line: Line) -> bool:
    return bool(compiled(rf"(?:19|20)[0-9]{{2}}\s?{DATE_SIGNS[0]}").match(line.text))


def _pair(line: Line) -> tuple[Span, ...]:
    if "\t" not in line.text and "  " not in line.text and "\u3000" not in line.text:
        return ()
    cells = _pieces(line, _WIDE, keep_empty=False)
    short = all(cell.end - cell.start <= 30 for cell in cells)
    return cells if len(cells) == 2 and short and line.text[-1] not in END else ()


def _holds_figure(line: Line, cells: tuple[Span, ...], words: LineWords) -> bool:
    """True where the second of two cells is a figure, and no date (the foot of a letter)."""
    if not cells:
        return False
    second = line.text[cells[1].start - line.start : cells[1].end - line.start]
    date = second[-1] in DATE_SIGNS and ONLY_DATE.fullmatch(second)
    return len(second) <= 16 and bool(words.begins_figure.match(second)) and not date


def _pieces(line: Line, gap: re.Pattern[str], *, keep_empty: bool) -> tuple[Span, ...]:
    cells = []
    at = 0
    ends = [(m.start(), m.end()) for m in gap.finditer(line.text)] + [(len(line.text), len(line.text))]
    for end, following in ends:
        piece = line.text[at:end]
        lead = len(piece) - len(piece.lstrip(BLANK))
        start, stop = line.start + at + lead, line.start + at + len(piece.rstrip(BLANK))
        if stop > start:
            cells.append(Span(start, stop))
        elif keep_empty and 0 < end < len(line.text):
            cells.append(Span(line.start + at, line.start + at))
        at = following
    return tuple(cells)


def _with_unit(line: Line, cells: tuple[Span, ...], words: LineWords) -> tuple[Span, ...]:
    """The cells of a row of figures, its first one parted from the unit that only one blank sets off: 渔业投资 万元."""
    first = line.text[cells[0].start - line.start : cells[0].end - line.start] if len(cells) > 1 else ""
    name, blank, unit = first.rpartition(" ")
    behind = line.text[cells[1].start - line.start :] if blank else ""
    if not (name.strip() and words.begins_figure.match(behind) and is_unit(unit, words)):
        return cells
    return (
        Span(cells[0].start, cells[0].start + len(name.rstrip())),
        Span(cells[0].end - len(unit), cells[0].end),
        *cells[1:],
    )


def _listed_cells(line: Line, match: re.Match[str], words: LineWords) -> tuple[Span, ...]:
    """The cells of 粮 食 万吨 45262 -2.1: a name, perhaps a unit, and figures set apart by single blanks."""
    name = match["name"].rstrip()
    cells = [Span(line.start + match.start("name"), line.start + match.start("name") + len(name))]
    head, blank, last = name.rpartition(" ")
    if blank and head.strip() and is_unit(last.strip("（()）"), words):
        start = cells[0].start
        cells = [Span(start, start + len(head.rstrip())), Span(start + len(head) + 1, start + len(name))]
    at = match.start("figures")
    for figure in compiled(r"\S+").finditer(match["figures"]):
        cells.append(Span(line.start + at + figure.start(), line.start + at + figure.end()))
    return tuple(cells)


def is_unit(text: str, words: LineWords) -> bool:
    """True for 万吨, 亿千瓦小时: a unit's word, perhaps with multipliers before it."""
    multipliers = len(text) - len(text.lstrip(MULTIPLIERS))
    return any(text[at:] in words.units for at in range(multipliers + 1))


@lru_cache(maxsize=4)
def line_words(rules: Rules) -> LineWords:
    """What these rules know of lines, made once."""
    marks = [(compiled(entry["pattern"]), entry["level"], entry["id"]) for entry in rules.of("heading")]
    units = frozenset(word for entry in rules.of("unit") for word in entry.get("words", ()))
    to = "".join(word for word in rules.words("context", "range_to") if len(word) == 1)
    about = "".join(
        word for entry in rules.of("bound") if entry["bound"] == "approx" for word in entry["words"] if len(word) == 1
    )
    captions = "|".join(r"\s?".join(word) for word in rules.words("context", "caption_unit")) or "(?!)"
    bounds = (entry["words"] for entry in rules.of("bound") if (entry["side"], entry["bound"]) in _LIMITS)
    full = [*rules.words("marker", "full"), *rules.words("word", "term"), *(word for words in bounds for word in words)]
    return LineWords(
        marks,
        units,
        max(map(len, units), default=0),
        compiled(rf"(?<![0-9.,])[0-9][0-9.,]{{0,24}}(?![{DATE_SIGNS}0-9.,—～~{to}-]|\s|[、.．）)]|$)"),
        compiled(rf"[<>≤≥＞＜≧≦{about}＋+±\[［（(]?\s?[-－−]?[0-9]"),
        compiled(rf"[%％]\s?[）)]?$|^[（(]?(?:{captions})\s?[:：]"),  # 比上年增长％, 单位：亿元
        compiled(rf"(?:{any_word(full)})\s?[0-9]{{1,2}}\s?[{DATE_SIGNS}]"),  # 累计满15年, 期限3年
    )
