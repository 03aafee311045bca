"""The READMEs hold commands and what they print: both READMEs go in, and whatever is not so is a failure.

    python -m tests.test_readme --update

writes what the commands print now into both READMEs. A fenced block of `bash` or `python` with a block of `text` right
behind it prints exactly that; one without is run and has to succeed. What a command installs is left to `.ci/run`,
which does it as printed; here `policyx` is the one that the tests run with.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest

import policyx
from policyx.export.schema import schema
from tests import scoring
from tests.suites import SHARED, SUITES, extract_plain

ROOT = Path(__file__).resolve().parents[1]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
READMES = [ENGLISH, CHINESE]
WIDEST = 100  # columns of the output that a reader sees without scrolling

_BLOCK = re.compile(r"^```(bash|python)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
_INSTALLS = "pip install"
_COMPLETE = re.compile(r"python3 -m venv \.venv && \.venv/bin/pip install -q \S+ && \.venv/bin/.+\n")
_BEFORE_TOOL = re.compile(r"^.*\.venv/bin/(?=policyx )")  # the part of a line that installs and names the place

_ROW = "| policyx "  # what the row begins with that says how policyx does


class Block(NamedTuple):
    """A fenced block: its language, its code, what is shown under it (None: nothing), and where that stands."""

    language: str
    code: str
    shown: str | None
    start: int
    end: int

    @property
    def needs(self) -> str | None:
        """The tool beside policyx that the block runs with, where it is not here."""
        if re.search(r"\bjq\b", self.code) and shutil.which("jq") is None:
            return "jq"
        if re.search(r"\bpandas\b|pivot\.py", self.code) and importlib.util.find_spec("pandas") is None:
            return "pandas"
        return None

    @property
    def runs(self) -> bool:
        """Whether the block uses policyx: the others install, test or check, which is `.ci/run`'s work."""
        return self.language == "python" or re.search(r"(^|[/ ])policyx |^examples/", self.code, re.M) is not None


def blocks(readme: Path) -> list[Block]:
    """The blocks of a README, in order."""
    return [Block(found[1], found[2], found[3], *found.span(3)) for found in _BLOCK.finditer(readme.read_text("utf-8"))]


def folder_to_run_in(folder: Path) -> Path:
    """A folder with the seeds, the examples and a `policyx` that is the one of this interpreter."""
    for name in ("seeds", "examples"):
        shutil.copytree(ROOT / name, folder / name)
    tool = folder / "bin" / "policyx"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m policyx "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    return folder


