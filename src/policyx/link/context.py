"""What is known of a document as a whole: its title, date, kind, and the year that it speaks of.

Found in the text's head and in its file name, or given by the user; never taken from the clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from policyx.model import Segment
from policyx.patterns import compiled
from policyx.rules import Rules

_YEAR = r"(?:19|20)[0-9]{2}"
_FULL_DATE = compiled(
    rf"({_YEAR})(?:\s?年\s?|-|/|\.)([01]?[0-9])(?:\s?月\s?|-|/|\.)([0-3]?[0-9])(?:\s?日|\b|(?![0-9]))"
)
_ANY_YEAR = compiled(rf"(?<![0-9])({_YEAR})(?=年(?!的?(?:不变|可比|价))|[-—至~]|_|\.|$)")
# a year that opens a sentence, stands in a chart's title, or whose rate of exchange is used
_SPOKEN_OF = compiled(
    rf"(?:^|[。；;\n]|[，,:：、]|[图表]\s?[0-9]{{0,2}}\s?[:：]?)\s{{0,4}}({_YEAR})年(?:度|末|底)?"
    rf"(?=[，,]|[全我][国省市县区州旗镇乡]|[^，。；\n]{{0,24}}(?:达|为|完成|实现|增长|构成))|({_YEAR})年平均汇率"
)
_SOURCE_LINE = compiled(r"^(?:source|url|link|来源网址|原文链接)\s*[:：].*$", re.MULTILINE)
_FRONT_TITLE = compiled(r"^title:\s*(\S.*?)\s*$", re.MULTILINE)
_BANNER = compiled(r"[>＞»][^>＞»]*[>＞»]|法宝|https?://|原文链接|首页|当前位置|您现在的位置|登录|注册")
_MARKED = compiled(r"第.{1,4}[条章篇节]|[一二三四五六七八九十]{1,4}、|[（(][一二三四五六七八九十]{1,4}[）)]")
_TITLE_TAIL = compiled(
    r"(?:》|摘要|摘编|要点|草案|”|的通知|的公告|通知|（[^）]{0,80}）|\([^)]{0,80}\)|[-—_·|,，]|[0-9]|和|与|及|主要|送审稿|（|$)"
)
_SHORTEST_TITLE = 8  # a front matter that says no more than 1982年 hides the real title
_HEAD = 1500
_LEAD = 2500
_REPORT = compiled(
    r"(?<!《)政府工作报告(?!》|中|里|上|提出|指出|显示|说|速读|解读|报道)|(?<!工)作(?:政府)?工作报告"
    r"|报告(?:政府)?工作|(?:(?<!工)作|向大会)[^。《]{0,12}报告"
)
# what a rule grants; not the grants that somebody has won (争取上级补助资金)
_GRANTED = compiled(
    r"给予|(?:一次性|最高|分别|按|进行|予以)[^，。；]{0,12}(?:补助|补贴|奖励|资助)"
    r"|(?:补助|补贴|奖励|资助)(?:标准|比例|额度|金额|资金(?:比例|安排|按|不|占|的)|方式|[0-9])"
)
_OWN_RULES = compiled(
    r"本(?:规定|办法|政策|细则|措施|优惠政策)(?:所称|所指|适用|自[^，。]{1,14}起|由[^，。]{2,20}负责解释)"
)
_DUE = compiled(r"(?:年|[0-9]月)底?前(?:完成)?\s*$", re.MULTILINE)  # the last cell or clause of a task
_DUE_IN_TASKS = 4
# an excerpt that only says what is to be done, and tells nothing that has been
_AIMS = compiled(
    r"力争|争取|确保|要(?:以|加快|大力|坚持|积极|进一步|突出|抓|在)|使[^，。；]{2,30}(?:达到|发展到)|大力发展|积极推[行进动]|努力"
)
_FACTS = compiled(
    r"同比|环比|[比较]上?年|年末|截[至止]|[成现到得]了|已|目前|共有|现有|去年|上年|以来|累计|表示|记者|介绍|取得"
)
_FEWEST_AIMS = 4
_TOLD = compiled(r"记者|本报讯|(?<![0-9])[近日]日[，,前]|今年以来|截至目前|到目前[，,]|[，,](?:表示|介绍)说?[：:，,]")
_ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六")
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_FIVE_YEARS = compiled(rf"第({_ORDINAL})个?五年|[“\"]?({_ORDINAL})五[”\"]?")
_WHOLLY_QUOTED = compiled("《[^《》]*》")
_CITED_COMMUNIQUE = compiled(rf"《[^》]{{0,12}}({_YEAR})年?[^》]{{0,24}}(?:公报|年报)》")
_JUST_OVER = compiled(rf"(?:刚刚|已经|即将)过去的({_YEAR})年")
_DUTIES = compiled(r"^(?:牵头|责任|配合|完成)(?:单位|部门|领导|时限|人)[:：]", re.MULTILINE)
_PART_OF_YEAR = compiled(r"今年|季度|上半年|[0-9]月")
_LOOKS_BACK = compiled(
    rf"{_JUST_OVER.pattern}|({_YEAR})年(?:度)?(?:，|,)?是[^，。\n]{{2,40}}年|(?:回望|回眸|盘点|回顾|再见|数说|成绩单)\s?({_YEAR})(?![-./年])|"
    rf"(?:回望|回眸|盘点|回顾)({_YEAR})年"
)
_COMMUNIQUE_YEAR = compiled(
    rf"({_YEAR})年?[^，。\n]{{0,24}}(?:公报|总结|运行情况|完成情况|执行情况|工作情况|预决算|决算)"
)


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """Facts about the whole document. `anchor` is the year from which 今年 and 去年 count; `actual_year` and
    `target_year` are what a figure belongs to that has no time of its own; `status` what an unmarked figure is;
    `spoken`: the year from which 今年 and 明年 count where that is not the anchor (a report given in December);
    `anchor_known`: the anchor is a date or a title's year, not the first year that the text happens to name."""

    title: str | None
    date: str | None
    anchor: int | None
    kind: str
    status: str
    status_rule: str
    actual_year: int | None
    target_year: int | None
    place: str | None = None
    anchor_known: bool = False
    spoken: int | None = None


