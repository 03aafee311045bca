"""The status of a figure: a fact, an aim, an expectation, or a rule's own figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from policyx.link.context import DocumentContext
from policyx.model import Period
from policyx.rules import Rules


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that decides the status, where it stands in the text that was searched, and its rule."""

    status: str
    at: int
    word: str
    rule: str


class StatusWords:
    """The status rules, by scope."""

    def __init__(self, rules: Rules) -> None:
        self._clause: dict[str, list[tuple[str, str, str, tuple[str, ...]]]] = {}
        self._section: list[tuple[str, str, str]] = []
        for entry in rules.of("status"):
            for word in entry.get("words", []):
                if entry["scope"] in ("clause", "sentence") and entry["status"] != "policy":
                    item = (word, entry["status"], entry["id"], tuple(entry.get("not_after", ())))
                    self._clause.setdefault(word[0], []).append(item)
                elif entry["scope"] == "section":
                    self._section.append((word, entry["status"], entry["id"]))
        self.grant = tuple(rules_words(rules, "policy", "clause"))

    def cue(self, text: str) -> Cue | None:
        """The last deciding word of `text`."""
        last: Cue | None = None
        for at, character in enumerate(text):
            for word, status, rule, not_after in self._clause.get(character, ()):
                if text.startswith(word, at) and not (not_after and text[:at].endswith(not_after)):
                    last = Cue(status, at, word, rule)
                    break
        return last

    def section(self, path: tuple[str, ...]) -> Cue | None:
        """What the headings above a text say, the nearest first."""
        for title in reversed(path):
            best: Cue | None = None
            for word, status, rule in self._section:
                at = title.rfind(word)
                if at >= 0 and (best is None or at > best.at):
                    best = Cue(status, at, word, rule)
            if best:
                return best
        return None


def rules_words(rules: Rules, status: str, scope: str) -> list[str]:
    """The words of the status rules with this status and scope."""
    return [
        word
        for entry in rules.of("status")
        if entry["status"] == status and entry["scope"] == scope
        for word in entry.get("words", [])
    ]


def by_period(period: Period | None, context: DocumentContext) -> Cue | None:
    """A period that ends after the document was written is an aim; one that ended before it is a fact."""
    if period is None or period.origin not in ("stated", "carried", "relative") or period.year is None:
        return None
    if context.anchor is None:
        if period.relation == "by":
            return Cue("target", 0, period.text, "status.period.future")
        return None
    if period.relation == "by" and period.year >= context.anchor and context.kind != "communique":
        return Cue("target", 0, period.text, "status.period.future")
    if period.year > context.anchor:
        return Cue("target", 0, period.text, "status.period.future")
    if period.year < context.anchor:
        return Cue("actual", 0, period.text, "status.period.past")
    return None


@lru_cache(maxsize=4)
def status_words(rules: Rules) -> StatusWords:
    """The words for these rules, made once."""
    words = StatusWords(rules)
    for items in words._clause.values():
        items.sort(key=lambda item: -len(item[0]))
    return words
