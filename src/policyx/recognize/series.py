"""Numbered classes (1类人才…2类人才…3类人才…): a text in, the places of the numbers that name a class out.

One number alone counts; numbers that run from 1 on, each at the start of a clause, are names."""

from __future__ import annotations

from functools import lru_cache

from policyx.patterns import any_word, compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_FEWEST = 3
_RULE = "exclusion.numbered_class"
_INSIDE = "0-9A-Za-z.．%％\u4e00-\u9fff"  # what a word may end with


class _Shapes(NamedTuple):
    cues: tuple[str, ...]
    number: str
    named: str


@lru_cache(maxsize=4)
def _shapes(rules: Rules) -> _Shapes | None:
    cues = rules.words("exclusion", "numbered_class")
    if not cues:
        return None
    led = any_word(rules.words("context", "class_led_in"))
    number = rf"(?P<number>[1-9]{{}}[0-9]?)\s?(?:{any_word(cues)})"
    alone = number.format(rf"(?<![{_INSIDE}][1-9])")
    return _Shapes(tuple(cues), alone, rf"(?:^|[^{_INSIDE}]|{led}){number.format('')}")


def numbered_classes(text: str, rules: Rules) -> tuple[list[tuple[int, int]], str]:
    """Where the numbers of classes stand, and the rule that says so; none where the text has no run of them."""
    shapes = _shapes(rules)
    if shapes is None or not any(cue in text for cue in shapes.cues):
        return [], _RULE
    last = 0
    for match in compiled(shapes.number).finditer(text):
        last += int(match["number"]) == last + 1
    if last < _FEWEST:
        return [], _RULE
    found = (match for match in compiled(shapes.named).finditer(text) if int(match["number"]) <= last)
    return [(match.start("number"), match.end()) for match in found], _RULE
