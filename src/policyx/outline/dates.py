"""The day that a document bears: the first full date of its title or its head, in figures."""

from __future__ import annotations

from policyx.patterns import compiled
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
