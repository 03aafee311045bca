"""The years of the Republic (113年, 111年至114年底) in a text that counts in them; nothing is resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policyx.patterns import compiled, matches_at
from policyx.recognize.numeral import NumeralGrammar, numeral_grammar, small_number
from policyx.recognize.ranges import DASHES
from policyx.recognize.wording import wording
from policyx.rules import Rules

EPOCH = 1911  # the year before the first one of the Republic
_LATEST_DAY = 31
_TWICE = 2

Found = tuple[re.Match[str], int, int, tuple[int, int] | None, int | None]


class Calendar:
    """Patterns for the parts of a date, made from the rules."""

    def __init__(self, rules: Rules) -> None:
        words = wording(rules)
        self.grammar: NumeralGrammar = numeral_grammar(rules)
        self.counts_so = lru_cache(maxsize=2)(self._counts_so)  # recognition and the outline ask of the same text
        grammar = self.grammar
        self.halves = {
            word: (entry["months"][0], entry["months"][1])
            for entry in rules.of("period")
            if "months" in entry
            for word in [*entry["words"], *entry.get("behind_year", ())]
        }
        year, month, day = words.either("year_sign"), words.either("month_sign"), words.either("day_sign")
        self.year, self.month, self.day = year, month, day
        self.tail = words.either("month_tail")
        self.to = rf"(?:[{re.escape(DASHES)}]{{1,2}}|{words.either('range_to')})"
        self.between = compiled(rf"\s?{self.to}\s?")
        self.opens = compiled(rf"\s?[（(](?:{words.either('that_is')})?")
        republic = words.either("republic")
        self.republic_name = republic
        ones, zeros, ten, hundred = grammar.ones, grammar.zeros, grammar.ten, grammar.hundred
        one, four = grammar.written[1], ones[:4]
        number = (
            rf"(?:[89][0-9]|1[0-4][0-9]|{one}[{zeros}{four}][{zeros}{ones}]"
            rf"|{one}{hundred}(?:[{zeros}][{ones}]|[{four}]?{ten}[{ones}]?)?)"
        )
        tens = rf"[{ones[6:9]}]{ten}[{ones}]?"  # 八十七年
        self.spelled = compiled(
            rf"(?<![{ones}{hundred}])[{ones[6:9]}]{ten}[{ones}]{year}(?:{words.either('year_edge')}|[{ones}{ten}0-9]{{1,2}}{month})"
        )
        number = rf"(?:{number}|{tens})"
        edge = rf"{words.either('year_edge')}(?!{words.either('year_edge_goes_on')})"  # 113年初创企业
        fiscal = words.either("fiscal_year")
        self.names = tuple(words.words("republic", "republic_currency"))
        budget = words.either("republic_budget")
        spelled = rf"{one}(?<![{ones}{ten}{hundred}]{one})[{zeros}{four}][{zeros}{ones}]"
        own = rf"(?:1(?<![0-9.,]1)[01][0-9]|{spelled})"
        self.own = compiled(rf"{own}(?:{year}|{fiscal})")  # in the three that follow
        self.budget = compiled(rf"{own}{fiscal}{budget}")
        counted = words.either("counted_years")
        part = "|".join(map(re.escape, self.halves))
        self.sure = compiled(
            rf"1(?<![0-9.,]1)[01][0-9](?:{year}(?:{part}|[0-9]{{1,2}}{month}|[0-9]{{1,2}}{self.to}[0-9]{{1,2}}{month})"
            rf"|{words.either('republic_sure')})"
        )
        self.places = tuple(words.words("republic_place"))
        self.cities = tuple(words.words("republic_city"))
        self.bare = compiled(rf"{own}{year}(?!{counted})")
        self.late = compiled(rf"9(?<![0-9.,]9)[0-9]{year}(?!{counted})")  # 99年 in a text that names a place of theirs
        self.common = compiled(rf"2(?<![0-9]2)0[0-9]{{2}}{year}")
        halves = "|".join(re.escape(word) for word in sorted(self.halves, key=lambda word: -len(word)))
        before = words.signs("no_republic_behind")
        told = rf"{words.either('republic_told')}[（(]"
        self.told_by = tuple(words.words("republic_told"))
        self.told = compiled(rf"[（(](?:{number})[）)](?:{year}|{fiscal})")  # behind one of these words
        begins = re.escape("".join(word[0] for word in words.words("republic", "republic_told")))
        self.republic = compiled(
            rf"(?=[189{one}{ones[6:9]}{begins}])(?<![0-9.,{ones}{ten}{hundred}])(?:(?<![{before}])|(?={number}{fiscal}))(?:{republic}|(?P<told>{told}))?"
            rf"(?P<first>{number})(?:{year}?{self.to}(?P<last>{number}))?(?(told)[）)])(?:{year}(?:{edge}|(?!{counted}))|{fiscal}(?!{counted}))"
            rf"(?:(?P<low>[0-9]{{1,2}}){month}?{self.tail}?{self.to}(?P<high>[0-9]{{1,2}}){month}{self.tail}?"
            rf"|(?P<month>[0-9]{{1,2}}){month}(?:(?P<day>[0-9]{{1,2}}){day}|{edge}|{self.tail})?|(?P<half>{halves}))?"
        )

    def day_number(self, surface: str | None) -> int | None:
        """A day of the month, where one is written."""
        number = small_number(surface, self.grammar) if surface else 0
        return number if 1 <= number <= _LATEST_DAY else None

    def _counts_so(self, text: str) -> bool:
        """Whether a text names the Republic or its currency, writes a part of the year behind such a year, says which
        year is meant by this one, writes its years throughout, or such years of two figures beside a place of
        theirs."""
        if any(word in text for word in self.names):
            return True
        if any(text.endswith(self.told_by, 0, match.start()) for match in matches_at(self.told, text, "（(")):
            return True
        if len(self.spelled.findall(text)) >= _TWICE and not self.common.search(text):
            return True
        if not self.own.search(text):
            placed = len(self.late.findall(text)) >= _TWICE and not self.common.search(text)
            return placed and any(word in text for word in self.cities)
        if any(shape.search(text) for shape in (self.budget, self.sure)):
            return True
        found = self.bare.findall(text)
        if not found:
            return False
        common = len(self.common.findall(text))
        if (len(found) >= _TWICE or not common) and any(word in text for word in self.places):
            return True
        return len(found) >= 3 and len(found) > common


@lru_cache(maxsize=4)
def calendar(rules: Rules) -> Calendar:
    """The patterns for these rules, made once."""
    return Calendar(rules)


def republic_years(text: str, rules: Rules) -> Iterator[Found]:
    """Each year or range of years of the Republic, with its months and day: 113年, 111年至114年底, 113年1月至6月.

    For a text that counts in them (`Calendar.counts_so`): there a bare number from 80 to 149 before 年 is a year."""
    known = calendar(rules)
    for match in known.republic.finditer(text):
        first = EPOCH + small_number(match["first"], known.grammar)
        last = EPOCH + small_number(match["last"], known.grammar) if match["last"] else first
        if first <= last:
            yield match, first, last, _months(match, known), known.day_number(match["day"])


def _months(match: re.Match[str], known: Calendar) -> tuple[int, int] | None:
    if match["half"]:
        return known.halves[match["half"]]
    low, high = match["low"] or match["month"], match["high"] or match["month"]
    return (int(low), int(high)) if low and high and 1 <= int(low) <= int(high) <= 12 else None
