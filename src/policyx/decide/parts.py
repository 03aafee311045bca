"""The parts of a name that no construction catches: heads and verbs said before, the whole of a share, who did it, and
by their own files topics, labels and ranks. A name asks for them as $head, $topic, $label …"""

from __future__ import annotations

from collections.abc import Callable

from policyx.clause import Lexicon
from policyx.construct import Match
from policyx.decide import labels, leads, lodged, name_words, openers, phrases, ranked, topics
from policyx.decide.around import Around, caught_as, start_of_clause
from policyx.decide.fines import fined
from policyx.decide.periods import compared_time

_ONE_WORD = 2  # characters
_LIMIT_WORDS = 6
_ITEM_ENDS = ("semicolon", "stop", "boundary")
_SHORTEST_ACTOR = 4  # characters
_LONGEST_PLACE = 4  # words
_OF_WHOLE = frozenset({"of", "scope"})
_NO_ACTORS = frozenset({"scope", "place", "place_name", "bare_grade", "adverb", "verb", "verbal_noun", "giver"})
_AMOUNTS = frozenset({"money", "mass", "volume", "area", "energy"})
_PLACES = frozenset({"place", "place_name"})
_STAGES = frozenset({"sibling"})  # 新签约 of 项目新签约, for 新开工 behind it
_ONE_OF_TWO = frozenset({"modifier", "scope"})
_ONE_GROUP = _ONE_OF_TWO | {"group"}
_TWO_GROUPS = frozenset({"joint", "verb"})
_DOERS = frozenset({"in_all", "total", "office", "giver_end"})  # 共, 累计; 法院, 局
_BEFORE_HOST = frozenset({"part_mark", "from"})  # 其中以从韩国（增加32亿元）


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
    if compared_time(around.clause):
        return around.discourse.last
    clause, place = around.clause.host
    first = clause.start(place, "hard", "counted_aside", "than")  # 增幅比全省平均增幅（8%）高
    while first < place and clause.roles(first) & _BEFORE_HOST:
        first += 1
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
    core, mark = caught_as("core", match), _mark(around)
    last = around.words.words(core)[-1:]
    kind = any("generic" in around.words.roles[part[2]] and part[1] - part[0] > 1 for part in last)  # 产业|园区
    placed = around.words.has(core[-1:], "bare_grade") and not kind
    return _of_all(core, mark, around) if mark and placed else ""


def _of_all(core: str, start: int, around: Around) -> str:
    """What the figure before word `start` of the clause tells of, as far as `core` does not say it itself."""
    words, figure, name = around.words, around.figure, _told_before(start, around)
    alike = figure.dimension == "percent" or figure.unit == around.discourse.level.unit
    amount = _amount_before(start, around) if figure.dimension in _AMOUNTS else ""
    name, alike = amount or name, alike or bool(amount)
    if not alike or name_words.is_measured(core, words):
        return ""
    head, whole = name_words.measured_head(name, words), topics.done_to(name, around)
    place = words.has(core[-1:], "bare_grade") or _begins_with_place(core, words)
    return head if not place and set(core) & set(whole.removesuffix(head)) else whole


def _mark(around: Around) -> int:
    """The word that says that what follows is part of what was told: 其中; 0 where none does."""
    return next((at for at in range(around.at - 1, 0, -1) if "part_mark" in around.clause.roles(at)), 0)


def _figures_since(start: int, around: Around) -> int:
    return sum("figure" in around.clause.roles(at) for at in range(start, around.at))


def _told_before(start: int, around: Around) -> str:
    """The name of the last figure before word `start` of the clause."""
    named = around.discourse.said.named
    if not named:
        return around.discourse.level.name  # of the sentence before
    since = _figures_since(start, around)
    return named[-1 - since] if len(named) > since else ""


