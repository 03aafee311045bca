"""What is kept from one start to the next is data, read back only where nobody else can have written it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policyx import cache
from policyx.cache import cache_folder, keep, kept, remembered
from tests.batches import environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="owners and modes are another matter there")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test."""
    monkeypatch.setenv("POLICYX_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _open_folder(folder: Path, file: Path) -> None:
    folder.chmod(0o777)


def _open_file(folder: Path, file: Path) -> None:
    file.chmod(0o622)


def _link(folder: Path, file: Path) -> None:
    file.rename(folder / "elsewhere")
    file.symlink_to(folder / "elsewhere")


def _pipe(folder: Path, file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _torn(folder: Path, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _changed(folder: Path, file: Path) -> None:
    told, tale = (word.encode("utf-16-le") for word in ("told", "tale"))
    file.write_bytes(file.read_bytes().replace(told, tale))


def _empty(folder: Path, file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("spoil", [_open_folder, _open_file, _link, _pipe, _torn, _changed, _empty])
def test_what_others_may_have_written_or_is_damaged_is_done_without(
    spoil: Callable[[Path, Path], None], folder: Path
) -> None:
    """It is made anew, and the value is the right one."""
    assert remembered("words", "key", lambda: ["told"]) == ["told"]
    (file,) = folder.iterdir()
    assert kept(file.name) is not None
    spoil(folder, file)
    assert kept(file.name) is None
    assert remembered("words", "key", lambda: ["made"]) == ["made"]


def test_what_belongs_to_another_user_is_done_without(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways: it is not read, and nothing is written to a folder of somebody else."""
    keep("own", b"content")
    assert kept("own") == b"content"
    monkeypatch.setattr(cache.os, "geteuid", lambda: os.getuid() + 1)
    assert kept("own") is None
    keep("more", b"content")
    assert [file.name for file in folder.iterdir()] == ["own"]


def test_the_folder_is_made_for_this_user_alone(folder: Path) -> None:
    """Whatever the umask is."""
    before = os.umask(0)
    try:
        keep("own", b"content")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "own").stat().st_mode & 0o777 == 0o600


def test_the_first_start_gets_what_later_ones_get(folder: Path) -> None:
    """Tuples are lists from the beginning; what would come back as something else is refused."""
    first = remembered("table", "key", lambda: ({"a": (1, 2.5, None)}, [("b",)]))
    assert first == remembered("table", "key", lambda: ({}, [])) == [{"a": [1, 2.5, None]}, [["b"]]]
    for wrong in ({1: "a"}, {"a": {2}}, [b"a"]):
        with pytest.raises(TypeError):
            remembered("wrong", "key", lambda wrong=wrong: wrong)


def test_another_key_makes_it_anew(folder: Path) -> None:
    """And an empty one keeps nothing."""
    assert remembered("table", "one", lambda: [1]) == [1]
    assert remembered("table", "two", lambda: [2]) == [2]
    assert remembered("other", "", lambda: [3]) == [3]
    assert len(list(folder.iterdir())) == 1


def test_a_forged_cache_changes_no_record(folder: Path) -> None:
    """A rule file of somebody else, put where the rules are kept, in a folder that all may write to."""
    command = [sys.executable, "-m", "policyx", "extract", "-f", "jsonl"]
    text = "高新技术企业达到2500家。".encode()
    run = {"input": text, "capture_output": True, "check": True, "timeout": 300, "env": environment()}
    wanted = subprocess.run(command, **run).stdout  # type: ignore[call-overload]
    rule = next(rule for rule in json.loads(wanted)["rules"] if rule.startswith("unit."))
    (rules,) = folder.glob("rules-*")
    content = kept(rules.name)
    assert content is not None
    forged = content.replace(rule.encode("utf-16-le"), "unit.forged".encode("utf-16-le"))
    assert forged != content
    keep(rules.name, forged)
    assert subprocess.run(command, **run).stdout != wanted, "forged as it should be"  # type: ignore[call-overload]
    folder.chmod(0o777)
    assert subprocess.run(command, **run).stdout == wanted  # type: ignore[call-overload]


def test_a_user_without_a_home_is_served(tmp_path: Path) -> None:
    """As in a container, where the user's number is in no list of users: there is no cache, and that is all."""
    code = (
        "import os, pwd, sys\n"
        "def getpwuid(number): raise KeyError(number)\n"
        "pwd.getpwuid = getpwuid\n"
        "sys.argv = ['policyx', 'extract', '-f', 'jsonl']\n"
        "from policyx.cli import main\n"
        "main()\n"
    )
    bare = {name: value for name, value in environment().items() if name not in ("HOME", "XDG_CACHE_HOME")}
    bare.pop("POLICYX_CACHE", None)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        timeout=300,
        env=bare,
        input="企业5家。".encode(),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["quote"] == "5家"
    assert list(tmp_path.iterdir()) == []


def test_no_home_means_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a folder called ~."""
    monkeypatch.delenv("POLICYX_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert cache_folder() is None
