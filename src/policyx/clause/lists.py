"""Coordination and distribution: figures with nothing but list marks between them, and the names that are dealt out to
them (国家、省、市级孵化器分别有3、1、10家 names three things for three figures)."""

from __future__ import annotations

from policyx.clause.clause import Clause
from policyx.clause.tails import by_each, measures, shared_share, tells_measure, with_tail
from policyx.model import Mention
from policyx.tuples import NamedTuple

_FARTHEST_DEAL = 12  # words between 分别 and its first figure
_LEANING = frozenset({"dependent", "sibling"})  # 种植面积; 招生
_HEADS = frozenset({"shared", "facet", "head", "whole_name"})
_MEASURED = frozenset({"shared", "facet", "whole_name"})
_MODIFIERS = (
    "modifier",
    "group",
    "grade",
    "place",
    "place_name",
    "scope",
    "bare_grade",
    "rank_number",
    "ordinal",
    "action",
)
_STANDARDS = frozenset({"standard", "benefit_standard", "upper"})
_NO_MEASURE = frozenset({"enum", "joint", "figure", "of"})
_LONGEST_MEASURE = 4  # words
_LISTS = frozenset({"enum", "joint"})
_TELLS_TIME = frozenset({"any_time", "until", "by_time", "opener", "time_end"})
_NO_MEMBER = frozenset({"verb", "action", "predicate", "adverb", "opener", "cue", "purpose", "figure"})
_SUMS_UP = _NO_MEMBER | {"number_word", "numeral", "rank_number"}  # 三大产业
_OF_ALL = _MEASURED | {"number_word", "dependent"}
_PARTING = frozenset({"joint", "item", "enum", "comma", "slash"})
_BETWEEN = frozenset({"joint", "item", "enum", "each", "slash"})
_BETWEEN_DEALT = _BETWEEN | {"comma", "change"}  # 分别增长12%和下降6%
_SHORT = 2
_DONE = frozenset({"verbal_noun", "action", "outcome"})
_DEEDS = frozenset({"lodged", "deed_count"})
_SAID_OF_EACH = frozenset({"article", "adverb", "change", "copula", "modal", "each", "rank_filler", "rank"})
_LONGEST_MARK = 4  # （十一）
_SAID_ALIKE = _SAID_OF_EACH | {"rate_noun"}
_BEFORE_MEMBERS = frozenset({"opener", "conjunction", "cue", "scope", "report"})
_RANKED = frozenset({"grade", "bare_grade", "ordinal"})


class Place(NamedTuple):
    """A figure's place in its list: its number, how many there are, whether the text deals them out, the names of
    the members (none where they cannot be told), and whether it is a ratio (70:20:10), which has one name."""

    number: int
    size: int
    dealt: bool
    members: tuple[str, ...]
    ratio: bool = False


def find_lists(clause: Clause) -> dict[int, Place]:
    """The place of each figure of `clause` that stands in a list of two or more, by its number in the clause."""
    figures = [at for at, mention in clause.mentions.items() if mention.kind != "time"]
    places: dict[int, Place] = {}
    if len(figures) < 2:
        return places
    deals = clause.has("deal")
    index = 0
    while index < len(figures):
        start = figures[index]
        ratio = "colon" in clause.roles(start + 1)
        deal = _deal(clause, start) if deals and not ratio else 0
        end = index + 1
        while end < len(figures) and _continues(clause, figures[end - 1], figures[end], deal > 0, end - index > 1):
            end += 1
        if end - index > 1:
            members = () if ratio else _members(clause, start, deal, end - index)
            for number in range(index, end):
                places[figures[number]] = Place(number - index, end - index, deal > 0, members, ratio)
        index = end
    return places


def _deal(clause: Clause, figure: int) -> int:
    """The place of the word that deals out (分别) to the figures from `figure` on; 0 where there is none."""
    for at in range(figure - 1, max(0, figure - _FARTHEST_DEAL), -1):
        roles = clause.roles(at)
        if "deal" in roles:
            return at
        if roles & {"figure", "semicolon", "stop"}:
            return 0
    return 0


