"""The command line and rules: listed, shown, checked, and a user's own on top."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

PACK = '[[unit]]\nid = "unit.own.ao"\nwords = ["坳"]\nbase = "坳"\ndimension = "count"\nexamples = ["有5坳。"]\n'


@pytest.fixture
def report(tmp_path: Path) -> str:
    """A good document in the current folder."""
    (tmp_path / "report.txt").write_text("2024年，全市高新技术企业达到2500家。\n", encoding="utf-8")
    return "report.txt"


def test_rules_are_listed_and_shown(run: Run) -> None:
    """With their words, and with the file of a user's own."""
    Path("own.toml").write_text(PACK, encoding="utf-8")
    listed = run("rules", "list", "unit").stdout.splitlines()
    assert listed and all(line.split("\t")[0] == "unit" for line in listed)
    assert any("unit.own.ao" in line for line in run("rules", "list", "--rules", "own.toml").stdout.splitlines())
    shown = run("rules", "show", "unit.own.ao", "--rules", "own.toml").stdout
    assert shown.startswith("# own.toml") and PACK in shown
    missing = run("rules", "show", "unit.own.a0", "--rules", "own.toml")
    assert missing.exit_code == 1 and "unit.own.ao" in missing.stderr


@pytest.mark.parametrize(
    ("identifier", "shape", "more", "name"),
    [
        ("own.adds", "who=any+ adds @", "", "全市渔船"),
        ("own.adds", "who=any+ adds @", 'after = ["name.subject"]', "全市渔船再添"),
        ("name.subject", "who=any+ adds? @", "", "全市渔船"),
    ],
    ids=["first", "behind those it names", "in the place of the one it replaces"],
)
def test_where_a_construction_of_ones_own_is_asked(run: Run, identifier: str, shape: str, more: str, name: str) -> None:
    """Before the built-in ones; `name.subject`, which holds for whatever stands before a figure, is asked last."""
    own = f'[[construction]]\nid = "{identifier}"\nslot = "name"\nshape = "{shape}"\n{more}\n'
    word = '[[word]]\nid = "own.word"\nrole = "adds"\nwords = ["再添"]\n'
    Path("own.toml").write_text(own + 'gives = { name = "who" }\n' + word, encoding="utf-8")
    Path("a.txt").write_text("全市渔船再添12艘。\n新建3个码头。\n", encoding="utf-8")
    records = [json.loads(line) for line in run("extract", "a.txt", "--rules", "own.toml").stdout.splitlines()]
    assert [record["name"] for record in records] == [name, "新建码头"]


def test_a_rule_file_of_ones_own_is_in_force(run: Run) -> None:
    """Its unit is read."""
    Path("own.toml").write_text(PACK, encoding="utf-8")
    (line,) = run("quantities", "村里有5坳。", "--rules", "own.toml").stdout.splitlines()
    assert json.loads(line)["unit"] == "坳"


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (PACK + 'bass = "坳"\n', ["unit.own.ao", "bass"]),
        (PACK.replace('base = "坳"\n', ""), ["unit.own.ao", "base"]),
        ('[[untis]]\nid = "x"\n', ["untis"]),
        ("not toml", ["is not valid TOML"]),
    ],
)
def test_a_wrong_rule_file_is_an_error_that_names_file_entry_and_key(
    run: Run, report: str, content: str, names: list[str]
) -> None:
    """Whether it is checked or used."""
    Path("own.toml").write_text(content, encoding="utf-8")
    Path("good.toml").write_text(PACK, encoding="utf-8")
    for arguments in (["rules", "check", "own.toml", "good.toml"], ["extract", report, "--rules", "own.toml"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert all(name in result.stderr for name in ["own.toml", *names])
    assert "good.toml: " in run("rules", "check", "own.toml", "good.toml").stderr


@pytest.mark.parametrize(
    ("shape", "reason"),
    [("hard ( @", "a parenthesis is not closed"), ("hard @ (of part=noun | part=noun)", "catches one part twice")],
)
def test_a_shape_that_cannot_be_read_is_told_with_its_file_and_rule(
    run: Run, shape: str, reason: str, report: str
) -> None:
    """By the check, and by whoever reads with it."""
    Path("own.toml").write_text(
        f'[[construction]]\nid = "name.own"\nslot = "name"\nshape = "{shape}"\ngives = {{ name = "part" }}\n'
        'examples = [{ text = "渔港3个。", name = "渔港" }]\ncounter = [{ text = "渔港3个。", slot = "name" }]\n',
        encoding="utf-8",
    )
    for arguments in (["rules", "check", "own.toml"], ["extract", report, "--rules", "own.toml"]):
        done = run(*arguments)
        assert done.exit_code and f"own.toml: name.own: shape: {reason}" in done.stderr
