"""Names for what a rule grants: the words around a figure in, a name out that says to whom, for what, and which benefit
(高新技术企业首次认定 + 奖励), and the bound of a ceiling word at some distance."""

from __future__ import annotations

from typing import NamedTuple

from policyx.link.distribute import deal_out
from policyx.link.tidying import tidy
from policyx.patterns import compiled
from policyx.rules.words import NameWords

_BENEFIT = compiled(
    r"(?:一次性|配套|创业|投资|财政|资金|经费|房租|租金|购房|生活|岗位|培训|研发|首期|额外|差额|专项|运营|贷款|保费|社保|安家|建设|认定|绩效|梯度|叠加|年度){0,5}"
    r"(?:奖励|补助|补贴|资助|奖补|补偿|贴息|奖金|扶持|配套资金|资金支持|支持资金|资金扶持|经费支持|支持经费|配套支持|专项资金|工作经费|启动资金|支持|减免)"
)
# 配套 grants only where no thing follows that is built or bought: 配套设施费 is a part of an investment
_MATCHING = (
    r"(?<!产业)(?<!设施)配套(?!设施|装置|设备|件|工程|项目|完善|产业|企业|率|能力|服务|建设|管网|用房|协作|流动)"
)
GRANT = compiled(
    rf"给予|奖励|补助(?!村)|补贴|资助|奖补|补偿|贴息|扶持|{_MATCHING}|减免|予以[^，。；]{{0,12}}支持|支持经费|经费支持|支持资金"
    r"|发放[^，。；]{0,10}(?:津贴|券)|奖金"
)
CEILING = compiled(
    r"(?:最高|最多)(?:可|可以)?(?:一次性)?(?:按|给予|奖励|补助|补贴|资助|支持|扶持|享受|获|拨付|减免|不超过|为?每|予以)[^，。；]{0,40}$"
    r"|(?<![到至])(?:不超过|不高于)[^，。；、0-9不]{1,10}$"
)
_FLOOR = compiled(r"(?:不低于|不少于)[^，。；、0-9不]{1,10}$")
_OF_WHOM = compiled(r"(?:^|[，；。：:、\s])(?:对于?|凡|为|鼓励|支持)(?=[^，。；]{2})")
_TO_WHOM = compiled(r"(?:^|[，；。：:、])给予(?!其|每[人月年户亩]|最高|最多|不|一次|[0-9]|相应|适当)(?=[^，。；]{2})")
_BY = r"经(?!济|营|费|过|贸|销|纪|理|开区|信)"
# each part is atomic and their number bounded, so that no text makes the search slow
_AFTER_TARGET = compiled(
    rf"(?:，|,)?(?:(?>{_BY}[^，的]{{1,14}}的?，)|分别|分档次?|再|可|最高|最多|(?>[0-9一二两三四五]{{1,4}}个?[年月]内)"
    r"|每(?:平方米|公里|千瓦|间夜|[人月年个家项户亩件座台套吨辆头只株场次间])|一次性|按照?|参照|连续|单个|单家|单品种|其中|(?>在[^，]{1,20}?基础上)|[区市]?级?财政"
    r"|(?>由[^，给予安]{1,10})|(?>从[^，]{1,30}?中)){0,8}"
    r"(?:给予|予以|奖励|补助|补贴|资助|发放|享受|配套(?!装|设|产|能)|安排|按|最高|不超过|分阶段|减征|免征|减收|返还"
    r"|进行(?:事后|事前)?(?:奖|补|资))"
)
_GENERIC = compiled(r"(?:企业|机构|单位|项目|个人|团队|平台|园区|组织|和|或|及|、)+")
_OWN_FILLER = compiled(r"(?:给予|予以|奖励|补助|补贴|资助|最高|不超过|按|的|企业|再|可|分别|一次性)+")
_DATE = compiled(r"[0-9]{4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:以)?[前后]?(?:[（(][^）)]{0,60}[）)])?")
_WITHIN = compiled(r"(?:自[^，]{1,10}起)?[0-9一二两三四五六七八九十]{1,6}个?[年月日]{1,2}(?:度)?内")
_NUMBER = compiled(r"(?<![A-Za-z0-9])[0-9]+(?:\.[0-9]+)?(?![0-9.A-Za-z])")
# a figure with its unit and its comparators, as conditions hold it; 前10名 and 500强 are ranks and stay
_FIGURE = compiled(
    r"(?:不低于|不少于|不多于|不超过|不高于|超过|超|达到|达|高于|大于|满|在|为)?"
    r"(?<![A-Za-z0-9.第前])(?:人民币)?[0-9][0-9.,]{0,18}(?:[-—~～至到][0-9][0-9.,]{0,18})?[十百千万亿]{0,4}"
    r"(?P<unit>元|美元|港元|[%％]|个百分点|家|个|项|人|件|亩|平方米|吨|套|台|次|年(?![度底末初月])|倍|公里|辆|户|头|场|篇)(?:人民币)?"
    r"(?:[（(]不?含[^（）()]{0,8}[）)])?(?:及?以上|以下|以内|左右)?(?:[（(]不?含[^（）()]{0,8}[）)])?"
)
_COUNTERS = frozenset("家个项人件户台套场篇")
_BROKE = ("突破", "首破", "超过")
_OPENER = compiled(
    rf"^(?:若|累计|如果|如(?=该)|该|且|从|每[个家项户名位](?=[一-鿿]{{2}})|凡|对于?|上述|同时|此外|另外|其中|每年(?=认定|评选|择优|遴选)|每(?=[一-鿿]{{2}})"
    rf"|{_BY}[^，的]{{0,12}}(?:认定|评定|审核|备案)的|(?:经营情况)?符合[^，的]{{0,6}}条件的)"
)
_LABEL = compiled(
    r"^(?:第[0-9一二三四五六七八九十百]{1,5}[条款项章]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[0-9一二三四五六七八九十]{1,3}[、.．])[，、\s]?"
)
_ASIDE = compiled(
    rf"{_BY}[^，的]{{1,14}}的?|(?:根据|按照|依据|依照|结合).*|(?:在?(?:政策|本办法|办法)?有效期内?)|同一.*"
    r"|(?:截至|截止|自|到|至)?[0-9]{2,4}年[0-9月日度底末初起]{0,8}"
)
_BASE = compiled(
    r"(?:按照?|给予|不超过|不低于|补贴|补助|奖励|支持|减征)(?P<base>[^，。；：按照]{2,18}?)的?(?:不超过|最高)?$"
)
_BASE_OPENER = compiled(r"^(?:其|该|照|当年|上年度?|每年|年度|不超过|不低于|最高|企业|单位|项目|经审计|核定)+的?")
_SHARE = compiled(r"的(?:最高|不超过|不低于)?$")
_RELIEF = compiled(r"(?P<verb>减征|减收|免收|返还|退还|减免|抵扣|抵免|加计扣除)(?:当年|其|企业)?$")
_RELIEVED = compiled(r"^的?(?P<what>[一-鿿]{2,12}?(?:税|费|金|款|租|收入|部分))")
_RECIPIENT_END = (
    r"(?:孵化器|空间|企业|单位|机构|团队|个人|获得者|创业者|从业者|获奖者|发明人|引进方|引荐人|主体|平台|合作社|协会|商会|学校|院校|医院|园区"
    r"|农户|大户|服务商|运营商|中介|导师|公司|联合体|院所|部门|街道|乡镇|村|社区|项目)"
)
_TAKEN_SO = _BENEFIT.pattern
_RECIPIENT = compiled(
    rf"(?:给予|奖励|补助|补贴|资助|拨付|奖给)(?P<who>(?!每|单个|其|该|符合|最高|一次)[一-鿿]{{0,10}}?{_RECIPIENT_END})等?"
    rf"(?:最高|一次性|不超过|每[一-鿿])?(?:{_TAKEN_SO}|[一-鿿]{{0,3}})$"
)
_EACH = compiled(
    r"^(?:其中)?[，、]?(?:平均)?每(?:平方米|公里|千瓦|间夜|[个项家户人名亩件台套场篇头年月座吨辆只株次间]|人每[年月])"
    r"(?:可|再|最高|给予|资助|补助|奖励|补贴|支持|不超过)*$"
)
_OWN_EACH = compiled(
    r"^(?P<who>[一-鿿A-Za-z“”（）()、]{2,20}?)(?:每[个项家户人名亩件台套场篇头]|单个|(?=奖励|补助|补贴|资助|一次性))"
)
_AMOUNT_WORD = compiled(
    r"^单|同一|一次性|金额|总额|标准|比例|额度|资金|费|给予|按|最高|再|分别|单个|每|其|奖|补|资助|期限|可|在|对|为"
)
_COUNTED = compiled(
    r"(?:^|[，,。；：])(?P<noun>[^，,。；：]{2,24}?)(?:共|约|不超过|不多于|拟支持|支持|拟立项)*"
    r"[0-9]+[项个家户名件篇场](?:左右|以内|以上)?，?$"
)
_COUNTED_BEHIND = compiled(r"[0-9][个家项名件]左?右?([一-鿿A-Za-z“”（）()]{4,26})(?=[，。；])")
_GRANTED_KINDS = ("项目", "课题", "专项", "基地", "平台", "中心", "奖", "计划", "实验室", "团队")
_LEVEL = compiled(r"国家|省[级部]|[市州区县]级|世界|全国|国际")
_FORM_LABEL = compiled(
    r"(?:补助|补贴|奖励|资助|扶持|支持|申请|申报|奖补)(?:对象|项目|条件|标准|范围|内容|方式|额度|金额|办法|程序|原则)(?:[及与和、].{2,10})?[:：]?"
)
_MOST_STARTS = 9
_LONGEST_LIST = 160
_WANTED = 30
_LONGEST_TARGET = 26


