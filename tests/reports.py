"""Pages of the report for its tests: invented documents of invented places, and a browser to look at them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import policyx
from policyx.model import Document
from policyx.report import page_pieces, shown_document

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
WHY_NO_BROWSER = next(
    (why for missing, why in (
        (CHROMIUM is None, "no Chromium is installed"),
        (find_spec("playwright") is None, "playwright is not installed: pip install 'policyx[browser]'"),
    ) if missing), None,
)  # fmt: skip
_ARGUMENTS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]

FIRST = """# 2023年青禾市政府工作报告

2023年1月8日

## 一、2022年工作回顾

2022年，全市地区生产总值达到1250.5亿元，同比增长6.2%。新增三类企业156家，其中雏鹰企业91家，瞪羚企业57家，准独角兽企业8家。高新技术企业达到２５００家。

## 二、2023年工作安排

2023年，全市地区生产总值增长6.5%左右，力争高新技术企业达到3000家。
"""
SECOND = """# 2024年青禾市政府工作报告

2024年1月9日

## 一、2023年工作回顾

2023年，全市地区生产总值达到1340亿元，同比增长6.8%。𠮷野路改造完成12.5公里，高新技术企业达到3120家，较2022年增加620家，同比增长28%。

## 二、2024年工作安排

2024年，全市地区生产总值增长7%，力争高新技术企业达到3600家。
"""
EMPTY = "关于召开座谈会的通知\n\n请各单位准时参加。\n"


@lru_cache(maxsize=1)
def documents() -> tuple[Document, ...]:
    """Two reports of one place, and a notice without figures. The second text has a character beyond 16 bits."""
    return (
        policyx.extract(FIRST, source="2023年青禾市政府工作报告.txt", place="青禾市"),
        policyx.extract(SECOND, source="2024年青禾市政府工作报告.txt", place="青禾市"),
        policyx.extract(EMPTY, source="通知.txt"),
    )


def page_of(given: Iterable[Document] | None = None, passed: Iterable[tuple[str, str]] = (), **options: Any) -> str:
    """The page of documents; by default those of `documents`."""
    shown = [shown_document(one) for one in (documents() if given is None else given)]
    return "".join(page_pieces(shown, passed=passed, **options))


def data_of(page: str, name: str = "data") -> Any:
    """The JSON that the page holds under a name."""
    (found,) = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


def cell(data: Any, record: int, column: str) -> Any:
    """A value of a record, as the page's script finds it."""
    found = data["columns"][column]
    return found[record] if isinstance(found, list) else found["values"][found["codes"][record]]


@contextmanager
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        try:
            yield started
        finally:
            started.close()


class Visit:
    """A page that is open in a browser. `troubles` are its errors and complaints, `requests` what it asked for beside
    itself."""

    def __init__(self, context: Any, address: str, shows: str = "main section") -> None:
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)
        self.page.wait_for_selector(shows)
        self.requests.remove(self.page.url)

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements that a CSS selector finds, at once: a locator may read rows that a repaint took."""
        read = "found => [...document.querySelectorAll(found)].map(one => one.innerText)"
        return [" ".join(text.split()) for text in self.page.evaluate(read, selector)]

    def go(self, view: str) -> None:
        """Change the view."""
        self.page.click(f"[data-view={view}]")

    def save(self, name: str, path: Path) -> Path:
        """Click a button that downloads something, and keep what came."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=name, exact=True).click()
        waiting.value.save_as(path)
        return path
