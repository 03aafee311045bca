"""Recognition: the repaired text in, mentions of quantities, ranks and times out; no linking, no names."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.model import Mention, Span
from policyx.recognize.period import find_times
from policyx.recognize.quantity import find_quantities
from policyx.recognize.rank import find_ranks
from policyx.recognize.reject import TITLED
from policyx.recognize.spans import SpanSet
from policyx.rules import Rules

__all__ = ["recognize"]


def recognize(text: str, rules: Rules, furniture: Sequence[Span] = ()) -> list[Mention]:
    """Every mention of `text`, in order. A mention with `rejected` looks like a quantity and is none."""
    titles = SpanSet(match.span() for match in TITLED.finditer(text))
    times = [_in_title(mention, titles) for mention in find_times(text, rules)]
    ranks = find_ranks(text, rules)
    blocked = [m.span for m in times] + [m.span for m in ranks]
    quantities = find_quantities(text, rules, sorted(blocked), furniture)
    return sorted([*times, *ranks, *quantities], key=lambda mention: mention.span)


def _in_title(time: Mention, titles: SpanSet) -> Mention:
    """《2017年国民经济行业分类》: a year inside a title belongs to the title."""
    if titles.holds(time.span.start):
        return time._replace(rejected="exclusion.title")
    return time
