"""The kind of a document by evidence: every rule that holds adds its weight to a kind, the greatest sum decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import Any

from policyx.model import Link, Segment, Status
from policyx.outline.stance import StanceReader, stance_reader
from policyx.patterns import any_word, compiled
from policyx.rules import Entry, Rules
from policyx.tuples import NamedTuple

_HEAD = 600
_YEAR = compiled(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?=年|[-—至~])")
_SAMPLE = 20_000
_FEWEST = 3
_LINE_HEAD = 20  # characters of a line in which its heading stands
_STRAY = compiled("(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff])")
_SHORTEST = 300  # in a shorter text one word is not yet many
_FEW_SENTENCES = 200  # characters
_NARROW = 1.5
_TELLING = 2  # the weight of a word that a paragraph is judged by
_CLEAR = 4  # the weight from which a paragraph is one of facts or of aims: nine in ten are
_LEANING = 5  # how much of the whole text's weight on a thousand characters counts for each paragraph: a fifth
_PLAINEST = "news"  # what a text is that says nothing else of itself
_LAYOUTS = {
    "articles": compiled(r"(?<!\s)\s*+第\s?[一二三四五六七八九十百0-9]{1,4}\s?[条点]"),
    "questions": compiled(
        r"(?<!\s)\s*+(?:(?:[0-9]{1,2}[.、．]|[一二三四五六七八九十]{1,3}、|[QA问答]\s?[0-9]{0,2}[：:、.])?"
        r".{0,60}[？?]\s*+$"
        r"|[QA问答][0-9]{0,2}[：:])"
    ),
    "duties": compiled(r"(?<!\s)\s*+[^\s：:]{2}[单部领时责][位门导限人][：:]"),
}  # of a line


class Verdict(NamedTuple):
    """The kind with the strongest evidence, the strongest rule for it, and every rule that held, the winner's first;
    `narrow`: another kind has nearly as much."""

    kind: str
    rule: str
    links: tuple[Link, ...]
    narrow: bool

    def by_body(self, rules: Rules) -> bool:
        """Whether only what the text says all through tells the kind: no title, no words of its head."""
        known = {entry["id"]: entry for entry in rules.of("document")}
        own = [known[link.rule] for link in self.links if link.value == self.kind]
        return not any({"title", "head", "layout"} & entry.keys() for entry in own)


class Evidence:
    """The document rules of some rules, ready to be asked."""

    def __init__(self, rules: Rules) -> None:
        self._entries = rules.of("document")
        self._tails = tuple(rules.words("marker", "title_tail"))
        self._titles = [
            (word, word.partition("*")[0], entry) for entry in self._entries for word in entry.get("title", ())
        ]
        self._rules = rules
        self._stances = stance_reader(rules)
        self._counted = {
            (entry["id"], side): self._words(entry[side])
            for entry in self._entries
            for side in ("per_thousand", "against")
            if side in entry
        }

    def verdict(self, title: str, text: str) -> Verdict:
        """The kind of the document with this title and text."""
        title = without_strays(title)
        titled = self.title_rule(title)
        sample = _Sample(text[:_SAMPLE], self._stances)
        found = [
            (entry, said) for entry in self._entries if (said := self._holds(entry, title, sample, titled)) is not None
        ]
        sums: dict[str, float] = {}
        for entry, _ in found:
            sums[entry["kind"]] = sums.get(entry["kind"], 0) + entry["weight"]
        order = sorted(sums, key=lambda kind: (-sums[kind], kind != _PLAINEST))
        found.sort(key=lambda pair: (pair[0]["kind"] != order[0], -pair[0]["weight"]))
        links = tuple(Link("kind", entry["kind"], entry["id"], said) for entry, said in found)
        narrow = len(order) > 1 and sums[order[0]] - sums[order[1]] <= _NARROW
        return Verdict(order[0], links[0].rule, links, narrow)

    def title_rule(self, title: str) -> tuple[str, str] | None:
        """The title rule whose word stands last in the title, and the word; the longer of two that end together."""
        title = without_strays(title)
        best: tuple[int, int, str, str] | None = None
        for word, begin, entry in self._titles:
            if begin not in title:
                continue
            at, end = _place(word, title, first=bool(entry.get("anywhere")))
            if at < 0 or not (entry.get("anywhere") or end == len(title) or title.startswith(self._tails, end)):
                continue
            if any(barred in title for barred in entry.get("not_with", ())) or _is_cited(title, end):
                continue
            if best is None or (end, len(word)) > best[:2]:
                best = end, len(word), entry["id"], word
        return best[2:] if best else None

    def _holds(self, entry: Entry, title: str, sample: _Sample, titled: tuple[str, str] | None) -> str | None:
        """What says so where the rule holds, else None."""
        if "title" in entry:
            return titled[1] if titled and titled[0] == entry["id"] else None
        if "head" in entry:
            if any(barred in title for barred in entry.get("not_with", ())):
                return None
            return next((word for word in entry["head"] if word in sample.head or word in title), None)
        if "years_within" in entry and sample.years_apart > entry["years_within"]:
            return None  # a history of sixty years plans nothing
        if "stance" in entry and not entry["stance"].get("least", sample.stance) <= sample.stance:
            return None
        if "lines" in entry:
            told = [word for word in entry["lines"]["words"] if word in sample.openings]
            return told[0] if len(told) >= entry["lines"]["least"] else None
        if "layout" in entry:
            count = sum(_LAYOUTS[entry["layout"]].match(line) is not None for line in sample.lines)
            return str(count) if count >= _FEWEST else None
        if "per_thousand" in entry:
            return self._frequent(entry, sample)
        return ""

    def _frequent(self, entry: Entry, sample: _Sample) -> str | None:
        """The first of the words, where they stand often enough, and so many times as often as those against them."""
        told, against = entry["per_thousand"], entry.get("against")
        found, size = sample.found(self._counted[entry["id"], "per_thousand"]), sample.size
        if len(found) < max(told["least"] * size, told.get("fewest", 1)) or len(set(found)) < told.get("different", 1):
            return None
        if not against:
            return str(found[0])
        opposed = sample.found(self._counted[entry["id"], "against"])
        return str(found[0]) if len(found) >= against["times"] * (len(opposed) + size) else None

    def _words(self, told: dict[str, Any]) -> re.Pattern[str]:
        return compiled(any_word(told["words"] if "words" in told else self._rules.words("marker", told["role"])))


def _is_cited(title: str, end: int) -> bool:
    """“夏季行动”战果丰硕, 扎实推进“三年行动计划”: a headline that cites what is called so is none itself."""
    if title[end : end + 1] != "”":
        return False
    return title.rfind("“", 0, end) > 0


def _place(word: str, title: str, *, first: bool) -> tuple[int, int]:
    """Where the word stands in the title, the first or the last time; -1 where it does not. `总结*计划` holds where one
    part stands before the other."""
    begin, star, tail = word.partition("*")
    at = title.find(word) if first else title.rfind(word)
    if not star:
        return at, at + len(word)
    at, end = title.find(begin), title.rfind(tail)
    return (at, end + len(tail)) if 0 <= at < end else (-1, -1)


class _Sample:
    """The beginning of a text: its head, its lines and how they open, its size in thousands of characters, its stance
    on a thousand, and what a pattern finds in it, looked for once."""

    def __init__(self, text: str, stances: StanceReader) -> None:
        self.head, self.lines = without_strays(text[:_HEAD]), text.split("\n")
        self.openings = without_strays("\n".join(line[:_LINE_HEAD] for line in self.lines))
        self.size = max(len(text), _SHORTEST) / 1000
        self.stance = _stance(text, stances)
        self.found = cache(lambda pattern: pattern.findall(text))

    @cached_property
    def years_apart(self) -> int:
        """From the first to the last of the years that the text names."""
        years = [int(year) for year in self.found(_YEAR)]
        return max(years) - min(years) if years else 0


def _stance(text: str, stances: StanceReader) -> float:
    """The weights of the text's lines, on a thousand characters."""
    return stances.whole(text) / (max(len(text), _SHORTEST) / 1000)