def read_context(
    text: str, segments: list[Segment], rules: Rules, source: str, title: str | None, date: str | None
) -> DocumentContext:
    """The document's context; `title` and `date` (ISO, or a year) as given by the user come first."""
    head = _SOURCE_LINE.sub("", text[:_HEAD])
    found_title = title or _title(head, segments, text, rules)
    stem = PurePath(source).stem if source != "-" else ""
    found_date = date or _date(head, found_title)
    anchor = _anchor(found_date, found_title, stem, text)
    kind, status, rule = _kind(found_title, head, text, stem, rules)
    late = bool(found_date and found_date[5:7] in ("11", "12"))
    ahead = bool(found_date and anchor and int(found_date[:4]) < anchor)  # a year's report given before it begins
    if (
        kind == "report"
        and anchor
        and not ahead
        and (late or re.search(rf"{anchor}年[^，。\n]{{0,8}}(?:回顾|总结)", text[:3000]))
    ):
        anchor += 1  # given at the year's end: it looks back on that year and plans the next
    known = bool(found_date) or (anchor is not None and str(anchor) in (found_title or ""))
    actual, target = _years(kind, anchor, found_title, text)
    if actual is None and kind in ("news", "communique") and not known:
        only = _only_year(text)
        actual = only if only == anchor or not (anchor and str(anchor) in stem) else None
    spoken = (
        int(found_date[:4]) if kind == "report" and found_date and anchor and anchor > int(found_date[:4]) else None
    )
    return DocumentContext(found_title, found_date, anchor, kind, status, rule, actual, target, None, known, spoken)


def _title(head: str, segments: list[Segment], text: str, rules: Rules) -> str | None:
    """The front matter's title; else, of the first lines, the one that names a kind of document; else the first
    heading."""
    front = _FRONT_TITLE.search(head)
    if front and len(front[1]) >= _SHORTEST_TITLE:
        return front[1]
    first = front[1] if front else None
    for segment in segments[:14]:
        line = text[segment.span.start : segment.span.end].strip("#*> ")
        if _WHOLLY_QUOTED.fullmatch(line) or line.count("《") != line.count("》"):
            line = line.strip("《》 ")
        if (
            segment.kind == "row"
            or not 4 <= len(line) <= 90
            or line.rstrip('"”’')[-1:] in "。，；：,"
            or _BANNER.search(line)
        ):
            continue
        if _MARKED.match(line):
            break
        if _title_status(line, rules):
            return line
        if first is None and segment.kind == "heading":
            first = line
    return first


def _date(head: str, title: str | None) -> str | None:
    for place in (title or "", head):
        match = _FULL_DATE.search(place)
        if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
            return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    return None


