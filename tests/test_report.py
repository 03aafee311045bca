"""The report's page: its data is the records', a text is text, and nothing but its own script may run."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import policyx
from policyx.export.numbers import exact, number_text
from policyx.model import Period, Quantity, Unit
from policyx.report import page_pieces, shown_document
from policyx.report.columns import Columns
from policyx.report.evidence import KINDS
from tests.conftest import make_document, make_record
from tests.exported import HUGE, hard_document
from tests.reports import FIRST, SECOND, cell, data_of, documents, page_of


def marks(document: Any, record: Any) -> dict[str, list[str]]:
    """The characters of the original that are marked for a record, by kind."""
    flat = shown_document(document).records[document.records.index(record)][7]
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for kind, start, size in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
        found[KINDS[kind]].append(document.original[record.start + start : record.start + start + size])
    return found


def record_of(text: str, quote: str, **told: Any) -> tuple[Any, Any]:
    """The document of a text, and its record with a quote."""
    document = policyx.extract(text, **told)
    return document, next(record for record in document.records if record.quote == quote)


def test_every_record_is_on_the_page_with_its_place() -> None:
    """Its columns lead to the quote in the text that stands once for all records of a document."""
    page = page_of()
    data = data_of(page)
    number = 0
    for at, document in enumerate(documents()):
        text = data_of(page, f"text-{at}")["text"]
        assert text == document.original
        for record in document.records:
            start, size = cell(data, number, "at"), cell(data, number, "long")
            assert text[start : start + size] == record.quote
            sentence = text[start + cell(data, number, "sentence") : start + cell(data, number, "span")]
            assert sentence == record.sentence
            assert (cell(data, number, "name"), cell(data, number, "status")) == (record.name, record.status)
            assert cell(data, number, "base") == number_text(exact(record.quantity.base_value))
            number += 1
    assert number == len(data["columns"]["at"]) > 10


def test_numbers_keep_all_their_digits() -> None:
    """As text, since a script's numbers have 15 digits."""
    data = data_of(page_of([hard_document()]))
    values = {cell(data, at, "value") for at in range(len(data["columns"]["at"]))}
    assert {str(HUGE), "0.0000000000000000123", "-0.30"} <= values


def test_what_speaks_for_a_record_is_marked_in_the_original() -> None:
    """Name and period as they are written, and the words of the rules that the record cites."""
    document, record = record_of("2024年，全市力争高新技术企业达到2500家以上。", "2500家")
    found = marks(document, record)
    assert "高新技术企业" in "".join(found["name"])
    assert found["period"] == ["2024年"]
    assert set(found["cue"]) >= {"力争", "以上"}


def test_a_name_is_marked_where_it_was_repaired() -> None:
    """The record's name is simplified, its characters in the original are not."""
    document, record = record_of("揚州市高新技術企業達到2500家，科技型中小企業達到3200家。", "2500家")
    assert "企业" in record.name
    assert "技術企業" in "".join(marks(document, record)["name"])


def test_a_carried_name_is_marked_where_it_stands_before() -> None:
    """In the sentence before, nearest to the quantity."""
    document, record = record_of("2023年，全市高新技术企业达到2500家。同比增长12.5%。", "12.5%")
    record = replace(record, name="高新技术企业")
    document = replace(document, records=(record,))
    assert marks(document, record)["name"] == ["高新技术企业"]


def test_a_period_is_marked_where_it_was_set_far_above() -> None:
    """However much text lies between; a name of one character where it stands."""
    text = "一、2021年工作回顾\n\n" + "各项工作稳步推进。\n" * 400 + "钢333万吨。"
    document, record = record_of(text, "333万吨")
    record = replace(record, name="钢", period=Period("2021年", "2021-01-01", "2021-12-31", origin="carried"))
    found = marks(replace(document, records=(record,)), record)
    assert (found["period"], found["name"]) == (["2021年"], ["钢"])


def test_a_quote_outside_its_sentence_is_not_marked() -> None:
    """Of a document whose text is not at hand: the sentence is shown then, and no characters of it are called the
    quote."""
    data = data_of(page_of([make_document(make_record(start=100, end=105))]))
    assert (cell(data, 0, "at"), cell(data, 0, "long"), cell(data, 0, "sentence")) == (0, 0, 0)
    assert cell(data, 0, "moved") == 100


