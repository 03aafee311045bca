"""What reviewers and annotators say comes back as gold, and policyx is measured against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import policyx
from policyx.export import View, open_writer, written
from policyx.export.labels import head_of, word_of
from policyx.export.labelstudio import config
from policyx.measure import gold_of, judged_in, measure
from policyx.measure.gold import quote_places

Run = Callable[..., Any]

TEXT = "2024年，全市企业885家，其中新增5家；研发投入8000万—1亿元，增长8%左右。\n"


@pytest.fixture
def report(tmp_path: Path) -> str:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8", newline="")
    return "report.txt"


def workbook(path: Path, source: str, verdicts: dict[str, str], lang: str = "en") -> str:
    """A workbook of the document, in which the records with these quotes are judged."""
    openpyxl = pytest.importorskip("openpyxl")
    with open_writer(path, view=View(lang=lang)) as writer:
        writer.add(policyx.extract_file(source))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    quote, verdict = heads.index(head_of("quote", lang)), heads.index(head_of("verdict", lang))
    for row in list(sheet.rows)[1:]:
        row[verdict].value = verdicts.get(row[quote].value)
    book.save(path)
    return path.name


def gold_lines(result: Any) -> dict[str, dict[str, Any]]:
    return {line["quote"]: line for line in map(json.loads, result.stdout.splitlines())}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_was_judged_right_is_gold_as_it_is(run: Run, report: str, tmp_path: Path, lang: str) -> None:
    path = workbook(tmp_path / "a.xlsx", report, {"885家": word_of("verdict", "right", lang)}, lang)
    done = run("review", path, "--as-gold")
    assert done.exit_code == 0, done.stderr
    (record,) = [one for one in policyx.extract_file(report) if one.quote == "885家"]
    line = gold_lines(done)["885家"]
    assert (line["source"], line["n"], line["value"], line["unit"]) == (report, 1, 885, "家")
    assert (line["name"], line["id"], line["measure"], line["status"], line["bound"], line["year"]) == (
        record.name, record.indicator, record.measure, record.status, "eq", record.year,
    )  # fmt: skip
    assert "optional" not in line


def test_a_wrong_field_is_left_open_and_a_wrong_value_left_out(run: Run, report: str, tmp_path: Path) -> None:
    """What nobody judged may be found or not."""
    verdicts = {"885家": "wrong name", "5家": "wrong value", "8%": "wrong_year"}
    lines = gold_lines(run("review", workbook(tmp_path / "a.xlsx", report, verdicts), "--as-gold"))
    assert "name" not in lines["885家"] and "year" in lines["885家"]
    assert "5家" not in lines
    assert "year" not in lines["8%"]
    assert lines["8000万—1亿元"]["optional"] is True
    assert (lines["8000万—1亿元"]["value"], lines["8000万—1亿元"]["value_max"]) == (80000000, 100000000)


def test_a_quote_within_a_longer_number_is_counted_rightly() -> None:
    assert quote_places("5家", TEXT) == [TEXT.index("5家；")]


def test_gold_that_was_judged_right_is_met_and_a_lost_record_is_missed(run: Run, report: str, tmp_path: Path) -> None:
    right = {one.quote: "right" for one in policyx.extract_file(report)}
    run("review", workbook(tmp_path / "a.xlsx", report, right), "--as-gold", "-o", "gold.jsonl")
    told = json.loads(run("measure", "gold.jsonl").stdout)
    assert told["total"]["record_f1"] == 1 and told["documents"][0]["gold"] == len(right)
    lines = (tmp_path / "gold.jsonl").read_text(encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(lines.replace('"year": 2024', '"year": 2019'), encoding="utf-8")
    done = run("measure", "gold.jsonl", "--show")
    told = json.loads(done.stdout)
    assert told["total"]["quantity_f1"] == 1 and told["total"]["record_f1"] < 1
    assert any("year=2024, wanted [2019]" in remark for remark in told["documents"][0]["remarks"])
    assert "合计" in run("measure", "gold.jsonl", "-f", "table", "--lang", "zh").stdout


def test_a_document_beside_the_gold_is_found(report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = {"source": report, "quote": "885家", "value": 885, "unit": "家"}
    (tmp_path / "gold.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert measure(tmp_path / "gold.jsonl").documents[report].tally["found"] == 1


def test_a_text_that_changed_or_is_gone_is_named(run: Run, report: str, tmp_path: Path) -> None:
    """The other lines come through; exit code 1."""
    path = workbook(tmp_path / "a.xlsx", report, {"885家": "right"})
    (tmp_path / report).write_text("前言。" + TEXT, encoding="utf-8")
    done = run("review", path, "--as-gold")
    assert done.exit_code == 1 and f"'885家' does not stand at {TEXT.index('885家')} any more" in done.stderr
    (tmp_path / report).unlink()
    done = run("review", path, "--as-gold")
    assert done.exit_code == 1 and done.stderr.count("report.txt: does not exist") == 1


def test_verdicts_that_a_report_saved_become_gold(run: Run, report: str, tmp_path: Path) -> None:
    """Value and unit are read at the place that they tell."""
    at = TEXT.index("885家")
    one = {"source": report, "start": at, "end": at + 4, "quote": "885家", "name": "企业", "indicator": None,
           "label": None, "verdict": "right"}  # fmt: skip
    saved = {"policyx": "0", "records": 1, "labels": {"": 1}, "verdicts": [one]}
    (tmp_path / "verdicts.json").write_text(json.dumps(saved), encoding="utf-8")
    line = gold_lines(run("review", "verdicts.json", "--as-gold"))["885家"]
    assert (line["value"], line["unit"], line["name"], line["must"]) == (885, "家", "企业", ["企业"])


def test_verdicts_in_a_copy_of_the_report_become_gold(run: Run, report: str, tmp_path: Path) -> None:
    """As the page saves itself: the verdicts by the numbers of the records."""
    document = policyx.extract_file(report)
    policyx.report([document], "report.html", lang="zh")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    mark = 'id="verdicts">'
    assert mark in page
    start = page.index(mark) + len(mark)
    end = page.index("</script>", start)
    judged = json.dumps({"0": "right", "2": "wrong_year"})
    (tmp_path / "reviewed.html").write_text(page[:start] + judged + page[end:], encoding="utf-8")
    lines = gold_lines(run("review", "reviewed.html", "--as-gold"))
    assert list(lines) == [document.records[0].quote, document.records[2].quote]
    first = lines[document.records[0].quote]
    assert (first["name"], first["year"], first["status"]) == (document.records[0].name, 2024, "actual")
    assert "year" not in lines[document.records[2].quote]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_doccano_goes_both_ways(report: str, tmp_path: Path, lang: str) -> None:
    document = policyx.extract_file(report)
    out = "".join(written("doccano", [document], View(lang=lang)))
    (tmp_path / "a.jsonl").write_text(out, encoding="utf-8")
    judged = judged_in(tmp_path / "a.jsonl")
    assert [(one.start, one.end, one.quote, one.fields["status"]) for one in judged] == [
        (one.start, one.end, one.quote, one.status) for one in document
    ]
    lines = list(gold_of(judged, pytest.fail))
    assert [line["quote"] for line in lines if isinstance(line, dict)] == [one.quote for one in document]


def test_doccano_with_entities_is_read_too(tmp_path: Path) -> None:
    """As its projects with relations export it."""
    at = TEXT.index("885家")
    one = {"id": 7, "text": TEXT, "entities": [{"id": 1, "label": "目标", "start_offset": at, "end_offset": at + 4}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(one) + "\n", encoding="utf-8")
    (judged,) = judged_in(tmp_path / "a.jsonl")
    assert (judged.source, judged.quote, judged.fields) == ("7", "885家", {"status": "target"})


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_label_studio_goes_both_ways(report: str, tmp_path: Path, lang: str) -> None:
    """What an annotator accepts as it was predicted comes back as it was read."""
    document = policyx.extract_file(report)
    (task,) = json.loads("".join(written("label-studio", [document], View(lang=lang))))
    assert all(f'value="{result["value"]["labels"][0]}"' in config(lang)
               for result in task["predictions"][0]["result"] if result["type"] == "labels")  # fmt: skip
    accepted = {"id": 1, "data": task["data"], "annotations": [{"result": task["predictions"][0]["result"]}]}
    (tmp_path / "export.json").write_text(json.dumps([accepted]), encoding="utf-8")
    judged = judged_in(tmp_path / "export.json")
    assert [(one.quote, one.fields.get("name"), one.fields.get("year"), one.fields["status"]) for one in judged] == [
        (one.quote, one.name, one.year, one.status) for one in document
    ]


def test_cancelled_annotations_do_not_count(tmp_path: Path) -> None:
    task = {"id": 1, "data": {"text": TEXT}, "annotations": [{"was_cancelled": True, "result": [{"id": "x"}]}]}
    (tmp_path / "export.json").write_text(json.dumps([task]), encoding="utf-8")
    assert judged_in(tmp_path / "export.json") == []


@pytest.mark.parametrize("content", ["[]", "{}", "not json", '{"a": 1}\n{"b": 2}\n', '[{"annotations": 3}]'])
def test_a_file_of_another_kind_is_refused(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    done = run("review", "a.json", "--as-gold")
    assert done.exit_code == 1 and "a.json: holds no verdicts" in done.stderr


def test_what_is_no_gold_is_refused(run: Run, report: str) -> None:
    done = run("measure", report, "missing.jsonl")
    assert done.exit_code == 1
    assert "report.txt: is no file of gold" in done.stderr and "missing.jsonl: does not exist" in done.stderr
    assert run("review", report, "--as-gold", "-f", "json").exit_code == 2
