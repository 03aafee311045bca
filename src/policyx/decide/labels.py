"""Parts of names that labels and headings tell: whose figures a colon announces, what is measured of them, and which
tier or condition the clause before is about."""

from __future__ import annotations

from policyx.clause import Lexicon
from policyx.construct import Match
from policyx.decide import headings, name_words, phrases
from policyx.decide.around import Around, caught_as, said_topic, start_of_clause
from policyx.decide.fines import offence

_LIMIT_WORDS = 6
_TIER_WORDS = 4
_LONGEST_SCORED = 18
_SHORTEST_TITLE = 5  # characters: what is shorter heads a list, and names no document
_LONGEST_PREFIXED = 20
_ITEM_ENDS = ("semicolon", "stop", "boundary")
_TIER_ENDS = ("latin", "copula", "predicate", "standard")
_WHOSE_ENDS = ("predicate", "verb", "action", "adverb", "phrase", "modal", "to", "figure", "by")
_LIMITS = frozenset({"ge", "gt", "le", "lt"})
_AMOUNTS = frozenset({"money", "percent", "rate"})
_USED = frozenset({"volume", "energy", "mass", "length", "duration"})
_STANDARDS = frozenset({"standard", "benefit_standard"})


def standard(match: Match, around: Around) -> str:
    """起付标准 of 一级医院起付标准, for 二级医院 behind it; in a rule also 绿地率: 新区绿地率30%，旧城25%."""
    said = around.discourse.said.measured
    name, dimension = said[-1] if said else ("", "")
    head = _standard_head(name, around) if dimension == around.figure.dimension else ""
    own = caught_as("core", match) if head else ""
    said_itself = name_words.measures(own, around.words) or _is_fee(own, around.words)
    return "" if not own or said_itself or own.endswith(around.words.rate_ends) else head


def _standard_head(name: str, around: Around) -> str:
    parts = around.words.words(name)
    if parts and around.words.roles[parts[-1][2]] & _STANDARDS:
        return name[parts[-1][0] :]
    if len(parts) < 2 or around.figure.kind != "policy" or around.figure.dimension != "percent":
        return ""
    shared = name[len(name_words.without_share(name, around.words)) :]
    return shared or name_words.measured_head(name, around.words) or _rate_word(name, around.words)


def _rate_word(name: str, words: Lexicon) -> str:
    """绿地率 of 新区绿地率: with the word that a rate's sign leans on."""
    parts = words.words(name)
    low, high, _ = parts[-1]
    low = parts[-2][0] if high - low == 1 else low
    return name[low:] if name.endswith(words.rate_ends) else ""


def _is_fee(name: str, words: Lexicon) -> bool:
    """污水处理费 says by itself what is charged."""
    return name.endswith(words.fee_ends)


def aside_head(match: Match, around: Around) -> str:
    """营业收入2000万元以上（服务业企业1000万元以上）: what brackets behind a figure say for others."""
    clause, said = around.clause, around.discourse.said.measured
    if clause.host is None or not said or said[-1][1] != around.figure.dimension:
        return ""
    host, place = clause.host
    behind = max((at for at in host.mentions if at < place), default=place)
    own = name_words.measured_head(caught_as("core", match), around.words)
    name = said[-1][0]
    if own or place - behind > _LIMIT_WORDS or not name_words.is_measured(name, around.words):
        return ""
    return name[around.words.words(name)[-1][0] :]


def label(match: Match, around: Around) -> str:
    """在校学生：个人缴费380元: whose figures a colon announces, where the figure's own clause says what is measured."""
    said = headings.item_label(around.clause, around.at, around.heading)
    ruled = around.figure.kind == "policy"
    told = _is_told(said, around) if ruled else bool(name_words.measured_head(said, around.words))  # 电子产品：接单
    return said if said and not told else ""


def any_label(match: Match, around: Around) -> str:
    """遗体接运费：30公里以内免费: what a colon announces, for a figure that nothing else names."""
    return headings.item_label(around.clause, around.at, around.heading)


