"""Checks: whether figures add up, told from texts of our own; intervals; the command."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policyx
from policyx.check import KINDS, VERDICTS, check, sentence_of
from policyx.check.interval import HUNDRED, Interval, decimal_text, written_interval
from policyx.check.sentences import templates
from policyx.model import Quantity, Unit

Run = Callable[..., Any]

_HERE = Path(__file__).parent
CASES = tomllib.loads((_HERE / "data" / "checks" / "cases.toml").read_text(encoding="utf-8"))["case"]
SHARED = _HERE.parents[1] / "shared" / "eval" / "texts"
YUAN = Unit("元", "元", Fraction(1), "money", "unit.yuan")
HOME = Unit("家", "家", Fraction(1), "count", "unit.jia")


def found(text: str) -> list[str]:
    """The findings of a text as `kind verdict: arithmetic`."""
    return [f"{item.kind} {item.verdict}: {item.arithmetic}" for item in check(policyx.extract(text))]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:30] for case in CASES])
def test_a_text_gives_these_findings_and_no_others(case: dict[str, Any]) -> None:
    """Kind, verdict and arithmetic."""
    assert found(case["text"]) == case["findings"]


def test_every_kind_of_finding_has_a_case() -> None:
    """None of them is only claimed."""
    assert {line.split()[0] for case in CASES for line in case["findings"]} == set(KINDS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_finding_is_a_sentence_with_its_arithmetic_in_both_languages(lang: str) -> None:
    """Every template is filled by the parts that its finding has."""
    used = set()
    for case in CASES:
        for item in check(policyx.extract(case["text"])):
            used.add(item.template)
            assert "{" not in sentence_of(item, lang) and len(sentence_of(item, lang)) > 8
    assert used <= templates().keys()
    assert all(set(entry) == {"zh", "en"} for entry in templates().values())


def test_each_side_of_a_finding_leads_to_its_place_in_the_text() -> None:
    """Source, start, end and quote."""
    text = "新引进三类企业160家，其中商贸企业90家，科技企业60家，文化企业10家。"
    (item,) = check(policyx.extract(text, source="a.txt"))
    assert [one.part for one in item.records] == ["whole", "part", "part", "part"]
    assert all(text[one.start : one.end] == one.quote for one in item.records)
    assert item.source == "a.txt" and item.tolerance == "0"


def test_a_record_carries_the_findings_that_it_takes_part_in() -> None:
    """And a record that takes part in none carries none."""
    document = policyx.extract("床位由100张增加到150张，增长50%。建成学校7所。")
    first, *_, last = document.records
    assert any("from_to confirmed" in text for text in first.checks) and last.checks == ()


def test_a_written_figure_is_the_interval_of_its_digits() -> None:
    """1.2万亿 is [1.15, 1.25)万亿; a count that is written out is exact."""
    from decimal import Decimal

    trillion = 10**12
    written = written_interval(Quantity(Decimal("1.2"), None, trillion, trillion, YUAN, "万亿元"))
    assert (written.low, written.high) == (Fraction(115 * trillion, 100), Fraction(125 * trillion, 100))
    assert written.meets(Interval(written.low, written.low)) and not written.meets(Interval(written.high, written.high))
    count = written_interval(Quantity(Decimal(156), None, 1, 1, HOME, "家"))
    assert (count.low, count.high) == (156, 156)
    over = written_interval(Quantity(Decimal(2), None, 1, 1, YUAN, "元", "gt"))
    assert over.high is None and over.meets(Interval(Fraction(10**9), Fraction(10**9)))


def test_intervals_are_added_and_divided_exactly() -> None:
    """A third stays a third, and what may be divided by zero may be anything."""
    third = Interval(Fraction(1), Fraction(1)) / Interval(Fraction(3), Fraction(3))
    assert third.low == Fraction(1, 3)
    assert (HUNDRED / Interval(Fraction(-1), Fraction(1))).low is None
    assert decimal_text(Fraction(2000, 3)) == "666.667" and decimal_text(Fraction(999)) == "999"


def test_the_command_prints_a_finding_a_line_and_fails_on_a_contradiction(run: Run) -> None:
    """So that a script can stop a release; without one the exit code is 0."""
    Path("bad.txt").write_text("床位由200张增加到150张。", encoding="utf-8")
    Path("good.txt").write_text("床位由100张增加到150张。", encoding="utf-8")
    result = run("check", "bad.txt")
    (line,) = [json.loads(text) for text in result.stdout.splitlines()]
    assert result.exit_code == 1 and line["kind"] == "from_to" and line["verdict"] == "contradicted"
    assert [record["quote"] for record in line["records"]] == ["200张", "150张"]
    assert "1 contradicted" in result.stderr
    assert run("check", "good.txt").exit_code == 0


def test_the_command_reads_a_dataset_like_the_texts_that_went_into_it(run: Run) -> None:
    """The same findings, word for word."""
    Path("bad.txt").write_text("床位由200张增加到150张。\n床位由100张增加到150张，增长33%。\n", encoding="utf-8")
    assert run("extract", "bad.txt", "-o", "out.sqlite").exit_code == 0
    assert run("check", "out.sqlite").stdout == run("check", "bad.txt").stdout != ""


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "html"])
def test_every_format_tells_the_sentence_in_the_language_asked_for(run: Run, format: str) -> None:
    """And marks of HTML in a document stay text."""
    Path("bad.txt").write_text("<b>床位</b>由200张增加到150张。", encoding="utf-8")
    shown = "".join(run("check", "bad.txt", "-f", format, "--lang", "zh").stdout.split())
    assert "文中却称上升" in shown and ("<b>" not in shown or format != "html")


def test_only_the_verdicts_asked_for_are_printed(run: Run) -> None:
    """All of them are counted, and decide on the exit code."""
    Path("bad.txt").write_text("床位由200张增加到150张。床位由100张增加到150张。", encoding="utf-8")
    result = run("check", "bad.txt", "--verdict", "confirmed")
    assert result.exit_code == 1 and [json.loads(line)["verdict"] for line in result.stdout.splitlines()] == [
        "confirmed"
    ]
    assert run("check", "bad.txt", "--verdict", "wrong").exit_code == 2


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_checked(run: Run) -> None:
    """Exit code 1."""
    Path("good.txt").write_text("床位由100张增加到150张。", encoding="utf-8")
    result = run("check", "missing.txt", "good.txt")
    assert result.exit_code == 1 and "missing.txt" in result.stderr and "confirmed" in result.stdout


def test_the_verdicts_are_those_of_the_contract() -> None:
    """Contradicted first, as a reader wants them."""
    assert VERDICTS == ("contradicted", "undecidable", "confirmed")


SEEDS = {
    "seed-000": {
        "level_change_growth confirmed: 477家 ÷ (1476家 − 477家) = 47.75%",
        "distribution confirmed: 3 : 3",
    },
    "seed-001": {
        "multiple confirmed: 180家 ÷ 3倍 = 60家",
        "multiple confirmed: 120家 ÷ 3倍 = 40家",
        "multiple confirmed: 120家 ÷ 4倍 = 30家",
        "unit contradicted: 全社会研发投入总经费: 2.1%",
    },
    "seed-004": {"sum confirmed: 91家 + 57家 + 8家 = 156家"},
}


@pytest.mark.shared
@pytest.mark.parametrize("name", SEEDS)
def test_the_seeds_give_the_findings_that_were_asked_for(name: str) -> None:
    """Texts of others, read where they lie."""
    paths = list(SHARED.glob(f"{name}*.txt"))
    if not paths:
        pytest.skip("the texts are not here")
    findings = {f"{item.kind} {item.verdict}: {item.arithmetic}" for item in check(policyx.extract_file(paths[0]))}
    assert SEEDS[name] <= findings


@pytest.mark.shared
def test_no_text_with_gold_gives_a_false_alarm() -> None:
    """The one contradiction there is the percentage that a plan gives as funds."""
    if not SHARED.is_dir():
        pytest.skip("the texts are not here")
    alarms = [
        (path.name[:8], item.arithmetic)
        for path in sorted(SHARED.glob("*.txt"))
        for item in check(policyx.extract_file(path))
        if item.verdict == "contradicted"
    ]
    assert alarms == [("seed-001", "全社会研发投入总经费: 2.1%")]


NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=50)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.booleans(), st.booleans())
def test_arithmetic_of_intervals_holds_for_the_numbers_in_them(
    a: Fraction, width: Fraction, b: Fraction, other: Fraction, first: bool, second: bool
) -> None:
    """Their middles' sum, difference, product and quotient lie within; two meet whichever is asked."""
    one = Interval(a, a + abs(width), closed=first or not width)
    two = Interval(b, b + abs(other), closed=second or not other)
    x, y = a + abs(width) / 2, b + abs(other) / 2
    assert _holds(one + two, x + y) and _holds(one - two, x - y) and _holds(one * two, x * y)
    assert y == 0 or _holds(one / two, x / y)
    assert one.meets(two) == two.meets(one)
    assert one.meets(one) and one.below(two) is not one._reaches(two)


def _holds(interval: Interval, value: Fraction) -> bool:
    return (interval.low is None or interval.low <= value) and (interval.high is None or value <= interval.high)
