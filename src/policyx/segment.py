"""The repaired text in, its segments out: headings with their path, paragraphs cut into sentences, table rows.

Nothing is read of what the segments say; a heading is known by its mark, its length and its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from policyx.flattened import holds_sentences, row_starts, told_cells
from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.rules import Rules

_BLANK = " \t\u3000\xa0*_>"
_STOP = compiled(r"[。！？!?.](?:(?<!\.)[”’」』）)\"]*|(?<=[\u4e00-\u9fff）)”%]\.)(?=\s|$))")
_END = "。；;，,、：:！？!?."
_LONGEST_HEADING = 44
_LONGEST_PLAIN_HEADING = 32
_LONGEST_BEFORE_COLON = 16
_LONGEST_SENTENCE = 3000
_DATE_SIGNS = "年月日"
_MULTIPLIERS = "十百千万亿"
_FIGURE = compiled(rf"[0-9][0-9.,]*\s?[{_MULTIPLIERS}]{{0,3}}")
_QUOTED = compiled(r"“[^”]{0,30}”|「[^」]{0,30}」|《[^》]{0,60}》")
_NUMERALS = "〇零○一二三四五六七八九十"
# 处五百元罚款, 试用期为六个月; not 二元结构, 一小时交通圈
_SPELLED = compiled(rf"[{_NUMERALS}][{_NUMERALS}{_MULTIPLIERS}]*(?:(?<=[{_MULTIPLIERS}])元|个月|周岁|平方米)")
_YEAR_TITLES = compiled(r"(?:19|20)[0-9]{2}年\s?(?:19|20)[0-9]{2}年")  # 2020年2025年 above columns
_ONLY_DATE = compiled(rf"[\s（(）)0-9{_NUMERALS}{_DATE_SIGNS}:：/-]+|[（(〔][^）)〕]{{0,80}}[）)〕]")
_ADDRESS = compiled(r"https?:|www\.|[A-Z]{2,}\.[0-9]")  # 原文链接：http…, a data base's number of the text
_DATE = compiled(rf"[0-9]{{1,4}}\s?[{_DATE_SIGNS}]")
_CELL_GAP = compiled(r"\t+| {2,}|\u3000{2,}|(?<=[^\s])\u3000(?=[^\s])")
_TAB = compiled(r"\t")
_WIDE = compiled(r"\t| {2,}|\u3000{2,}")
_BLANKS = compiled(r"\s+")
_PIPE = compiled(r"\|")
_LISTED_ROW = compiled(
    r"(?:[-•·]\s)?(?P<name>[^0-9，。；：!！?？]{2,24}?)\s(?P<figures>-?[0-9][0-9.,]*%?(?:\s-?[0-9][0-9.,]*%?){1,8})$"
)
_HAN = compiled(r"[\u4e00-\u9fff]")
_ONE_PHRASE = compiled(r"[\u4e00-\u9fff、（）()]+")


_ARTICLE = "heading.article"
_MARKDOWN = "heading.markdown"
_ARTICLE_LEVEL = 7
_BRACKET_LEVEL = 8
_PLAIN = "heading.plain"
_PLAIN_LEVEL = 5
_INNER_LEVEL = 11  # below every marked heading


_NARROW = compiled(
    r"[,;:](?:(?<=[\u4e00-\u9fff”」』）)》%％㎡].)(?!//)|(?<=[0-9][,;])(?=[\u4e00-\u9fff“「（《])"
    r"|(?=[\u4e00-\u9fff“「《]))"
)
_WIDE_MARKS = {",": "，", ";": "；", ":": "："}


def wide_marks(text: str) -> str:
    """The text with Chinese commas, semicolons and colons where a page wrote narrow ones beside Chinese characters; of
    the same length, so that every offset stays. Figures (1,000), times (12:30) and addresses keep theirs."""
    return _NARROW.sub(lambda mark: _WIDE_MARKS[mark[0]], text)


class _Head(NamedTuple):
    title_end: int
    content: int
    level: int
    rule: str | None


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    bold: bool = False
    row: bool = False  # of a table that was run together


class _Words(NamedTuple):
    """What the rules know that lines are read with: heading marks with level and rule, every unit's word, and the
    patterns for a figure that something is counted by, a cell that begins with one, and the title of a column."""

    marks: list[tuple[re.Pattern[str], int, str]]
    units: frozenset[str]
    longest: int
    figure: re.Pattern[str]
    begins_figure: re.Pattern[str]
    column_title: re.Pattern[str]


def segment(text: str, rules: Rules) -> list[Segment]:
    """The segments of `text`, in order; together they hold all of it but blanks and marks."""
    words = _words(rules)
    lines = list(_lines(text))
    segments: list[Segment] = []
    path: list[tuple[int, str]] = []
    heads: tuple[str, ...] = ()
    paragraph = -1
    for at, line in enumerate(lines):
        number = paragraph = paragraph + 1
        following = lines[at + 1] if at + 1 < len(lines) else None
        cells = _cells(line, words) or _two_cells(lines, at, words)
        heads = heads if "|" in line.text else ()
        if cells and "|" in line.text and holds_sentences([text[slice(*cell)] for cell in cells]):
            told = told_cells(text, cells, heads)
            segments += [part for place, cell in enumerate(told) for part in _told(text, *cell, path, number + place)]
            paragraph += len(told) - 1
            continue
        if cells:
            heads = heads or tuple(text[slice(*cell)] for cell in cells)
            segments.append(Segment("row", Span(line.start, line.end), _titles(path), number, cells=cells))
            continue
        head = _heading(line, following, words, path)
        if head.title_end > line.start:
            path = _entered(path, head.level, _clean(text[line.start : head.title_end]))
            span = Span(line.start, head.title_end)
            segments.append(Segment("heading", span, _titles(path[:-1]), number, head.level, rule=head.rule))
        elif head.rule == _ARTICLE:  # 第三条 对……: the mark is the heading, the text begins behind it
            path = _entered(path, head.level, _clean(text[line.start : head.content]))
        rule, titles = head.rule, _titles(path)
        for span in _sentences(text, head.content, line.end):
            segments.append(Segment("sentence", span, titles, number, 0, (), rule))
    return segments


def _told(text: str, cell: Span, title: str, path: list[tuple[int, str]], number: int) -> Iterator[Segment]:
    """The sentences of a cell, below the title of its column."""
    titles = (*_titles(path), title) if title else _titles(path)
    for span in _sentences(text, cell.start, cell.end):
        yield Segment("sentence", span, titles, number)


def _titles(path: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(title for _, title in path)


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold something, without the blanks and emphasis marks around them; of a table that was run
    together into one line, its rows."""
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip(_BLANK + "\r")
        if stripped:
            start = at + raw.index(stripped)
            if stripped[0].isdigit() and text[start - 1 : start] == ">":
                start, stripped = start - 1, ">" + stripped  # >6.5 in a cell; else a mark of quotation
            bold = raw.lstrip(" \t\u3000\xa0>").startswith("**")
            rows = row_starts(stripped)
            for low, high in pairwise((0, *rows, len(stripped))):
                piece = stripped[low:high].strip(_BLANK)
                if piece:
                    at_piece = start + stripped.index(piece, low)
                    yield _Line(at_piece, at_piece + len(piece), piece, bold, low in rows[:-1])
        at += len(raw) + 1


