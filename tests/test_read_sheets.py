"""Workbooks and CSV files: their tables as rows with named cells, and documents that stand in rows."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest

from policyx.errors import ReadError
from policyx.pipeline import read_source
from policyx.read import Columns, Source, documents_in, read_bytes, read_documents, read_file
from policyx.read.columns import found_columns, is_unnamed
from policyx.read.number_format import general, shown
from policyx.read.sheet import Sheet, column_name
from policyx.read.sheet_text import sheet_lines
from policyx.rules import builtin_rules
from tests.sheet_maker import ods, xls, xlsx

HEADS = ["指标", "2023年", "2024年", "增速"]
FIGURES = [HEADS, ["高新技术企业（家）", 120.0, 138, 0.15], ["专利授权量（件）", 4021, 4500.5, -0.02]]
SHOWN = [
    "| 指标 | 2023年 | 2024年 | 增速 |",
    "| 高新技术企业（家） | 120 | 138 | 15.0% |",
    "| 专利授权量（件） | 4021 | 4500.5 | -2.0% |",
]
PERCENT = {(1, 3): "0.0%", (2, 3): "0.0%"}
REPORT = "全市高新技术企业达到138家，比上年增加18家。" * 20


def lines(*rows: list[str], name: str = "") -> list[str]:
    return [line.text for line in sheet_lines(Sheet.of(name, rows))]


def csv_bytes(*rows: list[str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def documents(data: bytes, suffix: str = ".csv", columns: Columns | None = None) -> list[Source]:
    return [item for item in documents_in(data, "t" + suffix, None, suffix, columns) if isinstance(item, Source)]


@pytest.mark.parametrize(
    ("suffix", "data"),
    [(".xlsx", xlsx({"Sheet1": FIGURES}, PERCENT)), (".xls", xls(FIGURES, PERCENT))],
)
def test_a_workbook_is_read_as_its_cells_show_it(suffix: str, data: bytes) -> None:
    """Percent as percent, no 120.0; the suffix does not matter."""
    for name in (suffix, ".txt", ""):
        source = read_bytes(data, "t", suffix=name)
        assert source.format == suffix[1:]
        assert source.text.splitlines() == SHOWN


def test_an_opendocument_sheet_is_read_from_what_it_shows() -> None:
    """Repeats to the edge of the sheet count as nothing; a hidden table is left out and said so."""
    cell = '<table:table-cell office:value="{}"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(0, text) for text in row)}</table:table-row>"
        for row in (["指标", "增速"], ["粮食<text:s/>产量", "3.5%"])
    )
    wide = '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>2024年农业</text:p>'
    wide += "</table:table-cell><table:covered-table-cell/></table:table-row>"
    far = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    data = ods(
        f'<table:table table:name="农业">{wide}{rows}{far}</table:table>'
        f'<table:table table:name="暂存" table:style-name="out">{rows}</table:table>'
    )
    source = read_bytes(data, "t.ods", suffix=".ods")
    assert source.text.splitlines() == ["2024年农业", "| 指标 | 增速 |", "| 粮食 产量 | 3.5% |"]
    assert source.notes == ("hidden sheets are not read: 暂存",)
    assert source.cell(source.text.index("3.5%")) == "农业!B3"


XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Styles><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style></Styles>'
    '<Worksheet ss:Name="企业"><Table>'
    '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">2024年企业</Data></Cell></Row>'
    '<Row ss:Index="2"><Cell><Data ss:Type="String">指标</Data></Cell><Cell><Data ss:Type="String">2024年</Data></Cell>'
    '<Cell><Data ss:Type="String">增速</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="String">企业（家）</Data></Cell><Cell><Data ss:Type="Number">138</Data></Cell>'
    '<Cell ss:Index="3" ss:StyleID="p"><Data ss:Type="Number">0.125</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
).encode()


@pytest.mark.parametrize("suffix", [".xls", ".xml", ".xlsx"])
def test_a_workbook_in_the_xml_of_excel_2003_is_read_whatever_its_suffix(suffix: str) -> None:
    """Many systems export it as .xls."""
    source = read_bytes(XML_2003, f"t{suffix}", suffix=suffix)
    assert (
        source.text.splitlines()
        == ["企业", "2024年企业", "| 指标 | 2024年 | 增速 |", "| 企业（家） | 138 | 12.5% |"][1:]
    )
    assert (source.format, source.cell(source.text.index("12.5%"))) == ("xmlss", "企业!C3")
    (error,) = documents_in(XML_2003[:-30], "t", None, suffix)
    assert isinstance(error, ReadError) and "damaged" in error.reason


def test_merged_cells_stand_in_every_place_that_they_cover() -> None:
    """A title merged over the whole width is a line, a head over two columns is the head of both."""
    rows = [
        ["2024年主要指标", None, None],
        ["指标", "规模", None],
        [None, "2023年", "2024年"],
        ["企业（家）", 5, 6],
    ]
    merges = [(0, 0, 0, 2), (1, 0, 2, 0), (1, 1, 1, 2)]
    expected = ["2024年主要指标", "规模", "| 指标 | 2023年 | 2024年 |", "| 企业（家） | 5 | 6 |"]
    for data in (xlsx({"Sheet1": rows}, merges=merges), xls(rows, merges=merges)):
        source = read_bytes(data, "t")
        assert source.text.splitlines() == expected
        assert source.cell(source.text.index("企业")) == "Sheet1!A4"
        assert source.cell(source.text.index("指标 |")) == "Sheet1!A2"


def test_every_sheet_is_read_under_its_name_and_hidden_ones_are_told() -> None:
    """A name that nobody gave is not written."""
    data = xlsx({"企业": [["企业（家）", 5]], "Sheet2": [["人口（万人）", 7]], "草稿": [["x", 1]]}, hidden=["草稿"])
    source = read_bytes(data, "t")
    assert source.text.splitlines() == ["企业", "| 企业（家） | 5 |", "", "| 人口（万人） | 7 |"]
    assert source.notes == ("hidden sheets are not read: 草稿",)


def test_a_record_tells_its_cell() -> None:
    """Also of a sheet whose table begins further in."""
    data = xlsx({"表1": [[], [None, *HEADS], *([None, *row] for row in FIGURES[1:])]}, {(2, 4): "0%"})
    document = read_source(read_bytes(data, "t.xlsx"))
    assert {(r.quote, r.cell) for r in document.records} >= {("138", "表1!D3"), ("15%", "表1!E3")}


def test_tables_beside_and_below_one_another_are_parted() -> None:
    """A row left empty inside a table parts nothing; a title goes with its table."""
    assert lines(
        ["表一", "", "", ""],
        ["地区", "企业", "", "人口"],
        ["甲县", "5", "", "30"],
        ["", "", "", ""],
        ["乙县", "6", "", "40"],
        ["", "", "", ""],
        ["", "", "", ""],
        ["说明", "", "", ""],
    ) == ["表一", "| 地区 | 企业 | 人口 |", "| 甲县 | 5 | 30 |", "| 乙县 | 6 | 40 |", "", "说明"]
    assert lines(["地区", "企业", "", "地区", "人口"], ["甲县", "5", "", "乙县", "30"]) == [
        "| 地区 | 企业 |",
        "| 甲县 | 5 |",
        "",
        "| 地区 | 人口 |",
        "| 乙县 | 30 |",
    ]


def test_labels_beside_a_title_and_below_a_table_are_no_rows_of_it() -> None:
    """The unit often stands at the right end of the title's row."""
    assert lines(
        ["主要指标", "", "", "", "单位：亿元"],
        ["指标", "2022年", "2023年", "2024年", "增速"],
        ["总产值", "5", "6", "7", "3%"],
        ["填表人：某某", "", "", "", "日期：2024年5月"],
    ) == [
        "主要指标",
        "单位：亿元",
        "| 指标 | 2022年 | 2023年 | 2024年 | 增速 |",
        "| 总产值 | 5 | 6 | 7 | 3% |",
        "填表人：某某",
        "日期：2024年5月",
    ]
    assert lines(["时间：全年", "地点：全市", "数值"], ["甲", "乙", "5"])[0] == "| 时间：全年 | 地点：全市 | 数值 |"


