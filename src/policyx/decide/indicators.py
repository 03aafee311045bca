"""The canonical indicator that a name means, by the lexicon's aliases: the head of a Chinese name stands last.

Names and aliases are compared without quotation marks, blanks and 的, which change nothing in what is measured. An
alias of one character (布, 钢, 糖: products of old tables) means its indicator only where it is the whole name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache, lru_cache

from policyx.cache import Shared, remembered, shared, spread
from policyx.model import Quantity
from policyx.patterns import any_word, compiled
from policyx.rules import Entry, Rules
from policyx.rules.words import WordSet
from policyx.tuples import NamedTuple

# Marks and scopes that may follow an alias in a name without changing what is measured; the words are data.
_MARKS = compiled(r"（[^）]{0,80}）|[、,，/]|占?全[市省国区县]|占全部|全[州旗镇]")
_MARK_BEGINS = "（、,，/占全"
_BRACKET = compiled(r"（[^）]{0,80}）")
_LIGHT = str.maketrans({"(": "（", ")": "）", "＆": "&", **dict.fromkeys('“”‘’"「」『』 \u3000的')})
_HOLDS_LIGHT = compiled("[" + re.escape("".join(map(chr, _LIGHT))) + "]")
_FREE = frozenset({"growth_rate", "rank", "multiple", "completion_rate"})
_GAP = ".{0,16}?"
_REST = ".{0,16}$"


# the numbers of the entries by alias, those of one character apart; by two characters, the lengths of the plain aliases
# that end in them, and the aliases with gaps that begin with them, each with what stands behind its last gap and the
# number of its entry; by id, the words that bar an entry
_Aliases = tuple[
    dict[str, list[int]], Shared[int], Shared[int], dict[str, list[tuple[str, str, int]]], dict[str, list[str]]
]


class Indicator(NamedTuple):
    """A canonical indicator, found in a name."""

    id: str
    label: str
    unit: str
    typical: tuple[float, float] | None
    rule: str


class _Head(NamedTuple):
    """An entry whose alias is the head of a name; `of_money` says that a light word behind it speaks of money, so that
    the growth of 服装增加值 is not the growth of 服装."""

    entry: Entry
    of_money: bool


class IndicatorIndex:
    """The lexicon's aliases, by their last two characters; aliases with * as patterns, by their first two."""

    def __init__(self, rules: Rules) -> None:
        self._tails = WordSet(rules.words("marker", "tail"))
        self._light = frozenset(_MARK_BEGINS).union(word[0] for word in self._tails.rule_of)
        attributes = rules.words("word", "attribute")
        self._money = compiled(any_word(word for word in rules.words("word", "money") if word not in attributes))
        inner = sorted(rules.words("marker", "inner"), key=len, reverse=True)
        self._inner = compiled("|".join(map(re.escape, inner))) if inner else None
        self._entries = rules.of("indicator")
        aliases = remembered("aliases", rules.key, lambda: _aliases(self._entries))
        self._whole, plain, lengths, self._starred, self._barred = aliases
        self._plain, self._lengths = spread(plain, tuple), spread(lengths, tuple)
        self._known: dict[str, Indicator] = {}
        self._grows = {word: entry for entry in self._entries for word in entry.get("grows", ())}
        scopes = any_word(rules.words("word", "scope"))
        self._own_place = compiled(f"^(?:{scopes})+")
        self._heads = lru_cache(maxsize=16384)(self._find_heads)

    def find(self, name: str, quantity: Quantity, measure: str, level_dimension: str | None = None) -> Indicator | None:
        """The indicator that `name` means for a figure of this measure and unit, or None.

        `level_dimension` is the dimension of the level that the name was carried over from, where it was: a growth
        rate fits any indicator of its name, but not one that its own level did not fit."""
        if measure == "growth_rate" and (grows := self._grows.get(self._own_place.sub("", name))):
            return self._of_entry(grows)
        for entry, of_money in self._heads(name):
            level = "money" if of_money and level_dimension is None else level_dimension
            if _fits(entry, quantity, measure, level):
                return self._of_entry(entry)
        return None

    def _of_entry(self, entry: Entry) -> Indicator:
        known = self._known.get(entry["id"])
        return known or self._known.setdefault(entry["id"], _indicator(entry))

    def _find_heads(self, name: str) -> tuple[_Head, ...]:
        """The entries that may be the head of `name`, the likeliest first: it ends last and is the longest."""
        plain = _plain(name)
        found = self._ranked(plain)
        if not found and "（" in plain:
            plain = _BRACKET.sub("", plain)
            found = self._ranked(plain)
            told = brackets[-1] if (brackets := _BRACKET.findall(_plain(name))) else ""
            found = found or self._ranked(told.strip("（）"))  # 占常住人口比重（城镇化率）
        if self._inner and (bare := self._inner.sub("", plain)) != plain:
            found = [*found, *self._ranked(bare)]
        return tuple(found)

    def _ranked(self, name: str) -> list[_Head]:
        if len(name) == 1:
            alone = [self._entries[number] for number in self._whole.get(name, ())]
            return [_Head(entry, False) for entry in alone if not self._is_barred(entry, name)]
        heads = [found for found in self._matches(name, self._ends(name)) if not self._is_barred(found[2], name)]
        heads.sort(key=lambda head: (-head[0], -head[1]))
        return [_Head(entry, end < len(name) and self._money.search(name, end) is not None) for end, _, entry in heads]

    def _is_barred(self, entry: Entry, name: str) -> bool:
        barred = self._barred.get(entry["id"])
        return barred is not None and any(word in name for word in barred)

    def _ends(self, name: str) -> set[int]:
        """Where a head may end: only light words follow, for the head of a Chinese name stands last."""
        ends = {len(name)}
        for at in range(len(name) - 1, 1, -1):
            if name[at] in self._light:
                mark = _MARKS.match(name, at)
                if (mark.end() if mark else at + len(self._tails.start(name, at))) in ends:
                    ends.add(at)
        return ends

    def _matches(self, name: str, ends: set[int]) -> Iterator[tuple[int, int, Entry]]:
        """The aliases in `name` that end at one of `ends`, each with its end and length; of two that stand at the same
        place the plain one first."""
        for end in ends:
            for length in self._lengths.get(name[end - 2 : end], ()):
                if length <= end:
                    for number in self._plain.get(name[end - length : end], ()):
                        yield end, length, self._entries[number]
        for start in range(len(name) - 1):
            for last, alias, number in self._starred.get(name[start : start + 2], ()):
                match = _pattern(alias).match(name, start) if last in name else None
                if match and match.end() in ends:
                    yield match.end(), match.end() - start, self._entries[number]


