"""Texts whose numbers are no quantities: the corpus of dates, names, slogans, marks and furniture."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from policyx.pipeline import read_text

CASES = tomllib.loads((Path(__file__).parent / "data/negative/cases.toml").read_text(encoding="utf-8"))["case"]


def _params() -> list[object]:
    return [
        pytest.param(
            case,
            id=f"{case['kind']}: {case['text'][:16]}",
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for case in CASES
    ]


def _quotes(text: str) -> list[str]:
    return [record.quote for record in read_text(text).records]


@pytest.mark.parametrize("case", _params())
def test_only_the_stated_quantities_are_records(case: dict[str, object]) -> None:
    """The text gives the allowed records and no other."""
    assert _quotes(str(case["text"])) == case["allowed"]


@pytest.mark.parametrize("case", [case for case in CASES if not case["allowed"] and "xfail" not in case][::4])
def test_a_quantity_beside_it_is_still_found(case: dict[str, object]) -> None:
    """What rejects a number says nothing about the next sentence."""
    assert _quotes(f"{case['text']}\n全市引进企业37家。\n") == ["37家"]


def test_every_case_is_told_once() -> None:
    """No text stands twice."""
    assert [text for text, times in Counter(case["text"] for case in CASES).items() if times > 1] == []
