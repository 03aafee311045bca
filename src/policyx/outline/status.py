"""What a word, a heading or a period says of a figure's status: a fact, an aim, an expectation, a rule's own figure."""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.model import Period
from policyx.outline.frame import DocumentFrame
from policyx.patterns import compiled
from policyx.rules import Entry, Rules
from policyx.rules.words import WordFinder
from policyx.tuples import NamedTuple

_CAPTION = compiled(r"\W{0,6}(?:附)?[表图]\s?[0-9一二三四五六七八九十]")  # names what a table holds, not what is meant
_WHOLE_DATE = len("2024-01-31")
LOOSE_ENDS = "（）()：:。 的和"

TELLS_FACTS = frozenset({"news", "communique"})
_NEWS = frozenset({"news"})
_TELLS = frozenset({"news", "plan", "policy"})  # kinds that may tell of a part of the year that is over: 一季度企业12家
REVIEWED = "status.section.review"
_NONE: frozenset[str] = frozenset()
PLANNED_YEARS = 5  # what a plan covers at most, as a rule


class Cue(NamedTuple):
    """A word that decides the status, and its rule. `local`: it reaches its own figure alone; `opens`: it opens its
    sentence and governs all of it; `listed`: it governs the list that it announces, up to a heading."""

    status: str
    word: str
    rule: str
    local: bool = False
    opens: bool = False
    listed: bool = False


class _Titled(NamedTuple):
    """A word of headings, what it says and where not; `done` says it whatever else stands there, `ahead` also in a
    headline."""

    word: str
    cue: Cue
    done: bool
    barred: re.Pattern[str]
    ahead: bool


class HeadingWords:
    """The words by which headings tell the status of what stands below them."""

    def __init__(self, rules: Rules) -> None:
        self._titles = [
            _Titled(word, Cue(entry["status"], word, entry["id"]), entry["scope"] == "done", barred, word in ahead)
            for entry in rules.of("status")
            if entry["scope"] in ("section", "done")
            for barred, ahead in [(_barred(entry), _ahead_of(entry))]
            for word in entry.get("words", ())
        ]
        self._numbers: dict[str, list[int]] = {}
        for number, titled in enumerate(self._titles):
            self._numbers.setdefault(titled.word, []).append(number)
        self._finder = WordFinder(self._numbers)
        self._two = [(tuple(entry["words"]), tuple(entry["behind"])) for entry in rules.of("heading_pair")]
        self.section = lru_cache(maxsize=4096)(self._section)
        self._of_title = lru_cache(maxsize=4096)(self._in_title)  # many paths share their upper titles

    def looks_ahead(self, cue: Cue) -> bool:
        """Whether the word of the cue looks ahead, or back, in any line, be it a headline."""
        return any(self._titles[number].ahead for number in self._numbers[cue.word])

    def said(self, path: tuple[str, ...], *, reviews: frozenset[str] = _NONE) -> tuple[str, str, str] | None:
        """What the headings say as tables ask for it: status, rule and word."""
        cue = self.section(path, reviews=reviews)
        return (cue.status, cue.rule, cue.word) if cue else None

    def _section(
        self,
        path: tuple[str, ...],
        *,
        from_top: bool = False,
        headlines: bool = False,
        reviews: frozenset[str] = _NONE,
    ) -> Cue | None:
        """What the headings above a text say: the nearest first, or (`from_top`, in reports) the highest first;
        `reviews` are those of the document that look back whatever their words (`outline.reviews`). Only
        the two highest are searched for the words; a lower one must end in its word, or it is a slogan, as headlines
        are (重点项目建设快马加鞭)."""
        order = range(len(path)) if from_top else range(len(path) - 1, -1, -1)
        for depth in order:
            if path[depth] in reviews:
                return Cue("actual", path[depth], REVIEWED)
            cue = None if _CAPTION.match(path[depth]) else self._of_title(path[depth], depth < 2, headlines)
            if cue:
                return cue
        return None

    def _in_title(self, title: str, high: bool, headline: bool) -> Cue | None:
        if self.tells_two(title):
            return None
        best: tuple[int, Cue] | None = None
        plain = title.rstrip(LOOSE_ENDS)
        places = self._finder.places(plain)
        for number in sorted(number for word in places for number in self._numbers[word]):
            word, cue, done, barred, ahead = self._titles[number]
            if barred.search(title):
                continue
            if done:
                return cue
            end = places[word][-1] + len(word)
            anywhere = high and (ahead or not headline)
            if (anywhere or end == len(plain)) and (best is None or end > best[0]):
                best = end, cue
        return best[1] if best else None

    def tells_two(self, title: str) -> bool:
        """上半年工作总结和下半年工作打算: a title of the whole says nothing of its parts."""
        for first, behind in self._two:
            ends = [title.find(word) + len(word) for word in first if word in title]
            if ends and any(word in title[min(ends) :] for word in behind):
                return True
        return False


