"""The command line and formats that need a file: suffixes, languages, what is not installed, what is appended to."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyx.export import FORMATS

Run = Callable[..., Any]

TEXT = "2024年，全市高新技术企业达到2500家，研发投入1.50亿元。\n"
FILES = {form.name: form for form in FORMATS if form.is_file}


@pytest.fixture
def report(tmp_path: Path) -> str:
    """A document in the current folder."""
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    return "report.txt"


@pytest.mark.parametrize("name", [form.name for form in FORMATS if form.suffixes])
def test_the_suffix_picks_the_format(name: str, run: Run, report: str, tmp_path: Path) -> None:
    """Every format with a suffix can be written, in one process or in two."""
    form = next(form for form in FORMATS if form.name == name)
    if form.package:
        pytest.importorskip(form.package)
    for jobs in ("1", "2"):
        for suffix in form.suffixes:
            result = run("extract", report, "-o", f"out{suffix}", "-j", jobs)
            assert result.exit_code == 0, result.stderr
            assert result.stdout == "" and f"2 quantities in 1 document, written to out{suffix}" in result.stderr
            assert (tmp_path / f"out{suffix}").stat().st_size > 0
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", list(FILES))
def test_a_file_format_needs_a_file(name: str, run: Run, report: str) -> None:
    """A terminal or a pipe is none."""
    for arguments in (["-f", name], ["-f", name, "-o", "-"]):
        result = run("extract", report, *arguments)
        assert result.exit_code == 2 and "say -o FILE" in result.stderr


@pytest.mark.parametrize("name", [name for name, form in FILES.items() if form.package])
def test_what_is_not_installed_is_told_on_one_line(
    name: str, run: Run, report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is read, with what to do about it."""
    monkeypatch.setitem(sys.modules, str(FILES[name].package), None)
    result = run("extract", report, "-o", f"out{FILES[name].suffixes[0]}")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"policyx: {name} needs {FILES[name].package}: pip install 'policyx[{FILES[name].extra}]'"
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_a_review_without_openpyxl_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """On one line, exit code 2."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = run("review", "a.xlsx")
    assert result.exit_code == 2 and result.stderr.strip().endswith("pip install 'policyx[xlsx]'")


def test_a_frame_without_pandas_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an error of ours."""
    import policyx

    for package, method in (("pandas", "to_pandas"), ("polars", "to_polars")):
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(policyx.MissingExtraError, match=rf"policyx\[{package}\]"):
            getattr(policyx.extract(TEXT), method)()


def test_every_extra_that_is_named_exists() -> None:
    """In pyproject.toml, with the package that is looked for."""
    import tomllib

    project = Path(__file__).resolve().parents[1] / "pyproject.toml"
    extras = tomllib.loads(project.read_text("utf-8"))["project"]["optional-dependencies"]
    for form in FILES.values():
        if form.package:
            assert any(package.startswith(form.package) for package in extras[form.extra]), form.name
            assert form.extra in extras["exports"][0]
    assert "exports" in extras["all"][0] and extras["test"][0] == "policyx[all]"


def test_a_database_is_added_to(run: Run, report: str, tmp_path: Path) -> None:
    """A changed file replaces what it was, another one comes beside it, a failed one leaves the rest alone."""
    assert run("extract", report, "-o", "a.db").exit_code == 0
    (tmp_path / "report.txt").write_text("2025年，研发投入3亿元。\n", encoding="utf-8")
    (tmp_path / "other.txt").write_text(TEXT, encoding="utf-8")
    result = run("extract", "report.txt", "other.txt", "missing.txt", "-o", "a.db")
    assert result.exit_code == 1 and "missing.txt" in result.stderr
    connection = sqlite3.connect(tmp_path / "a.db")
    found = connection.execute("SELECT source, quote FROM records ORDER BY source, position").fetchall()
    connection.close()
    assert found == [("other.txt", "2500家"), ("other.txt", "1.50亿元"), ("report.txt", "3亿元")]


def test_a_database_that_cannot_be_written_is_told(run: Run, report: str, tmp_path: Path) -> None:
    """Exit code 1, one line."""
    (tmp_path / "a.sqlite").write_text("no database " * 100, encoding="utf-8")
    for target in ("a.sqlite", "no-folder/a.sqlite", "no-folder/a.xlsx"):
        result = run("extract", report, "-o", target)
        assert result.exit_code == 1 and "cannot be written" in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_csv_has_chinese_heads_if_they_are_asked_for_and_not_by_locale(run: Run, report: str) -> None:
    """Programs read its heads: a locale must not change them."""

    def heads(*arguments: str, **options: Any) -> list[str]:
        text = run("extract", report, "-f", "csv", "--columns", "name,year,status", *arguments, **options).stdout
        return next(csv.reader(io.StringIO(text.lstrip("\ufeff"))))

    assert heads("--lang", "zh") == ["名称", "年份", "状态"]
    assert heads(env={"POLICYX_LANG": "zh"}) == ["名称", "年份", "状态"]
    assert heads() == heads("--lang", "en") == heads(env={"LC_ALL": "zh_CN.UTF-8"}) == ["name", "year", "status"]


def test_selections_and_columns_hold_for_workbooks(run: Run, report: str, tmp_path: Path) -> None:
    """As for any format."""
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    assert (
        run("extract", report, "-o", "a.xlsx", "--unit", "家", "--columns", "quote,year", "--lang", "zh").exit_code == 0
    )
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["记录"].iter_rows(values_only=True))
    assert rows == [("判定", "原文", "年份"), (None, "2500家", 2024)]


def test_what_is_written_elsewhere_costs_nothing_here(tmp_path: Path) -> None:
    """A run that prints records imports none of the packages for files, nor the modules that need them."""
    code = (
        "import atexit, sys; from policyx.cli import main; sys.argv = ['policyx', 'extract', '-'];"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=120, check=True, input=TEXT.encode()
    )
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 2
    loaded = set(done.stderr.decode().split())
    assert not loaded & {"xlsxwriter", "openpyxl", "duckdb", "sqlite3", "pandas", "polars"}
    assert not {name for name in loaded if name.startswith("policyx.export.")} & {
        f"policyx.export.{name}" for name in ("xlsx", "sheet", "pivot", "dataset", "sqlite", "duckdb", "review")
    }
