"""The words and series that a panel knows: rules in, compiled patterns and series out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from policyx.errors import PolicyxError
from policyx.panel.row import MEASURES, Series
from policyx.patterns import any_word, compiled
from policyx.rules import Entry, Rules

ROLES = (
    "main_aims", "own", "opening", "ending", "elsewhere", "average", "together", "within_year", "than", "from",
    "to", "part", "hard", "stretch", "absent", "absent_growth", "nation", "lower_is_better",
    "other_basis", "same_basis", "filler",
)  # fmt: skip
_GAP = r".{0,16}?"
_ANY = "*"  # stands in an indicator's words for any text


@dataclass(frozen=True, slots=True, eq=False)
class PanelWords:
    """A pattern for each role of [[panel]]; `stripped` takes what says nothing from both ends of a name."""

    patterns: dict[str, re.Pattern[str]]

    def has(self, role: str, text: str | None) -> bool:
        """Whether a word of the role stands in the text."""
        return bool(text) and self.patterns[role].search(text or "") is not None

    def ends(self, role: str, text: str) -> bool:
        """Whether the text ends with a word of the role."""
        return any(match.end() == len(text) for match in self.patterns[role].finditer(text))

    def only(self, role: str, text: str) -> bool:
        """Whether the text is made of words of the role and nothing else."""
        return not self.patterns[role].sub("", text)


@lru_cache(maxsize=4)
def panel_words(rules: Rules) -> PanelWords:
    """The words in force."""
    by_role: dict[str, list[str]] = {role: [] for role in ROLES}
    for entry in rules.of("panel"):
        by_role[entry["role"]] += entry["words"]
    return PanelWords({role: compiled(any_word(words)) for role, words in by_role.items()})


def headline_series(rules: Rules) -> list[Series]:
    """The headline indicators."""
    known = {entry["id"]: entry for entry in rules.of("indicator")}
    return [_headline(entry, known) for entry in rules.of("headline")]


def chosen_series(rules: Rules, ids: Collection[str], measures: Collection[str] = ()) -> list[Series]:
    """The series of these ids (the headline ones for none), with these measures, or with what is usual of each.

    Raises PolicyxError for an id that no rule has."""
    headlines = headline_series(rules)
    if ids:
        known = {entry["id"]: entry for entry in rules.of("indicator")}
        by_id = {series.id: series for series in headlines}
        found = []
        for name in ids:
            if name not in by_id and name not in known:
                raise PolicyxError(f"{name} is no indicator")
            found.append(by_id[name] if name in by_id else _plain(known[name]))
    else:
        found = headlines
    return [_measured(series, tuple(measures)) for series in found]


def _headline(entry: Entry, known: dict[str, Entry]) -> Series:
    indicator = known[entry["indicator"]]
    return Series(
        str(entry.get("refined") or indicator["id"]),
        str(entry.get("label") or indicator["label"]),
        str(entry.get("label_en") or indicator["label_en"]),
        indicator["id"],
        tuple(entry["measures"]),
        _names(indicator),
        tuple(entry.get("needs", ())),
        tuple(entry.get("prefers", ())),
        _pattern(indicator),
    )


def _plain(entry: Entry) -> Series:
    return Series(
        entry["id"], entry["label"], entry["label_en"], entry["id"], MEASURES, _names(entry), pattern=_pattern(entry)
    )


def _measured(series: Series, measures: tuple[str, ...]) -> Series:
    return replace(series, measures=measures) if measures else series


def _pattern(entry: Entry) -> str:
    """A pattern for the names with gaps."""
    gapped = sorted((word for word in entry.get("words", []) if _ANY in word), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(re.escape(_ANY), _GAP) for word in gapped)


def _names(entry: Entry) -> tuple[str, ...]:
    named = [*entry.get("words", []), *entry.get("grows", [])]
    words = {entry["label"], *(word for word in named if _ANY not in word)}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