def test_prose_in_a_column_is_lines_of_their_own() -> None:
    """As in a page or a DOCX document: one column is paragraphs."""
    assert lines(["一、总体情况"], ["全市企业达到138家。"]) == ["一、总体情况", "全市企业达到138家。"]


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        (0.125, "0.0%", "12.5%"),
        (0.125, "0%", "13%"),
        (1234.0, "", "1234"),
        (1234.5, "General", "1234.5"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-5.25, "#,##0.0_);[Red]\\(#,##0.0\\)", "-5.3"),
        (0, '0.0;-0.0;"-"', "-"),
        (5, ";;;", ""),
        (3.25, '0.0"亿元"', "3.3亿元"),
        (12345678, '0.00,,"百万元"', "12.35百万元"),
        (15, '0"%"', "15%"),
        (5.5, "¥#,##0.00", "¥5.50"),
        (7.5, "[$￥-804]#,##0.00", "￥7.50"),
        (7, "000", "007"),
        (0.1 + 0.2, "", "0.3"),
        (1 / 3, "", "0.3333333333"),
        (0.5, "# ?/?", "0.5"),
        (3, "[>100]0.0;0", "3"),
        (12, '"never closed', "12"),
        (0.00001234, "", "0.0000123400".rstrip("0")),
        (True, "", "TRUE"),
        (datetime(2025, 3, 15), 'yyyy"年"m"月"d"日"', "2025年3月15日"),
        (datetime(2025, 3, 1), 'yyyy"年"m"月"', "2025年3月"),
        (date(2025, 3, 15), "m/d/yy", "2025-03-15"),
        (date(2025, 1, 1), "yyyy", "2025"),
        (date(2025, 3, 15), 'm"月"d"日"', "3月15日"),
        (datetime(2025, 3, 15, 8, 5), "yyyy-mm-dd hh:mm", "2025-03-15 08:05"),
        (time(8, 5), "h:mm", "08:05"),
        (None, "", ""),
    ],
)
def test_a_value_is_shown_as_its_format_says(value: object, format: str, text: str) -> None:
    """A format that is not known shows the value as it is, never a wrong one."""
    assert shown(value, format) == text


