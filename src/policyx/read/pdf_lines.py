"""Characters with their places go in, the lines that they stand on go out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from policyx.read.pdf_chars import Char

SAME_LINE = 0.5  # share of the smaller height by which boxes on one line overlap
FILLED = 0.55  # share of a column's width that its lines fill, most of them
_COLUMN_GAP = 1.5  # of the type's size: from here on a gap inside a line parts cells
STRIP = 0.6  # of the type's size: a gap that may be the strip between two columns of type
_WORD_GAP = 0.2
_LETTER_GAP = 0.13  # between two Latin letters: the blanks of condensed type are narrow
_FEW = 6  # lines of a column in which any may begin alone
_SAME_START = 0.6  # of the type's size
_JUMP = 3.0  # of the type's size: the widest gap between characters that are written one after another
_RAISED_SIZE = 0.8
_RAISED_WIDTH = 0.42  # of the type's size: figures are half as wide as it is high
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LATIN = "\u2e7f"  # the last character before the radicals, with which Chinese begins


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its box and the size of its type; `left` and `right` are the edges of its column. `certain`
    says of each character how certain its recognition is; it is empty for a text layer. Of a frame the boxes below one
    another are numbered; a line outside has no `box`."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    left: float = 0.0
    right: float = 0.0
    certain: tuple[float, ...] = ()
    box: int = 0


def text_lines(rows: Sequence[list[Char]], cuts: Sequence[float] = ()) -> list[Line]:
    """The lines of rows of characters, from top to bottom; parts of a row with a wide gap between them apart, and those
    to both sides of a cut."""
    made = (_line(part) for row in rows for part in _split(row, cuts))
    return [line for line in made if line is not None]


def char_rows(chars: list[Char]) -> list[list[Char]]:
    """The characters at one height together, from left to right, whatever order they were written in."""
    lines: list[list[Char]] = []
    for char in chars:
        if lines and _continues(lines[-1][-1], char):
            lines[-1].append(char)
            continue
        begun = next((line for line in reversed(lines[-4:-1]) if _continues(line[-1], char)), None)
        if begun is None:
            lines.append([char])
        else:
            begun.append(char)
    return _merged(lines)


def _continues(last: Char, char: Char) -> bool:
    """Whether a character goes on in the line of the one written before it."""
    size, other = last.bottom - last.top, char.bottom - char.top
    if not -0.5 * size <= char.x0 - last.x1 <= _JUMP * max(size, other):
        return False
    shared = min(last.bottom, char.bottom) - max(last.top, char.top)
    return shared > SAME_LINE * min(size, other)


def _merged(lines: list[list[Char]]) -> list[list[Char]]:
    out: list[list[Char]] = []
    boxes: list[tuple[float, float]] = []
    heights = ((median(c.top for c in line), median(c.bottom for c in line), line) for line in lines)
    for top, bottom, line in sorted(heights, key=lambda item: (item[0], item[2][0].x0)):
        for index in range(len(out) - 1, max(len(out) - 4, -1), -1):
            above = boxes[index]
            shared = min(bottom, above[1]) - max(top, above[0])
            if shared > SAME_LINE * min(bottom - top, above[1] - above[0]):
                out[index].extend(line)
                break
        else:
            out.append(list(line))
            boxes.append((top, bottom))
    return [sorted(line, key=lambda char: char.x0) for line in out]


def _split(row: list[Char], cuts: Sequence[float]) -> list[list[Char]]:
    """A row in parts where gaps are wide enough to part columns of type, or a cut goes through."""
    parts: list[list[Char]] = [[row[0]]]
    edge = row[0].x1
    for char in row[1:]:
        gap, size = char.x0 - edge, char.bottom - char.top
        parted = gap > _COLUMN_GAP * size or (gap > STRIP * size and _is_cut(edge, char.x0, cuts))
        if parted and not char.text.isspace():
            parts.append([])
        parts[-1].append(char)
        edge = max(edge, char.x1)
    return parts


def parts_of(row: list[Char]) -> list[list[Char]]:
    """The characters at one height in parts, where wide gaps part them."""
    return _split(row, ())


def _is_cut(start: float, end: float, cuts: Sequence[float]) -> bool:
    index = bisect_left(cuts, start)
    return index < len(cuts) and cuts[index] <= end


def _line(chars: list[Char]) -> Line | None:
    """The characters as text: a wide gap becomes two blanks, which the linker takes for the edge of a cell."""
    seen = [char for char in chars if not char.text.isspace()]
    if not seen:
        return None
    # the boxes of Latin letters are higher than those of Chinese characters of the same size
    size = median([c.bottom - c.top for c in chars if c.text > _LATIN] or [c.bottom - c.top for c in chars])
    base = median(char.bottom for char in chars)
    parts: list[str] = []
    certain: list[float] = []
    last: Char | None = None
    for char in chars:
        blank = _blank(last, char, size)
        text = char.text
        if text in "0123456789" and last is not None and _is_raised(last, char, size, base):
            text = text.translate(_RAISED)
        parts.append(blank + text)
        if char.certainty is not None:
            certain += [1.0] * len(blank) + [char.certainty]
        last = char
    text = "".join(parts)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    x0, x1 = min(char.x0 for char in seen), max(char.x1 for char in seen)
    top, bottom = min(char.top for char in seen), max(char.bottom for char in seen)
    return Line(text, x0, top, x1, bottom, size, certain=tuple(certain[lead : lead + len(text)]))


def _blank(last: Char | None, char: Char, size: float) -> str:
    """What stands between two characters of a line."""
    gap = char.x0 - last.x1 if last is not None else 0.0
    if last is None or gap <= _LETTER_GAP * size:
        return ""
    if gap > _COLUMN_GAP * size:
        return "  "
    if not (last.text.isascii() and char.text.isascii()):
        return ""
    letters = last.text.isalpha() and char.text.isalpha()
    return " " if letters or gap > _WORD_GAP * size else ""


def _is_raised(last: Char, char: Char, size: float, base: float) -> bool:
    """Whether a figure is the mark of a note: smaller and higher than the text before it."""
    small = char.bottom - char.top < _RAISED_SIZE * size or char.x1 - char.x0 < _RAISED_WIDTH * size
    return small and base - char.bottom > 0.2 * size and not last.text.isspace()


def rejoined(lines: list[Line]) -> list[Line]:
    """The parts of one line as one again, two blanks between them: there are no columns of type that part them.

    Single characters far apart are a word spread over the line: 通　知, or a line that was justified at all costs."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        last = rows[-1][0] if rows else None
        shared = min(last.bottom, line.bottom) - max(last.top, line.top) if last is not None else 0.0
        if last is not None and shared > SAME_LINE * min(last.bottom - last.top, line.bottom - line.top):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_one_line(sorted(row, key=lambda line: line.x0)) for row in rows]


