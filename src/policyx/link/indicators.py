"""The canonical indicator that a name means, by the lexicon's aliases: the head of a Chinese name stands last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from policyx.model import Quantity
from policyx.rules import Entry, Rules
from policyx.rules.words import WordSet

# Marks and scopes that may follow an alias in a name without changing what is measured; the words are data.
_MARKS = re.compile(r"[（(][^）)]*[）)]|[“”\"「」、,，/ ]|占?全[市省国县区]|占全部|全[州旗镇]")
_FREE = frozenset({"growth_rate", "rank", "multiple", "completion_rate"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """A canonical indicator, found in a name."""

    id: str
    label: str
    unit: str
    typical: tuple[float, float] | None
    rule: str


class IndicatorIndex:
    """The lexicon's aliases, by their first two characters; aliases with * as patterns, by their first two too."""

    def __init__(self, rules: Rules) -> None:
        self._plain: dict[str, list[tuple[str, Entry]]] = {}
        self._tails = WordSet(rules.words("name", "tail"))
        self._starred: dict[str, list[tuple[re.Pattern[str], Entry]]] = {}
        for entry in rules.of("indicator"):
            for alias in entry.get("words", []):
                if "*" in alias:
                    self._starred.setdefault(alias[:2], []).append((_pattern(alias), entry))
                else:
                    self._plain.setdefault(alias[:2], []).append((alias, entry))

    def find(self, name: str, quantity: Quantity, measure: str) -> Indicator | None:
        """The indicator that `name` means for a figure of this measure and unit, or None."""
        best: tuple[int, int, Entry] | None = None
        for start, end, entry in self._matches(name):
            if not _fits(entry, quantity, measure) or any(word in name for word in entry.get("not_with", ())):
                continue
            if not self._is_tail(name, end):
                continue
            if best is None or (end, end - start) > best[:2]:
                best = (end, end - start, entry)
        return _indicator(best[2]) if best else None

    def _is_tail(self, name: str, at: int) -> bool:
        """True where only light words follow: the head of a Chinese name stands last."""
        while at < len(name):
            mark = _MARKS.match(name, at)
            step = mark.end() - at if mark else len(self._tails.start(name, at))
            if not step:
                return False
            at += step
        return True

    def _matches(self, name: str) -> list[tuple[int, int, Entry]]:
        found = []
        for start in range(len(name) - 1):
            key = name[start : start + 2]
            found += [(start, start + len(a), e) for a, e in self._plain.get(key, ()) if name.startswith(a, start)]
            for pattern, entry in self._starred.get(key, ()):
                match = pattern.match(name, start)
                if match:
                    found.append((start, match.end(), entry))
        return found


def _pattern(alias: str) -> re.Pattern[str]:
    return re.compile(".{0,16}?".join(re.escape(part) for part in alias.split("*")))


def _fits(entry: Entry, quantity: Quantity, measure: str) -> bool:
    if measure in _FREE:
        return True
    unit = quantity.unit
    dimension = unit.dimension if unit else "number"
    allowed = entry["dimension"]
    if dimension == "point" or (measure == "increase" and dimension == "percent"):
        return "percent" in allowed or "point" in allowed
    if dimension == "percent" and entry.get("measures"):
        return measure in entry["measures"] or dimension in allowed
    if dimension == "count" and "rate" in allowed:
        return True
    return dimension in allowed or (
        dimension == "count" and "people" in allowed and unit is not None and unit.name == "个"
    )


def _indicator(entry: Entry) -> Indicator:
    typical = entry.get("typical")
    bounds = (float(Fraction(str(typical[0]))), float(Fraction(str(typical[1])))) if typical else None
    return Indicator(entry["id"], entry["label"], entry["unit"], bounds, entry["id"])


@lru_cache(maxsize=4)
def indicator_index(rules: Rules) -> IndicatorIndex:
    """The index for these rules, made once."""
    return IndicatorIndex(rules)