def _amount_before(start: int, around: Around) -> str:
    """外资 of 外资2亿元，占60%，增幅高3个百分点。其中，东港区1亿元: the last amount of its kind before `start`."""
    measured = around.discourse.said.measured
    before = measured[: len(measured) - _figures_since(start, around)]
    return next((name for name, dimension in reversed(before) if dimension == around.figure.dimension), "")


def _counted_thing(match: Match, around: Around) -> str:
    """渔具厂 of 渔具厂26家, for the output of theirs that is told behind."""
    said = around.discourse.said
    counted = next((name for name, kind in reversed(said.measured) if kind == "count"), "")
    own = around.discourse.topic
    return own if counted and own == counted else ""


def _income_of(match: Match, around: Around) -> str:
    """渔业基金 of 渔业基金收入, for 支出 behind it."""
    name = around.discourse.level.name
    end = next((end for end in around.words.income_ends if name.endswith(end)), "")
    return name.removesuffix(end) if end else ""


def _verb(match: Match, around: Around) -> str:
    """The verb that a list shares: 新增A 1家、B 2家."""
    verb, start = around.discourse.said.verb, start_of_clause(around)
    if not verb or "item" not in around.clause.roles(start):
        return ""
    if around.clause.has("achieve", start + 1, around.at):
        return ""  # 接待游客8万人次、旅游收入达到72亿元
    first = around.clause.roles(start + 1)
    own = {"action", "verb"} <= first and "noun" not in first  # 扶持企业3家、带动就业6万人
    said = caught_as("noun", match) or caught_as("core", match)
    return "" if own or said.startswith(verb) else verb


def _head(match: Match, around: Around) -> str:
    """What is measured of the whole whose parts are told, where the part does not say it itself."""
    core = caught_as("core", match)
    if name_words.is_measured(core, around.words):
        return ""
    if core and set(core) <= set(around.discourse.level.name):
        return ""  # 出口 of 进出口总额
    mark = _mark(around)
    whole = _told_before(mark, around) if mark else ""
    level = around.discourse.level
    before = ((level.name, level.dimension),) if level.name else ()  # 。其中，东港区5亿元
    for name, dimension in around.discourse.said.measured or before:
        head = name_words.measured_head(name, around.words)
        told = head and whole in ("", name) and not _is_rate_of_change(head, around)
        if told and around.figure.dimension in ("percent", dimension):
            return "" if around.words.has(head, "total_noun") else _behind(core, head)
    return topics.spoken_head(around)


def _behind(core: str, head: str) -> str:
    """量 of 用水量, behind 生活用水."""
    shared = next(size for size in range(len(head), -1, -1) if core.endswith(head[:size]))
    return head[shared:]


def _fellow(match: Match, around: Around) -> str:
    """产值 of 海水养殖产值, for 淡水养殖 behind it: what the parts of a whole took from that, and none of them says."""
    core, words, said = caught_as("core", match), around.words, around.discourse.said
    like = around.figure.dimension in ("percent", around.discourse.level.dimension)
    own = name_words.is_measured(core, words) or name_words.is_benefit(core, words)
    head = name_words.measured_head(said.named[-1], words) if said.named and like and not own else ""
    told = head in around.clause.said(_mark(around), around.at)
    return "" if told or words.has(head, "total_noun") else _behind(core, head)


def _group(match: Match, around: Around) -> str:
    """城镇居民 of 城镇居民人均收入, for what else is told for each of them."""
    name, per = around.discourse.level.name, caught_as("per", match)
    ends = [high for _, high, letter in around.words.words(name) if "group" in around.words.roles[letter]]
    return next((name[:end] for end in ends if name.startswith(per, end)), "")


def _is_rate_of_change(head: str, around: Around) -> bool:
    """投资占比提高3个百分点，……其中渔业增长5%: what grows by percent is no share."""
    changes = around.figure.dimension == "percent" and around.clause.has("change", start_of_clause(around), around.at)
    return changes and head.endswith(around.words.rate_ends)


