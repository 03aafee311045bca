"""What the text of a cell is: a figure, a unit, a year, a name, or a sign that there is no figure."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.recognize.calendar import EPOCH
from policyx.tables.words import Scaled, TableWords

_NUMBER = compiled(
    r"[<>≤≥＞＜≧≦±＋+\[［（(【〔]{0,4}\s{0,4}[-－−]?\s{0,4}[0-9][0-9.,]{0,24}"
    r"(?:\s{0,4}[-—~～–－]\s{0,4}[-－]?[0-9][0-9.,]{0,24})?\s{0,4}(?P<rest>[^0-9]{0,12})$"
)
_REMARK = compiled(  # 20(80%用户), 3.5(2019)
    r"(?<=[0-9%])\s?[（(](?:[^（）()]*[^\W0-9_A-Za-z][^（）()]*|(?:19|20)[0-9]{2})[）)]$"
)
_AROUND_UNIT = compiled(r"[\]［\[］)）(（】〕*\\\s]")
_YEAR_SIGN = "年"
_REPUBLIC_DIGITS = 3
_DASHES = compiled(r"[-—–/…*\s]*$")
BRACKETED_TEXT = compiled(r"[（(\[]\s*([^（）()\[\]]{1,10})\s*[）)\]]")
_BRACKET = compiled(r"[（(][^（）()]{0,80}[）)]")
_BRACKETED = compiled(r"[\[［【〔(（]\s?[-－]?[0-9.,]+[^\]］】〕0-9]{0,6}[\]］】〕)）]")
_SAID = compiled(r"^[^：:]{1,4}[：:]\s?")  # 单位：亿元
_STROKE = "/"
_UNIT_MARKS = compiled(r"[\s（()）]")
_PAGE_MARKS = compiled(r"[\[［][0-9]{1,3}[\]］]|\*\*|<br>|&nbsp;|[ \u3000\xa0]")
_GLOSS = compiled(r"(?<=[\u4e00-\u9fff）)])\s+[A-Z][a-z]{2}[A-Za-z ,.&'()/-]*$")  # 海水鱼 Marine Fish
_OPEN = compiled(r"^[^（(]*[）)]|[（(][^）)]*$")


def read_unit(text: str, words: TableWords) -> Scaled | None:
    """万件 → (10000, 件), 亿 → (10**8, None); None where `text` is neither unit nor multiplier."""
    plain = _UNIT_MARKS.sub("", text)
    scale = at = 0
    while at < len(plain):  # 亿千瓦小时: 千 belongs to the unit
        hit = words.units.match(plain, at, han=False)
        if hit and hit[1] == len(plain):
            return scale or 1, hit[0].unit
        if plain[at] not in words.multipliers:
            return None
        scale = (scale or 1) * words.multipliers[plain[at]]
        at += 1
    return (scale, None) if scale else None


def bracket_unit(text: str, words: TableWords) -> Scaled | None:
    """The unit that a bracket of `text` holds, or that stands behind a stroke: 专利数（万件）, 渔船/艘."""
    inside = (read_unit(_SAID.sub("", part), words) for part in BRACKETED_TEXT.findall(text))
    return next((unit for unit in inside if unit), None) or _stroke_unit(text, words)


def _stroke_unit(text: str, words: TableWords) -> Scaled | None:
    named, _, last = text.rpartition(_STROKE)
    if not holds_letters(named) or read_unit(named, words) or _UNIT_MARKS.search(last) or read_unit(text, words):
        return None
    return read_unit(last, words)


def without_units(text: str, words: TableWords) -> str:
    """`text` without the brackets that hold a unit, and without one behind a stroke."""
    if _stroke_unit(text, words):
        return text.rpartition(_STROKE)[0]
    return BRACKETED_TEXT.sub(lambda m: "" if read_unit(_SAID.sub("", m[1]), words) else m[0], text)


def without_brackets(text: str) -> str:
    """`text` without its brackets."""
    return _BRACKET.sub("", text)


def is_figure(cell: str, words: TableWords) -> bool:
    """True where a cell holds one figure, perhaps with its unit, and nothing that could be a name or a year."""
    plain = _REMARK.sub("", cell)
    for role in ("reaches", "bound.before"):  # 力争超过40
        hit = words.opens(role, plain)
        plain = plain[len(hit.word) :] if hit else plain
    match = _NUMBER.match(plain)
    if not match or words.pattern("pattern.dated").fullmatch(cell) or is_age_group(cell, words):
        return False
    rest = _AROUND_UNIT.sub("", match["rest"])
    after = words.closes("bound.after", rest)
    rest = rest[: -len(after.word)] if after else rest
    return not rest or words.equals("cumulative", rest) is not None or read_unit(rest, words) is not None


def is_age_group(cell: str, words: TableWords) -> bool:
    """True for a cell that says how old those are whom a row or a column counts: 0—14岁."""
    return words.pattern("pattern.age_group").fullmatch(cell) is not None


def is_year(cell: str, words: TableWords) -> bool:
    """True for a cell that may be a year: 2020, 2020年."""
    return year_of(cell, words) is not None


def year_of(cell: str, words: TableWords, *, bare: bool = False) -> int | None:
    """The year that a cell is: 2020, 2020年, 109年 in a text that counts so; `bare`: 109 too."""
    number = bare and words.republic and cell.isdigit() and len(cell) <= _REPUBLIC_DIGITS
    written = f"{cell}{_YEAR_SIGN}" if number else cell
    match = words.pattern("pattern.year").fullmatch(arabic_years(written, words) if words.republic else written)
    return int(match[1]) if match else None


def is_empty(cell: str, words: TableWords) -> bool:
    """True for a cell that says that there is no figure: blank, a dash, 持平."""
    return bool(_DASHES.match(cell)) or words.equals("no_value", cell) is not None or bool(words.opens("no_task", cell))


def is_bracketed(cell: str) -> bool:
    """True for [550], which marks the total over a period."""
    return bool(_BRACKETED.fullmatch(cell.strip()))


def holds_letters(cell: str) -> bool:
    """True where a cell may be a name."""
    return any(character.isalpha() for character in cell)


def arabic_years(text: str, words: TableWords) -> str:
    """一九八二年 as 1982年; in a text that counts so 109年 as 2020年."""
    text = words.pattern("pattern.han_year").sub(lambda m: words.year_in_figures(m[0]), text)
    if not words.republic:
        return text
    return words.pattern("pattern.republic_year").sub(lambda m: str(EPOCH + int(m["year"])), text)


def read_name(cell: str, words: TableWords) -> tuple[str, Scaled | None]:
    """A row's name without its number and its unit, and that unit: 2.研发投入强度（%） → 研发投入强度, %."""
    own = bracket_unit(cell, words)
    name = without_units(cell, words) if own else cell
    name = words.pattern("pattern.list_mark").sub("", _PAGE_MARKS.sub("", name))
    name = words.pattern("pattern.by").sub("", name)
    part = words.opens("row.part", name)
    return (name[len(part.word) :].lstrip("：:") if part else name), own


def written_text(text: str, span: Span) -> str:
    """What a cell holds, without marks and blanks."""
    written = _GLOSS.sub("", text[span.start : span.end].replace("<br>", " ").strip())
    return written if is_bracketed(written) else _PAGE_MARKS.sub("", written)


def cell_text(text: str, span: Span) -> str:
    """What a cell holds, without marks, blanks, and brackets that are open on one side only."""
    plain = written_text(text, span)
    if is_bracketed(plain):
        return plain
    open_marks = plain.count("（") + plain.count("(") - plain.count("）") - plain.count(")")
    return _OPEN.sub("", plain) if open_marks else plain


def lines_alone(text: str, segments: Sequence[Segment], longest: int) -> list[str]:
    """The text of each segment that is the only one of its line, and no longer than that; nothing for the others."""
    own = [segment.paragraph for segment in segments]
    alone = [one != two != three for one, two, three in zip([-1, *own], own, [*own[1:], -1], strict=False)]
    spans = [segment.span for segment in segments]
    return [
        text[start:end] if apart and end - start <= longest else ""
        for apart, (start, end) in zip(alone, spans, strict=True)
    ]