def _continues(clause: Clause, first: int, second: int, dealt: bool, listed: bool) -> bool:
    """True where nothing but list marks, and words of each, stand between two figures of one kind; what is dealt out
    may be of several kinds. `listed`: the first is not the only one before."""
    if not 1 < second - first < 5:
        return False
    marks = [clause.roles(at) for at in range(first + 1, second)]
    if len(marks) == 1 and "colon" in marks[0]:  # 结构为12:44:44
        return _alike(clause.mentions[first], clause.mentions[second])
    allowed = _BETWEEN_DEALT if dealt else _BETWEEN
    if marks[0].isdisjoint(_PARTING) or any(roles.isdisjoint(allowed) for roles in marks):
        return False
    alike = _alike(clause.mentions[first], clause.mentions[second])
    return (dealt and not _says_more(marks, alike, listed)) or (not dealt and alike)


def _says_more(marks: list[frozenset[str]], alike: bool, listed: bool) -> bool:
    """渔获、渔业税分别达到5万吨和3亿元，增长6%和8%: whether what stands behind a list tells of all members again."""
    comma, change = (any(role in roles for roles in marks) for role in ("comma", "change"))
    return (comma or change) and (not alike or (comma and change and listed))


def _alike(one: Mention, other: Mention) -> bool:
    if one.quantity is None or other.quantity is None:
        return False
    mine, theirs = one.quantity.unit, other.quantity.unit
    if mine is None or theirs is None:
        return mine == theirs
    return mine.dimension == theirs.dimension


def _members(clause: Clause, figure: int, deal: int, count: int) -> tuple[str, ...]:
    """The names that stand before 分别, or before a bare list; what stands behind 分别 is said of all."""
    end = deal or figure
    start = clause.start(end)
    if start == end and deal:  # 省级、市级孵化器，分别有……
        end = _before_figure(clause, end - 1)
        start = clause.start(end)
    listed = any(clause.has(mark, start, end) for mark in ("enum", "joint"))
    if deal and not listed and _counts(clause, start - 1, count):  # 东沙、西沙和南沙三个区分别实现
        end = start - 1
        start = clause.start(end)
        end -= "etc" in clause.roles(end - 1)
    start = _behind_copula(clause, _behind_mark(clause, start, end), end)
    while start < end and clause.roles(start) & _BEFORE_MEMBERS:
        start += 1
    end = _before_alike(clause, start, end) if deal else end
    said = _standard(clause, deal) + _said_of_all(clause, deal, figure) if deal else ""
    end = _without_tail(clause, start, end)
    verb = start < end - 1 and "action" in clause.roles(start) and not clause.roles(start + 1) & _LISTS
    found = deal_out(clause, start + verb, end, count)
    if found and deal and measures(clause, figure, count):
        found = with_tail(clause, found, start + verb, end)
    if not found and deal:
        found = _of_clause_before(clause, start, end, count)
    return tuple(member + said for member in by_each(clause, found, start))


def _before_alike(clause: Clause, start: int, end: int) -> int:
    """出口和进口均录得升幅，分别上升……: where that begins which is said of all alike."""
    alike = next((at for at in range(start + 1, end) if "alike" in clause.roles(at)), end)
    return alike if all(clause.roles(at) & _SAID_ALIKE for at in range(alike, end)) else end


def _behind_mark(clause: Clause, start: int, end: int) -> int:
    """三、渔港及渔船分别……; （三）渔港、渔船……: where the words begin behind the number of an item."""
    if start != 1 or end - start < _SHORT:
        return start
    aside = "aside" in clause.roles(1) and len(clause.said(1, 2)) <= _LONGEST_MARK
    return start + (1 if aside else clause.item_number(start))


