"""What became of aims: six reports of two invented places, whose answers are known, and judgements one by one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import policyx
from policyx.model import Document
from policyx.track import VERDICTS, Track, track

Run = Callable[..., Any]

EXAMPLES = Path(__file__).parents[1] / "examples" / "track"
YUNXI, LINHE = "湖北省云溪市", "湖北省林禾县"

# place, indicator, year, aim, what came out, verdict, judged by, arithmetic
KNOWN = {
    (YUNXI, "fiscal.revenue", 2022, "10%", "8.0%", "missed", "outcome", "8.0% − 10% = −2个百分点"),
    (YUNXI, "fiscal.revenue", 2023, "8%", "10.0%", "met", "outcome", "10.0% − 8% = +2个百分点"),
    (YUNXI, "fiscal.revenue", 2024, "6%", None, "open", None, ""),
    (YUNXI, "output.gdp", 2022, "8%", "8.1%", "met", "outcome", "8.1% − 8% = +0.1个百分点"),
    (YUNXI, "output.gdp", 2023, "7.5%", "6.9%", "missed", "outcome", "6.9% − 7.5% = −0.6个百分点"),
    (YUNXI, "output.gdp", 2024, "7%", None, "open", None, ""),
    (YUNXI, "output.retail", 2022, "9%", None, "not_reported", None, ""),
    (YUNXI, "price.cpi", 2022, "3%", "2.1%", "met", "outcome", "2.1% − 3% = −0.9个百分点"),
    (LINHE, "output.gdp", 2022, "7%", "6.3%", "missed", "outcome", "6.3% − 7% = −0.7个百分点"),
    (LINHE, "output.gdp", 2023, "6.5%", "6.6%", "met", "outcome", "6.6% − 6.5% = +0.1个百分点"),
    (LINHE, "output.gdp", 2024, "6%", None, "open", None, ""),
    (LINHE, "output.gdp", 2025, "7%", None, "lowered", None, ""),
    (LINHE, "output.gdp", 2025, "6%", None, "open", None, ""),
    (LINHE, "people.unemployment.registered", 2022, "3.5%", "3.6%", "missed", "outcome", "3.6% − 3.5% = +0.1个百分点"),
    (LINHE, "people.unemployment.registered", 2023, "3.8%", "3.5%", "met", "outcome", "3.5% − 3.8% = −0.3个百分点"),
}


@pytest.fixture(scope="module")
def tracked() -> Track:
    """The example set."""
    return track(item for item in policyx.documents(EXAMPLES) if isinstance(item, Document))


def test_every_aim_of_the_example_set_has_its_known_outcome(tracked: Track) -> None:
    """Fifteen aims, each with verdict and arithmetic."""
    found = {
        (
            pledge.place,
            pledge.indicator,
            pledge.year,
            pledge.aim.quote,
            pledge.outcome.quote if pledge.outcome else None,
            pledge.verdict,
            pledge.judged_by,
            pledge.arithmetic,
        )
        for pledge in tracked.pledges
    }
    assert found == KNOWN
    assert {pledge.verdict for pledge in tracked.pledges} == set(VERDICTS)


def test_both_quotes_lead_to_their_documents(tracked: Track) -> None:
    """The aim in the report of one year, the outcome in that of the next."""
    pledge = next(item for item in tracked.pledges if (item.indicator, item.year) == ("output.gdp", 2023))
    assert pledge.outcome is not None and pledge.difference == Decimal("-0.6")
    for figure, name in ((pledge.aim, "yunxi-2023.txt"), (pledge.outcome, "yunxi-2024.txt")):
        text = Path(figure.source).read_text(encoding="utf-8")
        assert Path(figure.source).name == name and text[figure.start : figure.end] == figure.quote


def test_documents_that_disagree_are_listed_with_both_sides(tracked: Track) -> None:
    """A figure that was told anew, and a base that last year's report does not have."""
    found = {(item.kind, item.year, item.first.quote, item.second.quote, item.arithmetic) for item in tracked.conflicts}
    assert found == {
        ("restated", 2022, "54.0亿元", "55.0亿元", "54.0亿元 ≠ 55.0亿元"),
        ("base", 2023, "54.0亿元", "60.5亿元", "60.5亿元 ÷ (1 + 10.0%) = 55亿元 ≠ 54.0亿元"),
    }


def test_a_path_has_aim_forecast_and_outcome_of_each_year(tracked: Track) -> None:
    """As far as they are told."""
    path = {step.year: step for step in tracked.steps if step.place == LINHE and step.indicator == "output.gdp"}
    assert sorted(path) == [2021, 2022, 2023, 2024]
    step = path[2022]
    assert step.aim and step.forecast and step.outcome
    assert (step.aim.value, step.forecast.value, step.outcome.value) == (7, Decimal("6.5"), Decimal("6.3"))