def _one_line(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    spread = all(len(line.text) == 1 and not line.text.isdecimal() for line in row)
    blank = "" if spread else "  "
    certain: list[float] = []
    for line in row:
        certain += [*([1.0] * len(blank) if certain else []), *line.certain]
    return Line(
        blank.join(line.text for line in row),
        row[0].x0,
        min(line.top for line in row),
        max(line.x1 for line in row),
        max(line.bottom for line in row),
        max(line.size for line in row),
        certain=tuple(certain),
    )


def with_edges(lines: list[Line]) -> list[Line]:
    """The lines with the edges of the column that they stand in together."""
    if not lines:
        return []
    left, right = _left_edge(lines), right_edge(lines)
    return [replace(line, left=left, right=right) for line in lines]


def _left_edge(lines: list[Line]) -> float:
    """Where lines begin: a number in the margin of a column of many lines stands alone."""
    starts = sorted((line.x0, line.size) for line in lines)
    if len(starts) < _FEW:
        return starts[0][0]
    return next(
        (x for (x, size), (following, _) in pairwise(starts) if following - x < _SAME_START * size), starts[0][0]
    )


def right_edge(lines: list[Line]) -> float:
    """Where full lines end: what most of the longer ones reach. An address that nothing can break may stick out."""
    widest = max(line.x1 - line.x0 for line in lines)
    ends = sorted(line.x1 for line in lines if line.x1 - line.x0 >= FILLED * widest)
    return ends[len(ends) * 3 // 4]
