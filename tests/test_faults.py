"""Full disks, read-only places, closed streams and requests to end: one line, the right exit code, nothing half-written
and no process left behind, from every command and in every format."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batches import environment, fill, text, wait_until

pytest.importorskip("duckdb")
pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")

COMMAND = [sys.executable, "-m", "policyx"]
PRINTING = (
    ("extract", "-f", "jsonl"), ("extract", "-f", "json"), ("extract", "-f", "csv"), ("extract", "-f", "table"),
    ("extract", "-f", "markdown"), ("clean",), ("text",), ("quantities",), ("explain",), ("panel",),
)  # fmt: skip
PLAIN = (("schema",), ("rules", "list"), ("formats",), ("--help",), ("--version",), ("extract", "--help"))
FILES = ("jsonl", "json", "csv", "md", "html", "xlsx", "sqlite", "duckdb", "parquet")
# a file may grow to 8 kB, as on a disk that is then full
FULL = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); " \
       "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)); from policyx.cli import main; main()"  # fmt: skip


def call(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end."""
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 600, "check": False, **options}
    return subprocess.run([*COMMAND, *words], env=environment(), **given)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def document(tmp_path: Path) -> str:
    """A document with many quantities, in the current folder."""
    Path("a.txt").write_text("".join(map(text, range(40))), "utf-8")
    return "a.txt"


@pytest.mark.parametrize("words", [*PRINTING, *PLAIN], ids=" ".join)
def test_standard_output_on_a_full_disk_is_one_line_and_exit_code_1(words: tuple[str, ...], document: str) -> None:
    given = (document,) if words in PRINTING else ()
    with Path("/dev/full").open("wb") as full:
        done = call(*words, *given, stdout=full)
    told = done.stderr.decode().splitlines()
    assert done.returncode == 1 and "Traceback" not in done.stderr.decode()
    assert [line for line in told if "No space left on device" in line] == [told[-1]] or words in (("clean",),)


def test_closed_streams_are_no_reason_to_fail_where_they_are_not_needed(document: str) -> None:
    """Standard output that is closed fails only what is written to it."""
    shell = " ".join([*COMMAND, "extract", document])
    run = {"shell": True, "env": environment(), "capture_output": True, "timeout": 600, "check": False}
    done = subprocess.run(f"{shell} -f jsonl >&-", **run)  # type: ignore[call-overload]
    assert done.returncode == 1 and done.stderr.startswith(b"policyx: standard output: cannot be written: ")
    assert done.stderr.count(b"\n") == 1
    assert subprocess.run(f"{shell} -o out.jsonl >&- 2>&- <&-", **run).returncode == 0  # type: ignore[call-overload]
    assert len(Path("out.jsonl").read_text("utf-8").splitlines()) == 240
    assert len(subprocess.run(f"{shell} -f jsonl 2>&-", **run).stdout.splitlines()) == 240  # type: ignore[call-overload]


@pytest.mark.parametrize("suffix", FILES)
def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left_of_it(suffix: str, document: str) -> None:
    """Neither under its name nor beside it."""
    command = [sys.executable, "-c", FULL, "extract", document, "-o", f"out.{suffix}"]
    done = subprocess.run(command, env=environment(), capture_output=True, timeout=600, check=False)
    told = done.stderr.decode().splitlines()
    assert done.returncode == 1 and len(told) == 1, told
    assert told[0].startswith(f"policyx: out.{suffix}: cannot be written: ") and ".part" not in told[0]
    left = [path.name for path in Path().iterdir() if path.name != document]
    assert not left or suffix in ("sqlite", "duckdb")  # which are added to in place
    done = call("extract", document, "-o", f"/proc/out.{suffix}")
    told = done.stderr.decode().splitlines()
    assert done.returncode == 1 and len(told) == 1 and told[0].startswith(f"policyx: /proc/out.{suffix}: ")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"])
