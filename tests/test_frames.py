"""A document as a collection and as a data frame."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import policyx
from policyx.export.flat import COLUMNS
from tests.conftest import make_document, make_record
from tests.exported import HUGE, flat, hard_document

TEXT = "2024年，全市高新技術企业达到2500家，比上年增加213家。\n"


def test_a_document_is_iterated_over_and_counted() -> None:
    """Its records, in their order."""
    document = policyx.extract(TEXT)
    assert [record.quote for record in document] == ["2500家", "213家"] and len(document) == 2
    assert not len(policyx.extract(""))


def test_extract_takes_a_path_object_as_a_path_and_a_string_as_text(tmp_path: Path) -> None:
    """The same as `extract_file`; a string that is the name of a file is a text all the same."""
    path = tmp_path / "2023年报告.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    document = policyx.extract(path)
    assert document == policyx.extract_file(path)
    assert (document.source, document.encoding) == (str(path), "gb18030")
    assert policyx.extract(str(path)).original == str(path)
    with pytest.raises(TypeError, match="names itself"):
        policyx.extract(path, source="报告")
    with pytest.raises(policyx.ReadError, match="does not exist"):
        policyx.extract(tmp_path / "missing.txt")


def test_pandas_gets_every_record_with_exact_numbers() -> None:
    """The columns of CSV; unknown is missing."""
    pandas = pytest.importorskip("pandas")
    document = hard_document()
    frame = document.to_pandas()
    assert tuple(frame.columns) == COLUMNS and len(frame) == len(document)
    for row, record in zip(frame.to_dict("records"), document, strict=True):
        for key, wanted in flat(record).items():
            if wanted is None:
                assert pandas.isna(row[key]), key
            elif key == "confidence":
                assert row[key] == float(wanted)
            elif isinstance(row[key], Decimal):
                assert row[key] == Decimal(wanted)
            else:
                assert row[key] == wanted
    assert str(frame["year"].dtype) == "Int64"
    assert frame["value"].iloc[3] == HUGE
    assert sum(frame["value"].iloc[:2]) == Decimal("1.60")


def test_pandas_gets_floats_on_demand() -> None:
    """To draw and to average."""
    pytest.importorskip("pandas")
    frame = hard_document().to_pandas(floats=True)
    assert str(frame["base_value"].dtype) == "float64"
    assert frame["base_value"].iloc[0] == 1.5e8 and frame["value_max"].isna().sum() == len(frame) - 1


def test_polars_gets_decimals_and_dates() -> None:
    """Null is what 38 digits do not hold."""
    polars = pytest.importorskip("polars")
    document = hard_document()
    frame = document.to_polars()
    assert tuple(frame.columns) == COLUMNS and len(frame) == len(document)
    assert frame.schema["value"] == polars.Decimal(38, 15)
    assert frame["value"][:3].to_list() == [Decimal("1.50"), Decimal("0.1"), Decimal("1234567890123.456789")]
    assert frame["value"][3] is None
    assert frame["period_end"][-1] == date(2025, 12, 31) and frame["period_start"][-1] is None
    assert frame["name"].to_list() == [record.name for record in document]


def test_frames_of_several_documents_are_one_frame() -> None:
    """And of none, one without rows but with all columns, so that frames can be put together."""
    pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    documents = [make_document(), make_document(records=()), make_document(make_record(source="b.txt"))]
    for frame in (policyx.pandas_frame(documents), policyx.polars_frame(documents)):
        assert list(frame["source"]) == ["a.txt", "b.txt"]
    assert policyx.pandas_frame([]).shape == policyx.polars_frame([]).shape == (0, len(COLUMNS))
    assert len(polars.concat([document.to_polars() for document in documents])) == 2
