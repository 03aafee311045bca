"""The shapes of times with figures: years, ranges of years, months and days, and the year of a price base."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from policyx.patterns import compiled
from policyx.recognize.calendar import Calendar, calendar
from policyx.recognize.numeral import NumeralGrammar, numeral_grammar
from policyx.recognize.wording import wording
from policyx.rules import Rules

_LIST_MARK = r"(?<=^[0-9][.．])|(?<=[\n。；;][0-9][.．])|(?<=[\n。；;][0-9]{2}[.．])"  # 2.2019年


class TimeShapes:
    """The patterns for these rules, made of figures, numerals and the signs of year, month and day."""

    def __init__(self, rules: Rules) -> None:
        words, grammar, known = wording(rules), numeral_grammar(rules), calendar(rules)
        ones, zeros = grammar.ones, grammar.zeros
        one, two, nine = grammar.written[1], grammar.written[2], grammar.written[9]
        self._digits = grammar.digits
        year = rf"(?:(?:19|20)[0-9]{{2}}|[{one}{two}][{nine}{zeros}][{zeros}{ones}]{{2}})"
        labels = words.signs("year_label")
        outside = rf"(?:(?<![0-9.])|(?<=[{labels}][0-9])|(?<=[{labels}][0-9]{{2}})|{_LIST_MARK})"
        dash = rf"\s?{known.to}\s?"
        edge = rf"{words.either('year_edge')}(?!{words.either('edge_goes_on')})"  # 10月初步数字
        tail, sign = known.tail, known.month
        months = _months(known, grammar, dash, edge)
        han_month, han_day = _han_month(grammar), _han_day(grammar)
        roc = rf"[0-9]{{1,3}}|[{ones}{grammar.ten}{grammar.hundred}{zeros}]{{1,6}}"
        second = rf"(?:(?:20)?[0-9]{{2}}|[{zeros}{ones}]{{2}})"  # of a year that does not begin in January
        fiscal = words.either("fiscal_year", "year_sign")
        heads = "".join(sorted({word[0] for word in words.words("republic")}))
        no_month = (
            f"{words.signs('no_month_behind')}{ones}{grammar.ten}{grammar.hundred}{grammar.thousand}{grammar.some}"
        )
        self.time = compiled(
            rf"(?=[0-9{ones}{grammar.ten}{heads}])(?:"  # what any of them begins with
            rf"{outside}(?P<q1>{year})[-/／]{second}{dash}(?P<q3>{year})[-/／](?P<q4>{second})\s?{fiscal}"
            rf"|{outside}(?P<y1>{year}){known.year}?{dash}(?P<y2>{year})"
            rf"(?:{words.either('fiscal_year')}|{known.year}(?:{words.either('year_span')})?)"
            rf"|{outside}(?P<f1>{year})(?:[/／](?P<f2>{second})\s?{fiscal}|{dash}(?P<f3>{second})\s?{fiscal})"
            rf"|{outside}(?P<y>{year})(?:{known.year}(?:{words.either('year_whole')})?|{words.either('year_all')})"
            rf"(?:{months}|{edge})?"
            rf"|{words.either('republic')}(?P<roc>{roc}){known.year}(?:{edge})?"
            rf"|(?<![0-9.])(?P<n1>1?[0-9]){sign}?{tail}?{dash}(?P<n2>1?[0-9]){sign}{tail}?"
            rf"|(?<![0-9.]){_not_behind(words.words('no_single_month_behind'))}(?P<n>1?[0-9]){sign}"
            rf"(?:(?P<nd>[0-9]{{1,2}}){known.day}|{edge}|{tail}|(?![0-9{words.signs('no_single_month_before')}]))"
            rf"|(?<![{no_month}])(?:(?P<g1>{han_month}){sign}?{tail}?{dash}(?P<g2>{han_month}){sign}{tail}?"
            rf"|{_not_behind(words.words('no_single_month_behind'))}(?P<g>{han_month}){sign}"
            rf"(?:(?P<gd>{han_day}){known.day}|{edge}|{tail}|(?<={grammar.ten}[{ones[:2]}]{sign})"
            rf"(?![{words.signs('no_single_month_before')}])))"
            rf"|(?<={known.year})(?:(?P<e>1?[0-9])|(?P<eh>{han_month})){sign})"
        )
        joined = rf"[0-9]{{2}}(?:、|{words.either('and')})"
        self.listed = compiled(  # 2019、2020和2021年, 2019、2020、2021三年
            rf"20(?<![0-9.]20){joined}(?:20{joined}){{0,8}}20[0-9]{{2}}(?:[{ones}]?{known.year})"
        )
        spans, joined = r"20[0-9]{2}[-/／–](?:20)?[0-9]{2}", rf"(?:、|[，,]\s?|{words.either('and')})"
        self.listed_fiscal = compiled(  # 2011-12、2012-13及2013-14年度
            rf"(?<![0-9.]){spans}(?:{joined}{spans}){{1,9}}\s?{words.either('fiscal_year')}"
        )
        short = r"(?:1[01][0-9]|[89][0-9])"
        self.listed_republic = compiled(  # 107及108年底
            rf"(?<![0-9.,]){short}(?:(?:、|{words.either('and')}){short}){{1,5}}{known.year}(?:{edge})?"
        )
        self.signs = frozenset(words.words("year_sign", "month_sign"))
        self.mark = compiled(rf"{known.year}|{sign}")  # one stands in every time with figures
        by, of = words.either("price_lead"), words.either("of")
        kind, price = words.either("price_kind"), words.either("price")
        reckoned, rate = words.either("reckoned"), words.either("rate_of_exchange")
        # 按1990年不变价格计算 says at which prices a value is given; it is neither its period nor its baseline
        self.price_base = compiled(
            rf"{by}?(?<![0-9.])(?:(?:{year}|[89][0-9]){known.year}{of}?{kind}{price}"
            rf"|{year}{known.year}{of}?{price}(?={reckoned})){reckoned}?"
            rf"|{by}{words.either('price_year')}{of}?{kind}?{price}{reckoned}?"
            rf"|{by}?(?<![0-9.]){year}{known.year}?(?:{words.either('year_edge', 'rate_edge')})?{rate}{reckoned}?"
        )
        self.price_words = frozenset(words.words("price", "rate_of_exchange"))
        self.price_mark = compiled(f"{price}|{rate}")

    def year(self, surface: str) -> int:
        """A year in figures or digits in characters."""
        if surface.isascii():
            return int(surface)
        return int("".join(self._digits[ch] for ch in surface))


def _not_behind(words: Iterable[str]) -> str:
    """Nothing of these may stand before."""
    return "".join(rf"(?<!{re.escape(word)})" for word in words)


def _months(known: Calendar, grammar: NumeralGrammar, dash: str, edge: str) -> str:
    """What may follow the year: months, a month with its day, or a part of the year."""
    month, day = _han_month(grammar), _han_day(grammar)
    sign, tail = known.month, known.tail
    parts = "|".join(re.escape(word) for word in sorted(known.halves, key=lambda word: -len(word)))
    return (
        rf"(?:(?P<m1>[0-9]{{1,2}}){sign}?{tail}?{dash}(?P<m2>[0-9]{{1,2}}){sign}{tail}?"
        rf"|(?P<h1>{month}){sign}?{tail}?{dash}(?P<h2>{month}){sign}{tail}?"
        rf"|(?P<m>[0-9]{{1,2}}){sign}(?:(?P<d>[0-9]{{1,2}}){known.day}|{tail}|{edge})?"
        rf"|(?P<h>{month}){sign}(?:(?P<hd>{day}){known.day}|{tail}|{edge})?|(?P<part>{parts}))"
    )


def _han_month(grammar: NumeralGrammar) -> str:
    return rf"(?:{grammar.ten}[{grammar.ones[:2]}]?|[{grammar.ones}])"


def _han_day(grammar: NumeralGrammar) -> str:
    ones, ten = grammar.ones, grammar.ten
    one, two, three = ones[0], ones[1], ones[2]
    return rf"(?:{three}{ten}{one}?|{two}{ten}[{ones}]?|{ten}[{ones}]?|[{ones}])"


@lru_cache(maxsize=4)
def time_shapes(rules: Rules) -> TimeShapes:
    """The patterns for these rules, made once."""
    return TimeShapes(rules)
