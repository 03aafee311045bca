"""A sentence around one figure: the clause before it, the clause behind it, and what was said earlier."""

from __future__ import annotations

from typing import NamedTuple

from policyx.model import Mention, Span
from policyx.patterns import compiled

_SEPARATORS = "，,；;：:。！？!?"
_SEPARATED = compiled(r"[，；：。、,;:]")
_CLOSING = compiled(r"[）)]")
_OPEN, _CLOSE = "（(《“「", "）)》”」"


class Surroundings(NamedTuple):
    """Texts around one figure, all cut from the repaired text.

    `left`: its clause up to it, without times; `raw_left`: the same with times; `right`: its clause behind it, up to
    the next figure; `rest`: the sentence behind it; `earlier`: the sentence up to its clause; `gap`: from the previous
    figure to it; `mark`: the separator right before its clause; `start`, `stop`: where its clause begins
    and where the figure ends; `bracketed`: it stands in brackets."""

    left: str
    raw_left: str
    right: str
    rest: str
    earlier: str
    gap: str
    mark: str
    start: int
    stop: int
    bracketed: bool


def surroundings(text: str, sentence: Span, figures: list[Mention], index: int, times: list[Mention]) -> Surroundings:
    """The texts around `figures[index]` in its sentence."""
    figure = figures[index]
    previous = figures[index - 1].span.end if index else sentence.start
    following = figures[index + 1].span.start if index + 1 < len(figures) else sentence.end
    left_end = figure.span.start
    start = _clause_start(text, previous, left_end)
    mark = text[start - 1] if start > sentence.start else ""
    if start == previous and index:
        start, mark = _own_start(text, start, figure.span.start, mark)
    if start > sentence.start and text[start - 1] in "（(" and not text[start : figure.span.start].strip():
        left_end = start - 1  # X（40家）: X is counted
        start = _clause_start(text, previous, left_end)
    last = index
    while last + 1 < len(figures) and figures[last + 1].span.start == figures[last].span.end:
        last += 1  # 14035户25559人享受低保: two counts of one thing, one noun behind them
    if last > index:
        following = figures[last + 1].span.start if last + 1 < len(figures) else sentence.end
        figure = figures[last]
    end = _clause_end(text, figure.span.end, min(following, sentence.end))
    raw_left = text[start:left_end]
    left = _without_times(text, Span(start, left_end), times) if times else raw_left
    aside = _aside(text, sentence.start, previous, left_end) if index else None
    if aside:
        start = _clause_start(text, sentence.start, aside.start)
        mark = text[start - 1] if start > sentence.start else ""
        raw_left = text[start : aside.start] + text[aside.end : left_end]
        parts = (Span(start, aside.start), Span(aside.end, left_end))
        left = "".join(_without_times(text, part, times) for part in parts)
    return Surroundings(
        left,
        raw_left,
        text[figure.span.end : end],
        text[figure.span.end : sentence.end],
        text[sentence.start : start],
        text[previous : figures[index].span.start],
        mark,
        start,
        figure.span.end,
        is_bracketed(text[sentence.start : figures[index].span.start]),
    )


def _aside(text: str, low: int, previous: int, at: int) -> Span | None:
    """The brackets that the previous figure stands in, where the figure at `at` goes on with the clause around them:
    完成年度任务（111.3亿元）的38.7%."""
    closing = _CLOSING.search(text, previous, at)
    opened = max(text.rfind("（", low, previous), text.rfind("(", low, previous))
    close = closing.start() if closing else -1
    if close < 0 or opened < 0 or _CLOSING.search(text, opened, close) or _SEPARATED.search(text, close + 1, at):
        return None
    return Span(opened, close + 1)


def is_bracketed(before: str) -> bool:
    """True where a bracket that `before` opens is still open at its end."""
    opened = before.count("（") + before.count("(")
    return opened > 0 and opened > before.count("）") + before.count(")")


def _own_start(text: str, previous: int, figure: int, mark: str) -> tuple[int, str]:
    """Where a list's next item begins. What follows the figure before up to the separator is that figure's noun: in
    2项奥运冠军、58项世界冠军 the 58 are no 奥运冠军."""
    gap = text[previous:figure]
    separator = _ITEM.search(gap)
    if not separator:
        return previous, mark
    if not separator.start() or _OPENS_NOUN.match(gap):
        return previous + separator.end(), separator[0][0]
    return previous, mark


_OPENS_NOUN = compiled(r"[一-鿿A-Za-z“「《]|[0-9]{1,2}[A-Z]")
_ITEM = compiled(r"、|以及|和|及(?!以)|与")


def _clause_start(text: str, low: int, high: int) -> int:
    """Behind the last separator in low..high that stands in no bracket; behind an open bracket."""
    depth = 0
    for position in range(high - 1, low - 1, -1):
        character = text[position]
        if character in _CLOSE:
            depth += 1
        elif character in _OPEN:
            if depth == 0:
                if character in "（(":
                    return position + 1
            else:
                depth -= 1
        elif depth == 0 and character in _SEPARATORS and not _inside_number(text, position):
            return position + 1
    return low


def _inside_number(text: str, position: int) -> bool:
    return text[position] in ",.:" and text[position - 1 : position + 2 : 2].isdigit() and position > 0


def _clause_end(text: str, start: int, limit: int) -> int:
    depth = 0
    for position in range(start, limit):
        character = text[position]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            if depth == 0 and character in "）)":
                return position
            depth = max(0, depth - 1)
        elif (
            character == "\n"
            or (depth == 0 and character in _SEPARATORS)
            or (depth == 0 and character == "、" and _closes_item(text, position, limit))
        ):
            return position
    return limit


def _closes_item(text: str, position: int, limit: int) -> bool:
    """True where 、 sets this figure's item apart from the next figure's, not two words of one noun phrase."""
    return (
        not any(text[p] in _SEPARATORS for p in range(position, limit))
        and limit < len(text)
        and text[limit] not in _SEPARATORS
    )


_COMPARED = compiled(r"(?:与|比|较|同|和)$")
_COMPARED_TAIL = compiled(r"^(?:同期|末|底|年底|年末|全年)*(?:相比|比较|对比|比)?")


def _without_times(text: str, span: Span, times: list[Mention]) -> str:
    parts = []
    at = span.start
    for time in times:
        if time.span.end <= span.start or time.span.start >= span.end:
            continue
        before = text[at : max(at, time.span.start)]
        tail = 0
        if time.time and time.time.baseline:
            before = _COMPARED.sub("", before)
            matched = _COMPARED_TAIL.match(text[time.span.end : span.end])
            tail = matched.end() if matched else 0
        parts.append(before)
        at = min(span.end, time.span.end + tail)
    parts.append(text[at : span.end])
    return "".join(parts)
