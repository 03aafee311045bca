"""Which segments follow each other as the rows of one table, lines with one filled cell among them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from policyx.linecells import comes_again
from policyx.model import Segment, Span
from policyx.tables.words import TableWords

_BAR = "|"
_STOPS = "。；;，,：:！？!?."
_LONGEST_GROUP = 20
_MOST_PARTS = 3
_PAIR = 2


def row_runs(
    text: str, segments: Sequence[Segment], held: Container[int], words: TableWords
) -> Iterator[tuple[int, int]]:
    """The runs of row segments, from the first to behind the last; those in `held` belong to another table."""
    at = 0
    while at < len(segments):
        if segments[at].kind != "row" or at in held:
            at += 1
            continue
        end = at + 1
        while end < len(segments) and end not in held and _goes_on(text, segments, end, words):
            end += 1
        yield at, end
        at = end


def is_nested(segments: Sequence[Segment], at: int) -> bool:
    """True for a sentence that stands on the line of a row, behind it."""
    segment = segments[at]
    while segment.kind == "sentence" and at > 0 and segments[at - 1].paragraph == segment.paragraph:
        at -= 1
        if segments[at].kind == "row":
            return True
    return False


def as_row(text: str, segment: Segment) -> Segment:
    """The segment as a row; a line with one filled cell (| 存栏 | | |) as a row of this cell."""
    if segment.kind == "row":
        return segment
    start, end = segment.span
    whole = text[start:end]
    kept = whole.strip(_BAR + " \t\u3000")
    at = start + whole.index(kept)
    return segment._replace(kind="row", cells=(Span(at, at + len(kept)),))


def _goes_on(text: str, segments: Sequence[Segment], at: int, words: TableWords) -> bool:
    """True for a row, and for a line that names a group of rows: it stands between two rows of one width."""
    segment = segments[at]
    if segment.kind == "row" or is_nested(segments, at):
        return True
    if _parts_names(text, segments, at):
        return True
    if at + 1 >= len(segments) or segments[at + 1].kind != "row":
        return False
    line = text[segment.span.start : segment.span.end]
    if words.pattern("pattern.table_number").match(line.replace("<br>", "").strip(_BAR + " *")):
        return False  # the caption of the next table
    if line.count(_BAR) > 1:
        return True
    before, behind = segments[at - 1], segments[at + 1]
    short = len(line) <= _LONGEST_GROUP and line[-1] not in _STOPS and not any(map(str.isdigit, line))
    piped = _BAR in text[behind.span.start : behind.span.end]
    if short and not piped and len(before.cells) == _PAIR and comes_again(text, behind.cells):
        return True  # 商品名称, which stands half above and half below
    return short and not piped and before.kind == "row" and len(before.cells) == len(behind.cells) > 1


def _parts_names(text: str, segments: Sequence[Segment], at: int) -> bool:
    """True for one of up to three short lines between rows, one of which lacks its name: a name that was broken over
    the lines above and below its figures."""
    first = at
    while first > 0 and at - first < _MOST_PARTS and segments[first - 1].kind != "row":
        first -= 1
    last = at
    while last + 1 < len(segments) and last - first < _MOST_PARTS and segments[last + 1].kind != "row":
        last += 1
    if first == 0 or last + 1 >= len(segments) or last - first >= _MOST_PARTS:
        return False
    lines = [text[slice(*segment.span)] for segment in segments[first : last + 1]]
    plain = all(len(line) <= _LONGEST_GROUP and line[-1] not in _STOPS and _BAR not in line for line in lines)
    beside = (segments[first - 1], segments[last + 1])
    return plain and any(_is_nameless(text, row) for row in beside if _BAR not in text[slice(*row.span)])


def _is_nameless(text: str, row: Segment) -> bool:
    """True for a row of at least two figures that opens with a figure: its number, or the first of its values."""
    cells = [text[slice(*cell)] for cell in row.cells if cell.end > cell.start]
    return len(cells) > 1 and all(not any(map(str.isalpha, cell)) for cell in cells[:2])
