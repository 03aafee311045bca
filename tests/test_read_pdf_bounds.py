"""PDF documents that unpack or draw without bound are refused before the library is asked to."""

from __future__ import annotations

import zlib

import pytest

from policyx.errors import ReadError
from policyx.read import read_bytes
from policyx.read.limits import LARGEST_DRAWING, LARGEST_STREAM, MEGABYTE
from policyx.read.pdf_drawn import Rule as Drawn
from policyx.read.pdf_guard import check
from policyx.read.pdf_tables import ruled_tables
from tests.pdf_maker import Item, Path, Rule, Text, lines, pdf, raw_pdf, stream

TEXT = "全县高新技术企业达到21家。"
_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_BOX = b"/MediaBox[0 0 600 800]"


def one_page(content: bytes, *forms: bytes) -> bytes:
    """A document of one page that draws `content`; its form X is the fifth object, the first of `forms`."""
    page = b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>" % _BOX
    return raw_pdf([_CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *forms])


def form(content: bytes, inner: int) -> bytes:
    """A form whose X is the object `inner`."""
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % inner)


def packed(data: bytes, times: int = 1) -> bytes:
    """A stream that is deflated `times` times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[" + b"/FlateDecode" * times + b"]")


def test_a_form_that_draws_itself_is_refused() -> None:
    """The library would draw it for ever, deaf to every signal."""
    with pytest.raises(ReadError, match="draw without end"):
        read_bytes(one_page(stream(b"/X Do /X Do"), form(b"/X Do /X Do", 5)), "a.pdf")


def test_forms_that_multiply_are_refused() -> None:
    """Ten forms that each draw the next ten times."""
    forms = [form(b"/X Do " * 10, 6 + number) for number in range(10)]
    with pytest.raises(ReadError, match="draw without end"):
        read_bytes(one_page(stream(b"/X Do"), *forms, form(b"0 0 m 9 9 l S", 99)), "a.pdf")


@pytest.mark.parametrize("times", [1, 2])
def test_a_few_bytes_that_unpack_to_many_are_refused(times: int) -> None:
    """Packed once or twice; nothing of it is held."""
    data = one_page(packed(b"0 0 m 9 9 l S\n" * (LARGEST_STREAM // 14 + 1), times))
    assert len(data) < MEGABYTE
    with pytest.raises(ReadError, match="unpacks to more than 64 MB"):
        read_bytes(data, "a.pdf")


def test_a_page_that_draws_too_much_is_passed_over() -> None:
    """The others are read, and a note names it."""
    text = pdf([lines(TEXT, 100), lines(TEXT, 100)])
    heavy = packed(b"0 0 m 9 9 l S\n" * (LARGEST_DRAWING // 14 + 1))
    start = text.rindex(b" 0 obj\n<</Length", 0, text.rindex(b"/Type/Page/"))
    number = text[text.rindex(b"\n", 0, start) + 1 : start]
    source = read_bytes(text + b"\n%s 0 obj\n%s\nendobj\n" % (number, heavy), "a.pdf")
    assert source.text == TEXT + "\n"
    assert source.notes == ("page 2: draws more than is safe to unpack, not read",)


def test_a_form_drawn_on_many_pages_is_no_fault() -> None:
    """A letterhead stands on each page of a long document."""
    data = one_page(stream(b"/X Do " * 50), form(b"0 0 m 9 9 l S\n" * 100, 99))
    assert check(data, "a.pdf") == frozenset()


def test_characters_far_off_the_page_cost_nothing() -> None:
    """A damaged number puts one a thousand kilometres away."""
    far: list[Item] = [
        item for n in range(8) for item in (Text(72, 300 + 30 * n, "全县"), Text(3e9, 300 + 30 * n, "一"))
    ]
    assert TEXT in read_bytes(pdf([[*lines(TEXT, 100), *far]]), "a.pdf").text


def test_a_page_full_of_crossing_lines_is_read_without_its_lines() -> None:
    """Hatching is no table, and looking for cells in it would take minutes."""
    hatching: list[Item] = [Rule(72, 120 + n / 100, 500, 120 + n / 100) for n in range(0, 60_000, 40)]
    hatching += [Rule(72 + n / 100, 120, 72 + n / 100, 720) for n in range(0, 42_000, 40)]
    rules = [Drawn(False, 5.0 * n, 0, 9000) for n in range(1500)] + [Drawn(True, 5.0 * n, 0, 9000) for n in range(1500)]
    assert ruled_tables(rules) == []
    assert TEXT in read_bytes(pdf([[*lines(TEXT, 60), *hatching]]), "a.pdf").text


def test_a_map_is_read_without_looking_for_charts_in_it() -> None:
    """Thousands of slanted lines, each compared with each, would take minutes."""
    strokes: list[Item] = [Path(((72.0 + n % 90 * 5, 120.0 + n // 90 * 5), (75.0 + n % 90 * 5, 127.0 + n // 90 * 5)))
                           for n in range(9000)]  # fmt: skip
    source = read_bytes(pdf([[*lines(TEXT, 60), *strokes]]), "a.pdf")
    assert source.text == TEXT + "\n" and not source.notes
