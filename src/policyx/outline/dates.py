"""The day that a document bears: the first full date of its title or its head, in figures or written out."""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.patterns import compiled
from policyx.recognize.numeral import numeral_grammar, small_number
from policyx.rules import Rules

_FULL_DATE = compiled(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:\s?年\s?|-|/|\.)([01]?[0-9])(?:\s?月\s?|-|/|\.)([0-3]?[0-9])(?:\s?日|(?![0-9]))"
)


def find_date(title: str, head: str, rules: Rules) -> tuple[str | None, str]:
    """The first full date of the title, else of the head, as ISO, and the rule; not the day from which a rule holds."""
    bars = tuple(rules.words("marker", "not_our_date"))
    behind = tuple(rules.words("marker", "date_of_force"))
    for place, rule in ((title, "document.date.title"), (head, "document.date.head")):
        for match in _FULL_DATE.finditer(place):
            in_force = place[: match.start()].rstrip().endswith(bars) or place[
                match.end() : match.end() + 6
            ].startswith(behind)
            if 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31 and not in_force:
                return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}", rule
    return None, ""


def in_figures(text: str, rules: Rules) -> str:
    """The text with its written dates in figures: 二〇二一年一月十四日 is 2021年1月14日."""
    grammar = numeral_grammar(rules)

    def figures(match: re.Match[str]) -> str:
        year = "".join(grammar.digits[sign] for sign in match[1])
        return (
            year
            + "".join(
                f"{sign}{small_number(number, grammar)}" if number else ""
                for sign, number in (("年", match[2]), ("月", match[3]))
            )
            + match[0][match.end(3 if match[3] else 2 if match[2] else 1) - match.start() :]
        )

    return _written(rules).sub(figures, text)


@lru_cache(maxsize=4)
def _written(rules: Rules) -> re.Pattern[str]:
    grammar = numeral_grammar(rules)
    digit, number = f"[{grammar.zeros}{grammar.ones}]", f"[{grammar.ten}{grammar.ones}]{{1,3}}"
    return compiled(rf"(?<!{digit})({digit}{{4}})年(?:({number})月(?:({number})日)?)?")
