"""Every example runs and shows what it says. Skipped is only what needs a tool that is not here."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_readme import ROOT, Block, folder_to_run_in, run_block

EXAMPLES = ROOT / "examples"

needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
needs_pandas = pytest.mark.skipif(importlib.util.find_spec("pandas") is None, reason="pandas is not installed")
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="the shell examples are written for bash")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the seeds and the examples, with policyx on the path."""
    return folder_to_run_in(tmp_path_factory.mktemp("examples"))


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one line of shell there."""
    return run_block(Block("bash", command, None, 0, 0), folder)


@needs_bash
@needs_jq
def test_targets_are_in_yuan_and_fall(folder: Path) -> None:
    """The jq example sorts by the figure in base units."""
    done = run("examples/targets.sh seeds", folder)
    rows = [line.split("\t") for line in done.stdout.splitlines() if not line.startswith("policyx: ")]
    assert done.returncode == 0, done.stdout
    assert len(rows) >= 2 and {len(row) for row in rows} == {4}
    values = [float(row[0]) for row in rows]
    assert values == sorted(values, reverse=True)


@needs_bash
@needs_pandas
def test_the_pandas_example_tells_indicators_by_year(folder: Path) -> None:
    """Its table names an indicator that three of the seeds tell."""
    done = run("policyx extract -f jsonl seeds | python examples/pivot.py", folder)
    assert done.returncode == 0, done.stdout
    assert "高新技术企业数" in done.stdout and "target" in done.stdout


@needs_bash
def test_own_rules_change_what_is_read(folder: Path) -> None:
    """A unit, an indicator, a status and a construction that the built-in rules do not know."""
    done = run("examples/own_rules.sh", folder)
    assert done.returncode == 0, done.stdout
    before, after = done.stdout.split("with rules-pack.toml:")
    assert "rules are right" in before
    assert "星火伙伴企业数" in after and "星火伙伴企业数" not in before
    assert "3.2万个工日" in after and "3.2万个工日" not in before
    assert "8家,2024,target" in after and "8家,2024,actual" in before
    assert "务工群众,860人" in after and "务工群众再添,860人" in before


def test_each_rule_of_the_pack_keeps_its_own_promises(folder: Path) -> None:
    """It fires in its examples and not in its counter-examples; a record cites the constructions and not the words that
    they ask for, so a word is right where its construction is."""
    import policyx
    from policyx.rules import read_rule_file

    pack = EXAMPLES / "rules-pack.toml"
    rules = policyx.load_rules([pack])
    entries = read_rule_file(pack)
    assert "construction" in entries
    for entry in (entry for kind, found in entries.items() if kind != "word" for entry in found):
        for told, expected in [(t, True) for t in entry["examples"]] + [(t, False) for t in entry["counter"]]:
            told = {"text": told} if isinstance(told, str) else told
            records = policyx.extract(told["text"], rules=rules).records
            assert (entry["id"] in {rule for record in records for rule in record.rules}) is expected, entry["id"]
            if expected:
                assert {told.get("name", records[0].name)} == {record.name for record in records}
                assert {told.get("measure", records[0].measure)} == {record.measure for record in records}


def test_the_library_example_prints_targets_with_their_places(folder: Path) -> None:
    """What it prints stands in the original where it says."""
    done = run_block(Block("python", (EXAMPLES / "library.py").read_text("utf-8"), None, 0, 0), folder)
    assert done.returncode == 0, done.stdout
    original = (ROOT / "seeds" / "yangzhou-news-glossed.txt").read_bytes().decode("utf-8")
    head, *rows = done.stdout.splitlines()
    assert head.startswith("seeds/yangzhou-news-glossed.txt: utf-8")
    assert rows
    for row in rows:
        start, end, quote, *_ = row.split("\t")
        assert original[int(start) : int(end)] == quote


def test_the_library_example_names_a_file_that_is_not_there(folder: Path) -> None:
    """With the reason, and not with a traceback."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "library.py"), "no-such-file.txt"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(sys.modules["policyx"].__file__ or "").resolve().parents[1])},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "no-such-file.txt" in done.stderr and "Traceback" not in done.stderr


def test_every_example_is_listed() -> None:
    """In the examples' own README."""
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    names = {path.name for path in EXAMPLES.iterdir() if path.is_file()} - {"README.md"}
    assert {name for name in names if f"`{name}`" not in listed} == set()


@needs_bash
def test_a_folder_of_mixed_files_becomes_one_workbook(folder: Path) -> None:
    """Records of each format, and the damaged file with its reason; the picture of a folder is not asked for."""
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    pytest.importorskip("selectolax")
    done = run("python examples/folder_to_workbook.py examples/mixed figures.xlsx", folder)
    assert done.returncode == 0, done.stdout
    book = openpyxl.load_workbook(folder / "figures.xlsx")
    heads, *rows = book["documents"].iter_rows(values_only=True)
    told = {Path(row[heads.index("Source")]).name: row for row in rows}
    assert set(told) == {"report.txt", "notice.html", "towns.csv", "letter.eml", "draft.docx"}
    assert "damaged" in told["draft.docx"][heads.index("Not read")]
    assert all(row[heads.index("Records")] >= 2 for name, row in told.items() if name != "draft.docx")
    command = run("policyx extract examples/mixed -o again.xlsx", folder)
    assert command.returncode == 1 and "draft.docx" in command.stdout and "1 .jpg" in command.stdout
    again = openpyxl.load_workbook(folder / "again.xlsx")["records"]
    assert again.max_row == book["records"].max_row


@needs_bash
def test_a_page_that_was_drawn_is_read_back(folder: Path) -> None:
    """Nine of ten figures at least are read as the page says."""
    from policyx.read import ocr

    if not ocr.is_installed():
        pytest.skip("policyx[ocr] is not installed")
    done = run(f"python examples/ocr_page.py {ROOT / 'tests' / 'data' / 'read' / 'report.pdf'} 2 150", folder)
    assert done.returncode == 0, done.stdout
    found = re.search(r"(\d+) of (\d+) figures read", done.stdout)
    assert found and int(found[2]) >= 8 and int(found[1]) >= 0.9 * int(found[2]), done.stdout


def test_a_spreadsheet_of_reports_becomes_a_panel(folder: Path) -> None:
    """Title, date and place come from the columns beside the text."""
    done = run("policyx panel examples/reports.csv", folder)
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    growth = {
        (row["place"], row["year"], row["status"]): row["value"] for row in rows if row["indicator"] == "output.gdp"
    }
    assert growth == {
        ("湖北省云溪市", "2022", "actual"): "8.1",
        ("湖北省云溪市", "2023", "target"): "7.5",
        ("湖北省云溪市", "2023", "actual"): "6.9",
        ("湖北省云溪市", "2024", "target"): "7",
        ("江西省澄波市", "2023", "actual"): "5.2",
        ("江西省澄波市", "2024", "target"): "6",
    }


def test_the_note_is_one_json_document_like_any_other(folder: Path) -> None:
    """The example's data reads as a document with a title."""
    done = run("policyx extract examples/county-note.txt -f json", folder)
    (document,) = json.loads(done.stdout)["documents"]
    assert document["title"] == "栗溪县2024年以工代赈工作小结"
    assert document["indicators"]
