"""The command line as a user has it: every command, every format, every bad input."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

TEXT = "一、总体情况\n2024年，全市高新技术企业达到2500家，研发投入1.50亿元。\n产业园占地127亩。\n"
EMPTY = "本办法自发布之日起施行。\n"


@pytest.fixture
def report(tmp_path: Path) -> str:
    """A good document in the current folder."""
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8", newline="")
    return "report.txt"


@pytest.fixture
def folder(report: str, tmp_path: Path) -> str:
    """A folder with good files and bad ones."""
    inside = tmp_path / "docs"
    (inside / "sub").mkdir(parents=True)
    (inside / "a.txt").write_text(TEXT, encoding="utf-8")
    (inside / "b_empty.txt").write_bytes(b"")
    (inside / "c_pdf.txt").write_bytes(b"%PDF-1.4 ...")
    (inside / "d_broken.txt").write_bytes(TEXT.encode()[:40] + TEXT.encode()[41:])
    (inside / "sub" / "e.txt").write_bytes(TEXT.encode("gb18030"))
    (inside / "notes.dat").write_text(TEXT, encoding="utf-8")
    return "docs"


def lines_of(result: Any) -> list[dict[str, Any]]:
    """The records of jsonl output."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_extract_prints_a_record_per_line_in_a_pipe(run: Run, report: str) -> None:
    """Offsets slice the file's own text."""
    result = run("extract", report)
    records = lines_of(result)
    assert result.exit_code == 0 and len(records) == 3
    assert all(TEXT[record["start"] : record["end"]] == record["quote"] for record in records)
    assert records[0]["source"] == "report.txt"
    assert '"value": 1.50,' in result.stdout


def test_standard_input_is_taken_with_a_dash_and_without_a_path(run: Run) -> None:
    """As bytes, in any encoding."""
    for arguments in (["extract", "-"], ["extract"]):
        records = lines_of(run(*arguments, input=TEXT.encode("gb18030")))
        assert [record["source"] for record in records] == ["-"] * 3


def test_a_folder_with_bad_files_gives_the_good_ones_and_names_the_bad(run: Run, folder: str) -> None:
    """Exit code 1, and nothing is lost."""
    result = run("extract", folder)
    assert result.exit_code == 1
    assert {Path(record["source"]).name for record in lines_of(result)} == {"a.txt", "e.txt"}
    assert len(lines_of(result)) == 6
    for name, reason in (("b_empty", "is empty"), ("c_pdf", "PDF"), ("d_broken", "neither valid UTF-8")):
        assert any(name in line and reason in line for line in result.stderr.splitlines())


@pytest.mark.parametrize("jobs", ["1", "2", "0"])
def test_processes_change_nothing(run: Run, folder: str, jobs: str) -> None:
    """The same records in the same order, the same messages, the same exit code."""
    alone, many = run("extract", folder), run("extract", folder, "-j", jobs)
    assert (alone.stdout, alone.stderr, alone.exit_code) == (many.stdout, many.stderr, many.exit_code)


def test_standard_input_keeps_its_place_among_files_in_processes(run: Run, report: str) -> None:
    """It is read by the first process."""
    result = run("extract", report, "-", "docs2", "-j", "2", input=TEXT.encode())
    assert result.exit_code == 1 and "docs2: does not exist" in result.stderr
    assert list(dict.fromkeys(record["source"] for record in lines_of(result))) == ["report.txt", "-"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [("missing.txt", "does not exist"), ("none", "holds no file that can be read"), ("empty.txt", "is empty")],
)
def test_a_bad_path_is_named_with_its_reason(run: Run, tmp_path: Path, path: str, reason: str) -> None:
    """Exit code 1."""
    (tmp_path / "none").mkdir()
    (tmp_path / "empty.txt").touch()
    result = run("extract", path)
    assert result.exit_code == 1
    assert f"{path}: " in result.stderr and reason in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_file_is_named(run: Run, report: str, tmp_path: Path) -> None:
    """The others are read."""
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "secret.txt").chmod(0)
    result = run("extract", "secret.txt", report)
    assert result.exit_code == 1 and "permission" in result.stderr and len(lines_of(result)) == 3


