"""What a panel does not hold: reports that tell nothing of an indicator, or that no figure is set, and years without a
report. Rows go in, the rows of what is missing come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from policyx.errors import ReadError
from policyx.panel.places import Division, places
from policyx.panel.row import PanelRow, Series, State
from policyx.panel.words import PanelWords
from policyx.patterns import compiled
from policyx.read import read_file

_SENTENCE = compiled(r"[^。；！？\n]+[。；！？]?")


class Covered(NamedTuple):
    """A document of a place: the year that it reports on, where it is, and its text if that is at hand."""

    division: Division
    year: int | None
    source: str
    text: str


def gap_rows(
    covered: Sequence[Covered],
    wanted: Sequence[Series],
    statuses: Collection[str],
    rows: Sequence[PanelRow],
    lang: str,
    words: PanelWords,
) -> Iterator[PanelRow]:
    """A row for each year and series of a place that has none: of the first measure of the series, as an aim for the
    year after the report and as an outcome of the year that it is on."""
    found = {(row.place_id, row.indicator, row.status, row.year) for row in rows}
    found |= {(row.place_id, row.indicator, "actual", row.year) for row in rows if row.status == "forecast"}
    by_place: dict[str, dict[int, list[Covered]]] = defaultdict(dict)
    for item in covered:
        if item.year is not None:
            by_place[item.division.id].setdefault(item.year, []).append(item)
    for identity, documents in by_place.items():
        for reported in range(min(documents), max(documents) + 1):
            there = documents.get(reported, [])
            known = (there or documents[min(documents, key=lambda year: abs(year - reported))])[0]
            for status in {"actual", "target"} & set(statuses):
                year = reported + (status == "target")
                for series in wanted:
                    if (identity, series.id, status, year) not in found:
                        yield _missing(known.division, there, (series, status, year), lang, words)


def _missing(
    division: Division,
    documents: Sequence[Covered],
    key: tuple[Series, str, int],
    lang: str,
    words: PanelWords,
) -> PanelRow:
    series, status, year = key
    state: State = "not_in_text" if documents else "no_document"
    source = documents[0].source if documents else None
    told = None
    for document in documents if status == "target" else ():
        told = _absence(document, series, words)
        if told is not None:
            state, source = "absent_stated", document.source
            break
    named = places().as_of(division, year)
    parent = places().parent(named)
    return PanelRow(
        place=named.name,
        place_code=named.code,
        parent=parent.name if parent else None,
        year=year,
        indicator=series.id,
        label=series.label if lang == "zh" else series.label_en,
        measure=series.measures[0],
        status=status,
        value=None,
        value_max=None,
        unit=None,
        bound=None,
        force=None,
        stretch=None,
        state=state,
        chosen_because=None,
        candidates=0,
        confidence=None,
        source=source,
        start=told[0] if told else None,
        end=told[1] if told else None,
        quote=told[2] if told else None,
        sentence=told[2] if told else None,
        place_id=division.id,
    )


def _absence(document: Covered, series: Series, words: PanelWords) -> tuple[int, int, str] | None:
    """The sentence that says that no figure is set for the indicator. A dataset has no texts: the file is read again
    where it still is."""
    text = document.text or _read_again(document.source)
    for absent in words.patterns["absent"].finditer(text):
        for sentence in _SENTENCE.finditer(text, max(absent.start() - 200, 0)):
            if sentence.start() <= absent.start() < sentence.end():
                named = any(name in sentence[0] for name in series.names)
                if named or (series.indicator == _GROWTH and words.has("absent_growth", sentence[0])):
                    return sentence.start(), sentence.end(), sentence[0]
    return None


_GROWTH = "output.gdp"  # what is meant by economic growth


@lru_cache(maxsize=4)
def _read_again(source: str) -> str:
    try:
        return read_file(source).text
    except ReadError:
        return ""
