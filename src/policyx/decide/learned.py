"""What a figure leaves to those behind it: the names that a list is dealt out to, the topic, the verb, the measure."""

from __future__ import annotations

from policyx.clause import Lexicon
from policyx.clause.lists import Place
from policyx.clause.tails import tells_measure
from policyx.decide import name_words, phrases
from policyx.decide.around import Around
from policyx.decide.discourse import Discourse, Level
from policyx.decide.grants import Grant
from policyx.decide.names import Named
from policyx.decide.topics import behind_parts, is_governed
from policyx.model import Link

_LONGEST_STANDARD = 6  # words: 基金支付比例, 政策范围内报销比例
_LONGEST_OWN = 5
_TOLD = frozenset({"noun", "head", "shared", "facet", "dependent", "holding"})
_NOT_TOLD = frozenset({"enum", "joint", "of", "than", "adverb", "cue", "figure", "total_noun"})
_LONGEST_FACET = 2  # words
_INSTITUTIONS = frozenset("个所家座处")


def members(around: Around, listed: Place | None) -> tuple[str, ...]:
    """The names that a list of figures is dealt out to: its own, or, for one that says only how they changed, those of
    the list or the figures before it (分别增长12.3%和15.1%)."""
    if listed is None or listed.ratio:
        return ()
    if listed.members:
        return listed.members
    said = around.discourse.said
    standard = _standard(around) if listed.dealt and not listed.number else ""
    before = _last_distinct(said.named, listed.size) if standard else ()
    if len(before) == listed.size:
        return tuple(_of_standard(name, standard, around) for name in before)
    if len(said.members) == listed.size and (listed.dealt or said.dealing or listed.number):
        if listed.number or not listed.dealt or around.figure.dimension == "point":
            return said.members  # 占比分别为5%、3%，分别提高2个和1个百分点
        if facet := _facet(around):
            return tuple(_measured(member, facet, around) for member in said.members)
        if own := _own(around):
            return tuple(_thing(member, around.words) + own for member in said.members)
        share = _share(around)
        return tuple(name_words.without_share(member, around.words) + share for member in said.members)
    recent = said.named[-listed.size :] if not listed.number else ()
    if listed.dealt and len(set(recent)) == listed.size:
        if _totals(around):
            return tuple(name_words.without_newly(name, around.words) for name in recent)
        return tuple(name + _share(around) for name in recent)
    return ()


def _dealt_of(around: Around) -> tuple[int, int]:
    """The words that stand in the clause before the one that deals out (专任教师|分别为), from and up to; none where no
    word does."""
    deal = around.clause.start(around.at, "hard", "deal") - 1
    return (around.clause.start(deal) if "deal" in around.clause.roles(deal) else deal), deal


def _totals(around: Around) -> bool:
    """新增渔港3个、码头5座，累计分别达到12个和20座: whether the list says how many there are in all."""
    clause, (own, deal) = around.clause, _dealt_of(around)
    return clause.has("total_noun", own, deal)


def _last_distinct(names: tuple[str, ...], size: int) -> tuple[str, ...]:
    """The last names so many, each once: 甲区由18元调整为20元，乙区由16元调整为19元 are two."""
    return tuple(dict.fromkeys(reversed(names)))[:size][::-1]


def completed(members: tuple[str, ...], noun: str, words: Lexicon) -> tuple[str, ...]:
    """The members of a list, each with what stands behind the last figure, where it does not say what is counted."""
    if not noun or any(name_words.measures(member, words) or member.endswith(noun) for member in members):
        return members
    return tuple(member + noun for member in members)


def _standard(around: Around) -> str:
    """起付线甲港100元，乙港300元；报销比例分别为90%、80%: what the list is of, where that is a standard by itself."""
    clause, (own, deal) = around.clause, _dealt_of(around)
    alone = 0 < deal - own <= _LONGEST_STANDARD and clause.end(own, deal, "joint", "enum", "of") == deal
    return clause.said(own, deal) if alone and "standard" in clause.roles(deal - 1) else ""


def _own(around: Around) -> str:
    """小学、初中学生分别为3万人和2万人，专任教师分别为3000人和2000人: what a clause deals out by itself."""
    clause, (first, deal) = around.clause, _dealt_of(around)
    own = [clause.roles(at) for at in range(first, deal)]
    told = own and len(own) <= _LONGEST_OWN and own[-1] & _TOLD and not any(roles & _NOT_TOLD for roles in own)
    return clause.said(first, deal) if told else ""


