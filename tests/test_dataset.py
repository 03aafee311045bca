"""Datasets read back: every format that holds records gives the documents that were written to it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import policyx
from policyx.batch import batch
from policyx.dataset import is_dataset, read_dataset
from policyx.errors import ReadError
from policyx.export import open_writer
from policyx.export.registry import written
from policyx.model import Document, Record

pytest.importorskip("duckdb")

TEXT = (
    "一、总体情况\n2024年，全市高新技术企业达到2500家，比上年增加180家，研发投入1.50亿元。\n"
    "产业园占地127亩，引进企业8000万元—1亿元。地区生产总值增长6%左右。\n"
)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """A document with counts, money, an area whose factor is no decimal, a range and a bound."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return policyx.extract_file("a.txt")


def seen(record: Record) -> Any:
    """What a dataset holds of a record: the quantity by its values, everything else as it is."""
    quantity = record.quantity
    values = tuple(
        None if value is None else Fraction(value) for value in (quantity.base_value, quantity.base_value_max)
    )
    told = (values, quantity.base_unit, quantity.bound, quantity.unit_text or "")
    bare = replace(record, quantity=None, reasons=())  # type: ignore[arg-type]
    return told, bare


def write(document: Document, target: str) -> Path:
    """The document in the format that the name stands for."""
    path = Path(target)
    if target.endswith((".json", ".jsonl")):
        name = target.rpartition(".")[2]
        path.write_text("".join(written(name, [document])), encoding="utf-8")
    elif "shards" in target:
        batch(["a.txt"], target, policyx_settings(target))
    else:
        with open_writer(path) as writer:
            writer.add(document)
    return path


def policyx_settings(target: str) -> Any:
    """One process; the format of the shards is in the folder's name."""
    from policyx.batch import Settings

    return Settings(format=target.partition("_")[2], jobs=1)


@pytest.mark.parametrize(
    "target",
    ["out.sqlite", "out.duckdb", "out.parquet", "out.jsonl", "out.json", "shards_parquet", "shards_jsonl"],
)
def test_what_was_written_is_read_back_whole(document: Document, target: str) -> None:
    """Numbers to the digit, with their units' factors, and all else of each record."""
    path = write(document, target)
    assert is_dataset(path)
    (found,) = read_dataset(path)
    assert [seen(record) for record in found.records] == [seen(record) for record in document.records]
    assert found.source == "a.txt"


@pytest.mark.parametrize("target", ["out.sqlite", "out.duckdb", "out.parquet", "out.jsonl", "shards_jsonl"])
def test_only_the_records_of_an_indicator_are_read_if_asked(document: Document, target: str) -> None:
    """Finer ones of it too; the document is there also without any."""
    path = write(document, target)
    (found,) = read_dataset(path, ["output.gdp"])
    assert [record.indicator for record in found.records] == ["output.gdp"]
    (found,) = read_dataset(path, ["output"])
    assert found.records


def test_a_document_is_no_dataset(document: Document) -> None:
    """A text, and JSON that others wrote."""
    Path("other.json").write_text('{"a": 1}', encoding="utf-8")
    assert (
        not is_dataset("a.txt") and not is_dataset("other.json") and not is_dataset("missing") and not is_dataset(".")
    )


@pytest.mark.parametrize("name", ["broken.duckdb", "broken.sqlite", "broken.jsonl"])
def test_a_broken_dataset_is_named_with_the_reason(name: str) -> None:
    """One error, which names the file."""
    starts = {"broken.duckdb": b"12345678DUCK" + b"\0" * 100, "broken.sqlite": b"SQLite format 3\0" + b"\1" * 200}
    Path(name).write_bytes(starts.get(name, b'{"source": "a", "start": 1}\n{"source": \n'))
    assert is_dataset(name)
    with pytest.raises(ReadError, match=name):
        list(read_dataset(name))


def test_files_and_datasets_are_read_together(document: Document) -> None:
    """In the order given; what cannot be read is an error in its place."""
    write(document, "out.sqlite")
    found = list(policyx.documents(["a.txt", "missing.txt", "out.sqlite"]))
    assert [type(item).__name__ for item in found] == ["Document", "ReadError", "Document"]
    assert len(found[0].records) == len(found[2].records) > 0  # type: ignore[union-attr]
