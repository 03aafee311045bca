"""The noun phrase that a text begins with, and where the predicate behind it stands."""

from __future__ import annotations

from policyx.link.tidying import PARENTHESIS, tidy, without_marks
from policyx.patterns import Ending, compiled
from policyx.rules.words import NameWords

LONGEST = 40
WANTED = 24
_CHANGED_TO = compiled(r"[一-鿿]{1,4}(?:至|到|为|成)了?(?:约|近)?")
_SIZED = compiled(r"[十百千]?[万亿]元(?:及?以上|级)(?:的)?")  # 5个亿元以上农业项目
_OF_SIZE = compiled(
    r"(?:总?规模|年?产值|年?营[业收](?:收入)?|年?销售(?:收入|额)?|主营业务收入|总?投资额?|市值|估值|年?税收|年?收入|面积|人口)(?:均?)(?:超过?|达到?|突破|过|近|不低于|在)"
    r"[^，。；、的]{1,12}?(?:[元亿万亩吨人级](?:及?以上|左右)?的?|的)(?=[一-鿿“])"
)
_BEFORE_NOUN = compiled(
    r"公司|集团|股|投资(?=[比占总额])|困难|机会|岗位|援助|培训|形势|项目|工程|企业|中心|基地|园区|单位|机构|人才|试点|示范|标准|条件|面积|线路|区|率|量|数|额|物|品|的|型|类|性|式|资金|经费|业|点|站|者|方案|计划|体系|平台|办法|能力|区域|材料|用地|产业|工业|产品|设备|装备|技术|服务"
)
_PURE_VERBS = frozenset({"实现", "完成", "达到", "获得", "取得", "突破", "超过"})  # never attributes of a noun
_NO_NOUN = (
    "或", "且", "并", "以及", "以上", "以下", "以内", "左右", "不变", "持平", "不等", "大关", "关口", "台阶",
)  # fmt: skip
# 62家医院与广州建立结对帮扶关系: with whom they do it
_TOGETHER = compiled(r"[与同][^，、与和]{2,8}(?:建立|签[约订署]|合作|结[成为对]|达成|开展|实现|对接|共建|联[合网])")
_CONJUNCTION = Ending(r"(?<=..)(?:以及|和|及|与|等|、|并|的)+$", "及和与等、并的")
_EVERY = Ending(r"(?<![人户平年月日亩地省村县单季])均$", "均")  # 16个区均被评为: of the verb, not of the noun
_ROLE = Ending(r"(?:作用|功能|优势|效应|力度|步伐)$", "用能势应度伐")  # 发挥1.5亿元的创投基金作用: the fund is counted
_CLOSED = compiled(r"[）)]")
_CLAUSE_MARK = compiled(r"[，,。；;：:！？\n]")
_OPENS_NOUN = compiled(r"[一-鿿“「《A-Za-z（(]|[0-9]{1,2}[A-Z]")


def right_noun(text: str, words: NameWords) -> str:
    """The noun phrase at the beginning of the text behind a number; nothing where a verb stands there."""
    text = _CLAUSE_MARK.split(text, maxsplit=1)[0]
    at = max(text.rfind("（"), text.rfind("("))
    if at > 0 and not _CLOSED.search(text, at):
        text = text[:at]  # 40家企业项目（其中高企5家）
    if text.lstrip()[:1] in ("（", "(") and not PARENTHESIS.match(text.lstrip()):
        return ""
    text = tidy(text).lstrip("的、 ")
    if text.startswith(_NO_NOUN):
        return ""
    if not text or not _OPENS_NOUN.match(text):
        return ""
    text = _drop_bracket(text)
    sized = _OF_SIZE.match(text) or _SIZED.match(text)
    if sized:  # 规模超千亿的产业集群
        noun = right_noun(text[sized.end() :], words)
        return text[: sized.end()] + noun if noun else ""
    if _CHANGED_TO.fullmatch(text) or words.change.start(text) == text:
        return ""  # 从386项增至534项, 比2010年的1吨降低
    first = words.predicate.start(text)
    if len(first) == 1 and words.edges.words(text[:12])[0] != first:
        first = ""  # 应用系统 does not begin with the verb 应
    if (
        first
        and len(words.intact.start(text)) <= len(first)
        and not _BEFORE_NOUN.match(text, _attributes_end(text, first, words))
        and text not in words.shared
    ):
        return ""
    end = _noun_end(text, words)
    noun = _EVERY.cut(text[:end])
    while len(noun) - len(adverb := words.bare.end(noun)) >= 2 and adverb:
        noun = noun[: -len(adverb)]  # 10项改革试点任务积极推进
    return _CONJUNCTION.cut(without_marks(_ROLE.cut(noun)))


def _attributes_end(text: str, first: str, words: NameWords) -> int:
    """Where 新建、续建 end before 项目: verbs in a list that tell the kind of the noun behind them."""
    end = len(first)
    while text[end : end + 1] in ("、", "和", "与", "及"):
        more = words.sibling.start(text, end + 1) or words.predicate.start(text, end + 1)
        if not more:
            break
        end += 1 + len(more)
    return end


def _drop_bracket(text: str) -> str:
    return PARENTHESIS.sub("", text) if text[0] in "（(" else text


def _noun_end(text: str, words: NameWords) -> int:
    """Where the predicate begins: 合作项目|落地. A generic noun keeps its predicate: 企业入选省级名单."""
    at = predicate_start(text, 2, words)
    together = _TOGETHER.search(text, 2, at + 4)
    at = min(at, together.start()) if together else at
    outcome = words.outcome.start(text, at)
    if outcome and len(text) - at - len(outcome) <= 2 and len(text) <= WANTED:
        return at + len(outcome)
    if at < len(text) and text[:at] in words.generic and len(text) <= LONGEST - 8:
        return len(text)
    return at


def predicate_start(text: str, at: int, words: NameWords) -> int:
    """The place of the first predicate from `at` on; the text's end where there is none.

    Asks for the words of the text only where a predicate may stand: 人均纯收入 holds 均 and no predicate."""
    starts: dict[int, str] | None = None
    for place, word in words.predicate.all(text, at):
        if _begins_predicate(text, place, word) and not inside_quotes(text, place):
            starts = words.edges.starts(text) if starts is None else starts
            token = starts.get(place, "")
            if token and (len(word) > 1 or token == word or token in words.predicate):
                return place
    return max(at, len(text))


def _begins_predicate(text: str, at: int, word: str) -> bool:
    """No verb that only tells the kind of the noun behind it: 合作项目; 实现 and 完成 never do."""
    behind = at + len(word)
    if word in _PURE_VERBS and not text.startswith("的", behind):
        return True
    return not _BEFORE_NOUN.match(text, behind)


def inside_quotes(text: str, at: int) -> bool:
    return text[:at].count("“") > text[:at].count("”")
