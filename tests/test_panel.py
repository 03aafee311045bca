"""The panel: whose figure counts for which place and year, and why; places over renames; what the files hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import policyx
from policyx.errors import PolicyxError
from policyx.model import Document
from policyx.panel import COLUMNS, Panel, PanelRow, panel
from policyx.panel.chart import Line, scaled, series_chart
from policyx.panel.places import place_of, places
from policyx.panel.table import coded, wide_table
from policyx.rules import builtin_rules

Run = Callable[..., Any]

REPORT = (
    "云南省2012年政府工作报告\n一、2011年工作回顾\n"
    "2011年，全省生产总值达到8750亿元，增长13.7%。开发区生产总值增长20.1%。\n"
    "二、2012年工作安排\n"
    "今年经济社会发展的主要预期目标是：确保全省生产总值增长12%，力争增长13%，固定资产投资增长25%左右，城镇登记失业率控制在4.6%以内。\n"
)


def report(text: str = REPORT, **told: Any) -> Document:
    """A report of an invented year of a real place."""
    return policyx.extract(text, source=told.pop("source", "云南省/2012.txt"), **told)


def rows(*documents: Document, **options: Any) -> dict[tuple[Any, ...], PanelRow]:
    """The rows of a panel by indicator, measure, status and year."""
    found = panel(documents, **options).rows
    return {(row.indicator, row.measure, row.status, row.year): row for row in found}


def test_the_place_s_own_figure_counts_and_a_part_s_is_left_out() -> None:
    """开发区 never stands for the province."""
    whole = panel([report()])
    actual = {(row.indicator, row.measure, row.year): row for row in whole.rows if row.status == "actual"}
    growth = actual["output.gdp", "growth_rate", 2011]
    assert growth.value == Decimal("13.7") and growth.place == "云南省" and growth.place_code == "530000"
    assert actual["output.gdp", "level", 2011].value == Decimal(875000000000)
    assert whole.left_out >= 1


def test_an_aim_has_its_force_and_the_higher_aim_beside_it() -> None:
    """确保增长12%，力争增长13%: one row, hard, with 13 as its stretch value."""
    row = rows(report())["output.gdp", "growth_rate", "target", 2012]
    assert (row.value, row.force, row.stretch) == (12, "hard", 13)
    assert row.state == "found" and row.quote == "12%" and REPORT[row.start : row.end] == "12%"


def test_a_year_s_own_figure_comes_before_an_average_over_years() -> None:
    """Whichever stands first; where only the average is told, the reason says so."""
    text = (
        "贵州省2016年政府工作报告\n一、目标\n“十三五”时期，到2020年全省生产总值年均增长9%以上。\n"
        "2020年全省生产总值增长6%左右。\n"
    )
    row = rows(report(text, source="a.txt"), indicators=["output.gdp"])["output.gdp", "growth_rate", "target", 2020]
    assert (row.value, row.chosen_because, row.candidates) == (6, "year_of_its_own", 2)
    only = text.replace("2020年全省生产总值增长6%左右。\n", "")
    row = rows(report(only, source="a.txt"), indicators=["output.gdp"])["output.gdp", "growth_rate", "target", 2020]
    assert (row.value, row.chosen_because) == (9, "average_over_years")


def test_the_report_on_a_year_comes_before_what_later_ones_say_of_it() -> None:
    """And the reason names it."""
    later = "云南省2014年政府工作报告\n一、回顾\n2011年，全省生产总值增长13.5%。2013年，全省生产总值增长12.1%。\n"
    row = rows(report(later, source="b.txt"), report(), indicators=["output.gdp"])[
        "output.gdp", "growth_rate", "actual", 2011
    ]
    assert (row.value, row.chosen_because, row.candidates) == (Decimal("13.7"), "report_on_the_year", 2)


def test_two_rates_of_one_indicator_are_two_series() -> None:
    """The registered and the surveyed unemployment rate."""
    row = rows(report())["people.unemployment.registered", "level", "target", 2012]
    assert (row.value, row.bound) == (Decimal("4.6"), "le")
    assert not any(key[0] == "people.unemployment.surveyed" for key in rows(report()))


def test_what_is_not_there_is_told_with_its_reason() -> None:
    """No document, not in the text, or stated that no figure is set."""
    silent = "云南省2014年政府工作报告\n一、回顾\n2013年，新建学校12所。\n二、安排\n今年不设具体经济增长目标。\n"
    found = rows(report(), report(silent, source="b.txt"), indicators=["output.gdp"], gaps=True)
    assert found["output.gdp", "growth_rate", "target", 2012].state == "found"
    assert found["output.gdp", "growth_rate", "target", 2013].state == "no_document"
    absent = found["output.gdp", "growth_rate", "target", 2014]
    assert (absent.state, absent.value) == ("absent_stated", None) and "不设具体" in (absent.sentence or "")
    assert found["output.gdp", "growth_rate", "actual", 2013].state == "not_in_text"


def test_papers_code_x_or_more_and_ranges_their_way() -> None:
    """7% or more is 7.05, 6 to 7 is 6.5; what was told stays in the bound."""
    text = "云南省2012年政府工作报告\n一、安排\n今年主要预期目标是：全省生产总值增长{}。\n"
    for told, raw, paper in (("7%以上", "7", "7.05"), ("6%—7%", "6", "6.5"), ("8%", "8", "8")):
        whole = panel([report(text.format(told))], indicators=["output.gdp"])
        assert [row.value for row in whole.rows] == [Decimal(raw)]
        assert [row.value for row in coded(whole, "paper").rows] == [Decimal(paper)]


def test_a_wide_table_has_a_column_for_each_year() -> None:
    """And one row for a series of a place."""
    later = "云南省2014年政府工作报告\n一、回顾\n2013年，全省生产总值增长12.1%。\n"
    table = wide_table(panel([report(), report(later, source="b.txt")], indicators=["output.gdp"], statuses=["actual"]))
    row = next(row for row in table.dicts() if row["measure"] == "growth_rate")
    assert (row["y2011"], row["y2013"]) == (Decimal("13.7"), Decimal("12.1"))


def test_an_unknown_indicator_and_an_unknown_place_are_told() -> None:
    """The first is an error, the second is counted with the document's name."""
    with pytest.raises(PolicyxError, match="no indicator"):
        panel([], indicators=["nothing.at_all"])
    assert panel([report("2011年，新建学校12所。\n", source="x.txt")]).unplaced == ("x.txt",)


