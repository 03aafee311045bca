"""Numerals in figures, in characters, and mixed: what they look like and what they are worth."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from policyx.patterns import compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple

# each pattern begins with the characters that may come first, so that a search can jump from one to the next
_DIGITS = r"(?:[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]{0,39})(?:\.[0-9]{1,40})?"
_ARABIC = rf"[0-9]{_DIGITS}"
# what goes on before its start or behind its end (over 40 digits, 1.2.3) is no number that we could read whole
_WHOLE = rf"[0-9](?<![0-9][0-9])(?<![0-9]\.[0-9]){_DIGITS}(?![0-9]|\.[0-9])"
_THREE_TO_FIVE = (3, 5)
_NO_SIGN = "\uffff"  # stands in no text
YEAR_SIGN = "年"
AT_LEAST = ">="  # 上百: the figure itself or more


class Numeral(NamedTuple):
    """A numeral as read: `value` times `scale`; `vague` holds 多, 余 or 几, or AT_LEAST; `top` is the upper end of 数十
    or 七八."""

    value: Decimal
    scale: int
    vague: str = ""
    top: Decimal | None = None
    rules: tuple[str, ...] = ()


class NumeralGrammar:
    """The shapes of numerals, made from the `numeral` rules. `ones`, `zeros`, `ten` … are the characters that a pattern
    may ask for; `more` are those that make a figure a floor (20余万)."""

    def __init__(self, rules: Rules) -> None:
        self.digits: dict[str, str] = {}
        self.tens: dict[str, int] = {}
        self.groups: dict[str, int] = {}
        self.rule_of: dict[str, str] = {}
        self.written: dict[int, str] = {}  # how a digit or multiplier is usually written
        for entry in rules.of("numeral"):
            for word in entry.get("words", []):
                if entry["role"] in ("digit", "ten", "tens", "group", "shape"):
                    self.rule_of[word] = entry["id"]
                if entry["role"] == "digit":
                    self.digits[word] = entry["value"]
                elif entry["role"] in ("ten", "tens"):
                    self.tens[word] = int(entry["value"])
                elif entry["role"] == "group":
                    self.groups[word] = int(entry["value"])
            if entry["role"] in ("digit", "ten", "group") and entry.get("words"):
                self.written.setdefault(int(entry["value"]), entry["words"][0])
        self.point = tuple(rules.words("numeral", "shape"))
        self.more, self.some, self.floor, self.half = (
            "".join(rules.words("numeral", role)) or _NO_SIGN for role in ("more", "some", "floor", "half")
        )
        self.ones = "".join(self.written.get(value, "") for value in range(1, 10))
        self.zeros = "".join(word for word, value in self.digits.items() if value == "0")
        self.ten, self.hundred, self.thousand = (self.written.get(value, "") for value in (10, 100, 1000))
        self.multipliers = "".join([*(t for t, v in self.tens.items() if v not in (20, 30)), *self.groups])
        self.counting = frozenset(word for word, value in self.tens.items() if value in (10, 20, 30))  # 十 is no class
        self.small = "".join([*self.digits, *(word for word, value in self.tens.items() if value == 10)])
        self._dropped = {ord(ch): None for ch in self.more}
        self._patterns()
        self.read = lru_cache(maxsize=8192)(self._read)

    def _patterns(self) -> None:
        digit = "[" + "".join(self.digits) + "]"
        scale = "[" + "".join([*self.tens, *self.groups]) + "]"
        big = f"[{self.multipliers}]"
        han = "[" + "".join([*self.digits, *self.tens, *self.groups]) + "]"
        point = "[" + "".join(self.point) + "]"
        lead = self.some + self.floor
        # 3万4000, 1.5亿, 20余万, 6亿1,935万4千, 12k; a further figure only right behind a multiplier
        further = rf"{_ARABIC}(?![0-9{YEAR_SIGN}])"
        group = "[" + "".join(self.groups) + "]"
        # 30 亿 3,468 万, 12 万 3,468
        spaced = rf" ?{group} (?:{_ARABIC} ?{big}{{1,2}}|[0-9]{{1,2}},[0-9]{{3}}|[0-9]{{4}})(?![0-9.,{YEAR_SIGN}])"
        rest = rf"[{self.more}]?{big}{{1,4}}(?:{further}{big}{{1,3}}){{0,2}}(?:{further})?"
        rest = rf"(?:{spaced}|{rest})?(?:[kK](?![A-Za-z0-9]))?"
        self.arabic = compiled(_WHOLE + rest)
        self.figure = compiled(_ARABIC + rest)  # where it is known to begin
        # 二、三百亿: two hundred or three
        pairs = "|".join(f"(?<={low})、{high}" for low, high in pairwise(self.ones))
        self.han = compiled(
            rf"[{lead}{han[1:]}(?:(?<![\n\s第、（(].)(?:{pairs}){big}{{1,4}}|(?<=[{lead}]){big}{{1,4}}"
            rf"|(?<={han}){han}{{0,29}}(?: ?{point} ?{digit}{{1,12}}{scale}{{0,3}})?)"
            rf"(?:[{self.more}]{scale}{{1,3}})?"
        )

    def _read(self, surface: str) -> Numeral | None:
        """What the numeral `surface` is worth, or None where it is no well-formed numeral."""
        vague = "".join(ch for ch in surface if ch in self.more and not surface.startswith(ch))
        plain = surface.translate(self._dropped).replace(" ", "").replace("、", "")
        if surface[0] in self.some or surface[0] in self.floor:
            return self._vague_tens(surface)
        if plain[-1] in "kK":
            number = _decimal(plain[:-1])
            return None if number is None else Numeral(number, 1000, vague)
        rules = tuple(dict.fromkeys(self.rule_of[ch] for ch in plain if ch in self.rule_of))
        if plain[0] in "0123456789":
            return self._read_arabic(plain, vague, rules)
        pair = self._neighbours(plain)
        if pair:
            return Numeral(pair[0], pair[2], vague, pair[1], rules)
        total = self._evaluate(list(plain))
        if total is None:
            return None
        scale = self._trailing_group(plain)
        return Numeral(total / scale, scale, vague, None, rules)

    def is_bare_multiplier(self, surface: str) -> bool:
        """百, 千亿, 万: no digit in it. Such a numeral mostly belongs to a name (百强, 千亿级, 万元GDP能耗)."""
        return surface not in self.counting and all(ch in self.multipliers for ch in surface)

    def _read_arabic(self, plain: str, vague: str, rules: tuple[str, ...]) -> Numeral | None:
        match = _LEADING.match(plain)
        assert match is not None
        first, rest = _decimal(match[0]), plain[match.end() :]
        if first is None:
            return None
        scale = 1
        for ch in rest:
            multiplier = self.tens.get(ch) or self.groups.get(ch)
            if multiplier is None:
                break
            scale *= multiplier
        if not any(ch.isdigit() for ch in rest):
            return Numeral(first, scale, vague, None, rules)
        tokens = [t for t in compiled(rf"({_ARABIC})").split(plain) if t]
        parts: list[str] = []
        for token in tokens:
            parts.extend([token] if token[0].isdigit() else list(token))
        total = self._evaluate(parts)
        return None if total is None else Numeral(total, 1, vague, None, rules)

    def _vague_tens(self, surface: str) -> Numeral | None:
        """数十亿 is 10 to 100 亿; 上百 is 100 at least."""
        scale, low = 1, Decimal(1)
        for ch in surface[1:]:
            if ch in self.groups:
                scale *= self.groups[ch]
            elif ch in self.tens:
                low *= self.tens[ch]
            else:
                return None
        if surface[0] in self.floor:
            return Numeral(low, scale, AT_LEAST)
        return Numeral(low, scale, "", low * 10)

    def _neighbours(self, plain: str) -> tuple[Decimal, Decimal, int] | None:
        """七八十, 三五百, 两三万: two neighbouring digits give a range."""
        if len(plain) < 2 or plain[0] not in self.digits or plain[1] not in self.digits:
            return None
        low, high = int(self.digits[plain[0]]), int(self.digits[plain[1]])
        if not (low and (high == low + 1 or (low, high) == _THREE_TO_FIVE)):
            return None
        scale = 1
        for ch in plain[2:]:
            multiplier = self.tens.get(ch) or self.groups.get(ch)
            if multiplier is None:
                return None
            scale *= multiplier
        return Decimal(low), Decimal(high), scale

    def _trailing_group(self, plain: str) -> int:
        scale = 1
        for ch in reversed(plain):
            if ch not in self.groups:
                break
            scale *= self.groups[ch]
        return scale

    def _evaluate(self, tokens: list[str]) -> Decimal | None:
        """一兆四九三亿, 二百三十, 二〇二四, 四二六八点四亿, 三百五, 3万4000."""
        total = section = Decimal(0)
        digits, last = "", 1
        last_group = 0
        for token in tokens:
            if token in self.digits:
                digits += self.digits[token]
            elif token in self.point:
                if "." in digits:
                    return None
                digits = (digits or "0") + "."
            elif token in self.tens:
                unit = self.tens[token]
                if unit in (20, 30):
                    section += unit
                    last = 1
                else:
                    section += (_number(digits) if digits.strip("0") else Decimal(1)) * unit  # 一万零十二
                    last = unit
                digits = ""
            elif token in self.groups:
                unit = self.groups[token]
                section += _number(digits)
                digits = ""
                if section == 0 and total == 0:
                    section = Decimal(1)
                if unit > last_group > 0 or (section == 0 and last == last_group):  # 万亿, 万万
                    total = (total + section) * unit
                else:
                    total += section * unit
                section, last, last_group = Decimal(0), unit, unit
            elif token[0].isdigit():
                digits += token.replace(",", "")
            else:
                return None
        if digits:
            tail = _number(digits)
            # 三百五 is 350 and 三万四 is 34,000, but 三百零五 and 3万4000 are not shortened
            if last > 1 and len(digits) == 1 and tokens[-2] not in self.digits:
                tail = tail * last / 10
            section += tail
        return total + section


_LEADING = compiled(_ARABIC)


def _number(digits: str) -> Decimal:
    return Decimal(digits) if digits else Decimal(0)


def _decimal(surface: str) -> Decimal | None:
    try:
        return Decimal(surface.replace(",", ""))
    except ArithmeticError:
        return None


@lru_cache(maxsize=4)
def numeral_grammar(rules: Rules) -> NumeralGrammar:
    """The grammar for these rules, made once."""
    return NumeralGrammar(rules)


def small_number(surface: str, grammar: NumeralGrammar) -> int:
    """A number up to 999 in figures or characters: 102, 一百零二, 一〇二; 0 where it is none."""
    if surface.isascii():
        return int(surface)
    read = grammar.read(surface)
    return int(read.value * read.scale) if read and read.top is None else _spelled(surface, grammar)


def _spelled(surface: str, grammar: NumeralGrammar) -> int:
    """一二 spelled digit by digit, which elsewhere is one or two."""
    digits = "".join(grammar.digits.get(ch, "") for ch in surface)
    return int(digits) if re.fullmatch("[0-9]+", digits) and len(digits) == len(surface) else 0
