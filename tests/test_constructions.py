"""Every construction and every piece of evidence against its own examples: what the text says is read, by this rule;
in the counter-examples the rule is silent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import policyx
from policyx.construct.shape import compile_shapes
from policyx.model import Record
from policyx.outline import Given, read_document
from policyx.pipeline import read_text
from policyx.repair import repair
from policyx.rules import builtin_rules
from policyx.segment import segment, wide_marks
from tests.firing import matters

CONSTRUCTIONS = builtin_rules().of("construction")
DOCUMENTS = builtin_rules().of("document")
DEFAULTS = builtin_rules().of("default")
# Slots whose rule a record cites; of the others the reading is another one without the rule.
CITED = {"name", "measure", "status", "bound", "grant", "reach"}
PLAINEST = "document.news.base"  # holds for every text; it only wins where nothing else does
FIELDS = ("name", "measure", "status", "year", "bound", "role")


def _cases(entries: list[dict[str, Any]], key: str) -> list[object]:
    return [
        pytest.param(entry, case, id=f"{entry['id']}-{case['text'][-18:]}")
        for entry in entries
        for case in entry.get(key, ())
    ]


def _fits(record: Record, case: dict[str, Any]) -> bool:
    found = {"year": record.year or 0} | {field: getattr(record, field) for field in FIELDS if field != "year"}
    return all(found[field] == case[field] for field in FIELDS if field in case)


@pytest.mark.parametrize(("entry", "case"), _cases(CONSTRUCTIONS, "examples"))
def test_a_construction_reads_its_examples(entry: dict[str, Any], case: dict[str, Any]) -> None:
    """A record says what the example says, and cites the construction where records cite its slot; a time that is only
    told for what follows is cited by none, but matters."""
    records = read_text(case["text"]).records
    fitting = [record for record in records if _fits(record, case)]
    assert fitting, [(r.name, r.measure, r.status, r.year, r.quantity.bound, r.rules) for r in records]
    if entry["slot"] in CITED and "unless_told" not in entry["gives"] and entry["gives"].get("reach") != "none":
        cited = any(entry["id"] in record.rules for record in fitting)
        told_ahead = entry["slot"] == "reach" and matters(case["text"], entry["id"])
        assert cited or told_ahead, [record.rules for record in fitting]
    else:
        assert matters(case["text"], entry["id"])


@pytest.mark.parametrize(("entry", "case"), _cases(CONSTRUCTIONS, "counter"))
def test_a_construction_is_silent_in_its_counter_examples(entry: dict[str, Any], case: dict[str, Any]) -> None:
    """No record cites it, and the reading is the same without it."""
    records = read_text(case["text"]).records
    assert records, "a counter-example without a record shows nothing"
    assert not any(entry["id"] in record.rules for record in records)
    assert entry["slot"] in CITED or not matters(case["text"], entry["id"])


@pytest.mark.parametrize("entry", CONSTRUCTIONS, ids=[entry["id"] for entry in CONSTRUCTIONS])
def test_a_construction_has_both(entry: dict[str, Any]) -> None:
    """What cannot be given a freely invented example and a counter-example is a case."""
    assert entry.get("examples") and entry.get("counter")


def _evidence(text: str) -> tuple[str, set[str]]:
    rules = builtin_rules()
    current = wide_marks(repair(text, rules).text)
    frame = read_document(current, segment(current, rules), rules, Given())
    return frame.kind, {link.rule for link in frame.links}


@pytest.mark.parametrize(("entry", "case"), _cases(DOCUMENTS, "examples"))
def test_evidence_tells_the_kind_of_its_examples(entry: dict[str, Any], case: dict[str, Any]) -> None:
    kind, rules = _evidence(case["text"])
    assert (kind, entry["id"] in rules) == (case["kind"], True)


@pytest.mark.parametrize(("entry", "case"), _cases(DOCUMENTS, "counter"))
def test_evidence_is_silent_in_its_counter_examples(entry: dict[str, Any], case: dict[str, Any]) -> None:
    kind, rules = _evidence(case["text"])
    assert kind != case["kind"]
    assert entry["id"] not in rules or entry["id"] == PLAINEST


CITED_IN_CODE = re.compile(r'"((?:name|measure|bound|period|baseline|status|role|exclusion|document)\.[a-z_.]+)"')


def test_every_rule_that_code_names_is_known() -> None:
    """`policyx rules show` answers for every id that a record may cite."""
    known = {entry["id"] for _, entry in builtin_rules().all()}
    rooms = [Path(policyx.__file__).parent / room for room in ("decide", "outline")]
    named = {
        found
        for room in rooms
        for path in room.glob("*.py")
        for found in CITED_IN_CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert named <= known


@pytest.mark.parametrize("entry", DEFAULTS, ids=[entry["id"] for entry in DEFAULTS])
def test_every_default_is_cited_by_code(entry: dict[str, Any]) -> None:
    rooms = Path(policyx.__file__).parent
    sources = "".join(
        path.read_text(encoding="utf-8") for room in ("decide", "outline") for path in (rooms / room).glob("*.py")
    )
    assert f'"{entry["id"]}"' in sources or entry["id"].startswith("role.")


@pytest.mark.parametrize(
    ("shape", "needs"),
    [
        ("hard any* verb @ noun?", "h"),  # of what must be there, the role of the fewest words
        ("noun? @ (verb | noun verb)", "nvw"),  # one of each alternative
        ("boundary any* verb @ noun?", "vw"),  # every clause has a boundary
        ("!~verb noun* @", None),
    ],
)
def test_a_shape_tells_the_letters_without_which_it_does_not_hold(shape: str, needs: str | None) -> None:
    letters = {"verb": "vw", "noun": "n", "any": "vwnx", "hard": "h", "boundary": "b"}
    (compiled,) = compile_shapes([shape], {}, letters.__getitem__, "")
    assert compiled.needs == needs