def _standard(clause: Clause, deal: int) -> str:
    """标准 of 标准分别为: the form that a word which deals out begins with."""
    if "standard_is" not in clause.roles(deal):
        return ""
    return clause.lexicon.beginning(clause.said(deal, deal + 1), "form_label")


def _before_figure(clause: Clause, end: int) -> int:
    """渔船税、渔港税各调升5%，分别由……: where the figure begins that the words before `end` say of all the members."""
    mention = clause.mentions.get(end - 1)
    if mention is None or mention.kind == "time":
        return end
    before = end - 1
    while clause.roles(before - 1) & _SAID_OF_EACH:
        before -= 1
    return before if clause.has("alike", before, end) else end


def _of_clause_before(clause: Clause, start: int, end: int, count: int) -> tuple[str, ...]:
    """在一级、二级医院住院的，起付线分别为200元、400元: what the clause before lists, for what the own one says is
    measured."""
    own = [clause.roles(at) for at in range(start, end)]
    if not own:
        return _of_growing(clause, start - 1, count)
    fits = 0 < len(own) <= _LONGEST_MEASURE and not any(roles & _NO_MEASURE for roles in own)
    last = _behind_times(clause, start) - 1
    if not (fits and own[-1] & _OF_ALL) or "comma" not in clause.roles(last):
        return ()
    said = clause.said(start, end)
    if "of" not in clause.roles(last - 1) and not own[-1] & _STANDARDS:
        first, last = _enumerated(clause, clause.start(last), last)
        return tuple(member + said for member in deal_out(clause, first, last, count))
    while last > 0 and "of" in clause.roles(last - 1):
        last -= 1
    first = clause.start(last)
    while first < last and clause.roles(first) & {"to", "by", "opener", "conjunction"}:
        first += 1
    listed = any("enum" in clause.roles(at) for at in range(first, last))
    return tuple(member + said for member in deal_out(clause, first, last, count)) if listed else ()


def _behind_times(clause: Clause, start: int) -> int:
    """种植柑橘、茶叶，到2025年，面积分别……: where the clause before those begins to end that only tell a time."""
    while start > 1 and "comma" in clause.roles(start - 1):
        first = clause.start(start - 1)
        told = [clause.roles(at) for at in range(first, start - 1)]
        if not told or not all(roles & _TELLS_TIME for roles in told):
            break
        start = first
    return start


def _enumerated(clause: Clause, first: int, last: int) -> tuple[int, int]:
    """柑橘、茶叶 of 重点发展柑橘、茶叶两大产业: a list without what is done to it before, and said of it behind."""
    marks = [at for at in range(first, last) if clause.roles(at) & _LISTS]
    if not marks:
        return first, first
    begun = next((at + 1 for at in range(marks[0] - 1, first - 1, -1) if clause.roles(at) & _NO_MEMBER), first)
    ended = next((at for at in range(marks[-1] + 1, last) if clause.roles(at) & _SUMS_UP), last)
    return (begun, ended) if begun < marks[0] and ended > marks[-1] + 1 else (first, first)


def _of_growing(clause: Clause, last: int, count: int) -> tuple[str, ...]:
    """渔民收入和船员收入较快增长，年均分别达到5%和6%: what the clause before, which ends at `last`, says has grown."""
    if "comma" not in clause.roles(last):
        return ()
    first = clause.start(last)
    end = _without_tail(clause, first, last)
    marks = [at for at in range(first, end) if clause.roles(at) & _LISTS]
    grown = any("change" in clause.roles(at) for at in range(end, last))
    return deal_out(clause, first, end, count) if grown and len(marks) == count - 1 else ()


def _behind_copula(clause: Clause, start: int, end: int) -> int:
    """产值最高的是东港、西港: where the list begins that a copula opens."""
    first = clause.end(start, end, "enum", "joint")
    opened = (
        at + 1 for at in range(first - 1, start, -1) if clause.roles(at) & {"definer", "have", "list_is", "foretells"}
    )
    return next(opened, start) if first < end else start