def _held(match: Match, around: Around) -> str:
    """床位 of 医疗机构床位84张 or 在床位中, for 医院 behind it: what institutions have, counted in the same unit."""
    core, words, level = caught_as("core", match), around.words, around.discourse.level
    own = words.words(core)
    ends = words.roles[own[-1][2]] if own else frozenset()
    if not (("generic" in ends and "counted" not in ends) or core.endswith(words.sector_ends)):
        return ""
    told = level.unit == around.figure.unit and (level.name in around.discourse.said.named or _mark(around))
    whole = _whole(match, around) or (level.name if told else "")
    parts = words.words(whole)
    return whole[parts[-1][0] :] if parts and "holding" in words.roles[parts[-1][2]] else ""


def _like_head(match: Match, around: Around) -> str:
    """产值 of 东沙港产值, for 西沙港 behind it: another place, or a thing of the same kind."""
    core, words = caught_as("core", match), around.words
    counted = around.figure.dimension == "money" and words.has(core, "counted")  # 旅客386元
    sector = core.endswith(words.sector_ends) and not words.has(core[-_ONE_WORD:], "generic")  # no 企业
    if not core or (name_words.is_measured(core, words) and not counted):
        return ""
    if _begins_with_deed(core, words) and not sector:
        return ""
    for name, dimension in reversed(around.discourse.said.measured):
        head = name_words.measured_head(name, words)
        head = _behind_like(core, name, head, words) if head else ""
        thing = name.removesuffix(head).rstrip("".join(words.particles[:1]))
        told = head and thing and around.figure.dimension in ("percent", dimension)
        alike = not told and dimension == around.figure.dimension
        if alike and (name[-1] == core[-1] or name_words.is_measured(name, words)):
            return ""  # 毛利率8%，其中批发业7%，零售业13%: its like has no head either, or has another
        placed = _begins_with_place(core, words) and _holds_place(thing, words)
        if told and (core[-1] == thing[-1] or placed or sector):
            return head
    return topics.spoken_head(around) if sector else ""


def _behind_like(core: str, name: str, head: str, words: Lexicon) -> str:
    """研发经费 of 企业部门研发经费, for 政府部门: the head with the word behind one that ends as the thing does."""
    ends = [high for _, high, _ in words.words(name)[:-1] if name[high - 1] == core[-1]]
    near = bool(ends) and len(name) - ends[-1] <= len(head) + _ONE_WORD
    return name[ends[-1] :] if near else head


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


def _begins_with_deed(name: str, words: Lexicon) -> bool:
    """拉动消费: what is done is no thing of which something is measured."""
    parts = words.words(name)
    roles = words.roles[parts[0][2]] if len(parts) > 1 else frozenset()
    return bool(roles & {"action", "drives", "verb"}) and not roles & {"noun", "place_name"}


def _holds_place(name: str, words: Lexicon) -> bool:
    """来自美国的订单: whose it is may stand behind a verb."""
    return any(not _PLACES.isdisjoint(words.roles[letter]) for _, _, letter in words.words(name))


def _said_head(match: Match, around: Around) -> str:
    """面积 of 房屋面积，1人户20平方米: what the words before say is measured of each household."""
    core, clause = caught_as("core", match), match.clause
    first, last = clause.start(around.at, *_ITEM_ENDS), match.caught["people"][0]
    own = name_words.is_measured(core, around.words) or name_words.is_benefit(core, around.words)
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
    return name_words.measured_head(next(told, ""), around.words)


def _host_head(match: Match, around: Around) -> str:
    """What was measured last, for the things that brackets follow one by one."""
    host = _host(match, around)
    head = name_words.measured_head(around.discourse.level.name or around.discourse.last, around.words)
    return head if host and head and not name_words.measured_head(host, around.words) else ""


