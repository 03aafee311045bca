"""Phrases of a clause made ready to be a name: lead-ins and loose ends off, the subject of a clause."""

from __future__ import annotations

from policyx.clause import Clause
from policyx.decide import name_words
from policyx.patterns import compiled

_COMPARES, _TELLS_BASIS = frozenset({"joint", "than", "to"}), frozenset({"by"})
_LONGEST_SUBJECT = 24
_LONGEST_ASIDE = 12
_LONGEST_BASIS = 8
_LEADS = frozenset(
    {
        "opener",
        "joint",
        "of",
        "conjunction",
        "than",
        "dash",
        "mark",
        "particle",
        "cue",
        "modal",
        "bare",
        "enum",
        "least",
    }
)
_TRAILS = frozenset({"joint", "of", "dash", "mark", "enum", "conjunction", "step", "by_time"})
_NO_SUBJECTS = frozenset({"beside", "action", "copula", "next_to", "promotes"})
_BEGUN = frozenset({"newly", "action", "sibling"})
_BARE_HAVE = frozenset({"have", "total"})
_DONE = frozenset({"action", "verbal_noun"})
_PROMOTES = frozenset({"promotes", "action"})
_BEING = frozenset({"be", "copula", "to"})
_UNSAID = frozenset({"adverb", "aside"})
_MEANT = frozenset({"cue", "facet"})  # 计划投资
_LEFT_OUT = ("aside", "open", "close", "cue", "by_source")  # what a phrase may leave out
_SAYS = frozenset({"intact", "facet", "dependent", "shared", "total_noun"})
_VERBS = frozenset({"verb", "action", "predicate"})
_LIST_MARK = compiled(r"[0-9]{1,3}[.、．)）]?|[①-⑳⒈-⒛➢➥◆●■□▲★•·—*#-]+")
_AFTER_MARK = frozenset(".、．)） 　")
_ROMAN = compiled(r"[Ⅰ-Ⅻ]")
_DIGIT = compiled(r"[0-9]")


def trimmed(clause: Clause, first: int, last: int) -> tuple[int, int]:
    """The range without what leads into a name and what is left over at its end."""
    taken = clause.end(first, last, "disposal")
    if taken < last - 1 and "modal" not in clause.roles(taken):
        first = taken + 1  # 政府会在五年内把|津贴
    while first < last:
        roles = clause.roles(first)
        led = _led_by(clause, first, last, roles) or (clause.item_number(first) if last - first > 1 else 0)
        if led:
            first += led
            continue
        if (
            "intact" in roles
            or _is_class(clause, first, roles)
            or roles >= _MEANT
            or not (roles & _LEADS or _is_list_mark(clause, first, roles))
        ):
            break
        first += 1
    while first < last and (_is_loose(clause.roles(last - 1)) or _tells_how(clause, last - 1)):
        last -= 1
    if last - first > 1 and _hangs(clause, last):
        last -= 1
    return first, last


def _is_class(clause: Clause, at: int, roles: frozenset[str]) -> bool:
    """Ⅲ类水质断面: a sign that tells which class."""
    return "mark" in roles and _ROMAN.match(clause.said(at, at + 1)) is not None and "head" in clause.roles(at + 1)


def _hangs(clause: Clause, last: int) -> bool:
    """东港|以|12亿元居第二; 新建的12个渔港|中|，: a word behind the name that leads on to what follows."""
    roles = clause.roles(last - 1)
    amid = "amid" in roles and "intact" not in roles and "comma" in clause.roles(last)
    return amid or "foremost_by" in roles


def _tells_how(clause: Clause, at: int) -> bool:
    """12个贫困县全部摘帽: an adverb that belongs to the verb behind it."""
    roles = clause.roles(at)
    return "adverb" in roles and not roles & _SAYS and bool(clause.roles(at + 1) & _VERBS)


def _is_loose(roles: frozenset[str]) -> bool:
    """Whether a word left over at the end of a name says nothing of it: 的, 和, and 为 before a colon."""
    return "intact" not in roles and bool(roles & _TRAILS or roles >= _BEING)


def _led_by(clause: Clause, first: int, last: int, roles: frozenset[str]) -> int:
    """How many words from `first` on say that what follows is an aim (目标), how long it takes (5年内), or a place that
    has it (全市共有)."""
    if roles >= _BARE_HAVE and first + 1 < last == clause.end(first, last, "of"):
        return 1  # 年末共有|医院; not 有条件的渔村
    if "spell" in roles and clause.roles(first + 1) & _BEGUN and last - first > 1:
        return 1  # 三年|新增渔港
    if last - first < 3:
        return 0
    if "goal_noun" in roles:
        return int("deed" in clause.roles(first + 1))  # 目标|新建渔港
    if "by" in roles:
        return _reckoned(clause, first, last)
    behind = clause.roles(first + 1)
    if roles & {"latin", "numeral", "rank_number"} and "span_tail" in behind:
        return 2
    if "within" in behind and clause.roles(first + 2) & {"cue", "modal"}:
        return 2  # 任期内将渔船总数……
    return 2 if roles & {"scope", "place"} and behind & {"have", "achieve"} else 0


def _reckoned(clause: Clause, first: int, last: int) -> int:
    """How many words say by what a value is reckoned: 按常住人口计算|人均地区生产总值."""
    for number in range(first + 1, min(last, first + _LONGEST_BASIS)):
        if "reckoned" in clause.roles(number):
            while number + 1 < last and "reckoned" in clause.roles(number + 1):
                number += 1
            return number + 1 - first
    return 0