def _cells(line: _Line, words: _Words) -> tuple[Span, ...]:
    """The cells of a table row: a line of short pieces set apart by pipes, tabs or wide blanks; else nothing."""
    if line.row:
        return _pieces(line, _BLANKS, keep_empty=False)
    if "|" in line.text:
        cells = _pieces(line, _PIPE, keep_empty=True)
        return cells if sum(cell.end > cell.start for cell in cells) > 1 else ()
    if "\t" in line.text or "  " in line.text or "\u3000" in line.text:
        tabbed = "\t" in line.text
        cells = _pieces(line, _TAB if tabbed else _CELL_GAP, keep_empty=tabbed)
        longest = max((cell.end - cell.start for cell in cells), default=0)
        filled = sum(cell.end > cell.start for cell in cells)
        gapped = filled == 2 and len(cells) > 2 and bool(words.begins_figure.match(line.text.rpartition("\t")[2]))
        return cells if (filled > 2 or gapped) and longest <= 30 and "。" not in line.text else ()
    listed = _LISTED_ROW.match(line.text)
    if listed:
        return _listed_cells(line, listed, words)
    return ()


def _two_cells(lines: list[_Line], number: int, words: _Words) -> tuple[Span, ...]:
    """The cells of a row in a table of two columns: a name and a figure, with such a row or their titles next to it;
    or of a head that leaves the first column without a title."""
    own = _pair(lines[number])
    if not own:
        return ()
    below = lines[number + 1] if number + 1 < len(lines) else None
    if below and (_holds_figure(below, _pair(below), words) or (_is_head(lines[number]) and _cells(below, words))):
        return own
    above = lines[number - 1] if number else None
    return own if above and _pair(above) and _holds_figure(lines[number], own, words) else ()


