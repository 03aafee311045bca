"""The repaired text in, its segments out: headings with their path, paragraphs cut into sentences, table rows.

Nothing is read of what the segments say; a heading is known by its mark, its length and its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policyx.flattened import holds_sentences, last_told, told_cells
from policyx.linecells import (
    BLANK,
    DATE_SIGNS,
    END,
    MULTIPLIERS,
    NUMERALS,
    ONLY_DATE,
    Line,
    LineWords,
    cells_of,
    cells_of_two,
    line_words,
    lines_of,
    tabbed,
)
from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.rules import Rules
from policyx.spacedtitles import spaced_titles
from policyx.tuples import NamedTuple

_STOP = compiled(r"[。！？!?.](?:(?<!\.)[”’」』）)\"]*|(?<=[\u4e00-\u9fff）)”%]\.)(?=\s|$))")
_LONGEST_HEADING = 44
_LONGEST_PLAIN_HEADING = 32
_LONGEST_BEFORE_COLON = 16
_LONGEST_SENTENCE = 3000
_FIGURE = compiled(rf"[0-9][0-9.,]*\s?[{MULTIPLIERS}]{{0,3}}")
_QUOTED = compiled(r"“[^”]{0,30}”|「[^」]{0,30}」|《[^》]{0,60}》")
# 处五百元罚款, 试用期为六个月; not 二元结构, 一小时交通圈
_SPELLED = compiled(rf"[{NUMERALS}][{NUMERALS}{MULTIPLIERS}]{{0,20}}(?:(?<=[{MULTIPLIERS}])元|个月|周岁|平方米)")
_YEAR_TITLES = compiled(r"(?:19|20)[0-9]{2}年\s?(?:19|20)[0-9]{2}年")  # 2020年2025年 above columns
_ADDRESS = compiled(r"https?:|www\.|[A-Z]{2,}\.[0-9]")  # 原文链接：http…, a data base's number of the text
_DATE = compiled(rf"[0-9]{{1,4}}\s?[{DATE_SIGNS}]")
_PAUSE = compiled(r"[。；;，,]")
_HAN = compiled(r"[\u4e00-\u9fff]")
_ITEM_MARKS = "-－–~•·●■◆▪►▶⚫◎※✓"
_ONE_PHRASE = compiled(r"[\u4e00-\u9fff、（）()]+")

_STRAIGHT = '"'
_ASKS = "？?"
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
    if not any(mark in text for mark in _WIDE_MARKS):
        return text
    return _NARROW.sub(lambda mark: _WIDE_MARKS[mark[0]], text)


class _Head(NamedTuple):
    title_end: int
    content: int
    level: int
    rule: str | None


def segment(text: str, rules: Rules, page: Sequence[Span] = ()) -> list[Segment]:
    """The segments of `text`, in order; together they hold all of it but blanks, marks and the page furniture (`page`)
    that opens a line."""
    words = line_words(rules)
    leads = {span.start: span.end for span in page}
    lines = [_behind(line, leads) for line in lines_of(text)]
    segments: list[Segment] = []
    path: list[tuple[int, str]] = []
    heads: tuple[str, ...] = ()
    paragraph = -1
    titled = spaced_titles(lines)
    for at, line in enumerate(lines):
        number = paragraph = paragraph + 1
        following = lines[at + 1] if at + 1 < len(lines) else None
        cells = () if at in titled else cells_of(line, words) or cells_of_two(lines, at, words)
        heads = heads if "|" in line.text or "\t" in line.text else ()
        texts = cells if "|" in line.text else tabbed(line)
        if texts and holds_sentences([text[slice(*cell)] for cell in texts]):
            told = told_cells(text, texts, heads)
            segments += [part for place, cell in enumerate(told) for part in _told(text, *cell, path, number + place)]
            paragraph += len(told) - 1
            continue
        if cells:
            heads = heads or tuple(text[slice(*cell)] for cell in cells)
            note = last_told(text, cells) if "|" in line.text else None
            cells, end = (cells[:-1], note.start) if note else (cells, line.end)
            segments.append(Segment("row", Span(line.start, end), _titles(path), number, cells=cells))
            segments += _told(text, note, (), path, number) if note else ()
            continue
        opened = line.start + titled.get(at, 0)
        head = _Head(opened, opened, _INNER_LEVEL, _PLAIN) if at in titled else _heading(line, following, words, path)
        if head.title_end > line.start:
            path = _entered(path, head.level, _clean(text[line.start : head.title_end]))
            span = Span(line.start, head.title_end)
            segments.append(Segment("heading", span, _titles(path[:-1]), number, head.level, rule=head.rule))
        elif head.rule == _ARTICLE:  # 第三条 对……: the mark is the heading, the text begins behind it
            path = _entered(path, head.level, _clean(text[line.start : head.content]))
        elif head.level:
            path = _left(path, head.level)
        rule, titles = head.rule, _titles(path)
        for span in _sentences(text, head.content, line.end):
            segments.append(Segment("sentence", span, titles, number, 0, (), rule))
    return segments


def _behind(line: Line, leads: Mapping[int, int]) -> Line:
    """The line without the page furniture that opens it (a dateline); as it is, where that is all it holds."""
    start = leads.get(line.start, line.start)
    return line._replace(start=start, text=line.text[start - line.start :]) if line.start < start < line.end else line


def _told(text: str, cell: Span, own: tuple[str, ...], path: list[tuple[int, str]], number: int) -> Iterator[Segment]:
    """The sentences of a cell, below the title of its column and the name of its row."""
    titles = (*_titles(path), *own)
    for span in _sentences(text, cell.start, cell.end):
        yield Segment("sentence", span, titles, number)


def _titles(path: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(title for _, title in path)


def _heading(line: Line, following: Line | None, words: LineWords, path: list[tuple[int, str]]) -> _Head:
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
    if _is_question(line, following, words):
        return _Head(line.end, line.end, _INNER_LEVEL, _PLAIN)
    below = _mark_level(following, words) if following and _opens_list(line) else 0
    if below:
        return _Head(line.end, line.end, below - 1, _PLAIN)
    return _Head(line.start, line.start, 0, None)


def _is_title(text: str, words: LineWords) -> bool:
    """Whether all that stands behind a mark is a title: short, without a figure, and open at its end."""
    return 0 < len(text) <= _LONGEST_HEADING and text[-1] not in END and not _counts(text, words)


def _title_length(text: str, at: int, level: int, words: LineWords) -> int:
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


def _bold_length(text: str, words: LineWords) -> int:
    """How much of a line that begins in bold is a title: all that is bold, where that is short and text follows."""
    title, mark, _ = text.partition("**")
    if (
        not mark
        or not 3 <= len(title) <= _LONGEST_PLAIN_HEADING
        or title[-1] in END
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


def _left(path: list[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """The path of headings for an item without a title: it ends the heading of its own level (二、补贴标准 before
    三、18周岁以下的免费), and those below."""
    return [(above, text) for above, text in path if above < level] if path and path[-1][0] == level else path


def _is_plain_heading(line: Line, following: Line | None, words: LineWords) -> bool:
    """A short line without mark and stop, above a longer one: 培育壮大创新主体."""
    return (
        3 <= len(line.text) <= _LONGEST_PLAIN_HEADING
        and line.text[-1] not in END
        and _may_be_heading(line.text, words)
        and following is not None
        and len(following.text) > len(line.text)
        and bool(_HAN.search(line.text))
        and not _has_figure(line.text, words)
        and not _goes_on_list(line, following)
    )


def _is_question(line: Line, following: Line | None, words: LineWords) -> bool:
    """A short line that asks, above one that does not: 租房补贴怎么发放？"""
    return (
        5 <= len(line.text) <= _LONGEST_PLAIN_HEADING
        and line.text[-1] in _ASKS
        and following is not None
        and following.text[-1] not in _ASKS
        and _PAUSE.search(line.text) is None
        and not _counts(line.text, words)
    )


def _goes_on_list(line: Line, following: Line) -> bool:
    """-新建渔港一万个 above -最高九成贷款: an item of a list whose items are marked alike, which heads nothing."""
    return line.text[0] in _ITEM_MARKS and following.text[0] == line.text[0]


def _opens_list(line: Line) -> bool:
    """申报条件： above 1. and 2."""
    title = line.text[:-1]
    return (
        line.text[-1] in "：:" and 3 <= len(title) <= _LONGEST_BEFORE_COLON and _ONE_PHRASE.fullmatch(title) is not None
    )


def _mark_level(line: Line, words: LineWords) -> int:
    """The level of the mark that a line begins with; 0 where there is none."""
    return next((level for pattern, level, _ in words.marks if pattern.match(line.text)), 0)


def _may_be_heading(text: str, words: LineWords) -> bool:
    """No date, address, title of a table's columns, or line that a dash sets below a title."""
    column = words.column_title.search(text) or _YEAR_TITLES.search(text)
    return not (text.startswith("—") or ONLY_DATE.fullmatch(text) or _ADDRESS.search(text) or column)


