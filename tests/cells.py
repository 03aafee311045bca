"""What the tables of a text say of their figures, without the rest of the reading: for tests and examples of rules."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from policyx.model import Period, Reading
from policyx.recognize import recognize
from policyx.repair import furniture, repair
from policyx.rules import Rules, builtin_rules
from policyx.segment import segment, wide_marks
from policyx.tables import Said, read_tables


@dataclass(frozen=True)
class Page:
    """A document of which only this is known."""

    kind: str = "news"
    title: str | None = None
    date: str | None = None
    anchor: int | None = None
    anchor_known: bool = False
    status: str = "actual"
    actual_year: int | None = None
    target_year: int | None = None
    frame: int | None = None  # the year that the text around speaks of


def table_readings(text: str, page: Page | None = None, rules: Rules | None = None) -> list[Reading]:
    """Every figure that stands in a table of `text`."""
    rules = rules or builtin_rules()
    current = wide_marks(repair(text, rules).text)
    segments = segment(current, rules)
    mentions = recognize(current, rules, [item.span for item in furniture(current, rules)])
    page = page or Page()
    frame = Period(f"{page.frame}年", f"{page.frame}-01-01", f"{page.frame}-12-31", "in") if page.frame else None
    tables = read_tables(current, segments, mentions, page, _told(rules), rules)
    return [reading for number in range(len(segments)) for reading in tables.at(number, frame)]


def read_cells(text: str, page: Page | None = None, rules: Rules | None = None) -> list[dict[str, Any]]:
    """The figures of a text's tables, each with what a case may state of it; what the table leaves open is None."""
    current = wide_marks(repair(text, rules or builtin_rules()).text)
    return [_cell(current, reading) for reading in table_readings(text, page, rules)]


def _cell(text: str, reading: Reading) -> dict[str, Any]:
    links: dict[str, Any] = {}
    for link in reading.links:
        links.setdefault(link.slot, link.value)
    quantity = reading.figure.quantity
    assert quantity is not None
    period, baseline = links.get("period"), links.get("baseline")
    return {
        "cell": text[slice(*reading.figure.core)],
        "name": links.get("name", ""),
        "value": Fraction(quantity.base_value) * links.get("sign", 1),
        "unit": quantity.unit_text,
        "base": quantity.base_unit or "",
        "measure": links.get("measure", "level"),
        "status": links.get("status"),
        "year": period.year if period else None,
        "since": period.start if period else None,
        "until": period.end if period else None,
        "bound": links.get("bound", quantity.bound),
        "place": links.get("place"),
        "role": links.get("role"),
        "baseline": baseline.kind if baseline else None,
        "baseline_year": baseline.year if baseline else None,
        "flag": links.get("flag"),
    }


def _told(rules: Rules) -> Any:
    """A stand-in for what the outline knows of headings: the section words of the status rules."""
    words = {
        word: Said(entry["status"], entry["id"], word)
        for entry in rules.of("status")
        if entry["scope"] == "section"
        for word in entry.get("words", ())
    }

    def told(path: tuple[str, ...]) -> Said | None:
        found = [(title.rfind(word), words[word]) for title in path for word in words if word in title]
        return max(found)[1] if found else None

    return told
