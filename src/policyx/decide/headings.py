"""What a heading, or the label before a colon, names: what the figures behind it are of."""

from __future__ import annotations

from policyx.clause import Clause, Lexicon
from policyx.decide import name_words, phrases
from policyx.patterns import compiled

_LONGEST_LABEL = 6  # words
_SHORT_LABEL = 12  # characters: 火车北站配建停车场收费
_LONGEST_STANDARD = 10  # 非全日制用工小时最低工资标准
_BLANKS = " \t\u3000\xa0"
_ENDS_LABEL = frozenset({"copula", "aside"})
_SORTS = ("puts_as",)
_SORTED = frozenset({"become", *_SORTS})
_LONGEST_TIERS = 3  # characters: 三档
_NAMES_LABEL = frozenset({"shared", "standard_is"})
_ASKS = ("？", "?")
_HEADING_MARK = compiled(r"^(?:第\s?)?[（(]?\s?[一二三四五六七八九十百0-9]{1,4}\s?(?:[）)、.．]|[条章节])\s*")


def without_list_mark(heading: str) -> str:
    """第三条, （二）, 1. off the beginning of a heading."""
    return _HEADING_MARK.sub("", heading)


def asked(heading: str, words: Lexicon) -> str:
    """What a heading that asks is about: 购房补贴标准 of 问：购房补贴标准是多少？; another heading as it is."""
    if not heading.endswith(_ASKS):
        return heading
    said = without_list_mark(heading).rstrip("？?")
    lead = next((lead for lead in words.question_leads if said.startswith(lead)), "")
    said = said[len(lead) :].lstrip("：:、. 0123456789")
    cuts = [at for tail in words.question_tails if (at := said.find(tail)) >= 0]
    return said[: min(cuts, default=len(said))]


def label(clause: Clause, at: int) -> str:
    """The noun of a few words before the last colon of the sentence that word `at` stands in; nothing where it says
    what is done (新建渔港：) or what the paragraph is about (申报条件：)."""
    while at > 0 and not clause.roles(at) & {"colon", "stop"}:
        at -= 1
    if "colon" not in clause.roles(at):
        return ""
    first, last = phrases.trimmed(clause, clause.start(at), at)
    last = clause.end(first + 1, last, *_SORTS)  # 低保标准分为三档：
    while last - first > 1 and clause.roles(last - 1) & _ENDS_LABEL and not clause.roles(last - 1) & _NAMES_LABEL:
        last -= 1  # 报销比例为（每人每年）：
    longest = _LONGEST_STANDARD if clause.roles(last - 1) & {"standard", "shared"} else _LONGEST_LABEL
    short = first < last and clause.ends[last - 1] - clause.starts[first] <= _SHORT_LABEL
    if not (short or 0 < last - first <= longest):
        return ""
    if any(clause.roles(number) & {"predicate", "part_mark", "doc_noun"} for number in range(first, last)):
        return ""
    ends = clause.roles(last - 1)
    if "standard_is" in ends and last - first > 1:
        said = phrases.phrase(clause, first, last - 1) + clause.lexicon.beginning(
            clause.said(last - 1, last), "form_label"
        )
        return said if name_words.measures(said, clause.lexicon) else ""  # 起付标准为：一级医院200元
    amount = "amount" in ends and last - first > 1  # 贷款金额
    form = _is_form(ends, clause.roles(last - 2) if last - first > 1 else frozenset())
    if "standard_is" in ends or (form and not amount):
        return ""
    said = phrases.phrase(clause, first, last)
    return said if len(said) > 1 else ""


def item_label(clause: Clause, at: int, heading: str) -> str:
    """The label before the last colon, or the one that the item's number stands before: 1.温控大棚：每亩补贴5万元."""
    said = label(clause, at)
    if said or not heading or not _opened_by_colon(clause):
        return said
    heading = _unsorted(name_words.tidy(without_list_mark(heading)), clause.lexicon)
    own = [clause.lexicon.roles[letter] for _, _, letter in clause.lexicon.words(heading)]
    form = not own or _is_form(own[-1], own[-2] if len(own) > 1 else frozenset()) or len(heading) > _SHORT_LABEL
    return "" if form or any(roles & {"predicate", "part_mark", "doc_noun"} for roles in own) else heading


def _unsorted(heading: str, words: Lexicon) -> str:
    """低保标准 of 低保标准调整为三档: what a heading says to have tiers."""
    for low, high, letter in words.words(heading)[1:]:
        if words.roles[letter] & _SORTED and 0 < len(heading) - high <= _LONGEST_TIERS:
            return heading[:low]
    return heading


def _opened_by_colon(clause: Clause) -> bool:
    """Whether a colon stands before the first word, or before the time that leads to it: 二、远洋捕捞：4月产值5亿元."""
    marks, roles = clause.lexicon.marks, clause.lexicon.roles
    ends = (clause.text[:start].rstrip(_BLANKS)[-1:] for start in clause.starts[:2])
    return any("colon" in roles[marks.get(end, clause.lexicon.mark)] for end in ends)


def _is_form(last: frozenset[str], before: frozenset[str]) -> bool:
    """Whether a label names nothing: 补贴标准, 补贴 alone; but 培训补贴 does."""
    named = "benefit" in last and bool(before & {"noun", "benefit_kind"}) and "form_label" not in before
    return "form_label" in last and "shared" not in last and not named


def standard_of(heading: str, words: Lexicon, *, granted: bool = False) -> str:
    """The standard that a heading names: 第七条 租金标准; `granted`: also that of a benefit, 三、租房补贴标准."""
    said = _unsorted(name_words.tidy(without_list_mark(heading)), words)
    parts = words.words(said) if len(said) <= name_words.WANTED else ()
    if len(parts) > 1 and "standard_is" in words.roles[parts[-1][2]]:
        low, high, _ = parts[-1]
        said = said[:low] + words.beginning(said[low:high], "form_label")  # 起付标准为：
        parts = words.words(said)
    own = [words.roles[letter] for _, _, letter in parts]
    before = own[-2] if len(own) > 1 else frozenset[str]()
    done = bool(before & {"predicate", "verbal_noun"}) and "noun" not in before  # 滨海市调整水价
    form = len(own) > 1 and "form_label" in own[-1]
    raised = len(own) > 1 and {"raised", "shared"} <= own[-1]
    if form:
        own.pop()  # 污水处理费标准
    benefit = (
        granted and own and ("benefit_standard" in own[-1] or raised or (form and {"raised", "shared"} <= own[-1]))
    )
    return said if own and not done and ("standard" in own[-1] or benefit) else ""