def _counts(clause: Clause, at: int, count: int) -> bool:
    """Whether word `at` counts as many as the list has members."""
    mention = clause.mentions.get(at)
    return bool(mention and mention.quantity and mention.quantity.unit and mention.quantity.value == count)


def _without_tail(clause: Clause, start: int, end: int) -> int:
    while end > start and clause.roles(end - 1) & {
        "copula",
        "adverb",
        "change",
        "particle",
        "than",
        "any_time",
    }:
        roles = clause.roles(end - 1)
        if roles & {"rate_noun", "facet", "shared"} or ("intact" in roles and "adverb" not in roles):
            break  # 收入|年均 leans on what follows
        end -= 1
    return end


def _said_of_all(clause: Clause, deal: int, figure: int) -> str:
    """……分别占工业增加值的: what stands between 分别 and the first figure, where it says what is measured."""
    first, last = deal + 1, figure
    while last > first and clause.roles(last - 1) & {
        "copula",
        "of",
        "adverb",
        "change",
        "particle",
    }:
        last -= 1
    roles = [clause.roles(at) for at in range(first, last)]
    done = len(roles) > 1 and "action" in roles[0]  # 分别新增渔船5艘、6艘
    if not roles or not (done or roles[-1] & _HEADS or roles[0] & {"share"}):
        return ""
    return clause.said(first, last)


def deal_out(clause: Clause, start: int, end: int, count: int) -> tuple[str, ...]:
    """`count` names from a phrase that lists as many members; nothing where it does not."""
    start += clause.item_number(start)
    marks = [n for n in range(start, end) if clause.roles(n) & {"enum", "joint"}]
    pair = _pair(clause, start, end, count, 3) or _pair(clause, start, end, 0 if len(marks) == count - 1 else count)
    if pair:
        return pair
    enums = [n for n in marks if "enum" in clause.roles(n)]
    told = [n for n in marks if "counted_aside" in clause.roles(n - 1)]  # 渔民(5万人)和加工及销售人员(3万人)
    for cuts in (told, marks, [*enums, *marks[-1:]], enums, marks[-1:], marks[:1]):
        ordered = sorted(set(cuts))
        ranges = [*zip([start, *(n + 1 for n in ordered)], [*ordered, end], strict=True)]
        ranges = [(low, high) for low, high in ranges if low < high]
        if len(ranges) == count:
            return _numbered(clause, ranges) or _rebuilt(clause, ranges)
        opened = _opened(clause, ranges, count)
        if opened:
            return opened
    return ()


def _numbered(clause: Clause, ranges: list[tuple[int, int]]) -> tuple[str, ...]:
    """科学技术奖一、二等奖: numbers that share what stands before the first and behind the last."""
    (start, end), *between, (first, last) = ranges
    numbers = [end - 1, *(low for low, _ in between)]
    alone = all(high - low == 1 for low, high in between)
    told = all("rank_number" in clause.roles(at) for at in numbers)
    if not (alone and told and "ordinal" in clause.roles(first) and "rank_number" not in clause.roles(first)):
        return ()
    head, tail = clause.said(start, end - 1), clause.said(first, last)
    return tuple(head + number + tail[1:] for number in (*(clause.said(at, at + 1) for at in numbers), tail[:1]))


def _opened(clause: Clause, ranges: list[tuple[int, int]], count: int) -> tuple[str, ...]:
    """地区生产总值、城乡居民收入 for three figures: one member stands for two."""
    pairs = [_pair(clause, low, high, count - len(ranges) + 1) for low, high in ranges]
    if not 1 < len(ranges) < count or sum(bool(pair) for pair in pairs) != 1:
        return ()
    members = zip(pairs, ranges, strict=True)
    return tuple(name for pair, (low, high) in members for name in (pair or (clause.said(low, high),)))


