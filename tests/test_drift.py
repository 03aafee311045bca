"""Tests the comparison of a corpus's records with those of an earlier day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import drift
from tests.drift import Reading, compare

TEXT = "全区有企业10家。\n明年力争新增企业5家。"


def record(quote: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    sentence = next(line for line in TEXT.splitlines() if quote in line)
    place = TEXT.index(sentence)
    common = {"start": start, "end": start + len(quote), "quote": quote, "rules": ["unit.count"], "status": "actual"}
    return common | {"sentence_start": place, "sentence_end": place + len(sentence)} | more


def changes(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[drift.Change]:
    return list(compare(old, Reading("report.txt", TEXT, new)))


def test_the_same_records_differ_in_nothing() -> None:
    assert changes([record("10家"), record("5家")], [record("10家"), record("5家")]) == []


def test_a_changed_field_is_told_with_its_sentence_and_its_rules() -> None:
    new = record("5家", status="target", rules=["unit.count", "status.strive"])
    (change,) = changes([record("5家")], [new])
    assert change.fields == ("status", "rules")
    assert drift.described(change).splitlines() == [
        f"report.txt:{TEXT.index('5家')} changed: 明年力争新增企业«5家»。",
        "    status: 'actual' -> 'target'",
        "    rules: status.strive",
    ]


def test_new_and_gone_records_are_told_apart_in_the_order_of_the_text() -> None:
    found = changes([record("5家")], [record("10家")])
    assert [(change.kind, (change.new or change.old or {})["quote"]) for change in found] == [
        ("new", "10家"),
        ("gone", "5家"),
    ]


def test_a_record_that_stands_a_little_wider_is_one_change_of_the_quote() -> None:
    (change,) = changes([record("5家")], [record("企业5家")])
    assert (change.kind, change.fields) == ("changed", ("quote",))


def test_two_records_of_one_span_are_compared_one_by_one() -> None:
    before = [record("10家", status="actual"), record("10家", status="target")]
    after = [record("10家", status="actual"), record("10家", status="forecast")]
    (change,) = changes(before, after)
    assert change.old is not None
    assert change.old["status"] == "target"


def test_a_key_that_the_digest_does_not_know_counts_as_null() -> None:
    assert changes([record("10家")], [record("10家", confidence=None)]) == []
    assert changes([record("10家")], [record("10家", confidence=0.9)])[0].fields == ("confidence",)


def test_the_summary_counts_by_field_and_by_rule() -> None:
    before = [record("10家"), record("5家", status="target", rules=["status.plan"])]
    after = [record("10家"), record("5家", status="forecast", rules=["status.expect"])]
    lines = drift.summary(changes(before, after), unchanged=1)
    assert lines[0] == "1 unchanged, 1 changed, 0 new, 0 gone"
    assert [line.split() for line in lines[1:3]] == [["1", "status"], ["1", "rules"]]
    assert ["+1", "+0", "status.expect"] in [line.split() for line in lines]


def test_a_sample_is_spread_evenly_and_always_the_same() -> None:
    assert drift.spread(list(range(10)), 3) == [0, 3, 6]
    assert drift.spread([1, 2], 5) == [1, 2]
    assert drift.spread([1, 2], None) == [1, 2]


def test_the_command_compares_with_what_it_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "one.txt").write_text("2021年底，全区有企业10家。", encoding="utf-8")
    (corpus / "two.txt").write_text("2021年底，全区有学校4所。", encoding="utf-8")
    monkeypatch.setenv("POLICYX_DRIFT", str(tmp_path / "kept" / "digest.gz"))
    with pytest.raises(SystemExit):
        drift.main(["--corpus", str(corpus)])
    assert "make one with --store" in capsys.readouterr().err
    drift.main(["--corpus", str(corpus), "--store"])
    assert capsys.readouterr().out.startswith("2 records of 2 documents")
    (corpus / "one.txt").write_text("2022年底，全区有企业10家。", encoding="utf-8")
    drift.main(["--corpus", str(corpus), "--field", "year"])
    out = capsys.readouterr().out
    assert "1 unchanged, 1 changed, 0 new, 0 gone" in out
    assert "    year: 2021 -> 2022" in out
    drift.main(["--corpus", str(corpus), *(f"--ignore={field}" for field in ("year", "period", "rules"))])
    assert "year: 2021" not in capsys.readouterr().out
