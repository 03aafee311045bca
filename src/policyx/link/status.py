"""The status of a figure: a fact, an aim, an expectation, or a rule's own figure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from policyx.link.context import DocumentContext
from policyx.model import Period
from policyx.patterns import compiled
from policyx.rules import Entry, Rules


class Cue(NamedTuple):
    """A word that decides the status, where it stands in the text that was searched, and its rule; `opens`: it opens
    its sentence, and governs all of it."""

    status: str
    at: int
    word: str
    rule: str
    local: bool = False
    opens: bool = False


class _ClauseCue(NamedTuple):
    word: str
    status: str
    rule: str
    local: bool
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]

    def stands(self, text: str, at: int) -> bool:
        return not (self.not_after and text[:at].endswith(self.not_after)) and not (
            self.not_before and text.startswith(self.not_before, at + len(self.word))
        )


def _clause_cue(entry: Entry, word: str) -> _ClauseCue:
    return _ClauseCue(
        word,
        entry["status"],
        entry["id"],
        entry["scope"] == "clause",
        tuple(entry.get("not_after", ())),
        tuple(entry.get("not_before", ())),
    )


# 将12项纳入清单: 将 brings the object to the front
OBJECT_MARKER = compiled(
    r"将[^，。；]{2,24}?(?:整合[为成]|纳入|列入|划入|调整[为到]|压[缩减][至到]|转[化变]为|作为|放[到在]|落实到|(?:优先|全部|主要|重点)?用于|投[入向]|缩短[至到为]|打造成|移交|提前[至到])"
)


# a title of the whole that says nothing of its parts: 上半年工作总结和下半年工作打算
_TWO_PARTS = compiled(r"(?:总结|情况|回顾|完成).{0,4}(?:和|及|与|暨|、).{0,10}(?:打算|计划|安排|思路|谋划|要点|部署)")
_CAPTION = compiled(r"\W{0,6}(?:附)?[表图]\s?[0-9一二三四五六七八九十]")  # names what a table holds, not what is meant


class StatusWords:
    """The status rules, by scope."""

    def __init__(self, rules: Rules) -> None:
        self._clause: dict[str, list[_ClauseCue]] = {}
        self._titles: list[tuple[str, str, str, bool]] = []
        for entry in rules.of("status"):
            for word in entry.get("words", []):
                if entry["scope"] in ("clause", "sentence") and entry["status"] != "policy":
                    self._clause.setdefault(word[0], []).append(_clause_cue(entry, word))
                elif entry["scope"] in ("section", "done"):
                    self._titles.append((word, entry["status"], entry["id"], entry["scope"] == "done"))
        for cues in self._clause.values():
            cues.sort(key=lambda cue: -len(cue.word))
        self.section = lru_cache(maxsize=4096)(self._section_of)
        self._first = compiled(f"[{re.escape(''.join(sorted(self._clause)))}]")

    def cue(self, text: str) -> Cue | None:
        """The last deciding word of `text`."""
        last: Cue | None = None
        for match in self._first.finditer(text):
            at = match.start()
            for cue in self._clause[match[0]]:
                if not text.startswith(cue.word, at) or (cue.word == "将" and OBJECT_MARKER.match(text, at)):
                    continue
                if cue.stands(text, at):
                    weak = last is not None and last.status == "forecast" and cue.word in ("将", "要")
                    last = last if weak else Cue(cue.status, at, cue.word, cue.rule, cue.local)
                    break
        return last

    def _section_of(self, path: tuple[str, ...], *, from_top: bool = False) -> Cue | None:
        """What the headings above a text say: the nearest first, or (`from_top`, in reports) the highest first. Only
        the two highest headings are searched for the words; a lower one must end in its word, or it is a slogan
        (推动乡村振兴取得成效)."""
        order = range(len(path)) if from_top else range(len(path) - 1, -1, -1)
        for depth in order:
            if _CAPTION.match(path[depth]):
                continue
            cue = self._in_title(path[depth], anywhere=depth < 2)
            if cue:
                return cue
        return None

    def _in_title(self, title: str, *, anywhere: bool) -> Cue | None:
        if _TWO_PARTS.search(title):
            return None
        best: Cue | None = None
        plain = title.rstrip("（）()：:。 的和")
        for word, status, rule, done in self._titles:
            at = plain.rfind(word)
            if done and at >= 0:
                return Cue(status, at, word, rule)
            ends = at >= 0 and at + len(word) == len(plain)
            if at >= 0 and (anywhere or ends) and (best is None or at + len(word) > best.at + len(best.word)):
                best = Cue(status, at, word, rule)
        return best


def by_period(period: Period | None, context: DocumentContext) -> Cue | None:
    """A period that ends after the document was written is an aim; one that ended before it is a fact."""
    year = period.year if period and period.origin in ("stated", "carried", "relative") else None
    if period is None or year is None:
        return None
    if context.anchor is None or not context.anchor_known:
        if period.relation == "by":
            return Cue("target", 0, period.text, "status.period.future")
        return None
    if period.relation == "by" and year >= context.anchor and context.kind != "communique":
        return Cue("target", 0, period.text, "status.period.future")
    if context.kind == "report" and year == context.anchor and _whole_year(period):
        return Cue("target", 0, period.text, "status.period.future")
    if year > context.anchor:
        return Cue("target", 0, period.text, "status.period.future")
    if year < context.anchor:
        return Cue("actual", 0, period.text, "status.period.past")
    return None


def _whole_year(period: Period) -> bool:
    """True for the year of a report itself: it is given in January, and what it says of the year is planned."""
    return (
        period.start is not None
        and period.start.endswith("-01-01")
        and bool(period.end and period.end.endswith("-12-31"))
    )


@lru_cache(maxsize=4)
def status_words(rules: Rules) -> StatusWords:
    """The words for these rules, made once."""
    return StatusWords(rules)
