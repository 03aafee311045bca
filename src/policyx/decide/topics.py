"""What a name may take from what the text spoke of before: its topic, the last level, the thing that was done something
to. They are parts of names, which ask for them as $topic, $level, $thing …"""

from __future__ import annotations

from policyx.clause import Clause
from policyx.construct import Match
from policyx.decide import name_words
from policyx.decide.around import Around, promoted_topic, said_topic, start_of_clause

_RATES = frozenset({"rate_noun"})
_COUNTS = frozenset({"people", "count", "money", "mass"})
_HELD = frozenset({"holding"})
_LASTING = "duration"
_DEEDS = frozenset({"action", "sibling", "newly"})
_LIMITS = frozenset({"ge", "gt", "le", "lt"})
_BESIDE = frozenset({"facet", "sibling"})
_LEANS = frozenset({"rate_noun", "share", "share_noun"})
_SHORT = 4  # characters of a measure with no thing
_SIZES = frozenset({"area", "length"})
_SIZE_WORDS = frozenset({"attribute", "facet"})
_OWN_AMOUNTS = frozenset({"money", "mass", "volume", "energy", "count", "people"})  # none of them is a rate's
_AMOUNTS = frozenset({"money", "mass", "volume", "energy", "area"})  # of these shares are told


def topic_of(match: Match, around: Around) -> str:
    """What the text speaks of, for a part that leans on it; nothing where the part stands beside it or alone."""
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
    if part and ("share" in match.clause.roles(part[0]) or _is_share_of(match.clause.roles(part[0]), around)):
        return last_level_of(match, around)  # 服务业增加值3亿元，占GDP比重提高2个百分点
    if part and _leans_on_level(match.clause.roles(part[0]), around):
        level = last_level_of(match, around)
        return name_words.without_facets(level, around.words, _RATES)  # an income grows, not its earner
    if part and (_are_siblings(topic, match.clause.said(*part), around) or behind_parts(around)):
        return ""  # 进口 behind 出口
    if part and _behind_governed(around):
        return ""
    rest = name_words.without_facets(_without_size(topic, around), around.words)
    if part and "effect_noun" in match.clause.roles(part[0]):
        rest = name_words.without_share(rest, around.words)  # 产值占全省比重47%、贡献率68%
    if around.figure.dimension == "money":
        rest = _without_holding(rest, around)
    return "" if part and _is_beside(match.clause.roles(part[0]), rest, around) else rest


def _is_beside(roles: frozenset[str], rest: str, around: Around) -> bool:
    """工业总产值33亿元、利税4亿元: an amount beside another that is one word with its thing."""
    parts = around.words.words(rest)
    own = around.words.roles[parts[-1][2]] if parts else frozenset()
    if "trade_flow" in own & roles or "standard" in own & roles:
        return True  # 进口 behind 出口总额, 利率 behind 首付比例
    if "in_sum" in own & roles and ("income_end" in own) != ("income_end" in roles):
        return True  # 收入 behind 九月单月开支
    if around.figure.dimension == "percent" and len(rest) <= _SHORT and roles.isdisjoint(_LEANS):
        return rest.endswith(around.words.measure_ends)  # 处置量26万吨，综合利用率93%
    if rest.endswith(around.words.rate_ends) and around.figure.dimension in _OWN_AMOUNTS:
        return True  # 资产负债率53%，营业收入10亿元
    if around.figure.dimension != "money" or not roles & _BESIDE:
        return False
    if "coefficient" in own or (len(parts) == 1 and "money" in own and own.isdisjoint(_BESIDE | {"shared"})):
        return True  # 综合指数132，利税9亿元; 负债合计5亿元，营业收入8亿元
    return roles >= _BESIDE and "money" in own and "noun" not in own


def _is_share_of(roles: frozenset[str], around: Around) -> bool:
    """税收收入5亿元，占比60%: a share, behind an amount of this sentence."""
    behind = around.discourse.said.measured[-1:]
    return "share_noun" in roles and bool(behind) and behind[0][1] in _AMOUNTS


