"""The HTML report: a page of its own, in which a text is text and nothing comes from elsewhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from policyx.export import View, written
from policyx.model import Document
from tests.conftest import make_document, make_record
from tests.exported import hard_document

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


def page_of(*documents: Document, **view: Any) -> str:
    """The report of these documents."""
    return "".join(written("html", documents, View(**view)))


def data_of(page: str, name: str = "data") -> Any:
    """The JSON that the page holds under a name."""
    (found,) = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


def test_the_page_holds_every_record_with_its_evidence() -> None:
    """The sentence in pieces: before the quote, the quote, behind it."""
    record = make_record(start=10, end=15, sentence_end=16)
    (document,) = data_of(page_of(make_document(record)))
    (shown,) = document["records"]
    assert shown["sentence"] == ["全市高新技術企業达到", "2500家", "。"]
    assert (shown["amount"], shown["number"], shown["status"]) == ("≥2500家", 2500, "actual")
    assert data_of(page_of()) == []


def test_a_quote_outside_its_sentence_is_not_marked() -> None:
    """The sentence alone then."""
    (document,) = data_of(page_of(make_document(make_record(start=100, end=105))))
    assert document["records"][0]["sentence"] == ["全市高新技術企業达到2500家。"]


def test_a_text_cannot_leave_its_script() -> None:
    """Markup in a document is data: the page has the same elements with it and without."""

    class Elements(HTMLParser):
        def __init__(self, page: str) -> None:
            super().__init__()
            self.seen: list[str] = []
            self.feed(page)

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            self.seen.append(tag)

    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)><!-- \u2028"
    page = page_of(hard_document(title=evil, source=evil), make_document(make_record(name=evil, sentence=evil)))
    assert Elements(page).seen == Elements(page_of()).seen
    assert data_of(page)[1]["records"][0]["name"] == evil


def test_nothing_comes_from_the_network() -> None:
    """No address but that of the name space of SVG, and a policy that forbids the rest."""
    page = page_of(make_document())
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in page
    assert "{{" not in page


def test_the_page_speaks_two_languages() -> None:
    """Heads, codes and its own words."""
    assert '<html lang="zh-CN">' in page_of(lang="zh")
    assert data_of(page_of(lang="zh"), "words")["status"]["target"] == "目标"
    assert data_of(page_of(lang="en"), "words")["status"]["target"] == "target"


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
def test_a_browser_shows_the_records(tmp_path: Path) -> None:
    """The script runs, marks the quote, draws the chart, and leaves markup of a text alone."""
    page = tmp_path / "report.html"
    years = [make_record(year=year, start=10, end=15, sentence_end=16) for year in (2022, 2023)]
    page.write_text(page_of(make_document(*years), hard_document()), encoding="utf-8")
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=5000", "--dump-dom",
    ]  # fmt: skip
    done = subprocess.run([str(BROWSER), *options, page.as_uri()], capture_output=True, timeout=120, check=False)
    shown = done.stdout.decode("utf-8", "replace")
    if not shown.strip():
        pytest.skip("the browser does not start here")
    assert "<mark>2500家</mark>" in shown and "<svg" in shown
    assert "16 records" in shown
    body = shown.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "<b>" not in body and "&lt;b&gt;&amp;amp;" in body
