"""Page furniture (view counts, share bars, contact lines, lists of other articles) in a repaired text; its spans out.

Nothing is removed: a span says that what stands there is not the document speaking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from policyx.model import Span
from policyx.patterns import compiled, positions
from policyx.rules import Rules
from policyx.rules.words import WordFinder
from policyx.tuples import NamedTuple

__all__ = ["Furniture", "furniture", "own_text"]

_LONG_RUN, _FEW_FIGURES = 10, 0.25  # lines of a menu, and the share of them that may hold a figure
_ENDS_RUN = "."
_OTHER_ARTICLES = frozenset({"run", "block", "rest"})
_SAID = compiled(r"[^\n]")
_BLANKS = " \t\u3000"
_DIGIT = compiled("[0-9]")


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
        _Pattern(compiled(entry["pattern"]), tuple(entry["words"]), entry["scope"], entry["id"])
        for entry in rules.of("furniture")
    )


@lru_cache(maxsize=8)
def _cues(rules: Rules) -> WordFinder:
    return WordFinder(cue for item in _patterns(rules) for cue in item.cues)


def furniture(text: str, rules: Rules) -> list[Furniture]:
    """The page furniture of `text`, sorted; stretches of different rules may touch but do not overlap.

    The scope of a rule says how far it reaches: `match` and `lead` what the pattern matched (a lead opens its line, and
    the sentence begins behind it), `line` the whole line around it,
    `run` ten lines and more on end of which few hold a figure, `block` the lines that the pattern matches together,
    `rest` from the line of the match to the end of the text. The other patterns see one line at a time."""
    found: list[Furniture] = []
    places = _cues(rules).places(text)
    for item in _patterns(rules) if places else ():
        if item.scope in ("run", "block"):
            found += _runs(text, item) if item.scope == "run" else _blocks(text, item, places)
            continue
        done = -1
        for at in sorted(at for cue in item.cues for at in places.get(cue, ())):
            if at < done:
                continue
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            done = len(text) if end < 0 else end
            line = text[start:done]
            for match in item.pattern.finditer(line):
                if match.end() == match.start():
                    continue
                if item.scope in ("match", "lead"):
                    blank = len(match[0]) - len(match[0].lstrip(_BLANKS))  # a lead opens the line behind its indent
                    found.append(Furniture(Span(start + match.start() + blank, start + match.end()), item.rule))
                    continue
                span = Span(start, len(text) if item.scope == "rest" else done)
                if item.scope == "line" or _is_tail(text, span):
                    found.append(Furniture(span, item.rule))
                break
    return _without_overlaps(found)


def own_text(text: str, found: Sequence[Furniture], rules: Rules) -> str:
    """The text with blanks in place of the lists of other articles, whose words and days say nothing of this one."""
    others = {item.rule for item in _patterns(rules) if item.scope in _OTHER_ARTICLES}
    at, parts = 0, []
    for stretch in found:
        if stretch.rule in others:
            start, end = stretch.span
            parts += [text[at:start], _SAID.sub(" ", text[start:end])]
            at = end
    return "".join([*parts, text[at:]]) if at else text


def _blocks(text: str, item: _Pattern, places: Mapping[str, Sequence[int]]) -> list[Furniture]:
    """The lines that the pattern matches together, where one of its words stands."""
    if not any(cue in places for cue in item.cues):
        return []
    found, end = [], 0
    for at in (0, *(line_end + 1 for line_end in positions(text, "\n"))):
        match = item.pattern.match(text, at) if at >= end else None
        if match:
            end = match.end()
            found.append(Furniture(Span(*match.span()), item.rule))
    return found


def _runs(text: str, item: _Pattern) -> list[Furniture]:
    """The items of a menu: lines on end (blank ones between them or not) that the pattern fits, few with a figure."""
    found: list[Furniture] = []
    run: list[Span] = []
    at = 0
    for line in (*text.split("\n"), _ENDS_RUN):
        if item.pattern.fullmatch(line):
            run.append(Span(at, at + len(line)))
        elif line.strip():
            told = sum(_DIGIT.search(text, *span) is not None for span in run)
            if len(run) >= _LONG_RUN and told <= len(run) * _FEW_FIGURES:
                found.append(Furniture(Span(run[0].start, run[-1].end), item.rule))
            run = []
        at += len(line) + 1
    return found


def _is_tail(text: str, span: Span) -> bool:
    """A list of other articles comes after the article: not before its middle, and not with headed sections in it."""
    return 2 * span.start >= len(text) and _SECTION.search(text, span.start) is None


_SECTION = compiled(
    "^[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|"
    "第[一二三四五六七八九十]{1,3}[章节条])",
    re.MULTILINE,
)


def _without_overlaps(found: list[Furniture]) -> list[Furniture]:
    kept: list[Furniture] = []
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        last = kept[-1].span.end if kept else 0
        if item.span.end <= last:
            continue
        kept.append(item if item.span.start >= last else Furniture(Span(last, item.span.end), item.rule))
    return kept
