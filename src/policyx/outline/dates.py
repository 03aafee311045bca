"""The day that a document bears: the first full date of its title or its head, in figures."""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.patterns import any_word, compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_FULL_DATE = compiled(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:\s?年\s?([01]?[0-9])\s?月\s?([0-3]?[0-9])(?:\s?日|(?![0-9]))"
    r"|([-/.])([01]?[0-9])\4([0-3]?[0-9])(?![0-9]))"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_DATE = compiled(  # September 14, 2017, as a blog bears it on a line of its own
    rf"(?im)^[^\S\n]*(?:[a-z]{{3,9}} on )?({'|'.join(_MONTHS)})[a-z]*\.? ([0-3]?[0-9])(?:st|nd|rd|th)?,?"
    r" ((?:19|20)[0-9]{2})"
)
# date: Mon, 30 Aug 2021 06:31:44 GMT, as front matter and feeds have it
_FEED_DATE = compiled(
    rf"(?i)\bdate ?: ?[\"']?(?:[a-z]{{3}}, ?)?([0-3]?[0-9]) ({'|'.join(_MONTHS)})[a-z]* ((?:19|20)[0-9]{{2}})"
)
_SHORT_DATE = r"\s?[:：]?\s?([0-9]{2})([-/.])([01]?[0-9])\2([0-3]?[0-9])(?![0-9])"
_YEAR = compiled(r"(?<![0-9到至])((?:19|20)[0-9]{2})(?=\s?年)")
_NEAR = 12
_SOON = 24  # characters of a clause in which something is founded
TOLD = "document.date.told"
_COMMAS, _STOP, _FIRST_HAN = ("，", ",", "、"), "。", "\u4e00"
_LINE_HEAD = 30  # characters of a line in which a dateline stands


class _Words(NamedTuple):
    """What stands around a day that is not the text's, or that is."""

    bars: tuple[str, ...]
    behind: tuple[str, ...]
    issues: tuple[str, ...]
    bears: tuple[str, ...]
    began: re.Pattern[str]


def find_date(title: str, head: str, rules: Rules) -> tuple[str | None, str]:
    """The first full date of the title, else that of the newspaper's issue or the first one of the head, as ISO, and
    the rule; neither the day from which a rule holds, nor that of an act which the text leans on, nor one in a sentence
    that tells of later years as well."""
    words = _words(rules)
    for place, rule in ((title, "document.date.title"), (head, "document.date.head")):
        date, told = _full_date(place, words)
        if date:
            return date, TOLD if told else rule
    date = _english(head)
    return (date, "document.date.head") if date else _short_date(head, rules)


def _full_date(text: str, words: _Words) -> tuple[str, bool]:
    """The day of the newspaper's issue, else the first that is the text's own, and whether a sentence tells it."""
    first = "", False
    for match in _FULL_DATE.finditer(text):
        rest = text[match.end() : match.end() + _NEAR]
        issue = any(word in rest for word in words.issues)
        of_another = text[: match.start()].rstrip().endswith(words.bars) or rest[:6].startswith(words.behind)
        date = iso(match[1], match[2] or match[5], match[3] or match[6])
        if not date or (of_another and not issue) or _is_told(text, match):
            continue
        if issue:
            return date, False
        told = _is_in_prose(text, match, words.bears)
        mentioned = told and (_opens_late(text, match) or words.began.match(text, match.end()))
        if not first[0] and not mentioned:  # not 三、……。渔港于2011年6月19日开工建设
            first = date, told
    return first


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    began = rf"[，,]?[^，,。；;\n]{{0,{_SOON}}}(?:{any_word(rules.words('word', 'founded'))})"
    return _Words(
        tuple(rules.words("marker", "not_our_date")),
        (*rules.words("marker", "date_of_force"), *rules.words("marker", "date_of_act")),
        tuple(rules.words("marker", "issue")),
        tuple(rules.words("marker", "date_borne")),
        compiled(began),
    )


def _english(head: str) -> str:
    """The day as feeds and blogs in English bear it."""
    feed, english = _FEED_DATE.search(head), _ENGLISH_DATE.search(head)
    year, month, day = feed.group(3, 2, 1) if feed else english.group(3, 1, 2) if english else ("", "", "")
    return iso(year, str(_MONTHS.index(month.lower()) + 1), day) if year else ""


def iso(year: str, month: str, day: str) -> str:
    """The date as ISO, without the day where there is none; empty where there is no such month or day."""
    if not 1 <= int(month) <= 12 or not 1 <= int(day or 1) <= 31:
        return ""
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _short_date(head: str, rules: Rules) -> tuple[str | None, str]:
    """发布时间: 21-07-12: a year of two figures, where a label says that it is the page's date."""
    labels = any_word(rules.words("marker", "date_label"))
    match = compiled(rf"(?:{labels}){_SHORT_DATE}").search(head)
    date = iso(f"20{match[1]}", match[3], match[4]) if match else ""
    return (date, "document.date.head") if date else (None, "")


def _is_in_prose(text: str, match: re.Match[str], bears: tuple[str, ...]) -> bool:
    """2018年3月5日，渔港开港。: the day of an event, where a dateline or a clock would say that of the text."""
    rest = text[match.end() : match.end() + 1]
    goes_on = rest in _COMMAS or rest >= _FIRST_HAN
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    within = any(comma in text[start : match.start()] for comma in _COMMAS)
    prose = within or _STOP in text[match.end() : end if end >= 0 else len(text)]
    return bool(rest) and goes_on and prose and not text.startswith(bears, match.end())


def _opens_late(text: str, match: re.Match[str]) -> bool:
    """Whether sentences stand before the paragraph of the date."""
    return _STOP in text[: text.rfind("\n", 0, match.start()) + 1]


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Whether the date stands within a sentence whose line tells of later years too."""
    start = text.rfind("\n", 0, match.start()) + 1
    if match.start() - start < _LINE_HEAD:
        return False
    line = text[start : text.find("\n", match.end()) + 1 or len(text)]
    return any(int(year) > int(match[1]) for year in _YEAR.findall(line))
