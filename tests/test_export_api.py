"""The public names of the package: each is there, and the functions do what the commands do."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import policyx

TEXT = "2024年，全市高新技術企業达到2500家。\n"


def test_every_public_name_can_be_had() -> None:
    """And `dir` knows them all."""
    assert set(policyx.__all__) <= set(dir(policyx))
    assert all(getattr(policyx, name) is not None for name in policyx.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        policyx.no_such_name  # noqa: B018


def test_extract_takes_text_and_extract_file_a_path(tmp_path: Path) -> None:
    """A text is never taken for a path."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    from_text = policyx.extract(TEXT, title="报告")
    from_file = policyx.extract_file(tmp_path / "a.txt", encoding="utf-8")
    assert (from_text.source, from_text.title) == ("-", "报告")
    assert from_file.source == str(tmp_path / "a.txt")
    assert (
        [record.quote for record in from_text.records] == [record.quote for record in from_file.records] == ["2500家"]
    )
    assert policyx.extract("a.txt").records == ()
    with pytest.raises(policyx.ReadError):
        policyx.extract_file(tmp_path / "missing.txt")


def test_clean_and_quantities() -> None:
    """A repaired text with its way home; numbers with their places."""
    cleaned = policyx.clean(TEXT)
    assert cleaned.text == "2024年，全市高新技术企业达到2500家。\n" and cleaned.original == TEXT
    (found,) = policyx.quantities(TEXT)
    assert TEXT[found.start : found.end] == found.quote == "2500家"
    assert found.quantity.base_value == Decimal(2500)
