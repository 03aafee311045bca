"""SQLite, DuckDB and Parquet: what is written is what was extracted, to the digit; a document that is written again
takes the place of itself."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyx.errors import PolicyxError
from policyx.export import open_writer
from policyx.export.dataset import NUMBERS, RECORD_COLUMNS, decimal_or_none
from policyx.model import Document
from tests.conftest import make_document, make_record
from tests.exported import HUGE, flat, hard_document, lists, quantity

duckdb = pytest.importorskip("duckdb")

DATABASES = ("sqlite", "duckdb")


def write(path: Path, *documents: Document) -> Path:
    """Write documents, each in a transaction of its own."""
    with open_writer(path) as writer:
        for document in documents:
            writer.add(document)
    return path


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a database answers."""
    connection = sqlite3.connect(path) if path.suffix == ".sqlite" else duckdb.connect(str(path), read_only=True)
    try:
        return [tuple(row) for row in connection.execute(sql).fetchall()]
    finally:
        connection.close()


def rows(path: Path, sql: str = "SELECT * FROM records ORDER BY document_id, position") -> list[dict[str, Any]]:
    """What a database answers, by column."""
    names = [column.name for column in RECORD_COLUMNS]
    return [dict(zip(names, row, strict=True)) for row in query(path, sql)]


def check_numbers(row: dict[str, Any], wanted: dict[str, Any]) -> None:
    """The exact text is the digits as extracted; the number beside it is the best that its type can do."""
    for key in NUMBERS:
        assert row[f"{key}_exact"] == wanted[key]
        if wanted[key] is None:
            assert row[key] is None
        elif isinstance(row[key], float):
            assert row[key] == float(wanted[key])
        else:
            exact = Fraction(wanted[key])
            if row[key] is None:
                assert (exact * 10**15).denominator != 1 or abs(exact) >= 10**23
            else:
                assert abs(Fraction(row[key]) - exact) < Fraction(1, 10**14)


@pytest.mark.parametrize("suffix", DATABASES)
def test_records_read_back_as_extracted(suffix: str, tmp_path: Path) -> None:
    """Every column; texts to the character, numbers to the digit."""
    document = hard_document()
    read = rows(write(tmp_path / f"a.{suffix}", document))
    assert len(read) == len(document)
    for position, (row, record) in enumerate(zip(read, document, strict=True), 1):
        wanted = flat(record)
        assert row["position"] == position
        check_numbers(row, wanted)
        for key, texts in lists(record).items():
            assert (json.loads(row[key]) if suffix == "sqlite" else row[key]) == texts
        for key in wanted.keys() - {*NUMBERS, "heading", "rules", "checks", "flags"}:
            value = row[key].isoformat() if isinstance(row[key], datetime.date) else row[key]
            wanted[key] = float(wanted[key]) if isinstance(value, float) else wanted[key]
            assert value == wanted[key], key


def test_duckdb_numbers_are_decimals_and_exact() -> None:
    """All that fit, and nothing is rounded in silence."""
    columns = {column.name: column.kind for column in RECORD_COLUMNS}
    assert {columns[key] for key in NUMBERS} == {"number"}
    assert decimal_or_none(Decimal("1.50")) == Decimal("1.5")
    assert decimal_or_none(HUGE) is None
    assert decimal_or_none(Decimal("1E-16")) is None
    assert decimal_or_none(Fraction(1, 3)) == Decimal("0.333333333333333")
    assert decimal_or_none(Fraction(-1, 8)) == Decimal("-0.125")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=20, min_value=-(10**26), max_value=10**26))
def test_a_decimal_is_kept_exactly_or_not_at_all(value: Decimal) -> None:
    """Null where a column of 38 digits, 15 of them behind the point, has no room."""
    kept = decimal_or_none(value)
    assert kept is None or kept == value
    fits = (Fraction(value) * 10**15).denominator == 1 and abs(value) < 10**23
    assert (kept is not None) is fits


@pytest.mark.parametrize("suffix", DATABASES)
def test_numbers_can_be_calculated_with(suffix: str, tmp_path: Path) -> None:
    """Sums and comparisons in SQL."""
    path = write(tmp_path / f"a.{suffix}", hard_document())
    ((total,),) = query(path, "SELECT sum(base_value) FROM records WHERE value IN (1.5, 0.1, -0.3)")
    assert abs(Fraction(total) - (150000000 + Fraction(1, 10) - Fraction(3, 10))) < Fraction(1, 10**6)
    if suffix == "duckdb":
        assert total == Decimal("149999999.8")


