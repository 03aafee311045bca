"""Every rule of tables against its own small tables, and against the reading without it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from policyx.errors import RuleError
from policyx.rules import Entry, Rules, builtin_rules, load_rules, read_rule_file
from tests.cells import Page, read_cells
from tests.firing import apart, without

ENTRIES = [entry for kind, entry in builtin_rules().all() if kind == "table"]
IDS = [entry["id"] for entry in ENTRIES]
CELLS = [
    pytest.param(entry, case, id=f"{entry['id']}-{case['cell']}")
    for entry in ENTRIES
    for case in entry.get("cells", [])
]
BY_ID = {entry["id"]: entry for entry in ENTRIES}
COUNTER = [
    pytest.param(group, identifier, text, id=identifier)
    for group in apart(ENTRIES)
    for identifier in group
    for text in BY_ID[identifier]["counter"]
]


def cell_of(case: dict[str, Any], rules: Rules | None = None) -> dict[str, Any]:
    """What is read of the case's cell, as far as the case states it; of an `absent` one that it is not read."""
    page = Page(**case.get("document", {}))
    found = [cell for cell in read_cells(case["text"], page, rules) if cell["cell"] == case["cell"]]
    if "absent" in case:
        return {"cell": case["cell"], "absent": not found}
    return {key: found[0][key] or "" for key in case if key in found[0]} if found else {"cell": None}


def stated(case: dict[str, Any]) -> dict[str, Any]:
    """What a case states of its cell."""
    return {key: value for key, value in case.items() if key not in ("text", "document")}


@pytest.mark.parametrize(("entry", "case"), CELLS)
def test_a_cell_is_read_as_its_rule_says(entry: Entry, case: dict[str, Any]) -> None:
    assert cell_of(case) == stated(case)


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_a_rule_shows_where_it_decides_and_where_it_does_not(entry: Entry) -> None:
    """A rule without both has not been thought through."""
    assert entry.get("cells") and entry.get("counter")


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_a_rule_decides_one_of_its_own_cells(entry: Entry) -> None:
    """Without the rule at least one of its cells is read otherwise."""
    assert any(cell_of(case, without(entry["id"])) != stated(case) for case in entry["cells"])


@pytest.mark.parametrize(("group", "identifier", "text"), COUNTER)
def test_a_rule_changes_nothing_in_its_counter_examples(group: tuple[str, ...], identifier: str, text: str) -> None:
    """Nor do others whose words are not in it, without which it is read together."""
    with_all = read_cells(text)
    assert with_all != []
    assert (
        read_cells(text, rules=without(*group)) == with_all or read_cells(text, rules=without(identifier)) == with_all
    )


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ('id = "table.unit.mine"\nrole = "unit"\nfrom = "somewhere"', "from"),
        ('id = "table.growth.mine"\nrole = "growth"\nwords = ["增势"]\ncells = ["no table"]', "cells"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_named(tmp_path: Path, entry: str, key: str) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text(f"[[table]]\n{entry}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=key):
        read_rule_file(pack)


def test_a_pack_teaches_a_new_word(tmp_path: Path) -> None:
    """增势 is growth for those who say so."""
    table = "| 指标 | 数量（件） | 增势 |\n| 专利授权量 | 35 | 4 |\n"
    pack = tmp_path / "pack.toml"
    pack.write_text('[[table]]\nid = "table.growth.mine"\nrole = "growth"\nwords = ["增势"]\n', encoding="utf-8")
    assert [cell["measure"] for cell in read_cells(table)] == ["level"]
    assert [cell["measure"] for cell in read_cells(table, rules=load_rules([pack]))] == ["level", "growth_rate"]
