"""Every repair and furniture rule against its own examples and counter-examples."""

from __future__ import annotations

import pytest

from policyx.repair import furniture, repair
from policyx.repair.lookup import pairs
from policyx.rules import builtin_rules

RULES = builtin_rules()

# A rule that needs a kind of document is tried inside one: text that has the document's marks and nothing of the rule.
CARRIERS = {
    "spun": "东说念主们观察客不雅规律，饱读吹大家捏续努力，元天地发展。\n",
    "taiwan": "國科會指出，資訊、軟體與網路產業發展。\n",
}
# Rules that only hold a table for another rule, which is the one that an edit names.
TABLES = {
    "repair.gloss.light",
    "repair.markup.title_of_record",
    "repair.gloss.syllables",
    "repair.space.after_number",
    "repair.space.phrase",
    "repair.space.title",
    "repair.spun.sign",
    "repair.spun.sign.words",
    "repair.spun.sign.field",
    "repair.spun.proof",
    "repair.torn.measure_start",
}


def _fired(text: str) -> set[str]:
    return {rule for edit in repair(text, RULES).edits for rule in edit.rules}


def _replacements(key: str) -> list[tuple[str, str, str]]:
    return [
        (entry["id"], CARRIERS.get(entry.get("needs", ""), ""), text)
        for entry in RULES.of("replacement")
        for text in entry.get(key, [])
    ]


@pytest.mark.parametrize(("rule", "carrier", "text"), _replacements("examples"))
def test_a_repair_fires_in_its_examples(rule: str, carrier: str, text: str) -> None:
    """The rule's id is among the edits' rules."""
    if rule in TABLES:
        assert _fired(text)
    else:
        assert rule in _fired(carrier + text)


@pytest.mark.parametrize(("rule", "carrier", "text"), _replacements("counter"))
def test_a_repair_stays_silent_in_its_counter_examples(rule: str, carrier: str, text: str) -> None:
    """The rule's id is not among the edits' rules, by itself and in no document of another kind."""
    assert rule not in _fired(text)


@pytest.mark.parametrize(
    ("source", "to"),
    [pair for entry in RULES.of("replacement", "spun") for pair in pairs(entry)],
)
def test_every_swap_is_undone_in_a_spun_document_only(source: str, to: str) -> None:
    """The pair's left side becomes its right side behind the carrier, and is left alone without it."""
    carrier = CARRIERS["spun"]
    plain = repair(carrier, RULES).text
    assert repair(carrier + source, RULES).text == plain + to
    assert repair(f"本市{source}", RULES).text == f"本市{source}"


@pytest.mark.parametrize(
    ("rule", "text"), [(entry["id"], text) for entry in RULES.of("furniture") for text in entry["examples"]]
)
def test_furniture_is_found_in_its_examples(rule: str, text: str) -> None:
    """A span names the rule."""
    assert rule in {item.rule for item in furniture(text, RULES)}


@pytest.mark.parametrize(
    ("rule", "text"), [(entry["id"], text) for entry in RULES.of("furniture") for text in entry["counter"]]
)
def test_furniture_is_not_found_in_its_counter_examples(rule: str, text: str) -> None:
    """No span names the rule."""
    assert rule not in {item.rule for item in furniture(text, RULES)}


@pytest.mark.parametrize("entry", [*RULES.of("replacement"), *RULES.of("furniture")], ids=lambda entry: entry["id"])
def test_a_rule_says_why_it_holds(entry: dict[str, object]) -> None:
    """Each has a note; a vocabulary rule has examples and counter-examples."""
    assert entry["note"]
    assert entry["id"] in TABLES or (entry["examples"] and entry["counter"]) or "radical" in str(entry["role"])