@pytest.mark.parametrize("suffix", DATABASES)
def test_a_document_that_is_written_again_replaces_itself(suffix: str, tmp_path: Path) -> None:
    """Known by its path, whatever it says now; another path is another document, with the same content or not."""
    path = write(tmp_path / f"a.{suffix}", hard_document(), make_document(source="b.txt"))
    write(path, make_document(source="a.txt", original="新的内容"), make_document(source="c.txt"))
    counts = query(path, "SELECT source, records FROM documents ORDER BY source")
    assert counts == [("a.txt", 1), ("b.txt", 1), ("c.txt", 1)]
    assert query(path, "SELECT count(*) FROM records") == [(3,)]
    assert query(path, "SELECT count(*) FROM checks") == [(3,)]
    assert query(path, "SELECT count(DISTINCT content_hash) FROM documents") == [(2,)]


@pytest.mark.parametrize("suffix", DATABASES)
def test_standard_input_is_known_by_its_text(suffix: str, tmp_path: Path) -> None:
    """Two texts that came without a path are two documents."""
    texts = [make_document(source="-", original=text) for text in ("甲", "乙", "甲")]
    path = write(tmp_path / f"a.{suffix}", *texts)
    assert query(path, "SELECT count(*) FROM documents") == [(2,)]


@pytest.mark.parametrize("suffix", DATABASES)
def test_the_views_choose_records(suffix: str, tmp_path: Path) -> None:
    """`latest` keeps kinds of figures apart, takes an unknown place for a place, and all of the last year."""
    path = write(
        tmp_path / f"a.{suffix}",
        make_document(
            make_record(year=2022),
            make_record(year=2023, quantity=quantity("7")),
            make_record(year=2023, quantity=quantity("8")),
            make_record(year=2030, status="target"),
            make_record(year=2021, place=None),
            make_record(year=2020, measure="growth_rate"),
            make_record(year=None),
            make_record(indicator=None, label=None),
        ),
    )
    assert query(path, "SELECT count(*) FROM targets") == [(1,)]
    assert query(path, "SELECT count(*) FROM actuals") == [(7,)]
    latest = query(path, "SELECT year, place, measure, status FROM latest ORDER BY year, position")
    assert latest == [
        (2020, "某市", "growth_rate", "actual"),
        (2021, None, "level", "actual"),
        (2023, "某市", "level", "actual"),
        (2023, "某市", "level", "actual"),
        (2030, "某市", "level", "target"),
    ]


@pytest.mark.parametrize("suffix", DATABASES)
def test_checks_hold_results_and_doubts(suffix: str, tmp_path: Path) -> None:
    """A row each, which leads to its record."""
    path = write(tmp_path / f"a.{suffix}", make_document(make_record(checks=("sum",), flags=("year_carried", "x"))))
    found = query(path, "SELECT c.kind, c.text, r.quote FROM checks c JOIN records r USING (document_id, position)")
    assert sorted(found) == [("check", "sum", "2500家"), ("flag", "x", "2500家"), ("flag", "year_carried", "2500家")]


@pytest.mark.parametrize("suffix", DATABASES)
def test_a_document_is_written_whole_or_not_at_all(suffix: str, tmp_path: Path) -> None:
    """What was there before stays if the new cannot be written."""
    path = write(tmp_path / f"a.{suffix}", make_document())
    broken = make_document(make_record(), make_record(year="no year"))
    if suffix == "sqlite":  # which takes anything in any column
        broken = make_document(make_record(), make_record(year=10**30))
    with pytest.raises((PolicyxError, OverflowError)):
        write(path, make_document(source="b.txt"), broken)
    assert query(path, "SELECT source, records FROM documents ORDER BY 1") == [("a.txt", 1), ("b.txt", 1)]
    assert query(path, "SELECT count(*) FROM records") == [(2,)]


@pytest.mark.parametrize("suffix", DATABASES)
def test_threads_may_share_a_writer(suffix: str, tmp_path: Path) -> None:
    """Each document in its own transaction, none lost."""
    path = tmp_path / f"a.{suffix}"
    documents = [make_document(source=f"{number}.txt") for number in range(40)]
    with open_writer(path) as writer, ThreadPoolExecutor(4) as pool:
        list(pool.map(writer.add, documents))
    assert query(path, "SELECT count(*) FROM documents") == [(40,)]
    assert query(path, "SELECT count(*) FROM records") == [(40,)]


@pytest.mark.parametrize("suffix", DATABASES)
def test_what_is_no_database_of_ours_is_left_alone(suffix: str, tmp_path: Path) -> None:
    """The error names the file and the reason."""
    text = tmp_path / f"text.{suffix}"
    text.write_text("这不是数据库" * 500, encoding="utf-8")
    with pytest.raises(PolicyxError, match="cannot be written"):
        write(text, make_document())
    assert text.read_text("utf-8").startswith("这不是数据库")
    other = tmp_path / f"other.{suffix}"
    connection = sqlite3.connect(other) if suffix == "sqlite" else duckdb.connect(str(other))
    connection.execute("CREATE TABLE records (x INTEGER)")
    connection.close()
    with pytest.raises(PolicyxError, match="other columns"):
        write(other, make_document())
    with pytest.raises(PolicyxError, match="cannot be written"):
        write(tmp_path / "no-such-folder" / f"a.{suffix}", make_document())


