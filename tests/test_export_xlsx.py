"""XLSX: people read it, nothing in it acts, and what openpyxl and pandas read back is what was extracted."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyx.export import View, open_writer
from policyx.export import sheet as sheet_module
from policyx.export.dataset import NUMBERS
from policyx.export.flat import COLUMNS
from policyx.export.labels import VERDICTS, code_of, head_of, word_of
from policyx.export.sheet import MOST_CHARACTERS, clean_text, width_of
from policyx.model import Document
from tests.conftest import HOME, make_document, make_record
from tests.exported import FORMULA, flat, hard_document, quantity

openpyxl = pytest.importorskip("openpyxl")
unescape = pytest.importorskip("openpyxl.utils.escape").unescape  # openpyxl leaves it to its callers
pytest.importorskip("xlsxwriter")


def book_of(path: Path, *documents: Document, **view: Any) -> Any:
    """A workbook of these documents, as openpyxl reads it."""
    with open_writer(path, view=View(**view)) as writer:
        for document in documents:
            writer.add(document)
    return openpyxl.load_workbook(path)


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet by the heads of its columns."""
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


SHOWN = ("name", "label", "amount", "base_value", "base_unit", "year", "status", "measure", "place", "sentence",
         "source", "confidence", "flags")  # fmt: skip


