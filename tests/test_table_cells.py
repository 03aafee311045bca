"""Tables in every layout: what a reader finds in their cells is what is read. The cases are `data/cells/*.toml`."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from policyx.rules import builtin_rules
from policyx.tables.cells import arabic_years, is_figure, read_unit
from policyx.tables.digits import split_digits
from policyx.tables.grid import read_column
from policyx.tables.words import table_words
from tests.cells import Page, read_cells, table_readings

TABLES = {
    f"{path.stem}-{case['id']}": case
    for path in sorted((Path(__file__).parent / "data" / "cells").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["table"]
}
RULES = builtin_rules()
WORDS = table_words(RULES)
FIELDS = ("cell", "name", "value", "base", "measure", "status", "year")


def found_in(case: dict[str, Any]) -> list[list[Any]]:
    """The cells of a case, each as a case lists it."""
    cells = read_cells(case["text"], Page(**case.get("document", {})))
    blank = {"status": "", "year": 0}
    return [[cell[field] if cell[field] is not None else blank[field] for field in FIELDS] for cell in cells]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_as_a_reader_reads_it(name: str) -> None:
    case = TABLES[name]
    wanted = [[*item[:2], Fraction(str(item[2])), *item[3:]] for item in case["cells"]]
    assert found_in(case) == wanted


@pytest.mark.parametrize("name", TABLES)
def test_every_link_cites_a_rule_that_exists(name: str) -> None:
    readings = table_readings(TABLES[name]["text"])
    cited = {link.rule for reading in readings for link in reading.links}
    cited |= {rule for reading in readings for rule in reading.figure.rules}
    assert {rule for rule in cited if RULES.find(rule) is None} == set()


@pytest.mark.parametrize(
    "cell",
    ["1100亿元", "≥300", "20左右", "[550]", "〔4.8〕", "-7.3", "12.5", "2016", "3－5", "550（累计）", "20(80%用户)"],
)
def test_a_figure_with_its_marks_is_a_figure(cell: str) -> None:
    assert is_figure(cell, WORDS)


@pytest.mark.parametrize(
    "cell", ["2020年", "（2018年）", "培育100亿元以上龙头企业", "约束性", "—", "", "持平", "0-15岁（含不满16周岁）"]
)
def test_years_names_and_blanks_are_no_figures(cell: str) -> None:
    assert not is_figure(cell, WORDS)


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
    found = read_column((title,), WORDS)
    assert found.year == year
    assert (found.unit and found.unit[1] and found.unit[1].name) == unit


@pytest.mark.parametrize(
    ("text", "scale", "unit"), [("亿千瓦小时", 10**8, "千瓦小时"), ("亿", 10**8, None), ("家", 1, "家")]
)
def test_a_unit_is_read_with_its_multipliers(text: str, scale: int, unit: str | None) -> None:
    found = read_unit(text, WORDS)
    assert found is not None
    assert (found[0], found[1] and found[1].name) == (scale, unit)


@pytest.mark.parametrize(
    ("han", "arabic"),
    [("一九八二年", "1982年"), ("九八二年", "1982年"), ("二〇一七年", "2017年"), ("二○○五年", "2005年")],
)
def test_years_in_characters_become_figures(han: str, arabic: str) -> None:
    assert arabic_years(han, WORDS) == arabic


def test_digits_that_may_be_cut_in_two_ways_are_left_alone() -> None:
    assert split_digits("1111111", 3) == []


@pytest.mark.parametrize("seed", range(40))
def test_whatever_stands_in_a_table_its_figures_are_the_texts(seed: int) -> None:
    """Cells thrown together: nothing fails, and every figure lies where the text has it."""
    chance = Random(seed)
    pieces = [
        "指标",
        "单位",
        "2020年",
        "增长%",
        "亿元",
        "其中：",
        "#",
        "合计",
        "东湖区",
        "1",
        "35",
        "-3.2",
        "[5]",
        "—",
        "",
        "（%）",
    ]
    rows = [[chance.choice(pieces) for _ in range(chance.randint(1, 6))] for _ in range(chance.randint(1, 8))]
    mark = chance.choice([" | ", "\t", "  ", " ", "\n"])
    text = "单位：亿元，%\n" + "\n".join(
        "| " + mark.join(row) + " |" if mark == " | " else mark.join(row) for row in rows
    )
    for reading in table_readings(text):
        assert 0 <= reading.figure.core.start < reading.figure.core.end <= len(text)