def _aliases(entries: list[Entry]) -> _Aliases:
    whole: dict[str, list[int]] = {}
    plain: dict[str, list[int]] = {}
    starred: dict[str, list[tuple[str, str, int]]] = {}
    lengths: dict[str, set[int]] = {}
    for number, entry in enumerate(entries):
        for alias in dict.fromkeys(_plain(word) for word in entry.get("words", ())):
            if "*" in alias:
                last = alias.rstrip("*").rpartition("*")[2]
                starred.setdefault(alias[:2], []).append((last, alias, number))
            elif len(alias) == 1:
                whole.setdefault(alias, []).append(number)
            else:
                plain.setdefault(alias, []).append(number)
                lengths.setdefault(alias[-2:], set()).add(len(alias))
    barred = {entry["id"]: [_plain(word) for word in entry["not_with"]] for entry in entries if entry.get("not_with")}
    sizes = {ended: list(found) for ended, found in lengths.items()}
    return whole, _alike(plain), _alike(sizes), starred, barred


def _alike(numbers: Mapping[str, list[int]]) -> Shared[int]:
    """Numbers with the words that have them."""
    words: dict[tuple[int, ...], list[str]] = {}
    for word, own in numbers.items():
        words.setdefault(tuple(own), []).append(word)
    return shared((list(own), named) for own, named in words.items())


def _plain(text: str) -> str:
    light = text.translate(_LIGHT) if _HOLDS_LIGHT.search(text) else text
    return light.replace("比率", "比重")


@cache  # compiled when first asked for: a short text needs few
def _pattern(alias: str) -> re.Pattern[str]:
    """An alias with gaps; a gap at its end takes the rest of the name (物流总费用占*: 物流总费用占GDP比重)."""
    stem = alias.rstrip("*")
    parts = _GAP.join(re.escape(part) for part in stem.split("*"))
    return compiled(parts + _REST if alias.endswith("*") else parts)


def _fits(entry: Entry, quantity: Quantity, measure: str, level_dimension: str | None) -> bool:
    allowed = entry["dimension"]
    if measure in _FREE:
        return level_dimension is None or _takes(allowed, level_dimension, "")
    unit = quantity.unit
    if unit and unit.name in entry.get("not_units", ()):
        return False  # 总面积3200平方公里 is no floor
    dimension = unit.dimension if unit else "number"
    if measure == "increase" and dimension == "percent":
        return "percent" in allowed or "point" in allowed
    if dimension == "percent" and entry.get("measures"):
        return measure in entry["measures"] or dimension in allowed
    return _takes(allowed, dimension, unit.name if unit else "")


def _takes(allowed: list[str], dimension: str, unit: str) -> bool:
    """Whether an indicator of these dimensions is measured in this one: people are counted as 人 and as 个."""
    if dimension == "point":
        return "percent" in allowed or "point" in allowed
    return (
        dimension in allowed
        or (dimension == "count" and "rate" in allowed and "money" not in allowed)  # 元/亩 are no 个
        or (dimension == "count" and "people" in allowed and unit == "个")
    )


def _indicator(entry: Entry) -> Indicator:
    typical = entry.get("typical")
    bounds = (float(Fraction(str(typical[0]))), float(Fraction(str(typical[1])))) if typical else None
    return Indicator(entry["id"], entry["label"], entry["unit"], bounds, entry["id"])


@lru_cache(maxsize=4)
def indicator_index(rules: Rules) -> IndicatorIndex:
    """The index for these rules, made once."""
    return IndicatorIndex(rules)
