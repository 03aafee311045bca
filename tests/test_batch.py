"""`policyx batch`: what it reads is what `extract` reads, and a second run does only what is left to do."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyx.batch import Settings, Watch, batch
from policyx.batch.inputs import local_inputs, paths_of_list
from policyx.cli.batch import Bar, clock
from tests.batches import FORMATS, content, fill, sources, text

pytest.importorskip("duckdb")

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for each core takes longer to start than a handful of documents take to read; where several matter, a
    test says so."""
    monkeypatch.setenv("POLICYX_JOBS", "1")


@pytest.mark.parametrize("format", FORMATS)
def test_a_dataset_holds_what_extract_writes(format: str, tmp_path: Path, run: Run) -> None:
    """Record for record, in each format; in JSON Lines to the byte."""
    folder = fill(tmp_path / "in", 12)
    done = run("batch", str(folder), str(tmp_path / f"out.{format}"), "-j", "2")
    assert done.exit_code == 0, done.output
    plain = run("extract", str(folder), "-f", "jsonl").stdout
    assert len(content(tmp_path / f"out.{format}")["documents"]) == 12
    assert sources(tmp_path / f"out.{format}") == sorted(json.loads(line)["source"] for line in plain.splitlines())
    if format == "jsonl":
        assert content(tmp_path / "out.jsonl")["records"] == sorted(plain.splitlines())
    elif format != "parquet":
        run("extract", str(folder), "-o", str(tmp_path / f"plain.{format}"))
        whole, wanted = (_rows(tmp_path / f"{name}.{format}") for name in ("out", "plain"))
        assert whole == wanted
    else:
        import duckdb

        run("extract", str(folder), "-o", str(tmp_path / "plain.parquet"))
        query = "SELECT * FROM '{}' ORDER BY document_id, position"
        found = duckdb.sql(query.format(tmp_path / "out.parquet" / "records" / "*.parquet")).fetchall()
        assert found == duckdb.sql(query.format(tmp_path / "plain.parquet")).fetchall()


def _rows(path: Path) -> list[Any]:
    import duckdb

    connection: Any = sqlite3.connect(path) if path.suffix == ".sqlite" else duckdb.connect(str(path))
    try:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY ALL" if path.suffix != ".sqlite" else
                               f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in ("documents", "records", "checks")
        ]  # fmt: skip
    finally:
        connection.close()


@pytest.mark.parametrize("format", FORMATS)
def test_a_second_run_does_what_is_new_or_has_changed(format: str, tmp_path: Path, run: Run) -> None:
    """And ends with what a run from the beginning gives; also where the size and the time stay the same."""
    import os

    folder, target = fill(tmp_path / "in", 9), str(tmp_path / f"out.{format}")
    run("batch", str(folder), target)
    changed = folder / "d0" / "文件0003.txt"
    times = changed.stat()
    changed.write_text(text(3).replace("103家", "104家"), "utf-8")
    os.utime(changed, ns=(times.st_atime_ns, times.st_mtime_ns))
    (folder / "new.txt").write_text(text(77), "utf-8")
    done = run("batch", str(folder), target)
    assert done.exit_code == 0
    assert "from 2 files; 8 unchanged; 1 of them done again" in done.stderr
    run("batch", str(folder), str(tmp_path / f"fresh.{format}"))
    assert content(tmp_path / f"out.{format}") == content(tmp_path / f"fresh.{format}")
    assert "from 0 files; 10 unchanged" in run("batch", str(folder), target).stderr


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_is_gone_is_reported_and_pruned_on_demand(format: str, tmp_path: Path, run: Run) -> None:
    """Its records stay until then."""
    folder, target = fill(tmp_path / "in", 6), tmp_path / f"out.{format}"
    run("batch", str(folder), str(target))
    gone = folder / "d1" / "文件0001.txt"
    gone.unlink()
    done = run("batch", str(folder), str(target))
    assert done.exit_code == 0 and f"{gone}: is not there any more" in done.stderr and "--prune" in done.stderr
    assert str(gone) in sources(target)
    run("batch", str(folder), str(target), "--prune")
    assert str(gone) not in sources(target)
    run("batch", str(folder), str(tmp_path / f"fresh.{format}"))
    assert content(target) == content(tmp_path / f"fresh.{format}")


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_cannot_be_read_is_recorded_and_the_others_go_on(format: str, tmp_path: Path, run: Run) -> None:
    """With its reason, in the dataset and on standard error, and the exit code says so; also the next time."""
    folder, target = fill(tmp_path / "in", 4), tmp_path / f"out.{format}"
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    for _ in range(2):
        done = run("batch", str(folder), str(tmp_path / "nothing.txt"), str(target))
        assert done.exit_code == 1
        assert "2 failures" in done.stderr
        assert len(content(target)["documents"]) == 4
    assert "picture.txt" not in done.stderr, "what failed before is not tried again"
    assert "picture.txt: " in run("batch", str(folder), str(target), "--retry-failed").stderr
    if format in ("sqlite", "duckdb"):
        (failure, missing) = content(target)["failures"]
        assert failure[0] == failure[2] == str(folder / "picture.txt") and failure[1]
        assert missing[:2] == (str(tmp_path / "nothing.txt"), "does not exist")
    (folder / "picture.txt").write_text(text(5), "utf-8")
    assert run("batch", str(folder), str(target)).exit_code == 0