def _has_figure(title: str, words: LineWords) -> bool:
    return bool(words.figure.search(_DATE.sub("", _QUOTED.sub("", title))))


def _counts(title: str, words: LineWords) -> bool:
    """True where a figure stands before a unit, also one in characters before some units that seldom stand in titles;
    quoted figures are names (“314”总体部署)."""
    if words.lasting.search(title):
        return True
    plain = _QUOTED.sub("", _DATE.sub("", title))
    for figure in _FIGURE.finditer(plain):
        if figure[0][-1] in MULTIPLIERS:
            return True
        behind = plain[figure.end() : figure.end() + words.longest]
        if any(behind[:size] in words.units for size in range(1, len(behind) + 1)):
            return True
    return bool(_SPELLED.search(plain))


def _clean(title: str) -> str:
    return title.strip(BLANK + "。：:#")


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    quotes = 0
    for stop in [*[match.end() for match in _STOP.finditer(text, start, end)], end]:
        quotes += text.count(_STRAIGHT, at, stop)
        if quotes % 2 and text[stop - 1] == _STRAIGHT:  # 增强。"十二五"期间: it opens what follows
            stop, quotes = stop - 1, quotes - 1
        if stop - at > _LONGEST_SENTENCE:
            yield from _pieces_of(text, at, stop)
        elif text[at:stop].strip(BLANK):
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
    if text[start:end].strip(BLANK):
        yield Span(start, end)
