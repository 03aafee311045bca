"""The parts of a name that no construction catches: what was spoken of, what was told last, whose figures a colon or a
heading announces. A name asks for them as $topic, $level, $label …"""

from __future__ import annotations

from collections.abc import Callable

from policyx.clause import Lexicon
from policyx.construct import Match
from policyx.decide import phrases, ranked
from policyx.decide.around import Around, caught_as, said_topic, start_of_clause
from policyx.decide.fines import fined

_LIMIT_WORDS = 6
_TIER_WORDS = 4
_LONGEST_SCORED = 18
_LONGEST_PREFIXED = 20
_ITEM_ENDS = ("semicolon", "stop", "boundary")
_TIER_ENDS = ("latin", "copula", "predicate")
_WHOSE_ENDS = ("predicate", "verb", "action", "adverb", "phrase", "modal", "to", "figure", "by")
_SHORTEST_ACTOR = 4  # characters
_STANDARDS = frozenset({"standard", "benefit_standard"})
_NO_ACTORS = frozenset({"scope", "place", "place_name", "bare_grade", "adverb", "verb", "verbal_noun", "giver"})
_PLACES = frozenset({"place", "place_name"})
_RATES = frozenset({"rate_noun"})
_COUNTS = frozenset({"people", "count", "money", "mass"})
_AMOUNTS = frozenset({"money", "mass", "volume", "energy", "area"})  # of these shares are told


def _topic(match: Match, around: Around) -> str:
    topic = said_topic(around) or around.discourse.topic or around.discourse.level.name
    part = match.caught.get("part")
    if part and set(match.clause.said(*part)) <= set(topic) and "sibling" in match.clause.roles(part[0]):
        return ""  # 出口 of 进出口总额
    if part and "rate_noun" in match.clause.roles(part[0]):
        level = _last_level(match, around)
        return phrases.without_facets(level, around.words, _RATES)  # the growth of an income is not that of its earner
    if part and _are_siblings(topic, match.clause.said(*part), around):
        return ""  # 进口 behind 出口
    return phrases.without_facets(topic, around.words)


def _are_siblings(topic: str, part: str, around: Around) -> bool:
    """Whether both are one word, and facets of one thing."""
    words = around.words
    both = [words.words(name) for name in (topic, part)]
    return all(len(parts) == 1 and "sibling" in words.roles[parts[0][2]] for parts in both)


def _bare_topic(match: Match, around: Around) -> str:
    return phrases.without_verb(_topic(match, around), around.words)


def _thing(match: Match, around: Around) -> str:
    """企业 of 全市新增企业, for 新增 behind it."""
    return _done_to(_whole_topic(match, around), around)


def _done_to(name: str, around: Around) -> str:
    """A name without the scope and the verb that it begins with."""
    parts = around.words.words(name)
    while len(parts) > 1 and around.words.roles[parts[0][2]] & {"scope", "place"}:
        parts = parts[1:]
    return phrases.without_verb(name[parts[0][0] :], around.words) if parts else ""


def _last_level(match: Match, around: Around) -> str:
    """What a share or a rate is told of: the subject of a clause since, else the amount told last, else the topic."""
    level = around.discourse.level
    amount = level.name if level.dimension in _AMOUNTS else ""
    return said_topic(around) or amount or around.discourse.topic or level.name


def _whole_topic(match: Match, around: Around) -> str:
    return said_topic(around) or around.discourse.topic


def _level(match: Match, around: Around) -> str:
    """What a figure alone in its clause says more of: the subject of a clause since, else the last level."""
    topic = said_topic(around)
    if topic and around.figure.dimension == "percent" and not phrases.is_measured(topic, around.words):
        return topic + _spoken_head(around)
    name = topic or _counted_so(around) or around.discourse.level.name or around.discourse.topic
    ranked = around.figure.dimension == "rank" and _ends_in_scope(name, around)  # 专利占全省38%，居第二位
    changes = around.figure.dimension == "percent" and around.clause.has("change", start_of_clause(around), around.at)
    if not changes and not ranked:
        return name
    return phrases.without_share(name, around.words)  # a share grows by points; its thing grows by percent


def _counted_so(around: Around) -> str:
    """出生数8千人，出生率4‰，增加70人: behind a rate, what this sentence has told in figures of this kind."""
    kind = around.figure.dimension
    level = around.discourse.level
    if kind not in _COUNTS or not (level.dimension == "percent" or level.name.endswith(around.words.rate_ends)):
        return ""
    return next((name for name, dimension in reversed(around.discourse.said.measured) if dimension == kind), "")


