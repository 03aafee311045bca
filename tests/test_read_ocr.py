"""Pictures of text: scanned pages of PDF documents, and files of pictures, read through the engine of the extra.

The pages are those of the fixture report.pdf, whose fonts are embedded, drawn here: no font is needed."""

from __future__ import annotations

import io
import re
import socket
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from policyx.errors import ReadError
from policyx.pipeline import read_source
from policyx.read import Source, find_files, ocr, read_bytes, read_file
from policyx.read.ocr_engine import engine
from policyx.read.source import Region

REPORT = Path(__file__).parent / "data" / "read" / "report.pdf"
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")

needs_engine = pytest.mark.skipif(not ocr.is_installed(), reason="policyx[ocr] is not installed")


@lru_cache(maxsize=8)
def page(number: int, dpi: int = 200) -> Any:
    """A page of the report as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(REPORT)
    return document[number - 1].render(scale=dpi / 72).to_pil().convert("RGB")


def table(dpi: int = 150) -> Any:
    """The upper half of the second page, where its table stands."""
    image = page(2, dpi)
    return image.crop((0, 0, image.width, image.height // 2))


def picture(image: Any, format: str = "png", **told: Any) -> bytes:
    """The bytes of a file of pictures."""
    out = io.BytesIO()
    image.save(out, format, **told)
    return out.getvalue()


def numbers(text: str) -> Counter[str]:
    """The numbers of a text, each as often as it stands there."""
    return Counter(NUMBER.findall(text))


def found(source: Source, pages: tuple[int, ...] = (1, 2)) -> float:
    """Which share of the numbers of the report's pages a text has."""
    report = read_file(REPORT)
    ends = [*report.pages, len(report.text)]
    wanted = sum((numbers(report.text[ends[page - 1] : ends[page]]) for page in pages), Counter[str]())
    return sum((wanted & numbers(source.text)).values()) / wanted.total()


@lru_cache(maxsize=1)
def scan() -> Source:
    """The report as a scanner makes it: a PDF of pictures."""
    return read_bytes(picture(page(1), "pdf", save_all=True, append_images=[page(2)], resolution=200), "scan.pdf")


@needs_engine
def test_a_scanned_document_is_read_like_one_with_a_text_layer() -> None:
    """The same paragraphs, without heads and page numbers; the same tables; the same pages."""
    assert found(scan()) >= 0.95
    lines = scan().text.splitlines()
    assert lines[:2] == ["山阳县2024年科技创新工作情况报告", "一、主要工作情况"]
    assert "| 创新投入 | 全社会研发投入强度 | % | 1.2 | 2.4 |" in lines
    assert len(scan().pages) == 2
    assert re.fullmatch(r"pages 1, 2: text recognized in a picture; doubtful characters: [0-9]+", scan().notes[0])


@needs_engine
def test_every_character_read_has_its_page_box_and_certainty() -> None:
    """In order, without overlaps, and on the page."""
    source = scan()
    end = 0
    for region in source.regions:
        left, top, right, bottom = region.box
        assert end <= region.start < region.end
        assert source.page(region.start) == region.page
        assert 0 <= left < right <= 596 and 0 <= top < bottom <= 843
        assert 0 < region.certainty <= 1
        end = region.end
    at = source.text.index("6.2%")
    assert source.certainty(at, at + 4) is not None


@needs_engine
@pytest.mark.parametrize(("tilt", "noise"), [(-2.0, 0), (1.0, 25)])
def test_tilted_and_noisy_pages_are_read(tilt: float, noise: int) -> None:
    """As they come from a scanner that takes the sheets in by itself."""
    import numpy
    from PIL import Image

    image = table(200).rotate(tilt, expand=True, fillcolor="white")
    if noise:
        grain = numpy.random.default_rng(1).normal(0, noise, (image.height, image.width, 3))
        image = Image.fromarray(numpy.clip(numpy.asarray(image) + grain, 0, 255).astype("uint8"))
    source = read_bytes(picture(image, "jpeg", quality=80), "a.jpg", suffix=".jpg")
    assert found(source, (2,)) >= 0.9
    assert "| 1.2 | 2.4 |" in source.text


