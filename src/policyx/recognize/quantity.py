"""Quantities: candidates, joined, with their comparators, and a reason where they are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from policyx.model import Bound as BoundCode
from policyx.model import Mention, Quantity, Span, Unit
from policyx.patterns import compiled
from policyx.recognize.bare import coefficients
from policyx.recognize.bounds import Bound, BoundTable, bound_table
from policyx.recognize.candidate import Candidate
from policyx.recognize.candidates import candidates, is_formal
from policyx.recognize.join import join
from policyx.recognize.numeral import AT_LEAST, numeral_grammar
from policyx.recognize.reject import Exclusions
from policyx.recognize.spans import SpanSet
from policyx.recognize.torn import is_torn
from policyx.recognize.units import UnitTable, unit_table
from policyx.recognize.wording import is_han, wording
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_MINUS = frozenset("-−－")
_PLUS = frozenset("+＋")
_READMITTED = frozenset({"exclusion.context", "exclusion.deadline"})  # by a table's unit, by what a rule sets
_SIGNS = frozenset("+＋-−－")
_CLOSED = frozenset("%％‰”’」")
_LINE_HEAD, _FEWEST_WORDS = 16, 4  # characters of a line, and Chinese ones among them
_LIST_NEAR = 400  # characters in which other items of a list stand


def find_quantities(
    text: str, rules: Rules, blocked: Sequence[Span] = (), furniture: Sequence[Span] = ()
) -> list[Mention]:
    """Every number that has a unit or may be given one, in order; those that are no quantities carry `rejected`.

    `blocked`: spans that are times or ranks; `furniture`: spans that are not the document's own text."""
    found = coefficients(text, join(text, candidates(text, rules), rules), rules)
    exclusions = Exclusions(text, rules, list(blocked))
    bounds, units = bound_table(rules), unit_table(rules)
    page = SpanSet(furniture)
    tables = _Tables(bounds, units, _signs(rules))
    mentions = []
    for candidate in found:
        rejected = exclusions.reason(candidate)
        if rejected is None and page.holds(candidate.start):
            rejected = "exclusion.furniture"
        if rejected is None or rejected in _READMITTED:
            mentions.append(_mention(text, candidate, tables, rejected))
        else:
            mentions.append(_plain_mention(candidate, rejected))
    return [
        mention if candidate.written or mention.rejected else _implied_money(text, mention, candidate, rules)
        for mention, candidate in zip(mentions, found, strict=True)
    ]


class _Signs:
    """Words and characters that make a number negative, and what shows that a dash is none."""

    def __init__(self, rules: Rules) -> None:
        words, grammar = wording(rules), numeral_grammar(rules)
        self.negative = words.not_after("negative")
        self.negative_ends = frozenset(word[-1] for word in self.negative)
        ends = "".join([*grammar.ones, *grammar.multipliers])
        # 3家-5家: a dash, not a sign
        self.quantity_end = compiled(rf"[0-9{ends}][^0-9，、。；{words.signs('states_value')}]{{0,3}}$")


@lru_cache(maxsize=4)
def _signs(rules: Rules) -> _Signs:
    return _Signs(rules)


class _Tables(NamedTuple):
    bounds: BoundTable
    units: UnitTable
    signs: _Signs


def _mention(text: str, candidate: Candidate, tables: _Tables, rejected: str | None) -> Mention:
    bounds, units, signs = tables
    start, value = candidate.start, candidate.value
    sign = _negative_sign(text, start, signs)
    if sign:
        start, value = start - sign, -value
    signed = start != candidate.start
    if not signed and _is_plus(text, candidate):
        signed, start = True, start - 1
    before = bounds.before(text, start)
    edge = _currency_start(text, before.edge if before else start, units)
    if before is None and edge != start:
        before = bounds.before(text, edge)
    after = None if candidate.bound == "range" else bounds.after(text, candidate.end)
    if after and after.bound == "gt" and not _ends_phrase(text, after.edge):
        after = None
    bound, rule = _bound(candidate, before, after)
    unit = candidate.written.unit if candidate.written else None
    quantity = Quantity(
        value,
        candidate.top,
        candidate.scale,
        candidate.top_scale or candidate.scale,
        unit,
        _unit_text(candidate.scale, unit.name if unit else ""),
        bound,
    )
    span = Span(min(edge, before.edge) if before else edge, after.edge if after else candidate.end)
    rules = (*candidate.rules, unit.rule) if unit else candidate.rules
    rules = (*rules, rule) if rule else rules
    if signed and text[start] in _SIGNS:
        rules = (*rules, "numeral.sign")
    if unit is not None and is_torn(text, candidate, bounds.numerals):
        rules = (*rules, "numeral.torn")
    core = Span(start if value < 0 else candidate.start, candidate.number_end if candidate.shared else candidate.end)
    return Mention(
        "quantity", span, core, tuple(dict.fromkeys(rules)), quantity, shared=candidate.shared, rejected=rejected
    )


