"""Names from the words around a number: what stands before it, or, where a verb or nothing stands there, behind it."""

from __future__ import annotations

from typing import NamedTuple

from policyx.link.nouns import LONGEST, WANTED, inside_quotes, predicate_start
from policyx.link.tidying import PARENTHESIS, tidy, without_marks
from policyx.patterns import Ending, compiled
from policyx.rules.words import NameWords

_MARKS = compiled(
    r"^(?:[0-9]{1,2}[.、．)）]|(?:19|20)[0-9]{2}、|[一二三四五六七八九十]{1,3}[、.．]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[①-⑳⒈-⒛➢➥◆●■□▲★•·—-]+)\s*"
)
_COUNT = "[0-9一二两三四五六七八九十百几多数半]{1,4}"
_SPAN = (
    rf"(?:第|连续|近|过去|前|这|未来|今后|已){{0,4}}{_COUNT}(?:个?年度?|个?月|年来|个?季度|周年)(?:来|间|内|以来|时间)?"
)
_DURATION_END = Ending(
    rf"(?:{_SPAN}(?:累计|平均|共|以上)*|连续(?:多年|跨越|迈上|成功|{_COUNT}[次届])?)+$",
    "年度月来间内计均共上续越功次届",
)
_DURATION_START = compiled(rf"{_SPAN}(?:累计|平均|共)?(?![\u4e00-\u9fff]{{0,2}}(?:规划|计划|行动|期))")
_SHARE_OF = compiled(r"占.{2,20}?(?:比重|比例|份额)")
_ASIDE = compiled(
    r"^(?:与|同|和|较|比)[^，]{0,12}(?:相比|比较)(?:较)?$|^(?:扣除|剔除|按|不含|不包括|不计)[^，]{0,16}(?:因素|影响|计算|口径|不变价格?|可比价格?|物价)(?:后|的)?"
)
_AGAINST = compiled(r"(?:比|较)[^，]{0,16}|略|微")  # 比历史最高水平增长6.4%
# what only compares, or holds no letter at all, names nothing
_NO_NAME = compiled(
    r"(?:较?上?年?度?(?:相同|同一|同等)(?:基础|口径)|相比?|对比|同比|环比|同期|按[年季月])(?:又|更|实现|首次)?|[^\u4e00-\u9fffA-Za-z]+"
)
_REPORTS = compiled(r"[一-鿿]{0,8}(?:指出|表示|介绍|强调|认为|透露|续称|续指|估计)(?:说|称|道)?")
_PLACE_END = Ending(r"(?<=..)(?:在?全[市省区县国州]|在?我[市省区县国])$", "市省区县国州")  # 计划推进全区183个项目
_DURING = compiled(r"^[一-鿿]{2,4}期间(?!费)")  # 春节期间
_AIM_END = Ending(r"的?(?:确保|奋斗|力争|预期|必保|争取|挑战|保底)目标$", "标")  # 增速确保目标增长12%，奋斗目标增长14%
_TASK_IS = compiled(r"^[^，。]{0,16}?(?:任务|目标|重点)(?:是|为)[：:]?(?=.)")
_ARTICLE = Ending(r"(?<=..)一[个批座处条家支项]$", "个批座处条家支项")
OUR_PLACE = compiled(r"(?:全|我|本|该)[市省区县国州镇校院]")
_SCOPE = compiled(r"^(?:全[市省国区县州镇]|其|该|我[市省区县国])")
_LEVEL_ONLY = compiled(r"(?:[0-9A-Z]{1,2}|(?:国家|省|市|州|区|县|旗|盟|部|地){1,3})[A级类]{1,2}")  # 其中5A级2家
_OWN_LEVEL = compiled(r"^(?:[一-鿿]{1,3}有)?(?:(?:国家|省|市|州|区|县|旗|盟|部|地){1,3}级(?:及?以上)?)+")
_STANDALONE = frozenset({
    "收入总计", "支出总计", "出口总额", "进口总额", "出口额", "进口额", "利润总额", "税收收入", "人均收入", "总人口",
})  # fmt: skip
_FACETS = compiled(r"(?:累计|平均|年均|同比|环比)?(?:增速|增幅|降幅|涨幅|位次|名次|排名)")
_COMPARES = compiled(r"高于|低于|快于|慢于|好于|优于|比|较|与")
# 增幅分别高于全省: says by how much, not what
_EXCEEDS = compiled(r"(?:增[速幅长])?(?:分别|均|也)?(?:高于|低于|快于|慢于|好于|优于|高出|低出)")
_RATIO = compiled(r"^(?:约|仅|均)?(?:占|与.*之比|相当于)")