def _ahead_of(entry: Entry) -> frozenset[str]:
    """The words of an entry that look ahead, or back, wherever they stand."""
    words: list[str] = entry.get("ahead") or (entry.get("words", []) if entry["status"] == "actual" else [])
    return frozenset(words)


def _barred(entry: Entry) -> re.Pattern[str]:
    """What a title may not hold for the words of this rule to count in it."""
    parts = [*map(re.escape, entry.get("not_in", ())), entry.get("not_like", "(?!)")]
    return compiled("|".join(parts))


def by_period(period: Period | None, document: DocumentFrame) -> Cue | None:
    """A period that ends after the document was written is an aim; one that ended before it is a fact."""
    if period is None or period.origin == "document":
        return None
    if begins_ahead(period, document):
        return _ahead(period)  # 自明年1月1日起
    if period.year is None:
        return None
    year, anchor = period.year, document.anchor
    if period.origin == "relative" and anchor is not None and year < anchor:
        return Cue("actual", period.text, "status.period.past")  # 到去年底
    told = document.actual_year if document.kind in TELLS_FACTS and not document.target_year else None
    if told is not None and year <= told and not _is_to_come(period, document):
        return Cue("actual", period.text, "status.period.past")  # in what cites the communiqué of that year
    if anchor is None or not document.anchor_known:
        return _of_unknown_day(period, year, document)
    own = document.kind == "plan" and year == anchor == document.target_year and period.origin == "stated"
    if own and period.relation == "in" and _is_whole_year(period):
        return _ahead(period)  # 114年度岁出预算编列 in the plan for that year
    if period.relation == "as_of" and year <= anchor and document.kind == "plan" and period.origin != "carried":
        return Cue("actual", period.text, "status.period.past")  # 截至1997年6月 in what is planned for that year
    if period.relation == "by" and year >= anchor and _may_be_due(period, document):
        return _ahead(period)
    if year > anchor or (document.kind == "report" and year == anchor and _is_whole_year(period)):
        return _ahead(period)
    tells = document.kind in (_NEWS if period.relation == "by" else _TELLS)  # 到10月底 in a news item of November
    stated = tells and period.origin in ("stated", "relative")
    told_over = stated and _is_over(period, document)
    return Cue("actual", period.text, "status.period.past") if year < anchor or told_over else None


def _of_unknown_day(period: Period, year: int, document: DocumentFrame) -> Cue | None:
    """What a period says in a text of nobody knows when."""
    told = (document.latest_told or 0) if document.kind in TELLS_FACTS else 0
    if period.relation == "by":
        past = year <= told  # 到1957年末 in a text that goes on to 2008
        return Cue("actual", period.text, "status.period.past") if past else _ahead(period)
    aimed = document.target_year if document.kind == "plan" else None
    if aimed is not None and year <= aimed - PLANNED_YEARS:
        return Cue("actual", period.text, "status.period.past")  # “十三五”期间 in a plan up to 2025
    return None


def _ahead(period: Period) -> Cue:
    return Cue("target", period.text, "status.period.future")


def begins_ahead(period: Period, document: DocumentFrame) -> bool:
    """Whether it begins, and then goes on, in a year behind that of the document, which bears its date."""
    begins = int(period.start[:4]) if period.relation == "since" and period.start else 0
    return bool(document.anchor_known and document.anchor and begins > document.anchor)


def _may_be_due(period: Period, document: DocumentFrame) -> bool:
    """Not so where the day that the document bears is behind it; in a communiqué only where it is before it."""
    if document.kind == "communique":
        return _is_to_come(period, document)
    return not _is_over(period, document)


def _is_to_come(period: Period, document: DocumentFrame) -> bool:
    """年底前 in a text of July: still to come on the day that the document bears."""
    return bool(document.date and len(document.date) == _WHOLE_DATE and period.end and period.end > document.date)


def _is_over(period: Period, document: DocumentFrame) -> bool:
    """至10月底 in a text of November: over on the day that the document bears."""
    return bool(document.date and len(document.date) == _WHOLE_DATE and period.end and period.end <= document.date)


def _is_whole_year(period: Period) -> bool:
    """The year of a report itself: it is given in January, and what it says of the whole year is planned; not so of a
    year that began in the one before (2023/24年度)."""
    if not period.start or not period.end or int(period.end[:4]) - int(period.start[:4]) == 1:
        return False
    return period.start.endswith("-01-01") and period.end.endswith("-12-31")


@lru_cache(maxsize=4)
def heading_words(rules: Rules) -> HeadingWords:
    """The heading words of these rules, made once."""
    return HeadingWords(rules)