def one(aim: str, outcome: str) -> tuple[str, str]:
    """Verdict and arithmetic of an aim for 2022 and what the next report says."""
    first = f"湖北省云溪市2022年政府工作报告\n一、2022年工作安排\n今年主要预期目标是：地区生产总值{aim}。\n"
    second = f"湖北省云溪市2023年政府工作报告\n一、2022年工作回顾\n2022年，全市地区生产总值{outcome}。\n"
    documents = [policyx.extract(text, source=name) for text, name in ((first, "a.txt"), (second, "b.txt"))]
    (pledge,) = [item for item in track(documents, indicators=["output.gdp"]).pledges if item.year == 2022]
    return pledge.verdict, pledge.arithmetic


@pytest.mark.parametrize(
    ("aim", "outcome", "verdict"),
    [
        ("增长8%", "增长8.0%", "met"),
        ("增长8%", "增长7.9%", "missed"),
        ("增长8%以上", "增长8.3%", "met"),
        ("增长8%左右", "增长7.8%", "met"),
        ("增长8%左右", "增长7.4%", "missed"),
        ("增长7%—8%", "增长7.2%", "met"),
        ("增长7%—8%", "增长6.8%", "missed"),
        ("增长8%", "增长8%以上", "met"),
        ("达到800亿元", "达到1.2万亿元", "met"),
        ("达到800亿元", "达到120亿美元", "not_reported"),
    ],
)
def test_an_aim_counts_as_it_is_written(aim: str, outcome: str, verdict: str) -> None:
    """About 8 % is anything that rounds to it; a range is met from its lower end on."""
    assert one(aim, outcome)[0] == verdict


def test_what_the_report_on_the_year_only_forecasts_is_judged_as_that() -> None:
    """And said so."""
    first = "湖北省云溪市2022年政府工作报告\n一、2022年工作安排\n今年主要预期目标是：地区生产总值增长8%。\n"
    second = "湖北省云溪市2023年政府工作报告\n一、2022年工作回顾\n2022年，全市地区生产总值预计增长7.5%。\n"
    documents = [policyx.extract(text, source=name) for text, name in ((first, "a.txt"), (second, "b.txt"))]
    (pledge,) = track(documents, indicators=["output.gdp"]).pledges
    assert (pledge.verdict, pledge.judged_by, pledge.outcome) == ("missed", "forecast", None)


def test_an_average_over_years_is_judged_by_the_product_of_the_years() -> None:
    """1.06 × 1.07 × 1.075 is less than 1.07 to the third."""
    texts = ["湖北省云溪市2022年政府工作报告\n一、目标\n2022—2024年，地区生产总值年均增长7%。\n"]
    for year, rate in ((2022, "6.0%"), (2023, "7.0%"), (2024, "7.5%")):
        texts.append(
            f"湖北省云溪市{year + 1}年政府工作报告\n一、{year}年工作回顾\n{year}年，全市地区生产总值增长{rate}。\n"
        )
    documents = [policyx.extract(text, source=f"{number}.txt") for number, text in enumerate(texts)]
    (pledge,) = track(documents, indicators=["output.gdp"]).pledges
    assert (pledge.since, pledge.year, pledge.verdict) == (2022, 2024, "missed")
    assert pledge.arithmetic == "1.06 × 1.07 × 1.075 = 1.21926 < 1.07^3 = 1.22504"


def test_the_command_prints_a_row_for_each_aim(run: Run) -> None:
    """CSV in a pipe; the tally goes to standard error."""
    result = run("track", str(EXAMPLES))
    table = list(csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff"))))
    assert result.exit_code == 0 and len(table) == len(KNOWN)
    assert {row["verdict"] for row in table} == set(VERDICTS)
    assert "15 aims: 4 missed" in result.stderr


@pytest.mark.parametrize("show", ["pledges", "paths", "conflicts"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet", "dta", "jsonl"])
def test_every_table_can_be_written_to_every_file(run: Run, show: str, suffix: str) -> None:
    """And is not empty."""
    target = Path(f"track.{suffix}")
    assert run("track", str(EXAMPLES), "--show", show, "-o", str(target)).exit_code == 0
    assert target.stat().st_size > 100


def test_json_and_the_page_hold_all_of_it(run: Run) -> None:
    """Pledges, paths and conflicts; the page has charts and needs no script."""
    whole = json.loads(run("track", str(EXAMPLES), "-f", "json").stdout)
    assert len(whole["pledges"]) == 15 and len(whole["conflicts"]) == 2 and whole["paths"]
    assert whole["pledges"][0]["aim"]["quote"] == "10%"
    page = run("track", str(EXAMPLES), "-f", "html", "--lang", "zh").stdout
    assert "<svg" in page and "<script" not in page and "未实现" in page and "基数不符" in page


def test_the_command_takes_a_dataset(run: Run) -> None:
    """With the same answer."""
    assert run("extract", str(EXAMPLES), "-o", "all.sqlite").exit_code == 0
    assert run("track", "all.sqlite").stdout == run("track", str(EXAMPLES)).stdout


def test_wrong_use_and_bad_input_are_told(run: Run) -> None:
    """Exit codes 2 and 1."""
    assert run("track", str(EXAMPLES), "--show", "x").exit_code == 2
    assert run("track", str(EXAMPLES), "--indicator", "x").exit_code == 2
    assert run("track", "missing").exit_code == 1