class Left(NamedTuple):
    """What stands before a number: `core` without verbs and filler, the verb of change, the counted verb at its end."""

    core: str
    change: str
    action: str


def subject_of(clause: str, words: NameWords) -> str:
    """What a clause without figures speaks of; nothing for 扣除价格因素, 他指出 and the like."""
    if _REPORTS.fullmatch(clause.strip()):
        return ""
    core = strip_start(_ASIDE.sub("", tidy(clause)), words)
    ratio = _SHARE_OF.search(core)
    return core[: ratio.end()] if ratio else core[: predicate_start(core, 1, words)]


def clean_left(text: str, words: NameWords) -> Left:
    """Take the filler off both ends of the text before a number."""
    plain = _without_lead(tidy(text))
    core, change = _strip_end(_DURATION_END.cut(_ARTICLE.cut(plain)), words)
    core = _DURATION_END.cut(_AIM_END.cut(core))
    core = strip_start(_PLACE_END.cut(_strip_comparison(core) if change else core), words)
    if core in words.bare or _NO_NAME.fullmatch(core) or PARENTHESIS.fullmatch(core):
        core = ""
    if change and _AGAINST.fullmatch(core):
        core = ""
    return Left(core, change, words.action.end(core))


def _without_lead(text: str) -> str:
    """Without 扣除价格因素, 主要任务是 and 春节期间 at the beginning."""
    if text[:1] in _OPENS_ASIDE:
        text = _ASIDE.sub("", text)
    text = _TASK_IS.sub("", text)
    return _DURING.sub("", text) if "期间" in text else text


_OPENS_ASIDE = ("与", "同", "和", "较", "比", "扣", "剔", "按", "不")


def _strip_end(core: str, words: NameWords) -> tuple[str, str]:
    change = ""
    while core:
        if words.intact.end(core):
            break
        verb = words.change.end(core)
        filler = words.copula.end(core)
        if verb and len(verb) > len(filler) and not verb.endswith(("率", "速", "幅", "目标", "任务", "计划", "量")):
            if change and words.action.end(core):
                break
            change = change or verb
            core = _strip_comparison(core[: -len(verb)])
        elif filler and (len(filler) > 1 or _is_last_word(core, filler, words)):
            core = core[: -len(filler)]
        else:
            break
    return core, change


def _is_last_word(core: str, filler: str, words: NameWords) -> bool:
    """True where one character is a word of its own: 定居 does not end in the verb 居."""
    if not "\u4e00" <= filler <= "\u9fff" or len(core) < 2:
        return True
    return words.edges.words(core[-12:])[-1] == filler


def _strip_comparison(core: str) -> str:
    """同比, 比上年, 年均 before a verb of change belong to it."""
    return _COMPARISON.cut(core)


_COMPARISON = Ending(
    r"(?:约|[比较](?:上个?[月周]|上个?季度?|前[0-9一二三]个?(?:月|季度)|年初|上年末|1[-—至][0-9]{1,2}月)|同比|环比|同期|相比|相较|对比|按[年季月]|(?<![占存贷价之])比|较|可比|略有?|小幅|微|同口径|比全[国省市]平均|[0-9一二两三四五六七八九十]{1,3}年平均|[0-9一二两三四五六七八九十]{1,3}年年均|可比价|同口径|名义|实际|年均|平均每年|年平均|累计|逆势|净)+$",
    "约月周度季初末比期较年略有幅微径均价义际计势净",
)


def strip_start(core: str, words: NameWords) -> str:
    """Without list marks, adverbs, conjunctions and durations at the beginning."""
    while core:
        mark = None if words.intact.start(core) else _MARKS.match(core) or _DURATION_START.match(core)
        if mark:
            core = core[mark.end() :]
            continue
        word = words.opener.start(core)
        if not word or len(words.intact.start(core)) > len(word) - 1:
            break
        if len(word) == 1 and "\u4e00" <= word <= "\u9fff" and words.edges.words(core[:12])[0] != word:
            break
        core = core[len(word) :]
    return core


_COMPARED = compiled(r"^(?:同比|环比)(?=.)")
_BESIDES = compiled(r"(?:比|较)[^，]{2,18}(?:高|低|快|慢|多|少|好)出?")


