"""Endless and huge input: files whose reader hangs or fills the memory, what is no file, and texts read in parts."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from policyx.batch import Settings, batch
from policyx.read import apart, stream
from tests.batches import FORMATS, content, environment, text
from tests.pdf_maker import Text, pdf

pytest.importorskip("pypdfium2")
pytest.importorskip("duckdb")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and pipes are another matter there")

Run = Callable[..., Any]

# put before a process that reads: texts of a few kilobytes are large
SMALL_PARTS = """
import policyx.read
import policyx.read.stream as stream
stream.LARGE = policyx.read.LARGE = 20_000
stream._PART = 3_000
"""


# put before a process that reads: PDF documents with these words do what a hostile one does to its reader
BAD_READER = """
import os, signal, time
import policyx.read as read
before = read.read_function
def read_function(reader):
    function = before(reader)
    def reading(data, path, encoding):
        while b"HANGS" in data:
            time.sleep(1000)
        if b"EATS" in data:
            held = [bytearray(1 << 24) for _ in range(10_000)]
        if b"CRASHES" in data:
            os.kill(os.getpid(), signal.SIGSEGV)
        return function(data, path, encoding)
    return reading
read.read_function = read_function
"""


@pytest.fixture
def bad_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process that reads gets its faults, and a new one is started for it."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(BAD_READER, "utf-8")
    monkeypatch.setenv("PYTHONPATH", environment(tmp_path / "site")["PYTHONPATH"])
    apart.close()
    yield
    apart.close()


def _bad(word: str) -> bytes:
    return f"%PDF-1.7\n{word}\n".encode()


@pytest.mark.usefixtures("bad_reader")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_whose_reader_crashes_or_fills_the_memory_fails_alone(jobs: str, tmp_path: Path, run: Run) -> None:
    """Each with its reason; the others are read, whatever the number of processes."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(text(1), "utf-8")
    for word in ("CRASHES", "EATS"):
        (folder / f"{word}.pdf").write_bytes(_bad(word))
    (folder / "z.pdf").write_bytes(pdf([[Text(72, 72, "全市高新技术企业达到2500家。")]]))
    done = run("extract", "in", "-f", "jsonl", "-j", jobs, "--memory", "1000")
    assert done.exit_code == 1
    assert sorted(done.stderr.splitlines()) == [
        "policyx: in/CRASHES.pdf: the process that read it crashed (SIGSEGV, perhaps for want of memory)",
        "policyx: in/EATS.pdf: needs more memory than the 1000 MB that it may take",
    ]
    assert len(done.stdout.splitlines()) == 7 and json.loads(done.stdout.splitlines()[-1])["quote"] == "2500家"


@pytest.mark.usefixtures("bad_reader")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_whose_reader_hangs_is_given_up(jobs: str, tmp_path: Path, run: Run) -> None:
    """And the others are read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(text(1), "utf-8")
    (tmp_path / "in" / "b.pdf").write_bytes(_bad("HANGS"))
    (tmp_path / "in" / "c.txt").write_text(text(2), "utf-8")
    done = run("extract", "in", "-f", "jsonl", "-j", jobs, "--timeout", "1")
    assert done.exit_code == 1
    assert done.stderr == "policyx: in/b.pdf: took more than 1 seconds and was given up\n"
    assert len(done.stdout.splitlines()) == 12


@pytest.mark.usefixtures("bad_reader")
@pytest.mark.parametrize("command", ["text", "clean", "quantities", "explain", "check"])
def test_every_command_that_reads_a_document_is_limited(
    command: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `extract` is; nobody asked for it."""
    (tmp_path / "b.pdf").write_bytes(_bad("HANGS"))
    monkeypatch.setattr(apart, "_SECONDS", 1.0)
    done = run(command, str(tmp_path / "b.pdf"))
    assert done.exit_code == 1 and "b.pdf: took more than 1 seconds and was given up" in done.stderr


@pytest.mark.usefixtures("bad_reader")
def test_standard_input_is_limited(run: Run) -> None:
    """A PDF may come that way too."""
    done = run("extract", "-", "-f", "jsonl", "--timeout", "1", input=_bad("HANGS"))
    assert done.exit_code == 1 and "standard input: took more than 1 seconds" in done.stderr


def test_text_is_read_without_another_process(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its start costs nothing."""
    monkeypatch.setattr(apart, "_Apart", None)
    for name in ("a.txt", "b.md", "c.html", "d.csv"):
        (tmp_path / name).write_text("<p>企业5家。</p>\n" if name == "c.html" else "企业5家。\n", "utf-8")
        done = run("extract", str(tmp_path / name), "-f", "jsonl")
        assert done.exit_code == 0 and json.loads(done.stdout)["quote"] == "5家"


def test_what_is_no_file_is_passed_over_with_its_reason(tmp_path: Path, run: Run) -> None:
    """Pipes, sockets, devices and links to them, in `extract` and `batch`: nobody waits for them."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(text(1), "utf-8")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.zip")
    (folder / "random.txt").symlink_to("/dev/urandom")
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(folder)
        listening.bind("socket.txt")
        os.chdir(tmp_path)
        for command in (("extract", "in", "-f", "jsonl"), ("batch", "in", "out.sqlite")):
            done = run(*command)
            assert done.exit_code == 1
            for name, kind in (("pipe.txt", "pipe"), ("pipe.zip", "pipe"), ("random.txt", "device")):
                assert f"in/{name}: is a {kind}, not a file" in done.stderr
            assert "in/socket.txt: is a socket, not a file" in done.stderr
        done = run("batch", "in/pipe.txt", "in/random.txt", "in/a.txt", "out.jsonl")
        assert "in/pipe.txt: is a pipe, not a file" in done.stderr and "2 failures" in done.stderr
        assert "in/random.txt: is a device" in run("extract", "in/random.txt").stderr
    assert len(content(tmp_path / "out.sqlite")["documents"]) == 1


