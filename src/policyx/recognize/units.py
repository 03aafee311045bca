"""Units behind a number: the longest written unit that fits, and compound rates such as 元/平方米·月."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain

from policyx.model import Unit
from policyx.patterns import any_word, compiled
from policyx.recognize.numeral import numeral_grammar
from policyx.recognize.wording import wording
from policyx.rules import Entry, Rules
from policyx.tuples import NamedTuple

_DENOMINATOR_MARKS = "·•‧./"
_RATE_MARKS = "/／"
_SIGN_ENDS = frozenset("23²³㎡㎥hg")
_CLAUSE_ENDS = frozenset("，。；")  # a counter that ends its clause makes no name (三类企业)
_YUAN = "unit.yuan"
_LONGEST_MODIFIER = 12
_BRACKETED = compiled(r"[（(]([^（）()\n]{1,6})[）)]")


class WrittenUnit(NamedTuple):
    """A unit as one word writes it, with the conditions of its rule."""

    word: str
    unit: Unit
    needs: tuple[str, ...]
    not_before: tuple[str, ...]
    alone: bool
    han: bool
    not_after: tuple[str, ...] = ()
    ends: bool = False
    clause_end: bool = False


class UnitTable:
    """All written units, found by their first character, longest first."""

    def __init__(self, rules: Rules) -> None:
        grammar, words = numeral_grammar(rules), wording(rules)
        self._multipliers = grammar.multipliers
        self._signs = dict(word.split("=") for word in words.words("rate_sign"))
        sign = "|".join(sorted(self._signs, key=len, reverse=True))
        self._rate_times = compiled(rf"{words.either('rate_time')}|(?:{sign})(?![A-Za-z])")
        self._modifiers = compiled(rf"[^\W0-9A-Za-z_{words.signs('no_modifier')}]{{2,{_LONGEST_MODIFIER}}}")
        numerals = "".join([*grammar.digits, grammar.ten, grammar.half])
        self._phrase_end = compiled(rf"[^\u4e00-\u9fff]|$|[{numerals}]|{words.either('phrase_goes_on')}")
        self._numerals = "0123456789., " + "".join([*grammar.digits, *grammar.multipliers, *grammar.more])
        self._by_first: dict[str, list[WrittenUnit]] = {}
        self._by_start: dict[str, list[WrittenUnit]] = {}  # longer words by their first two characters
        self._single: dict[str, list[WrittenUnit]] = {}
        self._implied: dict[str, WrittenUnit] = {}
        for entry in rules.of("unit"):
            if "implied" in entry:
                self._implied.update(dict.fromkeys(entry["implied"], _written(entry, entry["words"][0])))
                continue
            for word in entry.get("words", []):
                written = _written(entry, word)
                self._by_first.setdefault(word[0], []).append(written)
                if "/" in word:  # 微克／立方米 is the unit of its own too, and not a rate of two others
                    wide = written._replace(word=word.replace("/", "／"))
                    self._by_first[word[0]].append(wide)
        limits = any_word(word for entry in rules.of("bound") if entry["side"] == "after" for word in entry["words"])
        self._limits = compiled(rf"(?:{limits})(?:[{''.join(sorted(_CLAUSE_ENDS))}]|$)")
        self.first = frozenset(self._by_first) | frozenset(self._multipliers)
        yuan = next((entry for entry in rules.of("unit") if entry["id"] == _YUAN), None)
        self.yuan = _written(yuan, yuan["words"][0]) if yuan else None
        self._twins: dict[str, list[WrittenUnit]] = {}
        for candidates in self._by_first.values():
            candidates.sort(key=lambda written: (-len(written.word), not written.ends))
            for written in candidates:
                self._twins.setdefault(written.word, []).append(written)
                by_start = self._by_start if len(written.word) > 1 else self._single
                by_start.setdefault(written.word[:2], []).append(written)
        prefixes = [(word, entry) for entry in rules.of("unit") for word in entry.get("prefix", [])]
        prefixes.sort(key=lambda item: -len(item[0]))
        self._prefixes = [(word, _written(entry, entry["words"][0])) for word, entry in prefixes]
        self._prefix_ends = frozenset(prefix[-1] for prefix, _ in self._prefixes)

    def match(self, text: str, at: int, *, han: bool) -> tuple[WrittenUnit, int] | None:
        """The longest unit at `at` and where it ends; `han`: the number is written in characters."""
        pair = text[at : at + 2]
        for written in chain(self._by_start.get(pair, ()), self._single.get(pair[:1], ())):
            end = at + len(written.word)
            if not text.startswith(written.word, at):
                continue
            if han and not written.han and not (written.clause_end and self._ends_clause(text, end)):
                continue
            if written.not_before and text.startswith(written.not_before, end):
                continue
            if written.ends and not self._ends_phrase(text, at, end, written.not_after):
                continue
            if written.word[-1].isascii() and written.word[-1].isalpha() and _is_ascii_letter(text[end : end + 1]):
                continue
            return self._compound(text, written, end)
        return None

    def _ends_clause(self, text: str, end: int) -> bool:
        """Whether nothing but a comparator stands between `end` and the end of a clause: 四次为限。"""
        return text[end : end + 1] in _CLAUSE_ENDS or self._limits.match(text, end) is not None

    def _ends_phrase(self, text: str, at: int, end: int, not_after: tuple[str, ...]) -> bool:
        """No noun follows that the unit would count, and the number stands behind none (宣传牌5块)."""
        before = text[max(0, at - 12) : at].rstrip(self._numerals)
        return bool(self._phrase_end.match(text, end)) and not (not_after and before.endswith(not_after))

    def twins(self, written: WrittenUnit) -> list[WrittenUnit]:
        """All units that are written with this word: 分 is a score and a coin."""
        return self._twins.get(written.word, [])

    def may_begin(self, text: str, at: int) -> bool:
        """False where no unit begins at `at`, nor behind blanks or a character and a blank there."""
        first = text[at : at + 1]
        return first in self._by_first or first == " " or text[at + 1 : at + 2] == " "

    def may_follow_currency(self, text: str, at: int) -> bool:
        """False where no currency ends at `at`, nor before a blank there."""
        before = text[at - 1 : at]
        return before in self._prefix_ends or before == " "

    def match_blanks(self, text: str, at: int, *, han: bool) -> tuple[WrittenUnit, int] | None:
        """As `match`, with blanks before the unit, and between the characters of a long one (个 百 分点)."""
        if text[at : at + 1] != " " and text[at + 1 : at + 2] != " ":
            return self.match(text, at, han=han)
        begin = at + len(text[at : at + 6]) - len(text[at : at + 6].lstrip(" "))
        hit = self.match(text, begin, han=han)
        places = [position for position in range(begin, min(begin + 12, len(text))) if text[position] != " "]
        spread = self.match("".join(text[position] for position in places), 0, han=han)
        if spread and 3 <= spread[1] <= len(places) and (hit is None or spread[1] > len(hit[0].word)):
            return spread[0], places[spread[1] - 1] + 1
        return hit

    def match_brackets(self, text: str, at: int) -> tuple[WrittenUnit, int] | None:
        """As `match`, of a unit in brackets of its own: 20.5亿（美元）, 12（艘）."""
        inner = _BRACKETED.match(text, at)
        hit = self.match(text, inner.start(1), han=False) if inner else None
        return (hit[0], inner.end()) if inner and hit and hit[1] == inner.end(1) else None

    def in_currency(self, text: str, at: int, written: WrittenUnit | None) -> WrittenUnit | None:
        """The currency that stands before the number (港币300万元, ￥500), where none or a mere 元 stands behind it."""
        if written is not None and not (self.yuan and written.unit.base == self.yuan.unit.base):
            return written
        if text[at - 1 : at] == " ":
            at -= 1
        if at < 1 or text[at - 1] not in self._prefix_ends:
            return written
        return next((unit for prefix, unit in self._prefixes if text.endswith(prefix, 0, at)), written)

    def currency_before(self, text: str, at: int) -> str:
        """The word or sign of a currency that ends at `at`, with a blank behind it if there is one; or nothing."""
        end = at - 1 if text[at - 1 : at] == " " else at
        if end < 1 or text[end - 1] not in self._prefix_ends:
            return ""
        prefix = next((prefix for prefix, _ in self._prefixes if text.endswith(prefix, 0, end)), "")
        return prefix + text[end:at] if prefix else ""

    def implied(self, text: str, at: int) -> WrittenUnit | None:
        """The counter of the noun up to six characters on, where none is written (13万贫困人口)."""
        run = self._modifiers.match(text, at)
        if not run:
            return None
        for position in range(at, min(run.end(), at + 7)):
            for size in (5, 4, 3, 2):
                written = self._implied.get(text[position : position + size])
                if written:
                    return written
        return None

    def _compound(self, text: str, written: WrittenUnit, end: int) -> tuple[WrittenUnit, int]:
        """Extend 元 to 元/平方米·月: the numerator converts, the denominator stays as written."""
        if text[end : end + 1] not in _RATE_MARKS or end + 1 >= len(text):
            return written, end
        per = self._denominator(text, end + 1)
        if not per:
            return written, end
        unit = written.unit
        compound = Unit(f"{unit.name}/{per}", f"{unit.base}/{self._said(per)}", unit.factor, "rate", unit.rule)
        return WrittenUnit(f"{written.word}/{per}", compound, (), (), False, True), end + 1 + len(per)

    def _said(self, per: str) -> str:
        """A sign of a denominator as the word that it stands for: m³ is 立方米, d is 日."""
        if per in self._signs:
            return self._signs[per]
        if per[-1:] not in _SIGN_ENDS:
            return per
        return next((w.unit.base for w in self._twins.get(per, ()) if w.unit.factor == 1), per)

    def _denominator(self, text: str, at: int) -> str:
        """The run of unit words behind the slash: 万人, 平方米·月, 日."""
        end = at
        while end < len(text) and end - at < 12:
            if text[end] in self._multipliers or text[end] in _DENOMINATOR_MARKS:
                end += 1
                continue
            hit = next((w for w in self._by_first.get(text[end], ()) if _is_word(text, end, w.word)), None)
            if hit:
                end += len(hit.word)
                continue
            time = self._rate_times.match(text, end)
            if not time:
                break
            end = time.end()
        return text[at:end].rstrip(_DENOMINATOR_MARKS + self._multipliers)


def _written(entry: Entry, word: str) -> WrittenUnit:
    base = entry["base"] or word
    unit = Unit(word, base, _factor(entry.get("factor", "1")), entry["dimension"], entry["id"])
    return WrittenUnit(
        word,
        unit,
        tuple(entry.get("needs", ())),
        tuple(entry.get("not_before", ())),
        bool(entry.get("alone", False)),
        bool(entry.get("han", True)),
        tuple(entry.get("not_after", ())),
        bool(entry.get("ends", False)),
        bool(entry.get("clause_end", False)),
    )


@cache
def _factor(written: str) -> Fraction:
    return Fraction(written)


def _is_word(text: str, at: int, word: str) -> bool:
    """Whether a unit's word stands at `at`; one in Latin letters not as the beginning of another (万吨/年PTA)."""
    behind = text[at + len(word) : at + len(word) + 1]
    return text.startswith(word, at) and not (_is_ascii_letter(word[-1]) and _is_ascii_letter(behind))


def _is_ascii_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


@lru_cache(maxsize=4)
def unit_table(rules: Rules) -> UnitTable:
    """The table for these rules, made once."""
    return UnitTable(rules)
