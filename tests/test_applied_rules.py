"""What rules that people apply for ask and grant, and what plans start from."""

from __future__ import annotations

import pytest

from policyx.pipeline import read_text


@pytest.mark.parametrize(
    ("text", "quote", "status", "role"),
    [
        ("渔民待遇办法\n连续参保6个月以上的渔民可以申请。", "6个月", "policy", "duration"),
        ("渔民待遇办法\n年满60周岁的渔民可以申请。", "60周岁", "policy", "duration"),
        ("渔业扶持办法\n力争用3年培育渔业企业100家，每家奖励50万元。", "100家", "target", None),
        ("渔业扶持办法\n力争用3年培育渔业企业100家，每家奖励50万元。", "50万元", "policy", "grant"),
        ("滨海渔业“十四五”规划\n一、渔业\n“十三五”期间，渔港达到12个。", "12个", "actual", None),
    ],
)
def test_a_figure_of_a_rule_or_a_plan_is_what_its_clause_says(
    text: str, quote: str, status: str, role: str | None
) -> None:
    """Conditions are of the rule, aims beside grants are aims, and a period before a plan's own is over."""
    found = {record.quote: (record.status, record.role) for record in read_text(text).records}
    assert found[quote] == (status, role)


def test_a_length_of_time_outside_rules_is_no_condition() -> None:
    """News tells of months and ages that nobody has to fulfil."""
    text = "2023年5月4日 渔业报\n60周岁的渔民连续参保6个月，渔港达到12个。"
    assert [record.quote for record in read_text(text).records] == ["12个"]