def test_a_document_without_its_text_shows_its_sentences() -> None:
    """As those of a dataset: the quotes lie in the sentences, which stand in the order of the text."""
    document = policyx.extract(FIRST)
    bare = replace(document, original="", repaired="", edits=())
    page = page_of([bare])
    text, data = data_of(page, "text-0")["text"], data_of(page)
    assert data["documents"][0]["whole"] is False
    for number, record in enumerate(bare.records):
        start = cell(data, number, "at")
        assert start + cell(data, number, "moved") == record.start
        assert text[start : start + cell(data, number, "long")] == record.quote


def test_a_part_of_a_long_file_is_shown_whole_with_the_places_of_the_file() -> None:
    """Its records count from the beginning of the file, its text begins later."""
    document = policyx.extract(FIRST)
    part = replace(
        document,
        records=tuple(
            replace(r, start=r.start + 9000, end=r.end + 9000, sentence_start=r.sentence_start + 9000,
                    sentence_end=r.sentence_end + 9000)
            for r in document.records
        ),
    )  # fmt: skip
    data = data_of(page_of([part]))
    assert data["documents"][0]["whole"] is True
    for number, record in enumerate(part.records):
        assert cell(data, number, "at") + cell(data, number, "moved") == record.start
    assert shown_document(part).records[0][7] == shown_document(document).records[0][7]


def test_documents_without_records_and_files_passed_over_are_on_the_page() -> None:
    """Each named, with the reason."""
    data = data_of(page_of(passed=[("地图.bin", "is no document")]))
    assert [one["source"] for one in data["documents"] if not one["records"]] == ["通知.txt"]
    assert data["passed"] == [["地图.bin", "is no document"]]


def test_a_text_cannot_leave_its_script() -> None:
    """Markup in a document is data: the page has the same elements with it and without."""

    class Elements(HTMLParser):
        def __init__(self, page: str) -> None:
            super().__init__()
            self.seen: list[str] = []
            self.feed(page)

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            self.seen.append(tag)

    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)><!-- \u2028"
    page = page_of([hard_document(title=evil, source=evil), make_document(make_record(name=evil), original=evil)])
    plain = page_of([make_document(), make_document()])
    assert Elements(page).seen == Elements(plain).seen
    assert data_of(page)["documents"][0]["title"] == evil
    assert (
        data_of(page_of([make_document(original=evil, records=(), repaired=evil, edits=())]), "text-0")["text"] == evil
    )


def test_only_the_pages_own_script_and_style_may_run() -> None:
    """The policy names their hashes, and nothing inline, no address, no evaluated text."""
    page = page_of()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (script, style)]
    assert f"script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'" in policy
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/2000/svg"}
    assert not re.findall(r"\sstyle=|\son[a-z]+=\"", page)


def test_all_words_of_the_page_are_there_in_both_languages() -> None:
    """Each that the script asks for, none empty."""
    page = page_of()
    words = data_of(page, "words")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    asked = set(re.findall(r'\bsay\("([a-z_]+)"', script)) | set(re.findall(r'"(key_[a-z]+)"', script))
    assert len(asked) > 50
    for language in ("zh", "en"):
        assert asked <= set(words[language]["text"])
        assert all(words[language]["text"].values())
    assert words["zh"]["status"]["target"] == "目标"


def test_the_page_begins_in_the_language_asked_for() -> None:
    """The reader may change it."""
    assert '<html lang="zh-CN">' in page_of([], lang="zh")
    assert data_of(page_of([], lang="en"), "words")["lang"] == "en"


def test_what_repeats_stands_once() -> None:
    """A column of few values holds each once, with the numbers of the rows that have it."""
    columns = Columns(("at", "name"))
    for row in ((1, "甲"), (2, "乙"), (3, "甲")):
        columns.add(row)
    assert columns.json() == '{"at":[1,2,3],\n"name":{"values":["甲","乙"],"codes":[0,1,0]}}'


