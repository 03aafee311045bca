"""The repaired text in, its segments out: headings with their path, paragraphs cut into sentences, table rows.

Nothing is read of what the segments say; a heading is known by its mark, its length and its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policyx.model import Segment, Span
from policyx.rules import Rules

_BLANK = " \t\u3000\xa0*_>"
_STOP = re.compile(r"[。！？!?](?:[”’」』）)\"]*)|(?<=[一-鿿）)”%])\.(?=\s|$)")
_END = "。；;，,、：:！？!?."
_LONGEST_HEADING = 44
_LONGEST_PLAIN_HEADING = 32
_LONGEST_BEFORE_COLON = 16
_FIGURE_WITH_UNIT = re.compile(r"[0-9](?:[0-9.,]*)(?!年|月|日|[0-9.,]|[-—～~至]|\s|[、.．）)]|$)")
_ONLY_DATE = re.compile(r"[\s（(）)0-9年月日:：/-]+|[（(〔][^）)〕]*[）)〕]")
_DATE = re.compile(r"[0-9]{1,4}\s?[年月日]")
_CELL_GAP = re.compile(r"\t+| {2,}|\u3000{2,}|(?<=[^\s])\u3000(?=[^\s])")
_PIPE = re.compile(r"\|")
_LISTED_ROW = re.compile(
    r"(?:[-•·]\s)?(?P<name>[^0-9，。；：!！?？]{2,24}?)\s(?P<figures>-?[0-9][0-9.,]*%?(?:\s-?[0-9][0-9.,]*%?){1,8})$"
)
_HAN = re.compile(r"[一-鿿]")


_ARTICLE = "heading.article"
_ARTICLE_LEVEL = 7
_BRACKET_LEVEL = 8


class _Head(NamedTuple):
    title_end: int
    content: int
    level: int
    rule: str | None


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def segment(text: str, rules: Rules) -> list[Segment]:
    """The segments of `text`, in order; together they hold all of it but blanks and marks."""
    marks = _marks(rules)
    lines = list(_lines(text))
    segments: list[Segment] = []
    path: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        cells = _cells(line)
        if cells:
            segments.append(Segment("row", Span(line.start, line.end), _titles(path), number, cells=cells))
            continue
        head = _heading(line, lines[number + 1] if number + 1 < len(lines) else None, marks)
        if head.title_end > line.start:
            path = _entered(path, head.level, _clean(text[line.start : head.title_end]))
            span = Span(line.start, head.title_end)
            segments.append(Segment("heading", span, _titles(path[:-1]), number, head.level, rule=head.rule))
        elif head.rule == _ARTICLE:  # 第三条 对……: the mark is the heading, the text begins behind it
            path = _entered(path, head.level, _clean(text[line.start : head.content]))
        start, rule = head.content, head.rule
        segments.extend(
            Segment("sentence", span, _titles(path), number, rule=rule) for span in _sentences(text, start, line.end)
        )
    return segments


def _titles(path: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(title for _, title in path)


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold something, without the blanks and emphasis marks around them."""
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip(_BLANK + "\r")
        if stripped:
            start = at + raw.index(stripped)
            yield _Line(start, start + len(stripped), stripped)
        at += len(raw) + 1


def _cells(line: _Line) -> tuple[Span, ...]:
    """The cells of a table row: a line of short pieces set apart by pipes, tabs or wide blanks; else nothing."""
    if "|" in line.text:
        cells = _pieces(line, _PIPE, keep_empty=True)
        return cells if sum(cell.end > cell.start for cell in cells) > 1 else ()
    if "\t" in line.text or "  " in line.text or "\u3000" in line.text:
        cells = _pieces(line, _CELL_GAP, keep_empty=False)
        longest = max((cell.end - cell.start for cell in cells), default=0)
        return cells if len(cells) > 2 and longest <= 30 and "。" not in line.text else ()
    listed = _LISTED_ROW.match(line.text)
    if listed:
        return _listed_cells(line, listed)
    return ()


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


