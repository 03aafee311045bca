"""What became of aims goes in, tables and JSON come out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyx._version import __version__
from policyx.export.dataset import Column
from policyx.export.tabular import Tabular
from policyx.track.model import Conflict, Pledge, Step, Told, Track

_TOLD = ("value", "value_max", "bound", "quote", "sentence", "source", "start", "end")
_KINDS = {**dict.fromkeys(("value", "value_max"), "number"), **dict.fromkeys(("start", "end"), "integer")}
_SPOKEN = (("kind", "conflict_kind"), ("verdict", "verdict_track"))
_NOT_SHOWN = frozenset(("place_code", "indicator", "since", "unit", "judged_by", "difference"))
_NUMBERS = frozenset(("difference",))
_INTEGERS = frozenset(("year", "since"))

_PLEDGE = ("place", "place_code", "indicator", "label", "measure", "since", "year", "unit", "verdict",
           "judged_by", "difference", "arithmetic")  # fmt: skip
_STEP = ("place", "indicator", "label", "measure", "year", "unit")
_CONFLICT = ("kind", "place", "indicator", "label", "measure", "year", "unit", "arithmetic")


def track_table(track: Track, what: str) -> Tabular:
    """`pledges`, `paths` or `conflicts` as a table: a row each, quotes and places in columns with a prefix."""
    if what == "paths":
        return _table("paths", _STEP, ("aim", "forecast", "outcome"), track.steps)
    if what == "conflicts":
        return _table("conflicts", _CONFLICT, ("first", "second"), track.conflicts)
    return _table("pledges", _PLEDGE, ("aim", "forecast", "outcome"), track.pledges)


def track_dict(track: Track) -> dict[str, Any]:
    """All of it for JSON, each figure an object with its source."""
    return {
        "policyx": __version__,
        "pledges": [_nested(item, _PLEDGE, ("aim", "forecast", "outcome")) for item in track.pledges],
        "paths": [_nested(item, _STEP, ("aim", "forecast", "outcome")) for item in track.steps],
        "conflicts": [_nested(item, _CONFLICT, ("first", "second")) for item in track.conflicts],
    }


def _table(
    name: str, own: tuple[str, ...], figures: tuple[str, ...], items: tuple[Pledge | Step | Conflict, ...]
) -> Tabular:
    columns = [Column(column, _kind(column)) for column in own]
    columns += [Column(f"{figure}_{column}", _KINDS.get(column, "text")) for figure in figures for column in _TOLD]
    columns.append(Column("place_id"))
    rows = tuple(tuple(_cells(item, own, figures)) for item in items)
    shown = [column for column in own if column not in _NOT_SHOWN]
    shown += [f"{figure}_quote" for figure in figures]
    return Tabular(name, tuple(columns), rows, tuple(shown), _SPOKEN)


def _kind(column: str) -> str:
    return "number" if column in _NUMBERS else "integer" if column in _INTEGERS else "text"


def _cells(item: Pledge | Step | Conflict, own: tuple[str, ...], figures: tuple[str, ...]) -> Iterator[Any]:
    for column in own:
        yield getattr(item, column)
    for figure in figures:
        told: Told | None = getattr(item, figure)
        for column in _TOLD:
            yield None if told is None else getattr(told, column)
    yield item.place_id


def _nested(item: Pledge | Step | Conflict, own: tuple[str, ...], figures: tuple[str, ...]) -> dict[str, Any]:
    plain = {column: getattr(item, column) for column in own}
    for figure in figures:
        told: Told | None = getattr(item, figure)
        plain[figure] = None if told is None else {column: getattr(told, column) for column in _TOLD}
    plain["place_id"] = item.place_id
    return plain
