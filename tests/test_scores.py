"""Measures policyx against gold and lets no figure fall below `scores.json`; also tests the scorer itself."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests import scoring
from tests.scoring import SHARED, SLACK, SUITES, Gold, load_gold, score_document

CORE = frozenset({"platform.incubator", "enterprise.high_tech"})
TEXT = "新增省级孵化器1家,高新技术企业885家,其中5家上市,超额完成。"

shared = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")]


@pytest.mark.parametrize(
    "suite", ["seeds", pytest.param("shared_seed", marks=shared), pytest.param("shared_dev", marks=shared)]
)
def test_no_figure_falls_below_the_ratchet(suite: str) -> None:
    measured = scoring.total(scoring.score_suite(SUITES[suite], scoring.extract_plain))
    for figure, least in scoring.read_ratchet()[suite].items():
        assert measured[figure] >= least - SLACK, f"{suite}: {figure} fell; see python -m tests.scoring --show {suite}"
        if measured[figure] > least + SLACK:
            warnings.warn(
                f"{suite}: {figure} is {measured[figure]:.4f}, the ratchet holds {least:.4f}: "
                f"raise it with python -m tests.scoring --update",
                stacklevel=1,
            )


def test_the_ratchet_is_raised_and_never_lowered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ratchet = tmp_path / "scores.json"
    ratchet.write_text('{"seeds": {"quantity_f1": 0.9, "record_f1": 0.5}}', encoding="utf-8")
    monkeypatch.setattr(scoring, "RATCHET", ratchet)
    raised = scoring.raise_ratchet({"seeds": {"quantity_f1": 0.8, "record_f1": 0.61239}})
    assert raised == ["seeds record_f1: 0.5000 -> 0.6124"]
    assert scoring.read_ratchet() == {"seeds": {"quantity_f1": 0.9, "record_f1": 0.6124}}


def test_the_gold_of_every_seed_stands_in_its_text() -> None:
    counts = {}
    for name in SUITES["seeds"].names():
        text = (SUITES["seeds"].texts / f"{name}.txt").read_bytes().decode("utf-8")
        counts[name] = len(load_gold(SUITES["seeds"].gold / f"{name}.jsonl", text))
    assert len(counts) == 5
    assert all(counts.values())


def gold(quote: str, value: float, **more: Any) -> Gold:
    start = TEXT.index(quote)
    answers: dict[str, Any] = {"measure": ("level",), "status": ("actual",), "year": (2023, None)}
    settings: dict[str, Any] = {
        "name": "高新技术企业",
        "must": ("高新技术企业",),
        "optional": False,
        "value_max": None,
    } | more
    return Gold(start, quote, start, start + len(quote), (value,), units=("家",), fields=answers, **settings)


def record(quote: str, value: float, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    common = {"base_unit": "家", "base_value_max": None, "name": "高新技术企业", "indicator": "enterprise.high_tech"}
    answers = {"measure": "level", "status": "actual", "bound": "eq", "year": 2023}
    return {"start": start, "end": start + len(quote), "base_value": value} | common | answers | more


def tally(records: Iterable[dict[str, Any]], lines: Iterable[Gold]) -> dict[str, int]:
    return dict(score_document(list(records), list(lines), CORE).tally)


def test_a_record_answers_one_line_and_a_line_takes_one_record() -> None:
    counts = tally([record("885家", 885), record("885家", 885)], [gold("885家", 885)])
    assert (counts["gold"], counts["found"], counts["extra"], counts["whole"]) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    "other",
    [
        record("885家", 880),
        record("885家", 885, base_unit="个"),
        record("1家", 885),
        record("885家", 885, base_value_max=900),
    ],
    ids=["value", "unit", "place", "range"],
)
def test_another_quantity_or_place_is_no_answer(other: dict[str, Any]) -> None:
    assert tally([other], [gold("885家", 885)])["found"] == 0


def test_of_several_records_the_one_with_most_right_fields_is_taken() -> None:
    counts = tally([record("885家", 885, year=2020), record("885家", 885)], [gold("885家", 885)])
    assert counts["year"] == 1


def test_any_of_several_right_answers_will_do() -> None:
    assert tally([record("885家", 885, year=None)], [gold("885家", 885)])["whole"] == 1


def test_an_optional_line_counts_neither_way() -> None:
    line = gold("885家", 885, optional=True)
    assert tally([], [line])["gold"] == 0
    assert tally([record("885家", 885)], [line])["extra"] == 0


@pytest.mark.parametrize(
    ("indicator", "core"),
    [
        ("platform.incubator.national", "platform.incubator"),
        ("platform.incubator", "platform.incubator"),
        ("platform.incubators", None),
        ("transport.rail", None),
        (None, None),
    ],
)
def test_a_finer_indicator_counts_as_the_core_one(indicator: str | None, core: str | None) -> None:
    assert scoring.core_id(indicator, CORE) == core


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("全区高新技术企业", True),
        ("科技型中小企业", False),
        ("高新技术企业885家", False),
        ("高新技术企业" + "很" * 15, False),
        ("", False),
    ],
)
def test_a_name_holds_what_it_must_is_short_and_holds_no_figure(name: str, right: bool) -> None:
    assert scoring.is_name_right(name, gold("885家", 885)) is right


def test_a_quote_is_not_found_inside_a_longer_number(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"quote": "5家", "value": 5, "unit": "家"}\n', encoding="utf-8")
    (line,) = load_gold(file, TEXT)
    assert line.start == TEXT.index("其中") + 2


def test_a_quote_that_is_not_in_the_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"quote": "7家", "value": 7, "unit": "家"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl:1: '7家'"):
        load_gold(file, TEXT)