def run_block(block: Block, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a block as a reader would who has policyx installed: both outputs in one, 100 columns, no settings."""
    if block.language == "python":
        command = [sys.executable, "-c", block.code]
    else:
        lines = (_BEFORE_TOOL.sub("", line) for line in block.code.splitlines())
        command = ["bash", "-euo", "pipefail", "-c", "\n".join(lines)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("POLICYX_", "LC_"))}
    environment = {
        "PATH": os.pathsep.join([str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(Path(policyx.__file__).resolve().parents[1]),
        "LANG": "C.UTF-8",
        "COLUMNS": str(WIDEST),
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        command,
        cwd=folder,
        env={**kept, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def line_that_tests(readme: Path) -> str:
    """The line that installs and passes the tests."""
    (line,) = [block.code.strip() for block in blocks(readme) if "[test]" in block.code and "pytest" in block.code]
    return line


def measured_row() -> str:
    """The row of the comparison that says how policyx does now; rounded down, so that it never says too much."""
    suites = [SUITES[name] for name in ("shared_seed", "shared_dev", "seeds")]
    totals = [scoring.total(scoring.score_suite(suite, extract_plain)) for suite in suites]
    figures = [*(total["quantity_f1"] for total in totals[:2]), *(total["record_f1"] for total in totals)]
    return "| ".join([_ROW, *(f"{int(figure * 100 + 1e-9) / 100:.2f} " for figure in figures)]) + "|"


def install_lines(readme: Path) -> list[str]:
    """Every line of a command that installs."""
    return [line for block in blocks(readme) for line in block.code.splitlines() if _INSTALLS in line]


def _cases() -> list[object]:
    return [
        pytest.param(block, id=f"{readme.name}-{number}")
        for readme in READMES
        for number, block in enumerate(blocks(readme), 1)
        if block.runs
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the blocks run; they leave nothing behind that another would notice."""
    return folder_to_run_in(tmp_path_factory.mktemp("readme"))


@pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are written for bash")
@pytest.mark.parametrize("block", _cases())
def test_a_command_prints_what_is_shown(block: Block, folder: Path) -> None:
    """Exactly; `python -m tests.test_readme --update` writes it anew."""
    if block.needs:
        pytest.skip(f"{block.needs} is not installed")
    done = run_block(block, folder)
    assert done.returncode == 0, done.stdout
    if block.shown is not None:
        assert done.stdout == block.shown, "run python -m tests.test_readme --update"


def test_both_readmes_have_the_same_commands() -> None:
    """But for the language that the output is asked for in, and for Chinese comments."""
    english, chinese = ([(b.language, _without_comments(b.code), b.shown is None) for b in blocks(r)] for r in READMES)
    assert [(language, code.replace("--lang en", "--lang zh"), bare) for language, code, bare in english] == chinese


def _without_comments(code: str) -> str:
    return "\n".join(re.sub(r"\s*(?<!\S)# .*", "", line) for line in code.splitlines())


def test_both_readmes_have_the_same_sections() -> None:
    """One Chinese section for each English one, one table row for each row."""
    for mark in ("## ", "### ", "|", "- ", "![", "```"):
        counts = [sum(line.startswith(mark) for line in readme.read_text("utf-8").splitlines()) for readme in READMES]
        assert counts[0] == counts[1], f"lines that begin with {mark!r}: {counts}"


def test_each_install_command_is_one_line_and_complete() -> None:
    """It makes its environment, installs into it and uses it: nothing has to be there before."""
    assert len(install_lines(ENGLISH)) >= 2
    for readme in READMES:
        for block in blocks(readme):
            if "-m venv" in block.code:
                assert len(block.code.splitlines()) == 1
                assert _COMPLETE.fullmatch(block.code)


def test_ci_runs_the_readmes_own_line_that_tests() -> None:
    """`.ci/run` takes the line out of README.md; the pattern by which it does so finds that line alone."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    (pattern,) = re.findall(r"grep -m1 -- '([^']+)' README\.md", script)
    found = [line for line in ENGLISH.read_text("utf-8").splitlines() if re.search(pattern, line)]
    assert found == [line_that_tests(ENGLISH)] == [line_that_tests(CHINESE)]
    assert found[0].endswith(".venv/bin/pytest")


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_a_table_that_is_shown_fits_the_page(readme: Path) -> None:
    """A han character takes two columns."""
    from rich.cells import cell_len

    for block in blocks(readme):
        if "-f table" not in block.code:
            continue
        for line in (block.shown or "").splitlines():
            assert cell_len(line) <= WIDEST, line


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_the_field_table_has_the_fields_of_the_record(readme: Path) -> None:
    """In their order, and none that does not exist."""
    rows = [line for line in readme.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = [name for row in rows for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])]
    keys = list(schema("record")["properties"])
    assert [name for name in told if name in keys] == keys


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_links_lead_somewhere(readme: Path) -> None:
    """Those to files of the project."""
    for target in re.findall(r"\]\(([^)#:]+)\)", readme.read_text("utf-8")):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_the_rules_shown_are_those_of_the_example(readme: Path) -> None:
    """A rule file that is quoted is quoted rightly."""
    pack = (ROOT / "examples" / "rules-pack.toml").read_text("utf-8")
    quoted = re.findall(r"^```toml\n(.*?)^```$", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert quoted and all(rules in pack for rules in quoted)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
def test_the_comparison_claims_no_more_than_is_reached() -> None:
    """Less it may claim, until somebody writes it anew."""
    reached = _figures(measured_row())
    for readme in READMES:
        (row,) = [line for line in readme.read_text("utf-8").splitlines() if line.startswith(_ROW)]
        claimed = _figures(row)
        assert len(claimed) == len(reached)
        assert all(claim <= figure for claim, figure in zip(claimed, reached, strict=True)), measured_row()


def _figures(row: str) -> list[float]:
    return [float(figure) for figure in re.findall(r"[0-9]\.[0-9]{2}", row)]


def update() -> int:
    """Write what the commands print now into both READMEs. Returns how many of them failed, which are named."""
    failed = 0
    row = measured_row() if SHARED.is_dir() else None
    with tempfile.TemporaryDirectory() as place:
        folder = folder_to_run_in(Path(place))
        for readme in READMES:
            text = readme.read_text("utf-8")
            for block in reversed(blocks(readme)):
                if block.shown is None or not block.runs:
                    continue
                done = None if block.needs else run_block(block, folder)
                if done is None or done.returncode:
                    failed += 1
                    why = f"{block.needs} is not installed" if done is None else done.stdout
                    print(f"{readme.name}: {block.code.strip()}\n{why}", file=sys.stderr)
                else:
                    text = text[: block.start] + done.stdout + text[block.end :]
            if row is not None:
                text = re.sub(f"^{re.escape(_ROW)}.*$", row, text, flags=re.MULTILINE)
            readme.write_text(text, "utf-8")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", required=True, help="write the shown outputs anew")
    parser.parse_args()
    sys.exit(1 if update() else 0)
