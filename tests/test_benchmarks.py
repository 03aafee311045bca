"""The benchmarks run and say what they are meant to say; how fast anything is, is not tested here."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import peers, show
from tests.benchmarks.bench import Bench
from tests.benchmarks.clocks import read_all
from tests.benchmarks.row import Row, at_least, at_most
from tests.benchmarks.texts import SEEDS, gather, write_long

ROOT = Path(__file__).resolve().parents[1]
SETTING = {"policyx": "1", "python": "3", "cores": 2, "texts": "none", "megabytes": 0}


def test_the_command_measures_on_texts_made_from_the_seeds() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "--only", "scan", "--corpus", "nowhere", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=True)
    found = json.loads(done.stdout)
    assert "made from seeds/" in found["setting"]["texts"]
    assert {row["section"] for row in found["rows"]} == {"scan"}
    assert all(row["figure"] > 0 for row in found["rows"])


def test_a_missed_limit_is_shown_and_fails_only_a_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    slow = [Row("speed", 1.0, "MB/s", at_least(5)), Row("start", 100, "ms", at_most(120)), Row("other", None)]
    monkeypatch.setitem(benchmarks.SECTIONS, "scan", lambda bench: slow)
    arguments = ["--quick", "--only", "scan", "--corpus", str(tmp_path)]
    assert benchmarks.main(arguments) == 0
    shown = capsys.readouterr().out
    assert "≥ 5" in shown and "MISSED" in shown and "≤ 120" in shown and "met" in shown
    assert benchmarks.main([*arguments, "--check"]) == 1


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    row = Row("policyx against a peer", None, "×", at_least(3), "not installed")
    assert row.met is None
    page = io.StringIO()
    show.print_table({"peers": [row]}, SETTING, Console(file=page, width=160))
    assert "–" in page.getvalue() and "not installed" in page.getvalue() and "MISSED" not in page.getvalue()


def test_an_absent_peer_is_told_in_its_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def absent() -> peers.Finder:
        raise ImportError("No module named 'jionlp'")

    monkeypatch.setattr(peers, "_PEERS", {"JioNLP (money, time)": (absent, 3)})
    monkeypatch.setattr(peers, "SEEDS", SEEDS[:1])
    ours, ratio = peers.rows(Bench(gather(tmp_path / "corpus", None, quick=True), tmp_path, quick=True))
    assert ours.figure
    assert ratio.figure is None and "No module named 'jionlp'" in ratio.note


def test_every_stage_has_its_clock() -> None:
    one = read_all(SEEDS[:1])
    assert {"read", "repair", "segment", "recognize", "decide", "export"} <= set(one.stages)
    assert sum(one.stages.values()) == pytest.approx(one.seconds)
    assert one.records


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell a process's peak memory")
def test_a_process_is_charged_its_own_memory_and_no_other(tmp_path: Path) -> None:
    bench = Bench(gather(tmp_path / "corpus", None, quick=True), tmp_path)
    ballast = bytearray(os.urandom(1024)) * 300_000
    small = bench.run([sys.executable, "-c", "pass"])
    large = bench.run([sys.executable, "-c", "x = b'1' * 100_000_000"])
    assert len(ballast) > 300_000_000
    assert small.peak and large.peak and small.peak < 60_000_000 < 100_000_000 < large.peak


def test_a_run_ends_when_its_time_is_up_and_tells_the_end_of_its_output(tmp_path: Path) -> None:
    bench = Bench(gather(tmp_path / "corpus", None, quick=True), tmp_path)
    talk = "import time; print('begun', flush=True); time.sleep(60)"
    done = bench.run([sys.executable, "-c", talk], seconds=2, tail=True)
    assert done.ended and done.tail.strip() == "begun" and done.seconds < 20


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    bench = Bench(gather(tmp_path / "corpus", None, quick=True), tmp_path)
    with pytest.raises(RuntimeError, match="left with 3: no"):
        bench.run([sys.executable, "-c", "import sys; sys.stderr.write('no'); sys.exit(3)"])


def test_long_files_have_their_size_and_no_two_copies_alike(tmp_path: Path) -> None:
    texts = [path.read_bytes().decode("utf-8") for path in SEEDS]
    write_long(tmp_path / "long.txt", texts, 100_000)
    found = (tmp_path / "long.txt").read_bytes()
    assert 100_000 <= len(found) < 120_000
    documents = found.decode("utf-8").split("\n\n" + "=" * 40 + "\n\n")[:-1]
    assert len(set(documents)) == len(documents) > len(texts)
