"""Why a number with a unit is no quantity: each test gives the id of the exclusion rule, or None."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from policyx.model import Span
from policyx.patterns import compiled, matches_at
from policyx.recognize.candidate import Candidate
from policyx.recognize.context import clause_before, fits
from policyx.recognize.numeral import numeral_grammar
from policyx.recognize.series import numbered_classes
from policyx.recognize.spans import SpanSet, matches_near
from policyx.recognize.units import unit_table
from policyx.recognize.wording import alternation, is_han, wording
from policyx.rules import Rules
from policyx.rules.words import WordFinder, WordSet

_QUOTED = compiled(  # a value of program text is no slogan: text: "面积 ≥ 50㎡",
    r"(?:[“「『‘]|(?<![:=\[({,])(?<![:=\[({,] )\")([^“”「」『』‘’\"\n]{1,14})(?:[”」』’]|\"(?! ?[,;\]}]))"
)
_OPENS_QUOTE = '“「『‘"'
TITLED = compiled(r"《[^《》\n]{1,60}》")
_TENTH = "unit.tenth"
_BEFORE_CUE, _BEHIND_CUE = 24, 80  # characters around its cue that a short pattern takes up
_EACH = "exclusion.before.each"
_STEPS = frozenset({"money", "area", "count", "people", "mass"})
_COUNTS = frozenset({"count", "people"})
_ONE_UNITS = frozenset({"percent", "point", "multiple", "money", "area", "mass", "length", "duration", "power"})
_FORMAL_UNITS = frozenset({"money", "percent", "point", "mass"})
_LATIN = compiled(r"[A-Za-z][-‐.]?$")
_LATIN_NAME = compiled(r"[A-Za-z]{3}$")
_DOLLARS = ("$", "＄")
_LEAST_DOLLARS = 100  # $1 is a template's variable
_HAN = "\u3000"  # from here on no letter, dash or currency sign
_TERM_BEFORE = ("", "]", "】", "）", "﹞", "〕", "\n", "　", "*")
_TERM_AFTER = compiled(r"[^\W0-9A-Za-z_]{1,10}[*”]{0,2}[：:]")


class Exclusions:
    """The exclusion rules, ready to be asked; `text` is the whole text, so that quotes and titles are found once."""

    def __init__(self, text: str, rules: Rules, times: list[Span]) -> None:
        self._text = text
        self._tables = _tables(rules)
        self._grammar = numeral_grammar(rules)
        self._units = unit_table(rules)
        self._times = times
        self._time_starts = [span.start for span in times]
        enclosing = list(_enclosing(text, self._tables, rules))
        self._spans = [(SpanSet(spans), rule) for spans, rule in enclosing]
        self._enclosed_by_any = SpanSet(span for spans, _ in enclosing for span in spans)
        self._of_figures = (self._two_lines, self._time, self._latin, self._before, self._after, self._announced,
                            self._enclosed, self._deadline, self._become, self._context)  # fmt: skip
        self._of_signs = (self._two_lines, self._time, self._latin, self._before, self._phrase, self._after,
                          self._multiplier, self._class, self._one, self._zero, self._surname, self._announced,
                          self._institute, self._enclosed, self._deadline, self._become, self._spelled, self._term,
                          self._context)  # fmt: skip

    def reason(self, candidate: Candidate) -> str | None:
        """The id of the rule by which `candidate` is no quantity, or None where it may be one."""
        for test in self._of_signs if candidate.han else self._of_figures:
            rule = test(candidate)
            if rule:
                return rule
        return None

    def _two_lines(self, c: Candidate) -> str | None:
        return "exclusion.two_lines" if self._text.find("\n", c.start, c.end) >= 0 else None

    def _time(self, c: Candidate) -> str | None:
        index = bisect_right(self._time_starts, c.end - 1) - 1
        if index >= 0 and self._times[index].end > c.start:
            return "exclusion.time"
        return None

    def _latin(self, c: Candidate) -> str | None:
        before = self._text[max(0, c.start - 2) : c.start]
        if before.endswith(_DOLLARS) and not (before[0].isascii() and before[0].isalpha()):
            in_template = c.scale == 1 or before[0].isdecimal() or before[0] == "."  # 外资2$1.$2亿美元
            return "exclusion.placeholder" if c.value < _LEAST_DOLLARS and in_template else None
        if before[-1:] >= _HAN or self._units.currency_before(self._text, c.start):
            return None
        if not _LATIN.search(before):
            return None
        sum_or_rate = c.written is not None and c.written.unit.dimension in _FORMAL_UNITS  # GDP1200亿元
        named = sum_or_rate and _LATIN_NAME.search(self._text[max(0, c.start - 3) : c.start])
        return None if named else "exclusion.latin"

    def _before(self, c: Candidate) -> str | None:
        word = self._tables.before.end(self._text[max(0, c.start - 3) : c.start].rstrip(" "))
        rule = self._tables.before.rule_of[word] if word else None
        if rule != _EACH or not c.written or c.written.unit.dimension not in _STEPS:
            return rule
        return None if self._tables.granted.start(self._text, c.end) else rule  # 每200万元奖励1万元

    def _phrase(self, c: Candidate) -> str | None:
        phrases = self._tables.phrases.get(self._text[c.start : c.start + 2], ())
        return next((rule for phrase, rule in phrases if self._text.startswith(phrase, c.start)), None)

    def _after(self, c: Candidate) -> str | None:
        words = self._tables.after
        word = words.start(self._text, c.end)
        if not word and not c.written:
            words = self._tables.after_bare
            word = words.start(self._text, c.end)
        return words.rule_of[word] if word else None

    def _multiplier(self, c: Candidate) -> str | None:
        if c.fraction or c.vague or not self._grammar.is_bare_multiplier(c.surface):
            return None  # 百余家 counts
        ten = c.surface[:1] == self._grammar.ten and c.written and c.written.unit.dimension == "money"
        if ten and self._tables.amount_ends.match(self._text, c.end):
            return None  # 资产上限十万元。 but 十亿元企业
        before = self._text[max(0, c.start - 4) : c.start]
        return None if self._tables.threshold.search(before) else "exclusion.bare_multiplier"

    def _class(self, c: Candidate) -> str | None:
        """超百亿元企业: a round floor right before what it sorts."""
        counts = c.written is not None and c.written.unit.dimension in _COUNTS  # 超百家企业
        if counts or not self._grammar.is_bare_multiplier(c.surface):
            return None
        following = self._tables.classed.match(self._text, c.end, c.end + 12)
        word = following and self._tables.classes.find(following[0])
        return self._tables.classes.rule_of[word[1]] if word else None

    def _one(self, c: Candidate) -> str | None:
        rule = self._tables.one.get(c.surface)
        if not rule or not c.written or c.written.unit.dimension in _ONE_UNITS:
            return None
        before = self._text[max(0, c.start - 4) : c.start]
        return None if self._tables.one_counts.search(before) else rule

    def _zero(self, c: Candidate) -> str | None:
        """零距离, 零起步, 破零倍增: 零 by itself is part of a word."""
        return None if c.fraction else self._tables.zero.get(c.surface)

    def _surname(self, c: Candidate) -> str | None:
        """陆家镇, 伍家岗: a single digit as cheques write it is a surname, unless it counts money."""
        rule = self._tables.surname.get(c.surface)
        alone = rule is not None and c.written is not None and not c.fraction
        return rule if alone and c.written and c.written.unit.dimension not in _FORMAL_UNITS else None

    def _announced(self, c: Candidate) -> str | None:
        """三个方面, 十件民生实事: a number that announces a list."""
        if not c.written or c.written.unit.dimension != "count":
            return None
        following = self._tables.noun.match(self._text, c.end, c.end + 9)
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
        if not c.written or c.written.unit.rule != _TENTH or not self._text.startswith(self._tables.copulas, c.end):
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
        if not self._tables.within.start(self._text, c.end):
            word = self._tables.deadline.end(before)
            return self._tables.deadline.rule_of[word] if word else None
        found = self._tables.deadline.find(before)
        return self._tables.deadline.rule_of[found[1]] if found else None

    def _spelled(self, c: Candidate) -> str | None:
        """七二五所: digits read out one by one are a code name."""
        if not c.written or c.written.unit.dimension != "count" or c.scale > 1 or c.top is not None:
            return None
        spelled = len(c.surface) > 2 and not c.surface[:3].strip(self._tables.spelled)
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
        if c.surface[0] in self._tables.cardinal:  # 两 and 几 are never an ordinal
            return None
        before = self._text[max(0, c.start - 6) : c.start]
        following = self._text[c.end : c.end + 1]
        noun = before and is_han(before[-1]) and before[-1] not in self._tables.no_name
        leans = noun and not self._tables.actions.end(before)
        if following == "、":  # 新建学校五所、医院三所 counts; 电子五所、中汽研 names
            clause = compiled(r"[，,。；;：:]").split(self._text[max(0, c.start - 16) : c.start])[-1]
            return "exclusion.institute" if leans and not self._tables.actions.find(clause) else None
        return "exclusion.institute" if leans and following not in "，。；" else None

    def _enclosed(self, c: Candidate) -> str | None:
        if not self._enclosed_by_any.holds(c.start):
            return None
        return next((rule for spans, rule in self._spans if spans.holds(c.start)), None)

    def _context(self, c: Candidate) -> str | None:
        fitting = c.written is None or fits(self._text, c.start, c.end, c.written)
        return None if fitting else "exclusion.context"


def _enclosing(text: str, tables: _Tables, rules: Rules) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """The stretches whose numbers are no quantities, by rule: the first that holds a number is told."""
    present = tables.cues.present(text)
    for shape, cues, rule in tables.spans:
        if not cues or not present.isdisjoint(cues):
            yield [match.span() for match in shape.finditer(text)], rule
    for shape, cue, begins, rule in tables.near:
        found = matches_at(cue, text, begins)
        yield [match.span() for match in matches_near(shape, text, found, _BEFORE_CUE, _BEHIND_CUE)], rule
    yield numbered_classes(text, rules)
    yield [match.span() for match in TITLED.finditer(text)], "exclusion.title"
    quotes = matches_at(_QUOTED, text, _OPENS_QUOTE)
    quoted = [match.span(1) for match in quotes if not tables.sum.search(match[1])]
    yield quoted, "exclusion.slogan"


def _first_end(words: WordSet, noun: str) -> str:
    """The word that ends the first six characters of `noun` or fewer: 实事 in 民生实事, 举措 in 惠企举措."""
    return next((word for size in range(2, min(len(noun), 6) + 1) if (word := words.end(noun[:size]))), "")


class _Tables:
    def __init__(self, rules: Rules) -> None:
        words, grammar = wording(rules), numeral_grammar(rules)
        self.one, self.zero, self.surname = (rules.words("exclusion", role) for role in ("one", "zero", "surname"))
        self.sum = compiled(rf"{words.either('counted_in_sum')}[^+＋]{{1,12}}[+＋]")  # 1个核心区+20个分园区
        aspect = words.either("aspect")
        self.one_counts = compiled(rf"{words.either('one_counts')}(?:{words.either('one_counts_verb')})?$")
        self.amount_ends = compiled(rf"[，,。；;）)\n]|$|{words.either('amount_ends')}")
        self.threshold = compiled(rf"{words.either('threshold')}{aspect}?$")
        limit, of = words.either("floor_limit"), words.either("of")
        self.classed = compiled(rf"{limit}?{of}?[\u4e00-\u9fff“]{{1,8}}")
        self.noun = compiled(rf"[“\"]?{of}?([\u4e00-\u9fff]{{1,8}})")
        self.copulas = tuple(words.words("copula"))
        self.within = words.set("within_limit", "before_limit")
        self.spelled = grammar.zeros + grammar.ones
        self.cardinal = frozenset([*words.words("never_ordinal"), *grammar.some])
        self.no_name = frozenset(words.words("ends_no_name"))
        self.granted = words.set("step_granted")
        self.before = WordSet(rules.words("exclusion", "before"))
        self.after = WordSet(rules.words("exclusion", "after"))
        self.after_bare = WordSet(rules.words("exclusion", "after_bare"))
        self.spans = [
            (compiled(e["pattern"]), tuple(e.get("words", ())), str(e["id"])) for e in rules.of("exclusion", "span")
        ]
        self.cues = WordFinder(cue for _, cues, _ in self.spans for cue in cues)
        self.near = [
            (
                compiled(e["pattern"]),
                compiled(rf"{alternation(e['words'])}\s?[^\s0-9，。；、]?[0-9{grammar.small}{grammar.hundred}]"),
                frozenset(word[0] for word in e["words"]),
                str(e["id"]),
            )
            for e in rules.of("exclusion", "near")
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
