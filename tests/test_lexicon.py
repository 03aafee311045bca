"""The lexicon of indicators and places: facts that hold for every entry, whatever it counts."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any, ClassVar

import pytest

from policyx.decide.indicators import indicator_index
from policyx.model import Quantity, Unit
from policyx.rules import Entry, builtin_rules

NAMES = tomllib.loads((Path(__file__).parent / "data" / "indicator_names.toml").read_text(encoding="utf-8"))["name"]
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
    """What the entry itself says it would not take cannot be its example; `grows` names it before a rate."""
    for text in entry["examples"]:
        held = [alias for alias in (*entry["words"], *entry.get("grows", [])) if _pattern(alias).search(text)]
        assert held, text
        assert not [word for word in entry.get("not_with", []) if word in text], text


@each_indicator
def test_usual_magnitudes_are_a_range(entry: Entry) -> None:
    """From a county to the nation."""
    low, high = entry["typical"]
    assert low < high


@each_indicator
def test_an_alias_can_be_found_by_its_first_two_characters(entry: Entry) -> None:
    """The linker looks aliases up by two characters; a gap among them is never found."""
    assert not [alias for alias in entry["words"] if "*" in alias[:2] or alias.endswith("**")]


@each_indicator
def test_an_alias_of_one_character_is_a_thing_that_is_weighed_or_counted(entry: Entry) -> None:
    """布, 糖, 羊 are whole names in old tables; one character is too little to name a rate or an amount of money."""
    assert not ({"money", "percent", "rate"} & set(entry["dimension"]) and min(map(len, entry["words"])) == 1)


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


class TestNames:
    """What the names of records mean."""

    index = indicator_index(builtin_rules())

    @pytest.mark.parametrize("case", NAMES, ids=[f"{case['text']}-{case['dimension']}" for case in NAMES])
    def test_a_name_means_its_indicator(self, case: dict[str, Any]) -> None:
        """Or at least not the one that it was once taken for."""
        found = self.meaning(case["text"], case["dimension"])
        assert found == case["indicator"] if "indicator" in case else found != case["not"]

    def test_a_rate_of_change_fits_what_its_level_fitted(self) -> None:
        """粮食 grew by 3%: in area or in mass, as the level said that the name comes from."""
        assert self.meaning("粮食", "percent", "growth_rate", "area") == "agriculture.sown_area"
        assert self.meaning("粮食", "percent", "growth_rate", "mass") == "agriculture.grain_output"
        assert self.meaning("粮食", "percent", "growth_rate", "money") is None

    def test_the_growth_of_money_is_not_the_growth_of_a_thing(self) -> None:
        """服装 grew in pieces, 服装增加值 in money: the light word behind the alias tells."""
        assert self.meaning("服装", "percent", "growth_rate") == "product.textiles"
        assert self.meaning("服装增加值", "percent", "growth_rate") is None

    def test_quotation_marks_brackets_and_de_do_not_hide_a_name(self) -> None:
        """“专精特新”企业 and 高新技术产业产值的占比 are the same without them."""
        assert self.meaning("“专精特新”企业", "count") == self.meaning("专精特新企业", "count")
        assert self.meaning("高新技术（有效期内）企业", "count") == "enterprise.high_tech"
        assert self.meaning("高新技术产业产值的占比", "percent") == "output.high_tech_share"

    def test_one_character_is_a_name_only_by_itself(self) -> None:
        """布 is cloth; 公布 is not."""
        assert self.meaning("布", "length") == "product.textiles"
        assert self.meaning("公布", "length") is None

    def test_a_gap_at_the_end_takes_the_rest_of_the_name(self) -> None:
        """物流总费用占* stands for every whole that the costs are a share of."""
        assert self.meaning("社会物流总费用占地区生产总值的比率", "percent") == "transport.logistics_cost"

    def meaning(self, name: str, dimension: str, measure: str = "level", level: str | None = None) -> str | None:
        """The id of the indicator that `name` means for a quantity of `dimension`."""
        unit = Unit("个", "个", Fraction(1), dimension, "test")
        found = self.index.find(name, Quantity(Decimal(1), None, 1, 1, unit, "个"), measure, level)
        return found.id if found else None


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
