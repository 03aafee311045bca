"""Short texts whose figures once came out wrong on real pages: tests/data/sentences/."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from policyx.model import Record
from policyx.pipeline import read_text

_CASES = [
    case
    for path in sorted((Path(__file__).parent / "data/sentences").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def _params() -> list[object]:
    """The cases; one that is known to come out wrong says why and has to leave the list when it is mended."""
    marks = {case["why"]: [pytest.mark.xfail(reason=case["known"], strict=True)] for case in _CASES if "known" in case}
    return [pytest.param(case, id=case["why"], marks=marks.get(case["why"], [])) for case in _CASES]


@pytest.mark.parametrize("case", _params())
def test_the_figures_of_a_sentence(case: dict[str, Any]) -> None:
    """Each figure that the case names is a record with the fields that it names."""
    records = {record.quote: record for record in read_text(case["text"]).records}
    for figure in case["figure"]:
        record = records.get(figure["quote"])
        assert record is not None, (figure["quote"], list(records))
        assert {field: _field(record, field) for field in figure} == figure


def _field(record: Record, field: str) -> Any:
    if field == "value":
        value = float(record.quantity.base_value)
        return int(value) if value.is_integer() else value
    if field == "unit":
        return record.quantity.base_unit
    if field == "bound":
        return record.quantity.bound
    if field == "year":
        return record.year or 0
    return getattr(record, field)