@pytest.mark.parametrize("format", ("sqlite", "jsonl"))
def test_other_rules_do_everything_again(format: str, tmp_path: Path, run: Run) -> None:
    """So does another date or encoding: the records depend on them."""
    folder, target = fill(tmp_path / "in", 3), str(tmp_path / f"out.{format}")
    pack = tmp_path / "pack.toml"
    entry = '[[indicator]]\nid = "own.park"\nlabel = "园"\nlabel_en = "Park"\nunit = "亩"\ndimension = ["area"]\n'
    entry += 'words = ["产业园占地"]\nexamples = ["产业园占地3亩。"]\ncounter = ["占地3亩。"]\n'
    pack.write_text(entry, "utf-8")
    run("batch", str(folder), target)
    assert "3 of them done again" in run("batch", str(folder), target, "--rules", str(pack)).stderr
    assert "3 unchanged" in run("batch", str(folder), target, "--rules", str(pack)).stderr
    assert "3 of them done again" in run("batch", str(folder), target, "--date", "2020").stderr
    assert len(content(Path(target))["documents"]) == 3


def test_each_document_of_an_archive_is_done_for_itself(tmp_path: Path, run: Run) -> None:
    """Those that did not change in it are not read again, and those that were taken out are gone."""
    archive, target = tmp_path / "a.zip", tmp_path / "out.sqlite"
    _pack(archive, {f"{number}.txt": text(number) for number in range(5)} | {"picture.txt": b"\x89PNG\r\n\x1a\n\0"})
    done = run("batch", str(archive), str(target))
    assert done.exit_code == 1 and "5 documents" in done.stderr and "picture.txt" in done.stderr
    plain = run("extract", str(archive), "-f", "jsonl").stdout
    assert sources(target) == sorted(json.loads(line)["source"] for line in plain.splitlines())
    _pack(archive, {f"{number}.txt": text(number + (number == 3)) for number in range(1, 5)})
    done = run("batch", str(archive), str(target), "--prune")
    assert "from 1 file; 3 unchanged; 1 of them done again" in done.stderr and f"{archive}!/0.txt" in done.stderr
    run("batch", str(archive), str(tmp_path / "fresh.sqlite"))
    assert content(target) == content(tmp_path / "fresh.sqlite")


def test_an_archive_in_an_archive_and_a_mail_are_one_unit_each(tmp_path: Path, run: Run) -> None:
    """With several documents in them."""
    import io

    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as stream:
        stream.writestr("x.txt", text(1))
        stream.writestr("y.txt", text(2))
    archive, target = tmp_path / "a.zip", tmp_path / "out.jsonl"
    _pack(archive, {"inner.zip": inner.getvalue(), "z.txt": text(3)})
    run("batch", str(archive), str(target))
    wanted = run("extract", str(archive), "-f", "jsonl").stdout
    assert content(target)["records"] == sorted(wanted.splitlines())
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as stream:
        stream.writestr("x.txt", text(1))
    _pack(archive, {"inner.zip": inner.getvalue(), "z.txt": text(3)})
    run("batch", str(archive), str(target))
    wanted = run("extract", str(archive), "-f", "jsonl").stdout
    assert content(target)["records"] == sorted(wanted.splitlines())


