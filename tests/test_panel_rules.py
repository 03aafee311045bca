"""The words that panels and tracks know, against their own examples: what comes out is another thing without them.

An example is a report, or several with a line of `=` between them."""

from __future__ import annotations

from typing import Any

import pytest

import policyx
from policyx.panel import panel
from policyx.rules import Entry, Rules, builtin_rules
from policyx.track import track
from tests.firing import without

ENTRIES = builtin_rules().of("panel")


def outcome(text: str, rules: Rules) -> Any:
    """What a panel and a track make of the reports, without their sentences."""
    reports = [policyx.extract(part, source=f"{number}.txt") for number, part in enumerate(text.split("\n====\n"))]
    table = panel(reports, gaps=True, rules=rules)
    rows = {(row.place, row.year, row.indicator, row.measure, row.status, row.value, row.force, row.stretch, row.state,
             row.chosen_because) for row in table.rows}  # fmt: skip
    found = track(reports, rules=rules)
    pledges = {(pledge.indicator, pledge.year, pledge.verdict, pledge.arithmetic) for pledge in found.pledges}
    return rows, table.unplaced, pledges, {(conflict.kind, conflict.arithmetic) for conflict in found.conflicts}


def cases(key: str) -> list[Any]:
    """Each entry with each of its texts."""
    return [pytest.param(entry, text, id=f"{entry['id']}") for entry in ENTRIES for text in entry.get(key, [])]


@pytest.mark.parametrize(("entry", "text"), cases("examples"))
def test_words_matter_in_their_examples(entry: Entry, text: str) -> None:
    """Take them away, and something else comes out."""
    assert outcome(text, builtin_rules()) != outcome(text, without(entry["id"]))


@pytest.mark.parametrize(("entry", "text"), cases("counter"))
def test_words_do_not_matter_in_their_counter_examples(entry: Entry, text: str) -> None:
    """Without them it is the same."""
    assert outcome(text, builtin_rules()) == outcome(text, without(entry["id"]))


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])
def test_every_entry_has_an_example_and_a_counter_example(entry: Entry) -> None:
    """One that has not has not been thought through."""
    assert entry.get("examples") and entry.get("counter")
