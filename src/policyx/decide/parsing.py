"""A sentence as clauses, once it is known which of its figures stand for something of their own."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.clause import Clause, Sentence, lexicon, parse
from policyx.construct import constructions
from policyx.decide.figures import figure_of, is_class, settled
from policyx.model import Mention, Segment
from policyx.rules import Rules


class SentenceParser:
    """Parses the sentences of one document, which is of this kind."""

    def __init__(self, text: str, kind: str, rules: Rules) -> None:
        self._text = text
        self._kind = kind
        self._rules = rules
        self._words = lexicon(rules)
        self._found = constructions(rules)
        self._last: tuple[Clause, Clause] | None = None

    def parsed(
        self, segment: Segment, figures: Sequence[Mention], near: Sequence[Mention]
    ) -> tuple[Sentence, tuple[Mention, ...]]:
        """The sentence, with the figures that are none or only sort what others count as words of names (5G基站,
        100亿元以上企业); and those figures."""
        sentence = parse(self._text, segment.span, figures, near, self._words)
        none = {}
        for figure in figures:
            place = sentence.places.get(figure.span)
            rule = self._is_none(figure, place, alone=len(figures) == 1) if place else ""
            none.update({figure.span: rule} if rule else {})
        if not none:
            return sentence, ()
        kept = [figure for figure in figures if figure.span not in none]
        left_out = tuple(f._replace(rejected=none[f.span]) for f in figures if f.span in none)
        return parse(self._text, segment.span, kept, near, self._words), left_out

    def _is_none(self, mention: Mention, place: tuple[Clause, int], *, alone: bool) -> str:
        """The rule by which a mention is no figure of its own; empty where it is one."""
        clause, at = place
        quantity = mention.quantity if mention.kind != "rank" else None
        if quantity and quantity.unit is None:
            figure = figure_of(mention, self._kind)
            own = settled(self._untimed(clause), clause.untimed_place(at), figure, self._found, self._rules)
            return "" if own else "exclusion.unit"
        if alone or (quantity and quantity.bound == "eq"):
            return ""
        return is_class(clause, at, figure_of(mention, self._kind), self._found) or ""

    def _untimed(self, clause: Clause) -> Clause:
        """The clause without its times, made once for all figures of a clause."""
        if self._last is None or self._last[0] is not clause:
            self._last = clause, clause.untimed()
        return self._last[1]