def _pack(archive: Path, members: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(archive, "w") as stream:
        for name, data in members.items():
            stream.writestr(name, data)


def test_folders_patterns_and_lists_name_files(tmp_path: Path, run: Run) -> None:
    """Each file once, whichever names it."""
    folder = fill(tmp_path / "in", 6)
    names = sorted(str(path) for path in folder.rglob("*.txt"))
    (tmp_path / "list").write_text("\n".join(names[:3]) + "\n", "utf-8")
    found = local_inputs([f"{folder}/**/*.txt", str(folder), names[0]])
    assert sorted(unit.path for unit in found.units) == names and not found.problems
    assert paths_of_list("a b.txt\0c.txt\0", "-") == ["a b.txt", "c.txt"]
    done = run("batch", "--files-from", str(tmp_path / "list"), "out.jsonl")
    assert done.exit_code == 0 and len(content(Path("out.jsonl"))["documents"]) == 3
    done = run("batch", "--files-from", "-", "out.sqlite", input="\0".join(names))
    assert done.exit_code == 0 and len(content(Path("out.sqlite"))["documents"]) == 6
    done = run("batch", f"{folder}/d1/*0004*", f"{folder}/no*such", "out.duckdb")
    assert done.exit_code == 1 and "no*such: nothing fits this pattern" in done.stderr
    assert sources(Path("out.duckdb")) == [f"{folder}/d1/文件0004.txt"] * 6


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("in",), "IN... OUT"),
        (("in", "-", "out.sqlite"), "--files-from -"),
        (("in", "out", "-f", "csv"), "csv"),
        (("in", "out", "--engine", "dask"), "dask"),
        (("in", "out", "--address", "auto"), "--engine ray"),
        (("in", "out", "--date", "soon"), "soon"),
        (("in", "out", "--files-from", "nowhere"), "nowhere"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], told: str, run: Run) -> None:
    """With exit code 2."""
    done = run("batch", *arguments)
    assert done.exit_code == 2 and told in done.stderr


def test_a_dataset_is_not_written_over_something_else(tmp_path: Path, run: Run) -> None:
    """A folder of other files, a file where a folder should be, another format, another run."""
    from policyx.batch.folder import own_folder

    folder = str(fill(tmp_path / "in", 1))
    assert "with other files in it" in run("batch", folder, folder).stderr
    (tmp_path / "note").write_text("")
    for arguments, told in (
        (("note",), "is a file"),
        (("out.csv",), "a dataset is"),
        (("in", "-f", "sqlite"), "is a folder"),
    ):
        done = run("batch", folder, *arguments)
        assert done.exit_code == 2 and told in done.stderr, told
    assert run("batch", folder, "set", "-f", "jsonl").exit_code == 0
    assert run("batch", folder, "set").exit_code == 0, "it goes on in the format that is there"
    assert "is a dataset of jsonl" in run("batch", folder, "set", "-f", "parquet").stderr
    with own_folder(Path("set")):
        assert "another run" in run("batch", folder, "set").stderr


def test_documents_that_extract_wrote_are_taken_over(tmp_path: Path, run: Run) -> None:
    """The database stays one."""
    folder = fill(tmp_path / "in", 3)
    for suffix in ("sqlite", "duckdb"):
        run("extract", str(folder), "-o", f"out.{suffix}")
        assert run("batch", str(folder), f"out.{suffix}").exit_code == 0
        assert len(content(Path(f"out.{suffix}"))["documents"]) == 3


def test_a_program_is_told_how_it_goes(tmp_path: Path) -> None:
    """By the same calls that the command line uses."""
    told: list[str] = []

    class Listener(Watch):
        def begins(self, plan: Any) -> None:
            told.append(f"{len(plan.todo)} to do")

        def fails(self, failure: Any) -> None:
            told.append(f"{Path(failure.path).name} {failure.reason}")

        def finishes(self, entry: Any) -> None:
            told.append(f"{entry.state} {entry.records}")

    folder = fill(tmp_path / "in", 1)
    (folder / "empty.html").write_bytes(b"")
    report = batch([str(folder)], str(tmp_path / "out.sqlite"), Settings(jobs=1), Listener())
    assert told[0] == "2 to do" and "done 6" in told
    assert (report.given, report.done, report.records) == (2, 2, 6)
    assert report.total_records == 6


def test_the_bar_tells_rate_time_left_and_failures() -> None:
    """On one line that fits a terminal."""
    bar = Bar(200)
    bar.done, bar.failed = 50, 2
    assert bar.line(10.0) == "[#####...............] 50/200  5.0 files/s  0:30 left  2 failed"
    assert clock(3723) == "1:02:03" and clock(59.6) == "1:00"