def _listed_cells(line: _Line, match: re.Match[str]) -> tuple[Span, ...]:
    """The cells of 粮 食 万吨 45262 -2.1: a name, perhaps a unit, and figures set apart by single blanks."""
    name = match["name"].rstrip()
    cells = [Span(line.start + match.start("name"), line.start + match.start("name") + len(name))]
    head, blank, _ = name.rpartition(" ")
    if blank and head.strip():
        start = cells[0].start
        cells = [Span(start, start + len(head.rstrip())), Span(start + len(head) + 1, start + len(name))]
    at = match.start("figures")
    for figure in re.finditer(r"\S+", match["figures"]):
        cells.append(Span(line.start + at + figure.start(), line.start + at + figure.end()))
    return tuple(cells)


def _heading(line: _Line, following: _Line | None, marks: list[tuple[re.Pattern[str], int, str]]) -> _Head:
    """The heading at the line's beginning, if there is one, and where the line's own text begins."""
    for pattern, level, rule in marks:
        mark = pattern.match(line.text)
        if mark:
            title = _title_length(line.text, mark.end(), level)
            content = line.start + (mark.end() + title if title else mark.end() if rule == _ARTICLE else 0)
            return _Head(content if title else line.start, content, level, rule)
    if _is_plain_heading(line, following):
        return _Head(line.end, line.end, 5, "heading.plain")
    return _Head(line.start, line.start, 0, None)


def _title_length(text: str, at: int, level: int) -> int:
    """How much of the text behind a mark is a title; nothing where it is an ordinary sentence."""
    rest = text[at:]
    stop = re.search(r"[。：:\u3000]|\*\*|(?<=】)", rest)
    if stop and stop[0] in "：:" and stop.start() > _LONGEST_BEFORE_COLON:
        return 0
    title = rest[: stop.start()] if stop else rest
    whole_line = stop is None or stop.end() == len(rest)
    if len(title) > _LONGEST_HEADING or _has_figure(title) or not (whole_line or "，" not in title or level <= 8):
        return 0
    if stop is None:
        return 0 if text[-1] in "，,、；;" else len(rest)
    return stop.end()


def _entered(path: list[tuple[int, str]], level: int, title: str) -> list[tuple[int, str]]:
    """The path of headings after one of this level: it ends those of its own and lower levels. Articles that stand
    under （一） instead of above it leave it in force."""
    if level == _ARTICLE_LEVEL and any(above == _BRACKET_LEVEL for above, _ in path):
        articles = [above for above, _ in path if above == _ARTICLE_LEVEL]
        level = _ARTICLE_LEVEL if articles else _BRACKET_LEVEL + 1
    return [(above, text) for above, text in path if above < level] + [(level, title)]


def _is_plain_heading(line: _Line, following: _Line | None) -> bool:
    """A short line without mark and stop, above a longer one: 培育壮大创新主体."""
    return (
        3 <= len(line.text) <= _LONGEST_PLAIN_HEADING
        and line.text[-1] not in _END
        and not _ONLY_DATE.fullmatch(line.text)
        and following is not None
        and len(following.text) > len(line.text)
        and bool(_HAN.search(line.text))
        and not _has_figure(line.text)
    )


def _has_figure(title: str) -> bool:
    return bool(_FIGURE_WITH_UNIT.search(_DATE.sub("", title)))


def _clean(title: str) -> str:
    return title.strip(_BLANK + "。：:#")


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for stop in _STOP.finditer(text, start, end):
        if text[at : stop.end()].strip(_BLANK):
            yield Span(at, stop.end())
        at = stop.end()
    if text[at:end].strip(_BLANK):
        yield Span(at, end)


@lru_cache(maxsize=4)
def _marks(rules: Rules) -> list[tuple[re.Pattern[str], int, str]]:
    return [(re.compile(entry["pattern"]), entry["level"], entry["id"]) for entry in rules.of("heading")]
