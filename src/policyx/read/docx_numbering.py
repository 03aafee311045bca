"""The numbering and style parts of a DOCX document go in; the number that Word shows before each paragraph goes out."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_DEEPEST_STYLE = 20  # styles that stand on one another; a ring of them would never end


class Level(NamedTuple):
    """How one level of a list is numbered."""

    format: str
    text: str
    start: int
    legal: bool


class Numbering:
    """Counts the paragraphs of each list as Word does; asked paragraph by paragraph, in their order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}  # list -> its abstract list
        self._own: dict[str, dict[int, Level]] = {}  # list -> levels that it sets itself
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles: dict[str, tuple[str | None, int]] = {}
        self._based: dict[str, str] = {}
        self._default: str | None = None
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def number(self, properties: Element | None) -> str:
        """What stands before the paragraph with these properties, without the gap behind it; mostly nothing."""
        list_id, level = self._list_of(properties)
        if list_id is None or list_id == "0" or list_id not in self._lists:
            return ""
        levels = {**self._abstract.get(self._lists[list_id], {}), **self._own.get(list_id, {})}
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._lists[list_id], {})
        if (list_id, level) in self._starts and (list_id, level) not in self._begun:
            counts.pop(level, None)  # a list that begins anew although it continues another one's numbers
        self._begun.add((list_id, level))
        counts[level] = counts[level] + 1 if level in counts else self._start(list_id, level, levels[level])
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        own = levels[level]
        return _PLACE.sub(lambda place: self._shown(int(place[1]) - 1, list_id, levels, counts, own), own.text)

    def _shown(self, level: int, list_id: str, levels: dict[int, Level], counts: dict[int, int], own: Level) -> str:
        if level not in levels:
            return ""
        count = counts.get(level, self._start(list_id, level, levels[level]))
        return numeral(count, "decimal" if own.legal else levels[level].format)

    def _start(self, list_id: str, level: int, given: Level) -> int:
        return self._starts.get((list_id, level), given.start)

    def _list_of(self, properties: Element | None) -> tuple[str | None, int]:
        """The list and level of a paragraph: its own, or else those of its style."""
        own = None if properties is None else properties.find(f"{W}numPr")
        style = _value(None if properties is None else properties.find(f"{W}pStyle")) or self._default
        inherited: tuple[str | None, int] = (None, 0)
        for _ in range(_DEEPEST_STYLE):
            if style is None or style in self._styles:
                inherited = self._styles.get(style or "", inherited)
                break
            style = self._based.get(style)
        if own is None:
            return inherited
        list_id = _value(own.find(f"{W}numId"))
        level = _value(own.find(f"{W}ilvl"))
        return list_id if list_id is not None else inherited[0], _number(level, inherited[1] if list_id is None else 0)

    def _read_lists(self, numbering: Element) -> None:
        by_style: dict[str, str] = {}
        links: dict[str, str] = {}
        for abstract in numbering.findall(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._abstract[key] = dict(_levels(abstract))
            style, link = _value(abstract.find(f"{W}styleLink")), _value(abstract.find(f"{W}numStyleLink"))
            if style:
                by_style[style] = key
            if link:
                links[key] = link
        for key, link in links.items():
            if link in by_style and not self._abstract[key]:
                self._abstract[key] = self._abstract[by_style[link]]
        for item in numbering.findall(f"{W}num"):
            list_id = item.get(f"{W}numId", "")
            self._lists[list_id] = _value(item.find(f"{W}abstractNumId")) or ""
            for override in item.findall(f"{W}lvlOverride"):
                level = _number(override.get(f"{W}ilvl"), 0)
                start = _value(override.find(f"{W}startOverride"))
                if start is not None:
                    self._starts[list_id, level] = _number(start, 1)
                self._own.setdefault(list_id, {}).update(_levels(override))

    def _read_styles(self, styles: Element) -> None:
        for style in styles.findall(f"{W}style"):
            key = style.get(f"{W}styleId", "")
            based = _value(style.find(f"{W}basedOn"))
            if based:
                self._based[key] = based
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self._default = key
            given = style.find(f"{W}pPr/{W}numPr")
            if given is not None:
                level = _number(_value(given.find(f"{W}ilvl")), 0)
                self._styles[key] = (_value(given.find(f"{W}numId")), level)


def numeral(count: int, format: str) -> str:
    """The number as a list format writes it; bullets and unknown formats are handled as nothing and as digits."""
    if format in ("bullet", "none"):
        return ""
    if format in ("chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand", "taiwaneseCounting",
                  "japaneseCounting", "ideographDigital", "koreanCounting"):  # fmt: skip
        return _counted(count, _HAN, "十百千")
    if format in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _counted(count, _LEGAL, "拾佰仟")
    if format == "ideographTraditional":
        return _STEMS[(count - 1) % len(_STEMS)]
    if format == "ideographZodiac":
        return _BRANCHES[(count - 1) % len(_BRANCHES)]
    if format in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if format == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    if format == "decimalZero":
        return f"{count:02d}"
    if format in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if format == "upperLetter" else letters
    if format in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = _roman(count)
        return roman.upper() if format == "upperRoman" else roman
    return str(count)


def _counted(count: int, digits: str, places: str) -> str:
    """21 as 二十一."""
    if not 0 < count < 10_000:
        return str(count)
    written = ""
    for at, digit in enumerate(str(count)):
        place = len(str(count)) - at - 1
        if digit != "0":
            written += digits[int(digit)] + (places[place - 1] if place else "")
        elif not written.endswith(digits[0]):
            written += digits[0]
    written = written.rstrip(digits[0])
    return written[1:] if 10 <= count < 20 and digits is _HAN else written


def _roman(count: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (count // value)
        count %= value
    return written


def _levels(parent: Element) -> list[tuple[int, Level]]:
    found = []
    for item in parent.findall(f"{W}lvl"):
        format = _value(item.find(f"{W}numFmt")) or "decimal"
        text = _value(item.find(f"{W}lvlText")) or ""
        start = _number(_value(item.find(f"{W}start")), 1)
        legal = item.find(f"{W}isLgl") is not None
        level = Level(format, "" if format == "bullet" else text, start, legal)
        found.append((_number(item.get(f"{W}ilvl"), 0), level))
    return found


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,6}", text) else default
