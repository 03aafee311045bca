"""The place that a document speaks of: the place in its title, or the one that its first lines name."""

from __future__ import annotations

from functools import lru_cache

from policyx.patterns import compiled
from policyx.rules import Rules
from policyx.rules.words import WordSet

_DATELINE = compiled(r"新华[社网][^，。\s]{2,8}?(?=[0-9]{1,2}月|电)")
_DISTRICT = compiled(r"[一-鿿]{2,6}?(?:自治县|自治州|自治旗|新区|高新区|开发区|区|县|市|州|盟|旗)")


def document_place(title: str | None, stem: str, text: str, rules: Rules) -> str | None:
    """The narrowest place that the title names; else that of the file's name, else that of the text's first 400
    characters without datelines."""
    places = _places(rules)
    for where in (title or "", stem, _DATELINE.sub("", text[:400])):
        found = places.find(where)
        if not found:
            continue
        return _extended(where, *found, places)
    return None


def figure_place(name: str | None, rules: Rules) -> str | None:
    """The place that a record's own name begins with, if it names one (广东省常住人口); the document's place holds
    otherwise."""
    places = _places(rules)
    word = places.start(name) if name else ""
    return _extended(name, 0, word, places) if name and word else None


def _extended(text: str, start: int, word: str, places: WordSet) -> str:
    """The place with the narrower ones that follow: 广州市 and 增城区."""
    end = start + len(word)
    while further := places.start(text, end) or _district(text, end):
        end += len(further)
    return text[start:end]


def _district(text: str, at: int) -> str:
    match = _DISTRICT.match(text, at)
    return match[0] if match and len(match[0]) <= 5 else ""


@lru_cache(maxsize=4)
def _places(rules: Rules) -> WordSet:
    return WordSet({w: e["id"] for e in rules.of("place") if e["level"] != "country" for w in e.get("words", [])})
