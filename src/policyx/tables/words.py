"""The table rules by role, ready for look-up in the short texts of heads, rows, captions and notes."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace
from functools import lru_cache

from policyx.model import Unit
from policyx.patterns import compiled
from policyx.recognize.rank import RANK_UNIT
from policyx.recognize.units import UnitTable, unit_table
from policyx.rules import Entry, Rules
from policyx.rules.words import WordSet
from policyx.tuples import NamedTuple

_NOTHING = compiled(r"(?!)")
_HUNDRED = 100

Scaled = tuple[int, Unit | None]  # a multiplier and a unit: 万件; None for a bare 亿


class Hit(NamedTuple):
    """A word of a role in a text, the rule that gives it the role, and the rule's own entry."""

    word: str
    rule: str
    entry: Entry


class TableWords:
    """The words and resolution orders of the table rules; the units and comparators of the other rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.units: UnitTable = unit_table(rules)
        self.multipliers = {
            word: int(entry["value"])
            for entry in rules.of("numeral")
            if entry["role"] in ("ten", "group")
            for word in entry["words"]
        }
        digits = (entry for entry in rules.of("numeral", "digit"))
        self._digits = {word: entry["value"] for entry in digits for word in entry["words"]}
        self._entries: dict[str, Entry] = {}
        self._sets: dict[str, WordSet] = {}
        self._orders: dict[str, list[tuple[str, str]]] = {}
        for role in dict.fromkeys(entry["role"] for entry in rules.of("table")):
            entries = rules.of("table", role)
            self._entries.update((entry["id"], entry) for entry in entries)
            self._sets[role] = WordSet({word: entry["id"] for entry in entries for word in entry.get("words", ())})
            self._orders[role] = [(entry["from"], entry["id"]) for entry in entries if "from" in entry]
        self._patterns = {e["role"]: compiled(e["pattern"]) for e in rules.of("table") if "pattern" in e}
        self.republic = False
        groups = "".join(word for word, value in self.multipliers.items() if value >= _HUNDRED and len(word) == 1)
        amount = rf"(?:[0-9][0-9,]*(?:[{groups}]\s?[0-9]+(?:,\s?[0-9]{{3}})*)+|[0-9][0-9,]*(?:\.[0-9]+)?)"
        dash = r"(?<=\s)[-—–]+(?=\s|$)"
        # 1,030万6,880; a dash before a blank and a figure is its sign, or an empty cell
        total = rf"[\[〔［]\s?{amount}\s?[\]〕］]"
        self.figures = compiled(rf"{total}|[-－−]?\s?{amount}|{dash}"), compiled(rf"{total}|{dash}|[-－−]?{amount}")
        for role, side in (("bound.before", "before"), ("bound.after", "after")):
            entries = [entry for entry in rules.of("bound") if entry["side"] in (side, "both")]
            self._entries.update((entry["id"], entry) for entry in entries)
            self._sets[role] = WordSet({word: entry["id"] for entry in entries for word in entry.get("words", ())})
        done = (entry for entry in rules.of("measure") if entry["measure"] == "completion_rate")
        self._sets["completion"] = WordSet({word: entry["id"] for entry in done for word in entry.get("words", ())})
        spans = {"plan_years": [e for e in rules.of("period") if e["role"] == "plan"]}
        spans["months"] = [e for e in rules.of("period") if len(set(e.get("months", ()))) > 1]  # 上半年, 一季度
        for role, entries in spans.items():
            self._entries.update((entry["id"], entry) for entry in entries)
            self._sets[role] = WordSet({word: entry["id"] for entry in entries for word in entry.get("words", ())})
        places = {word: entry["id"] for entry in rules.of("place") for word in entry.get("words", ())}
        self._sets["place"] = WordSet(places)
        self.percent, self.point = self._only_unit("percent"), self._only_unit("point")
        self.money = self._only_unit("money")
        self.place_in_order: Scaled = (1, replace(RANK_UNIT, rule=dict(self.order("unit")).get("rank", RANK_UNIT.rule)))

    def in_republic(self) -> TableWords:
        """The same words, for a text that counts in years of the Republic."""
        words = copy(self)
        words.republic = True
        return words

    def _only_unit(self, dimension: str) -> Scaled:
        """The first unit of a dimension that has one: %, 百分点."""
        entry = next(entry for entry in self._rules.of("unit") if entry["dimension"] == dimension)
        hit = self.units.match(entry["words"][0], 0, han=False)
        assert hit is not None
        return 1, hit[0].unit

    def year_in_figures(self, text: str) -> str:
        """一九八二 as 1982; 九八二 too."""
        digits = "".join(self._digits.get(character, character) for character in text)
        return "1" + digits if len(digits) == 3 else digits

    def order(self, role: str) -> list[tuple[str, str]]:
        """Where a fact is looked for, in order: the name of the place and the rule's id."""
        return self._orders.get(role, [])

    def rule(self, role: str) -> str:
        """The id of the first rule of the role; nothing where there is none."""
        return next((rule for _, rule in self.order(role)), "")

    def first(self, role: str) -> str:
        """The first word of the role."""
        return next((entry["words"][0] for entry in self._rules.of("table", role)), "")

    def pattern(self, role: str) -> re.Pattern[str]:
        """How something is written: a year, a list mark."""
        return self._patterns.get(role, _NOTHING)

    def words(self, role: str) -> tuple[str, ...]:
        """The words of the role."""
        return tuple(self._sets[role].rule_of) if role in self._sets else ()

    def within(self, role: str, text: str) -> Hit | None:
        """The first word of the role in `text`."""
        found = self._sets[role].find(text) if role in self._sets and text else None
        return self._hit(role, found[1]) if found else None

    def all(self, role: str, text: str) -> list[tuple[int, str]]:
        """Each place in `text` where a word of the role begins, and the word."""
        return list(self._sets[role].all(text)) if role in self._sets else []

    def apart(self, role: str, text: str) -> list[Hit]:
        """The words of the role in `text`, from the left, those left out that begin inside another one."""
        end, hits = 0, []
        for at, word in self.all(role, text):
            hit = self._hit(role, word) if at >= end else None
            if hit:
                hits.append(hit)
                end = at + len(word)
        return hits

    def find(self, role: str, text: str) -> int | None:
        """Where the first word of the role begins in `text`."""
        found = self._sets[role].find(text) if role in self._sets else None
        return found[0] if found else None

    def opens(self, role: str, text: str) -> Hit | None:
        """The longest word of the role that `text` begins with."""
        return self._hit(role, self._sets[role].start(text)) if role in self._sets else None

    def closes(self, role: str, text: str) -> Hit | None:
        """The longest word of the role that `text` ends with."""
        return self._hit(role, self._sets[role].end(text)) if role in self._sets else None

    def equals(self, role: str, text: str) -> Hit | None:
        """The word of the role that `text` is."""
        return self._hit(role, text) if role in self._sets and text in self._sets[role] else None

    def without(self, roles: tuple[str, ...], text: str) -> str:
        """`text` without every word of the roles, from the left, the longest first."""
        sets = [self._sets[role] for role in roles if role in self._sets]
        at, kept = 0, []
        while at < len(text):
            word = max((known.start(text, at) for known in sets), key=len, default="")
            if not word:
                kept.append(text[at])
            at += len(word) or 1
        return "".join(kept)

    def _hit(self, role: str, word: str) -> Hit | None:
        if not word:
            return None
        rule = self._sets[role].rule_of[word]
        return Hit(word, rule, self._entries.get(rule, {}))


@lru_cache(maxsize=4)
def table_words(rules: Rules) -> TableWords:
    """The words for these rules, made once."""
    return TableWords(rules)
