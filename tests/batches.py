"""Folders of made-up documents, and what a dataset holds, whatever its format: for the tests of batch."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import policyx

SRC = Path(policyx.__file__).resolve().parents[1]
FORMATS = ("sqlite", "duckdb", "parquet", "jsonl")
COMMAND = [sys.executable, "-m", "policyx", "batch"]

# put before a process that reads: texts with these words do what a bad document does
FAULTS = """
import os, time
import policyx.pipeline as pipeline
before = pipeline.read_source
def read_source(source, **options):
    if "HANGS" in source.text:
        open(source.text.split()[1], "w").close()
        time.sleep(6000)
    if "CRASHES" in source.text:
        os.kill(os.getpid(), 9)
    if "EATS" in source.text:
        held = [bytearray(1 << 24) for _ in range(10_000)]
    if "FAULTY" in source.text:
        raise ValueError("a slip of ours")
    return before(source, **options)
pipeline.read_source = read_source
"""


def text(number: int) -> str:
    """A short report with six quantities."""
    year = 2000 + number % 25
    return (
        f"某市{year}年工作报告\n一、总体情况\n{year}年，全市高新技术企业达到{100 + number}家，"
        f"比上年增加{number + 3}家，研发投入{number}.50亿元，增长{number % 17}.{number % 10}%。\n二、主要目标\n"
        f"到{year + 1}年，力争突破{200 + number}家，产业园占地{number + 27}亩。\n"
    )


def fill(folder: Path, number: int) -> Path:
    """Put documents into a folder, some of them in folders below it."""
    for index in range(number):
        file = folder / f"d{index % 3}" / f"文件{index:04}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text(index), "utf-8")
    return folder


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for something that must come; the deadline only guards against hanging."""
    deadline = time.monotonic() + 300
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def environment(folder: Path | None = None) -> dict[str, str]:
    """The environment of a process that finds this policyx, and the faults where `folder` holds them."""
    paths = [*([str(folder)] if folder else []), str(SRC), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def content(path: Path) -> dict[str, list[Any]]:
    """All rows of a dataset but for the times at which things were done, in order."""
    if path.suffix in (".sqlite", ".duckdb"):
        return _database(path)
    return _folder(path)


def sources(path: Path) -> list[str]:
    """The document of each record, in order."""
    place = {"sqlite": 2, "duckdb": 2, "parquet": 2}.get(path.suffix[1:])
    rows = content(path)["records"]
    return sorted(json.loads(row)["source"] if place is None else row[place] for row in rows)


def _database(path: Path) -> dict[str, list[Any]]:
    if path.suffix == ".sqlite":
        connection: Any = sqlite3.connect(path)
    else:
        import duckdb

        connection = duckdb.connect(str(path), read_only=True)
    asked = {
        "documents": "SELECT * FROM documents",
        "records": "SELECT * FROM records",
        "checks": "SELECT * FROM checks",
        "failures": "SELECT path, reason, input FROM failures",
        "manifest": "SELECT path, sha256, size, state, recipe, documents, records, sources, notes FROM manifest",
    }
    try:
        return {name: sorted(map(_plain, connection.execute(query).fetchall())) for name, query in asked.items()}
    finally:
        connection.close()


def _folder(path: Path) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {"manifest": []}
    for file in (path / "_manifest").glob("*.json"):
        for entry in json.loads(file.read_bytes())["entries"]:
            entry.pop("when")
            entry["failures"] = [failure[:2] for failure in entry["failures"]]
            found["manifest"].append(json.dumps(entry, sort_keys=True))
    found["manifest"].sort()
    for table in ("documents", "records"):
        if path.suffix == ".jsonl":
            found[table] = sorted(
                line for file in (path / table).glob("*.jsonl") for line in file.read_text("utf-8").splitlines()
            )
        else:
            import duckdb

            rows = duckdb.sql(f"SELECT * FROM '{path}/{table}/*.parquet'").fetchall()
            found[table] = sorted(map(_plain, rows))
    return found


def _plain(row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(str(value) for value in row)
