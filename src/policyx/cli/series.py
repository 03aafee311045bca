"""What a user calls indicators goes in, the ids of the series of a panel come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from policyx.rules import Rules

if TYPE_CHECKING:
    from policyx.cli.inputs import Inputs


def asked(
    paths: Sequence[str], wanted: Iterable[str], glob: str | None, encoding: str | None, packs: Iterable[Path]
) -> tuple[Rules, tuple[str, ...], Inputs]:
    """The rules with the packs, the ids of the series asked for, and the documents with what those need of them."""
    from policyx.cli.inputs import Inputs
    from policyx.cli.work import rules_of
    from policyx.dataset import Given
    from policyx.panel import wanted_ids

    table = rules_of(tuple(str(path) for path in packs))
    ids = series_ids(wanted, table)
    given = Given(tuple(paths), wanted_ids(table, ids), glob, encoding, rules=table, limited=True)
    return table, ids, Inputs(given)


def series_ids(wanted: Iterable[str], rules: Rules) -> tuple[str, ...]:
    """The ids that words stand for: an id, a label, another name; a headline indicator comes first."""
    from policyx.panel.words import headline_series

    known: dict[str, str] = {}
    for entry in rules.of("indicator"):
        for name in (*entry.get("words", []), entry["label_en"].lower(), entry["label"], entry["id"]):
            known[name] = entry["id"]
    for series in headline_series(rules):
        for name in (series.label, series.label_en.lower(), series.id):
            known[name] = series.id
    found = []
    for name in wanted:
        identity = known.get(name) or known.get(name.lower())
        if identity is None:
            from difflib import get_close_matches

            near = ", ".join(get_close_matches(name, known, 3))
            hint = f" Did you mean {near}?" if near else " `policyx rules list indicator` shows them."
            raise typer.BadParameter(f"{name!r} is no indicator.{hint}", param_hint="--indicator")
        found.append(identity)
    return tuple(dict.fromkeys(found))