@pytest.mark.parametrize(
    ("name", "year", "code", "identity"),
    [
        ("云南省", 2000, "530000", "530000"),
        ("云南", 2020, "530000", "530000"),
        ("毕节地区", 2008, "522400", "520500"),
        ("毕节市", 2016, "520500", "520500"),
        ("襄樊市", 2005, "420600", "420600"),
        ("襄阳市", 2015, "420600", "420600"),
        ("黔东南州", 2014, "522600", "522600"),
        ("广东省广州市", 2014, "440100", "440100"),
        ("增城市", 2010, "440183", "440118"),
        ("广州市增城区", 2023, "440118", "440118"),
        ("新疆自治区", 2006, "650000", "650000"),
        ("莱芜市", 2012, "371200", "371200"),
    ],
)
def test_a_place_is_found_with_the_code_of_the_year_and_a_lasting_id(
    name: str, year: int, code: str, identity: str
) -> None:
    """Full names, short ones, those with the place above, and after renaming."""
    found = places().find(name, year)
    assert found is not None and (found.code, found.id) == (code, identity)


def test_a_name_that_several_places_have_is_none_of_them() -> None:
    """There is a 鼓楼区 in four cities; with its city it is one."""
    assert places().find("鼓楼区", 2015) is None
    assert places().find("南京市鼓楼区", 2015) is not None and places().find("没有的地方", 2015) is None


def test_a_place_that_was_taken_over_says_by_which_and_lies_in_its_province() -> None:
    """莱芜 became a part of 济南 in 2019."""
    gone = places().find("莱芜市", 2015)
    assert gone is not None and gone.into == "370100"
    parent = places().parent(gone)
    assert parent is not None and parent.name == "山东省"


def test_a_document_s_place_comes_from_its_text_its_title_or_its_folder() -> None:
    """The title first, the folder before what the text only mentions."""
    for place, title, source, name in (
        ("云南省", "贵州省报告", "a.txt", "贵州省"),
        ("云南省", "云南省报告", "reports/江西省/2015.md", "云南省"),
        ("北京市", "政府工作报告", "reports/江西省/2015.md", "江西省"),
        ("北京市", "政府工作报告", "a.txt", "北京市"),
        (None, "贵州省2016年政府工作报告", "a.txt", "贵州省"),
        (None, "政府工作报告", "reports/江西省/2015.md", "江西省"),
    ):
        found = place_of(place, title, source, 2015)
        assert found is not None and found.name == name


def test_every_headline_indicator_is_a_known_one() -> None:
    """Fourteen series of the twelve headline indicators."""
    rules = builtin_rules()
    known = {entry["id"] for entry in rules.of("indicator")}
    assert len(rules.of("headline")) == 14
    assert all(entry["indicator"] in known for entry in rules.of("headline"))


