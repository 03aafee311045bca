"""The bytes of a picture (PNG, JPEG, TIFF, BMP) go in, the text that is recognized in it goes out, with its regions.

A TIFF may hold several pages."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from policyx.errors import ReadError
from policyx.read import ocr
from policyx.read.limits import LARGEST_PICTURE, LONGEST_SIDE, MOST_PICTURES
from policyx.read.pdf_furniture import without_furniture
from policyx.read.pdf_layout import page_layout, with_settled_edges
from policyx.read.pdf_open import all_tables
from policyx.read.pdf_text import document_text, doubtful_characters
from policyx.read.source import Content

_WIDTH = 595.0  # points, of A4: distances between lines and rules are judged as on paper


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of the picture. Raises ReadError for one that is damaged, too large or shows no text, and where the
    extra is not installed."""
    if not ocr.is_installed():
        raise ReadError(path, f"is a picture; it needs {ocr.NEEDED}")
    layouts, scales = [], []
    for picture in _pages(data, path):
        found = ocr.recognize(picture, _WIDTH)
        layouts.append(page_layout(found.chars, all_tables(found.rules, found.chars), found.size))
        scales.append(picture.shape[1] / _WIDTH)
    told = document_text(with_settled_edges(without_furniture(layouts)))
    if not told.text.strip():
        raise ReadError(path, "is a picture in which no text is recognized")
    regions = tuple(
        region._replace(box=tuple(round(edge * scales[region.page - 1], 1) for edge in region.box))
        for region in told.regions
    )
    note = f"text recognized in a picture; doubtful characters: {doubtful_characters(regions)}"
    return Content(told.text, pages=told.pages if len(told.pages) > 1 else (), notes=(note,), regions=regions)


def _pages(data: bytes, path: str) -> Iterator[Any]:
    """The pictures of a file as arrays of rows of blue, green and red."""
    from PIL import Image, UnidentifiedImageError

    try:
        # nobody is warned of oddities in what a camera wrote beside the picture
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as opened:
            for number in range(min(getattr(opened, "n_frames", 1), MOST_PICTURES)):
                opened.seek(number)
                if opened.width * opened.height > LARGEST_PICTURE:
                    most = f"{LARGEST_PICTURE // 1_000_000} million points"
                    raise ReadError(path, f"is a picture of more than {most}; not read")
                yield _points(opened)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise ReadError(path, "is a picture, but damaged, cut off or of an unknown kind") from None


def _points(opened: Any) -> Any:
    """The picture that a file stands at, upright and on white paper."""
    import numpy
    from PIL import Image, ImageOps

    picture = ImageOps.exif_transpose(opened)
    if "A" in picture.getbands() or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole)
    picture = picture.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return numpy.ascontiguousarray(numpy.asarray(picture)[:, :, ::-1])