def label_head(match: Match, around: Around) -> str:
    """起付标准：一级医院200元: what is measured, where the figure's own clause says whose it is."""
    said = headings.label(around.clause, around.at) or _headed(around)
    inline = "" if said else headings.item_label(around.clause, around.at, around.heading)
    said = inline if name_words.is_benefit(inline, around.words) or _is_fee(inline, around.words) else said
    if around.clause.has("standard_is", start_of_clause(around) + 1, around.at):
        return ""  # 保障标准为每人每月1309元
    kind = around.figure.dimension
    if kind in ("money", "duration") and said.endswith(around.words.rate_ends):
        return ""
    if _told_anew(around):
        return ""
    if kind not in _AMOUNTS and name_words.is_benefit(said, around.words):
        return ""  # 种粮补贴：种植面积50亩以上
    return said if _is_told(said, around) and not _is_told(caught_as("core", match), around) else ""


def _told_anew(around: Around) -> bool:
    """起付标准：一级200元；支付比例一级92%、二级88%: behind a semicolon another standard has begun."""
    clause = around.clause
    first = clause.start(around.at, "semicolon", "colon", "stop", "boundary")
    told = clause.has("standard", first, start_of_clause(around))
    return told and "semicolon" in clause.roles(first - 1)


def _headed(around: Around) -> str:
    """The standard that the heading names; where that has no number, as a title has none, for plain amounts only: of
    出让最低价标准 neither 绿地率不低于30% nor 闲置满1年 is one."""
    said = headings.standard_of(around.heading, around.words, granted=True)
    numbered = headings.without_list_mark(around.heading) != around.heading
    bounded = around.figure.bound in _LIMITS and len(said) > _SHORTEST_TITLE  # 首付比例 above 首套 不低于20%
    limit = bounded or around.figure.dimension == "duration"
    share = around.figure.dimension == "percent" and not said.endswith(around.words.rate_ends)
    return said if numbered or not (limit or share) else ""


def standard_above(match: Match, around: Around) -> str:
    """学费标准 above 普通专业：5000元/生: the standard or benefit that a heading names, for what its lines list by
    labels."""
    said = headings.standard_of(around.heading, around.words, granted=True)
    if said:
        return said if _is_told(said, around) else ""
    said = heading(match, around)
    own = headings.item_label(around.clause, around.at, around.heading)
    return said if said != own and name_words.is_benefit(said, around.words) else ""


def label_of_amount(match: Match, around: Around) -> str:
    """贷款额度：船价的70%，最高50万元: what a colon announces, for the first amount behind it."""
    told = around.discourse.level.dimension == around.figure.dimension
    return "" if told and around.discourse.level.name else label_head(match, around)


def _is_told(name: str, around: Around) -> bool:
    """Whether a name of a rule says what its figure is: a measure, a fee, or in amounts a benefit (国家助学金)."""
    amount = around.figure.dimension in _AMOUNTS and name_words.is_benefit(name, around.words)
    return amount or name_words.measures(name, around.words) or _is_fee(name, around.words)


def item_before(match: Match, around: Around) -> str:
    """缴费满1年的，领取12个月；满5年的，领取18个月: what the item before tells in the same place, figure by figure."""
    clause = around.clause
    begin = clause.start(around.at, *_ITEM_ENDS)
    if "semicolon" not in clause.roles(begin - 1):
        return ""
    before = clause.start(begin - 1, *_ITEM_ENDS)
    figures = [at for at in sorted(clause.mentions) if "figure" in clause.roles(at)]
    told = [at for at in figures if before <= at < begin]
    own = sum(begin <= at < around.at for at in figures)
    names = around.discourse.said.named[-len(told) - own :]
    if own >= len(told) or len(names) < len(told) + own:
        return ""
    quantity = clause.mentions[told[own]].quantity
    unit = quantity.unit if quantity else None
    return names[own] if unit and unit.dimension == around.figure.dimension else ""


