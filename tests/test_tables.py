"""Tables in every layout: what a reader finds in them is what is read. The cases are `data/tables/LAYOUT.toml`."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from policyx.pipeline import read_text

TABLES = {
    f"{path.stem}-{case['id']}": case
    for path in sorted((Path(__file__).parent / "data" / "tables").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["table"]
}


def read(text: str) -> list[list[Any]]:
    """The records of a text, each as a case lists it."""
    return [
        [
            record.quote,
            record.name or "",
            Fraction(record.quantity.base_value),
            record.quantity.base_unit or "",
            record.measure,
            record.status,
            record.year or 0,
        ]
        for record in read_text(text).records
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_as_a_reader_reads_it(name: str) -> None:
    case = TABLES[name]
    wanted = [[*item[:2], Fraction(str(item[2])), *item[3:]] for item in case["records"]]
    found = read(case["text"])
    if case.get("rest"):
        found = [item for item in found if item in wanted]
    assert found == wanted


@pytest.mark.parametrize("sign", ["③", "²", "9" * 5000])
def test_what_only_looks_like_a_number_opens_the_rows_of_a_table(sign: str) -> None:
    """③ is a digit to Python, and no number; nor is one of five thousand digits a row's."""
    text = f"| 地区 | 渔获量（万吨） | |\n| {sign} | 东港市 | 35 |\n| {sign} | 西港市 | 12 |\n"
    assert all(text[record.start : record.end] == record.quote for record in read_text(text))
