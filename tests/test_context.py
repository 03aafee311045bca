"""The rules of recognition bite: without its words a rule's own examples read otherwise, its counter-examples not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import policyx
from policyx.model import Mention, Segment
from policyx.recognize import recognize
from policyx.repair import repair
from policyx.rules import Entry, Rules, builtin_rules
from policyx.rules.loader import RuleTable
from policyx.segment import segment

RULES = builtin_rules()
_ID = re.compile(r'"((?:unit|numeral|period|bound|exclusion)\.[a-z_.]+)"')
WITH_WORDS = [entry for entry in RULES.of("exclusion") if entry.get("words") and entry["role"] != "furniture"]
# the words of these only say where a pattern is worth trying, or hold a table for another rule
CUES = {"span", "near", "shortened"}
EXCEPTIONS = {"become"}  # the words of these say where the rule does not hold


def _without_words(identifier: str) -> Rules:
    """The built-in rules, one of them without its words."""
    table: RuleTable = {}
    for kind, entry in RULES.all():
        table.setdefault(kind, []).append({**entry, "words": []} if entry["id"] == identifier else entry)
    return Rules(table, {})


def _read(text: str, rules: Rules) -> tuple[list[Mention], list[Segment]]:
    """What recognition finds in the repaired text, without the names of rules, and the text's segments."""
    repaired = repair(text, RULES).text
    found = recognize(repaired, rules)
    mentions = [mention._replace(rules=(), rejected="x" if mention.rejected else None) for mention in found]
    return mentions, segment(repaired, rules)


@pytest.mark.parametrize("entry", RULES.of("context"), ids=lambda entry: entry["id"])
def test_words_around_numbers_matter_where_they_say(entry: Entry) -> None:
    """Every word list of a role changes its examples and leaves its counter-examples alone."""
    without = _without_words(entry["id"])
    for text in entry["examples"]:
        assert _read(text, RULES) != _read(text, without), text
    for text in entry["counter"]:
        assert _read(text, RULES) == _read(text, without), text


@pytest.mark.parametrize(
    "entry", [entry for entry in WITH_WORDS if entry["role"] not in CUES], ids=lambda entry: entry["id"]
)
def test_an_exclusion_bites_by_its_words(entry: Entry) -> None:
    """Without its words the number in its example is no longer rejected, or by another rule."""
    without = _without_words(entry["id"])
    excepted = entry["role"] in EXCEPTIONS
    for text in entry["counter" if excepted else "examples"]:
        rejected = {mention.rejected for mention in recognize(text, without)}
        assert (entry["id"] in rejected) == excepted, text


def test_every_role_is_asked_for() -> None:
    """No list of words that no code reads."""
    code = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[1] / "src").rglob("*.py"))
    assert not [entry["id"] for entry in RULES.of("context") if f'"{entry["role"]}"' not in code.replace("'", '"')]


def test_every_rule_that_recognition_cites_exists() -> None:
    """Ids in the code of these rooms are known to `rules show`."""
    rooms = Path(__file__).parents[1] / "src" / "policyx"
    cited = {
        identifier
        for room in ("recognize", "repair")
        for path in (rooms / room).rglob("*.py")
        for identifier in _ID.findall(path.read_text(encoding="utf-8"))
    }
    assert cited
    assert not {identifier for identifier in cited if RULES.find(identifier) is None}


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        ("### [其他](javascript:)\n\n" + "-   [通知公告](/a/)\n" * 30, "滨海市渔民参保有关事项的通知"),
        ("• 智能问答\n• 网上办事\n", "滨海市渔业发展规划"),
        ("渔业报讯(记者 林一)《渔业发展规划》出台。\n", "滨海市渔业统计公报"),
    ],
)
def test_a_title_is_found_behind_menus_and_leads(frame: str, title: str) -> None:
    """Lines that are only links, short items of a menu and the lead of a news item are none."""
    assert policyx.extract(f"{frame}\n{title}\n\n渔业产值20亿元。\n").title == title


def test_months_are_of_the_year_that_is_all_that_is_known() -> None:
    """A dateline without a year leaves no period behind; 前10个月 is of the year that the title tells."""
    document = policyx.extract(
        "2022年滨海市水产贸易\n渔业报11月18日电，今年前10个月，渔获出口20亿元。\n前10个月，渔船出口3亿元。\n"
    )
    assert [record.year for record in document] == [2022, 2022]


def test_the_whole_year_is_the_one_that_the_sentence_names_before() -> None:
    """Where nothing else tells the year."""
    document = policyx.extract("渔业局资料显示，随着2021年渔市复苏，全年渔船闲置率为1.8%。\n")
    assert [record.year for record in document] == [2021]
