"""Tables in every layout: what a reader finds in them is what is read. The cases are `data/tables/LAYOUT.toml`."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from policyx.link.glued import split_digits
from policyx.link.grid import arabic_years, column, is_figure, read_unit
from policyx.pipeline import read_text
from policyx.recognize.units import unit_table
from policyx.rules import builtin_rules

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


@pytest.mark.parametrize(
    "cell", ["1100亿元", "≥300", "20左右", "[550]", "〔4.8〕", "-7.3", "12.5", "2016", "3－5", "550（累计）"]
)
def test_a_figure_with_its_marks_is_a_figure(cell: str) -> None:
    assert is_figure(cell, unit_table(builtin_rules()))


@pytest.mark.parametrize(
    "cell", ["2020年", "（2018年）", "培育100亿元以上龙头企业", "约束性", "—", "", "持平", "0-15岁（含不满16周岁）"]
)
def test_years_names_and_blanks_are_no_figures(cell: str) -> None:
    assert not is_figure(cell, unit_table(builtin_rules()))


@pytest.mark.parametrize(
    ("title", "year", "unit"),
    [
        ("2025年目标值（万件）", 2025, "件"),
        ("一九八二年比一九八一年增长%", 1982, "%"),
        ("2025年比2020年增长（%）", 2025, "%"),
        ("总投资（亿元）", None, "元"),
        ("属性", None, None),
    ],
)
def test_a_title_tells_year_and_unit(title: str, year: int | None, unit: str | None) -> None:
    found = column(title, unit_table(builtin_rules()))
    assert (found.year, found.unit and found.unit[1].name) == (year, unit)


def test_a_unit_is_read_with_its_multipliers() -> None:
    found = read_unit("亿千瓦小时", unit_table(builtin_rules()))
    assert found is not None
    assert found[0] == 10**8


@pytest.mark.parametrize(
    ("han", "arabic"), [("一九八二年", "1982年"), ("二〇一七年", "2017年"), ("二○○五年", "2005年")]
)
def test_years_in_characters_become_figures(han: str, arabic: str) -> None:
    assert arabic_years(han) == arabic


def test_digits_that_may_be_cut_in_two_ways_are_left_alone() -> None:
    assert split_digits("1111111", 3) is None
