"""What the report shows of documents goes in, the page comes out as pieces of text, a document's text as it comes.

The page is a frame (web/page.html) with one style and one script, both allowed by their hashes and nothing else, and
the data as JSON that cannot end the script element around it."""

from __future__ import annotations

import tomllib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Any

from policyx._version import __version__
from policyx.export.jsontext import json_text
from policyx.export.labels import LANGUAGES, codes_of, head_of, word_of
from policyx.export.plain import Plain
from policyx.panel import wanted_ids
from policyx.report.columns import Columns
from policyx.report.evidence import KINDS
from policyx.report.headlines import CHOSEN, MISSING, Headlines
from policyx.report.series import Series
from policyx.report.shown import COLUMNS, ShownDocument
from policyx.rules import builtin_rules

# pieces of one script, in their order; what one defines the next may use
SCRIPTS = (
    "data.js", "words.js", "numbers.js", "elements.js", "filter.js", "table.js", "source.js", "findings.js",
    "series.js", "charts.js", "parts.js", "overview.js", "gaps.js", "review.js", "main.js",
)  # fmt: skip
_HEADS = (
    "name", "label", "amount", "year", "status", "measure", "place", "heading", "source", "flags", "rules", "page",
    "period_text", "baseline_text", "title", "date", "format", "repairs", "records", "verdict", "bound",
    "check_kind", "check_verdict", "confidence", "stretch",
)  # fmt: skip
_CODES = (
    "status", "measure", "role", "verdict", "check_kind", "check_verdict", "force", "state", "chosen_because",
)  # fmt: skip
_MARK = "$documents"


def page_pieces(
    documents: Iterable[ShownDocument], *, lang: str = "en", passed: Iterable[tuple[str, str]] = ()
) -> Iterator[str]:
    """The page of these documents in pieces. `passed` has the paths of what is not in it, each with the reason; it is
    asked for when all documents have been taken, so that it may
    fill in the meantime."""
    head, foot = _frame(lang).split(_MARK)
    yield head
    columns, series, headlines = Columns(("document", *COLUMNS)), Series(wanted_ids(builtin_rules(), ())), Headlines()
    facts: list[Plain] = []
    findings: list[Plain] = []
    for number, shown in enumerate(documents):
        first = len(columns)
        for at, row in enumerate(shown.records):
            columns.add((number, *row))
            series.add(first + at, row, shown.facts["place"], shown.facts["year"])
        headlines.add(first, shown.headline)
        findings += [{**one, "records": [first + at for at in one["records"]]} for one in shown.findings]
        facts.append({**shown.facts, "first": first, "records": len(shown.records), "whole": shown.whole})
        text = {"text": shown.text, "edits": [list(edit) for edit in shown.edits]}
        yield f'<script type="application/json" id="text-{number}">{_inside_script(json_text(text))}</script>\n'
    chosen, missing = headlines.rows()
    labels = [row[CHOSEN.index("label")] for row in chosen] + [row[MISSING.index("label")] for row in missing]
    rest = {
        "documents": facts,
        "findings": findings,
        "series": series.points(),
        "headlines": chosen,
        "missing": missing,
        "passed": [list(one) for one in passed],
        "kinds": list(KINDS),
        "english": _english([*columns.values("label"), *labels]),
    }
    data = json_text(rest).removesuffix("}") + f',\n"columns": {columns.json()}}}'
    yield f'<script type="application/json" id="data">{_inside_script(data)}</script>\n'
    yield foot


def content_security_policy() -> str:
    """The policy of the page: its own script and style, and nothing from anywhere."""
    return (
        f"default-src 'none'; script-src {hash_source(_script())}; style-src {hash_source(_read('report.css'))}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _english(labels: Iterable[str | None]) -> dict[str, str]:
    """What these labels of indicators are called in English."""
    known = {entry["label"]: entry["label_en"] for _, entry in builtin_rules().all() if "label_en" in entry}
    return {label: known[label] for label in sorted({*filter(None, labels)}) if label in known}


@lru_cache(maxsize=2)
def _frame(lang: str) -> str:
    """The page with `$documents` where the documents go."""
    return Template(_read("page.html")).substitute(
        lang="zh-CN" if lang == "zh" else "en",
        version=__version__,
        policy=content_security_policy(),
        style=_read("report.css"),
        script=_script(),
        words=_inside_script(json_text(_words(lang))),
        noscript=tomllib.loads(_read("words.toml"))["text"]["noscript"][lang],
        documents=_MARK,
    )


def _script() -> str:
    return '(() => {\n"use strict";\n' + "\n".join(_read(name) for name in SCRIPTS) + "})();\n"


def _words(lang: str) -> Plain:
    """All words of the page by language."""
    read = tomllib.loads(_read("words.toml"))

    def of(language: str) -> Plain:
        chosen: dict[str, Any] = {
            table: {key: pair[language] for key, pair in entries.items()} for table, entries in read.items()
        }
        codes = {column: {code: word_of(column, code, language) for code in codes_of(column)} for column in _CODES}
        return {**chosen, **codes, "head": {key: head_of(key, language) for key in _HEADS}}

    return {"lang": lang, "version": __version__, **{language: of(language) for language in LANGUAGES}}


def hash_source(text: str) -> str:
    """The source expression of a Content-Security-Policy for a script or style with this text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _inside_script(json: str) -> str:
    return json.replace("<", "\\u003c")


@lru_cache(maxsize=32)
def _read(name: str) -> str:
    return files("policyx.report").joinpath("web", name).read_text(encoding="utf-8")
