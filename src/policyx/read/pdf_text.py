"""Lines and tables in reading order go in, the text of the document goes out: lines that the width of the page broke
are one paragraph again, over the end of a page too, and a table that a page broke is one table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from policyx.read.cells import numbered_lines
from policyx.read.pdf_layout import Line, PageLayout, Table

_FULL = 2.2  # of the type's size: how far from the right edge a line may end that goes on
_INDENT = 0.8
_SAME_SIZE, _SAME_SIZE_OF_LATIN = 0.12, 0.35
_HAN = re.compile("[\u2e80-\u9fff]")
_LARGE = 1.12  # of the usual size: from here on a line is set as a title
_APART = 1.45  # of the usual distance between lines: from here on a new paragraph begins
_LEADING = 1.8  # of the type's size: the widest distance between the lines of a paragraph, where no other is known
_WIDEST = 3.2  # of the type's size: the lines of a title stand farther apart
_NARROW = 0.6  # of the type's size: the width of a digit
_WHOLE = re.compile(
    r"[“（(《]?[0-9A-Za-z.,%％‰:∶~～+/-]*[，。；：、）)”]{0,2}"
)  # what no line is broken in: 6.2%；goes down as one
_ENDS = frozenset("。！？!?")
_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、](?![0-9])|第[一二三四五六七八九十百0-9]{1,4}[章节条篇]"
    r"|[①-⑳]|[●■◆▪•]|附件?[0-9]{0,2}[:：]|表\s?[0-9]+)"
)
_GAP = re.compile(r"\S {2,}\S")


def document_text(pages: list[PageLayout]) -> tuple[str, tuple[int, ...]]:
    """The text, and the offset at which each page begins."""
    lines = [[item for item in page.items if isinstance(item, Line)] for page in pages]
    sizes = [line.size for page in lines for line in page for _ in line.text]
    writer = _Writer(median(sizes) if sizes else 0.0, _usual_pitch(lines))
    for page in pages:
        writer.begin_page()
        for item in page.items:
            if isinstance(item, Table):
                writer.add_table(item)
            else:
                writer.add_line(item)
    return writer.finished()


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The paragraphs that lines of one column make up."""
    size = median(line.size for line in lines) if lines else 0.0
    pitch = _usual_pitch([lines])
    out: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None and goes_on(last, line, size, pitch):
            out[-1] = joined(out[-1], line.text)
        else:
            out.append(line.text)
        last = line
    return out


def goes_on(last: Line, line: Line, usual: float, pitch: float | None, new_page: bool = False) -> bool:
    """Whether a line goes on in the next one: it reaches the right edge, and the next is not set in."""
    size = last.size
    alike = _SAME_SIZE if _HAN.search(line.text) and _HAN.search(last.text) else _SAME_SIZE_OF_LATIN
    if abs(line.size - size) > alike * size or _GAP.search(last.text) or _GAP.search(line.text):
        return False
    apart = line.top - last.top
    title = size > _LARGE * usual and _is_centred(last) and _is_centred(line)
    farthest = _WIDEST * size if title else pitch * _APART if pitch else _LEADING * 1.5 * size
    if not new_page and not 0.3 * size < apart <= farthest:
        return False
    if title:
        return last.text[-1] not in _ENDS and not _ITEM.match(line.text)
    room = max(_FULL * size, _NARROW * size * len(_WHOLE.match(line.text)[0]) + size)  # type: ignore[index]
    if last.right - last.x1 > room or line.x0 - line.left > _INDENT * size:
        return False
    if last.text[-1] in _ENDS and (_ITEM.match(line.text) or last.right - last.x1 > size):
        return False
    # a heading that happens to fill its line ends without a stop before the mark of the next one
    return not (_ITEM.match(line.text) and (last.text[-1] in "；;：:" or _ITEM.match(last.text)))


def joined(before: str, after: str) -> str:
    """Two parts of a broken line: a blank stands only between words of other scripts; a part of a word has a hyphen."""
    if re.search(r"[A-Za-z]-$", before) and after[0].islower():
        return before[:-1] + after
    latin = before[-1].isascii() and after[0].isascii() and before[-1].isalpha() and after[0].isalnum()
    return f"{before} {after}" if latin else before + after


