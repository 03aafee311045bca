"""What the words of a name say of it: whether it can stand alone, what is measured of it; and the name without its
verb, its share or its form."""

from __future__ import annotations

from policyx.clause import Lexicon
from policyx.patterns import compiled

LONGEST = 40
WANTED = 24
_SHORTEST_TAIL = 4
_LEANING = frozenset({"dependent", "sibling", "rate_noun", "scope", "joint", "of"})
_BEGINS_ARTICLE = frozenset("第0123456789")
_FACETS = frozenset({"dependent", "sibling", "rate_noun"})
_HEADS = frozenset({"shared", "facet", "other_rate", "money"})
_TELLS_WHAT = frozenset({"shared", "facet", "whole_name", "money", "dependent", "counted", "rate_noun", "ratio"})
_MEASURED = frozenset({"shared", "facet", "money", "ratio", "rate_noun", "upper", "standard"})
_EDGES = " \t\n\r\u3000\xa0，,。；;：:、"
_ARTICLE = compiled(r"^\s?第[一二三四五六七八九十百0-9]{1,4}条|^[0-9.]{1,4}的")
_ACRONYM = compiled(r"[（(][A-Z&]{2,8}[）)]")  # 国内生产总值（GDP）
_FOOTNOTE = compiled(r"[\[［〔【][0-9]{1,3}[\]］〕】]?")


def tidy(name: str) -> str:
    """Without blanks, emphasis and marks at both ends."""
    if name.isalnum() and name[0] not in _BEGINS_ARTICLE:
        return name
    name = _ARTICLE.sub("", _FOOTNOTE.sub("", name))
    for sign in (" ", "\u3000", "\xa0", "**", "<br>", "\n"):
        name = name.replace(sign, "")
    return name.strip(_EDGES)


def is_dependent(name: str, words: Lexicon) -> bool:
    """True for words that cannot stand alone: 总数, 占比, 增速."""
    parts = words.words(name)
    for _, _, letter in parts:
        if words.roles[letter].isdisjoint(_LEANING):
            return False
    return bool(parts)


def without_facets(name: str, words: Lexicon, facets: frozenset[str] = _FACETS) -> str:
    """The thing itself: the name without what is measured of it at its end (申报, 总数, 增速)."""
    parts = words.words(name)
    while len(parts) > 1 and words.roles[parts[-1][2]] & facets and not _is_whole(words.roles[parts[-1][2]]):
        parts = parts[:-1]
    return name[: parts[-1][1]] if parts else name


def _is_whole(roles: frozenset[str]) -> bool:
    return "intact" in roles and "sibling" not in roles  # 出口 gives way to 进口


def without_share(name: str, words: Lexicon) -> str:
    """The thing itself, of a name that goes on with what it is a share of."""
    parts = words.words(name)
    return next((name[:low] for low, _, letter in parts[1:] if "share" in words.roles[letter]), name)


def without_goal(name: str, words: Lexicon) -> str:
    """渔港改造 of 渔港改造目标: what an aim is of, for what has come of it."""
    parts = words.words(name)
    told = len(parts) > 1 and {"goal_noun"} <= words.roles[parts[-1][2]] and parts[-1][0] > 1
    return name[: parts[-1][0]] if told else name


def without_verb(name: str, words: Lexicon) -> str:
    """The name without a verb that it begins with, and without 新增 at its end."""
    parts = words.words(name)
    if len(parts) > 1 and "action" in words.roles[parts[0][2]]:
        parts = parts[1:]
        while len(parts) > 1 and "of" in words.roles[parts[0][2]]:
            parts = parts[1:]  # 获批的高新技术企业
    if len(parts) > 1 and "newly" in words.roles[parts[-1][2]]:
        parts = parts[:-1]
    return name[parts[0][0] : parts[-1][1]] if parts else name


def without_newly(name: str, words: Lexicon) -> str:
    """渔企 of 新增渔企, for their total behind it."""
    parts = words.words(name)
    return name[parts[0][1] :] if len(parts) > 1 and "newly" in words.roles[parts[0][2]] else name


