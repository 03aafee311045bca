"""Records carry how sure they are, and those that are not sure enough can be left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

import policyx
from policyx.batch.manifest import recipe_of
from policyx.decide.confidence import Confidence
from policyx.export.plain import record_dict
from policyx.export.rows import shown_row
from policyx.export.schema import schema
from policyx.pipeline import Options
from policyx.read import Columns
from policyx.rules import Rules
from tests.conftest import make_record

TEXT = "全市高新技术企业达到2500家，孵化器30家。"


@pytest.mark.parametrize(
    ("least", "confidence", "taken"),
    [(None, None, True), (0.8, 0.8, True), (0.8, 0.79, False), (0.0, 0.0, True), (0.1, None, False)],
)
def test_a_record_is_taken_that_is_at_least_so_sure(least: float | None, confidence: float | None, taken: bool) -> None:
    assert Options(min_confidence=least).takes(make_record(confidence=confidence)) is taken


def test_a_dataset_of_sure_records_is_another_dataset() -> None:
    recipes = {recipe_of(Options(min_confidence=least), None, (), Columns()) for least in (None, 0.0, 0.5)}
    assert len(recipes) == 3


@pytest.mark.parametrize(("confidence", "shown"), [(0.59, "≥2500家 ?"), (0.6, "≥2500家"), (None, "≥2500家")])
def test_tables_mark_what_is_not_sure(confidence: float | None, shown: str) -> None:
    (cell,) = shown_row(make_record(confidence=confidence), ("amount",), "zh")
    assert cell == shown


def test_confidence_is_printed_as_it_was_measured() -> None:
    assert str(record_dict(make_record(confidence=0.93))["confidence"]) == "0.93"


def test_the_schema_knows_every_role() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    published = schema("record")["properties"]["role"]
    from policyx.model import Role

    assert set(published["enum"]) == {*get_args(Role), None}
    jsonschema.validate("cap", published)


@pytest.mark.parametrize("least", ["0", "0.5", "0.9", "1"])
def test_extract_leaves_out_what_is_not_sure_enough(run: Callable[..., Any], tmp_path: Path, least: str) -> None:
    """What is of unknown confidence, too."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    everything = [json.loads(line) for line in run("extract", "a.txt", "-f", "jsonl").stdout.splitlines()]
    wanted = [one for one in everything if one["confidence"] is not None and one["confidence"] >= float(least)]
    done = run("extract", "a.txt", "-f", "jsonl", "--min-confidence", least)
    assert [json.loads(line) for line in done.stdout.splitlines()] == wanted
    assert ("no quantities that fit" in done.stderr) is (not wanted)


def test_a_confidence_beyond_one_is_wrong_usage(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("extract", "a.txt", "--min-confidence", "90").exit_code == 2
    assert run("batch", "a.txt", "out", "--min-confidence", "-1").exit_code == 2


def test_batch_leaves_out_what_is_not_sure_enough(run: Callable[..., Any], tmp_path: Path) -> None:
    """The same as extract."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    extracted = run("extract", "a.txt", "-f", "jsonl", "--min-confidence", "0.9").stdout
    done = run("batch", "a.txt", "out", "-f", "jsonl", "-j", "1", "--min-confidence", "0.9")
    assert done.exit_code == 0
    shards = (tmp_path / "out").rglob("part-*.jsonl")
    records = "".join(path.read_text("utf-8") for path in shards if path.parent.name == "records")
    assert records == extracted


def test_a_record_of_rules_that_are_often_right_is_surer() -> None:
    """The figures are those of rules/confidence.toml: a product of rates, and what share of such records was right."""
    rates = {"good": [90, 90], "bad": [1, 90]}
    table = [
        {"id": "confidence.name", "slot": "name", "base": 0.8, "rates": rates},
        {"id": "confidence.curve", "slot": "all", "curve": [[0.0, 0.2], [0.5, 0.7], [0.9, 0.97]]},
    ]
    known = Confidence(Rules({"confidence": table}, {}))
    assert [known.of({"name": rule}) for rule in ("good", "bad", "new")] == [0.97, 0.28, 0.9]
    assert Confidence(Rules({}, {})).of({"name": "good"}) is None


def test_every_record_says_how_sure_it_is() -> None:
    records = policyx.extract(TEXT).records if hasattr(policyx.extract(TEXT), "records") else policyx.extract(TEXT)
    assert records
    assert all(record.confidence is not None and 0 <= record.confidence <= 1 for record in records)
