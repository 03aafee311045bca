"""The place that a document speaks of: the place in its title, in its file's name, or the one named most often at its
beginning."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from policyx.patterns import any_word, compiled
from policyx.rules import Rules
from policyx.rules.words import WordSet

_DISTRICT = compiled(r"[一-鿿]{2,6}?(?:自治县|自治州|自治旗|新区|高新区|开发区|区|县|市|州|盟|旗)")
_SESSION = r"\w{0,7}?"  # of a congress
_BEGINNING = 4000
_HEAD = 400
_LONGEST_DISTRICT = 5


class Places:
    """The places that the rules know, and what stands around a place that the document does not speak of."""

    def __init__(self, rules: Rules) -> None:
        known = {word: e["id"] for e in rules.of("place") if e["level"] != "country" for word in e.get("words", [])}
        self._words = WordSet(known)
        self._not_after = tuple(rules.words("marker", "not_our_place"))
        self._no_place = compiled(any_word(rules.words("marker", "no_place")))
        speaks, nations = (any_word(rules.words("marker", role)) for role in ("place_speaks", "nation_speaks"))
        self._speaks, self._nation = compiled(rf"{_SESSION}(?:{speaks})"), compiled(nations)

    def of_document(self, title: str | None, stem: str, text: str) -> str | None:
        """The document's place, with the narrower ones that follow it (广州市增城区), or None."""
        for where in (title or "", stem):
            found = self._words.find(where)
            if found:
                return self.extended(where, *found)
        if self._nation.search(text[:_HEAD]):
            return None
        speaker = self._speaker(text)
        if speaker:
            return speaker
        counts: Counter[str] = Counter()
        first: dict[str, int] = {}
        beginning = text[:_BEGINNING]
        hidden = {at for match in self._no_place.finditer(beginning) for at in range(*match.span())}
        for at, word in self._words.all(beginning):
            if at not in hidden and not beginning.endswith(self._not_after, 0, at):
                place = self.extended(text, at, word)
                counts[place] += 1
                first.setdefault(place, at)
        if not counts:
            return None
        best = max(counts, key=lambda place: (counts[place], -first[place]))
        return best if counts[best] > 1 or first[best] < _HEAD else None

    def _speaker(self, text: str) -> str | None:
        """The place whose congress or government the head names: 在河南省第十二届人民代表大会第七次会议上."""
        for at, word in self._words.all(text[:_HEAD]):
            place = self.extended(text, at, word)
            if self._speaks.match(text, at + len(place)):
                return place
        return None

    def of_name(self, name: str | None) -> str | None:
        """The place that a record's own name begins with, if it names one (广东省常住人口)."""
        word = self._words.start(name) if name else ""
        return self.extended(name, 0, word) if name and word else None

    def extended(self, text: str, start: int, word: str) -> str:
        """The place with the narrower ones that follow: 广州市 and 增城区."""
        end = start + len(word)
        while further := self._words.start(text, end) or _district(text, end):
            end += len(further)
        return text[start:end]


def _district(text: str, at: int) -> str:
    match = _DISTRICT.match(text, at)
    return match[0] if match and len(match[0]) <= _LONGEST_DISTRICT else ""


@lru_cache(maxsize=4)
def places(rules: Rules) -> Places:
    """The places of these rules, made once."""
    return Places(rules)