def _usual_pitch(pages: Sequence[Sequence[Line]]) -> float | None:
    """The distance at which most lines follow one another; None where too few do."""
    counts: Counter[float] = Counter()
    for lines in pages:
        for last, line in pairwise(lines):
            apart = line.top - last.top
            if abs(line.size - last.size) < _SAME_SIZE * line.size and 0.8 * line.size < apart < 4 * line.size:
                counts[round(2 * apart) / 2] += 1
    if not counts:
        return None
    pitch, count = counts.most_common(1)[0]
    return pitch if count > 1 else None


def _is_centred(line: Line) -> bool:
    middle = (line.left + line.right) / 2
    return abs((line.x0 + line.x1) / 2 - middle) < 1.5 * line.size


class _Writer:
    """Collects the text, and keeps the last paragraph and the last table open."""

    def __init__(self, usual: float, pitch: float | None) -> None:
        self._usual = usual  # size of type
        self._pitch = pitch
        self._parts: list[str] = []
        self._length = 0
        self._pages: list[int] = []
        self._waiting = 0  # pages that have begun and have no text yet
        self._last: Line | None = None
        self._page_of_last = 0
        self._page = 0
        self._rows: list[tuple[str, ...]] = []
        self._row_pages: list[int] = []

    def begin_page(self) -> None:
        self._page += 1
        self._waiting += 1

    def add_line(self, line: Line) -> None:
        self._end_table()
        last = self._last
        new_page = self._page != self._page_of_last
        if last is not None and goes_on(last, line, self._usual, self._pitch_to(line), new_page):
            before = last.text
            whole = joined(before, line.text)
            if not whole.startswith(before):  # the hyphen goes
                self._parts[-1] = self._parts[-1][:-1]
                self._length -= 1
                before = before[:-1]
            self._write(whole[len(before) :])
        else:
            self._end_paragraph()
            self._write(line.text)
        self._last, self._page_of_last = line, self._page

    def _pitch_to(self, line: Line) -> float | None:
        """The usual distance between lines, for type of the usual size."""
        return self._pitch if abs(line.size - self._usual) <= _SAME_SIZE * self._usual else None

    def add_table(self, table: Table) -> None:
        rows = table.rows
        goes_on = bool(self._rows) and self._row_pages[-1] == self._page - 1 and len(rows[0]) == len(self._rows[0])
        if not goes_on:
            self._end_table()
        elif rows[0] == self._rows[0]:  # the head is printed again on the next page
            rows = rows[_common_head(self._rows, rows) :]
        self._end_paragraph()
        self._last = None
        self._rows += rows
        self._row_pages += [self._page] * len(rows)

    def finished(self) -> tuple[str, tuple[int, ...]]:
        self._end_table()
        self._end_paragraph()
        self._pages += [self._length] * self._waiting
        return "".join(self._parts), tuple(self._pages)

    def _end_paragraph(self) -> None:
        if self._parts and not self._parts[-1].endswith("\n"):
            self._parts.append("\n")
            self._length += 1

    def _end_table(self) -> None:
        rows, pages = self._rows, self._row_pages
        self._rows, self._row_pages = [], []
        if not rows:
            return
        begun = len(self._pages) + self._waiting
        for number, line in numbered_lines(tuple(rows)):
            self._waiting = max(min(pages[number], begun) - len(self._pages), 0)
            self._write(line)
            self._end_paragraph()
        self._waiting = begun - len(self._pages)

    def _write(self, text: str) -> None:
        self._pages += [self._length] * self._waiting
        self._waiting = 0
        self._parts.append(text)
        self._length += len(text)


def _common_head(above: list[tuple[str, ...]], below: tuple[tuple[str, ...], ...]) -> int:
    """How many rows a table's next part repeats."""
    count = 0
    while count < min(len(above), len(below)) and above[count] == below[count]:
        count += 1
    return count