def _is_head(line: _Line) -> bool:
    return bool(compiled(rf"(?:19|20)[0-9]{{2}}\s?{_DATE_SIGNS[0]}").match(line.text))


def _pair(line: _Line) -> tuple[Span, ...]:
    if "\t" not in line.text and "  " not in line.text and "\u3000" not in line.text:
        return ()
    cells = _pieces(line, _WIDE, keep_empty=False)
    short = all(cell.end - cell.start <= 30 for cell in cells)
    return cells if len(cells) == 2 and short and line.text[-1] not in _END else ()


def _holds_figure(line: _Line, cells: tuple[Span, ...], words: _Words) -> bool:
    """True where the second of two cells is a figure, and no date (the foot of a letter)."""
    if not cells:
        return False
    second = line.text[cells[1].start - line.start : cells[1].end - line.start]
    date = second[-1] in _DATE_SIGNS and _ONLY_DATE.fullmatch(second)
    return len(second) <= 16 and bool(words.begins_figure.match(second)) and not date


def _pieces(line: _Line, gap: re.Pattern[str], *, keep_empty: bool) -> tuple[Span, ...]:
    cells = []
    at = 0
    ends = [(m.start(), m.end()) for m in gap.finditer(line.text)] + [(len(line.text), len(line.text))]
    for end, following in ends:
        piece = line.text[at:end]
        lead = len(piece) - len(piece.lstrip(_BLANK))
        start, stop = line.start + at + lead, line.start + at + len(piece.rstrip(_BLANK))
        if stop > start:
            cells.append(Span(start, stop))
        elif keep_empty and 0 < end < len(line.text):
            cells.append(Span(line.start + at, line.start + at))
        at = following
    return tuple(cells)


def _listed_cells(line: _Line, match: re.Match[str], words: _Words) -> tuple[Span, ...]:
    """The cells of 粮 食 万吨 45262 -2.1: a name, perhaps a unit, and figures set apart by single blanks."""
    name = match["name"].rstrip()
    cells = [Span(line.start + match.start("name"), line.start + match.start("name") + len(name))]
    head, blank, last = name.rpartition(" ")
    if blank and head.strip() and _is_unit(last.strip("（()）"), words):
        start = cells[0].start
        cells = [Span(start, start + len(head.rstrip())), Span(start + len(head) + 1, start + len(name))]
    at = match.start("figures")
    for figure in compiled(r"\S+").finditer(match["figures"]):
        cells.append(Span(line.start + at + figure.start(), line.start + at + figure.end()))
    return tuple(cells)


