"""Records and documents as they are met in a notebook."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import policyx
from policyx.export.plain import record_dict
from policyx.model import Quantity
from tests.conftest import YUAN, make_document, make_record
from tests.exported import hard_document, quantity

TEXT = "2024年，全市高新技术企业达到2500家，研发投入1.5亿元。"


@pytest.mark.parametrize("record", [*hard_document(), make_record()])
def test_a_record_has_its_json_keys_as_attributes(record: policyx.Record) -> None:
    plain = record_dict(record)
    for key, value in plain.items():
        if key in ("period", "baseline"):
            inner = getattr(record, key)
            assert (inner is None) is (value is None)
            assert all(getattr(inner, name) == told for name, told in (value or {}).items())
        elif key == "confidence":
            assert getattr(record, key) == (None if value is None else float(value))
        elif isinstance(value, list):
            assert list(getattr(record, key)) == value
        else:
            assert getattr(record, key) == value, key


def test_a_range_of_two_scales_is_told_in_one_unit() -> None:
    made = Quantity(Decimal(8000), Decimal(1), 10**4, 10**8, YUAN, "万元", "range")
    record = make_record(quantity=made)
    assert (record.value, record.value_max, record.unit) == (8000, 10000, "万元")
    assert (record.base_value, record.base_value_max, record.base_unit) == (80000000, 100000000, "元")


def test_base_values_carry_no_superfluous_zeros() -> None:
    record = make_record(quantity=quantity("1.50", scale=10**8, scale_max=10**8, unit_text="亿元"))
    assert (str(record.value), str(record.base_value)) == ("1.50", "150000000")


def test_a_document_and_a_record_are_shown_in_one_line() -> None:
    document = policyx.extract(TEXT, source="报告.txt")
    assert repr(document) == "<Document 报告.txt: without title, 2 records>"
    assert repr(document.records[1]) == f"<Record 研发投入: 1.5亿元, 2024, actual, 报告.txt:{TEXT.index('1.5')}>"
    assert "\n" not in repr(make_document(original=TEXT * 99))
    spread = quantity("3", value_max=Decimal("5.0"), bound="range")
    assert "range 3–5元" in repr(make_record(quantity=spread))


def test_a_notebook_shows_the_records_with_the_quantity_marked() -> None:
    page = policyx.extract(TEXT, source="a<b>.txt")._repr_html_()
    assert "<mark>1.5亿元</mark>" in page
    assert "a&lt;b&gt;.txt" in page and "<b>.txt" not in page


def test_a_notebook_shows_no_more_rows_than_fit() -> None:
    page = make_document(*[make_record()] * 100)._repr_html_()
    assert page.count("<tr>") == 61
    assert "… 40" in page


@pytest.mark.parametrize(
    "program",
    [
        "import policyx; document = policyx.extract('企业10家。')",
        "import policyx, pathlib; document = policyx.extract(pathlib.Path('a.txt'))",
        "import policyx; document = policyx.extract_file('a.txt')",
    ],
)
def test_every_way_to_a_document_brings_its_methods(program: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("企业10家。", encoding="utf-8")
    check = "; assert 'table' in document._repr_html_(); assert document.to_pandas and document.to_polars"
    subprocess.run([sys.executable, "-c", program + check], check=True, timeout=60)