def test_a_chart_is_well_formed_and_needs_no_style_or_script() -> None:
    """Each point tells its year, status and number."""
    lines = [
        Line("actual", ((2020, Decimal("2.3"), None), (2021, Decimal("8.1"), None))),
        Line("target", ((2021, Decimal(6), Decimal(7)),)),
    ]
    svg = series_chart("生产总值 <增长>", lines, "%")
    root = ElementTree.fromstring(svg)
    titles = [element.text for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "2021 目标 6–7" in titles and "2020 实际 2.3" in titles
    assert "style=" not in svg and "<script" not in svg
    assert series_chart("nothing", [], "%") == ""
    assert scaled([Decimal(875000000000)], "元") == (Fraction(10**8), "亿元")


@pytest.fixture
def folder() -> str:
    """Two reports in a folder."""
    Path("reports").mkdir()
    Path("reports/a.txt").write_text(REPORT, encoding="utf-8")
    Path("reports/b.txt").write_text(
        "云南省2014年政府工作报告\n一、回顾\n2013年，全省生产总值增长12.1%。\n二、安排\n今年，全省生产总值增长11%左右。\n",
        encoding="utf-8",
    )
    return "reports"


def test_the_command_prints_the_columns_of_the_contract(run: Run, folder: str) -> None:
    """As CSV in a pipe, one row a key."""
    result = run("panel", folder, "--indicator", "output.gdp", "--measure", "growth_rate", "--status", "target")
    table = list(csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff"))))
    assert result.exit_code == 0 and tuple(table[0]) == COLUMNS
    assert [(row["place"], row["year"], row["value"], row["bound"]) for row in table] == [
        ("云南省", "2012", "12", "eq"),
        ("云南省", "2014", "11", "approx"),
    ]


def test_the_command_takes_a_dataset_and_words_in_chinese(run: Run, folder: str) -> None:
    """The panel of the dataset is that of the texts."""
    assert run("extract", folder, "-o", "all.duckdb").exit_code == 0
    options = ("--indicator", "地区生产总值", "--measure", "增长率", "--status", "目标", "--year", "2012年-2014年")
    assert run("panel", "all.duckdb", *options).stdout == run("panel", folder, *options).stdout != ""


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "dta", "parquet", "html", "json", "jsonl"])
def test_every_file_holds_the_rows(run: Run, folder: str, suffix: str) -> None:
    """Read back with what others read such files with."""
    target = f"panel.{suffix}"
    assert run("panel", folder, "--indicator", "output.gdp", "-o", target, "--lang", "zh").exit_code == 0
    assert _first_place(Path(target), suffix) == "云南省"


def _first_place(path: Path, suffix: str) -> Any:
    if suffix == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        return openpyxl.load_workbook(path).active["A2"].value
    if suffix == "dta":
        pandas = pytest.importorskip("pandas")
        assert pandas.read_stata(path, iterator=True).variable_labels()["place"] == "地区"
        return pandas.read_stata(path)["place"][0]
    if suffix == "parquet":
        duckdb = pytest.importorskip("duckdb")
        return duckdb.execute(f"SELECT place FROM read_parquet('{path}')").fetchall()[0][0]
    text = path.read_text(encoding="utf-8-sig")
    if suffix == "html":
        assert "<svg" in text and "Content-Security-Policy" in text
        return "云南省" if "<h2>云南省</h2>" in text else None
    if suffix == "csv":
        return next(csv.DictReader(io.StringIO(text)))["place"]
    return (
        json.loads(text.splitlines()[0] if suffix == "jsonl" else text)[0]["place"]
        if suffix == "json"
        else (json.loads(text.splitlines()[0])["place"])
    )


def test_wrong_values_are_usage_errors_that_say_what_is_known(run: Run, folder: str) -> None:
    """Exit code 2."""
    for options in (("--indicator", "no such"), ("--measure", "x"), ("--code", "x"), ("--year", "x"), ("-f", "dta"),
                    ("-o", "panel.pdf"), ("--wide", "-f", "html")):  # fmt: skip
        result = run("panel", folder, *options)
        assert result.exit_code == 2, options


def test_what_cannot_be_read_is_named_and_the_rest_is_there(run: Run, folder: str) -> None:
    """Exit code 1."""
    result = run("panel", "missing.txt", folder)
    assert result.exit_code == 1 and "missing.txt" in result.stderr and "云南省" in result.stdout


def test_an_empty_panel_has_its_heads_only() -> None:
    """And no rows are invented."""
    assert panel([]) == Panel(())


@pytest.mark.parametrize(
    "sentence",
    [
        "2011年，全省生产总值比2006年增长73.4%。",
        "全省生产总值五年累计增长73.4%。",
        "2011年，全省生产总值由5000亿元增加到8670亿元，增长73.4%。",
        "2011年，滇中新区生产总值增长15.7%，固定资产投资增长66.3%。",
        "2011年，全国生产总值增长9.2%。",
    ],
)
def test_several_years_together_and_other_places_are_not_the_year_s_growth(sentence: str) -> None:
    """Neither a change since an earlier year, nor what goes on about a part, nor the nation's."""
    text = f"云南省2012年政府工作报告\n一、2011年工作回顾\n{sentence}\n"
    assert [row for row in panel([report(text)]).rows if row.measure == "growth_rate"] == []


def test_what_is_told_of_some_months_only_says_so() -> None:
    """上半年 is not the year."""
    text = "云南省2012年政府工作报告\n一、2011年工作回顾\n2011年上半年，全省生产总值增长12.9%。\n"
    row = rows(report(text))["output.gdp", "growth_rate", "actual", 2011]
    assert (row.value, row.chosen_because) == (Decimal("12.9"), "months_only")
