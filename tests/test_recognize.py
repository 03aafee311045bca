"""Recognition: what a quantity's many surfaces are worth, and that any text is read, in linear time."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyx.model import Mention, Number
from policyx.pipeline import read_quantities
from policyx.recognize import recognize
from policyx.rules import builtin_rules
from tests.hostile import NUMBERS, run_of

RULES = builtin_rules()
DATA = Path(__file__).parent / "data/quantities"
VALUES = tomllib.loads((DATA / "values.toml").read_text(encoding="utf-8"))["value"]
WILD = tomllib.loads((DATA / "wild.toml").read_text(encoding="utf-8"))["case"]


def _found(text: str) -> list[Mention]:
    _, mentions = read_quantities(text)
    return [m for m in mentions if m.quantity and m.quantity.unit and not m.rejected]


def _told(mention: Mention) -> tuple[Fraction, Fraction | None, str | None, str]:
    quantity = mention.quantity
    assert quantity is not None
    top = quantity.base_value_max
    return Fraction(quantity.base_value), None if top is None else Fraction(top), quantity.base_unit, quantity.bound


def _surfaces() -> list[object]:
    return [
        pytest.param(surface, value, id=f"{surface} is {value['base']} {value['unit']}")
        for value in VALUES
        for surface in value["surfaces"]
    ]


def _wanted(value: dict[str, str]) -> tuple[Fraction, Fraction | None, str, str]:
    top = Fraction(value["top"]) if "top" in value else None
    return Fraction(value["base"]), top, value["unit"], value.get("bound", "eq")


@pytest.mark.parametrize(("surface", "value"), _surfaces())
@pytest.mark.parametrize("carrier", ["{}", "全市完成{}。", "项目进展顺利，总量为{}，好于预期。"])
def test_each_surface_gives_the_value(surface: str, value: dict[str, str], carrier: str) -> None:
    """One quantity, of this value, unit and bound; alone, and inside a sentence."""
    assert [_told(m) for m in _found(carrier.format(surface))] == [_wanted(value)]


def _cases() -> list[object]:
    return [
        pytest.param(
            case,
            id=case["text"][:20],
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for case in WILD
    ]


def _parsed(line: str) -> tuple[Fraction, Fraction | None, str, str]:
    number, unit, *bound = line.split(" ")
    low, _, high = number.partition("..")
    return Fraction(low), Fraction(high) if high else None, unit, bound[0] if bound else "eq"


@pytest.mark.parametrize("case", _cases())
def test_a_construction_met_in_the_wild(case: dict[str, object]) -> None:
    """The quantities of the text, in order, with their bounds."""
    expected = [_parsed(line) for line in case["expect"]]  # type: ignore[attr-defined]
    found = [_told(m) for m in _found(str(case["text"]))]
    # a rank's unit is written 名 or 位 and means the same
    assert found == expected


def _entries(kind: str, key: str) -> list[object]:
    pairs = [(entry["id"], text) for entry in RULES.of(kind) for text in entry.get(key, [])]
    return [pytest.param(rule, text, id=f"{rule}: {text[:14]}") for rule, text in pairs]


def _unit_rules(text: str) -> set[str]:
    return {rule for m in recognize(text, RULES) if m.quantity and not m.rejected for rule in m.rules}


@pytest.mark.parametrize(("rule", "text"), _entries("unit", "examples"))
def test_a_unit_is_read_in_its_examples(rule: str, text: str) -> None:
    """The rule's id is among those of the quantities."""
    assert rule in _unit_rules(text)


@pytest.mark.parametrize(("rule", "text"), _entries("unit", "counter"))
def test_a_unit_is_not_read_in_its_counter_examples(rule: str, text: str) -> None:
    """No quantity names the rule."""
    assert rule not in _unit_rules(text)


IN_THE_PIPELINE = {"exclusion.furniture"}  # page furniture is found before recognition, and given to it


