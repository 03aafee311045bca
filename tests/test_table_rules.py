"""Every rule of tables against its own small tables, and against the reading without it."""

from __future__ import annotations

from typing import Any

import pytest

from policyx.rules import Entry, Rules, builtin_rules
from tests.cells import Page, read_cells
from tests.firing import without

ENTRIES = [entry for kind, entry in builtin_rules().all() if kind == "table"]
IDS = [entry["id"] for entry in ENTRIES]
CELLS = [
    pytest.param(entry, case, id=f"{entry['id']}-{case['cell']}")
    for entry in ENTRIES
    for case in entry.get("cells", [])
]
COUNTER = [pytest.param(entry, text, id=entry["id"]) for entry in ENTRIES for text in entry.get("counter", [])]


def cell_of(case: dict[str, Any], rules: Rules | None = None) -> dict[str, Any]:
    """What is read of the case's cell, as far as the case states it; `cell` alone where it is not read."""
    page = Page(**case.get("document", {}))
    found = [cell for cell in read_cells(case["text"], page, rules) if cell["cell"] == case["cell"]]
    return {key: found[0][key] for key in case if key in found[0]} if found else {"cell": None}


def stated(case: dict[str, Any]) -> dict[str, Any]:
    """What a case states of its cell."""
    return {key: value for key, value in case.items() if key not in ("text", "document")}


@pytest.mark.parametrize(("entry", "case"), CELLS)
def test_a_cell_is_read_as_its_rule_says(entry: Entry, case: dict[str, Any]) -> None:
    assert cell_of(case) == stated(case)


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.get("cells")], ids=lambda entry: entry["id"])
def test_a_rule_decides_one_of_its_own_cells(entry: Entry) -> None:
    """Without the rule at least one of its cells is read otherwise."""
    assert any(cell_of(case, without(entry["id"])) != stated(case) for case in entry["cells"])


@pytest.mark.parametrize(("entry", "text"), COUNTER)
def test_a_rule_changes_nothing_in_its_counter_examples(entry: Entry, text: str) -> None:
    assert read_cells(text, rules=without(entry["id"])) == read_cells(text) != []
