"""`policyx review`: verdicts are counted in either language, and what is no verdict is named with its cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from policyx.export import View, open_writer
from policyx.export import sheet as sheet_module
from policyx.export.review import review
from tests.conftest import make_document, make_record

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

Run = Callable[..., Any]


def reviewed(path: Path, verdicts: list[str | None], lang: str = "en", **view: Any) -> str:
    """A workbook of eight records, of three kinds, with verdicts in it."""
    labels = ["高新技术企业数"] * 4 + ["研发投入强度"] * 3 + [None]
    with open_writer(path, view=View(lang=lang, **view)) as writer:
        writer.add(make_document(*(make_record(label=label) for label in labels)))
    book = openpyxl.load_workbook(path)
    rows = [row for sheet in book if sheet["A1"].value in ("Verdict", "判定") for row in list(sheet.rows)[1:]]
    for row, verdict in zip(rows, verdicts, strict=False):
        row[0].value = verdict
    book.save(path)
    return str(path)


VERDICTS = ["right", "right", "wrong value", None, "right", "wrong year", "wrong_status", "not an indicator"]
CHINESE = ["正确", "正确", "数值错", None, "正确", "年份错", " 状态错 ", "不是指标"]


@pytest.mark.parametrize(("lang", "verdicts"), [("en", VERDICTS), ("zh", CHINESE), ("zh", VERDICTS)])
def test_verdicts_are_tallied(lang: str, verdicts: list[str | None], tmp_path: Path) -> None:
    """Overall and by indicator; a record without a verdict counts as not reviewed."""
    tally = review(reviewed(tmp_path / "a.xlsx", verdicts, lang))
    assert (tally.total.records, tally.total.reviewed, tally.total.verdicts["right"]) == (8, 7, 3)
    assert tally.total.precision == Decimal("0.4286")
    assert {label: (count.reviewed, count.verdicts["right"]) for label, count in tally.indicators.items()} == {
        "高新技术企业数": (3, 2), "研发投入强度": (3, 1), None: (1, 0),
    }  # fmt: skip
    assert tally.problems == []


def test_json_in_a_pipe_and_a_table_on_demand(run: Run, tmp_path: Path) -> None:
    """Exit code 0 where every verdict is known."""
    path = reviewed(tmp_path / "a.xlsx", VERDICTS)
    result = run("review", path)
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(told) == ["source", "records", "reviewed", "precision", "verdicts", "indicators", "problems"]
    assert told["verdicts"] == {
        "right": 3, "wrong_value": 1, "wrong_name": 0, "wrong_year": 1, "wrong_status": 1, "not_an_indicator": 1,
    }  # fmt: skip
    assert [(one["label"], one["precision"]) for one in told["indicators"]][:2] == [
        ("高新技术企业数", 0.6667), ("研发投入强度", 0.3333),
    ]  # fmt: skip
    shown = run("review", path, "-f", "table", "--lang", "zh").stdout
    assert "准确率" in shown and "66.7%" in shown and "合计" in shown and "7/8" in shown


def test_what_is_no_verdict_is_named_with_its_cell(run: Run, tmp_path: Path) -> None:
    """Exit code 1; the others are counted all the same."""
    path = reviewed(tmp_path / "a.xlsx", ["right", "perfect", "42"], "zh")
    result = run("review", path)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["reviewed"] == 1
    assert "记录!A3: 'perfect' is no verdict" in result.stderr and "记录!A4: '42'" in result.stderr
    assert len(json.loads(result.stdout)["problems"]) == 2


def test_records_on_several_sheets_are_all_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list goes on in further sheets."""
    monkeypatch.setattr(sheet_module, "MOST_ROWS", 4)
    assert review(reviewed(tmp_path / "a.xlsx", VERDICTS)).total.reviewed == 7


def test_a_workbook_with_few_columns_is_tallied_as_a_whole(tmp_path: Path) -> None:
    """Without labels there is nothing to tell indicators apart by."""
    tally = review(reviewed(tmp_path / "a.xlsx", VERDICTS, columns=("name",)))
    assert tally.total.reviewed == 7 and list(tally.indicators) == [None]


def test_a_workbook_without_verdicts_says_so(run: Run, tmp_path: Path) -> None:
    """Nothing was reviewed, and there is no precision."""
    result = run("review", reviewed(tmp_path / "a.xlsx", []))
    assert result.exit_code == 0 and "no verdicts yet" in result.stderr
    assert json.loads(result.stdout)["precision"] is None
    assert run("review", str(tmp_path / "a.xlsx"), "-f", "table").exit_code == 0


def test_what_is_no_such_workbook_is_named(run: Run, tmp_path: Path) -> None:
    """With the reason, on one line."""
    (tmp_path / "text.xlsx").write_text("not a workbook", encoding="utf-8")
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    for name, reason in (
        ("text.xlsx", "is no XLSX workbook"),
        ("missing.xlsx", "does not exist"),
        ("other.xlsx", "no sheet has a column"),
    ):
        result = run("review", name)
        assert result.exit_code == 1 and reason in result.stderr, name
        assert len(result.stderr.splitlines()) == 1
    assert run("review", "text.xlsx", "-f", "yaml").exit_code == 2
    assert run("review").exit_code == 2
