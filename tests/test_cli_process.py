"""The command in a process of its own: pipes, signals, start-up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batches import wait_until

TEXT = "一、总体情况\n2024年，全市高新技术企业达到2500家，研发投入1.50亿元。\n产业园占地127亩。\n"
COMMAND = [sys.executable, "-m", "policyx"]


def call(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end."""
    return subprocess.run([*COMMAND, *arguments], capture_output=True, timeout=300, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The source folder stays findable from any current folder."""
    root = Path(__file__).resolve().parents[1] / "src"
    paths = [str(root), *(str(Path(__file__).resolve().parents[1] / part) for part in _python_path())]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))


def _python_path() -> list[str]:
    return [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]


def test_records_come_out_as_utf8_whatever_the_locale(tmp_path: Path) -> None:
    """A pipe gets UTF-8 and nothing else."""
    (tmp_path / "a.txt").write_bytes(TEXT.encode("gb18030"))
    done = call("extract", str(tmp_path / "a.txt"), env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"})
    records = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert done.returncode == 0 and done.stderr == b""
    assert [record["quote"] for record in records] == ["2500家", "1.50亿元", "127亩"]


def test_clean_keeps_line_ends_byte_by_byte(tmp_path: Path) -> None:
    """Nothing translates them on the way out."""
    done = call("clean", "-f", "text", "-", input="甲\r\n乙\n".encode())
    assert done.stdout == "甲\r\n乙\n".encode()


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    """As `policyx extract ... | head -1` does."""
    (tmp_path / "a.txt").write_text(TEXT * 3000, encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "extract", str(tmp_path / "a.txt")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    message = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=300) == 141
    assert message == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_an_interrupt_ends_it_with_130_and_leaves_no_draft(tmp_path: Path) -> None:
    """Ctrl-C while it waits for standard input."""
    process = subprocess.Popen(
        [*COMMAND, "extract", "-", "-o", str(tmp_path / "out.csv")], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    wait_until(lambda: bool(list(tmp_path.glob(".out.csv.*"))))
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=300)
    assert process.returncode == 130
    assert b"Traceback" not in message
    assert list(tmp_path.iterdir()) == []


def test_a_path_with_bytes_that_are_no_text_is_read_and_named(tmp_path: Path) -> None:
    """File names in GBK come from old archives."""
    name = os.fsencode(tmp_path) + b"/\xc4\xea.txt"
    try:
        Path(os.fsdecode(name)).write_bytes(TEXT.encode())
    except OSError:
        pytest.skip("the file system takes no such name")
    done = subprocess.run([*COMMAND, "extract", name], capture_output=True, timeout=300, check=False)
    record = json.loads(done.stdout.splitlines()[0])
    assert done.returncode == 0
    assert os.fsencode(record["source"]) == name


def _modules(*arguments: str) -> set[str]:
    """The modules that a run of the command has imported at its end."""
    code = (
        "import atexit, sys; from policyx.cli import main; sys.argv[0] = 'policyx';"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, timeout=300, check=False, input=TEXT.encode()
    )
    assert done.returncode == 0
    return set(done.stderr.decode().split())


def test_help_imports_next_to_nothing() -> None:
    """No rules, no rich, no pipeline: help must be there at once."""
    loaded = _modules("--help")
    assert "policyx.cli.app" in loaded
    assert not loaded & {
        "rich",
        "rich.console",
        "policyx.rules",
        "policyx.pipeline",
        "policyx.repair",
        "jieba",
        "regex",
    }


def test_jsonl_needs_no_rich() -> None:
    """Only a table does."""
    loaded = _modules("extract", "-f", "jsonl", "-")
    assert "policyx.export.jsonl" in loaded and "rich.console" not in loaded
    assert "rich.console" in _modules("extract", "-f", "table", "-")


def test_importing_the_package_is_cheap() -> None:
    """What is not used is not imported."""
    code = "import sys, policyx; print([m for m in sys.modules if m.startswith('policyx.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=300, check=True)
    assert done.stdout.decode().strip() == "['policyx._version']"


def test_no_color_is_respected(tmp_path: Path) -> None:
    """Colours on a terminal, unless NO_COLOR is set."""
    pty = pytest.importorskip("pty")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for extra, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        main, side = pty.openpty()
        process = subprocess.Popen(
            [*COMMAND, "extract", str(tmp_path / "a.txt")],
            stdout=side,
            stderr=subprocess.PIPE,
            env={**environment, "TERM": "xterm", **extra},
        )
        os.close(side)
        shown = b""
        try:
            while piece := os.read(main, 65536):
                shown += piece
        except OSError:  # the other side is closed
            pass
        process.communicate(timeout=300)
        os.close(main)
        assert "2500家".encode() in shown
        assert (b"\x1b[" in shown) is coloured
