"""The parts of a name that no construction catches: what was spoken of, what was told last, whose figures a colon or a
heading announces. A name asks for them as $topic, $level, $label …"""

from __future__ import annotations

from collections.abc import Callable

from policyx.clause import Lexicon
from policyx.construct import Match
from policyx.decide import labels, phrases, ranked
from policyx.decide.around import Around, caught_as, promoted_topic, said_topic, start_of_clause
from policyx.decide.fines import fined

_LIMIT_WORDS = 6
_ITEM_ENDS = ("semicolon", "stop", "boundary")
_SHORTEST_ACTOR = 4  # characters
_LONGEST_PLACE = 4  # words
_OF_WHOLE = frozenset({"of", "scope"})
_NO_ACTORS = frozenset({"scope", "place", "place_name", "bare_grade", "adverb", "verb", "verbal_noun", "giver"})
_PLACES = frozenset({"place", "place_name"})
_RATES = frozenset({"rate_noun"})
_STAGES = frozenset({"sibling"})  # 新签约 of 项目新签约, for 新开工 behind it
_COUNTS = frozenset({"people", "count", "money", "mass"})
_LASTING = "duration"
_DOERS = frozenset({"in_all", "total", "office", "giver_end"})  # 共, 累计; 法院, 局
_DEEDS = frozenset({"action", "sibling", "newly"})
_LIMITS = frozenset({"ge", "gt", "le", "lt"})
_SIZES = frozenset({"area", "length"})
_SIZE_WORDS = frozenset({"attribute", "facet"})
_AMOUNTS = frozenset({"money", "mass", "volume", "energy", "area"})  # of these shares are told


def _topic(match: Match, around: Around) -> str:
    part = match.caught.get("part")
    roles = match.clause.roles(part[0]) if part else frozenset()
    done = promoted_topic(around) if roles & _DEEDS and "shared" not in roles else ""
    topic = said_topic(around) or done or around.discourse.topic or around.discourse.level.name
    if {"shared", "intact"} <= roles and not said_topic(around) and promoted_topic(around):
        return ""  # 落实外贸新政，出口3亿元
    if part and set(match.clause.said(*part)) <= set(topic) and "sibling" in match.clause.roles(part[0]):
        return ""  # 出口 of 进出口总额
    if part and _stands_alone(match.clause.roles(part[1] - 1), topic, around):
        return ""  # 研发费用占比不低于5%；销售收入1亿元以上的
    if part and "share" in match.clause.roles(part[0]):
        return _last_level(match, around)  # 服务业增加值3亿元，占GDP比重提高2个百分点
    if part and _leans_on_level(match.clause.roles(part[0]), around):
        level = _last_level(match, around)
        return phrases.without_facets(level, around.words, _RATES)  # the growth of an income is not that of its earner
    if part and _are_siblings(topic, match.clause.said(*part), around):
        return ""  # 进口 behind 出口
    return phrases.without_facets(_without_size(topic, around), around.words)


def _leans_on_level(roles: frozenset[str], around: Around) -> bool:
    """投资3亿元，增速8%; 投资3亿元，总量居第三位: a rate and a rank are of what was measured, not of its thing."""
    return "rate_noun" in roles or ("total_noun" in roles and around.figure.dimension == "rank")


def _without_size(topic: str, around: Around) -> str:
    """医院 of 医院建筑面积, where money is told behind it: an investment is none of the floor."""
    level = around.discourse.level
    sized = level.name == topic and level.dimension in _SIZES
    if around.figure.dimension != "money" or not (sized or around.words.has(topic, "attribute")):
        return topic
    parts = around.words.words(topic)
    while parts and around.words.roles[parts[-1][2]] & _SIZE_WORDS:
        parts = parts[:-1]
    return topic[: parts[-1][1]] if parts else ""


def _stands_alone(roles: frozenset[str], topic: str, around: Around) -> bool:
    """Whether a measure of a rule's condition is one of its own, behind another."""
    own = around.figure.kind == "policy" and {"money", "shared"} <= roles
    return own and phrases.is_measured(topic, around.words)


def _are_siblings(topic: str, part: str, around: Around) -> bool:
    """Whether both are one word, and facets of one thing."""
    words = around.words
    both = [words.words(name) for name in (topic, part)]
    return all(len(parts) == 1 and "sibling" in words.roles[parts[0][2]] for parts in both)


def _bare_topic(match: Match, around: Around) -> str:
    return phrases.without_verb(_topic(match, around), around.words)


def _thing(match: Match, around: Around) -> str:
    """企业 of 全市新增企业, for 新增 behind it."""
    return _done_to(said_topic(around) or promoted_topic(around) or around.discourse.topic, around)


