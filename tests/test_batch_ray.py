"""`policyx batch --engine ray` on a cluster of two nodes: the same dataset as from this machine's processes.

Needs Ray, which is large: `pip install '.[test,ray]'`."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.batches import FAULTS, content, environment, fill, text

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install '.[test,ray]'")
pytest.importorskip("duckdb")

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster of two nodes with one core each, whose processes know the faults."""
    from ray.cluster_utils import Cluster

    folder = tmp_path_factory.mktemp("faults")
    (folder / "sitecustomize.py").write_text(FAULTS, "utf-8")
    before = dict(os.environ)
    os.environ["PYTHONPATH"] = environment(folder)["PYTHONPATH"]
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    node = {"num_cpus": 1, "object_store_memory": 100_000_000, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=node)
    try:
        cluster.add_node(num_cpus=1, object_store_memory=100_000_000)
        cluster.wait_for_nodes()
        ray.init(address=cluster.address, log_to_driver=False)
        assert len(ray.nodes()) == 2 and ray.cluster_resources()["CPU"] == 2
        yield cluster.address
    finally:
        ray.shutdown()
        cluster.shutdown()
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents, good and bad, and an archive."""
    folder = fill(tmp_path_factory.mktemp("documents"), 30)
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    for name in ("CRASHES", "FAULTY"):
        (folder / f"{name}.txt").write_text(name + text(1), "utf-8")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"m{number}.txt", text(number))
    return folder


@pytest.mark.parametrize("format", ("jsonl", "parquet", "sqlite", "duckdb"))
def test_two_nodes_make_the_dataset_that_one_machine_makes(
    format: str, address: str, folder: Path, tmp_path: Path, run: Run
) -> None:
    """Record for record, failure for failure; and both can go on where the other one stopped."""
    here, there = tmp_path / f"here.{format}", tmp_path / f"there.{format}"
    hangs = format == "jsonl"  # once is enough: it takes its time on both
    (tmp_path / "more").mkdir()
    if hangs:
        (tmp_path / "more" / "HANGS.txt").write_text(f"HANGS {tmp_path / 'begun'}\n{text(1)}", "utf-8")
    shutil.copytree(folder, tmp_path / "more", dirs_exist_ok=True)
    folder = tmp_path / "more"
    arguments = ("--timeout", "60")
    done = run("batch", str(folder), str(there), "--engine", "ray", "--address", address, *arguments)
    assert done.exit_code == 1, done.output
    assert "34 documents and 204 records" in done.stderr and f"{3 + hangs} failures" in done.stderr
    assert run("batch", str(folder), str(here), *arguments).exit_code == 1
    assert content(there) == content(here)
    again = run("batch", str(folder), str(there), *arguments)
    assert f"from 0 files; {37 + hangs} unchanged" in again.stderr
    again = run("batch", str(folder), str(here), "--engine", "ray", "--address", address)
    assert f"from 0 files; {37 + hangs} unchanged" in again.stderr


def test_what_has_changed_is_done_again(address: str, tmp_path: Path, run: Run) -> None:
    """Also where names are relative, and the nodes stand in other folders."""
    folder = fill(tmp_path / "in", 12)
    command = ("batch", "in", "out.parquet", "--engine", "ray", "--address", address)
    assert run(*command).exit_code == 0
    (folder / "d0" / "文件0000.txt").write_text(text(99), "utf-8")
    (folder / "d1" / "文件0001.txt").unlink()
    done = run(*command, "--prune")
    assert "from 1 file; 10 unchanged; 1 of them done again" in done.stderr
    assert run("batch", "in", "fresh.parquet").exit_code == 0
    assert content(Path("out.parquet")) == content(Path("fresh.parquet"))


def test_a_uri_is_read_and_written(address: str, tmp_path: Path, run: Run) -> None:
    """Through Arrow's file systems; the names of its documents are the URIs."""
    folder, root = fill(tmp_path / "输入 a", 6), tmp_path.as_uri().replace("%20", " ")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("m.txt", text(3))
    command = ("--engine", "ray", "--address", address)
    given = f"file://{folder}"
    done = run("batch", given, f"{root}/out.jsonl", *command)
    assert done.exit_code == 0, done.output
    assert run("batch", str(folder), "here.jsonl").exit_code == 0
    found = [line.replace("file:///", "/") for line in content(tmp_path / "out.jsonl")["records"]]
    assert sorted(found) == content(Path("here.jsonl"))["records"]
    (folder / "d0" / "文件0003.txt").write_text(text(50), "utf-8")
    again = run("batch", given, f"{root}/out.jsonl", *command)
    assert "from 1 file; 6 unchanged" in again.stderr
    missing = run("batch", f"{given}/no.txt", f"{root}/out2.jsonl", *command)
    assert missing.exit_code == 1 and "does not exist" in missing.stderr
    assert run("batch", given, "out.sqlite", *command).exit_code == 0
    assert len(content(Path("out.sqlite"))["documents"]) == 7


def test_secrets_of_a_uri_stay_out_of_names() -> None:
    """Keys that are part of an address are no part of what a document is called."""
    from policyx.batch.uris import located

    path, place = located("s3://key:secret@bucket/报告/2024?region=cn-north-1&endpoint_override=localhost:9000")
    assert path == "s3://bucket/报告/2024"
    assert place._inner(path) == "bucket/报告/2024"


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path) -> None:
    """In a line, and with exit code 1."""
    import subprocess

    from tests.batches import COMMAND

    folder = fill(tmp_path / "in", 1)
    command = [*COMMAND, str(folder), str(tmp_path / "o.jsonl"), "--engine", "ray", "--address", "127.0.0.1:1"]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, env=environment())
    assert done.returncode == 1 and b"cannot be reached" in done.stderr and b"Traceback" not in done.stderr