def tier(match: Match, around: Around) -> str:
    """一类区域2小时内5元，超过部分每小时2元: the tier that opens the item."""
    clause = around.clause
    first = clause.start(around.at, *_ITEM_ENDS, "colon")
    first += "comma" in clause.roles(first)  # 答：2025年，一级医院……
    last = clause.end(first, around.at, "hard", "figure") if first < start_of_clause(around) else first
    first, last = phrases.trimmed(clause, first, last)
    end = clause.end(first, min(last, first + _TIER_WORDS), *_TIER_ENDS)
    core = caught_as("core", match)
    ranked = any("ordinal" in around.words.roles[letter] for _, _, letter in around.words.words(core))
    if end == first or ranked or "ordinal" not in clause.roles(first):
        return ""
    return prefix(phrases.phrase(clause, first, end), core)


def whose(match: Match, around: Around) -> str:
    """单职工缴存公积金的，最高可贷额度30万元: who the condition right before is about."""
    clause, core = around.clause, caught_as("core", match)
    last = start_of_clause(around)
    first, last = phrases.trimmed(clause, clause.start(last), last)
    end = clause.end(first, last, *_WHOSE_ENDS)
    joined = end > first and clause.roles(end - 1) & {"joint", "enum"}
    if end in (first, last) or joined or not name_words.measures(core, around.words):
        return ""
    return prefix(phrases.phrase(clause, first, end), core)


def scored(match: Match, around: Around) -> str:
    """远洋船长证，加10分: what the score is for, as the clause before says it, else the heading."""
    clause, last = around.clause, start_of_clause(around)
    first, last = phrases.trimmed(clause, clause.start(last), last)
    if clause.has("fined", first, last) or clause.has("fine_noun", first, last):  # 醉酒驾船的，处200元罚款，记6分
        return offence(clause, around, first - 1)
    said = phrases.phrase(clause, first, last) if "figure" not in clause.roles(last) else ""
    return said if 1 < len(said) <= _LONGEST_SCORED else said_topic(around) or heading(match, around)


def granted(match: Match, around: Around) -> str:
    """每月补助50元，最长不超过30个月: the benefit told last, for how long it is given."""
    given, whom = around.discourse.given, around.discourse.grantee
    return prefix(whom, given) + given if given else ""


def priced(match: Match, around: Around) -> str:
    """第一阶梯：年用水量180立方米以内，每立方米3元: what has the price that is told behind how much is used."""
    level = around.discourse.level
    parts = around.words.words(level.name)
    if level.dimension not in _USED or (parts and "age_name" in around.words.roles[parts[-1][2]]):
        return ""
    return headings.item_label(around.clause, around.at, around.heading) or level.name


def term(match: Match, around: Around) -> str:
    """贷款期限：须在两年以上: the length of time that a colon announces."""
    said = headings.item_label(around.clause, around.at, around.heading)
    parts = around.words.words(said)
    return said if parts and "term" in around.words.roles[parts[-1][2]] else ""


def said_of(match: Match, around: Around) -> str:
    """一次性补助金：标准为人均收入的20倍: the benefit or standard that a label announces, else what was spoken of."""
    said = headings.item_label(around.clause, around.at, around.heading)
    return said if said and _is_granted(said, around.words) else said_topic(around) or around.discourse.topic


def announced(match: Match, around: Around) -> str:
    """补助金：为6个月的工资: the benefit that a label announces."""
    said = headings.item_label(around.clause, around.at, around.heading)
    return said if said and _is_granted(said, around.words) else ""


def _is_granted(name: str, words: Lexicon) -> bool:
    return name_words.is_benefit(name, words) or name_words.measures(name, words)


def prefix(said: str, core: str) -> str:
    """What is put before a name, where both together are no long name and it is not said twice."""
    fits = len(said) > 1 and len(said) + len(core) <= _LONGEST_PREFIXED
    return said if fits and said not in core else ""


def heading(match: Match, around: Around) -> str:
    """The heading that the figure alone stands under (1.高新技术企业：2500家)."""
    heading = name_words.tidy(headings.without_list_mark(around.heading))
    return heading if 2 <= len(heading) <= name_words.WANTED else ""
