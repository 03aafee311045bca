"""The lexicon of indicators and places: facts that hold for every entry, whatever it counts."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import ClassVar

import pytest

from policyx.rules import Entry, builtin_rules

CORE_LIST = Path(__file__).parents[2] / "shared" / "eval" / "indicators.tsv"
DIMENSIONS = {
    "count",
    "people",
    "money",
    "area",
    "length",
    "mass",
    "volume",
    "energy",
    "power",
    "percent",
    "point",
    "duration",
    "rate",
    "number",
}
INDICATORS = builtin_rules().of("indicator")
BY_ID = {entry["id"]: entry for entry in INDICATORS}
each_indicator = pytest.mark.parametrize("entry", INDICATORS, ids=[entry["id"] for entry in INDICATORS])


def test_the_lexicon_is_broad() -> None:
    """Fields from industry to culture, a few hundred indicators."""
    assert len(INDICATORS) >= 300


def test_ids_are_unique_and_dotted() -> None:
    """An id names its field and its thing."""
    assert len(BY_ID) == len(INDICATORS)
    assert all(re.fullmatch(r"[a-z]+(\.[a-z][a-z0-9_]*){1,3}", identifier) for identifier in BY_ID)


@each_indicator
def test_an_entry_says_what_it_counts_and_shows_it(entry: Entry) -> None:
    """English label, unit, known dimensions, aliases, an example with a figure, a counter-example."""
    assert entry["label_en"].isascii() and entry["label_en"]
    assert entry["unit"]
    assert entry["dimension"] and set(entry["dimension"]) <= DIMENSIONS
    assert entry["words"] and len(set(entry["words"])) == len(entry["words"])
    assert entry["examples"] and entry["counter"]
    assert all(re.search("[0-9]", text) for text in entry["examples"] + entry["counter"])


@each_indicator
def test_an_example_holds_an_alias_and_no_forbidden_word(entry: Entry) -> None:
    """What the entry itself says it would not take cannot be its example."""
    for text in entry["examples"]:
        held = [alias for alias in entry["words"] if _pattern(alias).search(text)]
        assert held, text
        assert not [word for word in entry.get("not_with", []) if word in text], text


@each_indicator
def test_usual_magnitudes_are_a_range(entry: Entry) -> None:
    """From a county to the nation."""
    low, high = entry["typical"]
    assert low < high


@each_indicator
def test_an_alias_can_be_found_by_its_first_two_characters(entry: Entry) -> None:
    """The linker looks aliases up by two characters; a gap among them, or one lone character, is never found."""
    assert not [alias for alias in entry["words"] if len(alias) < 2 or "*" in alias[:2] or alias.endswith("**")]


@each_indicator
def test_an_alias_is_not_undone_by_the_entry_itself(entry: Entry) -> None:
    """An alias that holds a word of `not_with` could never name the indicator."""
    undone = [alias for alias in entry["words"] for word in entry.get("not_with", []) if word in alias]
    assert not undone


def test_no_alias_means_two_things_of_the_same_dimension() -> None:
    """贷款 is an amount in money and a number of loans: the unit decides; two amounts could not be told apart."""
    owners: dict[str, list[Entry]] = defaultdict(list)
    for entry in INDICATORS:
        for alias in entry["words"]:
            owners[alias].append(entry)
    clashes = [
        (alias, one["id"], other["id"])
        for alias, entries in owners.items()
        for one, other in combinations(entries, 2)
        if not _related(one["id"], other["id"]) and set(one["dimension"]) & set(other["dimension"])
    ]
    assert not clashes


@pytest.mark.shared
@pytest.mark.skipif(not CORE_LIST.exists(), reason="the texts that stand beside the project are not here")
class TestCoreList:
    """The core list is complete, and the other ids keep their distance from it."""

    core: ClassVar = {
        line.split("\t")[0]: line.split("\t")
        for line in (CORE_LIST.read_text(encoding="utf-8").splitlines()[1:] if CORE_LIST.exists() else [])
    }

    def test_every_core_indicator_is_here_with_label_and_aliases(self) -> None:
        """A remark in brackets behind an alias is not an alias."""
        for identifier, (_, label, _, aliases) in self.core.items():
            assert BY_ID[identifier]["label"] == label
            wanted = re.sub(r"\([^)]*\)", "", aliases).split()
            assert set(wanted) <= set(BY_ID[identifier]["words"]), identifier

    def test_a_refined_id_adds_a_dotted_part_and_a_new_one_begins_with_no_core_id(self) -> None:
        """platform.incubator.national refines a core id; people.population_density would only look as if it did."""
        for identifier in BY_ID.keys() - self.core.keys():
            near = [base for base in self.core if identifier.startswith(base)]
            assert not near or any(identifier.startswith(base + ".") for base in near), identifier


@pytest.mark.parametrize("identifier", sorted(BY_ID))
def test_what_a_refined_id_refines_exists(identifier: str) -> None:
    """An id of three parts stands on one of two."""
    if identifier.count(".") > 1:
        assert identifier.rpartition(".")[0] in BY_ID


class TestPlaces:
    """Provinces and cities, in full and in short."""

    places = builtin_rules().of("place")

    def test_all_provinces_are_here_in_full_and_in_short(self) -> None:
        """Thirty-four units of province level."""
        provinces = [entry for entry in self.places if entry["level"] == "province"]
        assert len(provinces) == 34
        assert all(full.startswith(short) for full, short in (entry["words"] for entry in provinces))

    def test_a_name_means_one_place(self) -> None:
        """A word of two places would tell nothing."""
        words = [word for entry in self.places for word in entry["words"]]
        assert len(words) == len(set(words)) > 600

    def test_cities_belong_to_a_province(self) -> None:
        """place.guangdong.cities stands beside place.guangdong."""
        known = {entry["id"] for entry in self.places}
        cities = [entry for entry in self.places if entry["level"] == "city"]
        assert cities and all(entry["id"].removesuffix(".cities") in known for entry in cities)


def _related(one: str, other: str) -> bool:
    return one.startswith(other + ".") or other.startswith(one + ".")


def _pattern(alias: str) -> re.Pattern[str]:
    return re.compile(".{0,16}?".join(re.escape(part) for part in alias.split("*")))