class Grant(NamedTuple):
    """The name of a granted figure, the bound that a ceiling or floor at some distance gives it, and the benefit."""

    name: str
    bound: str | None
    benefit: str


def is_grant(before: str, after: str, earlier: str, threshold: bool) -> bool:
    """True where the figure is what is granted: its own clause, or a ceiling after a grant, says so.

    `before`, `after`: its clause on both sides; `earlier`: the sentence up to that clause; `threshold`: the figure
    stands before 以上 or 的, as a condition does."""
    if GRANT.search(before):
        return True
    if _RELIEF.search(before) and _RELIEVED.match(after):
        return True
    if GRANT.search(after[:24]) and not threshold and not _is_condition(after):
        return True
    if _EACH.match(before) and (GRANT.search(earlier) or _counted_noun(earlier).endswith(_GRANTED_KINDS)):
        return True
    ceiling = compiled(r"(?:最高|最多|不超过|累计|每年|单个|封顶|限额|上限)").search(before)
    return bool(ceiling and GRANT.search(earlier))


def _is_condition(after: str) -> bool:
    """5亿元的工业企业，分别给予…: the grant begins only behind the clause that the figure stands in."""
    clause = compiled(r"[，。；]").split(after, maxsplit=1)[0]
    ends_so = compiled(r"[^，]{0,20}的(?:[，企项]|$)").match(after)
    return bool(ends_so) or (clause.startswith("的") and not GRANT.search(clause))


