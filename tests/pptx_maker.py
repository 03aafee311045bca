"""Small presentations as bytes: the shapes of slides in, a PPTX file out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
CM = 360_000


def box(x: float, y: float, *paragraphs: str, width: float = 5, height: float = 1, role: str = "") -> str:
    """A shape with text; places in centimetres; `role` makes it a placeholder."""
    holder = f'<p:nvSpPr><p:nvPr><p:ph type="{role}"/></p:nvPr></p:nvSpPr>' if role else ""
    texts = "".join(f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sp>{holder}<p:spPr>{_place(x, y, width, height)}</p:spPr><p:txBody>{texts}</p:txBody></p:sp>"


def table(x: float, y: float, *rows: Sequence[str]) -> str:
    """A table; a cell that begins with `<` is the XML of one."""
    lines = "".join(f"<a:tr>{''.join(map(_cell, row))}</a:tr>" for row in rows)
    return (
        f"<p:graphicFrame><p:xfrm>{_place(x, y, 10, 3)}</p:xfrm><a:graphic><a:graphicData><a:tbl>{lines}</a:tbl>"
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def picture() -> str:
    """A picture."""
    return "<p:pic/>"


def pptx(*slides: str, notes: Sequence[str] = (), title: str = "", hidden: Sequence[int] = ()) -> bytes:
    """A presentation; `notes` are the shapes of the notes of its first slides."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        ids = "".join(f'<p:sldId id="{i + 256}" r:id="rId{i}"/>' for i in range(len(slides)))
        archive.writestr(
            "ppt/presentation.xml", f"<p:presentation {_NS}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels", _relations([f"slides/s{i}.xml" for i in range(len(slides))])
        )
        for i, shapes in enumerate(slides):
            archive.writestr(f"ppt/slides/s{i}.xml", _slide(shapes, ' show="0"' if i in hidden else ""))
        for i, shapes in enumerate(notes):
            archive.writestr(f"ppt/slides/_rels/s{i}.xml.rels", _relations([f"../notesSlides/n{i}.xml"]))
            archive.writestr(f"ppt/notesSlides/n{i}.xml", _slide(shapes, ""))
        if title:
            core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>'
            archive.writestr("docProps/core.xml", core)
    return out.getvalue()


def _slide(shapes: str, attributes: str) -> str:
    return f"<p:sld {_NS}{attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"


def _relations(targets: Sequence[str]) -> str:
    inner = "".join(f'<Relationship Id="rId{i}" Target="{target}"/>' for i, target in enumerate(targets))
    return f"<Relationships {_RELATIONS}>{inner}</Relationships>"


def _place(x: float, y: float, width: float, height: float) -> str:
    offset = f'<a:off x="{int(x * CM)}" y="{int(y * CM)}"/>'
    return f'<a:xfrm>{offset}<a:ext cx="{int(width * CM)}" cy="{int(height * CM)}"/></a:xfrm>'


def _cell(text: str) -> str:
    return (
        text if text.startswith("<") else f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"
    )
