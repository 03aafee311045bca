"""A panel goes in, a page comes out: a chart of each series, aims beside outcomes, and all figures with quotes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape
from itertools import groupby

from policyx.export.labels import head_of, word_of
from policyx.export.numbers import exact
from policyx.export.rows import amount_text, printable
from policyx.export.staticpage import html_table, static_page
from policyx.panel.chart import Line, scaled, series_chart
from policyx.panel.row import Panel, PanelRow

_FEWEST = 2  # points that make a chart
_HEADS = ("year", "status", "amount", "force", "stretch", "chosen_because", "quote", "source")


def panel_page(panel: Panel, lang: str) -> str:
    """The page, in `zh` or `en`."""
    title = "policyx 面板" if lang == "zh" else "policyx panel"
    return static_page(title, lang, _body(panel, lang))


def _body(panel: Panel, lang: str) -> Iterator[str]:
    rows = [row for row in panel.rows if row.value is not None]
    for (_, place), group in groupby(rows, key=lambda row: (row.place_id, row.place)):
        yield f"<h2>{escape(printable(place))}</h2>\n"
        for (_, measure, unit), members in groupby(group, key=lambda row: (row.indicator, row.measure, row.unit)):
            yield from _section(list(members), measure, unit, lang)


def _section(rows: list[PanelRow], measure: str, unit: str | None, lang: str) -> Iterator[str]:
    title = f"{rows[0].label} · {word_of('measure', measure, lang)}"
    by_status = {status: list(members) for status, members in groupby(rows, key=lambda row: row.status)}
    divisor, name = scaled([value for row in rows for value in (row.value, row.value_max) if value is not None], unit)
    lines = [Line(status, tuple(_point(row, divisor) for row in members)) for status, members in by_status.items()]
    yield f"<h3>{escape(title)}</h3>\n"
    if len({row.year for row in rows}) >= _FEWEST:
        yield f"<figure>{series_chart(title, lines, name, lang)}</figure>\n"
    heads = [head_of(column, lang) for column in _HEADS]
    yield html_table(heads, [_cells(row, lang) for row in sorted(rows, key=lambda row: (row.year, row.status))])


def _point(row: PanelRow, divisor: Fraction) -> tuple[int, Fraction, Fraction | None]:
    low = Fraction(row.value or 0) / divisor
    return row.year, low, None if row.value_max is None else Fraction(row.value_max) / divisor


def _cells(row: PanelRow, lang: str) -> list[str]:
    stretch = "" if row.stretch is None else amount_text("eq", exact(Fraction(row.stretch)), None, row.unit)
    texts = [
        str(row.year),
        word_of("status", row.status, lang),
        amount_text(row.bound or "eq", Fraction(row.value or 0), row.value_max, row.unit),
        word_of("force", row.force, lang) if row.force else "",
        stretch,
        word_of("chosen_because", row.chosen_because or "", lang),
        row.quote or "",
        f"{row.source} {row.start}–{row.end}",
    ]
    cells = [escape(printable(text)) for text in texts]
    cells[6] += f"<blockquote>{escape(printable(row.sentence or ''))}</blockquote>"
    return cells