def _pair(clause: Clause, start: int, end: int, count: int, size: int = 1) -> tuple[str, ...]:
    """城乡居民收入: one word for two members, or `size` words (存、贷款余额)."""
    for at in range(start, min(end - size + 1, start + 4 + size)):
        members = clause.lexicon.members.get(clause.said(at, at + size), ())
        if len(members) == count:
            head, tail = clause.said(start, at), clause.said(at + size, end)
            return tuple(head + member + tail for member in members)
    return ()


def _rebuilt(clause: Clause, ranges: list[tuple[int, int]]) -> tuple[str, ...]:
    """Each member with the head that stands only with the last one (国家、省、市级孵化器; 汽车、集成电路产量), and with
    the beginning that stands only with the first (全市城镇、农村居民收入)."""
    counted = _counted_apart(clause, ranges)
    if counted:
        return counted
    standard = _standard_first(clause, *ranges[0])
    if standard:  # 起付线一级、二级医院
        said = clause.said(ranges[0][0], standard)
        return tuple(member + said for member in _rebuilt(clause, [(standard, ranges[0][1]), *ranges[1:]]))
    mark = _ordinal_mark(clause, ranges)
    members = [(mark if number else "") + clause.said(*bounds) for number, bounds in enumerate(ranges)]
    if len(ranges) == _SHORT and _is_all(clause, *ranges[1], "rate_noun"):
        return (members[0], _measured_of(clause, *ranges[0]) + members[1])
    if len(ranges) == _SHORT and _are_deeds(clause, *ranges):
        return (members[0], clause.said(ranges[0][0], ranges[0][1] - 1) + members[1])
    if all("sibling" in clause.roles(at) for bounds in ranges[1:] for at in range(*bounds)):
        thing = _before_siblings(clause, *ranges[0])
        return (members[0], *(thing + member for member in members[1:]))
    head = _common_head(clause, ranges)
    if head:
        return (*(member + head for member in members[:-1]), members[-1])
    return tuple(members)