def _long(number: int) -> str:
    """Some 30 kB, with a record in each line that tells which line it is."""
    lines = [f"到2030年，第{line}批项目投资{line}亿元。" for line in range(1, number + 1)]
    return "某市2024年工作报告\n" + "\n".join(lines) + "\n"


@pytest.fixture
def small_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of a few kilobytes are read in parts, here and in processes for reading."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(SMALL_PARTS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", environment(tmp_path / "site")["PYTHONPATH"])
    for target in ("policyx.read.LARGE", "policyx.read.stream.LARGE", "policyx.batch.work.LARGE"):
        monkeypatch.setattr(target, 20_000)
    monkeypatch.setattr(stream, "_PART", 3_000)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("format", ("sqlite", "duckdb", "parquet"))
def test_extract_loses_no_record_of_a_text_that_is_read_in_parts(format: str, tmp_path: Path, run: Run) -> None:
    """They are numbered as those of one document, which takes the place of itself when it is read again."""
    (tmp_path / "a.txt").write_text(_long(800), "utf-8")
    (tmp_path / "b.txt").write_text(text(1), "utf-8")
    for _ in range(2):
        done = run("extract", "a.txt", "b.txt", "-o", f"out.{format}")
        assert done.exit_code == 0 and "806 quantities in 2 documents" in done.stderr
    rows = _records(tmp_path / f"out.{format}")
    assert [position for position, _ in rows] == list(range(1, 801))
    assert [value for _, value in rows] == list(range(1, 801))
    if format == "sqlite":
        line = "SELECT title, characters, records, content_hash FROM documents WHERE source = 'a.txt'"
        with closing(sqlite3.connect(tmp_path / "out.sqlite")) as connection:
            (found,) = connection.execute(line).fetchall()
        import hashlib

        assert found == ("某市2024年工作报告", len(_long(800)), 800, hashlib.sha256(_long(800).encode()).hexdigest())


def _records(path: Path) -> list[tuple[int, int]]:
    """Position and value of the records of a.txt."""
    import duckdb

    query = "SELECT position, CAST(value AS INTEGER) FROM {} WHERE source = 'a.txt' ORDER BY position"
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(query.format("records")).fetchall()
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path)) as connection:
            return connection.execute(query.format("records")).fetchall()
    where = f"'{path}/records/*.parquet'" if path.is_dir() else f"'{path}'"
    return duckdb.sql(query.format(where)).fetchall()


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("format", FORMATS)
def test_batch_reads_a_large_text_in_parts_and_loses_nothing(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one line in `documents` and one in the manifest; again after a change, and taken out with all its files."""
    from policyx.batch import folder

    monkeypatch.setattr(folder, "_MOST_SIZE", 200_000)  # so that a shard has several files
    (tmp_path / "a.txt").write_text(_long(800), "utf-8")
    (tmp_path / "b.txt").write_text(text(1), "utf-8")
    target = tmp_path / f"out.{format}"
    report = batch(["a.txt", "b.txt"], str(target), Settings(jobs=2))
    assert (report.documents, report.records, report.failures) == (2, 806, [])
    assert len(content(target)["documents"]) == len(content(target)["manifest"]) == 2
    if format != "jsonl":
        assert _records(target) == [(number, number) for number in range(1, 801)]
    if format in ("parquet", "jsonl"):
        assert len(list((target / "records").iterdir())) > 3
    assert batch(["a.txt", "b.txt"], str(target)).unchanged == 2
    (tmp_path / "a.txt").write_text(_long(700), "utf-8")
    assert batch(["a.txt", "b.txt"], str(target)).total_records == 706
    (tmp_path / "a.txt").unlink()
    assert batch(["b.txt"], str(target), Settings(prune=True)).total_records == 6
    assert len(content(target)["records"]) == 6


@pytest.mark.usefixtures("small_parts")
def test_what_a_large_text_tells_of_itself_holds_for_all_its_parts(tmp_path: Path, run: Run) -> None:
    """The year of its title; and `batch` gives what `extract` gives."""
    lines = [f"新增第{line}批企业{line}家。" for line in range(1, 900)]
    (tmp_path / "a.txt").write_text("某市2021年工作总结\n" + "\n".join(lines) + "\n", "utf-8")
    plain = run("extract", "a.txt", "-f", "jsonl").stdout.splitlines()
    assert {json.loads(line)["year"] for line in plain} == {2021}
    assert batch(["a.txt"], "out.jsonl").records == 899
    assert content(tmp_path / "out.jsonl")["records"] == sorted(plain)


@pytest.mark.usefixtures("small_parts")
def test_a_large_text_that_breaks_off_gives_nothing_and_says_why(tmp_path: Path) -> None:
    """Bytes that are no text, far behind its beginning."""
    (tmp_path / "a.txt").write_bytes(_long(800).encode() + b"\xff\xfe\xff" * 9 + _long(800).encode())
    report = batch(["a.txt"], "out.sqlite")
    assert len(report.failures) == 1 and "is not utf-8 throughout" in report.failures[0].reason
    found = content(tmp_path / "out.sqlite")
    assert found["manifest"] and found["failures"]