def _anchor(date: str | None, title: str | None, stem: str, text: str) -> int | None:
    for place in (title or "",):
        years = [int(y) for y in _ANY_YEAR.findall(place)]
        if date and years and int(date[:4]) not in years and "报告" not in place:
            break
        if len(years) == 1 and "报告" in place:
            given = date is not None and int(date[:4]) == years[0] + 1 and date[5:7] in ("01", "02", "03", "04")
            return years[0] + given  # named for the year that it reviews
    if date:
        return int(date[:4])
    over = _JUST_OVER.search(text[:_LEAD])
    if over:
        return int(over[1]) + 1
    first = _ANY_YEAR.search(text[:60])
    if first:
        return int(first[1])
    in_name = compiled(rf"(?<![0-9])({_YEAR})(?![0-9])").findall(stem)
    if in_name:
        return int(in_name[-1])
    return None


def _kind(title: str | None, head: str, text: str, stem: str, rules: Rules) -> tuple[str, str, str]:
    """The kind of document, and the status of its unmarked figures with the rule that says so."""
    best = _title_status(title or stem, rules)
    communique = best is not None and best[0] == "communique" and "公报" in (title or stem)
    if _REPORT.search(title or "") or (_REPORT.search(head[:600]) and not communique):
        return "report", "actual", "status.document.actual"
    if best:
        return best[0], best[1], best[2]
    if _OWN_RULES.search(text[:20000]):
        return "policy", "policy", "status.document.policy"
    if compiled(r"本(?:规划|纲要|计划|方案)(?:确定|提出|实施|期|主要|根据|依据|是)").search(text[:20000]):
        return "plan", "target", "status.document.plan"
    if len(_DUE.findall(text[:8000])) >= _DUE_IN_TASKS or len(_DUTIES.findall(text[:8000])) >= _DUE_IN_TASKS:
        return "plan", "target", "status.document.plan"
    if len(_AIMS.findall(text[:8000])) >= _FEWEST_AIMS and not _FACTS.search(text[:8000]):
        return "plan", "target", "status.document.plan"
    granted = len(_GRANTED.findall(text[:8000]))
    if granted * 250 > min(len(text), 8000) and not _TOLD.search(text[:8000]):
        return "policy", "policy", "status.document.policy"
    return "news", "actual", "status.document.actual"


def _title_status(title: str, rules: Rules) -> tuple[str, str, str] | None:
    """The status word that stands last in the title wins: the head of a noun phrase stands last."""
    best: tuple[int, int, str, str, str] | None = None
    for entry in rules.of("status"):
        if entry["scope"] != "document":
            continue
        for word in entry.get("words", []):
            at = title.rfind(word)
            if at < 0 or not _TITLE_TAIL.match(title, at + len(word)):
                continue
            if best is None or (at + len(word), len(word)) > best[:2]:
                kind = {"target": "plan", "policy": "policy"}.get(entry["status"], "communique")
                best = (at + len(word), len(word), kind, entry["status"], entry["id"])
    return best[2:] if best else None


def _years(kind: str, anchor: int | None, title: str | None, text: str) -> tuple[int | None, int | None]:
    """The year of facts and the year of aims, for figures that have no time of their own.

    A report given in January speaks of last year's facts and this year's aims; a communiqué names its year in the
    title; a plan its last year; a news item says which year it looks back on (2022年是……的一年)."""
    if kind == "report":
        return (anchor - 1, anchor) if anchor else (None, None)
    if kind == "plan":
        years = set(_ANY_YEAR.findall(text))
        return None, _planned_year(title or "") or (int(years.pop()) if len(years) == 1 else None)
    if kind == "policy":
        return None, None
    lead = text[:_LEAD]
    named = _COMMUNIQUE_YEAR.search(title or "") or _CITED_COMMUNIQUE.search(lead[:300])
    if named:
        return int(named[1]), None
    stated = _LOOKS_BACK.search(lead)
    told = int(next(group for group in stated.groups() if group)) if stated else None
    ahead = anchor if anchor and (told is None or told == anchor) and re.search(rf"今年|{anchor}年", lead) else None
    if told is not None and told == anchor and kind == "news":
        return None, anchor
    return told, ahead


def _only_year(text: str) -> int | None:
    """The one year that an undated text speaks of, where it names no other so."""
    years = {match[1] or match[2] for match in _SPOKEN_OF.finditer(text)}
    if not years and _PART_OF_YEAR.search(text[:_LEAD]):
        years = set(_ANY_YEAR.findall(text))  # 今年以来, and one year in passing
    return int(years.pop()) if len(years) == 1 else None


def _planned_year(title: str) -> int | None:
    """The last year of the plan that a title names: “十四五”规划, 2018—2020年行动计划, 2020年工作要点."""
    planned = _FIVE_YEARS.search(title)
    if planned:
        return 1960 + 5 * _ORDINALS.index(planned[1] or planned[2])
    years = compiled(rf"({_YEAR})(?!\s?(?:年\s?)?[版号])").findall(title)
    return int(years[-1]) if years else None
