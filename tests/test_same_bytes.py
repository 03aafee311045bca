"""The same documents give the same bytes, whatever the processes, the hash seed, the locale, the zone and the clock."""

from __future__ import annotations

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


def _run(folder: Path, number: int, *words: str) -> None:
    """The command in one of two settings."""
    settings = {
        "PYTHONHASHSEED": str(number),
        "LC_ALL": ("C.UTF-8", "POSIX")[number],
        "TZ": ("UTC", "Asia/Shanghai")[number],
    }
    site = folder / f"site{number}"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(LATER if number else "", "utf-8")
    command = [sys.executable, "-m", "policyx", *words, "--lang", "en"] if words[0] == "extract" else [
        sys.executable, "-m", "policyx", *words]  # fmt: skip
    subprocess.run(command, env={**environment(site), **settings}, capture_output=True, timeout=600, check=True)


@pytest.mark.parametrize("suffix", ("jsonl", "json", "csv", "md", "html", "xlsx", "sqlite", "duckdb", "parquet"))
def test_extract_writes_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    """Of DuckDB the same rows: its file holds a number that it draws for itself."""
    fill(tmp_path / "in", 9)
    for number in (0, 1):
        _run(tmp_path, number, "extract", "in", "-j", str(number + 1), "-o", f"out{number}.{suffix}")
    one, two = (tmp_path / f"out{number}.{suffix}" for number in (0, 1))
    if suffix == "duckdb":
        assert _rows(one) == _rows(two)
    else:
        assert one.read_bytes() == two.read_bytes()


def _rows(path: Path) -> list[object]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        return [connection.execute(f"FROM {table}").fetchall() for table in ("documents", "records", "checks")]


@pytest.mark.parametrize("suffix", ("sqlite", "duckdb", "parquet", "jsonl"))
def test_batch_writes_the_same_rows(suffix: str, tmp_path: Path) -> None:
    """But for the times at which something was done."""
    fill(tmp_path / "in", 9)
    for number in (0, 1):
        _run(tmp_path, number, "batch", "in", f"out{number}.{suffix}", "-j", str(number + 1))
    assert content(tmp_path / f"out0.{suffix}") == content(tmp_path / f"out1.{suffix}")
