"""Documents go in, a panel comes out: a row for each place, year, indicator, measure and status."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from policyx.export.numbers import exact
from policyx.model import Document
from policyx.panel.choose import Choice, choose
from policyx.panel.gaps import gap_rows
from policyx.panel.gather import gather
from policyx.panel.places import places
from policyx.panel.row import STATUSES, Panel, PanelRow
from policyx.panel.words import chosen_series, panel_words
from policyx.rules import Rules, builtin_rules


def panel(
    documents: Iterable[Document],
    *,
    indicators: Collection[str] = (),
    measures: Collection[str] = (),
    statuses: Collection[str] = STATUSES,
    gaps: bool = False,
    lang: str = "zh",
    rules: Rules | None = None,
) -> Panel:
    """The panel of these documents, as `policyx.documents` or `policyx.extract_file` give them.

    `indicators` are ids (the headline ones for none), `measures` and `statuses` those wanted; with `gaps` there are
    also rows for what is not there: years between a place's first and last report that have none, and reports that do
    not tell. Raises PolicyxError for an unknown indicator.

    >>> import policyx
    >>> text = "杭州市2024年政府工作报告\\n2023年，全市地区生产总值增长5.6%。2024年，地区生产总值增长5.5%左右。"
    >>> found = policyx.panel([policyx.extract(text)])
    >>> [(row.place, row.year, row.status, row.value) for row in found.rows]
    [('杭州市', 2023, 'actual', Decimal('5.6')), ('杭州市', 2024, 'target', Decimal('5.5'))]
    """
    rules = rules or builtin_rules()
    wanted = chosen_series(rules, indicators, measures)
    found = gather(documents, wanted, statuses, panel_words(rules))
    rows = [_row(choose(candidates), lang) for candidates in found.candidates.values()]
    if gaps:
        rows += gap_rows(found.covered, wanted, tuple(statuses), rows, lang, panel_words(rules))
    return Panel(tuple(sorted(rows, key=_order)), found.left_out, tuple(found.unplaced))


def wanted_ids(rules: Rules, indicators: Collection[str]) -> tuple[str, ...]:
    """The ids of the records that a panel of these indicators is made of."""
    return tuple({series.indicator: None for series in chosen_series(rules, indicators)})


def _row(choice: Choice, lang: str) -> PanelRow:
    chosen = choice.chosen
    record, division, series = chosen.record, chosen.division, chosen.series
    quantity = record.quantity
    parent = places().parent(division)
    top = quantity.base_value_max
    return PanelRow(
        place=division.name,
        place_code=division.code,
        parent=parent.name if parent else None,
        year=record.year or 0,
        indicator=series.id,
        label=series.label if lang == "zh" else series.label_en,
        measure=record.measure,
        status=record.status,
        value=exact(quantity.base_value),
        value_max=None if top is None else exact(top),
        unit=quantity.base_unit,
        bound=quantity.bound,
        force=chosen.reading.force if record.status == "target" else None,
        stretch=exact(choice.stretch.record.quantity.base_value) if choice.stretch else None,
        state="found",
        chosen_because=choice.because,
        candidates=choice.candidates,
        confidence=getattr(record, "confidence", None),
        source=record.source,
        start=record.start,
        end=record.end,
        quote=record.quote,
        sentence=record.sentence,
        place_id=division.id,
    )


def _order(row: PanelRow) -> tuple[str, str, str, str, int]:
    return row.place_id, row.indicator, row.measure, row.status, row.year
