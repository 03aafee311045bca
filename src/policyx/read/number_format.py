"""A value of a spreadsheet and the format of its cell go in, the text that a person sees in the cell goes out.

Only what tables of figures use is laid out: decimals, thousands, percent, scaling commas, words beside the number,
dates. A format beyond that (fractions, conditions) shows the value as a cell without a format does."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

# formats that a file names by number only (ECMA-376, 18.8.30); those of dates differ by language and are told apart by
# what they show: a day, a month, a time
BUILTIN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm", 27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: "h:mm", 33: "h:mm:ss", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
    45: "mm:ss", 46: "h:mm:ss", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]\-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+)|(?P<percent>[%％])|(?P<other>.)",
    re.DOTALL,
)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]+|dbnum[0-9]", re.IGNORECASE)
_PLAIN_LITERALS = set(" $￥¥€-+()（）:：·") | {"\xa0"}
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(;|$)')
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_MOST_DIGITS = 11  # that a cell without a format shows of a number with decimals


def shown(value: object, format: str = "") -> str:
    """What a cell with that value and that format code shows; an empty format is the general one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, format)
    if isinstance(value, (datetime, date, time, timedelta)):
        return _moment(value, format)
    return str(value)


def general(value: float) -> str:
    """A number as a cell without a format shows it in a wide column: 1234 and not 1234.0, 5.8333333333 for a third."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    before = len(str(int(abs(value))))
    text = f"{value:.{max(2, _MOST_DIGITS - before)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: float, format: str) -> str:
    sections = _sections(format)
    chosen = sections[0]
    if value < 0 and len(sections) > 1:
        chosen = sections[1]
    elif value == 0 and len(sections) > 2:
        chosen = sections[2]
    if not chosen and len(sections) > 1:
        return ""
    laid = _laid_out(abs(value), chosen, keep_brackets=value >= 0)
    if laid is None:
        return general(value)
    return f"-{laid}" if value < 0 and laid.strip("0.,% ") else laid


def _sections(format: str) -> list[str]:
    """The parts of a format for positive numbers, negative ones, zero, texts."""
    sections: list[str] = []
    at = 0
    while True:
        match = _SECTION.match(format, at)
        if match is None:  # a quotation mark that is never closed
            return ["General"]
        sections.append(match[1])
        if not match[2]:
            return sections
        at = match.end()


def _laid_out(value: float, section: str, keep_brackets: bool) -> str | None:
    """A number that is not negative by one section of a format; None where the format is not among those known."""
    before: list[str] = []
    after: list[str] = []
    digits = ""
    percents = 0
    for part in _PART.finditer(section):
        kind = part.lastgroup
        into = after if digits else before
        if kind == "digits":
            if digits:
                return None
            digits = part["digits"]
        elif kind == "percent":
            percents += 1
            into.append("%")
        elif kind == "bracket":
            if not _COLOUR.fullmatch(part["bracket"]):
                return None
        elif kind is not None:
            text = part[kind]
            if kind == "other" and text not in _PLAIN_LITERALS and text.isascii():
                return None
            # (1,234) is minus 1,234: the sign is written, as readers of a table expect it
            into.append(text if keep_brackets or text not in "()（）-" else "")
    if not digits:
        return "".join(before) if section and not value else None
    whole = digits.rstrip(",")
    number = Decimal(repr(float(value))) * 100**percents / Decimal(1000) ** (len(digits) - len(whole))
    text = _with_decimals(number, whole)
    return f"{''.join(before)}{text}{''.join(after)}".strip()


def _with_decimals(number: Decimal, digits: str) -> str:
    whole, _, decimals = digits.partition(".")
    places, needed = len(decimals), decimals.count("0")
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    before, point, behind = text.partition(".")
    while len(behind) > needed and behind.endswith("0"):
        behind = behind[:-1]
    before = before.zfill(whole.count("0")) if "," not in whole else before
    return f"{before}{point if behind else ''}{behind}"


def _moment(value: date | time | timedelta, format: str) -> str:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    codes = _NOT_SHOWN.sub("", format).lower()
    year, month, day = "y" in codes, "m" in codes, "d" in codes
    clock = ""
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        clock = value.strftime(" %H:%M:%S" if value.second else " %H:%M")
    if not (year or day):
        return value.strftime("%Y-%m-%d") + clock
    if year and month and not day:
        return f"{value.year}年{value.month}月"
    if not month:
        return f"{value.year}年" if "年" in format else str(value.year)
    if not year:
        return f"{value.month}月{value.day}日"
    if "年" in format:
        return f"{value.year}年{value.month}月{value.day}日{clock}"
    return value.strftime("%Y-%m-%d") + clock
