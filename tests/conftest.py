"""Fixtures that several tests share: a command line to call, documents that are made up."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from policyx import Document  # with its methods for notebooks
from policyx.model import Baseline, Edit, Mention, Period, Quantity, Record, Span, Unit

# the same examples in every run; HYPOTHESIS_PROFILE=explore looks for new ones
settings.register_profile("same", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# A shell has what it starts in the background ignore interrupts, and every process that a test starts would as well.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

YUAN = Unit("元", "元", Fraction(1), "money", "unit.yuan")
MU = Unit("亩", "平方米", Fraction(2000, 3), "area", "unit.mu")
HOME = Unit("家", "家", Fraction(1), "count", "unit.jia")


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings, colours or languages of the machine that runs the tests; an empty current folder."""
    for name in ("FORMAT", "LANG", "RULES", "ENCODING", "GLOB", "COLUMNS", "JOBS"):
        monkeypatch.delenv(f"POLICYX_{name}", raising=False)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Callable[..., Any]:
    """Calls the command line: `run("extract", "a.txt", input=b"...", env={...})`."""
    from policyx.cli.app import app

    runner = CliRunner()

    def call(*arguments: str, input: bytes | str | None = None, env: dict[str, str] | None = None) -> Any:
        return runner.invoke(app, list(arguments), input=input, env=env)

    return call


def make_record(**changes: Any) -> Record:
    """A record with plausible fields, some of them changed."""
    fields: dict[str, Any] = {
        "source": "a.txt",
        "start": 9,
        "end": 14,
        "quote": "2500家",
        "name": "高新技术企业",
        "indicator": "enterprise.high_tech",
        "label": "高新技术企业数",
        "quantity": Quantity(Decimal("2500"), None, 1, 1, HOME, "家", "ge"),
        "measure": "level",
        "status": "actual",
        "year": 2024,
        "period": Period("2024年", "2024-01-01", "2024-12-31"),
        "baseline": Baseline("上年", 2023, "previous_year"),
        "place": "某市",
        "heading": ("一、总体情况",),
        "sentence": "全市高新技術企業达到2500家。",
        "sentence_start": 0,
        "sentence_end": 15,
        "rules": ("unit.jia", "bound.ge"),
        "flags": ("year_carried",),
        "confidence": 0.93,
        "role": "grant",
        "clause": "c12",
        "reasons": (("name", "stands before the number"), ("year", "carried from the heading")),
    }
    return Record(**{**fields, **changes})


def make_document(*records: Record, **changes: Any) -> Document:
    """A document with these records (one plausible one if none are given), some fields changed."""
    original = "全市高新技術企業达到2500家。"
    fields: dict[str, Any] = {
        "source": "a.txt",
        "title": "工作报告",
        "date": "2024-03-15",
        "year": 2024,
        "place": "某市",
        "encoding": "utf-8",
        "format": "txt",
        "original": original,
        "repaired": original.replace("術", "术").replace("業", "业"),
        "edits": (Edit(5, 6, "术", ("repair.script",), True), Edit(7, 8, "业", ("repair.script",), True)),
        "records": records or (make_record(start=10, end=15, sentence_end=16),),
    }
    return Document(**{**fields, **changes})


def make_mention(start: int, end: int, rejected: str) -> Mention:
    """A number that was found and rejected."""
    return Mention("quantity", Span(start, end), Span(start, end), rejected=rejected)
