"""What became of aims goes in, a page comes out: verdicts with both quotes, a chart of each path, conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from html import escape
from itertools import groupby

from policyx.export.labels import head_of, word_of
from policyx.export.rows import printable
from policyx.export.staticpage import html_table, static_page
from policyx.panel.chart import Line, scaled, series_chart
from policyx.track.model import VERDICTS, Conflict, Pledge, Step, Told, Track

_FEWEST = 2  # years that make a chart
_PLEDGES = ("verdict_track", "place", "label", "measure", "year", "aim_quote", "outcome_quote", "arithmetic")
_CONFLICTS = ("conflict_kind", "place", "label", "measure", "year", "first_quote", "second_quote", "arithmetic")
_STATUS = {"aim": "target", "forecast": "forecast", "outcome": "actual"}


def track_page(track: Track, lang: str) -> str:
    """The page, in `zh` or `en`."""
    return static_page("policyx 追踪" if lang == "zh" else "policyx track", lang, _body(track, lang))


def _body(track: Track, lang: str) -> Iterator[str]:
    counts = Counter(pledge.verdict for pledge in track.pledges)
    told = ", ".join(f"{word_of('verdict_track', name, lang)} {counts[name]}" for name in VERDICTS)
    yield f"<p>{escape(told)}</p>\n"
    yield html_table([head_of(name, lang) for name in _PLEDGES], [_pledge(item, lang) for item in track.pledges])
    for (place, _, measure), group in groupby(track.steps, key=lambda step: (step.place, step.indicator, step.measure)):
        yield from _chart(place, measure, list(group), lang)
    if track.conflicts:
        yield f"<h2>{escape(head_of('conflicts', lang))}</h2>\n"
        yield html_table(
            [head_of(name, lang) for name in _CONFLICTS], [_conflict(item, lang) for item in track.conflicts]
        )


def _pledge(pledge: Pledge, lang: str) -> list[str]:
    year = str(pledge.year) if pledge.since is None else f"{pledge.since}–{pledge.year}"
    return [
        f'<span class="{pledge.verdict}">{escape(word_of("verdict_track", pledge.verdict, lang))}</span>',
        escape(pledge.place),
        escape(pledge.label),
        escape(word_of("measure", pledge.measure, lang)),
        year,
        _quoted(pledge.aim),
        _quoted(pledge.outcome or pledge.forecast),
        escape(printable(pledge.arithmetic)),
    ]


def _conflict(conflict: Conflict, lang: str) -> list[str]:
    return [
        escape(word_of("conflict_kind", conflict.kind, lang)),
        escape(conflict.place),
        escape(conflict.label),
        escape(word_of("measure", conflict.measure, lang)),
        str(conflict.year),
        _quoted(conflict.first),
        _quoted(conflict.second),
        escape(printable(conflict.arithmetic)),
    ]


def _quoted(told: Told | None) -> str:
    if told is None:
        return ""
    place = escape(printable(f"{told.source} {told.start}–{told.end}"))
    return f"{escape(printable(told.quote))}<blockquote>{escape(printable(told.sentence))}<br>{place}</blockquote>"


def _chart(place: str, measure: str, steps: list[Step], lang: str) -> Iterator[str]:
    if len(steps) < _FEWEST or len({step.unit for step in steps}) > 1:
        return
    told = [getattr(step, part) for step in steps for part in _STATUS]
    divisor, unit = scaled([item.value for item in told if item is not None], steps[0].unit)
    lines = []
    for part, status in _STATUS.items():
        points = [
            (
                step.year,
                Fraction(item.value) / divisor,
                None if item.value_max is None else Fraction(item.value_max) / divisor,
            )
            for step in steps
            if (item := getattr(step, part)) is not None
        ]
        if points:
            lines.append(Line(status, tuple(points)))
    title = f"{place} · {steps[0].label} · {word_of('measure', measure, lang)}"
    yield f"<figure>{series_chart(title, lines, unit, lang)}</figure>\n"