def grant_name(before: str, after: str, earlier: str, heading: str, words: NameWords, place: tuple[int, int]) -> Grant:
    """Compose the name; `place`: the figure is number i of n that 分别 deals out (0, 1 where it is alone)."""
    bound = "le" if CEILING.search(before) else "ge" if _FLOOR.search(before) else None
    relief = _RELIEF.search(before)
    relieved = _RELIEVED.match(after) if relief else None
    benefit = relieved["what"] + relief["verb"] if relief and relieved else _benefit(before, after, earlier)
    whom = _whom(before, earlier, heading, words, place)
    own = _OWN_FILLER.sub("", tidy(before))
    if not whom and 1 < len(own) < 16:
        whom = own
    recipient = _recipient(before, after, benefit, whom)
    base, share = _base(before, after, whom + recipient)
    tail = benefit + share
    room = _WANTED - len(recipient) - len(tail)
    whom = _fit(whom, room - len(base), words) if len(whom) <= room - len(base) else _fit(whom, room, words)
    if len(whom) + len(base) > room:
        base = ""
    named = whom + recipient + base
    return Grant(named + share if named.endswith(benefit) else named + tail, bound, benefit)


def _whom(before: str, earlier: str, heading: str, words: NameWords, place: tuple[int, int]) -> str:
    if _EACH.match(before):
        noun = _counted_noun(earlier)
        if noun:
            return noun
    own = _OWN_EACH.match(tidy(before).lstrip("，、"))
    sibling = own and _NUMBER.search(earlier) and GRANT.search(earlier)
    if own and sibling and not _AMOUNT_WORD.search(own["who"]) and not _GENERIC.fullmatch(own["who"]):
        return own["who"]
    if own and len(own["who"]) > 4 and _LEVEL.match(own["who"]) and not _AMOUNT_WORD.search(own["who"]):
        return own["who"]
    index, count = place
    if count > 1:
        phrase = _phrase(earlier + before, heading)
        if len(phrase) <= _LONGEST_LIST and len(_FIGURE.findall(phrase)) < count:
            members = deal_out(phrase, count, words)
            if members:
                return _plain(members[index])
    whom = target(earlier + before, heading)
    return (_counted_behind(earlier) or whom) if whom.startswith(("单个", "单家", "每个", "每家")) else whom


