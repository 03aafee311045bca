"""The day of a text whose head bears none: below its signature, at the foot of its page, in the address of the page, or
no more than a month on a line of its own, or the day that its lead tells without a year."""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.outline.dates import iso
from policyx.patterns import any_word, compiled
from policyx.recognize.calendar import calendar
from policyx.rules import Rules

Dated = tuple[str, str]  # the date as ISO, and the rule

_FOOT = 600  # characters at the end of a page
_ENDS = 1500  # where an address stands: at the head, or behind the text
_LONGEST = 60  # characters of a line at the foot
_SAID = "，。；、"  # a line with these is a sentence
_YEAR = r"(?:19|20)[0-9]{2}"
_LEAD = 300  # characters in which a news item tells the day on which something was said
_MID_APRIL = 4  # the month from which a text tells of its own year
_CLOCK = compiled(r"[\s）)\]】]*(?:[0-9]{1,2}[:：][0-9:：]{2,5})?[\s）)\]】]*")
_OPENS = "（([【 \u3000\t"
_ADDRESS = compiled(
    rf"(?:https?://|www\.)[^\s\u4e00-\u9fff]{{0,80}}?[/t_-]({_YEAR})"
    r"(?:([-/])([01]?[0-9])[-/]([0-3]?[0-9])(?![0-9])|/?([01][0-9])([0-3][0-9])(?![0-9])|-?([01][0-9])/)"
)


class PublishedReader:
    """Finds the day on which a text was signed or published, with the words of the rules."""

    def __init__(self, rules: Rules) -> None:
        known = calendar(rules)
        month, day = known.month, known.day
        self._full = compiled(
            rf"(?<![0-9])({_YEAR})(?:\s?{known.year}\s?([01]?[0-9])\s?{month}\s?([0-3]?[0-9])\s?{day}"
            r"|([-/.])([01]?[0-9])\4([0-3]?[0-9])(?![0-9]))"
        )
        self._labels = (*rules.words("marker", "date_label"), *rules.words("marker", "edited_by"))
        self._given = tuple(rules.words("marker", "date_given"))
        signs = any_word(rules.words("page", "institution"))
        line = rf"{_YEAR}\s?{known.year}[^，。；\n]{{2,16}}$"
        self._signed = compiled(rf"(?:{signs})[ \u3000]*\n\s*(?={line})", re.MULTILINE)
        self._month = compiled(
            rf"^[^\S\n]*[（(]?({_YEAR})(?:\s?{known.year}\s?([01]?[0-9])\s?{month}|-([01][0-9]))[）)]?[^\S\n]*$",
            re.MULTILINE,
        )

        wire = any_word(rules.words("marker", "date_borne"))
        self._day = compiled(  # 记者获悉，8月2日，……; 渔业社滨海5月9日电
            rf"(?:(?:^|[，,。；：:\s])(?=[0-9]{{1,2}}\s?{month}\s?[0-9]{{1,2}}\s?{day}[，,\u4e00-\u9fff])"
            rf"|(?<![0-9])(?=[0-9]{{1,2}}\s?{month}\s?[0-9]{{1,2}}\s?{day}(?:{wire})))"
            rf"([01]?[0-9])\s?{month}\s?([0-3]?[0-9])"
        )
        as_of = any_word(rules.words("context", "as_of"))
        self._as_of = compiled(rf"(?:{as_of})\s?$")
        self._in_month = compiled(rf"\s?([01]?[0-9])\s?{month}")
        self._year = compiled(rf"(?<![0-9])({_YEAR})\s?{known.year}")
        roles = (("marker", "not_our_year"), ("marker", "not_our_date"), ("word", "than"), ("word", "until"))
        self._other = tuple(word for kind, role in roles for word in rules.words(kind, role))
        self._since = tuple(rules.words("marker", "date_of_force"))

    def beside(self, text: str) -> Dated | None:
        """8月2日，……2021年……: the day that an item of April or later tells in its lead, in the only year that it
        names."""
        day = self._day.search(text[:_LEAD])
        years = list(self._year.finditer(text)) if day and int(day[1]) >= _MID_APRIL else []
        named = {year[1] for year in years}
        if day is None or len(named) != 1 or any(self._is_aside(year, int(day[1])) for year in years):
            return None
        date = iso(named.pop(), day[1], day[2])
        return (date, "document.date.beside") if date else None

    def _is_aside(self, year: re.Match[str], month: int) -> bool:
        """Whether something else is of that year; what is told up to an earlier month is of the text's own."""
        text = year.string
        told = self._in_month.match(text, year.end())
        if told and int(told[1]) <= month and self._as_of.search(text, max(0, year.start() - 4), year.start()):
            return False
        return text.endswith(self._other, 0, year.start()) or text.startswith(self._since, year.end())

    def find(self, text: str) -> Dated | None:
        """The first of these that the text bears."""
        return self.foot(text) or self.address(text) or self.month(text)

    def foot(self, text: str) -> Dated | None:
        """The day below a signature; else the only one that a line at the foot of the page bears."""
        signed = self._signed.search(text)
        day = self._full.match(text, signed.end()) if signed else None
        if day and (date := iso(day[1], day[2], day[3])):
            return date, "document.date.foot"
        start = max(0, len(text) - _FOOT)
        days = {self._borne(line) for line in text[start:].split("\n")} - {""}
        return (days.pop(), "document.date.foot") if len(days) == 1 else None

    def _borne(self, line: str) -> str:
        """The day that a line only bears: 2022年10月18日, 发布时间：2022-10-18, 滨海市渔业局　2022年10月18日印发."""
        found = self._full.search(line) if len(line) <= _LONGEST else None
        if found is None or any(sign in line for sign in _SAID):
            return ""
        before, behind = line[: found.start()].strip(_OPENS), line[found.end() :]
        given = behind.strip().startswith(self._given)
        labelled = before.rstrip(":： ").endswith(self._labels)
        edited = before.startswith(self._labels)  # （编辑：李明 2022-10-18）
        alone = (not before or edited) and _CLOCK.fullmatch(behind)
        date = iso(found[1], found[2] or found[5], found[3] or found[6])
        return date if alone or given or labelled else ""

    def address(self, text: str) -> Dated | None:
        """The day, or the month, in the address of the page."""
        ends = text if len(text) <= 2 * _ENDS else f"{text[:_ENDS]}\n{text[-_ENDS:]}"
        for found in _ADDRESS.finditer(ends):
            date = iso(found[1], found[3] or found[5] or found[7], found[4] or found[6] or "")
            if date:
                return date, "document.date.address"
        return None

    def month(self, text: str) -> Dated | None:
        """A month on a line of its own at the head or the foot: （2022年10月）."""
        for start, end in ((0, _ENDS), (max(0, len(text) - _FOOT), len(text))):
            found = self._month.search(text, start, end)
            date = iso(found[1], found[2] or found[3], "") if found else ""
            if date:
                return date, "document.date.month"
        return None


@lru_cache(maxsize=4)
def published_reader(rules: Rules) -> PublishedReader:
    """The reader for these rules, made once."""
    return PublishedReader(rules)
