"""Measures policyx against gold and lets no figure fall below `scores.json`; also tests the scorer itself."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from policyx.measure.gold import Gold, load_gold
from policyx.measure.score import Outcome, core_id, is_name_right, score_document
from tests import scoring
from tests.scoring import SLACK
from tests.suites import SHARED, SUITES, Reading, Suite, extract_plain, window

CORE = frozenset({"platform.incubator", "enterprise.high_tech"})
TEXT = "新增省级孵化器1家,高新技术企业885家,其中5家上市,超额完成。"

shared = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")]


@pytest.mark.parametrize(
    "suite", [pytest.param(suite, marks=shared if suite.startswith("shared") else []) for suite in SUITES]
)
def test_no_figure_falls_below_the_ratchet(suite: str) -> None:
    measured = scoring.total(scoring.score_suite(SUITES[suite], extract_plain))
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


@pytest.mark.parametrize("none", ["", None])
def test_a_bare_number_answers_gold_without_a_unit(none: str | None) -> None:
    line = replace(gold("885家", 885), units=(none,))
    assert tally([record("885家", 885, base_unit=None)], [line])["found"] == 1


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
    assert core_id(indicator, CORE) == core


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
    assert is_name_right(name, gold("885家", 885)) is right


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


WINDOW = {"head": "一是", "tail": "家。", "length": 12}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("前言。一是新增企业10家。附注。", "一是新增企业10家。"),
        ("一是。" + "别的话" * 99 + "一是新增好企业10家。", "一是新增好企业10家。"),
        ("一是5家。又新增企业10家。", "一是5家。又新增企业10家。"),
    ],
    ids=["as annotated", "not the first such beginning", "not the first such end"],
)
def test_a_window_is_found_by_its_first_and_last_characters(text: str, found: str) -> None:
    start, end = window(text, WINDOW, "page")
    assert text[start:end] == found


def test_a_window_that_the_reader_lost_is_named() -> None:
    with pytest.raises(ValueError, match="page: the first and last characters"):
        window("一是新增企业10户。", WINDOW, "page")


def test_only_records_that_reach_into_the_window_count_and_from_its_start(tmp_path: Path) -> None:
    (tmp_path / "page.jsonl").touch()
    suite = Suite(
        tmp_path, tmp_path, "", lambda: CORE, windows=lambda: {"page": {"file": "page.html", "start": 4, "end": 9}}
    )
    places = [(0, 4), (3, 5), (6, 7), (9, 10)]

    def extract(path: Path) -> Reading:
        assert path == tmp_path / "page.html"
        return Reading("0123456789", [{"start": start, "end": end} for start, end in places])

    text, records = suite.annotated("page", extract)
    assert text == "45678"
    assert [(record["start"], record["end"]) for record in records] == [(-1, 1), (2, 3)]


def test_the_mean_over_texts_weighs_each_text_the_same_and_leaves_out_the_shortest() -> None:
    def outcome(lines: int, whole: int) -> Outcome:
        return Outcome(Counter(gold=lines, found=lines, whole=whole), [])

    outcomes = {"table": outcome(100, 100), "notice": outcome(10, 5), "line": outcome(4, 0)}
    assert scoring.total(outcomes)["record_f1_by_text"] == pytest.approx(0.75)


def test_the_halves_of_a_suite_are_told_by_the_first_letter_of_a_name(tmp_path: Path) -> None:
    for name in ("dev2-anshan", "dev2-zibo", "dev-anshan"):
        (tmp_path / f"{name}.jsonl").touch()
    halves = [Suite(tmp_path, tmp_path, "dev2-", lambda: CORE, letters) for letters in ("abc", "xyz")]
    assert [half.names() for half in halves] == [["dev2-anshan"], ["dev2-zibo"]]