def _is_unit(text: str, words: _Words) -> bool:
    """True for 万吨, 亿千瓦小时: a unit's word, perhaps with multipliers before it."""
    multipliers = len(text) - len(text.lstrip(_MULTIPLIERS))
    return any(text[at:] in words.units for at in range(multipliers + 1))


def _heading(line: _Line, following: _Line | None, words: _Words, path: list[tuple[int, str]]) -> _Head:
    """The heading at the line's beginning, if there is one, and where the line's own text begins."""
    for pattern, level, rule in words.marks:
        mark = pattern.match(line.text)
        if mark and rule == _MARKDOWN and _is_title(line.text[mark.end() :], words):
            return _Head(line.end, line.end, level - 1 + min(mark[0].count("#"), 3), rule)
        if mark:
            title = _title_length(line.text, mark.end(), level, words)
            content = line.start + (mark.end() + title if title else mark.end() if rule == _ARTICLE else 0)
            return _Head(content if title else line.start, content, level, rule)
    if line.bold:
        title = _bold_length(line.text, words)
        if title:
            inner = any(level > _PLAIN_LEVEL for level, _ in path)
            end = line.start + title
            return _Head(end, end, _INNER_LEVEL if inner else _PLAIN_LEVEL, _PLAIN)
    if _is_plain_heading(line, following, words):
        return _Head(line.end, line.end, _PLAIN_LEVEL, _PLAIN)
    below = _mark_level(following, words) if following and _opens_list(line) else 0
    if below:
        return _Head(line.end, line.end, below - 1, _PLAIN)
    return _Head(line.start, line.start, 0, None)


def _is_title(text: str, words: _Words) -> bool:
    """Whether all that stands behind a mark is a title: short, without a figure, and open at its end."""
    return 0 < len(text) <= _LONGEST_HEADING and text[-1] not in _END and not _counts(text, words)


def _title_length(text: str, at: int, level: int, words: _Words) -> int:
    """How much of the text behind a mark is a title; nothing where it is an ordinary sentence."""
    rest = text[at:]
    stop = compiled(r"[。：:\u3000]|\*\*|(?<=】)").search(rest, len(rest) - len(rest.lstrip("\u3000 ")))
    if stop and stop[0] in "：:" and stop.start() > _LONGEST_BEFORE_COLON:
        return 0
    title = rest[: stop.start()] if stop else rest
    whole_line = stop is None or stop.end() == len(rest)
    if len(title) > _LONGEST_HEADING or _counts(title, words) or not (whole_line or "，" not in title or level <= 8):
        return 0
    if stop is None:
        return 0 if text[-1] in "，,、；;" else len(rest)
    return stop.end()


def _bold_length(text: str, words: _Words) -> int:
    """How much of a line that begins in bold is a title: all that is bold, where that is short and text follows."""
    title, mark, _ = text.partition("**")
    if (
        not mark
        or not 3 <= len(title) <= _LONGEST_PLAIN_HEADING
        or title[-1] in _END
        or not _HAN.search(title)
        or not _may_be_heading(title, words)
        or _counts(title, words)
    ):
        return 0
    return len(title) + len(mark)


def _entered(path: list[tuple[int, str]], level: int, title: str) -> list[tuple[int, str]]:
    """The path of headings after one of this level: it ends those of its own and lower levels. Articles that stand
    under （一） instead of above it leave it in force."""
    if level == _ARTICLE_LEVEL and any(above == _BRACKET_LEVEL for above, _ in path):
        articles = [above for above, _ in path if above == _ARTICLE_LEVEL]
        level = _ARTICLE_LEVEL if articles else _BRACKET_LEVEL + 1
    return [(above, text) for above, text in path if above < level] + [(level, title)]


