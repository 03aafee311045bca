"""Lines of one column go in, its paragraphs go out: which lines the width of the page broke is decided here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from policyx.read.pdf_lines import Line

SAME_SIZE = 0.12  # share by which sizes of type differ that are one
_SAME_SIZE_OF_LATIN = 0.35
_FULL = 2.2  # of the type's size: how far from the right edge a line may end that goes on
_INDENT = 0.8
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
ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、](?![0-9])|第[一二三四五六七八九十百0-9]{1,4}[章节条篇]"
    r"|[①-⑳]|[●■◆▪•]|附件?[0-9]{0,2}[:：]|表\s?[0-9]+)"
)
_GAP = re.compile(r"\S {2,}\S")


def goes_on(last: Line, line: Line, usual: float, pitch: float | None, new_page: bool = False) -> bool:
    """Whether a line goes on in the next one: it reaches the right edge, and the next is not set in."""
    if last.box != line.box and not (new_page and last.box and line.box):
        return False
    size = last.size
    alike = SAME_SIZE if _HAN.search(line.text) and _HAN.search(last.text) else _SAME_SIZE_OF_LATIN
    if abs(line.size - size) > alike * size or _GAP.search(last.text) or _GAP.search(line.text):
        return False
    apart = line.top - last.top
    title = size > _LARGE * usual and _is_centred(last) and _is_centred(line)
    farthest = _WIDEST * size if title else pitch * _APART if pitch else _LEADING * 1.5 * size
    if not new_page and not 0.3 * size < apart <= farthest:
        return False
    if title and bool(_HAN.search(last.text)) != bool(_HAN.search(line.text)):  # the title in another language
        return False
    if title:
        return last.text[-1] not in _ENDS and not ITEM.match(line.text)
    room = max(_FULL * size, _NARROW * size * len(_WHOLE.match(line.text)[0]) + size)  # type: ignore[index]
    if last.right - last.x1 > room or line.x0 - line.left > _INDENT * size:
        return False
    if last.text[-1] in _ENDS and (ITEM.match(line.text) or last.right - last.x1 > size):
        return False
    # a heading that happens to fill its line ends without a stop before the mark of the next one
    return not (ITEM.match(line.text) and (last.text[-1] in "；;：:" or ITEM.match(last.text)))


def joined(before: str, after: str) -> str:
    """Two parts of a broken line: a blank stands only between words of other scripts; a part of a word has a hyphen."""
    if re.search(r"[A-Za-z]-$", before) and after[0].islower():
        return before[:-1] + after
    latin = before[-1].isascii() and after[0].isascii() and before[-1].isalpha() and after[0].isalnum()
    return f"{before} {after}" if latin else before + after


def usual_pitch(pages: Sequence[Sequence[Line]]) -> float | None:
    """The distance at which most lines follow one another; None where too few do."""
    counts: Counter[float] = Counter()
    for lines in pages:
        for last, line in pairwise(lines):
            apart = line.top - last.top
            if abs(line.size - last.size) < SAME_SIZE * line.size and 0.8 * line.size < apart < 4 * line.size:
                counts[round(2 * apart) / 2] += 1
    if not counts:
        return None
    pitch, count = counts.most_common(1)[0]
    return pitch if count > 1 else None


def usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of most of the type."""
    sizes = [line.size for page in pages for line in page for _ in line.text]
    return median(sizes) if sizes else 0.0


def _is_centred(line: Line) -> bool:
    middle = (line.left + line.right) / 2
    return abs((line.x0 + line.x1) / 2 - middle) < 1.5 * line.size