@pytest.mark.parametrize(("rule", "text"), _entries("exclusion", "examples"))
def test_an_exclusion_holds_in_its_examples(rule: str, text: str) -> None:
    """A number is rejected, and by this rule."""
    if rule not in IN_THE_PIPELINE:
        assert rule in {m.rejected for m in recognize(text, RULES)}


@pytest.mark.parametrize(("rule", "text"), _entries("exclusion", "counter"))
def test_an_exclusion_holds_not_in_its_counter_examples(rule: str, text: str) -> None:
    """No number is rejected by this rule."""
    assert rule not in {m.rejected for m in recognize(text, RULES)}


DIGITS = "零一二三四五六七八九"
SCALES = ["", "十", "百", "千"]


def _group(number: int) -> str:
    """A number below 10,000 in characters: 1050 is 一千零五十."""
    written, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + SCALES[place]
        gap = not digit
    return written


def in_characters(number: int) -> str:
    """A number below 10**12 as it is written in characters: 100,500 is 十万零五百, here 一十万零五百."""
    written, gap = "", False
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // size % 10**4
        if part:
            written += ("零" if written and (gap or part < 1000) else "") + _group(part) + name
        gap = not part
    return written


def _only(text: str) -> tuple[Fraction, Fraction | None, str | None, str]:
    found = [m for m in recognize(text, RULES) if m.quantity and m.quantity.unit and not m.rejected]
    assert len(found) == 1, text
    return _told(found[0])


@given(st.integers(min_value=2, max_value=10**12 - 1))
@settings(max_examples=150, deadline=None)
def test_any_whole_number_reads_back(number: int) -> None:
    """In figures, with commas, and in characters."""
    surfaces = [str(number), f"{number:,}", in_characters(number)]
    for surface in surfaces:
        assert _only(f"产量达到{surface}吨。") == (Fraction(number * 1000), None, "千克", "eq")


@given(st.decimals(min_value="0.01", max_value="99999.99", places=2), st.sampled_from(["", "万", "亿"]))
@settings(max_examples=150, deadline=None)
def test_any_decimal_reads_back(number: Decimal, scale: str) -> None:
    """With a multiplier or without, exact to the last digit."""
    size = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    expected: Number = Fraction(number) * size
    assert _only(f"投资{number}{scale}元。") == (expected, None, "元", "eq")


@given(st.integers(1, 998), st.integers(1, 998), st.sampled_from(["-", "—", "～", "至", "到"]))
@settings(max_examples=100, deadline=None)
def test_any_range_keeps_both_ends(low: int, step: int, dash: str) -> None:
    """Written with the unit once or twice; no word of a change before it, behind which a far end is a level."""
    for text in (f"开设{low}{dash}{low + step}家。", f"开设{low}家{dash}{low + step}家。"):
        assert _only(text) == (Fraction(low), Fraction(low + step), "家", "range")


SIGNS = "0123456789零一二两三十百千万亿半几数上第前年月日家元%.,，、（）()[]“”《》-—～到至+/ \n"
PIECES = st.sampled_from(
    [*SIGNS, "以上", "百分之", "分之", "翻番", "个百分点", "http://", "@", "人民币", "2023年", "千瓦", "贫困人口",
     "第一", "余", "左右", "超过", "\U00020000", "\x00", "é"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_mixture_is_read(text: str) -> None:
    """Mentions are in order, lie inside the text, and hold a number of their own."""
    at = -1
    for mention in recognize(text, RULES):
        assert at <= mention.span.start <= mention.core.start < mention.core.end <= mention.span.end <= len(text)
        at = mention.span.start


@pytest.mark.parametrize("piece", NUMBERS)
def test_a_long_run_of_one_piece_hides_no_number_behind_it(piece: str) -> None:
    """However long the run; how time grows with it is measured in the benchmarks."""
    text = run_of(piece, 15_000) + "\n\n新增37家企业。"
    (last,) = [mention for mention in recognize(text, RULES) if mention.core.start >= 15_000]
    assert text[last.core.start : last.core.end] == "37家" and last.rejected is None
