"""The words of a clause that say for whom and for what a grant is: conditions without their figures, without asides and
without those who give."""

from __future__ import annotations

from policyx.clause import Clause
from policyx.decide import name_words, phrases

SHORTEST = 2
_LONGEST_TARGET = 24
_LONGEST_JOINED = 18
_LONGEST_OFFICE = 10  # characters
_SHORTEST_HEAD = 4  # characters
_FORM = frozenset({"amount", "benefit", "form_label", "of", "copula", "adverb", "figure"})
_LONGEST_ASIDE = 7
_GENERIC_WORDS = 3
_MEASURES = frozenset({"facet", "shared", "attribute", "size", "ratio"})
_LOOSE_ENDS = frozenset({"no_noun", "of", "aside"})
_AMOUNTS = frozenset({"money", "percent", "area", "volume", "duration", "length", "power", "mass", "rate"})
_WITHIN = frozenset({"span_tail", "time_word"})  # 登记后三年内
_LEADS = frozenset({"copula", "ceiling", "most", "least"})
_GENERIC = frozenset({"generic", "joint", "each", "head"})


def grant_start(clause: Clause, first: int, at: int) -> int:
    """Where the words of the grant begin: the first grant verb of the item behind its first mark, or the mark
    before the figure's clause."""
    for number in range(first, at):
        if clause.roles(number) & {"grant_verb", "each", "ceiling", "standard_is"} and number > first:
            return number
        if "raised" in clause.roles(number) and "become" in clause.roles(number + 1) and number > first:
            return number  # 老年人，补贴标准调整为每人每月888元
        if "light_verb" in clause.roles(number) and clause.roles(number + 1) & {"each", "figure"} and number > first:
            return number  # 网店进行每单1元的补贴
    start = clause.start(at)
    return start if start > first else at


def target(clause: Clause, first: int, last: int) -> str:
    """The words of first..last without the figures of conditions, without asides (经……认定的，) and loose ends."""
    parts: list[str] = []
    joined, start, sign, plain = "", first, "", []
    for number in range(first, last + 1):
        roles = frozenset() if number == last else clause.roles(number)
        if number < last and (not roles & {"comma", "colon", "item"} or _between_figures(clause, number)):
            continue
        said = "" if parts and _only_measures(clause, start, number) else condition(clause, start, number)
        if said:
            joined += (sign if parts else "") + said
            parts.append(said)
            plain += [] if clause.has("figure", start, number) or start > first else [said]
        start, sign = number + 1, clause.said(number, number + 1) if "item" in roles else ""
    if not parts or len(joined) <= _LONGEST_JOINED:
        return joined
    if plain and "".join(plain) != joined and "、" not in joined and not _is_for(clause, first):
        return plain[0]  # 组织专列，100人以上，住宿1晚
    if len(joined) <= _LONGEST_TARGET:
        return joined
    listed = joined.count("、") == len(parts) - 1 and len(parts) > 1
    conditions = clause.has("figure", first, last)
    if conditions and "、" in joined:
        return _head_of(clause, first, last) or joined
    return joined if listed else max(parts, key=lambda part: (len(part) <= _LONGEST_TARGET, len(part)))


def _only_measures(clause: Clause, first: int, last: int) -> bool:
    """营业面积50平方米以上的: a condition with nothing behind its figure, which says how much of something it asks."""
    at = last
    while at > first and clause.roles(at - 1) & _LOOSE_ENDS:
        at -= 1
    return at - 1 > first and bool(clause.roles(at - 1) & _AMOUNTS) and not clause.has("of", first, at)


def _is_for(clause: Clause, first: int) -> bool:
    return "to" in clause.roles(first - 1) or "to" in clause.roles(first)


def _head_of(clause: Clause, first: int, last: int) -> str:
    """社员200户以上、运作规范、带动明显的示范合作社: what all the conditions describe."""
    behind = [number + 1 for number in range(first, last) if "of" in clause.roles(number)]
    said = phrases.phrase(clause, *phrases.trimmed(clause, behind[-1], last)) if behind else ""
    return said if len(said) > SHORTEST else ""


def condition(clause: Clause, first: int, last: int) -> str:
    while first < last and "title" in clause.roles(first):
        first += 1
    first, last = phrases.trimmed(clause, first, last)
    if first < last and "by" in clause.roles(first):
        first = _behind_by(clause, first, last)
    if (
        first >= last
        or clause.roles(first) & {"than", "means"}
        or _is_step(clause, first, last)
        or _is_about(clause.roles(last - 1))
        or is_giver(clause, first, last)
    ):
        return ""
    first, last = _behind_measure(clause, first, last), _before_giver(clause, first, last)
    kept = [number for number in range(first, last) if not _is_about_figure(clause, number)]
    while kept and "of" in clause.roles(kept[0]):
        kept.pop(0)  # 80周岁以上的老人
    said = "".join(clause.said(number, number + 1) for number in kept)
    few = last - first <= _GENERIC_WORDS  # 区企业技术中心 is a name for all that
    graded = any(clause.roles(n) & {"grade", "ordinal"} for n in range(first, last))
    alone = few and not graded and all(clause.roles(n) & {*_GENERIC, "figure", "of"} for n in range(first, last))
    alone = alone or (first < last and all(clause.roles(n) & _FORM for n in range(first, last)))  # 奖励金额
    return "" if alone or len(said) < SHORTEST else name_words.tidy(said)


def _is_step(clause: Clause, first: int, last: int) -> bool:
    """每增加1000万元: a step of a scale does not say who gets the grant, unless it names a thing (每增加1家渔企)."""
    stepped = {"step", "figure", "action", "verb", "change", "adverb", "no_noun"}
    return "step" in clause.roles(first) and all(clause.roles(number) & stepped for number in range(first, last))


