"""Names and bounds of what a rule grants: the sentences of data/grants, and the plans of money that are no grants."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from policyx.model import Record
from policyx.pipeline import read_text
from tests.hostile import GRANTS, run_of

CASES = tomllib.loads((Path(__file__).parent / "data/grants/cases.toml").read_text(encoding="utf-8"))["case"]


def _rows() -> list[object]:
    """The figures of the sentences; `known` lists those that come out wrong and leave the list when they are mended."""
    return [
        pytest.param(
            case, *row, id=f"{row[0]} of {case['text'][:18]}",
            marks=[pytest.mark.xfail(reason="the name keeps or loses a word", strict=True)]
            if row[0] in case.get("known", ())
            else [],
        )
        for case in CASES
        for row in case["grants"]
    ]  # fmt: skip


def _record(text: str, quote: str) -> Record:
    records = read_text(f"关于促进产业发展的若干措施\n{text}\n").records
    return next(record for record in records if record.quote == quote)


@pytest.mark.parametrize(("case", "quote", "name", "bound"), _rows())
def test_a_grant_tells_who_gets_what(case: dict[str, Any], quote: str, name: str, bound: str) -> None:
    """The name holds the recipient and the benefit, and nothing that the case forbids; the bound is the rule's."""
    record = _record(case["text"], quote)
    assert record.name is not None
    assert re.search(name, record.name), record.name
    assert not [pattern for pattern in case.get("not", []) if re.search(pattern, record.name)], record.name
    assert len(record.name) <= 40
    assert (record.quantity.bound, record.status, record.measure) == (bound, "policy", "level")


def test_the_suite_holds_many_sentences() -> None:
    """As many as the ways in which measures are written deserve."""
    assert len(CASES) >= 25


def test_a_condition_before_the_grant_is_no_grant() -> None:
    """5亿元 is what the firm must reach, not what it gets."""
    record = _record("对年产值首次突破5亿元的工业企业，分别给予20万元奖励。", "5亿元")
    assert (record.status, record.role) == ("policy", "condition")
    assert record.name is not None and "奖励" not in record.name


def test_figures_of_one_clause_share_its_id() -> None:
    """Threshold, rate and cap of one grant belong together."""
    text = "对年营收2000万元以上的渔业企业，按投资额的20%给予补助，最高100万元。"
    records = [_record(text, quote) for quote in ("2000万元", "20%", "100万元")]
    assert len({record.clause for record in records}) == 1
    assert [record.role for record in records] == ["condition", "rate", "cap"]


@pytest.mark.parametrize("length", [60, 400, 4000])
def test_a_long_target_is_cut_at_the_edge_of_a_word(length: int) -> None:
    """However long the condition, the name keeps its size and begins with a whole word."""
    record = _record("对" + "数字经济" * (length // 4) + "示范平台给予20万元奖励。", "20万元")
    assert record.name is not None and len(record.name) <= 40
    assert record.name.startswith(("数字经济", "经济", "数字"))


@pytest.mark.parametrize("piece", GRANTS)
def test_a_name_found_in_a_run_of_one_piece_keeps_its_size(piece: str) -> None:
    """However long the run; how time grows with it is measured in the benchmarks."""
    text = "对企业" + run_of(piece, 3000) + "给予20万元奖励。"
    assert all(len(record.name or "") <= 40 for record in read_text(f"若干措施\n{text}").records)
