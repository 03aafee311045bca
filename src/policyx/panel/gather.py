"""Documents go in, the figures that may count come out, by place, series, measure, status and year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from policyx.model import Document, Record
from policyx.panel.choose import Candidate
from policyx.panel.gaps import Covered
from policyx.panel.places import Division, place_of, places
from policyx.panel.row import Series
from policyx.panel.scope import read
from policyx.panel.words import PanelWords

_PERCENT = "%"

Key = tuple[str, str, str, str, int]  # place id, series id, measure, status, year


@dataclass(slots=True)
class Gathered:
    """What documents hold of some series: the figures by key, the documents with their places, how many figures are not
    the place's own, and the documents whose place is unknown."""

    candidates: dict[Key, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    covered: list[Covered] = field(default_factory=list)
    left_out: int = 0
    unplaced: list[str] = field(default_factory=list)


def gather(
    documents: Iterable[Document], wanted: Sequence[Series], statuses: Collection[str], words: PanelWords
) -> Gathered:
    """The figures of the series with these statuses."""
    found = Gathered()
    for document in documents:
        _take(document, wanted, frozenset(statuses), words, found)
    return found


def document_place(document: Document, words: PanelWords) -> Division | None:
    """The place whose report a document is."""
    found = place_of(document.place, document.title, document.source, document.year)
    if found is None and (words.has("nation", document.title) or words.has("nation", document.source)):
        return places().nation()
    return found


def _take(
    document: Document, wanted: Sequence[Series], statuses: Collection[str], words: PanelWords, found: Gathered
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
            reading = read(record, series, division, words, document.place)
            if reading.scope != "own" or reading.span == "together":
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