def _is_list_mark(clause: Clause, at: int, roles: frozenset[str]) -> bool:
    if not roles & {"latin", "aside", "mark", "numeral"}:
        return False
    behind = words_behind(clause, at)
    said = clause.text[clause.starts[at] : clause.ends[at]].strip("（）()")
    if "latin" in roles and said.isdigit() and behind not in _AFTER_MARK:
        return False  # 10亿元以上项目
    return bool(_LIST_MARK.fullmatch(said)) or ("aside" in roles and len(said) <= 3)


def words_behind(clause: Clause, at: int) -> str:
    """The first character behind word `at`."""
    end = clause.ends[at]
    return clause.text[end : end + 1]


def phrase(clause: Clause, first: int, last: int) -> str:
    """The text of a range as a name has it: without blanks, and without brackets that explain or hold figures."""
    if clause.end(first, last, *_LEFT_OUT) == last:
        return name_words.tidy(clause.said(first, last))
    parts = []
    for at in range(first, last):
        said, roles = clause.text[clause.starts[at] : clause.ends[at]], clause.roles(at)
        if "aside" in roles and (
            said[1:].startswith(clause.lexicon.explains) or len(said) > _LONGEST_ASIDE + 2 or _DIGIT.search(said)
        ):
            continue
        if "by_source" in roles and at + 1 < last and "of" in clause.roles(at + 1):
            continue  # 三区于2022年的产值
        if not roles & {"open", "close"} and not ("cue" in roles and roles & {"copula", "adverb", "modal"}):
            parts.append(said)
    return name_words.tidy("".join(parts))


def subject(clause: Clause, first: int, last: int) -> str:
    """What a clause without figures speaks of: the words before its first predicate; nothing where it begins with a
    verb, only compares or tells a basis, or only says who reports."""
    last = _before_basis(clause, first, last)
    if first >= last or _says_of_before(clause, first, last):
        return ""
    first, last = trimmed(clause, first, last)
    if first >= last or "report" in clause.roles(last - 1) or _speaks(clause, last):
        return ""
    end = first + 1
    while end < last and not ends_noun(clause, end, last):
        end += 1
    touched = end < last and "cause" in clause.roles(end) and _opens(clause, first)
    if clause.roles(first) & _NO_SUBJECTS and not touched:
        return ""
    while end > first + 1 and _is_no_noun(clause.roles(end - 1)):
        end -= 1
    if all(clause.roles(number) & _UNSAID for number in range(first, end)):
        return ""
    said = phrase(clause, *trimmed(clause, first, end))
    alone = touched or not name_words.is_dependent(said, clause.lexicon)
    return said if 2 <= len(said) <= _LONGEST_SUBJECT and alone else ""


def _before_basis(clause: Clause, first: int, last: int) -> int:
    """Where the words at the end of a clause begin that compare or tell a basis: 产值|与上年相比, 产值|扣除价格因素;
    `first` where there are no others (同“七五”期间相比), `last` where there are none."""
    closing = clause.roles(last - 1) if first < last else frozenset()
    openers = _COMPARES if "than" in closing else _TELLS_BASIS if "reckoned" in closing else None
    if openers is None:
        return last
    if clause.roles(first) & openers:
        return first
    return next((at for at in range(last - 2, first, -1) if clause.roles(at) & openers), first)


def _speaks(clause: Clause, last: int) -> bool:
    """渔业局：……: an office before a colon says what follows."""
    return "forecaster" in clause.roles(last - 1) and "colon" in clause.roles(last)


def promoted(clause: Clause, first: int, last: int) -> str:
    """渔港基础设施 of 加强渔港基础设施建设: what a clause that begins with such a verb is about."""
    while first < last and clause.roles(first) & (_LEADS | _UNSAID) and not clause.roles(first) & _PROMOTES:
        first += 1
    begun = first
    while first < last and clause.roles(first) & _PROMOTES and "noun" not in clause.roles(first):
        first += 1
    if begun == first or first == last:
        return ""
    end = min(first + 1, last)
    while end < last and not ends_noun(clause, end, last):
        end += 1
    while end > first + 1 and clause.roles(end - 1) & _DONE:
        end -= 1  # 渔港|整治
    said = phrase(clause, *trimmed(clause, first, end))
    return said if 2 <= len(said) <= _LONGEST_SUBJECT and not name_words.is_dependent(said, clause.lexicon) else ""


def _opens(clause: Clause, first: int) -> bool:
    """进口随需求增温，……; 对美国因买气旺盛，……: what is measured opens the sentence, or a word that names to whom."""
    opens = not clause.roles(first - 1).isdisjoint(("stop", "boundary"))
    return "to" in clause.roles(first) or (opens and "shared" in clause.roles(first))


def _is_no_noun(roles: frozenset[str]) -> bool:
    """Words at the end of a subject that are none of it: adverbs, and what became of it (营业额|跃升)."""
    changed = "change" in roles and not roles & {"rate_noun", "shared", "facet", "noun", "newly"}
    return changed or bool(roles & {"adverb", "modal", "opener", "conjunction", "bare"})


def _says_of_before(clause: Clause, first: int, last: int) -> bool:
    """为近16年同期最佳: a clause that begins with a copula tells of what stands before it."""
    while first < last and "adverb" in clause.roles(first):
        first += 1
    return first < last and "is_so" in clause.roles(first)


def ends_noun(clause: Clause, at: int, last: int) -> bool:
    """True where a predicate begins at word `at`; a verb before a noun that it describes (合作|项目) is none."""
    roles = clause.roles(at)
    if "cause" in roles:
        return True
    if "predicate" not in roles or "share" in roles:
        return False
    if "no_noun" in roles and at + 1 < last:
        return False  # 县以上医院病床
    return not (at + 1 < last and "head" in clause.roles(at + 1))