def _done_to(name: str, around: Around) -> str:
    """A name without the scope and the verb that it begins with."""
    parts = around.words.words(name)
    while len(parts) > 1 and around.words.roles[parts[0][2]] & {"scope", "place"}:
        parts = parts[1:]
    return phrases.without_verb(name[parts[0][0] :], around.words) if parts else ""


def _promoted(match: Match, around: Around) -> str:
    return _done_to(promoted_topic(around), around)


def _last_level(match: Match, around: Around) -> str:
    """What a share or a rate is told of: the subject of a clause since, else the amount told last, else the topic."""
    level = around.discourse.level
    amount = level.name if level.dimension in _AMOUNTS else ""
    return said_topic(around) or amount or around.discourse.topic or level.name


def _whole_topic(match: Match, around: Around) -> str:
    return said_topic(around) or around.discourse.topic


def _spoken(match: Match, around: Around) -> str:
    """What the clauses before in this sentence speak of, and nothing from further up."""
    return said_topic(around)


def _level(match: Match, around: Around) -> str:
    """What a figure alone in its clause says more of: the subject of a clause since, else the last level."""
    topic = said_topic(around)
    if topic and around.figure.dimension == "percent" and not phrases.is_measured(topic, around.words):
        return topic + _spoken_head(around)
    name = topic or _counted_so(around) or around.discourse.level.name or around.discourse.topic
    name = name or around.discourse.grantee  # 按研发费用的2%补助；较上年度增长20%以上的
    ranked = around.figure.dimension == "rank" and _ends_in_scope(name, around)  # 专利占全省38%，居第二位
    changes = around.figure.dimension == "percent" and around.clause.has("change", start_of_clause(around), around.at)
    if around.figure.kind == "policy" and around.figure.dimension == "money" and name.endswith(around.words.rate_ends):
        return ""  # 支付比例88%。统筹年度封顶60万元
    if not changes and not ranked:
        return name
    return phrases.without_share(name, around.words)  # a share grows by points; its thing grows by percent


def _counted_so(around: Around) -> str:
    """出生数8千人，出生率4‰，增加70人: behind a rate, what this sentence has told in figures of this kind."""
    kind = around.figure.dimension
    level = around.discourse.level
    rated = level.dimension == "percent" or level.name.endswith(around.words.rate_ends)
    lasts = kind == _LASTING and level.dimension != _LASTING  # 缴费满5年的，报销80%；满10年的，报销85%
    # 研发占比不低于5%；收入2亿元以上的，不低于3%
    limits = around.figure.kind == "policy" and (kind, level.dimension) == ("percent", "money")
    limits = limits and around.figure.bound in _LIMITS
    if not (lasts or limits) and (kind not in _COUNTS or not rated):
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


def _bracketed(match: Match, around: Around) -> str:
    """渔业产值 of 渔业产值增长11%（东港区增长13%: what the figure before the brackets tells of, for their members; of a
    part of it (养殖业) only what is measured, and nothing where the member says that itself."""
    outer, place = around.clause.host or (around.clause, 0)
    if not place or "figure" not in outer.roles(place - 1):
        return ""
    return _of_all(caught_as("core", match), 0, around)


def _parted(match: Match, around: Around) -> str:
    """渔港 of 渔港12个，其中东港区5个、西港县4个: what is counted, for the places that it is parted among."""
    core, clause = caught_as("core", match), around.clause
    mark = next((at for at in range(around.at - 1, 0, -1) if "part_mark" in clause.roles(at)), 0)
    return _of_all(core, mark, around) if mark and around.words.has(core[-1:], "bare_grade") else ""


def _of_all(core: str, start: int, around: Around) -> str:
    """What the figure before word `start` of the clause tells of, as far as `core` does not say it itself."""
    words, named, figure = around.words, around.discourse.said.named, around.figure
    told = sum("figure" in around.clause.roles(at) for at in range(start, around.at))
    alike = figure.dimension == "percent" or figure.unit == around.discourse.level.unit
    if len(named) <= told or not alike or phrases.is_measured(core, words):
        return ""
    name = named[-1 - told]
    head, whole = phrases.measured_head(name, words), _done_to(name, around)
    place = words.has(core[-1:], "bare_grade") or _begins_with_place(core, words)
    return head if not place and set(core) & set(whole.removesuffix(head)) else whole


def _verb(match: Match, around: Around) -> str:
    """The verb that a list shares: 新增A 1家、B 2家."""
    verb, start = around.discourse.said.verb, start_of_clause(around)
    if not verb or "item" not in around.clause.roles(start):
        return ""
    first = around.clause.roles(start + 1)
    own = {"action", "verb"} <= first and "noun" not in first  # 扶持企业3家、带动就业6万人
    return "" if own else verb


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