def _ends_in_scope(name: str, around: Around) -> bool:
    parts = around.words.words(name)
    return bool(parts) and "scope" in around.words.roles[parts[-1][2]]


def _bare_level(match: Match, around: Around) -> str:
    return phrases.without_verb(_level(match, around), around.words)


def _whole(match: Match, around: Around) -> str:
    """在渔业增加值中，: the whole that shares are taken of, at the beginning of the sentence."""
    clause = around.clause
    for start in range(around.at - 1, -1, -1):
        if "in_which" in clause.roles(start):
            end = clause.end(start + 1, around.at, "amid", "hard")
            return phrases.phrase(clause, start + 1, end) if "amid" in clause.roles(end) else ""
    return ""


def _host(match: Match, around: Around) -> str:
    """The words before the brackets that the figure stands in."""
    if around.clause.host is None:
        return ""
    clause, place = around.clause.host
    first = clause.start(place, "hard", "counted_aside", "than")  # 增幅比全省平均增幅（8%）高
    return phrases.phrase(clause, *phrases.trimmed(clause, first, place))


def _verb(match: Match, around: Around) -> str:
    """The verb that a list shares: 新增A 1家、B 2家."""
    opened = around.clause.roles(start_of_clause(around))
    return around.discourse.said.verb if "item" in opened else ""


def _head(match: Match, around: Around) -> str:
    """What is measured of the whole whose parts are told, where the part does not say it itself."""
    core = caught_as("core", match)
    if phrases.is_measured(core, around.words):
        return ""
    if core and set(core) <= set(around.discourse.level.name):
        return ""  # 出口 of 进出口总额
    for name, dimension in around.discourse.said.measured:
        head = phrases.measured_head(name, around.words)
        if head and around.figure.dimension in ("percent", dimension):
            return head
    return _spoken_head(around)


def _like_head(match: Match, around: Around) -> str:
    """产值 of 东沙港产值, for 西沙港 behind it: another place, or a thing of the same kind."""
    core, words = caught_as("core", match), around.words
    if phrases.is_measured(core, words):
        return ""
    for name, dimension in reversed(around.discourse.said.measured):
        head = phrases.measured_head(name, words)
        thing = name.removesuffix(head)
        told = head and thing and around.figure.dimension in ("percent", dimension)
        if told and (core[-1] == thing[-1] or (_begins_with_place(core, words) and _begins_with_place(thing, words))):
            return head
    return ""


def _begins_with_place(name: str, words: Lexicon) -> bool:
    parts = words.words(name)
    return bool(parts) and not _PLACES.isdisjoint(words.roles[parts[0][2]])


def _spoken_head(around: Around) -> str:
    """What is measured, as the clauses before say it without a figure: 若细分产业营收，积体电路成长34%."""
    clause = around.clause
    for at in range(start_of_clause(around) - 1, 0, -1):
        roles = clause.roles(at)
        if "figure" in roles:
            return ""
        if roles & {"shared", "facet"} and roles & {"money", "shared"} and not roles & {"generic", "head"}:
            caused = clause.has("cause", clause.start(at), at)
            return "" if caused else clause.said(at, at + 1)
    return ""


def _host_head(match: Match, around: Around) -> str:
    """What was measured last, for the things that brackets follow one by one."""
    host = _host(match, around)
    head = phrases.measured_head(around.discourse.level.name or around.discourse.last, around.words)
    return head if host and head and not phrases.measured_head(host, around.words) else ""


def _unmodified(match: Match, around: Around) -> str:
    """城镇居民收入 without 城镇, for 农村 behind it."""
    name = around.discourse.level.name
    parts = around.words.words(name)
    kept = parts
    own = (
        {"modifier", "scope"}
        if around.words.has(caught_as("core", match), "modifier")
        else {"modifier", "scope", "group"}
    )
    while kept and own & around.words.roles[kept[0][2]] and len(kept) > 1:
        kept = kept[1:]
    alike = around.figure.dimension in (around.discourse.level.dimension, "percent")
    head = name[kept[0][0] :] if kept else ""
    held = set(caught_as("core", match)) <= set(head)  # 出口 of 进出口总额 needs no head
    return head if len(kept) < len(parts) and alike and not held else ""


def _ungraded(match: Match, around: Around) -> str:
    """国家级孵化器 without 国家级, for 省级 behind it."""
    name = phrases.without_verb(_whole_topic(match, around), around.words)
    parts = around.words.words(name)
    limits = [number for number, part in enumerate(parts[:_LIMIT_WORDS]) if "no_noun" in around.words.roles[part[2]]]
    parts = parts[limits[-1] + 1 :] if limits else parts  # 1000万元以上项目
    while len(parts) > 1 and "grade" in around.words.roles[parts[0][2]]:
        parts = parts[1:]
    return name[parts[0][0] :] if parts else ""


