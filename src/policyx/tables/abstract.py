"""Statistical abstracts of which the head was lost: lines of a name, its unit and perhaps its period, each above a line
of figures, in; a grid out.

渔港货物 千吨 2018年3月 / 1 035.2 4.1 % 3 120.0 5.6 %: a level, its change, and the same for the year so far. A figure
in per cent behind a level of another unit is a change, and so is what stands in its place below a share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import holds_letters, lines_alone, read_name, read_unit
from policyx.tables.grid import Column, Found, Grid, Row, read_column
from policyx.tables.words import Scaled, TableWords
from policyx.tuples import NamedTuple

_LONGEST = 60
_LONGEST_NAME = 30
_FEWEST = 3
_MOST_LINES = 4  # of figures below a name
_VALUE = compiled(
    r"(?P<figure>[-－−]?[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[-－−]?[0-9][0-9,]*(?:\.[0-9]+)?|[-—–.…]+)"
    r"(?:\s?(?P<sign>[%％]))?(?=\s|$)"
)
_SENTENCE = compiled(r"[，。；;！？：:|]")
_PAIR = 2


class _Label(NamedTuple):
    """What a row is of, its unit, and its period as written with the year in it."""

    name: str
    unit: Scaled
    period: str
    year: int | None


class _Entry(NamedTuple):
    """A label's line, the line behind its figures, and the figures: where each stands, and whether it has a per cent
    sign of its own; those without a digit are empty."""

    label: _Label
    first: int
    stop: int
    values: tuple[Span, ...]
    figures: tuple[bool, ...]
    rates: tuple[bool, ...]


def abstracts(text: str, segments: Sequence[Segment], caption: Callable[[int], str], words: TableWords) -> list[Found]:
    """The abstracts without a head among `segments`; `caption` tells what stands above a segment."""
    lines = lines_alone(text, segments, _LONGEST)
    found: list[Found] = []
    at = 0
    while at < len(segments):
        entries = _entries(segments, lines, at, words) if lines[at] else []
        if len(entries) >= _FEWEST and _is_abstract(entries, words):
            found.append(Found(at, entries[-1].stop, _grid(segments, entries, caption(at), words)))
        at = entries[-1].stop if entries else at + 1
    return found


def _entries(segments: Sequence[Segment], lines: Sequence[str], at: int, words: TableWords) -> list[_Entry]:
    """The entries from line `at` on, with lines of headings between them."""
    entries: list[_Entry] = []
    while at < len(lines):
        entry = _entry(segments, lines, at, words)
        if entry:
            entries.append(entry)
        elif not (entries and at == entries[-1].stop and segments[at].kind == "heading"):
            break
        at = entry.stop if entry else at + 1
    return entries


def _entry(segments: Sequence[Segment], lines: Sequence[str], at: int, words: TableWords) -> _Entry | None:
    label = _label(lines[at], words)
    if not label:
        return None
    values: list[Span] = []
    figures: list[bool] = []
    rates: list[bool] = []
    stop = at + 1
    while stop < min(len(lines), at + 1 + _MOST_LINES) and lines[stop]:
        own = read_unit(lines[stop], words) if values else None
        parsed = _values(lines[stop], segments[stop].span.start)
        if own and not parsed:
            values[-1] = Span(values[-1].start, segments[stop].span.end)
        elif parsed:
            values += [span for span, _, _ in parsed]
            figures += [figure for _, figure, _ in parsed]
            rates += [rate for _, _, rate in parsed]
        else:
            break
        stop += 1
    return _Entry(label, at, stop, tuple(values), tuple(figures), tuple(rates)) if len(values) >= _PAIR else None


def _label(line: str, words: TableWords) -> _Label | None:
    """实质增长率 % 2017年第4季: a name, a unit, and a period that holds a year."""
    tokens = line.split()
    if len(tokens) < _PAIR or _SENTENCE.search(line):
        return None
    dated = words.pattern("pattern.year").search(tokens[-1])
    unit = read_unit(tokens[-2 if dated else -1], words)
    named = tokens[: -2 if dated else -1]
    name = read_name("".join(named), words)[0]
    if not unit or not holds_letters(name) or len(name) > _LONGEST_NAME:
        return None
    return _Label(name, unit, tokens[-1] if dated else "", int(dated[1]) if dated else None)


def _values(line: str, shift: int) -> list[tuple[Span, bool, bool]]:
    """The figures of a line that holds nothing else: where each stands, whether it is one, and whether it has a sign of
    per cent."""
    found = []
    at = 0
    while at < len(line):
        value = _VALUE.match(line, at)
        if not value:
            return []
        figure = any(map(str.isdigit, value["figure"]))
        found.append((Span(shift + value.start(), shift + value.end()), figure, value["sign"] is not None))
        at = value.end() + len(line[value.end() :]) - len(line[value.end() :].lstrip())
    return found


def _is_abstract(entries: Sequence[_Entry], words: TableWords) -> bool:
    """True where all entries have as many figures, and in most of those of another unit each second one is a rate."""
    pairs = {len(entry.values) for entry in entries}
    others = [entry for entry in entries if entry.label.unit != words.percent]
    rated = sum(any(entry.rates[1::_PAIR]) for entry in others)
    if len(pairs) != 1 or pairs.pop() % _PAIR or 2 * rated <= len(others):
        return False
    return not any(any(entry.rates[::_PAIR]) for entry in others)


def _grid(segments: Sequence[Segment], entries: Sequence[_Entry], caption: str, words: TableWords) -> Grid:
    change, so_far = words.first("abstract.change"), words.first("abstract.so_far")
    columns: list[Column] = []
    for place in range(0, len(entries[0].values), _PAIR):
        columns += [read_column((so_far if place else "",), words, "value")]
        columns += [read_column((change,), words, "value")]
    rows = []
    for entry in entries:
        segment = segments[entry.first]._replace(kind="row")
        segment = segment._replace(span=Span(segment.span.start, segments[entry.stop - 1].span.end))
        label, cells = entry.label, entry.values
        row = Row(
            segment, cells, label.name, label.unit, tuple(at for at, figure in enumerate(entry.figures) if figure)
        )
        rows.append(row._replace(label=label.period, year=label.year))
    return Grid.of(tuple(columns), tuple(rows), caption)
