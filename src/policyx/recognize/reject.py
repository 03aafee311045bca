"""Why a number with a unit is no quantity: each test gives the id of the exclusion rule, or None."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from policyx.model import Span
from policyx.patterns import compiled
from policyx.recognize.candidates import Candidate
from policyx.recognize.context import clause_before, fits
from policyx.recognize.numeral import numeral_grammar
from policyx.recognize.spans import SpanSet
from policyx.rules import Rules
from policyx.rules.words import WordSet

_QUOTED = compiled(r"[“「『‘\"]([^“”「」『』‘’\"\n]{1,14})[”」』’\"]")
TITLED = compiled(r"《[^《》\n]{1,60}》")
_SUM = compiled(r"[个家座条项][^+＋]{1,12}[+＋]")
_ONE_ALLOWED = compiled(r"(?:仅|只|各|唯一|新增|增加|共|达|减少|增至)(?:有|建|设|新建)?$")
_ONE_UNITS = frozenset({"percent", "point", "multiple", "money", "area", "mass", "length", "duration", "power"})
_ZEROS = frozenset("零〇○Ｏ")
_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖")
_FORMAL_UNITS = frozenset({"money", "percent", "point", "mass"})
_NO_NAME = frozenset("有共达各计为了从由至到近超约逾过等是的")
_CLASS = compiled(r"(?:及?以上)?的?[一-鿿“]{1,8}")
_NOUN = compiled(r"[“\"]?的?([一-鿿]{1,8})")
_LATIN = compiled(r"[A-Za-z][-‐.]?$")
_HAN = "\u3000"  # from here on no letter, dash or currency sign
_DIGITS = "零〇○一二三四五六七八九"
_TERM_BEFORE = ("", "]", "】", "）", "﹞", "〕", "\n", "　", "*")
_TERM_AFTER = compiled(r"[^\W0-9A-Za-z_]{1,10}[*”]{0,2}[：:]")
_WITHIN = compiled(r"之内|以内|内|前")
_THRESHOLD = compiled(r"(?:超|过|破|近|逾|达|上|足|首|首度|超过|突破|接近|达到|增至|迈上|跨越)了?$")


class Exclusions:
    """The exclusion rules, ready to be asked; `text` is the whole text, so that quotes and titles are found once."""

    def __init__(self, text: str, rules: Rules, times: list[Span]) -> None:
        self._text = text
        self._tables = _tables(rules)
        self._grammar = numeral_grammar(rules)
        self._times = times
        self._time_starts = [span.start for span in times]
        self._quoted = SpanSet(m.span(1) for m in _QUOTED.finditer(text) if not _is_sum(m[1]))
        self._titled = SpanSet(m.span() for m in TITLED.finditer(text))
        self._spans = [
            (SpanSet(found), rule)
            for shape, cues, rule in self._tables.spans
            if any(cue in text for cue in cues) and (found := [match.span() for match in shape.finditer(text)])
        ]
        self._of_figures = (self._time, self._latin, self._before, self._after, self._announced, self._enclosed,
                            self._deadline, self._become, self._context)  # fmt: skip
        self._of_signs = (self._time, self._latin, self._before, self._phrase, self._after, self._multiplier,
                          self._class, self._one, self._zero, self._surname, self._announced, self._institute,
                          self._enclosed, self._deadline, self._become, self._spelled, self._term,
                          self._context)  # fmt: skip

    def reason(self, candidate: Candidate) -> str | None:
        """The id of the rule by which `candidate` is no quantity, or None where it may be one."""
        for test in self._of_signs if candidate.han else self._of_figures:
            rule = test(candidate)
            if rule:
                return rule
        return None

    def _time(self, c: Candidate) -> str | None:
        index = bisect_right(self._time_starts, c.end - 1) - 1
        if index >= 0 and self._times[index].end > c.start:
            return "exclusion.time"
        return None

    def _latin(self, c: Candidate) -> str | None:
        before = self._text[max(0, c.start - 2) : c.start]
        if before[-1:] >= _HAN:
            return None
        if before.endswith("$"):
            return None if before[0].isalpha() else "exclusion.placeholder"  # US$8亿
        return "exclusion.latin" if _LATIN.search(before) else None

    def _before(self, c: Candidate) -> str | None:
        word = self._tables.before.end(self._text[max(0, c.start - 3) : c.start].rstrip(" "))
        return self._tables.before.rule_of[word] if word else None

    def _phrase(self, c: Candidate) -> str | None:
        phrases = self._tables.phrases.get(self._text[c.start : c.start + 2], ())
        return next((rule for phrase, rule in phrases if self._text.startswith(phrase, c.start)), None)

    def _after(self, c: Candidate) -> str | None:
        word = self._tables.after.start(self._text, c.end)
        return self._tables.after.rule_of[word] if word else None

    def _multiplier(self, c: Candidate) -> str | None:
        if c.fraction or not self._grammar.is_bare_multiplier(c.surface):
            return None
        before = self._text[max(0, c.start - 4) : c.start]
        return None if _THRESHOLD.search(before) else "exclusion.bare_multiplier"

    def _class(self, c: Candidate) -> str | None:
        """超百亿元企业: a round floor right before what it sorts."""
        if not self._grammar.is_bare_multiplier(c.surface):
            return None
        following = _CLASS.match(self._text, c.end, c.end + 12)
        word = following and self._tables.classes.find(following[0])
        return self._tables.classes.rule_of[word[1]] if word else None

    def _one(self, c: Candidate) -> str | None:
        if c.surface != "一" or not c.written or c.written.unit.dimension in _ONE_UNITS:
            return None
        before = self._text[max(0, c.start - 4) : c.start]
        return None if _ONE_ALLOWED.search(before) else "exclusion.one"

    def _zero(self, c: Candidate) -> str | None:
        """零距离, 零起步, 破零倍增: 零 by itself is part of a word."""
        return "exclusion.zero" if not c.fraction and c.surface in _ZEROS else None

    def _surname(self, c: Candidate) -> str | None:
        """陆家镇, 伍家岗: a single digit as cheques write it is a surname, unless it counts money."""
        alone = c.surface in _FORMAL and c.written is not None and not c.fraction
        return "exclusion.surname" if alone and c.written and c.written.unit.dimension not in _FORMAL_UNITS else None

    def _announced(self, c: Candidate) -> str | None:
        """三个方面, 十件民生实事: a number that announces a list."""
        if not c.written or c.written.unit.dimension != "count":
            return None
        following = _NOUN.match(self._text, c.end, c.end + 9)
        if not following:
            return None
        word = self._tables.announced.start(following[1])
        if word:
            return self._tables.announced.rule_of[word]
        small = c.han and c.top is None and 1 < c.value * c.scale <= 20
        word = _first_end(self._tables.announced_han, following[1]) if small else ""
        return self._tables.announced_han.rule_of[word] if word else None

    def _become(self, c: Candidate) -> str | None:
        """合一成为: a verb; 逾九成为公营房屋 is a share."""
        if not c.written or c.written.word != "成" or not self._text.startswith("为", c.end):
            return None
        shares = self._tables.shares
        return None if shares.end(self._text[max(0, c.start - 2) : c.start]) else "exclusion.become"

    def _deadline(self, c: Candidate) -> str | None:
        """自受理之日起5个工作日内: a deadline is a time; 压缩到5个工作日以内 is a measure."""
        if not c.written or c.written.unit.dimension != "duration":
            return None
        before = clause_before(self._text, c.start)
        if self._tables.shortened.find(before):
            return None
        if not _WITHIN.match(self._text, c.end):
            word = self._tables.deadline.end(before)
            return self._tables.deadline.rule_of[word] if word else None
        found = self._tables.deadline.find(before)
        return self._tables.deadline.rule_of[found[1]] if found else None

    def _spelled(self, c: Candidate) -> str | None:
        """七二五所: digits read out one by one are a code name."""
        if not c.written or c.written.unit.dimension != "count" or c.scale > 1 or c.top is not None:
            return None
        spelled = len(c.surface) > 2 and not c.surface[:3].strip(_DIGITS)
        return "exclusion.spelled" if spelled else None

    def _term(self, c: Candidate) -> str | None:
        """[8]两个基地：… — a term at the start of a line or note, explained behind a colon."""
        if not c.written or self._text[c.start - 1 : c.start] not in _TERM_BEFORE:
            return None
        return "exclusion.term" if _TERM_AFTER.match(self._text, c.end) else None

    def _institute(self, c: Candidate) -> str | None:
        """电子五所: a numeral in characters behind a noun, and no verb of having or making before it."""
        if not c.written or c.written.word not in self._tables.institutes or len(c.surface) > 2:
            return None
        if c.surface[0] in "两几数":  # never an ordinal
            return None
        before = self._text[max(0, c.start - 6) : c.start]
        following = self._text[c.end : c.end + 1]
        noun = before and "一" <= before[-1] <= "鿿" and before[-1] not in _NO_NAME
        leans = noun and not self._tables.actions.end(before)
        if following == "、":  # 新建学校五所、医院三所 counts; 电子五所、中汽研 names
            clause = compiled(r"[，,。；;：:]").split(self._text[max(0, c.start - 16) : c.start])[-1]
            return "exclusion.institute" if leans and not self._tables.actions.find(clause) else None
        return "exclusion.institute" if leans and following not in "，。；" else None

    def _enclosed(self, c: Candidate) -> str | None:
        for spans, rule in self._spans:
            if spans.holds(c.start):
                return rule
        if self._titled.holds(c.start):
            return "exclusion.title"
        return "exclusion.slogan" if self._quoted.holds(c.start) else None

    def _context(self, c: Candidate) -> str | None:
        fitting = c.written is None or fits(self._text, c.start, c.end, c.written)
        return None if fitting else "exclusion.context"


def _first_end(words: WordSet, noun: str) -> str:
    """The word that ends the first six characters of `noun` or fewer: 实事 in 民生实事, 举措 in 惠企举措."""
    return next((word for size in range(2, min(len(noun), 6) + 1) if (word := words.end(noun[:size]))), "")


def _is_sum(quoted: str) -> bool:
    """1个核心区+20个分园区 counts things; 1+4 does not."""
    return bool(_SUM.search(quoted))


class _Tables:
    def __init__(self, rules: Rules) -> None:
        self.before = WordSet(rules.words("exclusion", "before"))
        self.after = WordSet(rules.words("exclusion", "after"))
        self.spans = [
            (compiled(e["pattern"]), tuple(e.get("words") or ("",)), str(e["id"]))
            for e in rules.of("exclusion", "span")
        ]
        self.classes = WordSet(rules.words("exclusion", "class"))
        self.announced = WordSet(rules.words("exclusion", "announced"))
        self.announced_han = WordSet(rules.words("exclusion", "announced_han"))
        self.shares = WordSet(rules.words("exclusion", "become"))
        self.deadline = WordSet(rules.words("exclusion", "deadline"))
        self.shortened = WordSet(rules.words("exclusion", "shortened"))
        self.institutes = frozenset(rules.words("exclusion", "institute"))
        self.actions = WordSet(rules.words("name", "action"))
        self.phrases: dict[str, list[tuple[str, str]]] = {}
        for phrase, rule in rules.words("exclusion", "phrase").items():
            self.phrases.setdefault(phrase[:2], []).append((phrase, rule))


@lru_cache(maxsize=4)
def _tables(rules: Rules) -> _Tables:
    return _Tables(rules)