def test_the_page_leaves_a_document_at_a_time() -> None:
    """So that the texts of many need not be held in memory."""
    taken: list[int] = []

    def shown() -> Any:
        for number in range(3):
            taken.append(number)
            yield shown_document(make_document())

    pieces = page_pieces(shown())
    next(pieces)
    assert taken == []
    assert 'id="text-0"' in next(pieces) and taken == [0]


def test_the_command_writes_the_page_and_names_what_it_passed_over(run: Any, tmp_path: Path) -> None:
    """On standard error and on the page; exit code 1, as for `extract`."""
    (tmp_path / "报告.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    result = run("report", str(tmp_path), "-o", "page.html")
    assert result.exit_code == 1
    assert "坏.pdf" in result.stderr
    data = data_of(Path("page.html").read_text(encoding="utf-8"))
    assert [Path(path).name for path, _ in data["passed"]] == ["坏.pdf"]
    assert data["documents"][0]["records"] == len(data["columns"]["at"])


def test_the_command_reads_standard_input_and_writes_standard_output(run: Any) -> None:
    """`-` on both sides."""
    result = run("report", "-", "-o", "-", "--lang", "zh", input=FIRST.encode())
    assert result.exit_code == 0
    assert data_of(result.stdout)["documents"][0]["source"] == "-"


def test_extract_writes_the_same_page_of_what_it_was_asked_for(run: Any) -> None:
    """`-o FILE.html` is the report, with the filters of `extract`."""
    Path("a.txt").write_text(FIRST, encoding="utf-8")
    assert run("extract", "a.txt", "missing.txt", "-o", "page.html", "--status", "target").exit_code == 1
    data = data_of(Path("page.html").read_text(encoding="utf-8"))
    assert {cell(data, at, "status") for at in range(len(data["columns"]["at"]))} == {"target"}
    assert data["passed"] == [["missing.txt", "does not exist"]]
    assert run("extract", "a.txt", "-f", "html").stdout.startswith("<!DOCTYPE html>")


def test_a_dataset_becomes_a_report_of_its_sentences(run: Any) -> None:
    """With the findings of its checks; a file that is none is named."""
    Path("a.txt").write_text(FIRST, encoding="utf-8")
    run("extract", "a.txt", "-o", "figures.sqlite")
    result = run("report", "figures.sqlite", "-o", "page.html")
    assert result.exit_code == 0, result.stderr
    data = data_of(Path("page.html").read_text(encoding="utf-8"))
    assert data["documents"][0]["whole"] is False
    assert [(one["kind"], one["verdict"]) for one in data["findings"]] == [("sum", "confirmed")]
    assert "records of 1 documents" in result.stderr


def test_the_texts_of_a_dataset_are_shown_where_they_still_stand(run: Any) -> None:
    """Repaired as they were; of one that has changed there are the sentences, and a line says so."""
    Path("a.txt").write_text(FIRST, encoding="utf-8")
    Path("b.txt").write_text(SECOND, encoding="utf-8")
    run("extract", "a.txt", "b.txt", "-o", "figures.sqlite")
    Path("b.txt").write_text("x" + SECOND, encoding="utf-8")
    result = run("report", "figures.sqlite", "--texts", "-o", "page.html")
    assert result.exit_code == 0
    page = Path("page.html").read_text(encoding="utf-8")
    assert [one["whole"] for one in data_of(page)["documents"]] == [True, False]
    assert data_of(page, "text-0")["text"] == FIRST
    assert "".join(edit[2] for edit in data_of(page, "text-0")["edits"]) == "2500"
    assert "b.txt: its text is not there any more, or has changed" in result.stderr


def test_headline_indicators_are_those_of_the_panel() -> None:
    """One record a place, year, measure and status, with the reason; what reports do not tell is there too."""
    text = "2023年，确保地区生产总值增长6%，力争增长6.5%。\n不设具体的居民收入目标。"
    sentence, unit = text.split("\n")[0], Unit("%", "%", Fraction(1), "ratio", "unit.percent")
    aims = [
        make_record(
            quote=quote, start=text.index(quote), end=text.index(quote) + len(quote), name="地区生产总值", year=2023,
            quantity=Quantity(Decimal(quote[:-1]), None, 1, 1, unit, "%"), indicator="output.gdp", label="地区生产总值",
            measure="growth_rate", status="target", place="杭州市", sentence=sentence,
            sentence_start=0, sentence_end=len(sentence),
        )
        for quote in ("6%", "6.5%")
    ]  # fmt: skip
    given = [make_document(*aims, original=text, repaired=text, edits=(), place="杭州市", year=2022)]
    data = data_of(page_of(given, lang="zh"))
    told = {
        (place, columns_of(data, number)["year"], columns_of(data, number)["status"]): (
            columns_of(data, number)["base"], because, force, stretch,
        )
        for number, place, series, _, _, because, force, stretch in data["headlines"]
        if series == "output.gdp"
    }  # fmt: skip
    assert told == {("杭州市", 2023, "target"): ("6", "firm_aim", "hard", "6.5")}
    missing = {
        (year, status, state) for place, year, label, status, state in data["missing"] if label == "地区生产总值"
    }
    assert missing == {(2022, "actual", "not_in_text")}
    assert not [number for number, _ in data["series"] if cell(data, number, "indicator") == "output.gdp"]


def columns_of(data: Any, number: int) -> dict[str, Any]:
    """All columns of a record."""
    return {name: cell(data, number, name) for name in data["columns"]}


def test_findings_point_to_their_records_across_documents() -> None:
    """Their numbers are those of the page, not of the document."""
    data = data_of(page_of())
    growth = next(one for one in data["findings"] if one["verdict"] == "contradicted")
    assert [cell(data, number, "amount") for number in growth["records"]] == ["3120家", "620家", "28%"]
    assert growth["parts"] == ["level", "change", "growth"]
    assert "24.8%" in growth["sentence"]["zh"] and "24.8%" in growth["sentence"]["en"]


def test_a_program_writes_the_report_of_documents(tmp_path: Path) -> None:
    """`policyx.report(documents, path)`; what could not be read is on the page."""
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    policyx.report(policyx.documents([tmp_path / "a.txt", tmp_path / "b.txt"]), tmp_path / "page.html", lang="zh")
    data = data_of((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert data["documents"][0]["records"] > 5
    assert [reason for _, reason in data["passed"]] == ["does not exist"]


def test_a_folder_tells_on_the_page_what_was_left_out_of_it(run: Any, tmp_path: Path) -> None:
    """How many files of each kind; that is no failure."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "b.jpg").write_bytes(b"x")
    result = run("report", str(folder), "-o", "page.html")
    assert result.exit_code == 0
    assert data_of(Path("page.html").read_text(encoding="utf-8"))["passed"] == [[str(folder), "1 .jpg"]]


def test_the_page_of_an_earlier_run_is_not_read(run: Any, tmp_path: Path) -> None:
    """Where it lies in the folder that is read; but if it is named itself it is what is to be read."""
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    for _ in range(2):
        assert run("report", ".", "-o", "page.html").exit_code == 0
    assert len(data_of(Path("page.html").read_text(encoding="utf-8"))["documents"]) == 1
    for _ in range(2):
        assert run("extract", ".", "--glob", "*.[tc]*", "-o", "figures.csv").exit_code == 0
    assert run("report", "page.html", "-o", "page.html").exit_code == 1


@pytest.mark.parametrize(
    ("output", "code", "told"),
    [
        ("page.xlsx", 2, "'page.xlsx' names another format"),
        ("missing/page.html", 1, "missing/page.html: cannot be written"),
        (".", 1, ".: cannot be written"),
    ],
)
def test_a_page_that_cannot_be_written_is_said_so(output: str, code: int, told: str, run: Any) -> None:
    """In words, and nothing is left behind."""
    Path("a.txt").write_text(FIRST, encoding="utf-8")
    result = run("report", "a.txt", "-o", output)
    assert result.exit_code == code
    assert told in result.stderr
    assert [path.name for path in Path().iterdir()] == ["a.txt"]


def test_a_wrong_path_is_one_line_and_a_page_without_documents(run: Any) -> None:
    """Nothing else is lost: the page says what was passed over."""
    result = run("report", "missing.txt", "-o", "page.html")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "policyx: missing.txt: does not exist"
    assert data_of(Path("page.html").read_text(encoding="utf-8"))["passed"] == [["missing.txt", "does not exist"]]
