"""Figures of one place and indicator by year go in, a chart as inline SVG comes out.

Colours and dashes are presentation attributes, so that a page with a strict policy for styles may show it; each status
has a colour, a dash and a mark of its own, which can be told apart in black and white and by the colour-blind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from policyx.export.labels import word_of
from policyx.export.numbers import number_text
from policyx.model import Number

_WIDTH, _HEIGHT = 480, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 28, 28
_TICKS = 4
_MOST_YEARS = 12  # labels on the axis
_STEPS = (Fraction(1), Fraction(2), Fraction(5), Fraction(10))
# colour (of a palette for the colour-blind), dash, mark
_LOOKS = {
    "actual": ("#0072b2", "", "circle"),
    "target": ("#d55e00", "6 3", "square"),
    "forecast": ("#009e73", "2 3", "diamond"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one status: year, value and upper end (of a range, else None), and how it is written out."""

    status: str
    points: tuple[tuple[int, Number, Number | None], ...]


def series_chart(title: str, lines: Sequence[Line], unit: str, lang: str = "zh") -> str:
    """The chart as an `svg` element; empty without points. `unit` is what the values are in, after `scaled`."""
    points = [
        (year, Fraction(end))
        for line in lines
        for year, low, high in line.points
        for end in (low, high)
        if end is not None
    ]
    if not points:
        return ""
    scale = _Scale([year for year, _ in points], [value for _, value in points])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'role="img" font-size="11" font-family="sans-serif" fill="#222"><title>{escape(title)}</title>',
        f'<text x="{_LEFT}" y="14" font-size="13">{escape(title)}</text>',
        f'<text x="{_LEFT - 6}" y="{_TOP - 4}" text-anchor="end" fill="#555">{escape(unit)}</text>',
        *_grid(scale),
    ]
    for at, line in enumerate(lines):
        parts += [*_drawn(line, scale, lang), *_legend(line.status, at, lang)]
    return "".join([*parts, "</svg>"])


def scaled(values: Sequence[Number], unit: str | None) -> tuple[Fraction, str]:
    """The divisor and the name of the unit that make numbers short: 亿元 for large amounts."""
    largest = max((abs(Fraction(value)) for value in values), default=Fraction(0))
    for power, name in ((8, _HUNDRED_MILLION), (4, _TEN_THOUSAND)):
        if largest >= 10 ** (power + 1):
            return Fraction(10**power), f"{name}{unit or ''}"
    return Fraction(1), unit or ""


_HUNDRED_MILLION, _TEN_THOUSAND = "亿", "万"


class _Scale:
    """Years and values on the paper."""

    def __init__(self, years: Sequence[int], values: Sequence[Fraction]) -> None:
        self.first, self.last = min(years), max(years)
        self.ticks = _ticks(min(values), max(values))

    def x(self, year: int) -> str:
        span = max(self.last - self.first, 1)
        return _short(_LEFT + Fraction(year - self.first, span) * (_WIDTH - _LEFT - _RIGHT))

    def y(self, value: Fraction) -> str:
        low, high = self.ticks[0], self.ticks[-1]
        return _short(_HEIGHT - _BOTTOM - (value - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM))


def _ticks(low: Fraction, high: Fraction) -> list[Fraction]:
    """Round numbers from below the least to above the largest value."""
    if low == high:
        low, high = low - 1, high + 1
    raw = (high - low) / _TICKS
    power = Fraction(1)
    while power * 10 <= raw:
        power *= 10
    while power > raw:
        power /= 10
    step = next(power * factor for factor in _STEPS if power * factor >= raw)
    first = low // step
    ticks = [first * step]
    while ticks[-1] < high:
        ticks.append(ticks[-1] + step)
    return ticks


def _grid(scale: _Scale) -> list[str]:
    parts = []
    for tick in scale.ticks:
        y = scale.y(tick)
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{_LEFT - 6}" y="{y}" text-anchor="end" dominant-baseline="middle">{_number(tick)}</text>'
        )
    step = max(1, -(-(scale.last - scale.first + 1) // _MOST_YEARS))
    for year in range(scale.first, scale.last + 1, step):
        parts.append(f'<text x="{scale.x(year)}" y="{_HEIGHT - 8}" text-anchor="middle">{year}</text>')
    return parts


def _drawn(line: Line, scale: _Scale, lang: str) -> list[str]:
    colour, dash, mark = _LOOKS.get(line.status, ("#555", "1 2", "circle"))
    points = sorted(line.points, key=lambda point: point[0])
    path = " ".join(f"{scale.x(year)},{scale.y(_middle(low, high))}" for year, low, high in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    parts = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dashes}/>']
    for year, low, high in points:
        x, y = scale.x(year), scale.y(_middle(low, high))
        if high is not None:
            ends = f'y1="{scale.y(Fraction(low))}" y2="{scale.y(Fraction(high))}"'
            parts.append(f'<line x1="{x}" x2="{x}" {ends} stroke="{colour}"/>')
        told = number_text(low) if high is None else f"{number_text(low)}–{number_text(high)}"
        label = escape(f"{year} {word_of('status', line.status, lang)} {told}")
        parts.append(f"<g><title>{label}</title>{_mark(mark, x, y, colour)}</g>")
    return parts


def _mark(mark: str, x: str, y: str, colour: str) -> str:
    if mark == "circle":
        return f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>'
    turned = f' transform="rotate(45 {x} {y})"' if mark == "diamond" else ""
    left, top = _short(Fraction(x) - 3), _short(Fraction(y) - 3)
    return f'<rect x="{left}" y="{top}" width="6" height="6" fill="{colour}"{turned}/>'


def _legend(status: str, at: int, lang: str) -> list[str]:
    colour, dash, mark = _LOOKS.get(status, ("#555", "1 2", "circle"))
    x = _WIDTH - _RIGHT - 74 * (at + 1)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return [
        f'<line x1="{x}" x2="{x + 22}" y1="20" y2="20" stroke="{colour}" stroke-width="1.5"{dashes}/>',
        _mark(mark, str(x + 11), "20", colour),
        f'<text x="{x + 26}" y="24">{escape(word_of("status", status, lang))}</text>',
    ]


def _middle(low: Number, high: Number | None) -> Fraction:
    return Fraction(low) if high is None else (Fraction(low) + Fraction(high)) / 2


def _number(value: Fraction) -> str:
    return f"{float(value):,.6g}"


def _short(value: Fraction | float) -> str:
    return f"{float(value):.1f}".rstrip("0").rstrip(".")