def _plain_mention(candidate: Candidate, rejected: str) -> Mention:
    """A number that is no quantity: nobody asks for what it is compared with."""
    start, end, value, scale = candidate.start, candidate.end, candidate.value, candidate.scale
    unit = candidate.written.unit if candidate.written else None
    written = _unit_text(scale, unit.name if unit else "")
    quantity = Quantity(value, candidate.top, scale, candidate.top_scale or scale, unit, written)
    span = Span(start, end)
    rules = (*candidate.rules, unit.rule) if unit else candidate.rules
    return Mention("quantity", span, span, rules, quantity, rejected=rejected)


def _currency_start(text: str, at: int, units: UnitTable) -> int:
    """Where the currency begins that stands before the number (人民币约5亿元): it is part of the figure, no name."""
    return at - len(units.currency_before(text, at))


def _negative_sign(text: str, start: int, signs: _Signs) -> int:
    """How long the sign is that makes the number at `start` negative: 负3.9%, or a minus that no figure, letter or word
    stands before; 0 where there is none."""
    if start < 1:
        return 0
    if text[start - 1] not in _MINUS:
        if text[start - 1] not in signs.negative_ends:
            return 0
        return next(
            (
                len(word)
                for word, not_after in signs.negative.items()
                if text.endswith(word, 0, start) and not (not_after and text.endswith(not_after, 0, start - len(word)))
            ),
            0,
        )
    before = text[start - 2 : start - 1]
    if not before or before.isspace() or before in "|（(:：、，；,;":
        return 0 if _marks_item(text, start - 1) else 1
    quantity = signs.quantity_end.search(text[max(0, start - 8) : start - 1])
    return 1 if is_han(before) and not quantity else 0


def _marks_item(text: str, at: int) -> bool:
    """-2500元津贴 near -增加名额: the dash of a list, where other lines begin with the same before a word, and its own
    holds words; not -2.5% in a cell of a table."""
    opens, ends = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[at + 1 : ends if ends > 0 else len(text)]
    if text[opens:at].strip() or sum(map(is_han, line[:_LINE_HEAD])) < _FEWEST_WORDS:
        return False
    near = text[max(0, at - _LIST_NEAR) : at + _LIST_NEAR].split("\n")
    return any(other[:1] == text[at] and is_han(other[1:2]) for other in map(str.lstrip, near))


def _is_plus(text: str, candidate: Candidate) -> bool:
    """同比+5.2%: a plus sign before a rate, with no figure or letter before it."""
    if text[candidate.start - 1 : candidate.start] not in _PLUS or candidate.start < 1:
        return False
    unit = candidate.written.unit if candidate.written else None
    if unit is None or unit.dimension not in ("percent", "point"):
        return False
    before = text[candidate.start - 2 : candidate.start - 1]
    return not (before.isascii() and before.isalnum()) and before not in _CLOSED


def _ends_phrase(text: str, at: int) -> bool:
    """一倍多 and 百亿元多 end their phrase; in 100家多点 they do not."""
    following = text[at : at + 1]
    return not following or not (is_han(following))


def _bound(candidate: Candidate, before: Bound | None, after: Bound | None) -> tuple[BoundCode, str | None]:
    """The comparator behind the number is the more exact one: 控制在5.5%左右 is about 5.5 %."""
    if candidate.bound == "range" or candidate.top is not None:
        return "range", None
    if candidate.vague == AT_LEAST:
        return "ge", None
    if candidate.vague:
        return "gt", "bound.gt.after"
    if after and not (before and before.bound in ("gt", "lt") and after.bound in ("ge", "le")):
        return after.bound, after.rule
    if before:
        return before.bound, before.rule
    return "eq", None


@lru_cache(maxsize=1024)
def _unit_text(scale: int, name: str) -> str:
    """The unit as written, with its multiplier: 亿元, 万平方米."""
    return _scale_text(scale) + name


