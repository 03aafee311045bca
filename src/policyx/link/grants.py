"""Names for what a rule grants: to whom, for what, and which benefit (高新技术企业首次认定 + 奖励)."""

from __future__ import annotations

import re
from typing import NamedTuple

from policyx.link.distribute import deal_out
from policyx.link.naming import LONGEST, tidy
from policyx.rules.words import NameWords

_BENEFIT = re.compile(
    r"(?:一次性|配套|创业|投资|财政|资金|经费|房租|租金|购房|生活|岗位|培训|研发|首期|额外|差额|专项|运营|贷款|保费|社保|安家|建设|认定|绩效|梯度|叠加|年度|最高)*"
    r"(?:奖励|补助|补贴|资助|奖补|补偿|贴息|奖金|扶持|配套资金|资金支持|支持资金|资金扶持|经费支持|配套支持|专项资金|工作经费|启动资金|支持|减免)"
)
GRANT = re.compile(
    r"给予|奖励|补助|补贴|资助|奖补|补偿|贴息|扶持|配套|减免|予以[^，。；]{0,12}支持|发放[^，。；]{0,10}(?:津贴|券)|奖金"
)
CEILING = re.compile(
    r"(?:最高|最多)(?:可|可以)?(?:按|给予|奖励|补助|补贴|资助|支持|享受|获得|不超过|每|予以)[^，。；]{0,40}$"
)
_OF_WHOM = re.compile(r"(?:^|[，；。：:、])(?:对于?|给予|凡|为|鼓励|支持)(?=[^，。；]{2})")
_AFTER_TARGET = re.compile(
    r"(?:，|,)?(?:经[^，]{1,14}，|分别|再|可|最高|最多|[0-9一二两三四五]+个?[年月]内|每人|每月|一次性|按照?|参照|每年|连续|单个|单家|单品种|每个|每家|每项|每人|每件|其中|在[^，]{1,20}基础上|区?级?财政|市财政|由[^，]{1,10}|从[^，]{1,30}中)*(?:给予|予以|奖励|补助|补贴|资助|发放|享受|配套|安排|按|最高|不超过|分阶段)"
)
_GENERIC = re.compile(r"(?:企业|机构|单位|项目|个人|团队|平台|园区|组织|和|或|及|、)+")
_OWN_FILLER = re.compile(r"(?:给予|予以|奖励|补助|补贴|资助|最高|不超过|按|的|企业|再|可|分别|一次性)+")
_DATE = re.compile(r"[0-9]{4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:以)?[前后]?(?:[（(][^）)]*[）)])?")
_WITHIN = re.compile(r"^[0-9一二三四五六七八九十]+个?[年月日]+(?:度)?内$")
_WITHIN = re.compile(r"(?:自[^，]{1,10}起)?[0-9一二两三四五六七八九十]+个?[年月日]+(?:度)?内")
_LONGEST_TARGET = 26
_NUMBER = re.compile(r"(?<![A-Za-z])[0-9]+(?:\.[0-9]+)?(?![0-9.A-Za-z])")


class Grant(NamedTuple):
    """The name of a granted figure, the bound that a ceiling word at some distance gives it, and the benefit."""

    name: str
    bound: str | None
    benefit: str


def is_grant(before: str, after: str, earlier: str, threshold: bool) -> bool:
    """True where the figure is what is granted: its own clause, or a ceiling after a grant, says so.

    `before`, `after`: its clause on both sides; `earlier`: the sentence up to that clause; `threshold`: the figure
    stands before 以上 or 的, as a condition does."""
    if GRANT.search(before):
        return True
    if GRANT.search(after[:24]) and not threshold and not re.match(r"[^，]{0,20}的[，企项]", after):
        return True
    ceiling = re.search(r"(?:最高|最多|不超过|累计|每年|单个|封顶|限额)", before)
    return bool(ceiling and GRANT.search(earlier))


def grant_name(before: str, after: str, earlier: str, heading: str, words: NameWords, place: tuple[int, int]) -> Grant:
    """Compose the name; `place`: the figure is number i of n that 分别 deals out (0, 1 where it is alone)."""
    bound = "le" if CEILING.search(before) else None
    benefit = _benefit(before, after, earlier)
    whom = target(earlier + before, heading)
    index, count = place
    if count > 1:
        members = deal_out(whom, count, words)
        if members:
            whom = members[index]
    whom = _fit(whom, LONGEST - 8 - len(benefit))
    own = _OWN_FILLER.sub("", tidy(before))
    if not whom and 1 < len(own) < 16:
        whom = own
    return Grant(whom if whom.endswith(benefit) else whom + benefit, bound, benefit)


def _benefit(before: str, after: str, earlier: str) -> str:
    clause = re.split(r"[，。；]", after, maxsplit=1)[0]
    found = [m for m in _BENEFIT.finditer(clause) if m.start() < 16]
    if found:
        return found[0][0]
    for text in (before, earlier):
        found = list(_BENEFIT.finditer(text))
        if found:
            return found[-1][0]
    found = list(_BENEFIT.finditer(re.split(r"[。；]", after, maxsplit=1)[0]))
    if found:
        return found[0][0]
    return "补助"


def target(text: str, heading: str) -> str:
    """The words that say who gets it, from the last 对 on, without the clause of the grant and without thresholds."""
    sentence = re.split(r"[。；]", text)[-1]
    starts = list(_OF_WHOM.finditer(sentence))
    for start in reversed(starts):
        phrase = _until_grant(sentence[start.end() :])
        if len(phrase) > 2:
            return phrase
    phrase = _until_grant(sentence)
    return phrase if len(phrase) > 2 else heading


def _until_grant(phrase: str) -> str:
    end = _AFTER_TARGET.search(phrase)
    clauses = re.split(r"[，,]", phrase[: end.start()] if end else phrase)
    clauses = [c for c in clauses if len(c) > 2 and not _WITHIN.fullmatch(c)]
    plain = [c for c in clauses if not _NUMBER.search(c)] or [_first_condition(c) for c in clauses[:1]]
    joined = "，".join(plain)
    kept = joined if len(joined) <= _LONGEST_TARGET else plain[0]
    kept = re.sub(r"的$|^(?:对于?|凡)", "", tidy(kept)).strip("，、；：的")
    head, of, tail = kept.rpartition("的")
    return head if of and len(head) > 3 and _GENERIC.fullmatch(tail) else kept


def _first_condition(clause: str) -> str:
    """年营业收入2000万元以上且研发投入占比不低于5%的企业: where it is too long, the first condition and the head, or what
    stands before the first figure."""
    clause = _DATE.sub("", clause)
    if len(clause) <= _LONGEST_TARGET:
        return clause
    first, joint, rest = clause.partition("且")
    _, of, head = rest.rpartition("的")
    if joint and of and len(first) + len(head) <= _LONGEST_TARGET:
        return first + head
    number = _NUMBER.search(clause)
    return clause[: number.start()].rstrip("在为达到") if number and number.start() > 5 else clause


def _fit(target: str, room: int) -> str:
    if len(target) <= room:
        return target
    without = re.sub(r"[（(][^）)]*[）)]", "", target)
    return without[-room:].lstrip("的、和与及")
