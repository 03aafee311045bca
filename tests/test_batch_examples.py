"""The jobs for Ray and Spark run, and give what `extract` gives."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import policyx
from tests.batches import environment
from tests.test_readme import ROOT

duckdb = pytest.importorskip("duckdb")

needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install '.[test,ray]'"
)
needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or (shutil.which("java") is None and "JAVA_HOME" not in os.environ),
    reason="PySpark or Java is not installed: pip install '.[test,spark]'",
)


@pytest.mark.parametrize(
    "example", (pytest.param("ray_job.py", marks=needs_ray), pytest.param("spark_job.py", marks=needs_spark))
)
def test_a_job_gives_the_records_of_extract(example: str, tmp_path: Path) -> None:
    """All of them, from each of the seeds."""
    target = tmp_path / "records.parquet"
    command = [sys.executable, str(ROOT / "examples" / example), str(ROOT / "seeds"), str(target)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False, env=_environment())
    assert done.returncode == 0, done.stderr
    wanted = [
        (path.name, record.quote, record.name, str(record.quantity.base_value))
        for path in sorted((ROOT / "seeds").glob("*.txt"))
        for record in policyx.extract_file(path)
    ]
    told = done.stdout.splitlines()[-1]
    assert told == f"{len(wanted)} records of {len(list((ROOT / 'seeds').glob('*.txt')))} documents"
    rows = duckdb.sql(f"SELECT source, quote, name, base_value, record FROM '{target}/**/*.parquet'").fetchall()
    assert sorted((Path(row[0]).name, *row[1:4]) for row in rows) == sorted(wanted)
    assert all(json.loads(row[4])["quote"] == row[1] for row in rows)


def _environment() -> dict[str, str]:
    return {**environment(), "RAY_USAGE_STATS_ENABLED": "0", "PYSPARK_PYTHON": sys.executable}