def _thing(name: str, words: Lexicon) -> str:
    """小学 of 小学在校学生, 柑橘 of 柑橘种植面积: what a name is of, without what is measured of it."""
    parts = words.words(name)[:-1]
    while len(parts) > 1 and "verbal_noun" in words.roles[parts[-1][2]]:
        parts = parts[:-1]
    return name[: parts[-1][1]] if parts else name


def _of_standard(name: str, standard: str, around: Around) -> str:
    """The name of a figure before with another standard in place of its own."""
    parts = around.words.words(name)
    return name[: parts[-1][0]] + standard if "standard" in around.words.roles[parts[-1][2]] else name + standard


def _facet(around: Around) -> str:
    """……面积分别为3亩、5亩，单产分别为6吨、8吨: what the list that comes again measures of its members."""
    clause, (own, deal) = around.clause, _dealt_of(around)
    alone = 0 < deal - own <= _LONGEST_FACET
    words = [clause.said(at, at + 1) for at in range(own, deal)] if alone else []
    if any("total_noun" in clause.roles(at) for at in range(own, deal)):
        return ""
    return "".join(words) if words and all(tells_measure(around.words, word) for word in words) else ""


def _measured(member: str, facet: str, around: Around) -> str:
    """The member with another facet: a rate is one of what it was measured by, all else takes its place."""
    if around.figure.dimension == "percent":
        return member.removesuffix(facet) + facet
    words = [member[low:high] for low, high, _ in around.words.words(member)]
    while len(words) > 1 and tells_measure(around.words, words[-1]):
        words.pop()
    return "".join(words) + facet


def _share(around: Around) -> str:
    """分别占在建项目总数的25%和23%: the whole that the figures before are shares of."""
    if around.figure.dimension != "percent":
        return ""
    clause = around.clause
    first = clause.start(around.at, "hard", "deal")
    if "deal" not in clause.roles(first - 1) or "share" not in clause.roles(first):
        return ""
    return phrases.phrase(clause, *phrases.trimmed(clause, first, around.at))


def learned(
    around: Around, named: list[Named], measure: list[Link], before: Discourse, grant: Grant | None
) -> Discourse:
    """What later figures may leave out: the topic, the name, the verb, the comparator."""
    if grant is not None:
        said = before.said._replace(granted=around.figure.dimension)
        return before._replace(grantee=grant.grantee, given=grant.benefit, said=said)
    if not named or named[0].passing:
        return before
    own, figure = named[0], around.figure
    said = before.said
    lexicon_ = around.words
    kind, sign = str(measure[0].value), -1 if len(measure) > 1 and measure[1].value == -1 else 1
    listed_now = own.rule in ("name.list", "name.list_same")
    said = said._replace(
        named=(*said.named, own.name),
        measured=(*said.measured, (own.name, figure.dimension)),
        measure=(kind, sign),
        holder=_holder(own.name, around),
        verb=name_words.first_verb(own.name, lexicon_) if not own.dependent else said.verb,
        dealing=listed_now,
    )
    level, governed = before.level, is_governed(around.clause, around.at)
    if governed:
        pass
    elif kind in ("level", "increase") and figure.dimension != "rank":
        level = Level(name_words.without_goal(own.name, lexicon_), figure.dimension, figure.unit)
    elif not own.dependent or own.rule == "name.carried":  # 第三产业增加值，五年增长53.9%，平均每年增长9%
        level = level._replace(name=own.name)
    passing = figure.dimension == "rank" or (
        figure.dimension == "percent" and said.named[:-1] and _is_bare_rate(own, lexicon_)
    )
    topic = own.topic if own.topic and not passing and not governed else before.topic
    return before._replace(said=said, level=level, topic=topic, last=own.name)


def _holder(name: str, around: Around) -> str:
    """The institutions counted last: 小学 of 小学20所, for its pupils."""
    if _holds(name, around):
        return name
    return "" if behind_parts(around) else around.discourse.said.holder


def _holds(name: str, around: Around) -> bool:
    """Whether these are institutions, which have what is told behind them; not the kinds among others of one sentence
    (学校30所，其中小学20所，教师800人)."""
    if around.figure.unit not in _INSTITUTIONS or around.words.has(name, "holding"):
        return False
    first = around.clause.start(around.at, "semicolon", "stop", "boundary")
    return not around.clause.has("part_mark", first + 1, around.at)


def _is_bare_rate(own: Named, words: Lexicon) -> bool:
    """开工率42%，完成投资43亿元: a rate of one word is told in passing of what was spoken of before."""
    return own.name.endswith(words.rate_ends) and len(words.words(own.name)) == 1
