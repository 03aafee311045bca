"""Writing: records become text in each format, and numbers come back exactly."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyx.export import FORMATS, Selection, View, format_of, written
from policyx.export.flat import COLUMNS
from policyx.export.jsontext import json_text
from policyx.export.labels import default_language
from policyx.export.numbers import exact, number_text
from policyx.export.plain import record_dict
from policyx.export.rows import SHOWN_COLUMNS
from policyx.export.schema import schema
from policyx.model import Quantity, Record
from tests.conftest import HOME, MU, YUAN, make_document, make_record

KEYS = [
    "source",
    "start",
    "end",
    "quote",
    "name",
    "indicator",
    "label",
    "value",
    "value_max",
    "unit",
    "base_value",
    "base_value_max",
    "base_unit",
    "bound",
    "measure",
    "status",
    "year",
    "period",
    "baseline",
    "place",
    "heading",
    "sentence",
    "sentence_start",
    "sentence_end",
    "page",
    "cell",
    "rules",
    "checks",
    "flags",
    "confidence",
    "role",
    "clause",
]

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6)


def read_exactly(text: str) -> Any:
    """JSON with every number as a decimal."""
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def quantity(value: str, unit: Any = HOME, scale: int = 1, text: str | None = None, **changes: Any) -> Quantity:
    """A quantity with the given magnitude."""
    made: dict[str, Any] = {"value_max": None, "scale_max": scale, "unit_text": text or unit.name, **changes}
    return Quantity(value=Decimal(value), scale=scale, unit=unit, **made)


def test_the_keys_are_those_of_the_contract_in_their_order() -> None:
    """Unknown is null, never absent."""
    assert list(record_dict(make_record())) == KEYS
    bare = record_dict(make_record(name=None, period=None, baseline=None, place=None, heading=()))
    assert list(bare) == KEYS
    assert (bare["period"], bare["heading"]) == (None, [])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("2500"), "2500"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1.5E+8"), "150000000"),
        (Decimal("-0.3"), "-0.3"),
        (Decimal("1E-7"), "0.0000001"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-7, 2), "-3.5"),
        (Fraction(254000, 3), "84666.666666666666667"),
        (Fraction(5), "5"),
        (0, "0"),
    ],
)
def test_numbers_are_written_as_digits(value: Any, text: str) -> None:
    """No exponent, no float; zeros that were written stay."""
    assert number_text(value) == text


@given(DECIMALS)
def test_a_decimal_reads_back_as_written(value: Decimal) -> None:
    """The same digits, trailing zeros included."""
    back = read_exactly(json_text(value))
    assert back == value
    assert str(back) == format(value, "f")


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6))
def test_a_fraction_reads_back_to_twenty_digits_or_exactly(value: Fraction) -> None:
    """Exactly where a decimal can hold it."""
    back = Fraction(read_exactly(json_text(value)))
    if isinstance(exact(value), Decimal):
        assert back == value
    else:
        assert abs(back - value) <= abs(value) / 10**19


@given(DECIMALS)
def test_base_values_have_no_superfluous_zeros(value: Decimal) -> None:
    """150000000.00 元 is 150000000 元, however many digits."""
    base = exact(value)
    assert base == value
    text = number_text(base)
    assert "E" not in text and not ("." in text and text.endswith("0"))


def test_value_is_as_written_and_base_value_in_base_units() -> None:
    """1.50亿元 keeps its zero; the base value is whole."""
    plain = record_dict(make_record(quantity=quantity("1.50", YUAN, 10**8, "亿元")))
    assert json_text([plain[key] for key in ("value", "unit", "base_value", "base_unit")]) == (
        '[1.50, "亿元", 150000000, "元"]'
    )


def test_a_fraction_of_a_base_unit_is_written_with_enough_digits() -> None:
    """127亩 are 84666 and two thirds 平方米."""
    assert number_text(record_dict(make_record(quantity=quantity("127", MU)))["base_value"]) == "84666.666666666666667"


def test_both_ends_of_a_range_are_in_the_unit_given() -> None:
    """8000万—1亿元 is 8000 to 10000 万元."""
    span = quantity("8000", YUAN, 10**4, "万元", value_max=Decimal(1), scale_max=10**8, bound="range")
    plain = record_dict(make_record(quantity=span))
    assert [number_text(plain[key]) for key in ("value", "value_max", "base_value", "base_value_max")] == [
        "8000", "10000", "80000000", "100000000",
    ]  # fmt: skip


@given(st.recursive(st.none() | st.booleans() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip  # noqa: E501
def test_json_text_is_json(value: Any) -> None:
    """Whatever is written reads back, with or without indent, and no line ends inside."""
    assert json.loads(json_text(value)) == value
    assert json.loads(json_text(value, indent=2)) == value
    assert len(json_text(value).splitlines()) <= 1


def test_json_text_refuses_what_json_has_no_place_for() -> None:
    """A float would not be exact."""
    with pytest.raises(TypeError, match="float"):
        json_text(1.5)


def documents() -> list[Any]:
    """One document with records of all kinds, one without any."""
    odd = quantity("-0.30", YUAN, 1, "元")
    one = make_document(
        make_record(),
        make_record(name="=HYPERLINK(1)", quote="-5%", sentence="[gdp] | [/b] `x`\u2028 \x1b[31m", label="＝x"),
        make_record(quantity=odd, quote="-3", name="+甲", place="@乙", heading=("a", "b"), period=None, baseline=None),
        make_record(quantity=quantity("127", MU), indicator=None, label=None, name=None, year=None),
        make_record(quantity=quantity("3", HOME, value_max=Decimal("5"), bound="range")),
    )
    return [one, make_document(source="b.txt", title=None, records=(), edits=())]


def test_output_fits_the_published_schema() -> None:
    """Both that of a line and that of the whole."""
    import jsonschema

    whole = json.loads("".join(written("json", documents())))
    jsonschema.Draft202012Validator.check_schema(schema("json"))
    jsonschema.Draft202012Validator.check_schema(schema("record"))
    jsonschema.validate(whole, schema("json"))
    for line in "".join(written("jsonl", documents())).splitlines():
        jsonschema.validate(json.loads(line), schema("record"))


def test_the_schema_knows_every_key_and_no_other() -> None:
    """The order is the published one."""
    import jsonschema

    assert list(schema("record")["properties"]) == KEYS
    assert schema("record")["required"] == KEYS
    assert list(schema("json")["$defs"]["document"]["properties"]) == (
        ["source", "title", "date", "year", "place", "encoding", "format", "repairs", "indicators"]
    )
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(json_text(record_dict(make_record()))), "extra": 1}, schema("record"))


def test_json_holds_documents_with_their_repairs() -> None:
    """One object; a rule counts once per edit."""
    whole = json.loads("".join(written("json", documents())))
    assert [document["source"] for document in whole["documents"]] == ["a.txt", "b.txt"]
    assert whole["documents"][0]["repairs"] == {"repair.script": 2}
    assert json.loads("".join(written("json", [])))["documents"] == []


def test_csv_opens_in_a_spreadsheet() -> None:
    """Byte order mark, flat columns, line ends of RFC 4180."""
    text = "".join(written("csv", documents()))
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}source,start,")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["period_start"] == "2024-01-01" and rows[0]["baseline_kind"] == "previous_year"
    assert rows[2]["period_start"] == "" and rows[2]["heading"] == "a > b"
    assert text.endswith("\r\n")


def test_csv_cells_are_no_formulas() -> None:
    """A leading apostrophe, but not before plain negative numbers."""
    text = "".join(written("csv", documents()))[1:]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[1]["name"] == "'=HYPERLINK(1)"
    assert rows[1]["quote"] == "'-5%"
    assert rows[1]["label"] == "'＝x"
    assert (rows[2]["name"], rows[2]["place"]) == ("'+甲", "'@乙")
    assert (rows[2]["value"], rows[2]["base_value"], rows[2]["quote"]) == ("-0.30", "-0.3", "-3")


@given(st.text())
def test_no_csv_cell_begins_like_a_formula(text: str) -> None:
    """Whatever stands in a text."""
    out = "".join(written("csv", [make_document(make_record(name=text))], View(columns=("name",))))[1:]
    cell = list(csv.reader(io.StringIO(out, newline="")))[1:]
    cell_text = cell[0][0] if cell and cell[0] else ""
    assert not cell_text.startswith(("=", "+", "@", "\t", "\r", "\n"))
    assert not cell_text.startswith("-") or cell_text == "-" or Decimal(cell_text) <= 0


def test_csv_shows_the_columns_asked_for() -> None:
    """In the order asked for."""
    text = "".join(written("csv", documents()[:1], View(columns=("year", "amount"))))
    assert text.splitlines()[:2] == ["\N{ZERO WIDTH NO-BREAK SPACE}year,amount", "2024,≥2500家"]


def test_markdown_escapes_what_would_break_a_table() -> None:
    """A pipe, brackets and backticks of a text are its own."""
    lines = "".join(written("markdown", documents(), View(evidence=True))).splitlines()
    assert lines[0] == "## 工作报告"
    assert r"\[gdp\] \| \[/b\] \`x\`" in lines[7]
    assert len({line.replace(r"\|", "").count("|") for line in lines[4:]}) == 1


def test_a_table_survives_markup_in_the_text_and_controls_do_not() -> None:
    """Brackets stay, escape codes and line separators are gone."""
    table = "".join(written("table", documents(), View(evidence=True, width=200)))
    assert "[gdp] | [/b] `x`" in table
    assert "\x1b" not in table and "\u2028" not in table


def test_a_table_groups_by_heading_or_by_document() -> None:
    """A heading has a line of its own."""
    by_heading = "".join(written("table", documents(), View(width=120)))
    assert by_heading.splitlines().count("一、总体情况") == 2 and "a > b" in by_heading
    assert "一、总体情况" not in "".join(written("table", documents(), View(width=120, group="document")))


def test_a_table_speaks_two_languages() -> None:
    """Heads and codes."""
    chinese = "".join(written("table", documents(), View(lang="zh")))
    assert "名称" in chinese and "实际" in chinese
    english = "".join(written("table", documents()))
    assert "Status" in english and "actual" in english


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_a_table_fits_the_screen(width: int) -> None:
    """Wide characters count as two cells."""
    from rich.cells import cell_len

    table = "".join(written("table", documents(), View(width=width, evidence=True)))
    assert max(cell_len(line) for line in table.splitlines()) <= max(width, 64)


def test_colours_only_where_wanted() -> None:
    """Plain text has no escape codes."""
    assert "\x1b[" not in "".join(written("table", documents()))
    assert "\x1b[" in "".join(written("table", documents(), View(colour=True)))


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"quantity": quantity("5", bound="gt")}, ">5家"),
        ({"quantity": quantity("5", bound="le")}, "≤5家"),
        ({"quantity": quantity("5", bound="lt")}, "<5家"),
        ({"quantity": quantity("5", bound="approx")}, "≈5家"),
        ({"quantity": quantity("5")}, "5家"),
        ({"quantity": quantity("3", value_max=Decimal("5"), bound="range")}, "3–5家"),
    ],
)
def test_the_bound_is_a_sign(changes: dict[str, Any], shown: str) -> None:
    """Before the number, or between the two of a range."""
    text = "".join(written("markdown", [make_document(make_record(**changes))], View(columns=("amount",))))
    assert text.splitlines()[-1].replace("\\", "") == f"| {shown} |"


def test_every_column_can_be_shown() -> None:
    """In a table and in CSV."""
    for name in ("table", "csv", "markdown"):
        assert "".join(written(name, documents(), View(columns=SHOWN_COLUMNS, width=400)))


def test_suffixes_name_formats() -> None:
    """No suffix names two formats; an unknown one names none."""
    assert [format_of(name) for name in ("a.CSV", "a.jsonl", "a.json", "a.md", "a.txt", "a")] == [
        "csv", "jsonl", "json", "markdown", None, None,
    ]  # fmt: skip
    suffixes = [suffix for form in FORMATS for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        (Selection(), True),
        (Selection(indicators=frozenset({"enterprise"})), True),
        (Selection(indicators=frozenset({"enterprise.high"})), False),
        (Selection(statuses=frozenset({"target"})), False),
        (Selection(years=((2020, 2024),)), True),
        (Selection(years=((2025, 2025),)), False),
        (Selection(units=frozenset({"家"})), True),
        (Selection(units=frozenset({"元"})), False),
    ],
)
def test_a_selection_takes_what_was_asked_for(selection: Selection, taken: bool) -> None:
    """An id takes its finer ones, at a dot and nowhere else."""
    assert selection.takes(make_record()) is taken
    assert bool(selection.of(make_document()).records) is taken


def test_an_unknown_year_is_in_no_range() -> None:
    """Null is not a year."""
    assert not Selection(years=((0, 9999),)).takes(make_record(year=None))


@pytest.mark.parametrize(("locale", "language"), [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("", "en")])
def test_the_language_is_the_locale_s(locale: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """English where it is none of ours."""
    monkeypatch.setenv("LANG", locale)
    assert default_language() == language


def test_no_field_of_a_record_is_forgotten() -> None:
    """What the record holds is in the output, but for what `explain` shows: reasons and losers."""
    plain = record_dict(make_record())
    missing = {field.name for field in fields(Record)} - set(plain)
    assert missing == {"quantity", "reasons", "losers"}
