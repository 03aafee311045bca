"""What a reviewer said in the report is counted like what stands in a workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policyx.errors import ReadError
from policyx.report.verdicts import tally_of
from tests.conftest import make_document, make_record
from tests.reports import page_of

SAVED: dict[str, Any] = {
    "policyx": "1",
    "records": 5,
    "labels": {"高新技术企业数": 3, "": 2},
    "verdicts": [
        {"label": "高新技术企业数", "verdict": "right"},
        {"label": "高新技术企业数", "verdict": "wrong_year"},
        {"label": None, "verdict": "right"},
    ],
}


def test_verdicts_are_tallied_overall_and_by_indicator(run: Any) -> None:
    """As JSON in a pipe; the records that nobody judged count as not reviewed."""
    Path("v.json").write_text(json.dumps(SAVED), encoding="utf-8")
    result = run("review", "v.json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (told["records"], told["reviewed"], told["precision"]) == (5, 3, 0.6667)
    assert [(one["label"], one["reviewed"]) for one in told["indicators"]] == [("高新技术企业数", 2), (None, 1)]


def test_a_copy_of_the_page_tells_its_verdicts_itself(tmp_path: Path) -> None:
    """The numbers of its records lead to their indicators."""
    page = page_of([make_document(make_record(), make_record(label=None), make_record())])
    path = tmp_path / "a.html"
    empty = '<script type="application/json" id="verdicts">{}'
    assert empty in page
    path.write_text(page.replace(empty, empty[:-2] + '{"1":"right","2":"wrong_name"}'), encoding="utf-8")
    tally = tally_of(path)
    assert (tally.total.records, tally.total.reviewed) == (3, 2)
    assert tally.indicators[None].verdicts["right"] == 1
    assert tally.indicators["高新技术企业数"].verdicts["wrong_name"] == 1


def test_a_verdict_that_is_none_is_named(run: Any) -> None:
    """Exit code 1; the others count."""
    saved = {**SAVED, "verdicts": [*SAVED["verdicts"], {"label": None, "verdict": "perhaps"}]}
    Path("v.json").write_text(json.dumps(saved), encoding="utf-8")
    result = run("review", "v.json")
    assert result.exit_code == 1
    assert "verdict 4: 'perhaps' is no verdict" in result.stderr
    assert json.loads(result.stdout)["reviewed"] == 3


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "<html></html>", '{"labels": {}, "verdicts": [{"verdict": "right"}]}']
)
def test_another_file_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    """With its name."""
    path = tmp_path / "v.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match="holds no verdicts of a report"):
        tally_of(path)
    with pytest.raises(ReadError, match="does not exist"):
        tally_of(tmp_path / "missing.json")