def _object(match: Match, around: Around) -> str:
    """问题 of 收集问题, for 解决 behind it, where both count alike."""
    level = around.discourse.level
    thing = _done_to(level.name, around)
    return thing if level.unit and level.unit == around.figure.unit else ""


def _modifiers(match: Match, around: Around) -> str:
    """入选省级示范 of 入选省级示范项目, for 企业 behind it in the list."""
    last = around.discourse.last
    parts = around.words.words(last)
    return last[: parts[-1][0]] if len(parts) > 1 and "head" in around.words.roles[parts[-1][2]] else ""


def _holder(match: Match, around: Around) -> str:
    return around.discourse.said.holder


def _standard(match: Match, around: Around) -> str:
    """起付标准 of 一级医院起付标准, for 二级医院 behind it."""
    said = around.discourse.said.measured
    name, dimension = said[-1] if said else ("", "")
    parts = around.words.words(name)
    if not parts or dimension != around.figure.dimension or not around.words.roles[parts[-1][2]] & _STANDARDS:
        return ""
    own = caught_as("core", match)
    said_itself = phrases.is_measured(own, around.words) or _is_fee(own, around.words)
    return "" if not own or said_itself else name[parts[-1][0] :]


def _is_fee(name: str, words: Lexicon) -> bool:
    """污水处理费 says by itself what is charged."""
    return name.endswith(words.fee_ends)


def _aside_head(match: Match, around: Around) -> str:
    """营业收入2000万元以上（服务业企业1000万元以上）: what brackets behind a figure say for others."""
    clause, said = around.clause, around.discourse.said.measured
    if clause.host is None or not said or said[-1][1] != around.figure.dimension:
        return ""
    host, place = clause.host
    behind = max((at for at in host.mentions if at < place), default=place)
    own = phrases.measured_head(caught_as("core", match), around.words)
    name = said[-1][0]
    if own or place - behind > _LIMIT_WORDS or not phrases.is_measured(name, around.words):
        return ""
    return name[around.words.words(name)[-1][0] :]


def _label(match: Match, around: Around) -> str:
    """在校学生：个人缴费380元: whose figures a colon announces, where the figure's own clause says what is measured."""
    said = phrases.item_label(around.clause, around.at, around.heading)
    return said if said and not _is_told(said, around) else ""


def _label_head(match: Match, around: Around) -> str:
    """起付标准：一级医院200元: what is measured, where the figure's own clause says whose it is."""
    said = phrases.label(around.clause, around.at) or phrases.standard_of(around.heading, around.words, granted=True)
    inline = "" if said else phrases.item_label(around.clause, around.at, around.heading)
    said = inline if phrases.is_benefit(inline, around.words) else said
    if around.clause.has("standard_is", start_of_clause(around) + 1, around.at):
        return ""  # 保障标准为每人每月1309元
    if around.figure.dimension in ("money", "duration") and said.endswith(around.words.rate_ends):
        return ""
    return said if _is_told(said, around) and not _is_told(caught_as("core", match), around) else ""


def _label_of_amount(match: Match, around: Around) -> str:
    """贷款额度：船价的70%，最高50万元: what a colon announces, for the first amount behind it."""
    told = around.discourse.level.dimension == around.figure.dimension
    return "" if told and around.discourse.level.name else _label_head(match, around)


def _is_told(name: str, around: Around) -> bool:
    """Whether a name of a rule says what its figure is: a measure, a fee, or in amounts a benefit (国家助学金)."""
    amount = around.figure.dimension in ("money", "percent", "rate") and phrases.is_benefit(name, around.words)
    return amount or phrases.measures(name, around.words) or _is_fee(name, around.words)


def _opening(around: Around) -> tuple[int, int]:
    """The first clause of the item that the figure stands in, behind the last semicolon or stop; empty where that is
    the figure's own."""
    clause = around.clause
    first = clause.start(around.at, *_ITEM_ENDS)
    last = clause.end(first, around.at, "hard", "figure")
    return phrases.trimmed(clause, first, last) if last < start_of_clause(around) + 1 else (first, first)