def _are_deeds(clause: Clause, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """专利申请量、授权量: what was done to one thing, which stands with the first alone."""
    alone = second[1] - second[0] == 1 and first[1] - first[0] > 1
    both = clause.roles(first[1] - 1) & clause.roles(second[0]) & _DEEDS
    return alone and bool(both)


def _measured_of(clause: Clause, low: int, high: int) -> str:
    """渔业产值 of 渔业产值总量, for 增速 behind it."""
    last = clause.roles(high - 1)
    return clause.said(low, high - 1 if high - low > 1 and "total_noun" in last else high)


def _before_siblings(clause: Clause, low: int, high: int) -> str:
    """渔业专利 of 渔业专利申请量, for 授权量 behind it; nothing where it ends in another kind of word."""
    own = high
    while own > low and "sibling" in clause.roles(own - 1):
        own -= 1
    return clause.said(low, own) if own < high else ""


def _ordinal_mark(clause: Clause, ranges: list[tuple[int, int]]) -> str:
    """The sign of 第一 that 二 and 三产业 leave out behind it."""
    end = ranges[0][1]
    first = clause.said(end - 1, end)
    numbered = clause.lexicon.has(first, "rank_number") and clause.lexicon.has(first[1:], "rank_number")
    bare = all(len(clause.said(at, at + 1)) == 1 and "rank_number" in clause.roles(at) for at, _ in ranges[1:])
    return first[:1] if numbered and bare else ""


def _standard_first(clause: Clause, low: int, high: int) -> int:
    """Where the first member begins behind the standard that all are of; 0 where it says none."""
    return next((at + 1 for at in range(high - 2, low - 1, -1) if "standard" in clause.roles(at)), 0)


def _counted_apart(clause: Clause, ranges: list[tuple[int, int]]) -> tuple[str, ...]:
    """渔港(12个)和渔村(30个)的客量: members with figures of their own in brackets, and what is said of all behind the
    last."""
    places = [next((at for at in range(*bounds) if "counted_aside" in clause.roles(at)), 0) for bounds in ranges]
    if not all(places):
        return ()
    behind, end = places[-1] + 1, ranges[-1][1]
    head = clause.said(behind + (behind < end and "of" in clause.roles(behind)), end)
    return tuple(clause.said(low, at) + head for (low, _), at in zip(ranges, places, strict=True))


def _common_head(clause: Clause, ranges: list[tuple[int, int]]) -> str:
    """What the last member has behind its own modifier, where the others consist of modifiers alone; else the noun of
    measure that only the last one ends with."""
    low, high = ranges[-1]
    for role in _MODIFIERS:
        alone = _ends_in(clause, *ranges[0], role) and all(_is_all(clause, *bounds, role) for bounds in ranges[1:-1])
        if alone and role not in clause.roles(low):
            begun = clause.lexicon.beginning(clause.said(low, low + 1), role)
            if begun:  # 第二、第三产业
                return clause.said(low, high)[len(begun) :]
        if not alone or role not in clause.roles(low):
            continue
        own = low
        while own < high - 1 and role in clause.roles(own):
            own += 1
        if own > low:
            return _grade_mark(clause, ranges, role) + clause.said(own, high)
    shared = shared_share(clause, ranges, _MEASURED)
    if shared:
        return shared
    share = clause.end(low, high, "share")
    if low < share < high - 1 and not any(clause.has("share", *bounds) for bounds in ranges[:-1]):
        return clause.said(share, high)  # 东港产值、西港产值占总产值比重
    last = clause.roles(high - 1)
    others = [clause.roles(end - 1) for _, end in ranges[:-1]]
    own_heads = _MEASURED if "facet" in last else _HEADS | _LEANING
    of = clause.end(low, high, "of")
    if last & _OF_ALL and of < high - 1 and all(end - at <= _SHORT for at, end in [*ranges[:-1], (low, of)]):
        return clause.said(of + 1, high)  # 东港、西港的渔船数
    rated = last & {"ratio", "undivided"}  # 科研经费、环保投入占产值的比例
    measured = not rated and any(tells_measure(clause.lexicon, clause.said(end - 1, end)) for _, end in ranges[:-1])
    leads = last & (_HEADS | _LEANING) and high - low > 1
    if leads and not measured and not any(roles & own_heads for roles in others):
        head = _whole_head(clause, low, high)
        ending = head[-1] if last & (_MEASURED | _LEANING) else head
        ended = any(clause.said(end - 1, end).endswith(ending) for _, end in ranges[:-1])
        return "" if ended else head  # 一等奖、优胜|奖; 重贴现率、融通利率
    return ""


def _whole_head(clause: Clause, low: int, high: int) -> str:
    """规范检验率, 参保人数: the last word, with what was done before it where that is torn from a sign or counts."""
    own = high - 1
    torn = own + 1 - low > 1 and (len(clause.said(own, high)) == 1 or "counted" in clause.roles(own))
    while torn and own - 1 > low and clause.roles(own - 1) & _DONE:
        own -= 1
    return clause.said(own, high)


def _grade_mark(clause: Clause, ranges: list[tuple[int, int]], role: str) -> str:
    """The sign of grade that 国家 and 省 leave out before 市级孵化器."""
    grade = clause.said(ranges[-1][0], ranges[-1][0] + 1)[-1:]
    bare = any("grade" not in clause.roles(low) for low, _ in ranges[:-1])
    return grade if role == "bare_grade" and bare else ""


def _ends_in(clause: Clause, first: int, last: int, role: str) -> bool:
    """The first member has what all are said of before its modifier: 企业获评国家级、省级、市级绿色工厂."""
    own = last
    while own > first and role in clause.roles(own - 1):
        own -= 1
    return own < last and (own == first or role in _RANKED or _is_all(clause, first, own, role))


def _is_all(clause: Clause, first: int, last: int, role: str) -> bool:
    return first < last and all(clause.roles(at) & {role, "scope"} for at in range(first, last))
