"""Years and days as texts spell them (二零零四年十月五日, 113年3月5日, 113/03/05), in figures of the common era: a text
in, a text out in which the document's own year and date are looked for. Places are not kept."""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.patterns import compiled, matches_at
from policyx.recognize.calendar import EPOCH, Calendar, calendar, republic_years
from policyx.recognize.numeral import small_number
from policyx.rules import Rules

_DATES = compiled(r"(?<![0-9./-])(1[0-4][0-9]|[89][0-9])([-/.])(0?[1-9]|1[0-2])\2([0-2]?[0-9]|3[01])(?![0-9./-])")


class _Spelled:
    """The shapes of a year and of a day in characters."""

    def __init__(self, rules: Rules) -> None:
        self.known: Calendar = calendar(rules)
        grammar = self.known.grammar
        self.digits = grammar.digits
        one, two, nine = grammar.written[1], grammar.written[2], grammar.written[9]
        ones, zeros, ten = grammar.ones, grammar.zeros, grammar.ten
        small = f"[{ones}{ten}]{{1,3}}"
        day = rf"(?:(?P<month>{small}){self.known.month}(?:(?P<day>{small}){self.known.day})?)?"
        self.begins = one + two
        self.year = compiled(rf"(?P<year>[{one}{two}][{nine}{zeros}][{zeros}{ones}]{{2}}){self.known.year}{day}")

    def in_figures(self, text: str) -> str:
        """The text with the years and days that it spells in figures."""
        spells = next(matches_at(self.year, text, self.begins), None) is not None
        return self.year.sub(self.written, text) if spells else text

    def written(self, match: re.Match[str]) -> str:
        """The match with its year, month and day in figures, each with the sign that followed it."""
        said, done = "".join(str(self.digits[sign]) for sign in match["year"]), match.end("year")
        for part in ("month", "day"):
            if match[part]:
                number = small_number(match[part], self.known.grammar)
                said += f"{match.string[done : match.start(part)]}{number}"
                done = match.end(part)
        return said + match.string[done : match.end()]


@lru_cache(maxsize=4)
def _spelled(rules: Rules) -> _Spelled:
    return _Spelled(rules)


def in_figures(texts: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """The texts with their years in figures of the common era; the first is the whole, which tells whether its years
    are those of the Republic."""
    shapes = _spelled(rules)
    plain = tuple(map(shapes.in_figures, texts))
    return tuple(_common(text, rules) for text in plain) if shapes.known.counts_so(plain[0]) else plain


def _common(text: str, rules: Rules) -> str:
    """The text with each year of the Republic as one of the common era."""
    parts, done = [], 0
    for match, first, last, _, _ in republic_years(text, rules):
        parts += [text[done : match.end("told") if match["told"] else match.start()], str(first)]  # 今（2014）年
        done = match.end("first")
        if match["last"]:
            parts += [text[done : match.start("last")], str(last)]
            done = match.end("last")
    text = "".join([*parts, text[done:]])
    return _DATES.sub(lambda date: f"{EPOCH + int(date[1])}-{date[3]}-{date[4]}", text)
