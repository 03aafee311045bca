"""Documents go in, a panel comes out: a row for each place, year, indicator, measure and status."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from policyx.export.numbers import exact
from policyx.model import Document, Record
from policyx.panel.choose import Candidate, Choice, choose
from policyx.panel.gaps import Covered, gap_rows
from policyx.panel.places import Division, place_of, places
from policyx.panel.row import STATUSES, Panel, PanelRow, Series
from policyx.panel.scope import read
from policyx.panel.words import PanelWords, chosen_series, panel_words
from policyx.rules import Rules, builtin_rules

_PERCENT = "%"

Key = tuple[str, str, str, str, int]  # place id, series id, measure, status, year


@dataclass(slots=True)
class _Found:
    candidates: dict[Key, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    covered: list[Covered] = field(default_factory=list)
    left_out: int = 0
    unplaced: list[str] = field(default_factory=list)


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
    found = _Found()
    for document in documents:
        _take(document, wanted, frozenset(statuses), panel_words(rules), found)
    rows = [_row(choose(candidates), lang) for candidates in found.candidates.values()]
    if gaps:
        rows += gap_rows(found.covered, wanted, tuple(statuses), rows, lang, panel_words(rules))
    return Panel(tuple(sorted(rows, key=_order)), found.left_out, tuple(found.unplaced))


def wanted_ids(rules: Rules, indicators: Collection[str]) -> tuple[str, ...]:
    """The ids of the records that a panel of these indicators is made of."""
    return tuple({series.indicator: None for series in chosen_series(rules, indicators)})


def document_place(document: Document, words: PanelWords) -> Division | None:
    """The place whose report a document is."""
    found = place_of(document.place, document.title, document.source, document.year)
    if found is None and (words.has("nation", document.title) or words.has("nation", document.source)):
        return places().nation()
    return found


def _take(
    document: Document, wanted: Sequence[Series], statuses: Collection[str], words: PanelWords, found: _Found
) -> None:
    division = document_place(document, words)
    if division is None:
        found.unplaced.append(document.source)
        return
    found.covered.append(Covered(division, document.year, document.source, document.original))
    companions = Counter(record.sentence_start for record in document.records)
    for record in document.records:
        for series in _series_of(record, wanted):
            if record.year is None or record.status not in statuses or not _is_measured(record, series):
                continue
            reading = read(record, series, division, words)
            if reading.scope != "own":
                found.left_out += 1
                continue
            key = (division.id, series.id, record.measure, record.status, record.year)
            candidate = Candidate(record, reading, series, division, document.year, companions[record.sentence_start])
            found.candidates[key].append(candidate)


def _series_of(record: Record, wanted: Sequence[Series]) -> Iterator[Series]:
    for series in wanted:
        if record.indicator == series.indicator:
            name = record.name or ""
            if not series.needs or any(word in name for word in series.needs):
                yield series


def _is_measured(record: Record, series: Series) -> bool:
    """Whether the record has a measure of the series; a growth told in times is no rate."""
    if record.measure == "growth_rate" and record.quantity.base_unit != _PERCENT:
        return False
    return record.measure in series.measures


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