def first_verb(name: str, words: Lexicon) -> str:
    """The verb of two characters and more that a name begins with, or nothing."""
    parts = words.words(name)
    if parts and len(parts) > 1 and "action" in words.roles[parts[0][2]] and parts[0][1] > 1:
        roles = words.roles[parts[0][2]]
        whole = {"sibling", "intact", "shared"} <= roles or "lone_deed" in roles  # 出口 is measured; 上市|企业
        return "" if whole else name[: parts[0][1]]
    if len(parts) > 2 and parts[0][1] == 1 and "action" in words.roles[parts[1][2]]:
        return name[: parts[1][1]]  # 新创建
    return ""


def measured_head(name: str, words: Lexicon) -> str:
    """The head that says what is measured (产量, 市场占有率); nothing where the name is only a thing."""
    parts = words.words(name)
    if len(parts) < 1:
        return ""
    low, high, letter = parts[-1]
    if len(parts) > 1 and high - low == 1 and "rate_end" in words.roles[letter]:
        return name[parts[-2][0] :]  # 整改|率
    if not words.roles[letter] & _HEADS or words.roles[letter] & {"generic", "sorted"}:
        return ""
    before = words.roles[parts[-2][2]] if len(parts) > 1 else frozenset[str]()
    whole = {"shared", "money"} <= before or ("verbal_noun" in before and "total" in words.roles[letter])  # 零售|总额
    whole = whole and not before & {"generic", "sorted", "counted"}
    return name[parts[-2][0] if whole else low : high]  # 销货|价值, 投资|总额


def is_measured(name: str, words: Lexicon) -> bool:
    """Whether the name's last word tells what is measured or is money by itself."""
    if name.endswith(words.rate_ends):
        return True  # 城镇登记失业率 has no other head
    parts = words.words(name)
    roles = words.roles[parts[-1][2]] if parts else frozenset()
    thing = "sorted" in roles and ("generic" in roles or not roles & {"shared", "facet"})  # 光电产业, 国有企业
    return bool(roles & _TELLS_WHAT) and not thing


def measures(name: str, words: Lexicon) -> bool:
    """Whether the name's last word tells what is measured, and is nothing that can be counted: 起付标准."""
    parts = words.words(name)
    roles = words.roles[parts[-1][2]] if parts else frozenset()
    return bool(roles & _MEASURED) and not roles & {"counted", "holding", "sorted"}


def is_benefit(name: str, words: Lexicon) -> bool:
    """Whether the name's last word is something that is granted, or its amount: 国家奖学金, 贷款金额."""
    parts = words.words(name)
    own = words.roles[parts[-1][2]] if parts else frozenset()
    return "benefit" in own or (len(parts) > 1 and {"amount", "money"} <= own)


def without_form(name: str, words: Lexicon) -> str:
    """护理补贴 of 护理补贴标准: a benefit without the form that it is told in."""
    parts = words.words(name)
    if not parts or "benefit_standard" not in words.roles[parts[-1][2]]:
        return name
    cuts = range(parts[-1][1] - 1, parts[-1][0], -1)
    return next((name[:cut] for cut in cuts if words.has(name[parts[-1][0] : cut], "benefit")), name)


def shortened(name: str, words: Lexicon) -> str:
    """At most 40 characters, and fewer where a word shows where the name of the thing begins."""
    if len(name) <= WANTED - 4:
        return name
    name = _ACRONYM.sub("", name)
    listed = _behind_last(name, "etc", 3, words)
    if listed != name:
        return first_verb(name, words) + listed  # 引进甲、乙、丙等亿元以上项目
    parts = words.words(name)
    shared = any("share" in words.roles[letter] for _, _, letter in parts[1:-1])  # 研发经费支出相当于生产总值的比例
    for low, high, letter in reversed(parts[1:] if not shared else []):
        if words.roles[letter] & {"cut"} and len(name) - high >= _SHORTEST_TAIL and low and balanced(name[high:]):
            name = name[high:]
            break
    if len(name) > WANTED:
        name = _behind_last(name, "of", 5, words)
    if len(name) > WANTED + 4:
        name = _behind_last(name, "joint", 6, words)
    if len(name) > LONGEST - 8:
        starts = [low for low, _, _ in words.words(name) if len(name) - low <= LONGEST - 8]
        name = name[starts[0] :] if starts else name[-(LONGEST - 8) :]
    return tidy(name)


def _behind_last(name: str, role: str, least: int, words: Lexicon) -> str:
    for _, high, letter in reversed(words.words(name)):
        if role in words.roles[letter] and len(name) - high >= least and balanced(name[high:]):
            return name[high:]
    return name


def balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count("（") == text.count("）")
