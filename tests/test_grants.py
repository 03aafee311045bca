"""Names and bounds of what a rule grants: the sentences of data/grants, and the plans of money that are no grants."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from policyx.link.grants import grant_name, is_grant, target
from policyx.model import Record
from policyx.pipeline import read_text
from policyx.rules import builtin_rules
from policyx.rules.words import name_words
from tests.hostile import GRANTS, run_of

CASES = tomllib.loads((Path(__file__).parent / "data/grants/cases.toml").read_text(encoding="utf-8"))["case"]
WORDS = name_words(builtin_rules())


def _rows() -> list[object]:
    return [pytest.param(case, *row, id=f"{row[0]} of {case['text'][:18]}") for case in CASES for row in case["grants"]]


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


@pytest.mark.parametrize("before", ["其他配套设施费", "配套工程投资", "配套流动资金"])
def test_a_part_of_an_investment_is_no_grant(before: str) -> None:
    """配套 before what is built or bought grants nothing."""
    assert not is_grant(before, "。", "该项目总投资4000万元，", False)


def test_a_condition_before_the_grant_is_no_grant() -> None:
    """5亿元 is what the firm must reach, not what it gets."""
    assert not is_grant("对年产值首次突破", "的工业企业，分别给予20万元奖励。", "", False)


def test_a_floor_at_some_distance_is_a_floor() -> None:
    """不低于增量10%的比例 reaches its number over the noun."""
    grant = grant_name("按照不低于新增贷款额", "的比例给予银行奖励。", "", "", WORDS, (0, 1))
    assert grant.bound == "ge"


def test_a_target_loses_its_label_and_its_figures() -> None:
    """第三条 is a number of an article, 2000万元 a threshold."""
    assert target("第三条 对年营业收入2000万元以上的企业，给予", "") == "企业年营业收入"


@pytest.mark.parametrize("length", [60, 400, 4000])
def test_a_long_target_is_cut_at_the_edge_of_a_word(length: int) -> None:
    """However long the condition, the name keeps its size and begins with a whole word."""
    text = "对" + "数字经济" * (length // 4) + "示范平台给予"
    grant = grant_name("给予", "奖励。", text, "", WORDS, (0, 1))
    assert len(grant.name) <= 40
    assert grant.name.startswith(("数字经济", "经济", "数字"))


@pytest.mark.parametrize("piece", GRANTS)
def test_a_name_found_in_a_run_of_one_piece_keeps_its_size(piece: str) -> None:
    """However long the run; how time grows with it is measured in the benchmarks."""
    text = "对企业" + run_of(piece, 5000)
    is_grant(text, text, text, False)
    assert len(grant_name(text, text, text, "", WORDS, (0, 2)).name or "") <= 40