def _without_holding(thing: str, around: Around) -> str:
    """渔业 of 渔业从业人员, where money is told behind it: it is not the workers'."""
    bare = name_words.without_facets(thing, around.words, _HELD)
    parts = around.words.words(bare)
    done = len(parts) == 1 and "action" in around.words.roles[parts[0][2]]  # 吸纳从业人员3万人，实现收入5亿元
    return "" if done and bare != thing else bare


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
    return own and name_words.is_measured(topic, around.words)


def behind_parts(around: Around) -> bool:
    """学校30所，其中小学20所；教师800人: what a semicolon parts from the parts of a whole is none of the last one's."""
    clause = around.clause
    first = clause.start(around.at, "semicolon", "stop")
    parted = "semicolon" in clause.roles(first - 1) and not clause.has("figure", first, around.at)
    parted = parted and not said_topic(around)  # ；纺织业由于限产，产值
    return parted and clause.has("part_mark", clause.start(first - 1, "semicolon", "stop"), first)


def is_governed(clause: Clause, at: int) -> bool:
    """全镇辖22个村、2个社区，总面积86平方公里: what belongs to whom the text speaks of is no subject itself; not so
    涉及民生的支出."""
    first = clause.start(at, "comma", "semicolon", "stop")
    return clause.has("governs", first, at) and not clause.has("of", first, at)


def _behind_governed(around: Around) -> bool:
    first = around.clause.start(around.at, "comma", "semicolon", "stop")
    return is_governed(around.clause, first - 1)


def _are_siblings(topic: str, part: str, around: Around) -> bool:
    """Whether both are one word, and facets of one thing."""
    words = around.words
    both = [words.words(name) for name in (topic, part)]
    return all(len(parts) == 1 and "sibling" in words.roles[parts[0][2]] for parts in both)


def bare_topic_of(match: Match, around: Around) -> str:
    """The topic without the verb that it begins with."""
    return name_words.without_verb(topic_of(match, around), around.words)


def thing_of(match: Match, around: Around) -> str:
    """企业 of 全市新增企业, for 新增 behind it."""
    return done_to(said_topic(around) or promoted_topic(around) or around.discourse.topic, around)


def done_to(name: str, around: Around) -> str:
    """A name without the scope and the verb that it begins with."""
    parts = around.words.words(name)
    while len(parts) > 1 and around.words.roles[parts[0][2]] & {"scope", "place"}:
        parts = parts[1:]
    return name_words.without_verb(name[parts[0][0] :], around.words) if parts else ""


def promoted_of(match: Match, around: Around) -> str:
    """What a clause said is furthered, without its scope and verb."""
    return done_to(promoted_topic(around), around)


def last_level_of(match: Match, around: Around) -> str:
    """What a share or a rate is told of: the subject of a clause since, else the amount told last, else the topic."""
    level = around.discourse.level
    amount = level.name if level.dimension in _AMOUNTS else ""
    return said_topic(around) or amount or around.discourse.topic or level.name


def whole_topic_of(match: Match, around: Around) -> str:
    """The topic as it was said."""
    return said_topic(around) or around.discourse.topic


def spoken_of(match: Match, around: Around) -> str:
    """What the clauses before in this sentence speak of, and nothing from further up."""
    return said_topic(around)


def level_of(match: Match, around: Around) -> str:
    """What a figure alone in its clause says more of: the subject of a clause since, else the last level."""
    topic = said_topic(around)
    if topic and around.figure.dimension == "percent" and not name_words.is_measured(topic, around.words):
        return topic + spoken_head(around)
    name = topic or _counted_so(around) or around.discourse.level.name or around.discourse.topic
    name = name or around.discourse.grantee  # 按研发费用的2%补助；较上年度增长20%以上的
    ranked = around.figure.dimension == "rank" and _ends_in_scope(name, around)  # 专利占全省38%，居第二位
    changes = around.figure.dimension == "percent" and around.clause.has("change", start_of_clause(around), around.at)
    if around.figure.kind == "policy" and around.figure.dimension == "money" and name.endswith(around.words.rate_ends):
        return ""  # 支付比例88%。统筹年度封顶60万元
    if not changes and not ranked:
        return name
    return name_words.without_share(name, around.words)  # a share grows by points; its thing grows by percent


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


def bare_level_of(match: Match, around: Around) -> str:
    """The last level without the verb that it begins with."""
    return name_words.without_verb(level_of(match, around), around.words)


def spoken_head(around: Around) -> str:
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
