"""What users install and start: completion in their shell, a container, any user of the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import policyx

ROOT = Path(__file__).resolve().parents[1]
SOURCE = Path(policyx.__file__).parents[1]

Run = Callable[..., Any]


def completed(*words: str) -> list[str]:
    """What bash offers for the last of these words."""
    environment = {
        **os.environ, "_POLICYX_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1), "PYTHONPATH": str(SOURCE),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "policyx"], env=environment, capture_output=True, timeout=60, check=False
    )
    return done.stdout.decode().split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [(("policyx", "ext"), "extract"), (("policyx", "bat"), "batch"), (("policyx", "batch", "--pru"), "--prune"),
     (("policyx", "rules", "sh"), "show")],
)  # fmt: skip
def test_a_shell_completes_commands_and_options(words: tuple[str, ...], offered: str) -> None:
    assert completed(*words) == [offered]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_gets_its_script(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.exit_code == 0 and "_POLICYX_COMPLETE" in done.stdout
    assert run("completion", env={"SHELL": f"/usr/bin/{shell}"}).stdout == done.stdout


def test_an_unknown_shell_is_wrong_usage(run: Run) -> None:
    assert run("completion", "tcsh").exit_code == 2


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_the_script_is_right_bash(run: Run, tmp_path: Path) -> None:
    (tmp_path / "completion").write_text(run("completion", "bash").stdout, encoding="utf-8")
    assert subprocess.run(["bash", "-n", "completion"], timeout=60, check=False).returncode == 0


def _started(folder: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Read a document there in an environment without a home."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "HOME": "/nonexistent"}
    command = [sys.executable, "-m", "policyx", "extract", "a.txt"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60, check=False, **more)


def test_it_runs_without_a_home(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全市企业10家。", encoding="utf-8")
    done = _started(tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "10家" in done.stdout.decode()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser may become another")
def test_any_user_may_run_it(tmp_path: Path) -> None:
    """As in a container that was started with a number for a user."""
    (tmp_path / "a.txt").write_text("全市企业10家。", encoding="utf-8")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    try:
        done = _started(tmp_path, user=23456, group=23456, extra_groups=[])
    except PermissionError:
        pytest.skip("this Python is not for other users")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "10家" in done.stdout.decode()


def test_the_container_copies_what_the_package_is_built_from() -> None:
    """And installs an extra that exists."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    copied = set(re.findall(r"^COPY (.*) /source", lines, re.MULTILINE)[0].split()) | {"src"}
    assert {project["readme"], *project["license-files"], "pyproject.toml"} <= copied
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert all((ROOT / name).exists() and f"!{name}" in kept for name in copied)
    (extra,) = re.findall(r'"/source\[(\w+)\]"', lines)
    assert extra in project["optional-dependencies"]
    assert "USER 65534" in lines and "ENTRYPOINT" in lines
