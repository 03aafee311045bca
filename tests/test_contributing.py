"""CONTRIBUTING.md says what is true: its rules are rules, its files and commands exist, the reference is made."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import policyx
from policyx.rules.schema import KINDS, check_entry

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RULES = [
    pytest.param(kind, entry, id=entry["id"])
    for block in re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    for kind, entries in tomllib.loads(block).items()
    for entry in entries
]


@pytest.mark.parametrize(("kind", "entry"), RULES)
def test_a_rule_that_is_shown_is_a_rule(kind: str, entry: dict[str, Any]) -> None:
    """With examples and counter-examples."""
    assert kind in KINDS
    checked = check_entry("CONTRIBUTING.md", kind, 1, entry)
    assert checked["examples"] and checked["counter"]


@pytest.mark.parametrize(("kind", "entry"), [rule for rule in RULES if isinstance(rule.values[1]["examples"][0], str)])
def test_a_rule_that_is_shown_holds_in_its_examples(kind: str, entry: dict[str, Any], tmp_path: Path) -> None:
    """Read from a file of one's own, as a user would try it; examples that say what is read are those of built-in rules
    and have tests of their own."""
    block = next(block for block in re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL) if entry["id"] in block)
    (tmp_path / "pack.toml").write_text(block, encoding="utf-8")
    rules = policyx.load_rules([tmp_path / "pack.toml"])
    for text, wanted in [*((text, True) for text in entry["examples"]), *((text, False) for text in entry["counter"])]:
        named = {rule for record in policyx.extract(text, rules=rules) for rule in record.rules}
        assert (entry["id"] in named) is wanted, text


def test_every_file_that_is_named_exists() -> None:
    source = ROOT / "src" / "policyx"
    table = TEXT[TEXT.index("| you want to add") : TEXT.index("`policyx rules list KIND`")]
    names = [name for cell in re.findall(r"`([\w./*]+\.(?:toml|py)|[a-z]+/)`", TEXT + table) for name in [cell]]
    assert len(names) > 20
    for name in names:
        pattern = name.replace("SUBJECT", "*")
        found = [
            *source.glob(pattern), *(source / "rules").glob(pattern), *(source / "rules").glob(f"*/{pattern}"),
            *ROOT.glob(pattern), *(ROOT / "tests").glob(pattern),
        ]  # fmt: skip
        assert found, name


def test_every_test_file_that_is_named_exists() -> None:
    named = set(re.findall(r"tests/test_\w+\.py", TEXT))
    assert len(named) > 8
    assert all((ROOT / name).is_file() for name in named), [name for name in named if not (ROOT / name).is_file()]


@pytest.mark.skipif(importlib.util.find_spec("pdoc") is None, reason="pdoc is not installed")
def test_the_reference_has_every_public_name(tmp_path: Path) -> None:
    """By the one command that is told."""
    (command,) = re.findall(r"`python -m (pdoc policyx -o) site`", TEXT)
    path = [str(Path(policyx.__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, "-m", *command.split(), str(tmp_path)], env={"PYTHONPATH": path[0]}, capture_output=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    page = (tmp_path / "policyx.html").read_text(encoding="utf-8")
    rooms = {path.stem for path in (tmp_path / "policyx").glob("*.html")}
    missing = [name for name in policyx.__all__ if f'id="{name}"' not in page and name not in rooms and name[0] != "_"]
    assert not missing
