"""The same documents give the same bytes, whatever the processes, the hash seed, the locale, the zone and the clock."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batches import content, environment, fill

pytest.importorskip("duckdb")
pytest.importorskip("xlsxwriter")

# a day later; put before a process
LATER = """
import datetime, time
now = time.time
time.time = lambda: now() + 86400
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=1)
    @classmethod
    def utcnow(cls):
        return super().utcnow() + datetime.timedelta(days=1)
datetime.datetime = Later
"""


SUFFIXES = ("jsonl", "json", "csv", "md", "html", "xlsx", "sqlite", "duckdb", "parquet")
DATASETS = ("sqlite", "duckdb", "parquet", "jsonl")
# many commands in one process, which reads the rules once
COMMANDS = """
import json, sys
from policyx.cli.app import app
for words in json.load(sys.stdin):
    try:
        app(words)
    except SystemExit as end:
        if end.code:
            sys.exit(f"{words}: {end.code}")
"""


def _run(folder: Path, number: int) -> None:
    """Every output in one of two settings: extract-0.jsonl, batch-1.sqlite …"""
    settings = {
        "PYTHONHASHSEED": str(number),
        "LC_ALL": ("C.UTF-8", "POSIX")[number],
        "TZ": ("UTC", "Asia/Shanghai")[number],
    }
    site = folder / f"site{number}"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(LATER if number else "", "utf-8")
    jobs = str(number + 1)
    words = [
        ["extract", "in", "-j", jobs, "-o", f"extract-{number}.{suffix}", "--lang", "en"] for suffix in SUFFIXES
    ] + [["batch", "in", f"batch-{number}.{suffix}", "-j", jobs] for suffix in DATASETS]
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS], input=json.dumps(words).encode(), cwd=folder,
        env={**environment(site), **settings}, capture_output=True, timeout=1200,
    )  # fmt: skip
    assert not done.returncode, done.stderr.decode(errors="replace")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what two settings write."""
    folder = tmp_path_factory.mktemp("same")
    fill(folder / "in", 9)
    for number in (0, 1):
        _run(folder, number)
    return folder


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_extract_writes_the_same_bytes(suffix: str, outputs: Path) -> None:
    """Of DuckDB the same rows: its file holds a number that it draws for itself."""
    one, two = (outputs / f"extract-{number}.{suffix}" for number in (0, 1))
    if suffix == "duckdb":
        assert _rows(one) == _rows(two)
    else:
        assert one.read_bytes() == two.read_bytes()


def _rows(path: Path) -> list[object]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        return [connection.execute(f"FROM {table}").fetchall() for table in ("documents", "records", "checks")]


@pytest.mark.parametrize("suffix", DATASETS)
def test_batch_writes_the_same_rows(suffix: str, outputs: Path) -> None:
    """But for the times at which something was done."""
    assert content(outputs / f"batch-0.{suffix}") == content(outputs / f"batch-1.{suffix}")
