"""What a fine is for, and whom it hits: 无证捕捞的，处200元罚款; 对单位并处1000元罚款."""

from __future__ import annotations

from policyx.clause import Clause
from policyx.construct import Match
from policyx.decide import name_words, phrases, targets
from policyx.decide.around import Around

_LONGEST = 16  # characters
_SHORTEST = 2
_ITEM_ENDS = ("semicolon", "stop", "boundary")
_DOCUMENTS = frozenset({"doc_noun", "rule_title", "cited"})
_POINTS = frozenset({"doc_noun", "rule_title", "cited", "this_one", "numeral", "generic", "latin", "aside", "opener"})
_BEFORE_FINE = frozenset({"fined", "modal", "joint", "adverb", "comma", "conjunction", "passive"})


def fined(match: Match, around: Around) -> str:
    """The words of the figure's own clause before the verb, else the nearest clause before that ends as a condition
    does; nothing where that only cites an article or is too long to name anything."""
    clause = match.clause
    first = clause.start(around.at)
    if "custody" in clause.roles(first):  # 处五日以下|拘留或者五百元以下罚款
        first = clause.start(first - 1)
    verb = clause.end(first, around.at, "fined")
    begun = clause.lexicon.beginning(clause.said(verb, verb + 1), "group")  # 单位 of 单位处, cut so by the dictionary
    if begun:
        return begun
    while verb > first and clause.roles(verb - 1) & _BEFORE_FINE:
        verb -= 1
    punished = "by_source" not in clause.roles(first)  # 由公安机关处 says who fines
    said = _named(clause, first + ("to" in clause.roles(first)), verb) if punished else ""
    if said:
        return _fitted(said, around)
    return offence(clause, around, first - 1)


def offence(clause: Clause, around: Around, last: int) -> str:
    """The nearest clause before `last` that ends as a condition does: 醉酒驾船 of 醉酒驾船的，处罚款，记6分."""
    item = clause.start(around.at, *_ITEM_ENDS)
    while last > item:
        while last > item and clause.roles(last - 1) & _BEFORE_FINE:
            last -= 1
        low = clause.start(last, "comma", "colon", *_ITEM_ENDS)
        if "of" in clause.roles(last - 1):
            said = "" if _cites(clause, low, last) else targets.condition(clause, low, last)
            return _fitted(said, around)
        last = low - 1
    return ""


def _named(clause: Clause, first: int, last: int) -> str:
    """Whom the own clause of a fine names, behind what it cites: 违反规定的|单位."""
    of = next((at for at in range(last - 2, first, -1) if "of" in clause.roles(at)), first - 1)
    first = of + 1 if of > first and _cites(clause, first, of) else first
    return "" if _cites(clause, first, last) else phrases.phrase(clause, *phrases.trimmed(clause, first, last))


def _cites(clause: Clause, low: int, last: int) -> bool:
    """违反本条例第十二条规定的: says only where the offence stands."""
    return any(clause.roles(at) & _DOCUMENTS and not _described(clause, low + 1, at) for at in range(low, last))


def _described(clause: Clause, low: int, at: int) -> bool:
    """违反|禁渔|规定: the words between say what the rules are about."""
    return at > low and not any(clause.roles(between) & _POINTS for between in range(low, at))


def _fitted(said: str, around: Around) -> str:
    words = around.words.words(said)
    starts = [
        low
        for low, _, letter in words
        if len(said) - low <= _LONGEST and name_words.balanced(said[low:]) and "of" not in around.words.roles[letter]
    ]
    said = name_words.tidy(said[starts[0] :]) if starts else ""
    return said if len(said) >= _SHORTEST else ""
