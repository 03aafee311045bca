"""Tests the table that says how often a rule's records are right, slot by slot."""

from __future__ import annotations

from typing import Any

import pytest

from policyx.measure.gold import Gold
from tests import slots

GOLD = Gold(1, "885家", 0, 4, (885.0,), None, ("家",), "企业", ("企业",), {"status": ("actual",)}, False)


def record(*rules: str, status: str = "actual") -> dict[str, Any]:
    return {"name": "高新企业", "status": status, "rules": list(rules)}


def test_each_rule_that_a_record_cites_is_counted_and_so_is_every_record() -> None:
    matched = [(record("a", "b"), GOLD, frozenset()), (record("b", status="target"), GOLD, frozenset())]
    counts = slots.counted(matched)
    assert {rule: (count["records"], count["status"], count["whole"]) for rule, count in counts.items()} == {
        "a": (1, 1, 1),
        "b": (2, 1, 1),
        slots.ALL: (2, 1, 1),
    }


def test_the_table_gives_shares_and_leaves_out_the_rare() -> None:
    matched = [(record("a", "b"), GOLD, frozenset()), (record("b", status="target"), GOLD, frozenset())]
    head, *rows = slots.table(slots.counted(matched), least=2)
    assert head.split() == ["rule", "records", "whole", "name", "indicator", "measure", "status", "bound", "year"]
    assert [row.split()[-9:-1] for row in rows] == [
        ["record)", "2", "0.500", "1.000", "1.000", "1.000", "0.500", "1.000"],
        ["b", "2", "0.500", "1.000", "1.000", "1.000", "0.500", "1.000"],
    ]


def test_a_name_that_no_document_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        slots.main(["nothing-of-the-kind"])
    assert "no document has such a name" in capsys.readouterr().err


def test_the_command_prints_a_row_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    slots.main(["pengjiang-plan-glossed"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[:3] == ["(every", "record)", "1"]
    assert any(line.startswith("unit.") for line in lines)
