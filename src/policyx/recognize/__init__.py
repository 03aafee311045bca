"""Recognition: the repaired text in, mentions of quantities, ranks and times out; no linking, no names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyx.model import Mention, Span
from policyx.patterns import compiled
from policyx.recognize.period import find_times
from policyx.recognize.quantity import find_quantities
from policyx.recognize.rank import find_ranks
from policyx.recognize.reject import TITLED
from policyx.recognize.spans import SpanSet
from policyx.rules import Rules

__all__ = ["recognize"]


def recognize(text: str, rules: Rules, furniture: Sequence[Span] = ()) -> list[Mention]:
    """Every mention of `text`, in order. A mention with `rejected` looks like a quantity and is none."""
    timeless = [("exclusion.title", SpanSet(match.span() for match in TITLED.finditer(text))), *_timeless(text, rules)]
    times = [_outside(mention, timeless) for mention in find_times(text, rules)]
    ranks = find_ranks(text, rules)
    blocked = [m.span for m in times] + [m.span for m in ranks]
    quantities = find_quantities(text, rules, sorted(blocked), furniture)
    return sorted([*times, *ranks, *quantities], key=lambda mention: mention.span)


def _timeless(text: str, rules: Rules) -> Iterator[tuple[str, SpanSet]]:
    """By the exclusions whose stretches hold no times either, what they find: web addresses."""
    for entry in rules.of("exclusion", "span"):
        if entry.get("times") and any(word in text for word in entry["words"]):
            yield entry["id"], SpanSet(match.span() for match in compiled(entry["pattern"]).finditer(text))


def _outside(time: Mention, timeless: Sequence[tuple[str, SpanSet]]) -> Mention:
    """《2017年国民经济行业分类》, http://…/2024/11/25/…: a time inside a title or an address belongs to that."""
    rule = next((rule for rule, spans in timeless if spans.holds(time.span.start)), None)
    return time._replace(rejected=rule) if rule else time