def folded(sheet: Any) -> list[int]:
    """The numbers of the columns that are folded away."""
    return [
        number
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for number in range(dimension.min, dimension.max + 1)
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_records_read_back_as_extracted(lang: str, tmp_path: Path) -> None:
    """Every column of CSV, in either language; numbers to the digit, or as text where a sheet's number has no room."""
    document = hard_document()
    rows = table(book_of(tmp_path / "a.xlsx", document, lang=lang).worksheets[0])
    assert len(rows) == len(document)
    for row, record in zip(rows, document, strict=True):
        for key, wanted in flat(record).items():
            value = row[head_of(key, lang)]
            if key in NUMBERS and wanted is not None:
                fraction = len(wanted) > 20 and "." in wanted and not isinstance(value, str)
                assert Decimal(str(value)) == Decimal(wanted) or (fraction and float(value) == float(wanted)), key
            elif key == "confidence" and wanted is not None:
                assert value == float(wanted)
            elif key in ("status", "measure", "role") and wanted is not None:
                assert code_of(key, value) == wanted
            else:
                assert (value if value is not None else "") == (wanted if wanted is not None else ""), key
        assert row[head_of("verdict", lang)] is None


def test_pandas_reads_it(tmp_path: Path) -> None:
    """With the heads as columns, and numbers as numbers."""
    pandas = pytest.importorskip("pandas")
    book_of(tmp_path / "a.xlsx", hard_document())
    frame = pandas.read_excel(tmp_path / "a.xlsx", sheet_name="records")
    assert frame[head_of("base_value", "en")].iloc[0] == 150000000
    assert set(frame[head_of("year", "en")].dropna()) == {2023, 2024, 2030}


def test_a_fraction_is_a_number_all_the_same(tmp_path: Path) -> None:
    """127亩 in square metres."""
    row = table(book_of(tmp_path / "a.xlsx", hard_document()).worksheets[0])[6]
    assert row[head_of("base_value", "en")] == pytest.approx(float(Fraction(254000, 3)))


def test_nothing_is_a_formula(tmp_path: Path) -> None:
    """Texts that begin like one are texts."""
    book = book_of(tmp_path / "a.xlsx", hard_document(title=FORMULA, place="+1"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert FORMULA in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    with ZipFile(tmp_path / "a.xlsx") as files:
        sheets = [files.read(name) for name in files.namelist() if "worksheets/sheet" in name]
    assert sheets and not any(b"<f>" in data for data in sheets)


def test_a_sheet_is_made_for_readers(tmp_path: Path) -> None:
    """Frozen head, filter, widths that han characters need, the number's own places, the quote in bold."""
    changes = {"name": "全市规模以上工业增加值" * 2, "quantity": quantity("1.50"), "start": 10, "end": 15}
    book = book_of(tmp_path / "a.xlsx", make_document(make_record(**changes)))
    assert book.sheetnames == ["records", "pivot", "several", "checks", "documents"]
    for sheet in book:
        assert sheet.freeze_panes and sheet.auto_filter.ref == sheet.dimensions
    records = book["records"]
    heads = [cell.value for cell in records[1]]
    assert heads[:6] == ["Verdict", "Name", "Label", "Value", "Base value", "Base unit"]
    hidden = [heads[int(at) - 1] for at in folded(records)]
    assert hidden[0] == head_of("start", "en") and set(heads) - set(hidden) == {
        head_of(column, "en") for column in ("verdict", *SHOWN)
    }
    assert records.column_dimensions["B"].width >= 40
    value = records.cell(2, heads.index(head_of("value", "en")) + 1)
    assert (value.value, value.number_format) == (1.5, "#,##0.00")
    with ZipFile(tmp_path / "a.xlsx") as files:
        assert b"<b/>" in files.read("xl/worksheets/sheet1.xml")


def test_the_verdict_is_chosen_from_a_list(tmp_path: Path) -> None:
    """In the language of the sheet."""
    for lang in ("en", "zh"):
        sheet = book_of(tmp_path / f"{lang}.xlsx", make_document(), lang=lang).worksheets[0]
        (choice,) = sheet.data_validations.dataValidation
        assert choice.formula1 == '"' + ",".join(word_of("verdict", code, lang) for code in VERDICTS) + '"'
        assert str(choice.sqref) == "A2"


def test_the_source_is_a_link_that_leads_from_the_workbook_to_the_file(tmp_path: Path) -> None:
    """Relative, so that the two can be moved together; none where there is nothing to lead to."""
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "报告 #1.txt"
    source.write_text("x", encoding="utf-8")
    page = "https://example.org/a?b=c"
    records = [make_record(source=name) for name in (str(source), page, "-", "no-such-file.txt")]
    (tmp_path / "out").mkdir()
    documents = [make_document(record, source=record.source) for record in records]
    sheet = book_of(tmp_path / "out" / "a.xlsx", *documents, columns=("source", "name")).worksheets[0]
    links = [sheet.cell(row, 2).hyperlink for row in range(2, 6)]
    assert [link and (link.target.replace("\\", "/"), link.location) for link in links] == [
        ("../in/报告%20%231.txt", None), (page, None), None, None,
    ]  # fmt: skip
    assert sheet.cell(2, 2).value == str(source)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\x00b\x1bc", "a\ufffdb\ufffdc"),
        ("\ud83d", "\ufffd"),
        ("\ufffe", "\ufffd"),
        ("一行\n二行\t三", "一行\n二行\t三"),
        ("_x0041_", "_x0041_"),
        ("字" * 40000, "字" * (MOST_CHARACTERS - 1) + "…"),
        ("𠮷" * 20000, "𠮷" * ((MOST_CHARACTERS - 1) // 2) + "…"),
    ],
)
def test_what_a_cell_cannot_hold_neither_crashes_nor_corrupts(text: str, written: str, tmp_path: Path) -> None:
    """Control characters, half characters, too many characters."""
    document = make_document(make_record(name=text, sentence=text))
    book = book_of(tmp_path / "a.xlsx", document, columns=("name", "sentence"))
    row = next(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [unescape(value) for value in row[1:]] == [written, written]


@given(text=st.text(st.characters(), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_text_comes_back(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """But for what XML has no place for, and for carriage returns, which XML folds."""
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    book = book_of(path, make_document(make_record(name=text)), columns=("name",))
    value = book.worksheets[0].cell(2, 2).value
    assert unescape(value or "") == clean_text(text).replace("\r", "\n")


def test_rows_beyond_the_last_go_on_in_a_further_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same heads and the same choices; no row is lost."""
    monkeypatch.setattr(sheet_module, "MOST_ROWS", 4)
    document = make_document(*(make_record(name=f"名{number}") for number in range(7)))
    book = book_of(tmp_path / "a.xlsx", document, columns=("name",))
    pages = [sheet for sheet in book if sheet.title.startswith("records")]
    assert [sheet.title for sheet in pages] == ["records", "records 2", "records 3"]
    assert [row["Name"] for sheet in pages for row in table(sheet)] == [f"名{number}" for number in range(7)]
    assert all(sheet.data_validations.dataValidation for sheet in pages)


def test_the_pivot_has_a_row_for_each_kind_of_figure_and_a_column_for_each_year(tmp_path: Path) -> None:
    """In the unit as read; a sign is shown and is no part of the number."""
    documents = [
        make_document(make_record(year=2023), make_record(year=2024, status="target")),
        make_document(make_record(year=2022, quantity=quantity("3", value_max=Decimal(5), bound="range"))),
        make_document(make_record(year=None), make_record(indicator=None)),
    ]
    sheet = book_of(tmp_path / "a.xlsx", *documents)["pivot"]
    rows = table(sheet)
    keys = ["Label", "Place", "Measure", "Status", "Unit"]
    assert list(rows[0]) == [*keys, "2022", "2023", "2024"]
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("高新技术企业数", "某市", "level", "actual", "元"),
        ("高新技术企业数", "某市", "level", "actual", "家"),
        ("高新技术企业数", "某市", "level", "target", "家"),
    ]
    assert [rows[0]["2022"], rows[1]["2023"], rows[2]["2024"]] == ["3–5", 2500, 2500]
    assert sheet["G3"].number_format == '"≥"#,##0;"≥"-#,##0'


def test_the_pivot_speaks_in_the_unit_that_most_figures_were_read_in(tmp_path: Path) -> None:
    """1.5亿元 stays 1.5 亿元, and 8000万元 of the same row is 0.8."""
    billions = [quantity(value, scale=10**8, scale_max=10**8, unit_text="亿元") for value in ("1.50", "2")]
    others = quantity("8000", scale=10**4, scale_max=10**4, unit_text="万元")
    records = [make_record(year=2021 + at, quantity=one) for at, one in enumerate([*billions, others])]
    (row,) = table(book_of(tmp_path / "a.xlsx", make_document(*records))["pivot"])
    assert (row["Unit"], row["2021"], row["2022"], row["2023"]) == ("亿元", 1.5, 2, 0.8)


def test_a_cell_of_the_pivot_with_several_figures_counts_them_and_leads_to_them(tmp_path: Path) -> None:
    """It shows none of them as if there were no other; a figure that is told twice is one."""
    told = [
        ("a.txt", "2500", 2023),
        ("b.txt", "2600", 2023),
        ("b.txt", "2600", 2023),
        ("c.txt", "7", 2024),
        ("d.txt", "7", 2024),
    ]
    documents = [
        make_document(make_record(year=year, source=source, quantity=quantity(value, unit=HOME, unit_text="家")))
        for source, value, year in told
    ]
    book = book_of(tmp_path / "a.xlsx", *documents)
    (row,) = table(book["pivot"])
    assert (row["2023"], row["2024"]) == ("2,500–2,600 (2)", 7)
    assert book["pivot"]["F2"].hyperlink.location == "'several'!A2"
    listed = table(book["several"])
    assert [(item["Year"], item["Value"], item["Row"], item["Source"]) for item in listed] == [
        (2023, "2500家", "2", "a.txt"), (2023, "2600家", "3", "b.txt"), (2023, "2600家", "4", "b.txt"),
    ]  # fmt: skip
    assert book["several"]["G3"].hyperlink.location == "'records'!A3"


def test_checks_lead_to_rows(tmp_path: Path) -> None:
    """Each finding with the number of its row."""
    book = book_of(
        tmp_path / "a.xlsx", make_document(make_record(flags=()), make_record(checks=("sum",), flags=("x",)))
    )
    found = [(row["Kind"], row["What"], row["Row"]) for row in table(book["checks"])]
    assert found == [("check", "sum", "3"), ("flag", "x", "3")]
    assert book["checks"].cell(2, 4).hyperlink.location == "'records'!A3"


def test_what_is_least_sure_stands_first_among_what_is_to_be_looked_at(tmp_path: Path) -> None:
    """A record below 0.6 is looked at also without a flag."""
    told = (("甲", 0.9, ("x",)), ("乙", 0.3, ()), ("丙", 0.95, ()), ("丁", None, ("x",)))
    records = [make_record(name=name, confidence=sure, flags=flags) for name, sure, flags in told]
    book = book_of(tmp_path / "a.xlsx", make_document(*records))
    assert [row["Name"] for row in table(book["checks"])] == ["乙", "丁", "甲"]
    assert table(book["documents"])[0]["Doubtful"] == 3


def test_documents_are_listed(tmp_path: Path) -> None:
    """Also those without records."""
    rows = table(book_of(tmp_path / "a.xlsx", make_document(), make_document(source="b.txt", records=()))["documents"])
    assert [(row["Source"], row["Records"], row["Repairs"]) for row in rows] == [
        ("a.txt", 1, "repair.script × 2"),
        ("b.txt", 0, "repair.script × 2"),
    ]


def test_documents_are_listed_with_their_counts_and_what_was_not_read(tmp_path: Path) -> None:
    """By status, and how many records are doubtful."""
    path = tmp_path / "a.xlsx"
    with open_writer(path) as writer:
        writer.add(make_document(make_record(flags=()), make_record(status="target", flags=("x",), confidence=0.4)))
        writer.add_problem("b.pdf", "is encrypted")
    first, second = table(openpyxl.load_workbook(path)["documents"])
    assert [first[head] for head in ("Records", "actual", "target", "policy", "Doubtful")] == [2, 1, 1, 0, 1]
    assert (second["Source"], second["Not read"], second["Records"]) == ("b.pdf", "is encrypted", None)


def test_an_empty_workbook_opens(tmp_path: Path) -> None:
    """Heads and nothing else."""
    book = book_of(tmp_path / "a.xlsx")
    assert table(book["records"]) == [] and {cell.value for cell in book["records"][1]} >= {
        head_of(column, "en") for column in COLUMNS
    }


def test_heads_are_distinct() -> None:
    """A head names one column, in either language."""
    for lang in ("en", "zh"):
        heads = [head_of(column, lang) for column in ("verdict", "amount", "base", *COLUMNS)]
        assert len(set(heads)) == len(heads)


def test_the_width_of_a_text_counts_han_characters_twice() -> None:
    """As a screen does."""
    assert [width_of(text) for text in ("abc", "数值", "GDP增长", "")] == [3, 4, 7, 0]
