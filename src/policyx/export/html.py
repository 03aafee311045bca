"""HTML: a page of its own with the records beside their evidence, filters and charts, that needs no network.

The page is a frame (report/page.html, with its style and its script put in) around the records as JSON; the script
shows them a hundred at a time, so that tens of thousands do not slow a browser down. Texts get into the page as text
only."""

from __future__ import annotations

from importlib.resources import files

from policyx._version import __version__
from policyx.export.dataset import storable
from policyx.export.jsontext import json_text
from policyx.export.labels import LANGUAGES, head_of, word_of
from policyx.export.plain import Plain
from policyx.export.rows import amount_text, row_dict
from policyx.export.view import View
from policyx.model import Document, Record

SEPARATOR = ",\n"

_HERE = "{{documents}}"  # where the documents go
_HEADS = ("name", "label", "amount", "base", "year", "status", "measure", "place", "heading", "sentence", "source",
          "flags", "rules", "period_text", "baseline_text", "page", "cell")  # fmt: skip
_STATUSES = ("actual", "target", "forecast", "policy")
_MEASURES = ("level", "increase", "growth_rate", "multiple", "rank", "completion_rate")
_WORDS: dict[str, tuple[str, str]] = {
    "title": ("policyx 报告", "policyx report"),
    "records": ("条记录", "records"),
    "documents": ("篇文档", "documents"),
    "search": ("搜索名称、指标、原句…", "Search names, indicators, sentences…"),
    "all": ("全部", "all"),
    "without": ("（无）", "(none)"),
    "doubtful": ("仅看存疑", "doubtful only"),
    "more": ("再显示一百条", "Show a hundred more"),
    "none": ("没有符合条件的记录", "No record fits"),
    "by_year": ("各年记录数", "Records by year"),
    "figures": ("各年数值", "Figures by year"),
    "document": ("文档", "Document"),
    "reset": ("清除筛选", "Clear filters"),
    "script": ("此页需要启用 JavaScript。", "This page needs JavaScript."),
}


def head(view: View) -> str:
    """The page up to its first document."""
    return _frame(view)[0]


def part(document: Document, view: View) -> str:
    """The document and its records, as JSON that cannot end the script around it."""
    whole = {
        "source": storable(document.source),
        "title": document.title,
        "date": document.date,
        "place": document.place,
        "records": [_record(record) for record in document.records],
    }
    return _inside_script(json_text(whole))


def foot(view: View) -> str:
    """The page from behind its last document."""
    return _frame(view)[1]


def _frame(view: View) -> tuple[str, str]:
    lang = view.lang
    words: Plain = {
        "lang": lang,
        "text": {key: pair[LANGUAGES.index(lang)] for key, pair in _WORDS.items()},
        "heads": {column: head_of(column, lang) for column in _HEADS},
        "status": {code: word_of("status", code, lang) for code in _STATUSES},
        "measure": {code: word_of("measure", code, lang) for code in _MEASURES},
    }
    page = _read("page.html")
    for mark, content in (
        ("{{lang}}", "zh-CN" if lang == "zh" else "en"),
        ("{{title}}", words["text"]["title"]),
        ("{{noscript}}", words["text"]["script"]),
        ("{{version}}", __version__),
        ("{{style}}", _read("report.css")),
        ("{{words}}", _inside_script(json_text(words))),
        ("{{script}}", _read("report.js")),
    ):
        page = page.replace(mark, content)
    before, _, behind = page.partition(_HERE)
    return before, behind


def _record(record: Record) -> Plain:
    """What the page shows of a record. `at` is where the quote stands in the sentence; `number` is for the chart alone,
    and the only one that is not exact there."""
    row = row_dict(record)
    start, end = record.start - record.sentence_start, record.end - record.sentence_start
    quoted = start >= 0 and record.sentence[start:end] == record.quote
    return {
        "name": record.name,
        "indicator": record.indicator,
        "label": record.label,
        "amount": row["amount"],
        "base": amount_text(row["bound"], row["base_value"], row["base_value_max"], row["base_unit"]),
        "number": row["base_value"],
        "unit": record.quantity.base_unit,
        "year": record.year,
        "period_text": row["period_text"],
        "baseline_text": row["baseline_text"],
        "status": record.status,
        "measure": record.measure,
        "place": record.place,
        "heading": row["heading"],
        # in three pieces, as script and Python do not count characters alike
        "sentence": [record.sentence[:start], record.quote, record.sentence[end:]] if quoted else [record.sentence],
        "page": row.get("page"),
        "cell": record.cell,
        "start": record.start,
        "end": record.end,
        "flags": list(record.flags),
        "rules": list(record.rules),
    }


def _inside_script(json: str) -> str:
    return json.replace("<", "\\u003c")


def _read(name: str) -> str:
    return files("policyx.export").joinpath("report", name).read_text(encoding="utf-8")
