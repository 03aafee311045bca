"""What a figure of a benefit, a fee or a price in the news is of, where its own words do not say: 第三胎以上八万元 of
生育补助. Takes the clause, its words and the name found; knows no words."""

from __future__ import annotations

from policyx.clause import Clause, Lexicon
from policyx.construct import Constructions, Figure
from policyx.decide.names import Named

_AMOUNTS = frozenset({"money", "rate"})  # dimensions
_SET = frozenset({"set_rate", "entitlement"})
_TELLS = _SET | {"benefit", "money", "shared", "facet", "in_sum", "set_share", "raised"}
_NOUNS = frozenset({"noun", "modifier", "group", "head", "doc_noun", "verbal_noun"})
_BEGINS = frozenset(
    {
        "hard",
        "any_time",
        "of",
        "modal",
        "from",
        "become",
        "to",
        "by",
        "raise",
        "in_sum",
        "report",
        "announces",
        "each",
        "cue",
        "particle",
        "told",
        "before_now",
        "preposition",
        "conjunction",
        "adverb",
        "spell",
        "opener",
    }
)  # what no name of a benefit goes on across
_DEEDS = frozenset({"verb", "action", "predicate"})
_NAMES = frozenset({"noun", "verbal_noun", "modifier", "benefit_kind", "adjective"}) | _SET
_GIVING = frozenset({"each", "asked_of", "gets", "gives", "grant", "adverb", "copula"})
_AGES = frozenset({"numeral", "rank_number", "number_word", "until", "localizer", "aged_at"})
_LONGEST_NOUN, _LONGEST_NAME = 12, 22


class RateNamer:
    """Completes the names of what is set for each."""

    def __init__(self, words: Lexicon, found: Constructions, title: str) -> None:
        self._words, self._found = words, found
        self._title = self._of_text(title)

    def may_be(self, clause: Clause, at: int, figure: Figure) -> bool:
        """Whether the figure is an amount that may be set: no sum, and no fact."""
        return figure.dimension in _AMOUNTS and self._found.first("set", clause, at, figure) is not None

    def noun(self, clause: Clause, at: int, before: str) -> str:
        """What the sentence last said to be set, before word `at`, else what was said `before`, else the title's."""
        for number in range(at - 1, 0, -1):
            if clause.roles(number) & _SET:
                return self._phrase(clause, number)
        return before or self._title

    def completed(self, named: list[Named], noun: str, clause: Clause, at: int) -> list[Named]:
        """The names, the first with what is set where it says only who gets or pays it, or with whose age it is."""
        if not noun or not named:
            return named
        first, aged = named[0], _aged(clause, at)
        if aged and not (aged in first.name and noun in first.name):
            return [first._replace(name=aged + noun), *named[1:]]
        roles = [self._words.roles[letter] for _, _, letter in self._words.words(first.name)]
        if any(map(_TELLS.intersection, roles)):
            return named
        whose = first.name if any(map(_NOUNS.intersection, roles)) else ""  # 加码, 翻倍
        whole = whose + noun if len(whose) + len(noun) <= _LONGEST_NAME else whose
        return [first._replace(name=whole), *named[1:]]

    @staticmethod
    def _phrase(clause: Clause, last: int) -> str:
        """The words that end with word `last`, from where they may begin."""
        first = last
        while first > 1 and _belongs(clause.roles(first - 1)):
            if "rank_filler" in clause.roles(first - 1):
                first = last  # 第一胎生育补助
                break
            if len(clause.said(first - 1, last + 1)) > _LONGEST_NOUN:
                break
            first -= 1
        return clause.said(first, last + 1)

    def _of_text(self, title: str) -> str:
        """The last word of the title that names what is set."""
        parts = self._words.words(title)
        return next((title[low:high] for low, high, letter in reversed(parts) if self._words.roles[letter] & _SET), "")


def _belongs(roles: frozenset[str]) -> bool:
    """Whether a word may be part of what is set: no verb, and nothing that opens a phrase."""
    if roles & _DEEDS and not roles & _NAMES:
        return False
    return roles.isdisjoint(_BEGINS) or "adjective" in roles


def _aged(clause: Clause, at: int) -> str:
    """The age that alone stands before a figure in its clause: 八十五岁至八十九岁|每人|三千元."""
    first, last = clause.start(at), at
    while last > first and clause.roles(last - 1) & _GIVING and clause.roles(last - 1).isdisjoint(_AGES):
        last -= 1
    while first < last and clause.roles(first) & {"aged_at", "deal"}:
        first += 1
    if any(clause.roles(number).isdisjoint(_AGES) for number in range(first, last)):
        return ""
    return clause.said(first, last) if clause.has("numeral", first, last) else ""