def test_sqlite_has_keys_and_indexes(tmp_path: Path) -> None:
    """A record belongs to a document, and goes with it."""
    path = write(tmp_path / "a.sqlite", make_document())
    assert query(path, "SELECT \"table\", on_delete FROM pragma_foreign_key_list('records')") == [
        ("documents", "CASCADE")
    ]
    indexed = query(path, "SELECT name FROM pragma_index_info('records_by_indicator') ORDER BY seqno")
    assert indexed == [("indicator",), ("place",), ("year",)]
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


def test_parquet_has_types_and_reads_back(tmp_path: Path) -> None:
    """Decimals as decimals, lists as lists, dates as dates."""
    document = hard_document()
    path = write(tmp_path / "it's.parquet", document, make_document(source="b.txt", records=()))
    connection = duckdb.connect()
    source = "read_parquet('" + str(path).replace("'", "''") + "')"
    types = {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    assert [types[key] for key in ("value", "year", "period_start", "heading", "name", "value_exact")] == [
        "DECIMAL(38,15)", "BIGINT", "DATE", "VARCHAR[]", "VARCHAR", "VARCHAR",
    ]  # fmt: skip
    read = connection.execute(f"SELECT * FROM {source} ORDER BY position").fetchall()
    assert len(read) == len(document)
    for values, record in zip(read, document, strict=True):
        row = dict(zip(types, values, strict=True))
        check_numbers(row, flat(record))
        assert {key: row[key] for key in lists(record)} == lists(record)
        assert (row["name"], row["sentence"], row["place"]) == (record.name, record.sentence, record.place)


def test_a_file_without_records_has_its_columns(tmp_path: Path) -> None:
    """An empty table is still a table."""
    path = write(tmp_path / "a.parquet")
    names = [column[0] for column in duckdb.connect().execute(f"SELECT * FROM '{path}'").description or ()]
    assert names == [column.name for column in RECORD_COLUMNS]


def test_pandas_and_polars_read_what_was_written(tmp_path: Path) -> None:
    """The tools that people open these files with."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    document = hard_document()
    database, parquet = write(tmp_path / "a.sqlite", document), write(tmp_path / "a.parquet", document)
    connection = sqlite3.connect(database)
    frame = pandas.read_sql("SELECT * FROM records ORDER BY position", connection)
    connection.close()
    assert list(frame["value_exact"]) == [flat(record)["value"] for record in document]
    read = polars.read_parquet(parquet).sort("position")
    fitting = [value for value in read["value"].to_list() if value is not None]
    assert Decimal("1.5") in fitting and Decimal("1234567890123.456789") in fitting
    assert read["value_exact"].to_list() == [flat(record)["value"] for record in document]
    assert read["flags"].to_list() == [list(record.flags) for record in document]


def test_text_that_utf8_cannot_hold_is_written_all_the_same(tmp_path: Path) -> None:
    """A file name from an old archive, with bytes that are no character."""
    odd = "\udcc4\udcea.txt"
    for suffix in (*DATABASES, "parquet", "csv", "jsonl"):
        write(tmp_path / f"a.{suffix}", make_document(make_record(source=odd), source=odd))
    for suffix in DATABASES:
        assert query(tmp_path / f"a.{suffix}", "SELECT source FROM documents") == [("\\udcc4\\udcea.txt",)]


def _leftovers(folder: Path) -> Iterable[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("suffix", ["parquet", "csv", "xlsx"])
def test_nothing_is_left_of_a_file_that_failed(suffix: str, tmp_path: Path) -> None:
    """Neither a part of it nor a draft; what was there before stays."""
    (tmp_path / f"a.{suffix}").write_text("before", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), open_writer(tmp_path / f"a.{suffix}") as writer:
        writer.add(make_document())
        raise ZeroDivisionError
    assert _leftovers(tmp_path) == [f"a.{suffix}"]
    assert (tmp_path / f"a.{suffix}").read_text("utf-8") == "before"


def test_a_text_format_can_be_written_document_by_document(tmp_path: Path) -> None:
    """What the writer leaves is what the pieces make."""
    from policyx.export import written

    documents = [make_document(), make_document(source="b.txt", records=()), make_document(source="c.txt")]
    for suffix, name in (("json", "json"), ("csv", "csv"), ("md", "markdown"), ("jsonl", "jsonl")):
        path = write(tmp_path / f"a.{suffix}", *documents)
        assert path.read_bytes().decode("utf-8") == "".join(written(name, documents))


def test_a_file_name_that_names_no_format_is_refused(tmp_path: Path) -> None:
    """Unless the format is named."""
    with pytest.raises(PolicyxError, match="names no format"), open_writer(tmp_path / "a.dat"):
        pass
    with open_writer(tmp_path / "a.dat", "csv") as writer:
        writer.add(make_document())
    assert (tmp_path / "a.dat").read_bytes().startswith(b"\xef\xbb\xbfsource")