def test_numbers_without_a_format_are_never_in_powers_of_ten() -> None:
    """Nor cut before their decimals end."""
    assert general(123456789012.0) == "123456789012"
    assert general(98765.4321) == "98765.4321"
    assert general(2e15) == "2000000000000000"


def test_columns_have_letters() -> None:
    """As spreadsheets name them."""
    assert [column_name(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_file_is_a_table_whatever_parts_it(delimiter: str, encoding: str) -> None:
    """A comma inside a quoted cell parts nothing."""
    data = csv_bytes(["地区", "企业，家", "备注"], ["甲县", "5", 'a,b;"c"'], encoding=encoding, delimiter=delimiter)
    source = read_bytes(data, "t.csv", suffix=".csv")
    assert source.text == '| 地区 | 企业，家 | 备注 |\n| 甲县 | 5 | a,b;"c" |\n'
    assert source.format == "csv"
    assert source.cell(source.text.index("| 5") + 2) == "B2"


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    """What follows it is one cell."""
    source = read_bytes('地区,企业\n甲县,"5\n乙县,6\n'.encode(), "t.csv", suffix=".csv")
    assert source.notes and "never closed" in source.notes[0]


@pytest.mark.parametrize("heads", [["province", "year", "title", "full_text"], ["省份", "年份", "标题", "正文"]])
def test_rows_that_hold_documents_are_read_as_documents(heads: list[str], tmp_path: Path) -> None:
    """Title, date and place from the columns beside; a cell may be larger than the csv module expects."""
    text = "全市高新技术企业达到138家，比上年增加18家。\n" * 8000
    (tmp_path / "r.csv").write_bytes(
        csv_bytes(heads, ["某省", "2024", "某省工作报告", text], ["某省", "2023", "旧", "短。"])
    )
    first, second = read_documents(tmp_path / "r.csv")
    assert isinstance(first, Source) and isinstance(second, Source)
    assert first.path == f"{tmp_path / 'r.csv'}!/2" and second.path.endswith("!/3")
    assert (first.text, first.title, first.date, first.place) == (text, "某省工作报告", "2024", "某省")
    assert read_file(f"{tmp_path / 'r.csv'}!/3").text == "短。"
    document = read_source(first._replace(text=text[:40]))
    assert document.place == "某省" and document.records[0].cell == "D2"


def test_the_columns_may_be_named_by_the_user() -> None:
    """Where heads do not tell; a head that is not there is an error that lists those that are."""
    data = csv_bytes(["编号", "主体", "何时", "说明"], ["1", "甲市", "2024年5月6日", "新增企业5家。"])
    assert len(documents(data)) == 1 and documents(data)[0].path == "t.csv"
    columns = Columns(text="说明", title="编号", date="何时", place="主体")
    (document,) = documents(data, columns=columns)
    assert (document.text, document.title, document.date, document.place) == (
        "新增企业5家。",
        "1",
        "2024-05-06",
        "甲市",
    )
    (error,) = documents_in(data, "t.csv", None, ".csv", Columns(text="全文"))
    assert isinstance(error, ReadError) and "has no column '全文'; its columns are 编号, 主体" in error.reason


def test_a_table_with_a_column_of_short_contents_is_a_table() -> None:
    """内容 heads tasks as well as documents: the length of its cells tells."""
    rows = [["序号", "内容", "责任单位"], ["1", "新增企业5家", "科技局"]]
    assert documents(csv_bytes(*rows))[0].text.startswith("| 序号 |")
    assert documents(csv_bytes(rows[0], ["1", REPORT, "科技局"]))[0].text == REPORT


def test_a_date_of_another_year_gives_way_to_the_year() -> None:
    """Old reports were put on the web long after: their date is not that of the document."""
    rows = [["年份", "发布日期", "省份", "城市", "正文"]]
    for year, written in (("2005", "2019-06-01"), ("2023", "2024-01-15"), ("", "20240115")):
        rows.append([year, written, "甲省", "乙市", REPORT])
    found = documents(csv_bytes(*rows))
    assert [document.date for document in found] == ["2005", "2024-01-15", "2024-01-15"]
    assert found[0].place == "甲省乙市"


def test_rows_without_text_are_told_and_the_others_read() -> None:
    """Once for the file, not once for each."""
    data = csv_bytes(["title", "full_text"], ["a", ""], ["b", REPORT], ["c", " "])
    found = list(documents_in(data, "t.csv", None, ".csv"))
    assert [item.path for item in found] == ["t.csv!/3", "t.csv"]
    assert isinstance(found[1], ReadError) and found[1].reason == "no text in 2 rows, the first of them 2"


def test_documents_in_the_rows_of_a_workbook_are_named_by_sheet_and_row() -> None:
    """Sheets that hold tables are read as such beside them."""
    data = xlsx({"报告": [["标题", "正文"], ["甲", REPORT]], "数据": [["企业（家）", 5]]})
    found = documents(data, ".xlsx")
    assert [item.path for item in found] == ["t.xlsx", "t.xlsx!/报告/2"]
    assert found[0].text == "数据\n| 企业（家） | 5 |\n"


@pytest.mark.parametrize("entry", builtin_rules().of("column"), ids=lambda entry: entry["id"])
def test_each_column_is_found_by_its_words(entry: dict[str, object]) -> None:
    """And by none that only resembles them."""
    words = entry["words"]
    assert isinstance(words, list)
    for word in words:
        if entry["role"] == "unnamed_sheet":
            assert is_unnamed(f"{word}1") and not is_unnamed(f"{word}指标")
        else:
            role = str(entry["role"])
            assert found_columns(["x", f" {word}："], Columns(), "t").first(role) == 1
            assert found_columns(["x", f"{word}增速"], Columns(), "t").first(role) is None


@pytest.mark.parametrize(
    ("data", "suffix", "reason"),
    [
        (xlsx({"Sheet1": FIGURES})[:-400], ".xlsx", "damaged"),
        (xls(FIGURES)[:2000], ".xls", "damaged"),
        (xlsx({"Sheet1": [[]]}), ".xlsx", "all its cells are empty"),
        (b",,\n,,\n", ".csv", "all its cells are empty"),
        (b"", ".csv", "is empty"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_reason(data: bytes, suffix: str, reason: str) -> None:
    """One line that says why; nothing else is raised."""
    (error,) = documents_in(data, "t", None, suffix)
    assert isinstance(error, ReadError) and reason in error.reason


def test_cells_at_the_far_end_of_a_sheet_do_not_fill_the_memory() -> None:
    """The rectangle around two cells may hold seventeen thousand million."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx({"Sheet1": [[5]]}))) as book, zipfile.ZipFile(out, "w") as archive:
        for name in book.namelist():
            data = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                far = b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                data = data.replace(b"</row></sheetData>", far)
            archive.writestr(name, data)
    (error,) = documents_in(out.getvalue(), "t.xlsx", None, ".xlsx")
    assert isinstance(error, ReadError) and "1048576 rows and 16384 columns" in error.reason


FAR_ODS = (
    '<table:table table:name="a"><table:table-row table:number-rows-repeated="200000"><table:table-cell/>'
    '</table:table-row><table:table-row><table:table-cell table:number-columns-repeated="9000"/><table:table-cell>'
    "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"a,b\n" * 20_000 + b"," * 20_000, ".csv"),
        (XML_2003.replace(b'ss:Index="2"', b'ss:Index="200000"').replace(b'ss:Index="3"', b'ss:Index="9000"'), ".xls"),
        (ods(FAR_ODS), ".ods"),
    ],
)
def test_a_sheet_of_few_cells_far_apart_is_refused(data: bytes, suffix: str) -> None:
    """In every format."""
    (error,) = documents_in(data, "t", None, suffix)
    assert isinstance(error, ReadError) and "mostly empty; no more than" in error.reason


def test_a_sheet_that_is_damaged_is_told_and_the_others_are_read() -> None:
    """Where all are, the workbook is refused."""
    out = io.BytesIO()
    whole = io.BytesIO(xlsx({"a": [["企业", 5]], "b": [["人口", 7]]}))
    with zipfile.ZipFile(whole) as book, zipfile.ZipFile(out, "w") as archive:
        for name in book.namelist():
            archive.writestr(name, b"<broken" if name.endswith("sheet2.xml") else book.read(name))
    (source,) = documents(out.getvalue(), ".xlsx")
    assert source.text == "a\n| 企业 | 5 |\n"
    assert source.notes == ("sheets that are damaged are not read: b",)


def test_formulas_that_nobody_worked_out_are_told() -> None:
    """Programs write workbooks without results; a spreadsheet shows them only after it has opened the file."""
    out = io.BytesIO()
    whole = io.BytesIO(xlsx({"a": [["企业", 5], ["合计", "=SUM(B1:B1)"]]}))
    with zipfile.ZipFile(whole) as book, zipfile.ZipFile(out, "w") as archive:
        for name in book.namelist():
            archive.writestr(name, book.read(name).replace(b"</f><v>0</v>", b"</f>"))
    (source,) = documents(out.getvalue(), ".xlsx")
    assert source.notes == ("formulas without a stored result are not read: 1",)
    assert documents(whole.getvalue(), ".xlsx")[0].notes == ()


def test_a_page_or_a_list_that_is_called_a_workbook_is_read_as_what_it_is() -> None:
    """Exports of old systems are."""
    page = "<table><tr><td>地区</td><td>企业</td></tr><tr><td>甲县</td><td>5家</td></tr></table>".encode()
    assert read_bytes(page, "t.xls", suffix=".xls").format == "html"
    assert read_bytes("地区\t企业\n甲县\t5家\n".encode("gbk"), "t.xls", suffix=".xls").format == "csv"


def test_the_command_takes_the_columns_and_shows_the_cell(tmp_path: Path) -> None:
    """As a user would."""
    (tmp_path / "t.csv").write_bytes(csv_bytes(["何处", "说明"], ["甲市", "新增高新技术企业5家。"]))
    command = [
        sys.executable,
        "-m",
        "policyx",
        "extract",
        "-f",
        "jsonl",
        "--text-column",
        "说明",
        "--place-column",
        "何处",
    ]
    done = subprocess.run([*command, str(tmp_path / "t.csv")], capture_output=True, encoding="utf-8", check=True)
    record = json.loads(done.stdout)
    assert (record["source"].rpartition("/")[2], record["cell"], record["place"]) == ("2", "B2", "甲市")
    command[-3:] = ["正文"]
    done = subprocess.run([*command, str(tmp_path / "t.csv")], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1 and "has no column '正文'" in done.stderr


@pytest.mark.parametrize(("name", "lang"), [("o.csv", "en"), ("o.csv", "zh"), ("o.xlsx", "en"), ("o.xlsx", "zh")])
def test_results_of_our_own_are_not_read_as_documents(name: str, lang: str, tmp_path: Path) -> None:
    """They often stand in the folder that is read again."""
    (tmp_path / "t.txt").write_text("2024年，新增高新技术企业5家。", encoding="utf-8")
    command = [sys.executable, "-m", "policyx", "extract", "--lang", lang, str(tmp_path / "t.txt"), "-o"]
    subprocess.run([*command, str(tmp_path / name)], check=True, capture_output=True)
    (error,) = read_documents(tmp_path / name)
    assert isinstance(error, ReadError) and error.reason == "is a table of records that policyx wrote, not a document"