def _tier(match: Match, around: Around) -> str:
    """一类区域2小时内5元，超过部分每小时2元: the tier that opens the item."""
    clause = around.clause
    first, last = _opening(around)
    end = clause.end(first, min(last, first + _TIER_WORDS), *_TIER_ENDS)
    core = caught_as("core", match)
    ranked = any("ordinal" in around.words.roles[letter] for _, _, letter in around.words.words(core))
    if end == first or ranked or "ordinal" not in clause.roles(first):
        return ""
    return _prefix(phrases.phrase(clause, first, end), core)


def _whose(match: Match, around: Around) -> str:
    """单职工缴存公积金的，最高可贷额度30万元: who the condition right before is about."""
    clause, core = around.clause, caught_as("core", match)
    last = start_of_clause(around)
    first, last = phrases.trimmed(clause, clause.start(last), last)
    end = clause.end(first, last, *_WHOSE_ENDS)
    joined = end > first and clause.roles(end - 1) & {"joint", "enum"}
    if end in (first, last) or joined or not phrases.measures(core, around.words):
        return ""
    return _prefix(phrases.phrase(clause, first, end), core)


def _actor(match: Match, around: Around) -> str:
    """远洋班轮 of 远洋班轮开行, for what else they do behind it; not a place, and nobody who has been left out."""
    name = around.discourse.said.named[-1] if around.discourse.said.named else ""
    parts = around.words.words(name)
    roles = [around.words.roles[letter] for _, _, letter in parts]
    done = next((number for number, own in enumerate(roles) if "action" in own and "noun" not in own), 0)
    if not done or roles[done - 1] & _NO_ACTORS or parts[done][0] < _SHORTEST_ACTOR:
        return ""
    return _prefix(name[: parts[done][0]], caught_as("core", match))


def _scored(match: Match, around: Around) -> str:
    """远洋船长证，加10分: what the score is for, as the clause before says it, else the heading."""
    clause, last = around.clause, start_of_clause(around)
    first, last = phrases.trimmed(clause, clause.start(last), last)
    said = phrases.phrase(clause, first, last) if "figure" not in clause.roles(last) else ""
    return said if 1 < len(said) <= _LONGEST_SCORED else said_topic(around) or _heading(match, around)


def _term(match: Match, around: Around) -> str:
    """贷款期限：须在两年以上: the length of time that a colon announces."""
    said = phrases.item_label(around.clause, around.at, around.heading)
    parts = around.words.words(said)
    return said if parts and "term" in around.words.roles[parts[-1][2]] else ""


def _said_of(match: Match, around: Around) -> str:
    """一次性补助金：标准为人均收入的20倍: the benefit or standard that a label announces, else what was spoken of."""
    said = phrases.item_label(around.clause, around.at, around.heading)
    return said if said and _is_granted(said, around.words) else _whole_topic(match, around)


def _announced(match: Match, around: Around) -> str:
    """补助金：为6个月的工资: the benefit that a label announces."""
    said = phrases.item_label(around.clause, around.at, around.heading)
    return said if said and _is_granted(said, around.words) else ""


def _is_granted(name: str, words: Lexicon) -> bool:
    return phrases.is_benefit(name, words) or phrases.measures(name, words)


def _prefix(said: str, core: str) -> str:
    """What is put before a name, where both together are no long name and it is not said twice."""
    fits = len(said) > 1 and len(said) + len(core) <= _LONGEST_PREFIXED
    return said if fits and said not in core else ""


def _heading(match: Match, around: Around) -> str:
    """The heading that the figure alone stands under (1.高新技术企业：2500家)."""
    heading = phrases.tidy(phrases.without_list_mark(around.heading))
    return heading if 2 <= len(heading) <= phrases.WANTED else ""


PARTS: dict[str, Callable[[Match, Around], str]] = {
    "topic": _topic,
    "bare_topic": _bare_topic,
    "whole_topic": _whole_topic,
    "last_level": _last_level,
    "thing": _thing,
    "level": _level,
    "bare_level": _bare_level,
    "whole": _whole,
    "host": _host,
    "verb": _verb,
    "head": _head,
    "like_head": _like_head,
    "host_head": _host_head,
    "unmodified": _unmodified,
    "ungraded": _ungraded,
    "object": _object,
    "modifiers": _modifiers,
    "holder": _holder,
    "heading": _heading,
    "label": _label,
    "label_head": _label_head,
    "label_of_amount": _label_of_amount,
    "standard": _standard,
    "aside_head": _aside_head,
    "tier": _tier,
    "whose": _whose,
    "actor": _actor,
    "compared": ranked.compared,
    "listed_noun": ranked.listed_noun,
    "listed_under": ranked.listed_under,
    "fined": fined,
    "scored": _scored,
    "term": _term,
    "said_of": _said_of,
    "announced": _announced,
}
