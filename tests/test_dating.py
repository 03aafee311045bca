"""Year and status of figures by what the page, the title and the sentence say: tests/data/frames/."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from policyx.model import Record
from policyx.pipeline import read_text

_DATA = Path(__file__).parent / "data/frames"
_LONG = "\n".join(["渔港建设、渔船检验、渔民培训等工作平稳有序，渔村面貌有所改观。" * 8] * 7)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _only(text: str, quote: str) -> Record:
    return next(record for record in read_text(text).records if record.quote == quote)


@pytest.mark.parametrize("page", _load("dates")["page"], ids=lambda page: "|".join(page.values()))
def test_a_figure_counts_from_the_day_that_the_page_bears(page: dict[str, str]) -> None:
    """去年, 今年, 明年 count from it, wherever on the page it stands."""
    figures = _load("dates")["figure"]
    said = "\n".join(figure["text"] for figure in figures)
    text = f"滨海渔业势头良好\n{page.get('head', '')}\n{said}\n{_LONG}\n{page.get('foot', '')}"
    found = {record.sentence.strip(): (record.year, record.status) for record in read_text(text).records}
    assert found == {figure["text"]: (figure["year"], figure["status"]) for figure in figures}


@pytest.mark.parametrize("before", ["", "去年，渔获13.4万吨。"], ids=["alone", "behind a fact"])
@pytest.mark.parametrize("said", _load("aims")["meant"])
def test_what_is_meant_is_no_fact(said: str, before: str) -> None:
    """With a word that says so, also behind a fact."""
    assert _only(f"滨海渔业\n{before}{said}\n", "12个").status in ("target", "forecast")


@pytest.mark.parametrize("said", _load("aims")["done"])
def test_what_was_done_is_no_aim(said: str) -> None:
    """Though words of aim stand beside it."""
    assert _only(f"滨海渔业\n{said}\n", "12个").status == "actual"


@pytest.mark.parametrize("title", _load("titles")["title"], ids=lambda title: title["text"])
def test_a_title_tells_year_and_status(title: dict[str, Any]) -> None:
    """Where nothing else does."""
    record = _only(f"{title['text']}\n新建渔港12个。\n", "12个")
    assert (record.year, record.status) == (title["year"], title["status"])


@pytest.mark.parametrize("item", _load("items")["item"], ids=lambda item: item["why"])
def test_a_news_item_is_of_the_year_that_it_tells(item: dict[str, Any]) -> None:
    """Whatever years it compares with, foresees or asks for."""
    record = _only(item["text"], item["quote"])
    assert (record.year, record.status) == (item.get("year"), item["status"])
