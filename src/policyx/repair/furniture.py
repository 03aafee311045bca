"""Page furniture (view counts, share bars, contact lines, lists of other articles) in a repaired text; its spans out.

Nothing is removed: a span says that what stands there is not the document speaking.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from policyx.model import Span
from policyx.rules import Rules

__all__ = ["Furniture", "furniture"]


class Furniture(NamedTuple):
    """A stretch of the repaired text that is page furniture, and the rule that says so."""

    span: Span
    rule: str


class _Pattern(NamedTuple):
    pattern: re.Pattern[str]
    cues: tuple[str, ...]
    scope: str
    rule: str


@lru_cache(maxsize=8)
def _patterns(rules: Rules) -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            re.compile(entry["pattern"], re.MULTILINE), tuple(entry.get("words", ())), entry["scope"], entry["id"]
        )
        for entry in rules.of("furniture")
    )


def furniture(text: str, rules: Rules) -> list[Furniture]:
    """The page furniture of `text`, sorted; stretches of different rules may touch but do not overlap.

    The scope of a rule says how far it reaches: `match` what the pattern matched, `line` the whole line around it,
    `rest` from the line of the match to the end of the text."""
    found: list[Furniture] = []
    for item in _patterns(rules):
        if item.cues and not any(cue in text for cue in item.cues):
            continue
        for match in item.pattern.finditer(text):
            if match.end() == match.start():
                continue
            span = _reach(text, match, item.scope)
            if item.scope != "rest" or _is_tail(text, span):
                found.append(Furniture(span, item.rule))
                if item.scope == "rest":
                    break
    return _without_overlaps(found)


def _reach(text: str, match: re.Match[str], scope: str) -> Span:
    if scope == "match":
        return Span(match.start(), match.end())
    start = text.rfind("\n", 0, match.start() + 1) + 1
    if text[match.start()] == "\n":
        start = match.start() + 1
    if scope == "rest":
        return Span(start, len(text))
    end = text.find("\n", match.end())
    return Span(start, len(text) if end < 0 else end)


def _is_tail(text: str, span: Span) -> bool:
    """A list of other articles comes after the article: not before its middle, and not with headed sections in it."""
    return 2 * span.start >= len(text) and _SECTION.search(text, span.start) is None


_SECTION = re.compile(r"^[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节条])", re.MULTILINE)


def _without_overlaps(found: list[Furniture]) -> list[Furniture]:
    kept: list[Furniture] = []
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        last = kept[-1].span.end if kept else 0
        if item.span.end <= last:
            continue
        kept.append(item if item.span.start >= last else Furniture(Span(last, item.span.end), item.rule))
    return kept
