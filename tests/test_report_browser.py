"""The report in a real browser: what a reader does with mouse and keyboard, with no complaint and no request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policyx.model import Period
from policyx.report.verdicts import tally_of
from tests.conftest import make_document, make_record
from tests.exported import hard_document, quantity
from tests.reports import WHY_NO_BROWSER, Visit, browser, data_of, page_of

pytestmark = pytest.mark.skipif(WHY_NO_BROWSER is not None, reason=str(WHY_NO_BROWSER))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all tests."""
    with browser() as started:
        yield started


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Opens a page; in the end no page may have complained or asked for anything."""
    context = chromium.new_context(accept_downloads=True, viewport={"width": 1400, "height": 900})
    visits: list[Visit] = []

    def opened(page: str | Path | None = None) -> Visit:
        path = page if isinstance(page, Path) else tmp_path / f"page-{len(visits)}.html"
        if not isinstance(page, Path):
            text = page or page_of(passed=[("地图.bin", "is no document")])
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        visits.append(Visit(context, path.as_uri()))
        return visits[-1]

    yield opened
    for one in visits:
        assert one.troubles == []
        assert [address for address in one.requests if not address.startswith("blob:")] == []
    context.close()


def search(opened: Visit, words: str) -> None:
    """Look for words among the records."""
    opened.go("records")
    opened.page.fill("#search", words)


def test_the_overview_tells_counts_and_gaps(visit: Callable[..., Visit]) -> None:
    """How many documents and records, which have none, what was passed over."""
    opened = visit()
    assert "3 Documents" in opened.texts(".tile")
    assert "1 Documents without records" in opened.texts(".tile")
    assert "1 contradicted" in opened.texts(".tile")
    gaps = " ".join(opened.texts(".gaps"))
    assert "通知.txt" in gaps and "地图.bin is no document" in gaps


def test_the_language_changes_on_the_page(visit: Callable[..., Visit]) -> None:
    """Heads, codes and the language that the page says it is in."""
    opened = visit()
    opened.page.click("#language")
    assert opened.texts("nav button") == ["总览", "记录", "核对", "图表", "复核"]
    assert opened.page.get_attribute("html", "lang") == "zh-CN"
    opened.go("records")
    assert "目标" in opened.texts(".rows .status")
    assert "高新技术企业数" in opened.texts(".rows .name small")
    opened.page.click("#language")
    assert "high-tech enterprises" in opened.texts(".rows .name small")
    search(opened, "high-tech ENTERPRISES 3600")
    assert opened.texts(".rows .amount") == ["3,600家"]


def test_a_search_finds_names_and_sentences(visit: Callable[..., Visit]) -> None:
    """All words have to be found, wherever each is."""
    opened = visit()
    search(opened, "瞪羚企业")
    assert "57家" in opened.texts(".rows .amount")
    search(opened, "改造完成")
    assert opened.texts(".rows .name span") == ["𠮷野路改造", *["高新技术企业"] * 3]
    search(opened, "高新技术企业数 3600")
    assert opened.texts(".rows .amount") == ["3,600家"]
    search(opened, "没有这样的话")
    assert opened.texts("#count") == ["No record fits"]


def test_filters_and_sorting_go_together(visit: Callable[..., Visit]) -> None:
    """Only targets, the largest first."""
    opened = visit()
    opened.go("records")
    opened.page.get_by_label("Status", exact=True).select_option("target")
    assert set(opened.texts(".rows .status")) == {"target"}
    for _ in range(2):
        opened.page.get_by_role("columnheader", name="Value").get_by_role("button").click()
    amounts = opened.texts(".rows .amount")
    assert amounts[:2] == ["3,600家", "3,000家"]
    assert set(opened.texts(".rows .status")) == {"target"}
    opened.page.get_by_role("button", name="Clear filters").click()
    assert {"actual", "target"} <= set(opened.texts(".rows .status"))


def test_a_click_opens_the_text_with_the_evidence_marked(visit: Callable[..., Visit]) -> None:
    """Quantity, name, period and cue, in sight, in the original; the repaired text at a key."""
    opened = visit()
    search(opened, "高新技术企业数 3000")
    opened.page.click(".rows .row")
    assert opened.texts("#source mark.quantity") == ["3000家"]
    assert opened.texts("#source mark.name") == ["高新技术企业"]
    assert opened.texts("#source mark.period") == ["2023年"]
    assert "力争" in opened.texts("#source mark.cue")
    place = opened.page.locator("#source mark.quantity").bounding_box()
    box = opened.page.locator("#source .text").bounding_box()
    assert box["y"] < place["y"] < box["y"] + box["height"]


def test_a_text_is_shown_as_it_came_and_as_it_was_repaired(visit: Callable[..., Visit]) -> None:
    """The quantity is marked in both; in the repaired text what was changed is."""
    opened = visit()
    search(opened, "高新技术企业数 ２５００")
    opened.page.click(".rows .row")
    assert "".join(opened.texts("#source mark.quantity")) == "２５００家"
    opened.page.keyboard.press("r")
    assert "".join(opened.texts("#source mark.quantity")) == "2500家"
    assert "".join(opened.texts("#source .text .edit")) == "2500"


def test_a_period_far_above_is_a_click_away(visit: Callable[..., Visit]) -> None:
    """Also where a long text is shown in part."""
    text = "一、2021年工作回顾\n\n" + "各项工作稳步推进。\n" * 4000 + "高新技术企业达到2500家。"
    start = text.index("2500家")
    record = make_record(
        start=start, end=start + 5, sentence_start=start - 8, sentence_end=start + 6, sentence=text[-14:],
        period=Period("2021年", "2021-01-01", "2021-12-31", origin="carried"),
    )  # fmt: skip
    opened = visit(page_of([make_document(record, original=text, repaired=text, edits=())]))
    search(opened, "高新技术")
    opened.page.click(".rows .row")
    assert opened.texts("#source mark.period") == []
    opened.page.get_by_role("button", name="2021年（carried over）").click()
    assert opened.texts("#source mark.period") == ["2021年"]
    assert opened.page.locator("#source mark.period").bounding_box()["y"] > 0


def test_marks_stand_right_behind_characters_beyond_16_bits(visit: Callable[..., Visit]) -> None:
    """A script counts such a character twice."""
    opened = visit()
    search(opened, "高新技术企业数 3120")
    opened.page.click(".rows .row")
    assert opened.texts("#source mark.quantity") == ["3120家"]
    assert "高新技术企业" in "".join(opened.texts("#source mark.name"))


def test_a_quantity_in_the_text_leads_to_its_record(visit: Callable[..., Visit]) -> None:
    """Each of the others is marked and can be clicked."""
    opened = visit()
    search(opened, "瞪羚企业 57")
    opened.page.locator(".rows .row", has_text="57家").click()
    opened.page.locator("#source mark.other", has_text="91家").click()
    assert opened.texts("#source mark.quantity") == ["91家"]


def test_numbers_are_read_in_wan_and_yi_and_exact_on_hover(visit: Callable[..., Visit]) -> None:
    """1250.5亿元 in Chinese, 125.05 billion in English, all digits in the tip."""
    opened = visit()
    search(opened, "1250.5")
    amount = opened.page.locator(".rows .amount", has_text="125.05 billion").first
    assert amount.get_attribute("title").splitlines()[0] == "125,050,000,000元"
    opened.page.click("#language")
    assert "1250.5亿元" in opened.texts(".rows .amount")


def test_a_finding_shows_its_arithmetic_and_leads_to_each_side(visit: Callable[..., Visit]) -> None:
    """Contradictions first; a side opens its text, where the finding stands too."""
    opened = visit()
    opened.go("findings")
    assert opened.texts("section .tag")[:2] == ["≠ contradicted", "✓ confirmed"]
    opened.page.locator("section li", has_text="91家 + 57家 + 8家 = 156家").locator(".side", has_text="57家").click()
    assert opened.texts("#source mark.quantity") == ["57家"]
    assert "91家 + 57家 + 8家 = 156家" in opened.page.inner_text("#source .findings")
    opened.page.locator("#source .side", has_text="156家").click()
    assert opened.texts("#source mark.quantity") == ["156家"]


def test_the_figures_of_a_rule_lead_to_each_other(visit: Callable[..., Visit]) -> None:
    """Its condition, its rate and its cap, told by their roles."""
    roles = [("condition", 3), ("rate", 3), ("cap", 3), ("cap", 4)]
    figures = [
        make_record(
            start=10, end=15, sentence_end=16, name=f"{role}{clause}", status="policy", role=role, clause=f"c{clause}"
        )
        for role, clause in roles
    ]
    opened = visit(page_of([make_document(*figures)]))
    search(opened, "rate3")
    opened.page.click(".rows .row")
    sides = opened.page.locator("#source .side")
    assert [text.split()[0] for text in sides.all_inner_texts()] == ["condition", "rate", "cap"]
    sides.last.click()
    assert opened.texts("#source h2") == ["cap3"]


def test_charts_show_targets_beside_what_was_reached(visit: Callable[..., Visit]) -> None:
    """A point for each year, told apart by its shape; a click opens the record."""
    opened = visit()
    opened.go("charts")
    opened.page.get_by_label("Indicator").select_option(label=label_of(opened, "high-tech enterprises"))
    points = opened.page.locator("figure >> nth=0").locator("g[data-opens]")
    told = [points.nth(at).get_attribute("aria-label") for at in range(points.count())]
    assert {"青禾市 2022 actual: 2,500家", "青禾市 2023 target: 3,000家", "青禾市 2023 actual: 3,120家",
            "青禾市 2024 target: 3,600家"} <= set(told)  # fmt: skip
    assert points.locator("circle.point").count() == 2 and points.locator("rect.point").count() == 2
    points.nth(0).click()
    assert "".join(opened.texts("#source mark.quantity")) == "２５００家"


def label_of(opened: Visit, indicator: str) -> str:
    """The line of the list of indicators that begins with a label."""
    lines = opened.page.get_by_label("Indicator").locator("option").all_inner_texts()
    return next(line for line in lines if line.startswith(indicator))


def test_charts_compare_places_and_show_the_parts_of_a_whole(visit: Callable[..., Visit]) -> None:
    """A bar for each place, the largest first; a bar for each part of a sum that was confirmed."""
    places = [("甲市", "2500"), ("乙市", "4100"), ("丙市", "900")]
    given = [
        make_document(make_record(place=place, quantity=quantity(value, unit_text="家")), source=f"{place}.txt")
        for place, value in places
    ]
    opened = visit(page_of(given))
    opened.go("charts")
    bars = opened.page.locator("figure >> nth=1").locator("g.opens")
    told = [bars.nth(at).get_attribute("aria-label") for at in range(bars.count())]
    assert [text.split()[0] for text in told] == ["乙市", "甲市", "丙市"]
    opened = visit()
    opened.go("charts")
    parts = opened.page.locator("rect.part")
    assert parts.count() == 3
    widths = [float(parts.nth(at).get_attribute("width")) for at in range(3)]
    assert widths[0] / widths[1] == pytest.approx(91 / 57, rel=0.01)


def test_the_keyboard_does_it_all(visit: Callable[..., Visit]) -> None:
    """Search, move, open, judge, close."""
    opened = visit()
    keys = opened.page.keyboard
    keys.press("?")
    assert opened.page.get_by_text("/ searches").is_visible()
    keys.press("?")
    keys.press("/")
    keys.type("高新技术")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    assert opened.page.locator("#source").count() == 0
    keys.press("Enter")
    first = opened.texts("#source mark.quantity")
    keys.press("ArrowDown")
    assert opened.texts("#source mark.quantity") != first
    assert opened.page.locator(".row[aria-selected=true]").count() == 1
    keys.press("1")
    assert opened.page.locator("#source [data-verdict=right][aria-pressed=true]").count() == 1
    keys.press("Escape")
    assert opened.page.locator("#source").count() == 0
    assert opened.texts(".row .judged") == ["✓"]


def test_the_review_begins_with_what_is_doubtful(visit: Callable[..., Visit]) -> None:
    """What contradicts, then what is flagged; each verdict brings up the next record."""
    opened = visit()
    opened.go("review")
    first, second, third = opened.texts(".rows .amount")[:3]
    assert {first, second, third} == {"3,120家", "620家", "28%"}
    keys = opened.page.keyboard
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.press("2")
    assert opened.texts("#source mark.quantity") == [second.replace(",", "")]  # as it is written
    assert "1 of" in opened.texts("#progress")[0] and "0 right" in opened.texts("#progress")[0]


def test_the_review_goes_by_confidence(visit: Callable[..., Visit]) -> None:
    """The least sure first; what has none is taken for sure."""
    sure = [("b", 0.9), ("c", None), ("a", 0.4), ("d", 0.62)]
    records = [
        make_record(start=10, end=15, sentence_end=16, name=name, flags=(), confidence=how) for name, how in sure
    ]
    opened = visit(page_of([make_document(*records)]))
    opened.go("review")
    assert [text.split()[0] for text in opened.texts(".rows .name")] == ["a", "d", "b", "c"]
    assert opened.texts(".rows .confidence")[0] == "40% ⚠"
    opened.go("records")
    opened.page.get_by_label("doubtful only").check()
    assert [text.split()[0] for text in opened.texts(".rows .name")] == ["a"]


def test_verdicts_are_saved_as_json_and_inside_a_copy_of_the_page(visit: Callable[..., Visit], tmp_path: Path) -> None:
    """The copy is the same page with the verdicts in it, and works like the first."""
    opened = visit()
    opened.go("review")
    for key in ("ArrowDown", "Enter", "3", "1"):
        opened.page.keyboard.press(key)
    saved = json.loads(opened.save("Download verdicts (JSON)", tmp_path / "verdicts.json").read_text("utf-8"))
    assert sorted(one["verdict"] for one in saved["verdicts"]) == ["right", "wrong_name"]
    (first,) = [one for one in saved["verdicts"] if one["verdict"] == "wrong_name"]
    assert first["source"].endswith("年青禾市政府工作报告.txt") and first["quote"]
    copy = opened.save("Save", tmp_path / "copy.html")
    assert sorted(data_of(copy.read_text("utf-8"), "verdicts").values()) == ["right", "wrong_name"]
    for path in (tmp_path / "verdicts.json", copy):
        tally = tally_of(path)
        assert (tally.total.reviewed, str(tally.total.precision)) == (2, "0.5000")
        assert tally.total.records == saved["records"]
        assert sum(one.reviewed for one in tally.indicators.values()) == 2
    again = visit(copy)
    again.go("review")
    assert "2 of" in again.texts("#progress")[0] and "1 right" in again.texts("#progress")[0]
    third = again.save("Save", tmp_path / "third.html")
    assert third.read_text("utf-8") == copy.read_text("utf-8")


def test_ten_thousand_records_keep_few_rows_in_the_page(visit: Callable[..., Visit]) -> None:
    """Only those in sight are elements; each can be reached by scrolling and by search."""
    many = [make_record(start=10, end=15, sentence_end=16, name=f"第{number}项指标") for number in range(10_000)]
    opened = visit(page_of(make_document(*many[at : at + 100], source=f"{at}.txt") for at in range(0, len(many), 100)))
    opened.go("records")
    assert opened.texts("#count") == ["10,000 of 10,000 records"]
    assert opened.page.locator(".rows .row").count() < 60
    opened.page.evaluate("document.querySelector('.box').scrollTop = 1e9")
    opened.page.get_by_text("第9999项指标").wait_for()
    opened.page.fill("#search", "第4321项")
    assert [text.split()[0] for text in opened.texts(".rows .name")] == ["第4321项指标"]


def test_markup_of_a_text_stays_text(visit: Callable[..., Visit]) -> None:
    """Nothing of a document becomes an element, in no view."""
    evil = "</script><img src=x onerror=alert(1)><b>达到2500家</b>"
    opened = visit(page_of([hard_document(title=evil), make_document(make_record(name=evil, place=evil, label=evil))]))
    for view in ("overview", "records", "findings", "charts", "review"):
        opened.go(view)
        assert opened.page.locator("main img").count() == 0
    opened.go("records")
    assert evil in opened.page.locator(".rows .row").last.inner_text()


def test_a_page_without_documents_says_so(visit: Callable[..., Visit]) -> None:
    """Every view opens."""
    opened = visit(page_of([], passed=[("a.bin", "is no document")]))
    for view in ("overview", "records", "findings", "charts", "review"):
        opened.go(view)
    opened.go("overview")
    assert "a.bin is no document" in " ".join(opened.texts(".gaps"))


def test_what_is_printed_is_the_view_without_its_controls(visit: Callable[..., Visit]) -> None:
    """Charts without the lists to choose from."""
    opened = visit()
    opened.go("charts")
    opened.page.emulate_media(media="print")
    assert not opened.page.locator(".filters").first.is_visible()
    assert opened.page.locator("figure svg").first.is_visible()
