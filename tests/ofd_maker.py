"""Small OFD documents as bytes: texts with their places on pages in, the file out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(x: float, y: float, content: str, size: float = 4.0, step: float | None = None) -> str:
    """A text object whose upper left corner is at (x, y), in millimetres."""
    wide = [size if character > "\x7f" else size / 2 for character in content[:-1]]
    deltas = " ".join(str(step or width) for width in wide)
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 100 {size}" Size="{size}"><ofd:TextCode X="0" Y="{size}" '
        f'DeltaX="{deltas}">{escape(content)}</ofd:TextCode></ofd:TextObject>'
    )


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}"><ofd:AbbreviatedData>M 0 0 '
        f"L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def image() -> str:
    """A picture over the whole page."""
    return '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="9"/>'


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The lines of a ruled table."""
    level = [rule(xs[0], y, xs[-1], y) for y in ys]
    upright = [rule(x, ys[0], x, ys[-1]) for x in xs]
    return "".join(level + upright)


def ofd(
    *pages: str,
    title: str = "",
    author: str = "",
    created: str = "",
    signed: bool = False,
    template: str = "",
    document: str = "",
) -> bytes:
    """A document with these pages, each the objects on it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = f"<ofd:Title>{title}</ofd:Title><ofd:Author>{author}</ofd:Author>"
        info += f"<ofd:CreationDate>{created}</ofd:CreationDate>"
        signatures = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>" if signed else ""
        archive.writestr(
            "OFD.xml",
            f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml"
            f"</ofd:DocRoot>{signatures}</ofd:DocBody></ofd:OFD>",
        )
        places = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/P{i}/Content.xml"/>' for i in range(len(pages)))
        templates = '<ofd:TemplatePage ID="77" BaseLoc="Tpls/T/Content.xml"/>' if template else ""
        archive.writestr(
            "Doc_0/Document.xml",
            document
            or f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea>{templates}</ofd:CommonData><ofd:Pages>{places}</ofd:Pages></ofd:Document>",
        )
        used = '<ofd:Template TemplateID="77" ZOrder="Background"/>' if template else ""
        for i, objects in enumerate(pages):
            archive.writestr(f"Doc_0/Pages/P{i}/Content.xml", _page(objects, used))
        if template:
            archive.writestr("Doc_0/Tpls/T/Content.xml", _page(template, ""))
        if signed:
            archive.writestr(
                "Doc_0/Signs/Signatures.xml",
                f'<ofd:Signatures {NS}><ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>',
            )
    return out.getvalue()


def _page(objects: str, used: str) -> str:
    return f"<ofd:Page {NS}>{used}<ofd:Content><ofd:Layer ID='4'>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
