"""Texts with their places go in, the bytes of a PDF go out: the few parts of the format that the tests need, so that
they need no other program. Places are points from the upper left corner of an A4 page."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842


class Text(NamedTuple):
    """A text that begins at `x` and stands on the line whose top is `y`."""

    x: float
    y: float
    text: str
    size: float = 16


class Rule(NamedTuple):
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


class Area(NamedTuple):
    """A filled area with these corners; two of them in a row may lead a curve, which ends at the next."""

    corners: tuple[tuple[float, float], ...]
    curved: bool = False
    grey: float = 0.6


class Path(NamedTuple):
    """A line through these points."""

    points: tuple[tuple[float, float], ...]


Item = Text | Rule | Area | Path

# what is drawn 842 high and 595 wide, turned to the left on its own corner and pushed back onto the page
_TURNS = (b"", b"0 1 -1 0 842 0 cm\n", b"-1 0 0 -1 595 842 cm\n", b"0 -1 1 0 0 595 cm\n")


def lines(paragraph: str, y: float, x: float = 72, width: int = 28, size: float = 16, indent: int = 2) -> list[Item]:
    """A paragraph as a page breaks it: `width` characters a line, the first line set in."""
    made: list[Item] = []
    first = True
    while paragraph:
        take = width - indent if first else width
        made.append(Text(x + (indent * size if first else 0), y, paragraph[:take], size))
        paragraph, y, first = paragraph[take:], y + 1.75 * size, False
    return made


def grid(xs: Sequence[float], ys: Sequence[float], without: Sequence[Rule] = ()) -> list[Item]:
    """The rules of a table, cell by cell, but for those in `without`."""
    made: list[Item] = [Rule(x0, y, x1, y) for y in ys for x0, x1 in pairwise(xs)]
    made += [Rule(x, y0, x, y1) for x in xs for y0, y1 in pairwise(ys)]
    return [item for item in made if item not in without]


def pdf(
    pages: Sequence[Sequence[Item]],
    title: str | None = None,
    turned: int = 0,
    rotate: int = 0,
    picture: bool = False,
    dots: int = 1,
) -> bytes:
    """A PDF with these pages. Its one font is not embedded; `picture` puts a grey area of as many `dots`
    by as many on each page. All is drawn turned
    by `turned` quarters to the left, and `rotate` is the angle by which the page says that it is to be shown."""
    objects: list[bytes] = [b"", b""]  # catalogue and page tree come last, when all is known
    font = _added(
        objects,
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[%d 0 R]>>"
        % _added(
            objects,
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
            b"/Supplement 4>>/DW 1000/W[1[500] 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light"
            b"/Flags 6/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>",
        ),
    )
    image = _added(
        objects,
        stream(
            zlib.compress(b"\x80" * dots * dots),
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Filter/FlateDecode" % (dots, dots),
        ),
    )
    box = (HEIGHT, WIDTH) if turned % 2 else (WIDTH, HEIGHT)
    kids = []
    for page in pages:
        content = (
            _TURNS[turned] + b"".join(map(_drawn, page)) + (b"q 500 0 0 700 40 40 cm /I Do Q\n" if picture else b"")
        )
        body = _added(objects, stream(content))
        kids.append(
            _added(
                objects,
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R"
                b"/Resources<</Font<</F %d 0 R>>/XObject<</I %d 0 R>>>>>>" % (*box, rotate, body, font, image),
            )
        )
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    info = _added(objects, b"<</Title %s>>" % _hex(title, mark=True)) if title else 0
    return raw_pdf(objects, info)


def _drawn(item: Item) -> bytes:
    if isinstance(item, Rule):
        return b"%.2f %.2f m %.2f %.2f l S\n" % (item.x0, HEIGHT - item.y0, item.x1, HEIGHT - item.y1)
    if isinstance(item, Path):
        return _through(item.points) + b"S\n"
    if isinstance(item, Area):
        if not item.curved:
            return b"%.2f g " % item.grey + _through(item.corners) + b"h f 0 g\n"
        start, *rest = [(x, HEIGHT - y) for x, y in item.corners]
        curves = [rest[at : at + 3] for at in range(0, len(rest) - 2, 3)]
        drawn = b"".join(
            b"%.2f %.2f %.2f %.2f %.2f %.2f c " % tuple(v for point in curve for v in point) for curve in curves
        )
        return b"%.2f g %.2f %.2f m " % (item.grey, *start) + drawn + b"h f 0 g\n"
    base = HEIGHT - item.y - 0.88 * item.size
    return b"BT /F %.2f Tf %.2f %.2f Td %s Tj ET\n" % (item.size, item.x, base, _hex(item.text))


def _through(points: Sequence[tuple[float, float]]) -> bytes:
    return b"".join(b"%.2f %.2f %s " % (x, HEIGHT - y, b"l" if at else b"m") for at, (x, y) in enumerate(points))


def _hex(text: str, mark: bool = False) -> bytes:
    return b"<" + (b"FEFF" if mark else b"") + text.encode("utf-16-be").hex().encode() + b">"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def _added(objects: list[bytes], body: bytes) -> int:
    objects.append(body)
    return len(objects)


def raw_pdf(objects: Sequence[bytes], info: int = 0) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    told = b"/Info %d 0 R" % info if info else b""
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, told, start)
    return bytes(out)