def _counted_behind(earlier: str) -> str:
    """每年评选不多于30个标杆示范项目，单个项目最高…: the noun behind the count says which project."""
    found = list(_COUNTED_BEHIND.finditer(earlier))
    return _trim(found[-1][1]) if found else ""


def _counted_noun(earlier: str) -> str:
    """面上项目100项，每项10万元: what was counted right before is what each gets."""
    counted = _COUNTED.search(earlier)
    return _trim(counted["noun"]) if counted else ""


def _recipient(before: str, after: str, benefit: str, whom: str) -> str:
    """Who gets it where that is not whom the condition speaks of (每培育1家企业，奖励孵化器5万元)."""
    found = _RECIPIENT.search(before)
    if not found:
        clause = compiled(r"[，。；]").split(after, maxsplit=1)[0]
        at = clause.find(benefit)
        found = _RECIPIENT.search(clause[:at]) if at > 0 else None
    who = found["who"] if found else ""
    return "" if not who or (_GENERIC.fullmatch(who) and whom) or who in whom else who


def _base(before: str, after: str, whom: str) -> tuple[str, str]:
    """What a share is taken of, and 比例: 按实际租金的50%给予补贴."""
    if not (_SHARE.search(before) or compiled(r"的?比例").match(after)):
        return "", ""
    found = _BASE.search(before)
    base = _BASE_OPENER.sub("", found["base"]) if found else ""
    _, of, tail = base.rpartition("的")
    base = tail if of and len(tail) > 2 else base.replace("的", "")
    known = not base or base in whom or GRANT.search(base) or _NUMBER.search(base)
    return ("" if known else base[_overlap(whom, base) :]), "比例"


def _overlap(first: str, second: str) -> int:
    """How much of the beginning of `second` is already the end of `first`."""
    return next((size for size in range(len(second), 1, -1) if first.endswith(second[:size])), 0)


def _benefit(before: str, after: str, earlier: str) -> str:
    clause = compiled(r"[，。；]").split(after, maxsplit=1)[0]
    found = [m for m in _BENEFIT.finditer(clause) if m.start() < 16]
    if found:
        return found[0][0]
    for text in (before, earlier):
        found = list(_BENEFIT.finditer(text))
        if found:
            return found[-1][0]
    found = list(_BENEFIT.finditer(compiled(r"[。；]").split(after, maxsplit=1)[0]))
    if found:
        return found[0][0]
    return "资助" if before.endswith("每项") else "补助"


