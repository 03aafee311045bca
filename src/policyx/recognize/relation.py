"""How a time stands to what is told of it (by 2025, since 2020, compared with 2019): a span in, the relation out."""

from __future__ import annotations

from functools import lru_cache

from policyx.model import Relation, Span
from policyx.patterns import compiled
from policyx.recognize.numeral import numeral_grammar
from policyx.recognize.wording import wording
from policyx.rules import Rules

_BLANKS = " \u3000\xa0"
_LONGEST_DEED = 20  # characters between a time and the word that makes it a beginning


class Relations:
    """The words before and behind a time that say how it stands to the sentence."""

    def __init__(self, rules: Rules) -> None:
        words, grammar = wording(rules), numeral_grammar(rules)
        aspect, of, to = words.either("aspect"), words.either("of"), words.either("range_to")
        numerals = f"0-9{grammar.ones}{grammar.ten}{''.join(grammar.digits)}"
        compared = words.either("compared")
        self._compared = frozenset(word[0] for word in words.words("compared", "compared_less"))
        self._as_of = frozenset(word[0] for word in words.words("base_copula"))
        others = words.either("compared_less", "base_copula", "base_with")
        no_compared = words.signs("no_compared_behind")
        self._before_base = compiled(
            rf"(?:(?<![{no_compared}]){compared}(?:[^，。；、0-9]{{1,10}}{of})?|{others})(?:{words.either('base_area')})?$"
        )
        edges = words.either("base_edge", "year_edge")
        self._after_base = compiled(rf"^{edges}*{words.either('base_behind')}")
        self._grew_to = compiled(rf"{words.either('grew')}{to}{aspect}?$")
        self._figure = compiled(rf"[{numerals}]")
        self._grew_of = tuple(words.words("of"))
        self._since = tuple(words.words("since"))
        self._from = tuple(words.words("since_from"))
        self._begun = tuple(words.words("since_begun"))
        self._since_deed = compiled(rf"[^，,。；;：:、0-9\s]{{1,{_LONGEST_DEED}}}{words.either('since_deed')}")
        self._until = compiled(rf"(?P<as_of>{words.either('as_of')})?{words.either('until')}{aspect}?$")
        self._cut = tuple({word[0] for word in words.words("as_of")})
        counted = words.either("counted_ahead")
        some = grammar.some
        self._ahead = compiled(
            rf"(?:{words.either('ahead_lead')})?{words.either('before_limit')}"
            rf"(?![{grammar.ones}{grammar.ten}0-9{some}]{{1,2}}{counted})"
        )
        times = words.either("times_unit")
        self._times_of = compiled(rf"^[^，。；0-9]{{0,8}}[{numerals}.]+{times}")

    def of(self, text: str, span: Span) -> tuple[Relation, bool]:
        """The relation of the time at `span` (in, by, since, as_of), and whether a change is measured from it."""
        before = text[max(0, span.start - 14) : span.start].rstrip(_BLANKS)  # 到 2023 年，
        after = text[span.end : span.end + 12].lstrip(_BLANKS)
        base = self._before_base.search(before)
        if base:
            first = base[0][0]
            copula = first in self._as_of and self._times_of.match(after)
            if first in self._compared or self._after_base.match(after) or copula:
                return "in", True
        if after.startswith(self._since):
            return "since", False  # 2019年以来
        if before.endswith(self._from) and (after.startswith(self._begun) or self._since_deed.match(text, span.end)):
            return "since", False  # 从1998年开始; 自2019年启动建设以来
        if self._grew_to.search(before) and (after.startswith(self._grew_of) or self._figure.match(after)):
            return "in", False
        until = self._until.search(before)
        if until or self._ahead.match(after):
            return ("as_of" if until and until[0].startswith(self._cut) else "by"), False
        return "in", False


@lru_cache(maxsize=4)
def relations(rules: Rules) -> Relations:
    """The words for these rules, made once."""
    return Relations(rules)