@lru_cache(maxsize=4)
def without_strays(text: str) -> str:
    """The text without single blanks inside words: outside of sentences, no repair can tell whether 统计 公报 was meant
    so, and as evidence it is the same."""
    return _STRAY.sub("", text)


@lru_cache(maxsize=4)
def evidence(rules: Rules) -> Evidence:
    """The evidence rules of these rules, made once."""
    return Evidence(rules)


class Paragraphs:
    """Whether a paragraph tells what was done or what is meant, for a text that has no head to say so."""

    def __init__(self, text: str, segments: Sequence[Segment], rules: Rules) -> None:
        self._text = text
        self._spans: dict[int, tuple[int, int]] = {}
        for segment in segments:
            low, high = self._spans.get(segment.paragraph, segment.span)
            self._spans[segment.paragraph] = min(low, segment.span.start), max(high, segment.span.end)
        self._stances = stance_reader(rules)
        whole = _stance(text[:_SAMPLE], self._stances)
        self._lean = max(-_CLEAR, min(_CLEAR, whole / _LEANING))
        self._short = len(text) < _FEW_SENTENCES
        self._told = lru_cache(maxsize=1024)(self._status)

    def status(self, segment: Segment) -> tuple[Status, str] | None:
        """What the sentence's paragraph tells, with the word that says so; in a text of a few sentences what the
        sentence tells, where it tells facts beside an aim of the next."""
        own = self._stances.of(self._text[slice(*segment.span)], _TELLING) if self._short else None
        return ("actual", own.word) if own and own.weight < 0 else self._told(segment.paragraph)

    def _status(self, paragraph: int) -> tuple[Status, str] | None:
        """actual or target with the word that says so, or None where neither prevails."""
        stance = self._stances.of(self._text[slice(*self._spans[paragraph])], _TELLING)
        weight = stance.weight + self._lean
        if not stance.word or abs(weight) < _CLEAR:
            return None
        return ("target" if weight > 0 else "actual"), stance.word