def test_no_quantities_is_no_failure(run: Run, tmp_path: Path) -> None:
    """A note says so."""
    (tmp_path / "none.txt").write_text(EMPTY, encoding="utf-8")
    result = run("extract", "none.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no quantities in 1 document" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "report.txt", "-f", "xml"],
        ["extract", "report.txt", "-o", "out.xyz"],
        ["extract", "report.txt", "-j", "-1"],
        ["extract", "report.txt", "--columns", "nmae"],
        ["extract", "report.txt", "--status", "done"],
        ["extract", "report.txt", "--year", "soon"],
        ["extract", "report.txt", "--date", "2024-13"],
        ["extract", "report.txt", "--lang", "fr"],
        ["extract", "report.txt", "--group", "x"],
        ["extract", "report.txt", "--indicator", "no.such.thing"],
        ["extract", "report.txt", "--encoding", "klingon"],
        ["extract", "report.txt", "--skip-repair", "x"],
        ["extract", "report.txt", "--no-such-option"],
        ["explain", "report.txt", "--at", "1", "--grep", "x"],
        ["explain", "report.txt", "--at", "999999"],
        ["explain"],
        ["clean", "report.txt", "--diff", "-f", "json"],
        ["clean", "report.txt", "-f", "xml"],
        ["quantities", "5家", "-f", "csv"],
        ["rules", "list", "nonsense"],
        ["rules", "check"],
        ["schema", "x"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_exit_code_2(run: Run, report: str, arguments: list[str]) -> None:
    """With a message, and nothing on standard output."""
    result = run(*arguments)
    assert result.exit_code == 2 and result.stdout == "" and "rror" in result.stderr


def test_a_terminal_without_a_path_is_wrong_usage(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody should wait for input without knowing."""
    from policyx.cli import extract

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    class Sys:
        stdin = Terminal()

    monkeypatch.setattr(extract, "sys", Sys)
    result = run("extract")
    assert result.exit_code == 2 and "standard input" in result.stderr


@pytest.mark.parametrize(
    ("name", "begins"),
    [("o.json", b'{\n  "policyx"'), ("o.jsonl", b'{"source"'), ("o.csv", b"\xef\xbb\xbfsource"), ("o.md", b"## ")],
)
def test_the_suffix_of_the_output_picks_the_format(
    run: Run, report: str, tmp_path: Path, name: str, begins: bytes
) -> None:
    """Nothing is left on standard output, no draft is left in the folder."""
    result = run("extract", report, "-o", name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert "3 quantities in 1 document, written to" in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"report.txt", name}


def test_the_format_wins_over_the_suffix(run: Run, report: str, tmp_path: Path) -> None:
    """And gives one to a name without a known suffix."""
    run("extract", report, "-o", "o.csv", "-f", "jsonl")
    assert (tmp_path / "o.csv").read_bytes().startswith(b'{"source"')
    assert run("extract", report, "-o", "o.xyz", "-f", "csv").exit_code == 0


def test_an_output_that_cannot_be_written_is_named(run: Run, report: str) -> None:
    """Exit code 1, one line."""
    result = run("extract", report, "-o", "no/such/folder/o.csv")
    assert result.exit_code == 1 and "cannot be written" in result.stderr and "Traceback" not in result.stderr


def test_filters_take_what_was_asked_for(run: Run, report: str) -> None:
    """By unit as written or base unit, by year, by status."""
    assert [record["unit"] for record in lines_of(run("extract", report, "--unit", "家"))] == ["家"]
    assert [record["unit"] for record in lines_of(run("extract", report, "--unit", "元", "--unit", "亩"))] == [
        "亿元", "亩",
    ]  # fmt: skip
    assert len(lines_of(run("extract", report, "--year", "2024", "--unit", "家"))) == 1
    result = run("extract", report, "--year", "1990-1999")
    assert result.stdout == "" and result.exit_code == 0 and "no quantities that fit" in result.stderr


def test_columns_and_evidence(run: Run, report: str) -> None:
    """CSV and table show the columns asked for; evidence adds the sentence."""
    rows = list(csv.reader(io.StringIO(run("extract", report, "-f", "csv", "--columns", "quote, unit").stdout[1:])))
    assert rows[:2] == [["quote", "unit"], ["2500家", "家"]]
    table = run("extract", report, "-f", "table", "--columns", "amount", "--evidence", "--lang", "zh").stdout
    assert "数值" in table and "原句" in table and "占地127亩" in table


def test_markup_in_a_text_survives(run: Run, tmp_path: Path) -> None:
    """In every format for people."""
    (tmp_path / "a.txt").write_text("全市[gdp]高新技术企业[/b]达到2500家。", encoding="utf-8")
    for name in ("table", "markdown"):
        result = run("extract", "a.txt", "-f", name, "--evidence", env={"COLUMNS": "200"})
        assert result.exit_code == 0
        assert "[gdp]" in result.stdout.replace("\\", "") and "[/b]" in result.stdout.replace("\\", "")
    assert "[gdp]" in run("explain", "a.txt").stdout


def test_settings_command_line_over_environment_over_files(run: Run, report: str, tmp_path: Path) -> None:
    """policyx.toml wins over pyproject.toml, and all lose to what is said now."""
    (tmp_path / "pyproject.toml").write_text('[tool.policyx]\nformat = "json"\n', encoding="utf-8")
    assert run("extract", report).stdout.startswith('{\n  "policyx"')
    (tmp_path / "policyx.toml").write_text('format = "csv"\ncolumns = ["quote"]\njobs = 1\n', encoding="utf-8")
    assert run("extract", report).stdout.splitlines()[0].endswith("quote")
    assert run("extract", report, env={"POLICYX_FORMAT": "markdown"}).stdout.startswith("## ")
    assert run("extract", report, "-f", "jsonl", env={"POLICYX_FORMAT": "markdown"}).stdout.startswith("{")
    run("extract", report, "-o", "o.json")
    assert (tmp_path / "o.json").read_text(encoding="utf-8").startswith("{\n")


@pytest.mark.parametrize(
    ("settings", "said"),
    [('colour = "red"', "'colour' is not a setting"), ('jobs = "2"', "jobs must be a whole number"), ("a = [", "TOML")],
)
def test_wrong_settings_are_named(run: Run, report: str, tmp_path: Path, settings: str, said: str) -> None:
    """File and key; exit code 2."""
    (tmp_path / "policyx.toml").write_text(settings, encoding="utf-8")
    result = run("extract", report)
    assert result.exit_code == 2
    assert "policyx.toml" in result.stderr and said in result.stderr


def test_clean_prints_the_repaired_text_and_only_that(run: Run, tmp_path: Path) -> None:
    """The counts per rule are on standard error."""
    (tmp_path / "a.txt").write_text("全市高新技術企業達到２５００家。\n", encoding="utf-8", newline="")
    result = run("clean", "a.txt")
    assert result.exit_code == 0
    assert result.stdout == "全市高新技术企业达到2500家。\n"
    assert "×" in result.stderr


def test_clean_lists_edits_that_replay(run: Run, tmp_path: Path) -> None:
    """Applied to the original they give the repaired text."""
    original = "全市高新技術企業達到２５００家。\n"
    (tmp_path / "a.txt").write_text(original, encoding="utf-8", newline="")
    edits = json.loads(run("clean", "a.txt", "-f", "json").stdout)
    text = original
    for edit in reversed(edits):
        assert original[edit["start"] : edit["end"]] == edit["before"] and edit["rules"]
        text = text[: edit["start"]] + edit["after"] + text[edit["end"] :]
    assert text == run("clean", "-", input=original.encode()).stdout


def test_clean_shows_a_diff(run: Run, tmp_path: Path) -> None:
    """Without colours in a pipe."""
    (tmp_path / "a.txt").write_text("第一行\n高新技術企業\n", encoding="utf-8")
    out = run("clean", "a.txt", "--diff").stdout
    assert out.startswith("2: ") and "[-" in out and "{+" in out and "\x1b" not in out


def test_clean_can_leave_out_a_repair(run: Run, tmp_path: Path) -> None:
    """By the names that the error for a wrong one lists."""
    from policyx.repair import REPAIRS

    text = "全市高新技術企業達到２５００家。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    skips = [part for name in REPAIRS for part in ("--skip-repair", name)]
    assert run("clean", "a.txt", *skips).stdout == text


def test_quantities_takes_a_text_a_file_or_standard_input(run: Run, report: str) -> None:
    """A name of a file that exists is the file."""
    keys = ["line", "start", "end", "quote", "value", "value_max", "unit", "base_value", "base_value_max",
            "base_unit", "bound", "kind", "rules"]  # fmt: skip
    (found,) = lines_of(run("quantities", "研发投入1.50亿元"))
    assert list(found) == keys
    assert (found["start"], found["quote"], found["base_value"], found["base_unit"]) == (4, "1.50亿元", 150000000, "元")
    assert [found["line"] for found in lines_of(run("quantities", report))] == [2, 2, 3]
    assert len(lines_of(run("quantities", input=TEXT.encode()))) == 3


def test_quantities_line_by_line(run: Run) -> None:
    """Offsets count within the line, empty lines count as lines."""
    found = lines_of(run("quantities", "--lines", "--format", "jsonl", input="新增5家\r\n\n投入3亿元".encode()))
    assert [(one["line"], one["start"], one["quote"]) for one in found] == [(1, 2, "5家"), (3, 2, "3亿元")]


def test_quantities_in_all_formats(run: Run) -> None:
    """json is one list."""
    assert len(json.loads(run("quantities", "新增5家", "-f", "json").stdout)) == 1
    assert "5家" in run("quantities", "新增5家", "-f", "table", "--lang", "zh").stdout
    result = run("quantities", "没有")
    assert (result.exit_code, result.stdout) == (0, "") and "no quantities" in result.stderr


def test_explain_gives_reasons_and_rules(run: Run, report: str) -> None:
    """Of every record, of one place, of what holds a text."""
    everything = run("explain", report).stdout
    assert everything.count("[[") == 3
    at = TEXT.index("127")
    assert "[[127亩]]" in run("explain", report, "--at", str(at)).stdout
    assert run("explain", report, "--grep", "研发").stdout.count("1.50亿元") >= 1
    nothing = run("explain", report, "--grep", "没有这个")
    assert (nothing.exit_code, nothing.stdout) == (1, "") and "no number" in nothing.stderr


def test_the_schema_is_printed(run: Run) -> None:
    """As JSON, of the whole and of a line."""
    assert json.loads(run("schema").stdout)["title"] == "policyx"
    assert "quote" in json.loads(run("schema", "record").stdout)["properties"]


def test_the_version_is_printed(run: Run) -> None:
    """On standard output."""
    from policyx import __version__

    assert run("--version").stdout == f"policyx {__version__}\n"


def _commands() -> list[tuple[list[str], Any]]:
    from typer.main import get_command

    from policyx.cli.app import app

    found: list[tuple[list[str], Any]] = []

    def walk(path: list[str], command: Any) -> None:
        found.append((path, command))
        for name, inner in getattr(command, "commands", {}).items():
            walk([*path, name], inner)

    walk([], get_command(app))
    return found


@pytest.mark.parametrize(
    ("path", "command"), _commands(), ids=lambda value: "-".join(value) if isinstance(value, list) else ""
)
def test_every_command_and_option_has_help(run: Run, path: list[str], command: Any) -> None:
    """And `--help` shows it."""
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), parameter.name