def _before_giver(clause: Clause, first: int, last: int) -> int:
    """保费由各级财政|补贴70%: where those who give are named at the end; `last` where they are not."""
    at = last
    while at > first and clause.roles(at - 1) & {"giver", "scope", "bare_grade", "grade"}:
        at -= 1
    return at - 1 if first < at < last and "by" in clause.roles(at - 1) else last


def _is_about(ends: frozenset[str]) -> bool:
    """Whether a phrase with this end says when, or on top of what: 登记后三年内, 在原有待遇的基础上."""
    return ends >= _WITHIN or "basis" in ends


def _behind_measure(clause: Clause, first: int, last: int) -> int:
    """年收入达到500万元的合作社: where those whom a measure only describes are named; `first` where nothing measures or
    nobody follows."""
    of = next((at for at in range(last - 2, first, -1) if "of" in clause.roles(at) and _is_told(clause, at)), first)
    told = of
    while told > first and (_is_about_figure(clause, told - 1) or "joint" in clause.roles(told - 1)):
        told -= 1
    measured = first < told < of and clause.roles(told - 1) & _MEASURES
    return of + 1 if measured and len(clause.said(of + 1, last)) >= _SHORTEST_HEAD else first


def _is_office(clause: Clause, first: int, last: int) -> bool:
    """市旅游局将|给予: an office right before the verb of the grant."""
    gives = clause.roles(last) & {"gives", "strong_grant", "grant_verb"}
    while last > first and clause.roles(last - 1) & {"modal", "adverb", "cue"}:
        last -= 1
    said = clause.said(first, last)
    short = 1 < len(said) <= _LONGEST_OFFICE and not any("of" in clause.roles(n) for n in range(first, last))
    return bool(gives) and short and said.endswith(clause.lexicon.giver_ends)


def _is_told(clause: Clause, at: int) -> bool:
    """Whether the word before `at` belongs to the figure of a condition."""
    return _is_about_figure(clause, at - 1) and "aged_at" not in clause.roles(at - 1)


def _behind_by(clause: Clause, first: int, last: int) -> int:
    """经认定的市级绿色工厂, 经认定为市级绿色工厂的: behind the aside; its end where nothing follows it."""
    for number in range(first + 1, min(last, first + _LONGEST_ASIDE)):
        if "named_as" in clause.roles(number):
            return number + 1
        if "of" in clause.roles(number) and number + 1 < last:
            return number + 1
    return last


def is_filler(clause: Clause, first: int, last: int) -> bool:
    filler = {
        "amount",
        "time_word",
        "numeral",
        "copula",
        "adverb",
        "opener",
        "preposition",
        "of",
        "each",
        "modal",
        "conjunction",
        "cue",
        "by",
        "benefit_kind",
        "become",
        "raised",
        "ceiling",
        "light_verb",
        "deal",
    }
    roles = [clause.roles(number) for number in range(first, last)]
    return all(own & filler and "group" not in own for own in roles)  # 青年|项目


def recipient(clause: Clause, at: int) -> str:
    """给予参展企业展位费80%奖励: what stands between the verb and the figure."""
    first = clause.start(at, "hard", "gives", "strong_grant")
    verb = clause.roles(first - 1) & {"gives", "strong_grant"}
    if not verb or is_filler(clause, first, at):
        return ""
    generic = {*_GENERIC, "amount", "benefit", "benefit_kind", "copula", "ceiling"}
    if all(clause.roles(number) & generic for number in range(first, at)):
        return ""
    return condition(clause, first, at)


def base(clause: Clause, at: int) -> str:
    """What a rate is taken of: 按研发投入增量的10%."""
    first = clause.start(at, "hard", "by", "gives")
    if not clause.roles(first - 1) & {"by"}:
        return clause.said(first, first + 1) if "giver" in clause.roles(first) else ""  # 、省级财政补贴25%
    while first < at and clause.roles(first) & {"its", "ceiling", "adverb", "particle"}:
        first += 1
    return phrases.phrase(clause, *phrases.trimmed(clause, first, at))


def is_giver(clause: Clause, first: int, last: int) -> bool:
    """市财政给予, 市级对……: who gives, not who gets."""
    if _is_office(clause, first, last):
        return True
    roles = [clause.roles(number) for number in range(first, last)]
    if not roles or not all(own & {"giver", "scope", "place", "bare_grade", "grade"} for own in roles):
        return False
    behind = clause.roles(last)
    return any("giver" in own for own in roles) or ("to" in behind and "gives" not in behind)


def _is_about_figure(clause: Clause, at: int) -> bool:
    """The figures of a condition, and the mark between two: 成交额达到1亿元、3亿元的机构."""
    if clause.roles(at) & {"figure", "aside", "open", "close", "aged_at"}:
        return True
    if "no_noun" in clause.roles(at):  # 国三及|以下|渔船
        return bool(clause.roles(at - 1) & {"figure", "aside", "close"})
    return _between_figures(clause, at) or _leads_to_figure(clause, at)


def _between_figures(clause: Clause, at: int) -> bool:
    return "figure" in clause.roles(at - 1) and "figure" in clause.roles(at + 1)


def _leads_to_figure(clause: Clause, at: int) -> bool:
    """达到, 首次突破, 在 before the figure of a condition."""
    while clause.roles(at) & _LEADS and "of" not in clause.roles(at):
        at += 1
        if "figure" in clause.roles(at):
            return True
    return False