def is_dependent(core: str, words: NameWords) -> bool:
    """True where `core` cannot stand alone: 总数, 占比, 累计增速, 全市排名, 占规上工业总产值比重."""
    if _RATIO.match(core) or _LEVEL_ONLY.fullmatch(core) or _EXCEEDS.match(core):
        return True
    if core in _STANDALONE:
        return False
    rest = _COMPARED.sub("", _SCOPE.sub("", core))
    while rest:
        if _BESIDES.fullmatch(rest):
            return True
        word = words.dependent.start(rest) or words.sibling.start(rest) or words.change.start(rest)
        if not word:
            word = "和" if rest[0] in "和与及、" else ""
        if not word:
            return False
        rest = rest[len(word) :]
    return True


def base_of(name: str, words: NameWords) -> str:
    """The thing itself: the name without facets at its end (申报, 总数, 增速)."""
    base = name
    while not base.endswith("进出口"):
        word = words.sibling.end(base) or words.dependent.end(base)
        if not word or len(base) - len(word) < 2:
            break
        base = base[: -len(word)]
    return base


def without_facet(noun: str, words: NameWords) -> str:
    """重点河涌 of 重点河涌达标率, 企业 of 企业贡献工业产值: without what is measured of the things, and its verb."""
    things = noun.removesuffix(words.facet.end(noun))
    while things != noun and (lead := words.facet_lead.end(things)):
        things = things[: -len(lead)]
    return things if len(things) >= 2 else noun


def compose(topic: str, core: str, words: NameWords) -> str:
    """A dependent name with the thing that was spoken of before in front."""
    if not topic:
        return core
    if core.startswith(("出口", "进口")) and "进出口" in topic:
        return topic.partition("进出口")[0] + core
    if _LEVEL_ONLY.fullmatch(core) and core[0] not in "0123456789A":
        verb = words.action.start(topic)
        if _OWN_LEVEL.match(topic) or verb in words.dependent or not _OWN_LEVEL.match(topic[len(verb) :]):
            verb = ""
        return verb + core + _OWN_LEVEL.sub("", topic[len(verb) :])
    if _COMPARES.match(core) or _LEVEL_ONLY.fullmatch(core) or _FACETS.fullmatch(core) or _RATIO.match(core):
        return topic + core
    if core in words.sibling:
        return compiled(r"(?<=..)(?:新增|净增)$").sub("", base_of(topic, words)) + core
    if core.startswith(("总数", "总量", "累计", "存量", "总计")):
        topic = bare_thing(topic, words)
    stem = base_of(topic, words) if is_dependent(core, words) else topic
    scoped = _SCOPE.sub("", core)
    if scoped and stem.endswith(scoped):
        return stem
    return stem + core


def bare_thing(name: str, words: NameWords) -> str:
    """新增市场主体, 市场主体净增 → 市场主体: without the verb of what is new, where a total is spoken of."""
    verb = words.action.start(name)
    if verb.startswith(("新", "净", "申报", "认定", "引进", "培育")) and len(name) - len(verb) > 1:
        name = name[len(verb) :]
    return compiled(r"(?:新增|净增|申报|认定|新登记)$").sub("", name)


_LISTED = compiled(
    r"^[^的、]{1,40}、[^的]{0,80}?等(?:[0-9一二三四五六七八九十]{1,3}[个家项座条])?(?=[一-鿿“0-9]{3,40}$)"
)


def shorten(name: str, words: NameWords) -> str:
    """At most 40 characters, and fewer where a verb or a comma shows where the name of the thing begins."""
    name = without_marks(name)
    listed = _LISTED.match(name) if len(name) > WANTED - 4 else None
    if listed:  # 引进A、B、C等亿元以上项目
        name = words.action.start(name) + name[listed.end() :]
    if len(name) > WANTED - 4:
        cut = _last_boundary(name, words)
        if cut:
            name = name[cut:]
    if len(name) > WANTED - 4:
        head, of, tail = name.rpartition("的")
        if of and len(tail) >= 5 and not inside_quotes(name, len(head)):
            name = tail
    if len(name) > WANTED + 4:
        name = PARENTHESIS.sub("", name)
        head, mark, tail = name.rpartition("、")
        if mark and len(tail) >= 6 and not inside_quotes(name, len(head)):
            name = tail
    if len(name) > LONGEST - 8:
        name = name[-(LONGEST - 8) :]
    return without_marks(name)


def _last_boundary(name: str, words: NameWords) -> int:
    """The end of the last boundary word that leaves at least four characters."""
    for at, word in reversed(list(words.boundary.all(name, 1))):
        if len(name) - at - len(word) >= 4 and not inside_quotes(name, at):
            return at + len(word)
    return 0