@needs_engine
def test_figures_that_stand_apart_stay_apart() -> None:
    """The engine does not see a narrow blank: the 1 of 表1 2019年 would become a digit of the year."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (1000, 240), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(40)
    for x, y, text in ((60, 60, "TABLE 4"), (238, 60, "2015-2023"), (60, 140, "TOTAL 27193.7 RATE 11.1")):
        pen.text((x, y), text, "black", font=font)
    source = read_bytes(picture(image), "a.png", suffix=".png")
    assert {"4", "2015", "2023", "27193.7", "11.1"} <= set(numbers(source.text))


@needs_engine
def test_a_page_that_lies_on_its_side_is_turned() -> None:
    """Whichever side that is."""
    image = table().rotate(270, expand=True)
    assert found(read_bytes(picture(image), "a.png", suffix=".png"), (2,)) >= 0.9


@needs_engine
def test_a_file_of_several_pictures_has_pages() -> None:
    """A fax or a scanner's TIFF; boxes count the points of the picture."""
    data = picture(table(), "tiff", save_all=True, append_images=[table().crop((0, 0, table().width, 500))])
    source = read_bytes(data, "a.tif", suffix=".tif")
    assert source.format == "image"
    assert len(source.pages) == 2 and "160" in source.text[: source.pages[1]]
    assert {region.page for region in source.regions} == {1, 2}
    assert table().width / 2 < max(region.box[2] for region in source.regions) <= table().width


@needs_engine
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The models are in the engine's package."""

    def refuse(*_: Any) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine.cache_clear()
    assert found(read_bytes(picture(table()), "a.png", suffix=".png"), (2,)) >= 0.9


@needs_engine
def test_a_picture_without_text_says_so() -> None:
    """A photograph, or an empty page."""
    from PIL import Image

    with pytest.raises(ReadError, match="no text is recognized"):
        read_bytes(picture(Image.new("RGB", (600, 400), "white")), "a.png", suffix=".png")


def test_a_quantity_that_was_read_with_doubt_is_flagged() -> None:
    """Others beside it are not."""
    text = "新增高新技术企业21家，总数达到138家。"
    at = text.index("138")
    regions = (
        Region(0, at + 1, 1, (0, 0, 100, 10), 0.99),
        Region(at + 1, at + 2, 1, (0, 0, 100, 10), 0.61),
        Region(at + 2, len(text), 1, (0, 0, 100, 10), 0.98),
    )
    records = read_source(Source("a.png", text, None, "image", regions=regions)).records
    assert {record.quote: "ocr_doubtful" in record.flags for record in records} == {"21家": False, "138家": True}


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a picture; for a scanned document see test_read_pdf.py."""
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(ReadError, match=r"is a picture; it needs text recognition, .* pip install 'policyx\[ocr\]'"):
        read_bytes(b"\x89PNG\r\n\x1a\n", "a.png", suffix=".png")


@needs_engine
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0\x08\0\0\0", b"BM" + bytes(60)])
def test_a_damaged_picture_is_a_read_error(data: bytes) -> None:
    """Whatever the library for pictures makes of it."""
    with pytest.raises(ReadError, match="is a picture, but damaged"):
        read_bytes(data, "a.png", suffix=".png")


def test_pictures_in_folders_are_passed_over_unless_they_are_asked_for(tmp_path: Path) -> None:
    """Most are logos and photographs."""
    (tmp_path / "a.txt").write_text("新增21家。", encoding="utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert find_files([str(tmp_path)]).files == (str(tmp_path / "a.txt"),)
    assert find_files([str(tmp_path)], "*.png").files == (str(tmp_path / "b.png"),)
