"""What people bring along: Chinese values, folders of all kinds, patterns in quotes, addresses of pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyx.cli import values
from policyx.cli.options import checked_date
from policyx.export import formats as offered
from policyx.export.registry import FORMATS
from policyx.export.rows import SHOWN_COLUMNS
from policyx.read.registry import READERS

Run = Callable[..., Any]

TEXT = "2024年，全市高新技术企业达到2500家。到2026年，力争孵化器达到30家。\n"


@pytest.fixture
def report(tmp_path: Path) -> str:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8", newline="")
    return "report.txt"


@pytest.fixture
def mixed(report: str, tmp_path: Path) -> str:
    """A folder as folders are: a document, an empty one, pictures, and what an office program leaves behind."""
    folder = tmp_path / "mixed"
    (folder / "sub" / ".git").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text(TEXT, encoding="utf-8")
    for name in ("empty.txt", "1.JPG", "2.jpg", "~$a.docx", ".hidden", "Makefile", "sub/b.mp4"):
        (folder / name).touch()
    return "mixed"


def quotes(result: Any) -> list[str]:
    return [json.loads(line)["quote"] for line in result.stdout.splitlines()]


def test_a_status_is_asked_for_as_it_is_shown(run: Run, report: str) -> None:
    assert quotes(run("extract", report, "--status", "目标")) == quotes(run("extract", report, "--status", "target"))
    assert "30家" in quotes(run("extract", report, "--status", "目标"))
    assert quotes(run("extract", report, "--status", "政策")) == []
    wrong = run("extract", report, "--status", "完成")
    assert wrong.exit_code == 2 and "actual, target, forecast, policy" in wrong.stderr


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2025", (2025, 2025)),
        ("2025年", (2025, 2025)),
        ("２０２５年", (2025, 2025)),
        ("2021-2025", (2021, 2025)),
        ("2021—2025年", (2021, 2025)),
        ("2021年至2025年", (2021, 2025)),
        ("2021到2025", (2021, 2025)),
    ],
)
def test_years_are_read_as_people_write_them(text: str, wanted: tuple[int, int]) -> None:
    assert values.years(text, "--year") == wanted


@pytest.mark.parametrize("text", ["25", "今年", "2021-", "2021-25", ""])
def test_what_is_no_year_is_refused(text: str, run: Run, report: str) -> None:
    assert run("extract", report, "--year", text).exit_code == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026年1月", "2026-01"),
        ("2026年1月5日", "2026-01-05"),
        ("2026年", "2026"),
        ("２０２６年１月", "2026-01"),
        ("2026/1/5", "2026-01-05"),
        ("2026.1", "2026-01"),
        ("2026-01-05", "2026-01-05"),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, wanted: str) -> None:
    assert checked_date(text) == wanted


@pytest.mark.parametrize("text", ["2026年13月", "2026-02-30", "26-1-1", "一月"])
def test_what_is_no_date_is_refused(text: str, run: Run, report: str) -> None:
    assert run("extract", report, "--date", text).exit_code == 2


def test_columns_are_named_by_key_or_by_the_heads_of_either_language() -> None:
    assert values.columns("名称，数值、状态", SHOWN_COLUMNS, "--columns") == ("name", "amount", "status")
    assert values.columns("Name, value, Value", SHOWN_COLUMNS, "--columns") == ("name", "value", "amount")


def test_every_column_can_be_named_by_its_head() -> None:
    from policyx.export.labels import LANGUAGES, head_of

    for lang in LANGUAGES:
        heads = [head_of(column, lang) for column in SHOWN_COLUMNS]
        assert values.columns(",".join(heads), SHOWN_COLUMNS, "--columns") == SHOWN_COLUMNS


def test_an_indicator_is_asked_for_by_label_and_by_other_names(run: Run, report: str) -> None:
    for name in ("enterprise.high_tech", "高新技术企业数", "高企"):
        assert quotes(run("extract", report, "--indicator", name)) == ["2500家"]


def test_settings_may_be_in_chinese_too(run: Run, report: str, tmp_path: Path) -> None:
    (tmp_path / "policyx.toml").write_text('format = "csv"\ncolumns = ["名称", "数值"]\n', encoding="utf-8")
    assert run("extract", report).stdout.lstrip("\ufeff").startswith("name,amount")


def test_a_folder_tells_what_it_passed_over_and_what_could_not_be_read(run: Run, mixed: str, tmp_path: Path) -> None:
    done = run("extract", mixed, "-o", "out.csv")
    assert done.exit_code == 1
    assert "mixed: passed over 7 files: 2 hidden, 2 .jpg" in done.stderr
    assert "1 temporary" in done.stderr and "1 without suffix" in done.stderr and "1 .mp4" in done.stderr
    assert "2 quantities in 1 document, written to out.csv; 1 could not be read" in done.stderr
    done = run("batch", mixed, "out.jsonl", "-j", "1")
    assert "mixed: passed over 7 files: 2 hidden, 2 .jpg" in done.stderr


def test_a_folder_of_documents_has_nothing_to_tell(run: Run, report: str, tmp_path: Path) -> None:
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert "passed over" not in run("extract", "clean").stderr


@pytest.mark.parametrize("command", ["extract", "text"])
def test_patterns_in_quotes_are_looked_up(run: Run, mixed: str, command: str) -> None:
    """Windows has no other way."""
    assert run(command, "mixed/**/a.txt").stdout == run(command, "mixed/sub/a.txt").stdout.replace("\\\\", "/")
    nothing = run(command, "mixed/*.pdf")
    assert nothing.exit_code == 1 and "mixed/*.pdf: nothing fits this pattern" in nothing.stderr


def test_a_file_whose_name_looks_like_a_pattern_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "report[1].txt").write_text(TEXT, encoding="utf-8")
    assert len(quotes(run("extract", "report[1].txt"))) == 2


@pytest.mark.parametrize("command", ["extract", "text", "clean", "explain"])
def test_a_web_address_is_told_how_to_save_the_page(run: Run, command: str) -> None:
    done = run(command, "https://www.example.org/report.html?id=1")
    assert done.exit_code == 1 and done.stdout == ""
    assert "never goes to the network" in done.stderr and "save the page" in done.stderr


def test_text_takes_several_files_and_folders(run: Run, report: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "b.txt").write_bytes("没有换行的结尾".encode())
    (tmp_path / "docs" / "c.txt").write_bytes("第三篇\n".encode())
    assert run("text", "docs", report).stdout == "没有换行的结尾\n第三篇\n" + TEXT
    assert run("text", "docs/b.txt").stdout == "没有换行的结尾"
    lines = run("text", "docs", report, "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["docs/b.txt", "docs/c.txt", report]
    some = run("text", "missing.txt", report)
    assert (some.exit_code, some.stdout) == (1, TEXT)


def test_explain_leaves_like_grep(run: Run, report: str) -> None:
    assert run("explain", report, "--grep", "没有这个").exit_code == 1
    assert run("explain", report, "--grep", "孵化器").exit_code == 0
    assert run("explain", "-", input=b"nothing").exit_code == 0


def test_a_dataset_with_the_wrong_suffix_is_wrong_usage(run: Run, report: str) -> None:
    done = run("batch", report, "out.csv")
    assert done.exit_code == 2 and "out.csv" in done.stderr


def test_formats_lists_every_reader_and_writer(run: Run) -> None:
    told = json.loads(run("formats").stdout)
    assert [item["name"] for item in told if item["direction"] == "read"] == [reader.format for reader in READERS]
    written = [item["name"] for item in told if item["direction"] == "write"]
    assert written == [*(form.name for form in FORMATS), "html"]
    assert all(
        run("extract", "-", "-f", name, "-o", f"out.{name}", input=TEXT.encode()).exit_code == 0 for name in written
    )
    assert "读写" in run("formats", "-f", "table", "--lang", "zh").stdout


def test_what_is_not_installed_is_named_with_how_to_get_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(offered, "find_spec", lambda name: None)
    assert offered.missing_for(["a.pdf", "b.PDF", "c.html", "d.txt", "-"]) == {
        "pip install 'policyx[pdf]'": 2,
        "pip install 'policyx[html]'": 1,
    }
    (tmp_path / "a.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    assert "1 file needs what is not installed: pip install 'policyx[html]'" in run("extract", "a.html").stderr


def test_each_extra_that_a_reader_asks_for_is_known_to_formats() -> None:
    """The message of a reader and the table of formats name the same extra."""
    import importlib
    import inspect
    import re

    known = {item.name: item.needs for item in offered.formats() if item.direction == "read"}
    for reader in READERS:
        source = inspect.getsource(importlib.import_module(reader.module))
        for extra in re.findall(r"pip install 'policyx\[(\w+)\]'", source):
            assert known[reader.format] == f"policyx[{extra}]", reader.format


def test_everything_that_formats_asks_for_comes_with_the_extra_all() -> None:
    """And so do the data frames; a cluster does not."""
    import re
    import tomllib

    root = Path(__file__).resolve().parents[1]
    extras = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]

    def unfolded(extra: str) -> set[str]:
        inner = [name for wanted in extras[extra] for name in _extras_in(wanted)]
        return {extra}.union(*map(unfolded, inner))

    def _extras_in(wanted: str) -> list[str]:
        found = re.fullmatch(r"policyx\[([\w,]+)\]", wanted)
        return found[1].split(",") if found else []

    asked = {match[1] for item in offered.formats() if (match := re.fullmatch(r"policyx\[(\w+)\]", item.needs or ""))}
    assert asked | {"pandas", "polars", "serve"} <= unfolded("all")
    assert not {"ray", "spark", "dev", "benchmark"} & unfolded("all")