def _unmodified(match: Match, around: Around) -> str:
    """城镇居民收入 without 城镇, for 农村 behind it; 增加值 of 国有及国有控股企业增加值, for 集体企业."""
    name = around.discourse.level.name
    parts = around.words.words(name)
    kept = parts
    own = _ONE_OF_TWO if around.words.has(caught_as("core", match), "modifier") else _ONE_GROUP
    own = own | _TWO_GROUPS if any("joint" in around.words.roles[letter] for _, _, letter in parts[1:3]) else own
    while kept and own & around.words.roles[kept[0][2]] and len(kept) > 1:
        kept = kept[1:]
    alike = around.figure.dimension in (around.discourse.level.dimension, "percent")
    head = name[kept[0][0] :] if kept else ""
    core = caught_as("core", match)
    if len(kept) > 1 and any(core.endswith(name[low:high]) for low, high, _ in kept[:-1]):
        return ""  # 集体企业 behind 国有控股企业增加值 is no 企业控股企业
    held = set(core) <= set(head)  # 出口 of 进出口总额 needs no head
    return head if len(kept) < len(parts) and alike and not held else ""


def _ungraded(match: Match, around: Around) -> str:
    """国家级孵化器 without 国家级, for 省级 behind it."""
    name = name_words.without_verb(topics.whole_topic_of(match, around), around.words)
    parts = around.words.words(name)
    limits = [number for number, part in enumerate(parts[:_LIMIT_WORDS]) if "no_noun" in around.words.roles[part[2]]]
    parts = parts[limits[-1] + 1 :] if limits else parts  # 1000万元以上项目
    while len(parts) > 1 and "grade" in around.words.roles[parts[0][2]]:
        parts = parts[1:]
    return name[parts[0][0] :] if parts else ""


def _object(match: Match, around: Around) -> str:
    """问题 of 收集问题, for 解决 behind it, where both count alike."""
    level = around.discourse.level
    done = topics.done_to(_without_actor(_done_before(match, around) or level.name, around), around)
    thing = name_words.without_facets(done, around.words, _STAGES)
    alike = level.unit == around.figure.unit if level.unit else level.dimension == around.figure.dimension == "money"
    return thing if alike else ""


def _done_before(match: Match, around: Around) -> str:
    """新建渔港2个，改造码头5个；新建3个: what this sentence said was done so."""
    verb, named = caught_as("verb", match), around.discourse.said.named
    done = next((name for name in reversed(named) if verb and name.startswith(verb) and name != verb), "")
    return name_words.without_goal(done, around.words)


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
    return "" if topics.behind_parts(around) else around.discourse.said.holder


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
    "topic": topics.topic_of,
    "bare_topic": topics.bare_topic_of,
    "whole_topic": topics.whole_topic_of,
    "spoken": topics.spoken_of,
    "last_level": topics.last_level_of,
    "thing": topics.thing_of,
    "level": topics.level_of,
    "bare_level": topics.bare_level_of,
    "whole": _whole,
    "host": _host,
    "bracketed": _bracketed,
    "parted": _parted,
    "verb": _verb,
    "head": _head,
    "held": _held,
    "fellow": _fellow,
    "group": _group,
    "like_head": _like_head,
    "unplaced": _unplaced,
    "promoted": topics.promoted_of,
    "said_head": _said_head,
    "host_head": _host_head,
    "unmodified": _unmodified,
    "ungraded": _ungraded,
    "object": _object,
    "income_of": _income_of,
    "counted_thing": _counted_thing,
    "unit": lambda _, around: around.figure.unit,
    "lodged": lodged.before,
    "by_each": lodged.by_each,
    "lodged_opening": lodged.opening,
    "lodged_behind": lodged.behind,
    "modifiers": _modifiers,
    "holder": _holder,
    "heading": labels.heading,
    "label": labels.label,
    "any_label": labels.any_label,
    "label_head": labels.label_head,
    "label_of_amount": labels.label_of_amount,
    "standard": labels.standard,
    "standard_above": labels.standard_above,
    "aside_head": labels.aside_head,
    "tier": labels.tier,
    "opener": openers.opener,
    "tiers_of": leads.tiers_of,
    "charged": leads.charged,
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
