"""Reads each seed and looks for what a reader finds in it: the most telling records, and nothing where a trap stands.

The expectations are `data/golden/NAME.toml`: `traps` are texts that no record may touch; in a `[[record]]`, `name` is a
part of the record's name, `value` and `unit` are in base units, and a key that is not there is not asked for.
"""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from policyx.measure.score import common_unit
from tests.suites import HERE, SUITES, extract_plain

GOLDEN = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in (HERE / "data" / "golden").glob("*.toml")
}
NAMES = sorted(GOLDEN)


@cache
def text_of(name: str) -> str:
    return (SUITES["seeds"].texts / f"{name}.txt").read_bytes().decode("utf-8")


@cache
def records_of(name: str) -> list[dict[str, Any]]:
    return list(extract_plain(SUITES["seeds"].texts / f"{name}.txt").records)


def touching(name: str, start: int, end: int) -> list[dict[str, Any]]:
    return [record for record in records_of(name) if record["start"] < end and start < record["end"]]


def places(name: str, quote: str) -> list[int]:
    """Where the quote stands in the seed; 5家 does not stand in 885家."""
    edge = r"(?<![0-9.])" if quote[0].isdigit() else ""
    return [match.start() for match in re.finditer(edge + re.escape(quote), text_of(name))]


def test_every_seed_has_golden_expectations() -> None:
    assert SUITES["seeds"].names() == NAMES


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        pytest.param(
            name,
            wanted,
            id=f"{name}-{wanted['quote']}-{wanted.get('n', 1)}",
            marks=[pytest.mark.xfail(reason=wanted["known"], strict=True)] if "known" in wanted else [],
        )
        for name in NAMES
        for wanted in GOLDEN[name]["record"]
    ],
)
def test_a_telling_record_is_read_as_a_reader_reads_it(name: str, wanted: dict[str, Any]) -> None:
    start = places(name, wanted["quote"])[wanted.get("n", 1) - 1]
    found = [
        record
        for record in touching(name, start, start + len(wanted["quote"]))
        if Fraction(record["base_value"]) == Fraction(wanted["value"])
        and common_unit(record["base_unit"]) == common_unit(wanted["unit"])
    ]
    assert found, f"nothing says {wanted['value']} {wanted['unit']} there"
    told = [
        {"name": wanted["name"] in (record["name"] or "")} | {key: record[key] for key in ("year", "status")}
        for record in found
    ]
    asked = {"name": True} | {key: wanted[key] for key in ("year", "status") if key in wanted}
    assert any(asked.items() <= answer.items() for answer in told), f"read as {found}"


@pytest.mark.parametrize("name", NAMES)
def test_every_trap_stands_in_its_seed(name: str) -> None:
    assert [trap for trap in GOLDEN[name]["traps"] if not places(name, trap)] == []


@pytest.mark.parametrize("name", NAMES)
def test_traps_give_no_records(name: str) -> None:
    caught = {
        trap: [record["quote"] for start in places(name, trap) for record in touching(name, start, start + len(trap))]
        for trap in GOLDEN[name]["traps"]
    }
    assert {trap: quotes for trap, quotes in caught.items() if quotes} == {}
