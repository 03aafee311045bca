"""The examples that put records into tables run and say what they promise."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests.test_examples import EXAMPLES, folder, needs_pandas
from tests.test_readme import Block, run_block

__all__ = ["folder"]  # a fixture


def run_example(name: str, folder: Path) -> str:
    """What an example prints."""
    done = run_block(Block("python", (EXAMPLES / name).read_text("utf-8"), None, 0, 0), folder)
    assert done.returncode == 0, done.stdout
    return done.stdout


@needs_pandas
def test_the_notebook_runs_cell_by_cell(folder: Path) -> None:
    """Each cell prints; sums are exact."""
    shown = run_example("notebook.py", folder)
    assert re.match(r"5 documents, \d+ records\n", shown)
    assert "高新技术企业数" in shown and "target" in shown
    assert re.search(r"targets in money: \d+ 元", shown)
    assert "growth_rate" in shown and "seeds/" in shown.splitlines()[-1]


def test_the_database_example_answers_and_can_run_again(folder: Path) -> None:
    """The same answer, and no record twice."""
    shown = run_example("database.py", folder)
    assert "扬州  高新技术企业数  2023: 799家  2024: 2500家" in shown
    count = "SELECT count(*) FROM records"
    with sqlite3.connect(folder / "policyx.sqlite") as database:
        before = database.execute(count).fetchall()
    assert run_example("database.py", folder) == shown
    with sqlite3.connect(folder / "policyx.sqlite") as database:
        assert database.execute(count).fetchall() == before
    database.close()


@pytest.mark.parametrize("name", ["notebook.py", "database.py"])
def test_each_is_named_in_the_readme_of_the_examples(name: str) -> None:
    """With what it needs."""
    assert f"`{name}`" in (EXAMPLES / "README.md").read_text("utf-8")
