"""`policyx batch` where things go wrong: documents that hang, crash or fill the memory, and runs that are killed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from policyx.batch import Settings, Watch, batch
from policyx.batch.folder import Folder
from tests.batches import COMMAND, FAULTS, FORMATS, SRC, content, environment, fill, text, wait_until

pytest.importorskip("duckdb")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are another matter there")

# small groups, so that a short run is killed between two of them
RUN = """
import sys
from policyx.batch import Settings, batch, database, folder
database._MOST_UNITS = 5
folder._MOST_SIZE = 20_000
batch([sys.argv[1]], sys.argv[2], Settings(jobs=2))
"""


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that read get their faults."""
    folder = tmp_path / "faults"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FAULTS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", environment(folder)["PYTHONPATH"])


class _Clock(Watch):
    """A clock for the pool that leaps ahead when nothing but the document that hangs is left to wait for, so that the
    test takes no time and a busy machine makes no other document late."""

    def __init__(self, begun: Path, jobs: int, others: int) -> None:
        self._begun, self._left = begun, 0 if jobs == 1 else others

    def finishes(self, entry: Any) -> None:
        self._left -= 1

    def monotonic(self) -> float:
        return time.monotonic() + (1000.0 if self._left <= 0 and self._begun.exists() else 0.0)


@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize("jobs", (1, 2))
def test_a_document_that_hangs_crashes_or_eats_memory_fails_alone(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with its reason; no other document is lost or blamed."""
    folder, hangs = fill(tmp_path / "in", 40), tmp_path / "hangs"
    for name in ("CRASHES", "EATS", "FAULTY"):
        (folder / f"{name}.txt").write_text(name + text(1), "utf-8")
    # the largest is read first, the smallest last: with two processes the other one has then nothing to do
    (folder / "HANGS.txt").write_text(f"HANGS {hangs}\n" + (text(1) * 2 if jobs == 1 else ""), "utf-8")
    clock = _Clock(hangs, jobs, others=43)
    monkeypatch.setattr("policyx.batch.pool.time", clock)
    report = batch([str(folder)], str(tmp_path / "out.sqlite"), Settings(jobs=jobs, timeout=300, memory=1000), clock)
    told = {Path(failure.path).stem: failure.reason for failure in report.failures}
    assert told == {
        "HANGS": "took more than 300 seconds and was given up",
        "CRASHES": "the process that read it was killed, perhaps for want of memory",
        "EATS": "needs more memory than the 1000 MB that it may take",
        "FAULTY": "policyx failed: ValueError: a slip of ours (POLICYX_DEBUG=1 shows where)",
    }
    assert report.documents == 40
    found = content(tmp_path / "out.sqlite")
    assert sorted((Path(path).stem, reason) for path, reason, _ in found["failures"]) == sorted(told.items())


@pytest.mark.usefixtures("faults")
def test_what_failed_is_tried_again_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the machine had too little memory that day."""
    folder, target = fill(tmp_path / "in", 3), str(tmp_path / "out.duckdb")
    (folder / "CRASHES.txt").write_text("CRASHES" + text(1), "utf-8")
    assert len(batch([str(folder)], target).failures) == 1
    monkeypatch.setenv("PYTHONPATH", str(SRC))
    again = batch([str(folder)], target)
    assert len(again.failures) == 1 and again.done == 0
    healed = batch([str(folder)], target, Settings(retry_failed=True))
    assert healed.failures == [] and healed.done == 1 and healed.total_documents == 4


def test_a_process_that_somebody_kills_costs_no_document(tmp_path: Path) -> None:
    """What it was at is read again by another one."""
    folder, target = fill(tmp_path / "in", 400), tmp_path / "out.sqlite"
    process = subprocess.Popen(
        [*COMMAND, str(folder), str(target), "-j", "2"], env=environment(), stderr=subprocess.PIPE
    )
    wait_until(lambda: len(_children(process.pid)) == 2 or process.poll() is not None)
    for child in _children(process.pid)[:1]:
        os.kill(child, signal.SIGKILL)  # as it starts
    wait_until(lambda: _documents(target) > 0 or process.poll() is not None)
    for child in _children(process.pid)[:1]:
        os.kill(child, signal.SIGKILL)  # at its work
    _, message = process.communicate(timeout=600)
    assert process.returncode == 0, message
    assert len(content(target)["documents"]) == 400


def _documents(target: Path) -> int:
    """How many a database holds that is being written."""
    if not target.exists():
        return 0
    connection = sqlite3.connect(f"file:{target}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        connection.close()


def _children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, check=False).stdout
    return [int(pid) for pid in listed.split()]


@pytest.mark.parametrize("format", FORMATS)
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_dataset(format: str, tmp_path: Path) -> None:
    """No row twice, none lost; and the processes that it had started are gone as well."""
    folder, target = fill(tmp_path / "in", 60), tmp_path / f"out.{format}"
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    whole = tmp_path / f"whole.{format}"
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", RUN, folder, whole], env=environment(), timeout=600, check=True)
    usual = time.monotonic() - begun
    chance = random.Random(f"{format}7")  # other moments in each format
    for _ in range(2):
        process = subprocess.Popen([sys.executable, "-c", RUN, folder, target], env=environment())
        time.sleep(chance.uniform(0.3, 1.0) * usual)
        children = _children(process.pid)
        process.kill()
        process.wait()
    wait_until(lambda: not any(_runs(child) for child in children))
    subprocess.run([sys.executable, "-c", RUN, folder, target], env=environment(), timeout=600, check=True)
    assert content(target) == content(whole)


def _runs(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_ctrl_c_leaves_a_dataset_that_can_go_on_and_says_so(tmp_path: Path) -> None:
    """With exit code 130."""
    folder, target = fill(tmp_path / "in", 1500), tmp_path / "out.sqlite"
    process = subprocess.Popen(
        [*COMMAND, str(folder), str(target), "-j", "1"], env=environment(), stderr=subprocess.PIPE
    )
    wait_until(lambda: _documents(target) > 0 or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=600)
    assert process.returncode == 130, message
    assert b"the same command goes on from there" in message and b"Traceback" not in message
    done = len(content(target)["documents"])
    assert 0 < done < 1500
    report = batch([str(folder)], str(target), Settings(jobs=2))
    assert report.unchanged == done and report.total_documents == 1500


@pytest.mark.parametrize("format", FORMATS)
def test_ctrl_c_is_no_traceback_in_any_format(format: str, tmp_path: Path) -> None:
    """One line and exit code 130, wherever it comes."""
    folder, target = fill(tmp_path / "in", 600), tmp_path / f"out.{format}"
    process = subprocess.Popen(
        [*COMMAND, str(folder), str(target), "-j", "1"], env=environment(), stderr=subprocess.PIPE
    )
    wait_until(lambda: bool(_children(process.pid)) or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=600)
    assert (process.returncode, message.count(b"\n")) == (130, 1), message


class _Unlucky:
    """A place that breaks down before its n-th change."""

    def __init__(self, place: Any, changes: int) -> None:
        self._place, self._left = place, changes

    def __getattr__(self, name: str) -> Any:
        if name in ("write", "delete"):
            self._left -= 1
            if self._left < 0:
                raise KeyboardInterrupt
        return getattr(self._place, name)


@pytest.mark.parametrize("format", ("parquet", "jsonl"))
def test_a_shard_is_replaced_whole_wherever_it_breaks_off(format: str, tmp_path: Path) -> None:
    """Each step between two changes of the disk, one after the other."""
    import shutil

    from policyx.batch.places import LocalPlace

    folder, whole = fill(tmp_path / "in", 8), tmp_path / f"whole.{format}"
    batch([str(folder)], str(whole), Settings(jobs=1))
    wanted = content(whole)
    gone = [str(folder / "d0" / "文件0003.txt"), str(folder / "d1" / "文件0001.txt")]
    for steps in range(12):
        copy = tmp_path / f"copy{steps}.{format}"
        shutil.copytree(whole, copy)
        broken = Folder(str(copy), format, _Unlucky(LocalPlace(), steps))
        try:
            broken.drop(gone)
        except KeyboardInterrupt:
            batch([str(folder)], str(copy), Settings(jobs=1))
        else:
            break
        assert content(copy) == wanted, steps
    else:
        pytest.fail("it never came to its end")
    assert len(content(copy)["documents"]) == 6 and steps > 5


def test_a_unit_in_two_shards_is_left_in_one(tmp_path: Path) -> None:
    """As where a cluster does a task a second time."""
    from policyx.batch.folder import write_shard
    from policyx.batch.inputs import Unit
    from policyx.batch.places import LocalPlace
    from policyx.batch.work import Job, finished
    from policyx.rules import builtin_rules

    job = Job("jsonl", "r")
    units = [finished(Unit(f"{n}.txt"), job, builtin_rules(), text(n).encode()) for n in range(3)]
    for group in (units[:2], units[1:]):
        write_shard(LocalPlace(), str(tmp_path), "jsonl", group)
    folder = Folder(str(tmp_path), "jsonl")
    folder.take_note()
    assert folder.totals() == (3, 18)
    documents = [line for file in (tmp_path / "documents").iterdir() for line in file.read_text("utf-8").splitlines()]
    assert len(documents) == 3