_SCALES = tuple(zip("亿万千百十", (10**8, 10**4, 10**3, 100, 10), strict=True))
_HIGHEST, _HIGHEST_SIZE = _SCALES[0]


def _scale_text(scale: int) -> str:
    """10**12 is 万亿 (兆 is read as 万亿), 10**8 亿, 10**7 千万."""
    if scale % _HIGHEST_SIZE == 0 and scale > _HIGHEST_SIZE:
        return _scale_text(scale // _HIGHEST_SIZE) + _HIGHEST
    for name, size in _SCALES:
        if scale >= size and scale % size == 0:
            return _scale_text(scale // size) + name
    return ""


def _implied_money(text: str, mention: Mention, candidate: Candidate, rules: Rules) -> Mention:
    """A number in cheque characters (肆佰叁拾万) is money even where 元 is left out; so is 40万 as a whole text."""
    if mention.quantity is None:
        return mention
    whole = candidate.scale >= 1000 and len(text) < 40 and mention.span.end - mention.span.start == len(text.strip())
    yuan = unit_table(rules).yuan
    if yuan is None or not (whole or is_formal(candidate, rules)):
        return mention
    quantity = replace(mention.quantity, unit=yuan.unit, unit_text=_unit_text(candidate.scale, yuan.unit.name))
    return mention._replace(quantity=quantity, rules=(*mention.rules, yuan.unit.rule))


def with_unit(mention: Mention, unit: Unit, name: str | None = None) -> Mention:
    """The mention with a unit that the text around gives it (a table's header, 万元 left out in 达到321亿)."""
    assert mention.quantity is not None
    text = _scale_text(mention.quantity.scale) + (name or unit.name)
    quantity = replace(mention.quantity, unit=unit, unit_text=text)
    return mention._replace(quantity=quantity, rules=(*mention.rules, unit.rule))


def scaled(mention: Mention, scale: int) -> Mention:
    """The mention with a multiplier that the text around gives it (a column headed 万件)."""
    assert mention.quantity is not None
    return mention._replace(quantity=replace(mention.quantity, scale=scale, scale_max=scale))


_CELL_NUMBER = compiled(r"[-－−]?\s{0,4}(?:[0-9]{1,3}(?: [0-9]{3}){1,5}(?![0-9])|[0-9][0-9,]{0,24})(?:\.[0-9]{1,12})?")
_CELL_RANGE = compiled(r"\s?[-－—–~～]{1,2}\s?([0-9][0-9,]{0,24}(?:\.[0-9]{1,12})?)(?![0-9.,-])")


def part(text: str, cell: Span, figures: Sequence[Mention]) -> Mention | None:
    """The figure of a table's cell: the mention that lies in it, or else its bare number."""
    match = _CELL_NUMBER.search(text, cell.start, cell.end)
    grouped = match is not None and " " in match[0].strip("-－− ")  # 26 031.83: the mention is the last group alone
    bare = _bare(text, cell, match) if match else None
    ranged = bare is not None and bare.quantity is not None and bare.quantity.value_max is not None
    for figure in () if grouped else figures:
        if figure.quantity and cell.start <= figure.core.start and figure.core.end <= cell.end:
            whole = figure.quantity.value_max is not None or figure.quantity.unit is not None or not ranged
            return _with_sign(text, cell, figure) if whole else bare
    return bare


def _bare(text: str, cell: Span, match: re.Match[str]) -> Mention:
    """The number of a cell, or the range that it opens: 6-7, 0—220（含）."""
    value = Decimal(compiled(r"[\s,]").sub("", match[0]).replace("－", "-").replace("−", "-"))
    end = _CELL_RANGE.match(text, match.end(), cell.end)
    most = Decimal(end[1].replace(",", "")) if end else value
    span = Span(match.start(), end.end() if end and most > value else match.end())
    if most > value:
        return Mention("quantity", span, span, (), Quantity(value, most, 1, 1, None, "", "range"))
    return Mention("quantity", span, span, (), Quantity(value, None, 1, 1, None, "", "eq"))


def _with_sign(text: str, cell: Span, figure: Mention) -> Mention:
    """In a cell a minus sign right before the number is its sign, whatever stands before."""
    assert figure.quantity is not None
    before = text[cell.start : figure.core.start].rstrip()
    if before.endswith(("-", "－", "−")) and figure.quantity.value > 0:
        start = cell.start + len(before) - 1
        quantity = replace(figure.quantity, value=-figure.quantity.value)
        return figure._replace(core=Span(start, figure.core.end), quantity=quantity)
    return figure
