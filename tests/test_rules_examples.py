"""Every rule against its own examples and counter-examples, through the whole reading of a text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from policyx.rules import Entry, builtin_rules
from tests.firing import apart, fired, matters
from tests.test_repair_rules import CARRIERS, TABLES

_KNOWN = Path(__file__).parent / "data" / "rules_known_failures.toml"
KNOWN: dict[tuple[str, str], str] = {
    (case["rule"], case["text"]): case["reason"]
    for case in tomllib.loads(_KNOWN.read_text(encoding="utf-8")).get("known", [])
}
# Kinds whose part in a reading no record names: whether they fire shows in what changes without them.
UNNAMED = {"marker", "place", "heading_pair"}
OF_WORDS = {"word", "measure"}  # a word is read wherever it stands; its counter-examples are read the same without it
# Their examples say what is right: tests/test_constructions.py.
OF_DECISIONS = {"construction", "phrase", "document", "decision"}
# Entries that another rule reads as its table and that no reading names.
TABLE_ENTRIES = TABLES | {"exclusion.deadline.shortened"}
# What readers know files by, before there is a text: tested where the readers are.
OF_READERS = {"column", "page"}
OF_TABLES = {"table"}  # in test_table_rules.py
OF_RECOGNITION = {"context", "confidence", "default"}  # in test_context.py, test_confidence.py, test_constructions.py
OF_PANELS = {"panel", "headline"}  # what panels do with records: in test_panel_rules.py
ELSEWHERE = OF_READERS | OF_TABLES | OF_PANELS | OF_RECOGNITION | OF_DECISIONS
ENTRIES = [(kind, entry) for kind, entry in builtin_rules().all() if kind not in ELSEWHERE]


GROUPS = apart(entry for kind, entry in ENTRIES if kind in UNNAMED | OF_WORDS and entry.get("counter"))
GROUP_OF = {identifier: number for number, group in enumerate(GROUPS) for identifier in group}


def _carrier(entry: Entry) -> str:
    """A rule for one kind of document is tried inside one."""
    needs = entry.get("needs")
    return CARRIERS.get(needs, "") if isinstance(needs, str) else ""


def _cases(key: str) -> list[object]:
    cases: list[object] = []
    entries = ENTRIES if key == "examples" else sorted(ENTRIES, key=lambda pair: GROUP_OF.get(pair[1]["id"], -1))
    for kind, entry in entries:
        for text in entry.get(key, []):
            reason = KNOWN.get((entry["id"], text))
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            cases.append(pytest.param(kind, entry, text, id=f"{entry['id']}-{text[:24]}", marks=marks))
    return cases


@pytest.mark.parametrize(("kind", "entry", "text"), _cases("examples"))
def test_a_rule_fires_in_its_examples(kind: str, entry: Entry, text: str) -> None:
    """The reading names the rule, or is another one without it."""
    text = _carrier(entry) + text
    assert entry["id"] in fired(text) or matters(text, entry["id"])


@pytest.mark.parametrize(("kind", "entry", "text"), _cases("counter"))
def test_a_rule_is_silent_in_its_counter_examples(kind: str, entry: Entry, text: str) -> None:
    """The reading does not name the rule; where it never would, it is the same without the rule."""
    assert kind in OF_WORDS or entry["id"] not in fired(text)
    if kind in UNNAMED | OF_WORDS:
        assert not matters(text, *GROUPS[GROUP_OF[entry["id"]]]) or not matters(text, entry["id"])


@pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES], ids=[entry["id"] for _, entry in ENTRIES])
def test_a_rule_shows_where_it_fires_and_where_it_does_not(entry: Entry) -> None:
    """A rule without both has not been thought through, unless it only holds a table for another one."""
    assert entry["id"] in TABLE_ENTRIES or (entry.get("examples") and entry.get("counter"))


def test_every_known_failure_is_still_a_case() -> None:
    """A failure that was mended by changing the example must leave the list."""
    texts = {
        (entry["id"], text) for _, entry in ENTRIES for key in ("examples", "counter") for text in entry.get(key, [])
    }
    assert set(KNOWN) <= texts
