"""Findings of checks go in, their JSON, table and page go out; sentences are in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape

from policyx._version import __version__
from policyx.check import VERDICTS, Finding, sentence_of
from policyx.export.jsontext import json_text
from policyx.export.labels import head_of, word_of
from policyx.export.plain import Plain
from policyx.export.rows import printable
from policyx.export.staticpage import html_table, static_page
from policyx.export.table import rows_table
from policyx.export.view import View

FORMATS = ("table", "json", "jsonl", "html")
_COLUMNS = ("check_verdict", "check_kind", "finding_sentence", "source", "start")


def finding_dict(finding: Finding, lang: str) -> Plain:
    """The finding as JSON has it: `tolerance` is a number of base units or null."""
    return {
        "kind": finding.kind,
        "verdict": finding.verdict,
        "sentence": sentence_of(finding, lang),
        "arithmetic": finding.arithmetic,
        "records": [
            {"part": part, "source": source, "start": start, "end": end, "quote": quote}
            for part, _, source, start, end, quote in finding.records
        ],
        "tolerance": Decimal(finding.tolerance) if finding.tolerance else None,
    }


def written_findings(findings: Iterable[Finding], format: str, view: View) -> Iterator[str]:
    """All findings in a format of FORMATS, as pieces of text."""
    if format == "jsonl":
        for finding in findings:
            yield json_text(finding_dict(finding, view.lang)) + "\n"
    elif format == "json":
        yield _json(list(findings), view.lang)
    elif format == "html":
        yield _page(list(findings), view.lang)
    else:
        yield _table(list(findings), view)


def tally(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each verdict."""
    counts = Counter(finding.verdict for finding in findings)
    return {verdict: counts[verdict] for verdict in VERDICTS}


def _json(findings: Sequence[Finding], lang: str) -> str:
    whole = {
        "policyx": __version__,
        "counts": tally(findings),
        "findings": [finding_dict(finding, lang) for finding in findings],
    }
    return json_text(whole, indent=2) + "\n"


def _table(findings: Sequence[Finding], view: View) -> str:
    if not findings:
        return ""
    rows = [
        [
            word_of("check_verdict", finding.verdict, view.lang),
            word_of("check_kind", finding.kind, view.lang),
            printable(sentence_of(finding, view.lang)),
            printable(finding.source),
            str(finding.records[0].start),
        ]
        for finding in findings
    ]
    return rows_table(_COLUMNS, rows, view)


def _page(findings: Sequence[Finding], lang: str) -> str:
    title = "policyx check" if lang == "en" else "policyx 核对"
    counts = ", ".join(f"{word_of('check_verdict', name, lang)} {count}" for name, count in tally(findings).items())
    heads = [head_of(column, lang) for column in _COLUMNS[:3]]
    table = html_table(heads, [_cells(finding, lang) for finding in findings])
    return static_page(title, lang, [f"<p>{escape(counts)}</p>\n", table])


def _cells(finding: Finding, lang: str) -> list[str]:
    quotes = "".join(
        f"<blockquote>{escape(printable(item.source))} {item.start}–{item.end}: {escape(printable(item.quote))}"
        "</blockquote>"
        for item in finding.records
    )
    verdict = escape(word_of("check_verdict", finding.verdict, lang))
    return [
        f'<span class="{finding.verdict}">{verdict}</span>',
        escape(word_of("check_kind", finding.kind, lang)),
        escape(printable(sentence_of(finding, lang))) + quotes,
    ]