def _unplaced(match: Match, around: Around) -> str:
    """渔业产值 of 东沙镇的渔业产值, for 西沙镇 behind it."""
    words, alike = around.words, ("percent", around.figure.dimension)
    if not around.discourse.said.measured or around.discourse.said.measured[-1][1] not in alike:
        return ""
    name = around.discourse.said.measured[-1][0]
    parts = words.words(name)
    graded = (number + 1 for number, part in enumerate(parts[:_LONGEST_PLACE]) if "bare_grade" in words.roles[part[2]])
    behind = parts[next(graded, 0) :]
    while behind and words.roles[behind[0][2]] & _OF_WHOLE:
        behind = behind[1:]
    return name[behind[0][0] :] if behind else ""


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


def _said_head(match: Match, around: Around) -> str:
    """面积 of 房屋面积，1人户20平方米: what the words before say is measured of each household."""
    core, clause = caught_as("core", match), match.clause
    first, last = clause.start(around.at, *_ITEM_ENDS), match.caught["people"][0]
    own = phrases.is_measured(core, around.words) or phrases.is_benefit(core, around.words)
    if own or clause.has("colon", clause.start(around.at, "stop"), last):
        return ""
    for at in range(last - 1, first - 1, -1):
        if "figure" in clause.roles(at):
            break
        if clause.roles(at) & {"shared", "facet"} and "generic" not in clause.roles(at):
            return clause.said(at, at + 1)
    told = (
        name for name, dimension in reversed(around.discourse.said.measured) if dimension == around.figure.dimension
    )
    return phrases.measured_head(next(told, ""), around.words)


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
    done = _done_to(_without_actor(level.name, around), around)
    thing = phrases.without_facets(done, around.words, _STAGES)
    return thing if level.unit and level.unit == around.figure.unit else ""


def _without_actor(name: str, around: Around) -> str:
    """受理案件 of 全市法院共受理案件: who did it stands before the verb."""
    parts = around.words.words(name)
    roles = [around.words.roles[letter] for _, _, letter in parts]
    verbs = [at for at in range(1, len(parts) - 1) if "action" in roles[at] and roles[at - 1] & _DOERS]
    return name[parts[verbs[-1]][0] :] if verbs else name


def _modifiers(match: Match, around: Around) -> str:
    """入选省级示范 of 入选省级示范项目, for 企业 behind it in the list."""
    last = around.discourse.last
    parts = around.words.words(last)
    return last[: parts[-1][0]] if len(parts) > 1 and "head" in around.words.roles[parts[-1][2]] else ""


def _holder(match: Match, around: Around) -> str:
    return around.discourse.said.holder


def _actor(match: Match, around: Around) -> str:
    """远洋班轮 of 远洋班轮开行, for what else they do behind it; not a place, and nobody who has been left out."""
    name = around.discourse.said.named[-1] if around.discourse.said.named else ""
    parts = around.words.words(name)
    roles = [around.words.roles[letter] for _, _, letter in parts]
    done = next((number for number, own in enumerate(roles) if "action" in own and "noun" not in own), 0)
    if not done or roles[done - 1] & _NO_ACTORS or parts[done][0] < _SHORTEST_ACTOR:
        return ""
    return labels.prefix(name[: parts[done][0]], caught_as("core", match))


PARTS: dict[str, Callable[[Match, Around], str]] = {
    "topic": _topic,
    "bare_topic": _bare_topic,
    "whole_topic": _whole_topic,
    "spoken": _spoken,
    "last_level": _last_level,
    "thing": _thing,
    "level": _level,
    "bare_level": _bare_level,
    "whole": _whole,
    "host": _host,
    "bracketed": _bracketed,
    "parted": _parted,
    "verb": _verb,
    "head": _head,
    "like_head": _like_head,
    "unplaced": _unplaced,
    "promoted": _promoted,
    "said_head": _said_head,
    "host_head": _host_head,
    "unmodified": _unmodified,
    "ungraded": _ungraded,
    "object": _object,
    "modifiers": _modifiers,
    "holder": _holder,
    "heading": labels.heading,
    "label": labels.label,
    "label_head": labels.label_head,
    "label_of_amount": labels.label_of_amount,
    "standard": labels.standard,
    "standard_above": labels.standard_above,
    "aside_head": labels.aside_head,
    "tier": labels.tier,
    "item_before": labels.item_before,
    "whose": labels.whose,
    "actor": _actor,
    "compared": ranked.compared,
    "listed_noun": ranked.listed_noun,
    "listed_under": ranked.listed_under,
    "fined": fined,
    "scored": labels.scored,
    "term": labels.term,
    "priced": labels.priced,
    "granted": labels.granted,
    "said_of": labels.said_of,
    "announced": labels.announced,
}