def target(text: str, heading: str) -> str:
    """The words that say who gets it, from the last 对 on, without the clause of the grant and without thresholds."""
    return _plain(_phrase(text, heading))


def _phrase(text: str, heading: str) -> str:
    sentence = compiled(r"[。；]").split(text)[-1]
    starts = [start.end() for start in _OF_WHOM.finditer(sentence)][:-_MOST_STARTS:-1]
    given = [start.end() for start in _TO_WHOM.finditer(sentence)][:-_MOST_STARTS:-1]
    for at in (*starts, 0, *given):
        phrase = _until_grant(sentence[at:])
        if len(phrase) > (1 if at else 2) and not _GENERIC.fullmatch(phrase):
            return phrase
    return "" if _FORM_LABEL.fullmatch(_LABEL.sub("", heading)) else _trim(heading)


def _until_grant(phrase: str) -> str:
    end = _AFTER_TARGET.search(phrase)
    clauses = compiled(r"[，,]").split(phrase[: end.start()] if end else phrase)
    shortest = 2 if len(clauses) == 1 else 3
    clauses = [_DATE.sub("", c) for c in clauses if len(c) >= shortest and not _WITHIN.fullmatch(c)]
    told = [c for c in clauses if not _ASIDE.fullmatch(c)]
    plain = [c for c in told if not _NUMBER.search(c)] or told[:1]
    if not plain:
        return ""
    joined = "，".join(plain)
    kept = joined if len(joined) <= _LONGEST_TARGET else plain[0]
    return _trim(kept)


def _trim(phrase: str) -> str:
    phrase = compiled(r"的$|(?<=[一-鿿]{4})中$").sub("", _LABEL.sub("", tidy(phrase))).strip("，、；：的")
    opener = _OPENER.match(phrase)
    while opener and len(phrase) - opener.end() > 1:
        phrase = phrase[opener.end() :]
        opener = _OPENER.match(phrase)
    head, of, tail = phrase.rpartition("的")
    return head if of and len(head) > 3 and _GENERIC.fullmatch(tail) and not _FIGURE.search(head) else phrase


def _plain(phrase: str) -> str:
    """Without the figures of its conditions: 年度研发费用500万元以上的企业 becomes 企业年度研发费用, and
    投资1亿元以上的制造业项目 becomes 制造业项目."""
    figures = list(_FIGURE.finditer(phrase))
    if not figures:
        return _trim(phrase)
    subject = compiled(r"每(?=[一-鿿]{2}$)|[，、的]+$").sub("", phrase[: figures[0].start()])
    rest = phrase[figures[-1].end() :]
    head = compiled(r"^(?:[，、的]|且|并|或|和)+").sub("", rest)
    if not subject or not head:
        return _trim(subject or head)
    if figures[-1]["unit"] in _COUNTERS and rest == head:
        return _trim(subject + head)
    if subject.endswith(_BROKE):
        return _trim(subject + head)
    return _trim(head + subject if _GENERIC.fullmatch(head) else head)


def _fit(target: str, room: int, words: NameWords) -> str:
    """At most `room` characters: without brackets, without later members of a list, else from the edge of a word on."""
    if len(target) <= room:
        return target
    target = compiled(r"[（(][^）)]{0,60}[）)]").sub("", target)
    head, of, tail = target.rpartition("的")
    if len(target) > room and of and 3 < len(tail) <= room and "、" not in tail and not _LEVEL.search(head):
        target = tail
    if len(target) > room and "、" in target:
        target = _shorter_list(target, room)
    if len(target) > room and of and 3 < len(head) <= room:
        target = head
    if len(target) > room:
        edges = [at for at in words.edges.starts(target) if len(target) - at <= room]
        target = target[edges[0] if edges else -room :]
    return target.lstrip("的、和与及，")


def _shorter_list(target: str, room: int) -> str:
    """The first members of a list with 等: 新建的省级技术创新中心、省级企业技术中心等."""
    members = target.split("、")
    kept = members[0]
    for member in members[1:]:
        if len(kept) + len(member) + 2 > room:
            break
        kept += "、" + member
    return kept + "等" if 5 < len(kept) < room else target
