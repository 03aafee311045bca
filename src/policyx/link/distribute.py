"""Lists dealt out by 分别: 国家、省、市级孵化器分别有3、1、10家 names three things for three figures."""

from __future__ import annotations

import re

from policyx.patterns import compiled
from policyx.rules.words import NameWords

_SPLITS = (
    compiled(r"、|，|以及|和|及|与|或"),
    compiled(r"、|和|以及|及(?!以)"),
    compiled(r"、"),
    compiled(r"和|与"),
    compiled(r"，"),
)
_LEVEL = compiled(r"世界级|(?:国家|省|市|州|区|县|旗)级")
_LEVELS = compiled(rf"(?:{_LEVEL.pattern})(?:(?:、|和|及|与|以及)(?:{_LEVEL.pattern}))+(?![、和及与])")
_THING = compiled(r"(?:(?!给予|奖励|补助|补贴)[^，]){2,24}")
_OPEN, _CLOSE = "“（(《「", "”）)》」"


def deal_out(subject: str, count: int, words: NameWords) -> list[str] | None:
    """`count` names from a subject that lists as many members, or None where it does not."""
    for word, members in words.pairs.items():
        at = subject.find(word)
        if 0 <= at <= 6 and len(members) == count and not subject[at + len(word) :].startswith("、"):
            return [subject[:at] + member + subject[at + len(word) :] for member in members]
    levels = _LEVELS.search(subject)
    if levels and _THING.fullmatch(subject, levels.end()):
        each = _LEVEL.findall(levels[0])
        head = subject[: levels.start()]
        head = "" if head.endswith(("认定为", "评为", "列为", "入选")) else head
        if len(each) == count:
            return [head + level + subject[levels.end() :] for level in each]
    for split in _SPLITS:
        members = [member for member in _split(subject, split) if member]
        if len(members) == count:
            return _rebuild(members, words)
    return None


def _split(subject: str, split: re.Pattern[str]) -> list[str]:
    """Cut at the separators that stand in no bracket or quotation."""
    members, at = [], 0
    for match in split.finditer(subject):
        before = subject[: match.start()]
        if sum(before.count(ch) for ch in _OPEN) > sum(before.count(ch) for ch in _CLOSE):
            continue
        members.append(subject[at : match.start()])
        at = match.end()
    return [*members, subject[at:]]


def _rebuild(members: list[str], words: NameWords) -> list[str]:
    """Give each member the head that stands only with the last one (国家, 省, 市级孵化器; 汽车, 集成电路产量)."""
    last = members[-1]
    head = _common_head(members) or _head_behind_modifier(members, words)
    if head:
        return [m + head for m in members[:-1]] + [last]
    shared = measured_head(last, words)
    if shared and len(shared) < len(last) and not any(measured_head(m, words) or _OWN.search(m) for m in members[:-1]):
        return [m + shared for m in members[:-1]] + [last]
    return members


_OWN = compiled(r"(?:数|次|游客|人口|人|个|家|者|率|额|量|值)$")


_SCOPED = compiled("^[全我][国省市县区州]")
_MEASURING = frozenset("率额量值幅")


def measured_head(member: str, words: NameWords) -> str:
    """The head that says what is measured: 产量, 市场占有率; nothing where the member is only a thing."""
    shared = words.shared.end(member)
    if shared:
        return shared
    if member[-1:] not in _MEASURING:
        return ""
    last = words.edges.words(member)[-1]
    return last if len(last) > 1 else ""


def _common_head(members: list[str]) -> str:
    """What follows, in the last member, the modifier that the earlier ones consist of."""
    last, earlier = members[-1], members[:-1]
    levels = compiled(
        r"(?:国家|省部|省|市(?![区场民政])|区(?!域)|县(?![城域])|镇|乡(?![村镇])|州|旗|国际|全国|中央|地方|行业|部)(级?)(.*)$"
    )
    own = levels.match(last)
    if own and all(
        compiled(r".{0,6}?(?:国家|省部|省|市|区|县|镇|乡|州|旗|国际|全国|中央|地方|行业|部)级?").fullmatch(m)
        for m in earlier
    ):
        bare = not earlier[-1].endswith("级")
        return (own[1] if bare else "") + own[2]
    ending = earlier[-1][-1:]
    if len(earlier[-1]) <= 4 and ending and all(m.endswith(ending) for m in earlier):
        at = last.find(ending)
        if 0 < at < 4 and len(last) - at > 2:
            return last[at + 1 :]
    return ""


def _head_behind_modifier(members: list[str], words: NameWords) -> str:
    """城镇, 农村居民人均可支配收入: what follows the last member's modifier is the head of all."""
    for kind in (words.modifier, words.group):
        own = kind.start(members[-1])
        if own and len(own) < len(members[-1]) and all(_SCOPED.sub("", m) in kind for m in members[:-1]):
            return members[-1][len(own) :]
    return ""
