"""Numbers of years, months and days in figures or characters, and the years of the Republic; nothing is resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyx.patterns import compiled

_DIGITS = {ch: i for i, ch in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_COUNTS_SO = ("民国", "民國", "新台币", "新臺幣", "新台幣")
_BUDGET = compiled("1(?<![0-9.,]1)[01][0-9]年度(?:中央政府)?[总總]?(?:预算|預算|决算|決算|施政)")
_TWO_OR_MORE = compiled(r"1(?<![0-9.,]1)[01][0-9]年(?!以上|以下|以内|内|期|来|历史|间|的历史)")
_COMMON_ERA = compiled(r"2(?<![0-9]2)0[0-9]{2}年")
_EPOCH = 1911
_NUMBER = (
    r"(?:[89][0-9]|1[0-4][0-9]|一[〇○零一二三四][〇○零一二三四五六七八九]"
    r"|一百(?:零[一二三四五六七八九]|[一二三四]?十[一二三四五六七八九]?)?)"
)
_REPUBLIC = compiled(
    rf"(?<![0-9.,第百千万约近逾满过一二三四五六七八九十])(?:(?:中华|中華)?民[国國])?(?P<first>{_NUMBER})(?:年?[至到—–~～-](?P<last>{_NUMBER}))?"
    r"年(?:度|底|末|初)?(?!以上|以下|以内|内|期|来|历史|老|间|寿命|的历史|租|代|级|的?不变|的?可比)"
    r"(?:(?P<low>[0-9]{1,2})月?份?[至到—–~～-](?P<high>[0-9]{1,2})月份?"
    r"|(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|底|份)?|(?P<half>[上下]半年))?"
)

Found = tuple[re.Match[str], int, int, tuple[int, int] | None, int | None]


def republic_years(text: str) -> Iterator[Found]:
    """Each year or range of years of the Republic, with its months and day: 113年, 111年至114年底, 113年1月至6月.

    Only in a text that names the Republic or its currency, or that writes such years throughout and none of the common
    era; there a bare number from 80 to 149 before 年 is a year."""
    if not (any(word in text for word in _COUNTS_SO) or _BUDGET.search(text) or _writes_them(text)):
        return
    for match in _REPUBLIC.finditer(text):
        first = _EPOCH + small_number(match["first"])
        last = _EPOCH + small_number(match["last"]) if match["last"] else first
        if first <= last:
            yield match, first, last, _months(match), day_number(match["day"])


def _writes_them(text: str) -> bool:
    """True for a text with three years such as 113年 or more, and more of them than of years of the common era."""
    found = _TWO_OR_MORE.findall(text)
    return len(found) >= 3 and len(found) > len(_COMMON_ERA.findall(text))


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    if match["half"]:
        return (1, 6) if match["half"][0] == "上" else (7, 12)
    low, high = match["low"] or match["month"], match["high"] or match["month"]
    return (int(low), int(high)) if low and high and 1 <= int(low) <= int(high) <= 12 else None


def day_number(surface: str | None) -> int | None:
    """A day of the month, where one is written."""
    number = small_number(surface) if surface else 0
    return number if 1 <= number <= 31 else None


def small_number(surface: str) -> int:
    """A number up to 999 in figures or characters: 102, 一百零二, 一〇二."""
    if surface.isascii():
        return int(surface)
    if not set(surface) & set("十百"):
        return int("".join(str(_DIGITS[ch]) for ch in surface))
    total, digit = 0, 0
    for ch in surface:
        if ch in "十百":
            total += (digit or 1) * (10 if ch == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[ch]
    return total + digit