def test_the_end_of_the_first_process_is_the_end_of_all(name: str, tmp_path: Path) -> None:
    """In `extract` and in `batch`; SIGKILL alone leaves a draft behind."""
    fill(tmp_path / "in", 6000)
    for words in (("extract", "in", "-j", "2", "-o", "out.jsonl"), ("batch", "in", "out.parquet", "-j", "2")):
        process = subprocess.Popen(
            [*COMMAND, *words], env=environment(), stderr=subprocess.PIPE, preexec_fn=_as_from_a_terminal
        )
        wait_until(lambda process=process: len(_children(process.pid)) >= 2 or process.poll() is not None)
        children = _children(process.pid)
        assert children
        process.send_signal(getattr(signal, name))
        _, told = process.communicate(timeout=600)
        wait_until(lambda children=children: not any(map(_runs, children)))
        number = getattr(signal, name)
        assert process.returncode == (-number if name == "SIGKILL" else 128 + number), told
        assert b"Traceback" not in told
        if name != "SIGKILL":
            assert not [path for path in tmp_path.rglob("*") if path.name.endswith((".part", ".spool"))]
            assert not (tmp_path / "out.jsonl").exists()


def _as_from_a_terminal() -> None:
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_DFL if name != "SIGINT" else signal.default_int_handler)


def _children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, check=False).stdout
    return [int(pid) for pid in listed.split()]


def _runs(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


HOSTILE = "\x1b]0;title\x07\x1b[31m\x9b2J\x08\x7f"


@pytest.mark.parametrize(
    "words", [("extract", "-f", form) for form in ("csv", "table", "markdown", "json", "jsonl")]
    + [("clean",), ("clean", "--diff"), ("text",), ("explain",), ("quantities",)], ids=" ".join,
)  # fmt: skip
def test_nothing_of_a_document_or_a_name_is_obeyed_by_a_terminal(words: tuple[str, ...]) -> None:
    """Neither from results nor from messages; colours of our own stay."""
    pty = pytest.importorskip("pty")
    name = f"a{HOSTILE}.txt".replace("/", "")
    Path(name).write_text(
        f"某市{HOSTILE}2024年工作報告\n一、{HOSTILE}总体\n高新{HOSTILE}技术企业达到2500家。\n", "utf-8"
    )
    main, side = pty.openpty()
    process = subprocess.Popen([*COMMAND, *words, name],
                               stdout=side, stderr=side, env={**environment(), "TERM": "xterm"})  # fmt: skip
    os.close(side)
    shown = b""
    try:
        while piece := os.read(main, 65536):
            shown += piece
    except OSError:  # the other side is closed
        pass
    process.communicate(timeout=600)
    os.close(main)
    plain = shown.decode("utf-8", "surrogateescape").replace("\r\r\n", "\n").replace("\r\n", "\n")
    assert "2500家" in plain or words == ("clean", "--diff")
    plain = re.sub(r"\x1b\[(?:0|1|2|3|4|9|1;4|1;32|1;36|2;32|2;36|32|36|9;31|31;9)m", "", plain)
    assert not re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", plain)


def test_a_name_in_other_bytes_is_written_in_every_format(tmp_path: Path) -> None:
    """As JSON writes it: with backslashes for what is no character."""
    name = os.fsdecode(b"\xc4\xea\xb6\xc8.txt")
    try:
        Path(name).write_text(text(1), "utf-8")
    except OSError:
        pytest.skip("the file system takes no such name")
    for suffix in FILES:
        done = call("extract", name, "-o", f"out.{suffix}")
        assert done.returncode == 0, done.stderr
    written = Path("out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(written[0])["source"] == name
    import openpyxl

    sheet = openpyxl.load_workbook("out.xlsx")
    cells = [str(cell.value) for page in sheet for row in page.iter_rows() for cell in row]
    assert any("\\udcc4\\udcea" in cell for cell in cells)


@pytest.mark.parametrize(
    "variables", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_a_plain_locale_changes_no_byte(variables: dict[str, str], tmp_path: Path) -> None:
    """Of what is read, printed and written."""
    Path("报告.txt").write_text(text(1), "utf-8")
    wanted = call("extract", "报告.txt", "-f", "csv").stdout
    command = [*COMMAND, "extract", "报告.txt".encode(), "-f", "csv"]
    done = subprocess.run(command, env={**environment(), **variables}, capture_output=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    rows = done.stdout.decode("utf-8").splitlines()
    assert len(rows) == 7 and rows[1].split(",")[1:] == wanted.decode().splitlines()[1].split(",")[1:]