def _is_plain_heading(line: _Line, following: _Line | None, words: _Words) -> bool:
    """A short line without mark and stop, above a longer one: 培育壮大创新主体."""
    return (
        3 <= len(line.text) <= _LONGEST_PLAIN_HEADING
        and line.text[-1] not in _END
        and _may_be_heading(line.text, words)
        and following is not None
        and len(following.text) > len(line.text)
        and bool(_HAN.search(line.text))
        and not _has_figure(line.text, words)
    )


def _opens_list(line: _Line) -> bool:
    """申报条件： above 1. and 2."""
    title = line.text[:-1]
    return (
        line.text[-1] in "：:" and 3 <= len(title) <= _LONGEST_BEFORE_COLON and _ONE_PHRASE.fullmatch(title) is not None
    )


def _mark_level(line: _Line, words: _Words) -> int:
    """The level of the mark that a line begins with; 0 where there is none."""
    return next((level for pattern, level, _ in words.marks if pattern.match(line.text)), 0)


def _may_be_heading(text: str, words: _Words) -> bool:
    """No date, address, title of a table's columns, or line that a dash sets below a title."""
    column = words.column_title.search(text) or _YEAR_TITLES.search(text)
    return not (text.startswith("—") or _ONLY_DATE.fullmatch(text) or _ADDRESS.search(text) or column)


def _has_figure(title: str, words: _Words) -> bool:
    return bool(words.figure.search(_DATE.sub("", _QUOTED.sub("", title))))


def _counts(title: str, words: _Words) -> bool:
    """True where a figure stands before a unit, also one in characters before some units that seldom stand in titles;
    quoted figures are names (“314”总体部署)."""
    plain = _QUOTED.sub("", _DATE.sub("", title))
    for figure in _FIGURE.finditer(plain):
        if figure[0][-1] in _MULTIPLIERS:
            return True
        behind = plain[figure.end() : figure.end() + words.longest]
        if any(behind[:size] in words.units for size in range(1, len(behind) + 1)):
            return True
    return bool(_SPELLED.search(plain))


def _clean(title: str) -> str:
    return title.strip(_BLANK + "。：:#")


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for stop in [*[match.end() for match in _STOP.finditer(text, start, end)], end]:
        if stop - at > _LONGEST_SENTENCE:
            yield from _pieces_of(text, at, stop)
        elif text[at:stop].strip(_BLANK):
            yield Span(at, stop)
        at = stop


def _pieces_of(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence; one that is too long to be any (a page without full stops) at its commas, so that what every figure
    asks of its sentence stays small."""
    while end - start > _LONGEST_SENTENCE:
        cuts = (text.rfind(sign, start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE) for sign in "；，、 ")
        at = next((cut + 1 for cut in cuts if cut >= 0), start + _LONGEST_SENTENCE)
        yield Span(start, at)
        start = at
    if text[start:end].strip(_BLANK):
        yield Span(start, end)


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    marks = [(compiled(entry["pattern"]), entry["level"], entry["id"]) for entry in rules.of("heading")]
    units = frozenset(word for entry in rules.of("unit") for word in entry.get("words", ()))
    to = "".join(word for word in rules.words("context", "range_to") if len(word) == 1)
    about = "".join(
        word for entry in rules.of("bound") if entry["bound"] == "approx" for word in entry["words"] if len(word) == 1
    )
    captions = "|".join(r"\s?".join(word) for word in rules.words("context", "caption_unit")) or "(?!)"
    return _Words(
        marks,
        units,
        max(map(len, units), default=0),
        compiled(rf"(?<![0-9.,])[0-9][0-9.,]{{0,24}}(?![{_DATE_SIGNS}0-9.,—～~{to}-]|\s|[、.．）)]|$)"),
        compiled(rf"[<>≤≥＞＜≧≦{about}＋+±\[［（(]?\s?[-－−]?[0-9]"),
        compiled(rf"[%％]\s?[）)]?$|^[（(]?(?:{captions})\s?[:：]"),  # 比上年增长％, 单位：亿元
    )
